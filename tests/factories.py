"""One factory per model; attributes a test relies on are written in the test."""

import factory
from factory.alchemy import SQLAlchemyModelFactory

from app.accounts.models import Account, Role, RoleGrant
from app.db import db


class ModelFactory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"


class AccountFactory(ModelFactory):
    class Meta:
        model = Account
        exclude = ("roles",)

    roles = (Role.PARTICIPANT,)
    name = factory.Sequence(lambda n: f"Beispielkonto {n}")
    email = factory.Sequence(lambda n: f"konto{n}@example.org")
    grants = factory.LazyAttribute(lambda account: [RoleGrant(role=role) for role in account.roles])
