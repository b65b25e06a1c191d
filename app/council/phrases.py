"""Sentences that papers and their pages are made of."""

from collections.abc import Collection, Iterable

from flask_babel import format_currency, format_date
from flask_babel import lazy_gettext as _

from app.council.models import (
    FINANCIAL_EFFECT_LABELS,
    Consultation,
    ConsultationRole,
    FinancialEffect,
    Outcome,
    Paper,
    Resolution,
)
from app.structures.models import Organization, OrganizationKind

# Kinds whose word is feminine in German
FEMININE_KINDS = frozenset(
    {OrganizationKind.STEERING_GROUP, OrganizationKind.EXPERT_ROUND, OrganizationKind.PARTICIPATION_STRUCTURE}
)
IN_HER_MEETING = _("Die %(body)s hat in ihrer Sitzung am %(when)s vorberaten.")
IN_HIS_MEETING = _("Der %(body)s hat in seiner Sitzung am %(when)s vorberaten.")
SHE_ADVISED = _("Die %(body)s hat vorberaten (%(when)s).")
HE_ADVISED = _("Der %(body)s hat vorberaten (%(when)s).")
SHE_ADOPTED = _("Sie hat eine vorläufige Version des Konzepts verabschiedet und empfiehlt den Beschlussvorschlag.")
HE_ADOPTED = _("Er hat eine vorläufige Version des Konzepts verabschiedet und empfiehlt den Beschlussvorschlag.")
ADVICE = {
    Outcome.RECOMMENDED: _("Empfehlung: dem Beschlussvorschlag zustimmen."),
    Outcome.AGREED: _("Empfehlung: dem Beschlussvorschlag zustimmen."),
    Outcome.REJECTED: _("Empfehlung: den Beschlussvorschlag ablehnen."),
    Outcome.NOTED: _("Der Beschlussvorschlag wurde zur Kenntnis genommen."),
}


def financial_effect(paper: Paper) -> str:
    """The choice with its year and amount: „im Haushalt 2018 berücksichtigt“ (2017 paper)."""
    effect, amount, year = paper.financial_effect, paper.financial_amount, paper.financial_year
    if effect is FinancialEffect.QUANTIFIED and amount is not None and year:
        return str(_("%(amount)s im Haushaltsjahr %(year)s", amount=format_currency(amount, "EUR"), year=year))
    if effect is FinancialEffect.IN_BUDGET and year:
        return str(_("im Haushalt %(year)s berücksichtigt", year=year))
    return str(FINANCIAL_EFFECT_LABELS[effect])


def preliminary_sentences(consultations: Iterable[Consultation], provisional: Collection[int]) -> list[str]:
    """Block "Vorberatung" of a paper: "Der Sozialausschuss hat in seiner Sitzung am 27.11.2017 vorberaten." (2017).

    `provisional`: ids of resolutions by which a body adopted an edition for the time being.
    """
    return [
        _preliminary_sentence(each.organization, resolution, is_provisional=resolution.id in provisional)
        for each in consultations
        if each.role is ConsultationRole.ADVICE and (resolution := each.resolution) is not None
    ]


def _preliminary_sentence(body: Organization, resolution: Resolution, *, is_provisional: bool) -> str:
    day = resolution.meeting.day if resolution.meeting else resolution.decided.day
    if day is not None:
        sentence = IN_HER_MEETING if is_feminine(body) else IN_HIS_MEETING
        words = str(sentence) % {"body": body.name, "when": format_date(day, "dd.MM.y")}
    else:
        sentence = SHE_ADVISED if is_feminine(body) else HE_ADVISED
        words = str(sentence) % {"body": body.name, "when": resolution.decided}
    if is_provisional and resolution.outcome in (Outcome.RECOMMENDED, Outcome.AGREED):
        return f"{words} {SHE_ADOPTED if is_feminine(body) else HE_ADOPTED}"
    return f"{words} {ADVICE[resolution.outcome]}"


def is_feminine(body: Organization) -> bool:
    return body.kind in FEMININE_KINDS or body.name.startswith("Arbeitsgruppe")
