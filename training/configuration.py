"""Reads the YAML file of a run into its frozen dataclass.

Knows types of keys and their bounds; does not know any recipe.
"""

from __future__ import annotations

import dataclasses
import math
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import yaml

from assistant.spelling import not_known
from assistant.yaml_files import Unreadable, read_nodes, values

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Within:
    """Bounds of a number, both included; `least` is not where `above` says so."""

    least: float = 0
    most: float = math.inf
    above: bool = False

    def __contains__(self, number: float) -> bool:
        return self.least <= number <= self.most and not (self.above and number == self.least)

    def __str__(self) -> str:
        begins = f"more than {self.least:g}" if self.above else f"{self.least:g} or more"
        return begins if self.most == math.inf else f"{begins}, and at most {self.most:g}"


Natural = Annotated[int, Within(0)]
"""A count that may be 0."""
Positive = Annotated[int, Within(1)]
"""A count of something that there is."""
Share = Annotated[float, Within(0, 1)]
Rate = Annotated[float, Within(0, 1, above=True)]
"""A learning rate."""
Weight = Annotated[float, Within(0)]
"""A factor."""
Amount = Annotated[float, Within(0, above=True)]
"""How much of something, in parts too: epochs, minutes."""

_WANTED: Final = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list: [one, two]",
    dict: "keys with values: {key: value}",
}


def read_config(path: Path, kind: type[C]) -> C:
    """Read a run's configuration.

    Args:
        path: a YAML file with exactly the fields of `kind`.
        kind: the dataclass of the recipe; fields are str, int, float, bool, or mappings and lists of these, a number perhaps
            with the bounds of a `Within`.

    Raises:
        ValueError: the file is missing or no YAML, or a key is missing, unknown, of another type or out of bounds; the message
            names file, line and key.
    """
    raw, lines = read_settings(path)
    hints = typing.get_type_hints(kind, include_extras=True)
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
    for key in raw:
        if key not in names:
            raise ValueError(f"{path}:{lines[key]}: {key}: {not_known(key, names)}")
    for name in names:
        if name not in raw:
            raise ValueError(f"{path}:1: {name}: this setting is missing; write it")
    return kind(**{name: _typed(f"{path}:{lines[name]}: {name}", raw[name], hints[name]) for name in names})


def read_settings(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The settings of a file whatever they are, and the line of each; raises as `read_config`."""
    try:
        node = read_nodes(path)
        raw = values(node)
    except Unreadable as fault:
        raise ValueError(f"{fault.at(path)}: {fault.said}") from fault
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(f"{path}:1: there are no settings here; write a line `key: value` for each")
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    return {str(key): value for key, value in raw.items()}, lines


def _typed(where: str, value: Any, hint: Any) -> Any:
    """The value as the type says. Raises `ValueError`, which begins with `where`."""
    if typing.get_origin(hint) is Annotated:
        plain, bounds = typing.get_args(hint)
        number = _typed(where, value, plain)
        if number not in bounds:
            raise ValueError(f"{where}: must be {bounds}, not {value!r}")
        return number
    base = typing.get_origin(hint) or hint
    if base is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, base) or (isinstance(value, bool) and base is not bool):
        given = "nothing" if value is None else repr(value)
        raise ValueError(f"{where}: must be {_WANTED[base]}, not {given}{_exponent(base, value)}")
    inner = typing.get_args(hint)
    if base is list:
        return [_typed(f"{where}.{place}", one, inner[0]) for place, one in enumerate(value)]
    if base is dict:
        return {key: _typed(f"{where}.{key}", one, inner[1]) for key, one in value.items()}
    return value


def _exponent(base: type, value: Any) -> str:
    """YAML takes 3e-4 for text, since it has no point."""
    try:
        return f"; write {float(value):.10f}".rstrip("0") if base is float and isinstance(value, str) else ""
    except ValueError:
        return ""
