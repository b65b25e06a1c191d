import factory

from app.attendance.models import DoorDevice
from tests.events.factories import EventFactory
from tests.factories import ModelFactory


class DoorDeviceFactory(ModelFactory):
    """A device for the whole event."""

    class Meta:
        model = DoorDevice

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Gerät {n}")
