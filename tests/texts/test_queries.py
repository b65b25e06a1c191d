import pytest

from app.db import db
from app.texts import queries, services
from app.texts.models import LinkKind
from app.texts.services import Span


def write(content, text=None):
    return services.write(content, language="de", text=text)


@pytest.mark.parametrize("rows", [1, 3])
def test_links_lead_from_both_ends_in_one_query(rows, count_queries):
    target = write("Abendkurse")
    sources = [write(f"Stimme {number}") for number in range(rows)]
    write("Was niemand aufnahm")
    source_ids = [source.id for source in sources]
    for source in sources:
        services.link(LinkKind.CONDENSED, Span.whole(source), Span.whole(target))

    target_id = target.id
    db.session.expunge_all()

    with count_queries() as statements:
        into = queries.links_into([target_id])
        quotes = [link.source.quote(link.source_start, link.source_end) for link in into]
    assert (len(statements), into, quotes) == (1, into, [f"Stimme {number}" for number in range(rows)])

    with count_queries() as statements:
        away = queries.links_from(source_ids)
        quotes = [link.target.quote(link.target_start, link.target_end) for link in away]
    assert (len(statements), away, quotes) == (1, into, ["Abendkurse"] * rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_versions_of_loads_the_history_of_many_texts_in_one_query(rows, count_queries):
    firsts = [write(f"Erst {number}") for number in range(rows)]
    seconds = [write(f"Dann {number}", first.text) for number, first in enumerate(firsts)]
    write("Ein anderer Text")
    expected = {first.text_id: [first, second] for first, second in zip(firsts, seconds, strict=True)}

    with count_queries() as statements:
        found = queries.versions_of(expected)

    assert (len(statements), found) == (1, expected)


def test_versions_of_knows_texts_without_versions():
    assert queries.versions_of([404]) == {404: []}
