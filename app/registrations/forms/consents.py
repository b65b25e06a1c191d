"""The words in which an event asks for consent."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

MOST_LETTERS = 2000


class ConsentTextForm(FlaskForm):
    text = TextAreaField(
        _("Wortlaut"),
        description=_(
            "Sagen Sie, was gespeichert wird, wozu, wer es sieht, bis wann, und dass man es zurücknehmen kann."
        ),
        filters=[lambda value: (value or "").strip()],
        validators=[
            DataRequired(_("Schreiben Sie, worin die Menschen einwilligen.")),
            Length(max=MOST_LETTERS, message=_("Das sind mehr als %(max)d Zeichen.")),
        ],
        render_kw={"rows": 6},
    )
