"""Input for pictures of the concept."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired, Length

TOO_LONG = _("Das ist zu lang.")


class PictureForm(FlaskForm):
    file = FileField(
        _("Bild"),
        description=_("JPEG, PNG oder WebP. Ort, Zeit und Gerät, die darin stehen, nehmen wir heraus."),
        validators=[FileRequired(_("Wählen Sie ein Bild aus."))],
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
    title = StringField(
        _("Bildunterschrift"),
        description=_("Sie steht unter dem Bild und im Verzeichnis der Abbildungen."),
        validators=[DataRequired(_("Geben Sie eine Bildunterschrift an.")), Length(max=200, message=TOO_LONG)],
    )
    source = StringField(_("Quelle"), validators=[Length(max=200, message=TOO_LONG)])
