"""What comes in with an address or a form is fit for the database: no NUL in words, no number beyond a row's."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter

from app.db import LARGEST_ID

NUL = "\0"


def whole(value: str) -> int:
    """For request.args.get(name, default, type=whole): what no row and no page can have counts as not given."""
    number = int(value)
    if not 0 <= number <= LARGEST_ID:
        raise ValueError(value)
    return number


class Parameters(ImmutableMultiDict[str, Any]):
    """PostgreSQL takes no NUL; nobody types one, so it is left out."""

    def __init__(self, pairs: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        if isinstance(pairs, Mapping):
            super().__init__(pairs)
        else:
            super().__init__([(_clean(name), _clean(value)) for name, value in pairs or ()])


class CleanRequest(Request):
    parameter_storage_class = Parameters


class RowNumber(IntegerConverter):
    """A number in a path; one that no row can have is not found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- werkzeug's own arguments
        super().__init__(*args, **{"max": LARGEST_ID, **kwargs})


def init_app(app: Flask) -> None:
    app.request_class = CleanRequest
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def refuse_nul() -> None:
        if NUL in request.path:
            abort(404)


def _clean(value: Any) -> Any:  # noqa: ANN401 -- words, or a file
    return value.replace(NUL, "") if isinstance(value, str) else value
