"""Input of those who moderate."""

from collections.abc import Collection

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.accounts.forms import EMAIL_RULES
from app.accounts.models import Account
from app.db import LARGEST_ID
from app.moderation.models import (
    BLOCK_KIND_LABELS,
    REPORT_KIND_LABELS,
    REPORT_OUTCOME_LABELS,
    BlockKind,
    ReportKind,
    ReportOutcome,
    TextBlock,
)
from app.proposals.models import ProposalState
from app.web.fields import IntegerField, choices

REASON_RULES = [Length(max=1000, message=_("Bitte bleiben Sie unter 1.000 Zeichen."))]


def offer(field: SelectField, blocks: Collection[TextBlock]) -> None:
    """The text blocks one may choose, by their names."""
    field.choices = [
        SelectChoice("", _("keiner, nur eigene Worte")),
        *(SelectChoice(block.slug, block.title) for block in blocks),
    ]


class WithTextBlock:
    """A form that offers text blocks in its field `block`."""

    block: SelectField
    blocks: Collection[TextBlock]

    @property
    def chosen_block(self) -> TextBlock | None:
        return next((block for block in self.blocks if block.slug == self.block.data), None)


class ReasonForm(WithTextBlock, FlaskForm):
    """A text block, own words, or both; and in which state whoever decides saw the contribution."""

    block = SelectField(_("Textbaustein"), validators=[Optional()])
    reason = TextAreaField(
        _("Grund, den alle lesen, in eigenen Worten"),
        validators=REASON_RULES,
        render_kw={"rows": 3},
    )
    seen = HiddenField()

    def __init__(self, blocks: Collection[TextBlock], **more: object) -> None:
        super().__init__(**more)
        self.blocks = blocks
        offer(self.block, blocks)

    @property
    def seen_state(self) -> ProposalState | None:
        return ProposalState(self.seen.data) if self.seen.data in set(ProposalState) else None

    def validate_reason(self, field: Field) -> None:
        if not (field.data or "").strip() and self.chosen_block is None:
            raise ValidationError(gettext("Bitte nennen Sie den Grund. Er wird veröffentlicht."))


class RedactionForm(ReasonForm):
    """Words to blacken, each passage in a line of its own."""

    passages = TextAreaField(
        _("Was geschwärzt wird"),
        description=_(
            "Jede Stelle in einer eigenen Zeile, Zeichen für Zeichen wie im Beitrag. "
            "Sie wird überall geschwärzt, wo sie vorkommt."
        ),
        validators=[
            DataRequired(_("Schreiben Sie die Worte ab, die niemand lesen soll.")),
            Length(max=4000, message=_("Bitte bleiben Sie unter 4.000 Zeichen.")),
        ],
        render_kw={"rows": 3},
    )
    reason = TextAreaField(
        _("Grund, den alle lesen, in eigenen Worten"),
        validators=[Length(max=300, message=_("Bitte bleiben Sie unter 300 Zeichen."))],
        render_kw={"rows": 2},
    )

    @property
    def chosen(self) -> list[str]:
        return [line.strip() for line in (self.passages.data or "").splitlines() if line.strip()]


class AppealForm(FlaskForm):
    words = TextAreaField(
        _("Warum sehen Sie das anders?"),
        description=_("In Ihren Worten, gern in Ihrer Sprache. Das wird nicht veröffentlicht."),
        validators=[
            DataRequired(_("Schreiben Sie uns, warum Sie das anders sehen.")),
            Length(max=4000, message=_("Bitte bleiben Sie unter 4.000 Zeichen.")),
        ],
        render_kw={"rows": 6},
    )


class AppealAnswerForm(FlaskForm):
    result = RadioField(
        _("Wie entscheiden Sie?"),
        choices=[
            SelectChoice("yes", _("Stattgeben: Der Beitrag steht wieder da, wie er geschrieben wurde.")),
            SelectChoice("no", _("Ablehnen: Es bleibt, wie es ist.")),
        ],
        validators=[DataRequired(_("Wählen Sie aus, wie Sie entscheiden."))],
    )
    words = TextAreaField(
        _("Antwort an die Person"),
        validators=[
            DataRequired(_("Schreiben Sie eine Antwort.")),
            Length(max=4000, message=_("Bitte bleiben Sie unter 4.000 Zeichen.")),
        ],
        render_kw={"rows": 5},
    )
    public = TextAreaField(
        _("Was alle lesen"),
        description=_("Ein Satz auf dem Weg des Beitrags. Leer: nur, dass eine zweite Person geprüft hat."),
        validators=REASON_RULES,
        render_kw={"rows": 2},
    )


class TranslationForm(FlaskForm):
    translation = TextAreaField(
        _("Arbeitsübersetzung"),
        validators=[DataRequired(_("Schreiben Sie, was der Beitrag auf Deutsch sagt."))],
        render_kw={"rows": 5, "lang": "de"},
    )


class BulkForm(WithTextBlock, FlaskForm):
    """Several contributions at once; their boxes stand beside them."""

    chosen = SelectMultipleField(
        _("Beiträge"), coerce=int, validators=[DataRequired(_("Wählen Sie mindestens einen Beitrag."))]
    )
    block = SelectField(_("Textbaustein (nur beim Zurückhalten)"), validators=[Optional()])
    reason = StringField(_("Grund in eigenen Worten (nur beim Zurückhalten)"), validators=REASON_RULES)
    colleague = SelectField(_("Wer prüft sie?"), validators=[Optional()])

    def __init__(self, ids: Collection[int], blocks: Collection[TextBlock], colleagues: Collection[Account]) -> None:
        super().__init__()
        self.blocks, self.colleagues = blocks, colleagues
        self.chosen.choices = [SelectChoice(str(each)) for each in ids]
        offer(self.block, blocks)
        self.colleague.choices = [
            SelectChoice("", _("niemand Bestimmtes")),
            *(SelectChoice(str(account.id), account.name) for account in colleagues),
        ]

    @property
    def chosen_colleague(self) -> Account | None:
        return next((account for account in self.colleagues if str(account.id) == self.colleague.data), None)


class TextBlockForm(FlaskForm):
    kind = RadioField(_("Wofür?"), choices=choices(BLOCK_KIND_LABELS), coerce=BlockKind, default=BlockKind.REASON)
    title = StringField(
        _("Name des Bausteins"),
        description=_("Nur für die Liste, niemand sonst liest ihn."),
        validators=[
            DataRequired(_("Geben Sie dem Baustein einen Namen.")),
            Length(max=120, message=_("Höchstens 120 Zeichen.")),
        ],
    )
    content = TextAreaField(
        _("Wortlaut"),
        validators=[
            DataRequired(_("Schreiben Sie, was dort stehen soll.")),
            Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
        ],
        render_kw={"rows": 5, "lang": "de"},
    )


class EditTextBlockForm(TextBlockForm):
    kind = None
    is_active = BooleanField(_("Zur Auswahl anbieten"))


class UpToForm(FlaskForm):
    """The newest contribution that was shown: what came in since stays in the queue."""

    last = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST_ID)])


class ReportForm(FlaskForm):
    kind = RadioField(
        _("Was stimmt nicht?"),
        choices=choices(REPORT_KIND_LABELS),
        coerce=ReportKind,
        validators=[InputRequired(_("Wählen Sie aus, was nicht stimmt."))],
    )
    words = TextAreaField(
        _("In Ihren Worten"),
        validators=[Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen."))],
        render_kw={"rows": 4},
    )
    email = EmailField(
        _("E-Mail-Adresse"),
        description=_("Nur wenn Sie hören möchten, was daraus wurde. Danach löschen wir sie."),
        validators=[Optional(), *EMAIL_RULES[1:]],
    )
    website = StringField()


class ReportAnswerForm(FlaskForm):
    outcome = RadioField(
        _("Was ist daraus geworden?"),
        choices=choices(REPORT_OUTCOME_LABELS),
        coerce=ReportOutcome,
        validators=[InputRequired(_("Wählen Sie aus, was daraus geworden ist."))],
    )
    words = TextAreaField(
        _("Antwort an alle, die ihn gemeldet haben"),
        validators=[
            DataRequired(_("Schreiben Sie eine Antwort.")),
            Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
        ],
        render_kw={"rows": 4},
    )


class WatchWordForm(FlaskForm):
    word = StringField(
        _("Wort oder Wortgruppe"),
        validators=[
            DataRequired(_("Schreiben Sie ein Wort hinein.")),
            Length(min=2, max=80, message=_("Zwischen 2 und 80 Zeichen.")),
        ],
    )
