from app.concept.passages import passages, search
from tests.concept.files import filled


def names(asked):
    return [each.name for each in search(passages(filled()), asked)]


def test_every_text_has_its_name_section_and_chapter():
    found = passages(filled())

    assert [(each.name, each.place, each.section, each.code) for each in found[:6]] == [
        ("Oberziel 1 (Z-010)", "1 Sprache", "sprache", "Z-010"),
        ("Unterziel 1.1 (Z-002)", "1 Sprache", "sprache", "Z-002"),
        ("Unterziel 1.2 (Z-003)", "1 Sprache", "sprache", "Z-003"),
        ("Maßnahme M1.1 (M-007)", "1 Sprache", "sprache", "M-007"),
        ("Maßnahme M1.2 (M-001)", "1 Sprache", "sprache", "M-001"),
        ("Idee für Kommunen, Sprache", "1 Sprache", "sprache", ""),
    ]
    assert [each.place for each in found[-5:]] == ["Kapitel 1: Vorwort"] * 3 + ["Kapitel 2: Strukturen", "Verständnis"]


def test_search_wants_each_word_in_the_name_the_words_or_the_title_of_the_chapter():
    assert names("m-007 abend") == ["Maßnahme M1.1 (M-007)"]
    assert names("strukturen") == ["Kapitel 2, Zusammenfassung"]
    assert names("sprache") == ["Idee für Kommunen, Sprache"]
    assert names("abend nirgends") == []
