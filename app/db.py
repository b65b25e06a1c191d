"""The database session, the one place where it is committed, and what makes both databases behave alike."""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, String, TypeDecorator, event, inspect, update
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import DeclarativeBase, mapped_column

from app.errors import DoneMeanwhile, GoneMeanwhile

logger = logging.getLogger(__name__)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware point in time, stored as UTC; SQLite would hand it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime is not a point in time")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Base(DeclarativeBase):
    # Named constraints: migrations can drop them and services can recognise them.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# An enumeration is stored as its value, in a column wide enough for new ones.
Base.registry.update_type_annotation_map(
    {StrEnum: Enum(StrEnum, native_enum=False, length=24, values_callable=lambda enum: [each.value for each in enum])}
)

db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
        id: int
else:
    Model = db.Model

LARGEST_ID = 2**31 - 1  # of a primary key on PostgreSQL; what is larger is no row's number
PrimaryKey = Annotated[int, mapped_column(primary_key=True)]


def _any_generation() -> int:
    """By chance: SQLite gives the number of a deleted row again, and an old link must not open what is new there."""
    return secrets.randbelow(LARGEST_ID // 2)


Generation = Annotated[int, mapped_column(default=_any_generation)]  # of the links to rows that are deleted one day
Timestamp = Annotated[datetime, mapped_column(UTCDateTime)]
HOLDS_FILE_KEY = "holds_file_key"
FileKey = Annotated[str, mapped_column(String(80), info={HOLDS_FILE_KEY: True})]  # of a file in app.storage

POSTGRESQL_OPTIONS = "-c lock_timeout=4s -c statement_timeout=60s -c timezone=UTC"

# GET and HEAD only read: see app/web/transactions.py
reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)


def engine_options(url: str) -> dict[str, object]:
    if url.startswith("postgresql"):
        return {"connect_args": {"options": POSTGRESQL_OPTIONS}, "pool_pre_ping": True}
    return {}


def prepare(engine: Engine) -> None:
    """Open transactions so that counts hold on SQLite and a page that only reads cannot write, on both databases."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _configure_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- the driver's class
    connection.isolation_level = None  # SQLAlchemy opens the transactions, or SAVEPOINT does not hold
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "PRAGMA recursive_triggers = ON"
    )  # REPLACE deletes a row, too: what refuses that has to hear of it
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.create_function("lower", 1, _lower, deterministic=True)  # SQLite's own knows no umlauts


def _lower(value: object) -> str | None:
    return None if value is None else str(value).lower()


def _begin_sqlite(connection) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- SQLAlchemy's Connection
    reading = reads_only.get()
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
    # A writer takes the lock with its first statement; read-then-write would fail with BUSY_SNAPSHOT.
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- SQLAlchemy's Connection
    if reads_only.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def reading() -> Iterator[None]:
    """A block that only reads and holds nothing when it ends: for a process that lives long beside others."""
    token = reads_only.set(True)
    try:
        yield
    finally:
        db.session.remove()
        reads_only.reset(token)


def now() -> datetime:
    return datetime.now(UTC)


M = TypeVar("M", bound=Base)


def lock(row: M) -> M:
    """Hold the row until the transaction ends, and load it afresh.

    The empty update locks on every database; SELECT FOR UPDATE is ignored by SQLite. Raises GoneMeanwhile.
    """
    model = type(row)
    key = inspect(row).identity
    if key is None:
        raise ValueError(f"{model.__name__} is not stored yet")
    [column] = inspect(model).primary_key
    db.session.execute(update(model).where(column == key[0]).values({column: column}))
    try:
        return db.session.get_one(model, key, populate_existing=True)
    except NoResultFound as error:
        raise GoneMeanwhile from error


@contextmanager
def rehearsal() -> Iterator[None]:
    """A block whose use cases run in one transaction that is undone: what would happen, without anything happening."""
    session = db.session()
    session.info["use_case"] = "rehearsal"
    try:
        yield
    finally:
        session.rollback()
        del session.info["use_case"]


def is_rehearsal() -> bool:
    """Whether what happens now is undone in the end: then nothing outside the database may happen."""
    return db.session().info.get("use_case") == "rehearsal"


P = ParamSpec("P")
R = TypeVar("R")


def transactional(use_case: Callable[P, R]) -> Callable[P, R]:
    """Commit when the outermost use case returns; roll back when it raises.

    A use case may call another one: the inner call joins the outer transaction. Where the database refuses a second row
    of what there may be one of, somebody else was as quick: DoneMeanwhile says so, unless the use case says it better.
    """

    @wraps(use_case)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        session = db.session()
        if "use_case" in session.info:
            return use_case(*args, **kwargs)
        session.info["use_case"] = use_case.__qualname__
        try:
            result = use_case(*args, **kwargs)
            session.commit()
        except IntegrityError as error:
            session.rollback()
            if not _is_second(error):
                raise
            logger.warning("%s: somebody else was as quick", use_case.__qualname__, exc_info=error)
            raise DoneMeanwhile from error
        except BaseException:
            session.rollback()
            raise
        else:
            return result
        finally:
            del session.info["use_case"]

    return run


UNIQUE = frozenset({"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})


def _is_second(error: IntegrityError) -> bool:
    """Whether a unique constraint refused it, by the name each driver gives that."""
    return bool(UNIQUE & {getattr(error.orig, name, None) for name in ("sqlstate", "sqlite_errorname")})
