import pytest
from sqlalchemy import select

from app.db import db
from app.evaluation import queries as surveys
from app.events import documentation
from app.events.models import Event, EventReport


@pytest.mark.no_database
def test_load_documents_one_example_event_with_a_survey(demo):
    [report] = db.session.scalars(select(EventReport))
    event = db.session.get(Event, report.event_id)
    assert (event.is_example, report.is_published, report.number_of_participants) == (True, True, 104)
    [photo] = documentation.photos_of(event.id)
    assert (photo.width, photo.height, photo.consent) == (1200, 800, "Es ist niemand zu sehen.")
    survey = surveys.survey_of(event.id)
    results = surveys.results_of(survey)
    assert surveys.count_responses(survey.id) == 23
    assert [result.answered for result in results] == [23, 23, 22, 22, 23, 22, 0, 0]
    assert [len(result.texts) for result in results] == [0, 0, 0, 0, 0, 0, 2, 1]
