"""The part of a form where people say what they need."""

import pytest
from flask_babel import format_date
from werkzeug.datastructures import MultiDict
from wtforms import Form, FormField

from app.registrations.forms.needs import NeedsPart
from app.registrations.models import NeedKind
from tests.events.factories import EventFactory
from tests.pages import Page
from tests.registrations.factories_needs import NeedsConsentFactory
from tests.registrations.test_needs import need

K = NeedKind


class Host(Form):
    needs = FormField(NeedsPart)


@pytest.fixture
def filled(app):
    """The part with what was typed, asked by an event that asks everything."""

    def fill(asked=tuple(K), before=(), **typed):
        event = EventFactory(asked_needs=list(asked))
        formdata = MultiDict({f"needs-{name}": value for name, value in typed.items()}) if typed else None
        host = Host(formdata, needs=NeedsPart.data_of(before))
        host.needs.form.offer(event, NeedsConsentFactory(event=event))
        return host.needs.form

    with app.test_request_context():
        yield fill


EVERYTHING = {
    "language": "ti",
    "interpretation": "2",
    "second_language": "ar",
    "sign_language": "1",
    "written_interpretation": "1",
    "wheelchair": "1",
    "assistance": "1",
    "childcare": "7, 3 und 5",
    "vegetarian": "2",
    "halal": "3",
    "without_nuts": "1",
    "travel": "2",
    "travel_from": "Bahnhof Singen",
    "other": "Ein ruhiger  Raum",
    "consent": "y",
}
SAID = [
    need(K.INTERPRETATION, 2, language="ti"),
    need(K.INTERPRETATION, 1, language="ar"),
    *(need(kind, 1) for kind in (K.SIGN_LANGUAGE, K.WRITTEN_INTERPRETATION, K.WHEELCHAIR, K.ASSISTANCE)),
    need(K.CHILDCARE, 3, ages=[3, 5, 7]),
    *(need(K.VEGETARIAN, 2), need(K.HALAL, 3), need(K.WITHOUT_NUTS, 1)),
    need(K.TRAVEL, 2, note="Bahnhof Singen"),
    need(K.OTHER, 1, note="Ein ruhiger Raum"),
]


def test_part_reads_everything_in_the_order_of_the_house(filled):
    part = filled(**EVERYTHING)

    assert (part.validate(), part.fields) == (True, SAID)
    assert part.consents == [part.consent_text]


def test_part_shows_again_what_was_said_before(filled):
    assert filled(before=SAID).fields == SAID


def test_part_that_is_left_empty_needs_no_consent_and_keeps_none(filled):
    for typed in ({"vegan": ""}, {"vegan": "0", "consent": "y"}):
        part = filled(**typed)

        assert (part.validate(), part.fields, part.consents) == (True, [], [])


def test_part_asks_for_consent_where_something_is_needed(filled):
    part = filled(vegan="1", childcare="4")

    assert part.validate() is False
    assert part.errors == {"consent": ["Ohne Ihr Einverständnis dürfen wir Ihren Bedarf nicht speichern."]}
    assert (part.vegan.data, part.childcare.data) == (1, "4")


HOW_MANY = "Geben Sie eine Zahl von 1 bis 50 an, oder nichts."


@pytest.mark.parametrize("typed", ["-1", "51", "999999999999999999999", "viele", "1,5", "²"])
def test_part_refuses_what_is_no_number_of_persons_and_shows_it_again(filled, typed):
    part = filled(vegan=typed, consent="y")

    assert part.validate() is False
    assert part.errors == {"vegan": [HOW_MANY]}
    assert f'value="{typed}"' in part.vegan()


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("drei", "Schreiben Sie die Alter als Zahlen mit Komma: 3, 5, 7"),
        ("-", "Schreiben Sie die Alter als Zahlen mit Komma: 3, 5, 7"),
        ("3, 18", "Wir achten auf Kinder bis 17 Jahre."),
    ],
)
def test_part_refuses_ages_that_are_none(filled, typed, error):
    part = filled(childcare=typed, consent="y")

    assert (part.validate(), part.errors) == (False, {"childcare": [error]})


def test_part_wants_to_know_the_language(filled):
    part = filled(interpretation="2", second_interpretation="1")

    assert part.validate() is False
    assert part.errors == {"language": ["Wählen Sie die Sprache."], "second_language": ["Wählen Sie die Sprache."]}


def test_part_takes_no_language_it_did_not_offer(filled):
    part = filled(language="klingonisch", consent="y")

    assert (part.validate(), part.errors) == (False, {"language": ["Keine gültige Auswahl."]})


def test_same_language_twice_is_one_need(filled):
    part = filled(language="ti", interpretation="2", second_language="ti", second_interpretation="1")

    assert part.fields == [need(K.INTERPRETATION, 3, language="ti")]


def test_part_says_where_more_need_something_than_come(filled):
    part = filled(vegan="3", halal="2", childcare="1, 2, 3", consent="y")

    assert (part.validate(), part.fits(2)) == (True, False)
    assert {name: list(part[name].errors) for name in ("vegan", "halal", "childcare")} == {
        "vegan": ["Das sind mehr Personen, als Sie anmelden."],
        "halal": [],
        "childcare": ["Das sind mehr Personen, als Sie anmelden."],
    }
    assert filled(vegan="3").fits(3) is True


def test_part_leaves_out_what_the_event_does_not_ask(filled):
    part = filled(asked=[K.VEGAN], vegan="1", halal="2", language="ti", consent="y")

    assert ([field.short_name for field in part], part.fields) == (["vegan", "consent"], [need(K.VEGAN)])
    assert (part.asks, filled(asked=[]).asks) == (True, False)


@pytest.fixture
def shown(app):
    """The part as a page."""
    template = app.jinja_env.from_string(
        "{% extends 'base.html' %}{% from 'components/needs.html' import needs_fields %}"
        "{% block title %}Beispiel{% endblock %}{% block main %}<form>{{ needs_fields(part) }}</form>{% endblock %}"
    )
    return lambda part: Page(
        template.render(part=part, request=None, page_language="de", text_direction="ltr"), "/beispiel"
    )


def test_part_says_why_it_asks_who_sees_it_and_until_when(filled, shown):
    part = filled(asked=[K.VEGAN, K.INTERPRETATION])

    page = shown(part)

    assert [legend.text for legend in page.select("legend")] == [
        *("Was brauchen Sie, um dabei zu sein?", "Sprache und Verständigung", "Essen")
    ]
    assert page.summary.text == "Angeben, was ich brauche: Sprache und Verständigung, Essen"
    assert format_date(part.gone_on, "dd.MM.y") in page.select_one(".needs").text
    assert page.select_one(".needs-consent label").text == "Ja, ich bin einverstanden"
    assert page.select_one(".needs-consent .kern-hint").text == "Beispiel: Ich bin einverstanden."
    assert page.select_one(".needs-consent input").get("checked") is None


def test_part_is_open_where_something_is_said_or_to_be_mended(filled, shown):
    wrong = filled(vegan="viele")
    wrong.validate()

    opened = [shown(part).details.has_attr("open") for part in (filled(), filled(before=SAID), wrong)]
    assert opened == [False, True, True]


def test_part_shows_nothing_where_nothing_is_asked(filled, shown):
    assert shown(filled(asked=[])).select(".needs") == []
