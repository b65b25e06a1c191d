"""Whether a row may still go: what something points to stays."""

from collections.abc import Collection

from sqlalchemy import exists, inspect, or_, select

from app.db import Model, db


def is_used(row: Model, *, apart_from: Collection[type[Model]] = ()) -> bool:
    """Whether a row of another table, or another row of its own, points to this one."""
    db.session.flush()
    spared = {model.__table__ for model in apart_from}
    [key] = inspect(row).identity or (None,)
    pointing = [
        exists().where(foreign.parent == key)
        for table in Model.metadata.tables.values()
        for foreign in table.foreign_keys
        if foreign.column.table is row.__table__ and table not in spared
    ]
    return bool(db.session.scalar(select(or_(*pointing))))
