from tests.registrations.conftest import later, organiser

__all__ = ["later", "organiser"]
