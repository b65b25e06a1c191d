import secrets
from datetime import timedelta

import factory

from app.db import now
from app.evaluation.models import Survey, SurveyAnswer, SurveyQuestion, SurveyQuestionKind, SurveyResponse, Way
from app.local_time import day_of
from tests.events.factories import EventFactory
from tests.factories import ModelFactory


class SurveyFactory(ModelFactory):
    """Open since yesterday, without questions."""

    class Meta:
        model = Survey

    event = factory.SubFactory(
        EventFactory,
        starts_at=factory.LazyFunction(lambda: now() - timedelta(hours=28)),
        ends_at=factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=4)),
        registration_closes_at=factory.LazyAttribute(lambda event: event.starts_at),
    )


class SurveyQuestionFactory(ModelFactory):
    class Meta:
        model = SurveyQuestion

    survey = factory.SubFactory(SurveyFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = SurveyQuestionKind.SCALE
    label = factory.Sequence(lambda n: f"Beispielfrage {n}")


class SurveyResponseFactory(ModelFactory):
    """`given`: the value for each question."""

    class Meta:
        model = SurveyResponse
        exclude = ("given", "survey")

    survey = factory.SubFactory(SurveyFactory)
    given = {}
    key = factory.LazyFunction(lambda: secrets.token_hex(16))
    survey_id = factory.LazyAttribute(lambda response: response.survey.id)
    given_on = factory.LazyFunction(lambda: day_of(now()))
    way = Way.MAIL
    answers = factory.LazyAttribute(
        lambda response: [
            SurveyAnswer(key=secrets.token_hex(16), question=question, value=value)
            for question, value in response.given.items()
        ]
    )
