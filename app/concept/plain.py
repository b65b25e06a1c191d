"""Values as JSON and back: dataclasses with words, numbers, dates and choices; read strictly, so that nothing slips in.

A field says since and until which format a document holds it; what is computed stands in none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field, fields, is_dataclass
from functools import cache
from types import GenericAlias, UnionType
from typing import Any, NamedTuple, get_args, get_type_hints

from app.process_date import ProcessDate

FORMAT = 3
FORMATS = (1, 2, FORMAT)
SINCE_2, SINCE_3 = {"since": 2}, {"since": 3}  # of fields that documents have since that format
UNTIL_2 = {"until": 2}  # of what stands in documents of earlier formats only
SCALARS = (str, int, bool, float)


class Held(NamedTuple):
    """The version a digest names."""

    version_id: int
    wording: str


def computed() -> str:
    """A field that is worked out when reading and stands in no document."""
    return field(default="", metadata={"computed": True})


def plain(value: object, number: int = FORMAT) -> Any:  # noqa: ANN401 -- JSON
    """What a document of this format holds of it."""
    if isinstance(value, ProcessDate):
        return value.notation
    if is_dataclass(value):
        held = [each.name for each in fields(value) if _is_held(each.metadata, number)]
        return {name: plain(getattr(value, name), number) for name in held}
    if isinstance(value, tuple):
        return [plain(each, number) for each in value]
    return value


def built(kind: Any, value: Any, texts: Mapping[str, Held] | None = None) -> Any:  # noqa: ANN401 -- JSON
    """The value of this kind; what names a digest gets its wording. Raises ValueError, TypeError or KeyError."""
    if isinstance(kind, UnionType):  # X | None
        return None if value is None else built(get_args(kind)[0], value, texts)
    if isinstance(kind, GenericAlias):  # tuple[X, ...]
        return tuple(built(get_args(kind)[0], each, texts) for each in _of(list, value))
    if kind is not ProcessDate and is_dataclass(kind):
        return _built_row(kind, _of(dict, value), texts)
    if kind in SCALARS:
        return _of(kind, value)
    return kind(_of(str, value))  # a date, or a choice


def parts(value: object, kind: type) -> Iterator[Any]:
    """Everything of this kind in a value, however deep."""
    if isinstance(value, tuple):
        for each in value:
            yield from parts(each, kind)
    elif is_dataclass(value):
        if isinstance(value, kind):
            yield value
        for each in fields(value):
            yield from parts(getattr(value, each.name), kind)


def _is_held(metadata: Mapping[str, Any], number: int) -> bool:
    is_there = metadata.get("since", 1) <= number <= metadata.get("until", FORMAT)
    return is_there and not metadata.get("computed")


def _of(kind: type, value: Any) -> Any:  # noqa: ANN401 -- JSON
    if type(value) is not kind:
        raise ValueError(f"{kind.__name__} is wanted, not {type(value).__name__}")
    return value


def _built_row(kind: Any, value: Mapping[str, Any], texts: Mapping[str, Held] | None) -> Any:  # noqa: ANN401 -- a dataclass
    hints = _hints(kind)
    given = {name: built(hints[name], value[name], texts) for name in hints if name in value}
    if "digest" in given and texts is not None:
        given |= texts[given["digest"]]._asdict()
    return kind(**given)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
