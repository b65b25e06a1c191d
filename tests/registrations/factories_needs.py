import factory

from app.registrations.models import ConsentPurpose, NeedKind, Resource
from tests.events.factories import EventFactory
from tests.factories import ModelFactory
from tests.registrations.factories import ConsentTextFactory


class NeedsConsentFactory(ConsentTextFactory):
    purpose = ConsentPurpose.NEEDS
    text = "Beispiel: Ich bin einverstanden."


class ResourceFactory(ModelFactory):
    """An interpreter for Tigrinya who has said yes, for as many as come."""

    class Meta:
        model = Resource

    event = factory.SubFactory(EventFactory)
    kind = NeedKind.INTERPRETATION
    language = factory.LazyAttribute(lambda resource: "ti" if resource.kind is NeedKind.INTERPRETATION else "")
    persons = None
    who = "Beispiel-Dolmetschpool"
    is_confirmed = True
