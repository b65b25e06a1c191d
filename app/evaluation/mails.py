"""The link to the survey, in the mail that thanks those who were there."""

from flask_babel import gettext as _

from app import links
from app.attendance.mails_results import registration_of, with_link
from app.db import now
from app.evaluation.queries import survey_of
from app.evaluation.services import issue_ticket
from app.mail.outbox import Letter, adds_to
from app.web.language import localized


@adds_to("registrations/thanks")
def ask(letter: Letter, **_ids: int | str) -> Letter:
    """A ticket of its own for each mail; it names the survey and nobody."""
    survey = survey_of(registration_of(letter).event.id)
    if survey is None or not survey.is_open(now()):
        return letter
    address = localized(links.absolute_url("surveys.answer", token=issue_ticket(survey)))
    words = _("Wie war es für Sie? Zwei Minuten, ohne Namen. Der Link gilt einmal:")
    return with_link(letter, address, _("Fragen beantworten"), words)
