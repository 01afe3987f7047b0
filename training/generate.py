"""Draws annotated utterances from a domain's grammar files. Seeded: one seed, one list.

Knows the grammar file; does not know models, and adds no noise (see `training/noise.py`).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.spelling import meant, not_known
from nlu.labels import Labels, join
from training.examples import DataError, Example, Hints, mark, plain, read_acts, read_hints, read_yaml
from training.grammar import GrammarError, Node, expand, parse, references

TRIES: Final = 4
"""Draws per wanted example before the grammar counts as exhausted."""


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence pattern with its meaning. `weight` is relative to the other templates of the file."""

    nodes: tuple[Node, ...]
    text: str
    acts: tuple[str, ...]
    hints: Hints
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """A grammar file, read and checked."""

    lists: dict[str, list[tuple[Node, ...]]]
    templates: list[Template]


def read_grammar(path: Path, labels: Labels) -> Grammar:
    """Read and check a grammar file: `lists` and `templates`. Scalars stay text: `7:30` a time and `no` a word.

    Raises:
        DataError: something cannot be read or refers to nothing; the message names file, line and key or phrase.
    """
    keys = _keys(read_yaml(path), str(path), ("lists", "templates"))
    if "templates" not in keys:
        raise DataError(f"{path}:1: expected `templates:`, perhaps `lists:`, and no other key")
    lists = (
        {
            name: [(phrase, _parsed(phrase, path)) for phrase in _texts(written, path, f"lists.{name}")]
            for name, written in _keys(keys["lists"], str(path)).items()
        }
        if "lists" in keys
        else {}
    )
    blocks = keys["templates"].value if isinstance(keys["templates"], yaml.SequenceNode) else []
    if not blocks:
        raise DataError(f"{path}:{_line(keys['templates'])}: templates: there are none; write a list of them")
    templates = [template for block in blocks for template in _templates(block, labels, path)]
    used = [(f"{path}:{_line(phrase)}", phrase.value, nodes) for phrases in lists.values() for phrase, nodes in phrases]
    for where, said, nodes in [*used, *((template.source, template.text, template.nodes) for template in templates)]:
        for name in references(nodes):
            if not lists.get(name):
                raise DataError(
                    f"{where}: {said!r}: <{name}> is no list of this grammar, or an empty one; {meant(name, lists)}"
                )
    return Grammar({name: [nodes for _, nodes in phrases] for name, phrases in lists.items()}, templates)


def generate(grammar: Grammar, lang: str, wanted: int, labels: Labels, seed: int) -> list[Example]:
    """Draw different examples.

    Args:
        grammar: what to draw from.
        lang: the language it writes.
        wanted: how many; fewer come back where the grammar has no more.
        labels: what may occur.
        seed: decides all draws.

    Raises:
        DataError: a drawn sentence has an unknown label or no words in a span.
    """
    rng = random.Random(seed)
    weights = [template.weight for template in grammar.templates]
    found: dict[object, Example] = {}
    for template in rng.choices(grammar.templates, weights, k=wanted * TRIES):
        example = _draw(template, grammar, lang, labels, rng)
        found.setdefault((example.text, tuple(sorted(example.hints.items()))), example)
        if len(found) == wanted:
            break
    return list(found.values())


def _templates(block: yaml.Node, labels: Labels, path: Path) -> list[Template]:
    where = f"{path}:{_line(block)}"
    keys = _keys(block, str(path), ("intent", "context", "weight", "text"))
    for key in ("intent", "text"):
        if key not in keys:
            raise DataError(f"{where}: templates.{key}: this key is missing; write it")
    acts = read_acts(str(keys["intent"].value), labels, where)
    hints = read_hints(plain(keys["context"], where) if "context" in keys else {}, labels, where)
    texts = _texts(keys["text"], path, "templates.text")
    try:
        weight = float(keys["weight"].value if "weight" in keys else 1) / len(texts)
    except (ValueError, TypeError, ZeroDivisionError) as fault:
        raise DataError(f"{where}: templates.weight: must be a number, and text must not be empty") from fault
    source = f"{path}: {keys['intent'].value}"
    return [Template(_parsed(text, path), text.value, acts, hints, weight, source) for text in texts]


def _keys(node: yaml.Node | None, file: str, known: Sequence[str] = ()) -> dict[str, yaml.Node]:
    """What stands under the keys of a mapping; any key where none are known."""
    if not isinstance(node, yaml.MappingNode):
        raise DataError(f"{file}:{_line(node) if node else 1}: must be keys with values: a line `key: value` for each")
    for key, _ in node.value:
        if known and key.value not in known:
            raise DataError(f"{file}:{_line(key)}: {key.value}: {not_known(key.value, known)}")
    return {key.value: value for key, value in node.value}


def _texts(node: yaml.Node, path: Path, key: str) -> list[yaml.ScalarNode]:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not isinstance(node, yaml.SequenceNode) or not all(isinstance(item, yaml.ScalarNode) for item in items):
        raise DataError(f"{path}:{_line(node)}: {key}: must be a list of phrases")
    return list(items)


def _parsed(phrase: yaml.ScalarNode, path: Path) -> tuple[Node, ...]:
    try:
        return parse(phrase.value)
    except GrammarError as fault:
        raise DataError(f"{path}:{_line(phrase)}: {fault}") from fault


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _draw(template: Template, grammar: Grammar, lang: str, labels: Labels, rng: random.Random) -> Example:
    try:
        drawn = expand(template.nodes, grammar.lists, rng)
    except GrammarError as error:
        raise DataError(f"{template.source}: {template.text!r}: {error}") from error
    text, spans = _tidy(drawn.text, [(span.label, span.role, span.start, span.end) for span in drawn.spans])
    for label, role, start, end in spans:
        if (label, role) not in labels.spans or not text[start:end].strip():
            raise DataError(f"{template.source}: {template.text!r}: {join(label, role)!r} is no label or has no words")
    return Example(text, lang, template.acts, mark(text, spans), template.hints, template.source, template.text)


def _tidy(text: str, spans: list[Any]) -> tuple[str, list[Any]]:
    """Drop doubled and outer blanks, which empty alternatives leave behind, and move the spans along."""
    kept = [at for at, char in enumerate(text) if char != " " or (at > 0 and text[at - 1] != " ")]
    while kept and text[kept[-1]] == " ":
        kept.pop()
    new_at, place, keep = 0, [], set(kept)
    for at in range(len(text) + 1):
        place.append(new_at)
        new_at += at in keep
    tidy = "".join(text[at] for at in kept)
    moved = []
    for label, role, start, end in spans:
        while start < end and text[start] == " ":
            start += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        moved.append((label, role, place[start], place[end]))
    return tidy, moved
