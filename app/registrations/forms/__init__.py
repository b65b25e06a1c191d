"""Input of whoever registers, changes a registration, or decides what an event asks."""

from app.registrations.forms.changing import ChangeForm
from app.registrations.forms.codes import CodesForm
from app.registrations.forms.consents import ConsentTextForm
from app.registrations.forms.questions import QuestionForm, TranslationForm
from app.registrations.forms.registering import CapacityForm, PartyForm, RegistrationForm, TypedRegistrationForm

__all__ = [
    "CapacityForm",
    "ChangeForm",
    "CodesForm",
    "ConsentTextForm",
    "PartyForm",
    "QuestionForm",
    "RegistrationForm",
    "TranslationForm",
    "TypedRegistrationForm",
]
