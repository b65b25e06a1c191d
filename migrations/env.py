"""Run migrations on the application's own engine, in one transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import Enum
from sqlalchemy.types import TypeEngine

from app.db import UTCDateTime, db
from app.process_date import ProcessDateColumn

OWN_TYPES = {
    UTCDateTime: "from app.db import UTCDateTime",
    ProcessDateColumn: "from app.process_date import ProcessDateColumn",
}


def render_item(kind, item, autogen_context):
    if kind == "type" and type(item) in OWN_TYPES:
        autogen_context.imports.add(OWN_TYPES[type(item)])
        return f"{type(item).__name__}()"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def compare_type(_context, _column, _metadata_column, _inspected: TypeEngine, metadata: TypeEngine):
    return False if type(metadata) in OWN_TYPES else None


with db.engine.connect() as connection:
    if db.engine.dialect.name == "sqlite":
        # Batch mode rebuilds tables; the switch does nothing inside a transaction, so it comes first.
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        **{
            **current_app.extensions["migrate"].configure_args,
            "compare_type": compare_type,
        },
    )
    with context.begin_transaction():
        context.run_migrations()
    if db.engine.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = ON")
