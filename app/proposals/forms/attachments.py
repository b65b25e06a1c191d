"""Input of a file that comes with a contribution."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import FileStorage
from wtforms import Field, FieldList, FileField, Form, FormField, StringField
from wtforms.validators import Length, ValidationError

from app.proposals.attachments import MOST_FILES, FileRefused, Upload


class AttachmentForm(Form):
    file = FileField(_("Datei"), render_kw={"accept": "image/jpeg,image/png,application/pdf"})
    description = StringField(
        _("Was ist darauf zu sehen?"), validators=[Length(max=300, message=_("Bitte bleiben Sie unter 300 Zeichen."))]
    )
    upload: Upload | None = None

    @property
    def is_chosen(self) -> bool:
        return isinstance(self.file.data, FileStorage) and bool(self.file.data.filename)

    def validate_file(self, field: Field) -> None:
        if not self.is_chosen:
            return
        try:
            self.upload = Upload.of(field.data.filename, field.data.read(), description=self.description.data or "")
        except FileRefused as error:
            raise ValidationError(str(error)) from error


class AttachmentList(FieldList):
    """Up to five files, each with what there is to see for those who do not see it."""

    def __init__(self, **options: object) -> None:
        super().__init__(FormField(AttachmentForm), min_entries=MOST_FILES, max_entries=MOST_FILES, **options)
        self.type = FieldList.__name__  # templates tell fields apart by it

    @property
    def uploads(self) -> Sequence[Upload]:
        return [entry.form.upload for entry in self if entry.form.upload]

    @property
    def are_lost(self) -> bool:
        """No browser sends a file again by itself."""
        return any(entry.form.is_chosen for entry in self)
