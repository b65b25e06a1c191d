"""What comes in with an address or a form is fit for the database and for its field.

No control characters in words, no number beyond a row's, no file where words belong, not more than a page takes.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

from flask import Flask, Request, abort, current_app, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter
from wtforms import Field, FieldList, FileField, FormField

from app.db import LARGEST_ID

LINE_ENDS = frozenset("\0\r\n")  # no row has them in its name, no header takes them
# PostgreSQL takes no NUL, HTML none of these but tab and line end, no XML the last two; nobody types one.
CONTROLS = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF])


def whole(value: str) -> int:
    """For request.args.get(name, default, type=whole): what no row and no page can have counts as not given."""
    number = int(value)
    if not 0 <= number <= LARGEST_ID:
        raise ValueError(value)
    return number


def row_number(value: object) -> int:
    """The number of a row as a form sends it back; 0, which no row has, for whatever else came."""
    words = str(value)
    try:
        return whole(words) if words.isdecimal() else 0
    except ValueError:  # more than any row has, or than Python reads
        return 0


class Parameters(ImmutableMultiDict[str, Any]):
    """Words without control characters."""

    def __init__(self, pairs: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        if isinstance(pairs, Mapping):
            super().__init__(pairs)
        else:
            super().__init__([(_clean(name), _clean(value)) for name, value in pairs or ()])


V = TypeVar("V", bound=Callable[..., Any])


def takes_up_to(size: int, *, in_fields: bool = False) -> Callable[[V], V]:
    """The view takes requests of so many bytes, more than others do; `in_fields` not only as files."""

    def decorate(view: V) -> V:
        cast("Any", view).most_bytes = size
        cast("Any", view).most_in_fields = size if in_fields else None
        return view

    return decorate


class CleanRequest(Request):
    parameter_storage_class = Parameters


class FormData(FlaskForm.Meta):
    """What a form reads: no JSON, and files only for the fields that ask for one; else it is as if nothing was sent."""

    def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:  # noqa: ANN401 -- flask_wtf's own arguments
        if request.is_json and not isinstance(formdata, MultiDict):
            return None
        read = super().wrap_formdata(form, formdata)
        if not isinstance(read, CombinedMultiDict):
            return read
        files = [(name, file) for name, file in request.files.items(multi=True) if _asks_for_file(form, name)]
        return CombinedMultiDict((ImmutableMultiDict(files), request.form))


def _asks_for_file(form: FlaskForm, name: str) -> bool:
    return any(isinstance(field, FileField) if field.name == name else _holds(field, name) for field in form)


def _holds(field: Field, name: str) -> bool:
    return isinstance(field, FieldList | FormField) and name.startswith(f"{field.name}-")


class RowNumber(IntegerConverter):
    """A number in a path; one that no row can have is not found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- werkzeug's own arguments
        super().__init__(*args, **{"max": LARGEST_ID, **kwargs})


def init_app(app: Flask) -> None:
    app.request_class = CleanRequest
    app.url_map.converters["int"] = RowNumber
    FlaskForm.Meta = FormData

    @app.url_value_preprocessor  # before anything reads the form
    def take_more(endpoint: str | None, _values: object) -> None:
        view = current_app.view_functions.get(endpoint or "")
        request.max_content_length = getattr(view, "most_bytes", None)
        request.max_form_memory_size = getattr(view, "most_in_fields", None)

    @app.before_request
    def refuse_controls() -> None:
        if not LINE_ENDS.isdisjoint(request.path):
            abort(404)


def _clean(value: Any) -> Any:  # noqa: ANN401 -- words, or a file
    return value.translate(CONTROLS) if isinstance(value, str) else value
