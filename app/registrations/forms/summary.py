"""All that a form holds, in words, to be checked before it is sent."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Field

from app.languages import name_of
from app.registrations.forms.answers import YES, label_of, option_label
from app.registrations.forms.choices import titled
from app.registrations.forms.registering import PartyForm
from app.registrations.models import (
    COMES_AS_LABELS,
    CONSENT_PURPOSE_LABELS,
    NEED_KIND_LABELS,
    PARTY_KIND_LABELS,
    WITH_OPTIONS,
    NeedFields,
    PartyKind,
    Question,
    QuestionKind,
)

Line = tuple[str, str]


def summary_of(form: PartyForm) -> list[Line]:
    """Name and value of each thing said, in the order of the page."""
    return [*_contact(form), *_party(form), *_choices(form), *_answers(form), *_agreements(form)]


def _contact(form: PartyForm) -> Iterator[Line]:
    for name in ("code", "name", "email", "phone", "postal_address"):
        if name in form and form[name].data:
            yield str(form[name].label.text), form[name].data


def _party(form: PartyForm) -> Iterator[Line]:
    yield _("Sie melden an"), str(PARTY_KIND_LABELS[form.kind])
    if form.kind is PartyKind.DELEGATION:
        yield _("Organisation"), form.organization.data
    yield _("Zusammen sind Sie"), ngettext("%(num)s Person", "%(num)s Personen", form.persons.data)
    names = [
        _("%(name)s (Kind)", name=each.name or _("ohne Namen")) if each.is_child else each.name
        for each in form.companions_named
        if each.name or each.is_child
    ]
    if form.persons.data > 1:
        yield _("Weitere Personen"), ", ".join(names) or _("keine Namen angegeben")
    if form.attendance is not None:
        yield _("Sie sind dabei"), _("online") if form.is_online else _("vor Ort")


def _choices(form: PartyForm) -> Iterator[Line]:
    if form.table is not None:
        yield _("Tisch"), form.tables[0].title if form.tables else _("ist Ihnen gleich")
    if form.wish_1 is not None:
        wishes = [f"{rank}. {table.title}" for rank, table in enumerate(form.tables, start=1)]
        yield _("Wünsche nach Tisch"), ", ".join(wishes) or _("keine, ist Ihnen gleich")
    if form.sits_together is not None:
        if form.persons.data > 1:
            yield _("Am selben Tisch"), _yes_or_no(form.sits_together)
        languages = (name_of(code, form.asking.language) for code in form.spoken_languages.data or ())
        yield _("Sprachen"), ", ".join(languages) or _("keine Angabe")
        yield _("Rolle"), str(COMES_AS_LABELS[form.capacity_in]) if form.capacity_in else _("keine Angabe")
    if form.items is not None:
        yield _("Programm"), ", ".join(titled(item) for item in form.items_chosen) or _("nichts gewählt")


def _answers(form: PartyForm) -> Iterator[Line]:
    for question in form.questions:
        if form.is_asked(question):
            yield label_of(question, form.asking.language), _answer(form, question) or _("keine Angabe")


def _answer(form: PartyForm, question: Question) -> str:
    if question.kind in WITH_OPTIONS:
        chosen = (option for option in form.options_chosen if option.question is question)
        return ", ".join(option_label(option, form.asking.language) for option in chosen)
    value = form.answers.get(question, "")
    if question.kind is QuestionKind.YES_NO and value:
        return str(_("ja") if value == YES else _("nein"))
    return value


def _agreements(form: PartyForm) -> Iterator[Line]:
    if form.needs is not None:
        yield _("Was Sie brauchen"), "; ".join(map(_need, form.needed)) or _("nichts angegeben")
    for purpose in form.asked_alone:
        yield (
            _("Einwilligung: %(purpose)s", purpose=CONSENT_PURPOSE_LABELS[purpose]),
            _yes_or_no(form[f"consent_{purpose}"]),
        )
    if "wants_updates" in form:
        yield _("Auf dem Laufenden bleiben"), _yes_or_no(form.wants_updates)


def _need(need: NeedFields) -> str:
    parts = [
        str(NEED_KIND_LABELS[need["kind"]]),
        name_of(need["language"]) if need["language"] else "",
        ngettext("%(num)s Person", "%(num)s Personen", need["persons"]) if not need["note"] else need["note"],
    ]
    return ", ".join(part for part in parts if part)


def _yes_or_no(field: Field) -> str:
    return str(_("ja") if field.data else _("nein"))
