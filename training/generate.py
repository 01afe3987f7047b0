"""Draws annotated utterances from a domain's grammar files. Seeded: one seed, one list.

Knows the grammar file; does not know models, and adds no noise (see `training/noise.py`).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from nlu.labels import Labels, join
from training.examples import DataError, Example, Hints, mark, read_acts, read_hints, read_yaml
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
    """Read and check a grammar file: `lists` and `templates`.

    Raises:
        DataError: something cannot be read or refers to nothing; the message names the file and the phrase.
    """
    read_yaml(path)  # complains with file and line
    # The base loader leaves every scalar a string: `7:30` stays a time and `no` a word.
    raw: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    if not isinstance(raw, dict) or raw.keys() - {"lists", "templates"} or not raw.get("templates"):
        raise DataError(f"{path}:1: expected `templates:`, perhaps `lists:`, and no other key")
    try:
        lists = {name: [parse(phrase) for phrase in phrases] for name, phrases in raw.get("lists", {}).items()}
        templates = [template for block in raw["templates"] for template in _templates(block, labels, path)]
    except (GrammarError, KeyError, TypeError) as error:
        raise DataError(f"{path}: {error}") from error
    used = [(name, phrase) for name, phrases in lists.items() for phrase in phrases]
    for where, nodes in used + [(template.text, template.nodes) for template in templates]:
        for name in references(nodes):
            if not lists.get(name):
                raise DataError(f"{path}: {where!r}: <{name}> is no list of this grammar, or an empty one")
    return Grammar(lists, templates)


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


def _templates(block: dict[str, Any], labels: Labels, path: Path) -> list[Template]:
    known = {"intent", "context", "weight", "text"}
    if set(block) - known:
        raise DataError(f"{path}: a template has unknown keys {sorted(set(block) - known)}")
    where = f"{path}: {block['intent']}"
    acts = read_acts(block["intent"], labels, where)
    hints = read_hints(block.get("context") or {}, labels, where)
    weight = float(block.get("weight", 1)) / len(block["text"])
    return [Template(parse(text), text, acts, hints, weight, where) for text in block["text"]]


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
