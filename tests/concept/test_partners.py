from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from app.accounts.models import Role
from app.concept import completeness, partnership, queries, services
from app.concept.errors import PartnerAsked
from app.concept.models import Agreement, Channel, PartnerContact
from app.concept.partnership import PartnerState, state_of
from app.db import db
from tests.concept.factories import (
    GoalFactory,
    MeasureFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.concept.test_measures_desk import filled, texts
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory

DESK = "/verwaltung/konzept/massnahmen/M-001/mitwirkende"
ASK = "/verwaltung/konzept/mitwirkende/bruecke/bitte"
MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def measure():
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache")
    goals = [GoalFactory(section=section)]
    OrganizationFactory(slug="bruecke", name="Verein Brücke")
    return MeasureFactory(code="M-001", section=section, section__goals=goals, wording="Wir bieten Kurse an.")


@pytest.fixture
def organiser(client):
    account = AccountFactory(roles=(Role.ORGANISER,))
    client.sign_in(account)
    return account


@pytest.fixture
def partner(measure):
    return services.add_partner(measure, organization(), by=None)


def organization():
    return queries.named_organizations(["bruecke"])["bruecke"]


def asked(partner, **more):
    given = {"channel": Channel.LINK, "asked_on": date(2026, 3, 2), "email": "verein@example.org"} | more
    services.ask_for_agreement(organization(), [partner], by=None, **given)


def token_of():
    db.session.flush()
    return services.link_of(partnership.find_contact(organization())).rpartition("/")[2]


def reloaded(partner):
    [found] = partnership.partners(measure=partner.measure)
    return found


def said(partner, **more):
    given = {
        "agreement": Agreement.YES,
        "may_be_named": True,
        "channel": Channel.PHONE,
        "answered_on": date(2026, 3, 3),
    }
    return services.answer_for(partner, by=None, **(given | more))


def test_a_partner_takes_its_name_back_where_only_earlier_editions_hold_the_measure(client, measure, partner):
    asked(partner)
    said(partner)
    old = services.cut_edition(slug="eins", number="1.0", title="Eins", reason="Anfang", by=None, allow_incomplete=True)
    services.drop_measure(measure, reason="Erledigt", by=None)
    link, page = f"/mitwirkung/{token_of()}", f"/konzept/{old.slug}/sprache"
    assert "Verein Brücke" in client.page(page).main.text
    assert "Wir bieten Kurse an. (M-001)" in texts(client.page(link), ".concept-items p")

    assert client.post(f"{link}/M-001/ruecknahme").location == link

    assert "Verein Brücke" not in client.page(page).main.text
    assert "M-001" not in client.page(link).main.text
    assert client.get(f"{link}/M-001").status_code == 404


def test_a_partner_is_asked_answers_behind_its_link_and_is_named_until_it_takes_that_back(
    client, organiser, measure, mails
):
    added = filled(client.page(DESK), organization="bruecke")
    assert client.post(DESK, data=added).location == DESK
    page = client.page(ASK)
    assert [box["value"] for box in page.select("[name=measures][checked]")] == ["M-001"]
    assert client.post(ASK, data=filled(page, email="verein@example.org")).status_code == 303
    [mail] = mails()
    assert (mail.to, mail.subject) == ("verein@example.org", "Stimmen Sie dieser Maßnahme zu?")
    assert "– Wir bieten Kurse an." in mail.text
    link = mail.links[0].removeprefix("http://localhost")
    link = link[link.index("/mitwirkung") :]

    visitor = client.application.test_client()
    assert texts(visitor.page(link), ".status") == ["Ihre Antwort fehlt noch"]
    form = visitor.page(f"{link}/M-001")
    answer = filled(form, agreement="conditions", words="Nur mit einem Raum.", naming="yes")
    assert visitor.post(f"{link}/M-001", data=answer).location == link

    assert texts(client.page(DESK), ".status") == ["stimmt unter Bedingungen zu"]
    assert texts(client.page(DESK), "blockquote") == ["Nur mit einem Raum."]
    assert "Verein Brücke" in client.page("/massnahmen/M-001").main.text
    old = services.cut_edition(slug="eins", number="1.0", title="Eins", reason="Anfang", by=None, allow_incomplete=True)
    assert "Verein Brücke" in client.page(f"/konzept/{old.slug}/sprache").main.text

    services.reword_measure(measure, wording="Wir bieten mehr Kurse an.", reason="Bedarf", by=None)
    assert texts(visitor.page(link), ".status") == ["Sie haben einer früheren Fassung zugestimmt"]
    assert texts(client.page("/verwaltung/konzept/mitwirkende"), ".status") == ["hat einer früheren Fassung zugestimmt"]
    assert visitor.post(f"{link}/M-001/ruecknahme").location == link
    for address in ("/massnahmen/M-001", f"/konzept/{old.slug}/sprache"):
        assert "Verein Brücke" not in client.page(address).main.text


def test_an_answer_to_a_wording_that_changed_meanwhile_is_asked_once_more(client, partner):
    asked(partner)
    address = f"/mitwirkung/{token_of()}/M-001"
    answer = filled(client.page(address), agreement="yes", naming="yes", words="")
    services.reword_measure(partner.measure, wording="Wir bieten mehr Kurse an.", reason="Bedarf", by=None)

    again = client.page(address, 409, "POST", data=answer)

    assert texts(again, "blockquote") == ["Wir bieten mehr Kurse an."]
    assert reloaded(partner).answers == []
    assert client.post(address, data=filled(again)).status_code == 303
    assert state_of(reloaded(partner)) is PartnerState.AGREED


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ({"words": "Gern."}, ["agreement-error", "naming-error"]),
        ({"agreement": "conditions", "naming": "no", "words": " "}, ["words-error"]),
        ({"agreement": "yes", "naming": "yes", "words": "x" * 2001}, ["words-error"]),
    ],
)
def test_an_answer_that_lacks_something_is_asked_again(client, partner, answer, fields):
    asked(partner)
    address = f"/mitwirkung/{token_of()}/M-001"

    page = client.page(address, 422, "POST", data=filled(client.page(address)) | answer)

    assert [tag["id"] for tag in page.select(".kern-error")] == fields
    assert page.select_one("textarea").text.strip() == answer["words"].strip()
    assert reloaded(partner).answers == []


def test_the_desk_enters_an_answer_that_came_by_telephone(client, organiser, partner):
    address = f"{DESK}/bruecke/antwort"
    given = {
        "agreement": "no",
        "naming": "yes",
        "words": "Keine Zeit.",
        "channel": "phone",
        "answered_on": "2026-03-03",
    }

    assert client.post(address, data=filled(client.page(address), **given)).location == DESK

    [answer] = reloaded(partner).answers
    assert (answer.agreement, answer.may_be_named, answer.channel, answer.answered_on, answer.recorded_by_id) == (
        Agreement.NO,
        False,
        Channel.PHONE,
        date(2026, 3, 3),
        organiser.id,
    )
    assert answer.words.current.content == "Keine Zeit."


def test_a_link_opens_only_what_is_of_its_organisation_and_ends_with_a_new_address(client, partner):
    other = MeasureFactory(code="M-002", section=partner.measure.placement.section)
    services.add_partner(other, OrganizationFactory(), by=None)
    asked(partner)
    token = token_of()

    client.page(f"/mitwirkung/{token}/M-002", 404)
    client.page(f"/mitwirkung/{token}x", 409)
    assert client.post(f"/mitwirkung/{token}/M-002/ruecknahme").status_code == 404
    asked(partner, email="neu@example.org")
    client.page(f"/mitwirkung/{token}", 409)
    assert len(client.page(f"/mitwirkung/{token_of()}").select(".concept-items li")) == 1


def test_who_does_not_answer_is_reminded_once(partner, mails):
    with time_machine.travel(MORNING, tick=False) as clock:
        asked(partner)
        asked_by_phone = services.add_partner(partner.measure, OrganizationFactory(), by=None)
        services.ask_for_agreement(
            asked_by_phone.organization, [asked_by_phone], channel=Channel.PHONE, asked_on=date(2026, 3, 2), by=None
        )
        clock.shift(60)
        mails()
        for day, written, received in ((13, 0, 1), (14, 1, 2), (15, 0, 2), (40, 0, 2)):
            clock.move_to(MORNING + timedelta(days=day))
            assert (services.remind_partners(14), len(mails())) == (written, received)


def test_who_answered_is_not_reminded(partner, mails):
    with time_machine.travel(MORNING, tick=False) as clock:
        asked(partner)
        clock.shift(60)
        said(partner)
        mails()
        clock.move_to(MORNING + timedelta(days=20))
        assert (services.remind_partners(14), mails()) == (0, [])


def test_who_was_asked_stays_and_who_was_not_can_go(client, organiser, partner):
    extra = services.add_partner(partner.measure, OrganizationFactory(slug="irrtum"), by=None)
    assert services.add_partner(partner.measure, extra.organization, by=None) is extra

    assert client.post(f"{DESK}/irrtum/entfernung").location == DESK
    assert [each.organization.slug for each in partnership.partners()] == ["bruecke"]
    asked(partner)
    with pytest.raises(PartnerAsked):
        services.remove_partner(partner, by=None)


def test_the_list_of_the_desk_is_ordered_both_ways_and_narrowed_at_constant_queries(
    client, organiser, partner, count_queries
):
    said(partner, words="Gern")
    with count_queries() as one:
        client.page("/verwaltung/konzept/mitwirkende")
    for number in range(2):
        said(
            services.add_partner(partner.measure, OrganizationFactory(name=f"Anderer {number}"), by=None),
            words="Gern",
            agreement=(Agreement.YES, Agreement.NO)[number],
        )
    with count_queries() as three:
        page = client.page("/verwaltung/konzept/mitwirkende")

    assert texts(page, "main h2") == ["Anderer 0", "Anderer 1", "Verein Brücke"]
    assert texts(client.page("/verwaltung/konzept/mitwirkende?nach=massnahme"), "main h2") == ["M-001"]
    assert texts(client.page("/verwaltung/konzept/mitwirkende?stand=refused"), "main h2") == ["Anderer 1"]
    assert (len(one), len(three)) == (7, 7)


def test_what_is_still_open_stands_first_and_alone_when_asked_for(client, organiser, measure, partner):
    said(partner)
    services.add_partner(measure, OrganizationFactory(name="Zebraverein"), by=None)
    names = []

    for address in ("", "?stand=offen", "?nach=massnahme"):
        page = client.page(f"/verwaltung/konzept/mitwirkende{address}")
        names.append([each.text for each in page.select("section h2, section li strong")])

    assert names == [["Zebraverein", "Verein Brücke"], ["Zebraverein"], ["M-001", "Zebraverein", "Verein Brücke"]]


def test_a_moderator_sees_no_partners(client, partner):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    for address in ("/verwaltung/konzept/mitwirkende", ASK, DESK, f"{DESK}/bruecke/antwort"):
        client.page(address, 403)


def test_an_erased_address_ends_the_link(client, partner):
    asked(partner)
    token = token_of()

    assert services.forget_contact("Verein@example.org") == 1
    client.page(f"/mitwirkung/{token}", 409)
    assert db.session.query(PartnerContact).count() == 0


def test_the_link_of_an_erased_address_opens_no_other(client, partner):
    asked(partner)
    token = token_of()
    services.forget_contact("verein@example.org")
    other = OrganizationFactory(slug="andere")
    added = services.add_partner(partner.measure, other, by=None)
    services.ask_for_agreement(
        other, [added], channel=Channel.LINK, asked_on=date(2026, 3, 2), email="andere@example.org", by=None
    )

    client.page(f"/mitwirkung/{token}", 409)


def test_open_agreements_are_named_before_an_edition_is_cut(client, organiser, partner):
    others = [services.add_partner(partner.measure, OrganizationFactory(name=name), by=None) for name in "ABC"]
    asked(partner)
    said(others[0])
    services.reword_measure(partner.measure, wording="Wir bieten mehr Kurse an.", reason="Bedarf", by=None)
    said(others[1], agreement=Agreement.NO)

    found = completeness.report(queries.working_catalogue(), completeness.Around(partners=partnership.partners()))
    [sentences] = [[each.sentence for each in findings] for rule, findings in found.found if rule.name == "agreements"]
    assert sentences == [
        "Noch nicht gefragt: C (M-001).",
        "Die Antwort steht noch aus: Verein Brücke (M-001).",
        "Haben einer früheren Fassung zugestimmt: A (M-001).",
        "Stimmen nicht zu: B (M-001).",
    ]
    assert "Stimmen nicht zu: B (M-001)." in client.page("/verwaltung/konzept/vollstaendigkeit").main.text
