"""Says in plain words what pydantic found wrong with a file's entries. Knows no file, and no key of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from assistant.spelling import not_known

NOT_WRITTEN: Final = frozenset(
    {"[key]", "plain", "condition", "literal['venues','services','staff']", "list[ChoiceEntry]"}
)
"""Steps of pydantic's own in the place of an error."""

MUST: Final[Mapping[str, str]] = {
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "string_type": "must be text; put it in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must begin with a small letter and go on with small letters, digits and _",
    "list_type": "must be a list: [one, two], or a line beginning with - for each",
    "tuple_type": "must be a list: [one, two], or a line beginning with - for each",
    "dict_type": "must be keys with values: a line `key: value` for each",
    "model_type": "must be keys with values: a line `key: value` for each",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
}
"""What is wanted, by pydantic's name of the fault; braces are filled from what it tells about the bounds."""


def worst(found: Sequence[ErrorDetails]) -> ErrorDetails:
    """The fault to name: the first; but where a key is missing, an unknown one beside it, which is likely that key misspelt."""
    first = found[0]
    if first["type"] == "missing":
        beside = (one for one in found if one["type"] == "extra_forbidden" and one["loc"][:-1] == first["loc"][:-1])
        return next(beside, first)
    return first


def in_words(fault: ErrorDetails, known: Sequence[str]) -> str:
    """What is wrong, what stands there, and what is to be written.

    Args:
        fault: of pydantic.
        known: the keys that may stand where it is.
    """
    kind, given = fault["type"], fault["input"]
    bounds = fault.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return not_known(str(fault["loc"][-1]), known)
        case "missing":
            return "this key is missing; write it"
        case "too_short":
            return "is empty; write at least one entry"
        case "literal_error" | "enum":
            return (
                not_known(given, _words(str(bounds["expected"]))) if isinstance(given, str) else _one_of(bounds, given)
            )
        case "value_error":
            return fault["msg"].removeprefix("Value error, ")
    if given is None and kind in MUST:
        return f"nothing is written here; it {MUST[kind].format_map(bounds)}"
    said = MUST[kind].format_map(bounds) if kind in MUST else fault["msg"]
    return f"{said}, not {shown(given)}"


def shown(given: object) -> str:
    """A value in a message: as it is, or what kind of thing it is where it is long."""
    match given:
        case dict():
            return "keys with values"
        case list() if len(repr(given)) > 60:
            return f"a list of {len(given)}"
        case bool():
            return "true" if given else "false"
    return repr(given)


def known_keys(model: type[BaseModel], way: Sequence[str | int]) -> list[str]:
    """The keys that may stand in an entry.

    Args:
        model: of the document.
        way: from the document to the entry, as pydantic tells it.
    """
    places: list[Any] = [model]
    for step in way:
        places = [inner for place in places for inner in _below(place, step)]
    return [name for entry in places for one in _plain(entry) if _is_entry(one) for name in one.model_fields]


def _below(place: Any, step: str | int) -> Iterator[Any]:
    if step in NOT_WRITTEN:
        yield place
        return
    for one in _plain(place):
        if _is_entry(one) and step in one.model_fields:
            yield one.model_fields[step].annotation
        elif get_origin(one) in (list, dict):
            yield get_args(one)[-1]


def _plain(place: Any) -> Iterator[Any]:
    """What a place may hold, without `Annotated` and `|`."""
    if get_origin(place) is Annotated:
        yield from _plain(get_args(place)[0])
    elif get_origin(place) in (Union, UnionType):
        for one in get_args(place):
            yield from _plain(one)
    else:
        yield place


def _is_entry(place: Any) -> bool:
    return isinstance(place, type) and issubclass(place, BaseModel)


def _words(expected: str) -> list[str]:
    """`'mon', 'tue' or 'wed'` as words."""
    return [word.strip().strip("'") for part in expected.split(", ") for word in part.split(" or ")]


def _one_of(bounds: Mapping[str, Any], given: object) -> str:
    return f"must be one of {', '.join(_words(str(bounds['expected'])))}, not {shown(given)}"
