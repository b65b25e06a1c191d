"""SQL that keeps rows append-only on SQLite and PostgreSQL; used by migrations."""

from collections.abc import Iterator

REFUSAL = "append-only"


def same(columns: str) -> str:
    """A condition that an update leaves these as they are; NULL-safe, since one that is NULL would refuse nothing."""
    return " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in columns.split())


def same_or_emptied(column: str) -> str:
    return f"(NEW.{column} IS NULL OR {same(column)})"


def refuse(table: str, action: str, dialect: str, *, unless: str = "") -> Iterator[str]:
    """Statements that make the database refuse `action` on the table, but where `unless` holds.

    `action` is INSERT, UPDATE or DELETE; `unless` is an SQL condition over OLD and NEW, as far as there are such. What
    refuses DELETE refuses TRUNCATE, too, which SQLite does not have.
    """
    name = f"{table}_refuse_{action.lower()}"
    condition = f"WHEN (NOT ({unless}))" if unless else ""
    if dialect == "sqlite":
        yield (
            f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH ROW {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is {REFUSAL}'); END"
        )
        return
    # PostgreSQL allows no subquery in WHEN, so the condition stands in the function
    body = f"IF NOT ({unless}) THEN {{}} END IF;" if unless else "{}"
    raised = f"RAISE EXCEPTION '{table} is {REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
    result = "OLD" if action == "DELETE" else "NEW"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {body.format(raised)} RETURN {result}; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {action} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    if action == "DELETE":
        yield from refuse_truncate(table)


def allow(table: str, action: str, dialect: str) -> Iterator[str]:
    """The way back."""
    name = f"{table}_refuse_{action.lower()}"
    if dialect == "sqlite":
        yield f"DROP TRIGGER {name}"
        return
    yield f"DROP TRIGGER {name} ON {table}"
    yield f"DROP FUNCTION {name}()"
    if action == "DELETE":
        yield from allow_truncate(table)


def refuse_truncate(table: str) -> Iterator[str]:
    """On PostgreSQL; once more changes nothing."""
    yield from allow_truncate(table)
    yield (
        f"CREATE FUNCTION {table}_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} is {REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse_truncate()"
    )


def allow_truncate(table: str) -> Iterator[str]:
    yield f"DROP FUNCTION IF EXISTS {table}_refuse_truncate() CASCADE"  # with its trigger
