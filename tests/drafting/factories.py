from datetime import timedelta

import factory

from app.concept.queries import find_working_edition
from app.concept.subjects import find_subject
from app.db import db, now
from app.drafting.models import DeskDraft, Hearing, Suggester, Suggestion, SuggestionKind
from app.local_time import day_of
from app.texts.moderated import ModerationState
from app.texts.services import Span
from tests.concept.factories import GoalFactory, SectionFactory, WorkingEditionFactory
from tests.council.factories import text
from tests.factories import AccountFactory, ModelFactory

WORDING = "Alle lernen Deutsch. Kurse sind kostenlos."
SENTENCE = (21, 42)  # the second


def goal(wording=WORDING, **more):
    """A goal of the working edition."""
    if find_working_edition() is None:
        WorkingEditionFactory()
    return GoalFactory(wording=wording, section=SectionFactory(), **more)


class HearingFactory(ModelFactory):
    """Open today, for everyone."""

    class Meta:
        model = Hearing

    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Beispielentwurf {n}")
    opens_on = factory.LazyFunction(lambda: day_of(now()))
    closes_on = factory.LazyFunction(lambda: day_of(now()) + timedelta(days=14))
    document = "{}"


class SuggestionFactory(ModelFactory):
    """Published; to the second sentence of a goal, unless the test says another passage."""

    class Meta:
        model = Suggestion
        exclude = ("owner", "words", "why")

    owner = factory.LazyFunction(goal)
    words = "Kurse kosten nichts."
    why = "Das versteht man besser."
    hearing = factory.SubFactory(HearingFactory)
    version = factory.LazyAttribute(lambda made: made.owner.text.current)
    start, stop = SENTENCE
    kind = SuggestionKind.REWORD
    wording = factory.LazyAttribute(lambda made: text(made.words) if made.words else None)
    reason = factory.LazyAttribute(lambda made: text(made.why))
    state = ModerationState.RELEASED


def subject_of(owner):
    return find_subject(owner.text_id)


def passage(owner, start=SENTENCE[0], stop=SENTENCE[1]):
    return Span(owner.text.current, start, stop)


def reloaded(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id)


def watched_addresses():
    """Of everything here that is deleted in time, one row."""
    suggested, unasked = SuggestionFactory.create_batch(2)
    suggested.suggester = Suggester(email="anregung@example.org", email_confirmed_at=now())
    unasked.suggester = Suggester(email="unerbeten@example.org")
    account = AccountFactory(email="tippt@example.org")
    db.session.add(DeskDraft(account_id=account.id, page="/verwaltung", fields={"wording": ["Angefangen"]}))
