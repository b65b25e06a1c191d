"""The questions every survey starts with; organisers change, add and remove."""

from flask_babel import gettext as _

from app.evaluation.models import SurveyQuestion, SurveyQuestionKind

K = SurveyQuestionKind


def ready_made_questions() -> list[SurveyQuestion]:
    """In the language that is set."""
    duration = [_("zu kurz"), _("gerade richtig"), _("zu lang")]
    heard_of = [_("von Bekannten"), _("von einem Verein"), _("vom Landratsamt"), _("im Internet"), _("anders")]
    asked: list[tuple[SurveyQuestionKind, str, list[str]]] = [
        (K.SCALE, _("Ich habe mich willkommen gefühlt."), []),
        (K.SCALE, _("Ich habe verstanden, worum es ging."), []),
        (K.SCALE, _("Ich konnte sagen, was mir wichtig ist."), []),
        (K.CHOICE, _("Wie war die Dauer?"), duration),
        (K.CHOICE, _("Wie haben Sie von der Veranstaltung erfahren?"), heard_of),
        (K.YES_NO, _("Würden Sie wieder kommen?"), []),
        (K.TEXT, _("Was war gut?"), []),
        (K.TEXT, _("Was sollen wir beim nächsten Mal anders machen?"), []),
    ]
    return [
        SurveyQuestion(position=position, kind=kind, label=str(label), options=[str(each) for each in options])
        for position, (kind, label, options) in enumerate(asked, start=1)
    ]
