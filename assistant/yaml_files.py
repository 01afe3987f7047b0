"""Reads a YAML file into nodes, whose marks tell lines, and says in words why one cannot be read. Knows no key of any file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml


class Unreadable(Exception):
    """A file is no YAML that can be used.

    Args:
        line: where, from 1.
        said: what is wrong, and what to do.
        keys: the way to the key that it is about, with dots; empty where it is about none.
    """

    def __init__(self, line: int, said: str, keys: str = "") -> None:
        super().__init__(said)
        self.line, self.said, self.keys = line, said, keys

    def at(self, file: object) -> str:
        """The place as messages begin with: file, line and, where there is one, key."""
        return f"{file}:{self.line}: {self.keys}" if self.keys else f"{file}:{self.line}"


def read_nodes(path: Path) -> yaml.Node | None:
    """The nodes of a YAML file; None where nothing is written in it.

    Raises:
        Unreadable: it is missing, a folder, no UTF-8 or no YAML, or a key stands in it twice.
    """
    text = read_text(path)
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
        _refuse_repeated_keys(root, (), set())
    except yaml.MarkedYAMLError as fault:
        raise _no_yaml(fault) from fault
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise Unreadable(line, f"the character {chr(fault.character)!r} cannot stand in YAML; remove it") from fault
    except RecursionError as fault:
        raise Unreadable(1, "lists and keys stand too deep in each other here; write it flatter") from fault
    return root


def values(root: yaml.Node | None) -> Any:
    """What the nodes stand for, as `yaml.safe_load` gives it. Raises `Unreadable` where something stands for nothing."""
    if root is None:
        return None
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(root)
    except yaml.MarkedYAMLError as fault:
        raise _no_yaml(fault) from fault
    except (ValueError, RecursionError) as fault:
        raise Unreadable(1, f"a value of this file cannot be read ({fault}); put dates and times in quotes") from fault
    finally:
        loader.dispose()


def read_text(path: Path) -> str:
    """The text of a file. Raises `Unreadable` where it is missing, a folder, or no UTF-8."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as fault:
        raise Unreadable(1, f"there is no such file in {path.parent.name or path.parent}/; write it") from fault
    except IsADirectoryError as fault:
        raise Unreadable(1, "this is a folder; a file of that name is wanted") from fault
    except OSError as fault:
        raise Unreadable(1, f"this file cannot be read: {fault.strerror}") from fault
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise Unreadable(line, f"byte 0x{content[fault.start]:02x} is no UTF-8; save the file as UTF-8") from fault


def _no_yaml(fault: yaml.MarkedYAMLError) -> Unreadable:
    line = fault.problem_mark.line + 1 if fault.problem_mark else 1
    if "'\\t'" in (fault.problem or ""):
        return Unreadable(line, "this is not YAML: a tab stands here; indent with blanks")
    return Unreadable(line, f"this is not YAML: {fault.problem}")


def _refuse_repeated_keys(node: yaml.Node | None, way: tuple[str, ...], seen: set[int]) -> None:
    if id(node) in seen:  # an alias may lead back to what holds it
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            _refuse_repeated_keys(item, (*way, str(place)), seen)
    if isinstance(node, yaml.MappingNode):
        lines: dict[str, int] = {}
        for key, value in _written(node):
            line, name = key.start_mark.line + 1, str(key.value)
            if name in lines:
                said = f"this key stands here twice, first in line {lines[name]}; remove one"
                raise Unreadable(line, said, ".".join((*way, name)))
            lines[name] = line
            _refuse_repeated_keys(value, (*way, name), seen)


def _written(node: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Unreadable(key.start_mark.line + 1, "a list or a mapping cannot be a key here; write a word")
        yield key, value
