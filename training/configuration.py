"""Reads the YAML file of a run into its frozen dataclass.

Knows types of keys; does not know any recipe.
"""

from __future__ import annotations

import dataclasses
import typing
from pathlib import Path
from typing import Any, TypeVar

import yaml

C = TypeVar("C")


def read_config(path: Path, kind: type[C]) -> C:
    """Read a run's configuration.

    Args:
        path: a YAML file with exactly the fields of `kind`.
        kind: the dataclass of the recipe; fields are str, int, float, bool, or mappings and lists of these.

    Raises:
        ValueError: the file is missing or no YAML, or a key is missing, unknown or of another type; the message names file,
            line and key.
    """
    raw, lines = read_settings(path)
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
    for key in raw:
        if key not in names:
            raise ValueError(f"{path}:{lines[key]}: {key!r} is no setting of this recipe; known are {', '.join(names)}")
    for name in names:
        if name not in raw:
            raise ValueError(f"{path}:1: setting {name!r} is missing")
    return kind(**{name: _typed(f"{path}:{lines[name]}", name, raw[name], hints[name]) for name in names})


def read_settings(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The settings of a file whatever they are, and the line of each; raises as `read_config`."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise ValueError(f"{path}:{line}: this is not YAML: {fault.problem}") from fault
    except (OSError, ValueError, yaml.YAMLError) as fault:
        raise ValueError(f"{path}:1: this cannot be read as YAML in UTF-8: {fault}") from fault
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(f"{path}:1: expected a mapping of settings")
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if key.value in lines:
            raise ValueError(
                f"{path}:{key.start_mark.line + 1}: {key.value!r} is set twice; it stands in line {lines[key.value]} too"
            )
        lines[key.value] = key.start_mark.line + 1
    return {str(key): value for key, value in raw.items()}, lines


def _typed(where: str, name: str, value: Any, hint: Any) -> Any:
    base = typing.get_origin(hint) or hint
    if base is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    expected = {tuple: list}.get(base, base)
    right = isinstance(value, expected) and not (isinstance(value, bool) and base is not bool)
    if not right:
        raise ValueError(f"{where}: {name}: {value!r} is not a {expected.__name__}")
    return tuple(value) if base is tuple else value
