"""What a party agrees to, in the words it saw; and what it needs, which takes its consent."""

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, FormField, HiddenField

from app.registrations.asking import Asking
from app.registrations.forms.needs import NeedsPart
from app.registrations.models import ConsentPurpose, NeedFields

P = ConsentPurpose
ASKED_ALONE = (P.PHOTOS, P.CONTACTS)  # needs ask for theirs themselves


class AgreementsPart(FlaskForm):
    needs = FormField(NeedsPart)
    consent_versions = HiddenField()  # which wordings the page showed

    def offer_agreements(self, asking: Asking) -> None:
        self.consents_asked = asking.consents
        self.shown_versions = self.consent_versions.data
        self.consent_versions.data = " ".join(
            f"{purpose}:{text.version}" for purpose, text in sorted(asking.consents.items())
        )
        if asking.asks_needs:
            self.needs.form.offer(asking.event, asking.consents[P.NEEDS])
        else:
            del self.needs

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        for purpose in self.agreed:
            text = self.consents_asked[purpose]
            if self.shown_versions and f"{purpose}:{text.version}" not in self.shown_versions.split():
                self._consent_field(purpose).errors = [
                    gettext("Dieser Wortlaut ist neu. Bitte lesen Sie ihn und stimmen Sie noch einmal zu.")
                ]
                is_valid = False
        return is_valid

    @property
    def agreed(self) -> list[ConsentPurpose]:
        alone = [purpose for purpose in self.asked_alone if self._consent_field(purpose).data]
        return alone + ([P.NEEDS] if self.needs is not None and self.needs.form.consents else [])

    @property
    def asked_alone(self) -> list[ConsentPurpose]:
        return [purpose for purpose in ASKED_ALONE if purpose in self.consents_asked]

    @property
    def needed(self) -> list[NeedFields]:
        return self.needs.form.fields if self.needs is not None else []

    def _consent_field(self, purpose: ConsentPurpose) -> Field:
        return self.needs.form.consent if purpose is P.NEEDS else self[f"consent_{purpose}"]


def consent_fields(asking: Asking) -> dict[str, Field]:
    return {
        f"consent_{purpose}": BooleanField(asking.consents[purpose].text)
        for purpose in ASKED_ALONE
        if purpose in asking.consents
    }
