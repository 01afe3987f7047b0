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
        ValueError: a key is missing, unknown or of another type; the message names file and key.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise ValueError(f"{path}: expected a mapping of settings")
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
    for key in raw:
        if key not in names:
            raise ValueError(f"{path}: {key!r} is no setting of this recipe; known are {', '.join(names)}")
    for name in names:
        if name not in raw:
            raise ValueError(f"{path}: setting {name!r} is missing")
    return kind(**{name: _typed(path, name, raw[name], hints[name]) for name in names})


def _typed(path: Path, name: str, value: Any, hint: Any) -> Any:
    base = typing.get_origin(hint) or hint
    if base is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    expected = {tuple: list}.get(base, base)
    right = isinstance(value, expected) and not (isinstance(value, bool) and base is not bool)
    if not right:
        raise ValueError(f"{path}: {name}: {value!r} is not a {expected.__name__}")
    return tuple(value) if base is tuple else value
