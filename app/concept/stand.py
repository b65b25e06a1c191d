"""What a row said when somebody began to change it: so that two who write at once see each other."""

import json
from hashlib import sha256

from sqlalchemy import inspect

from app.db import Model
from app.texts.models import Text


def stand_of(row: Model) -> str:
    """A short digest of its columns and of the current versions of its texts."""
    mapper = inspect(type(row))
    values = [str(getattr(row, column.key)) for column in mapper.column_attrs]
    texts = [getattr(row, relation.key) for relation in mapper.relationships if relation.mapper.class_ is Text]
    content = json.dumps([values, [text.current.id for text in texts if text]])
    return sha256(content.encode()).hexdigest()[:16]
