import pytest
import time_machine

from app.accounts.models import Role
from app.db import now
from tests.factories import AccountFactory


@pytest.fixture
def organiser():
    return AccountFactory(roles=(Role.ORGANISER,))


@pytest.fixture
def later():
    """Let time pass."""
    with time_machine.travel(now(), tick=False) as traveller:
        yield traveller.shift
