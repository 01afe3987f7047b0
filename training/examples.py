"""Annotated utterances and how hand-written files are read: the Rasa NLU form of `domains/*/data/nlu.*.yml`.

Knows file formats and label names; does not know tokenizers or models. Public data is read in `training/public.py`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from assistant.spelling import meant, not_known
from assistant.yaml_files import Unreadable, read_nodes
from nlu.context import ASKED, PENDING, PHASES
from nlu.labels import NUMBER, SLOT_REF, Labels, join, split
from nlu.types import Kind, Role, Span

NO_ACT: Final = "inform"
"""The intent of a row that has spans only."""

RASAS_OWN: Final = frozenset({"synonym", "lookup", "regex"})
"""Blocks that Rasa knows and Maitre does not read: names of choices stand in slots.yml and booking.yml."""

Hints = Mapping[str, tuple[str, ...]]
"""The contexts in which a row holds: `asked`, `phase` and `pending` list alternatives, `filled` the slots that hold something."""

_FILE: Final = ("version", "nlu")
"""The keys of a file."""
_BLOCK: Final = ("intent", "metadata", "examples")
"""The keys of a block."""
_ENTITY: Final = ("entity", "role")
_FORM: Final = 'write [words](label), [words](label.role) or [words]{"entity": "label", "role": "role"}'
_ROLES: Final = tuple(str(role) for role in Role if role is not Role.VALUE)
_ANNOTATION: Final = re.compile(r"\[(?P<words>[^\[\]]+)\](?:\((?P<label>[^()]*)\)|(?P<json>\{[^{}]*\}))")


@dataclass(frozen=True, slots=True)
class Example:
    """An utterance and what it means.

    `acts` is None where nobody said which acts it has. `source` is the file (and line) that it came from, `template` the
    pattern or the text itself: rows of one template never stand on both sides of a split.
    """

    text: str
    lang: str
    acts: tuple[str, ...] | None
    spans: tuple[Span, ...]
    hints: Hints = field(default_factory=dict)
    source: str = ""
    template: str = ""

    @property
    def clears(self) -> bool:
        """Whether something is to be removed."""
        return any(span.role in (Role.CLEAR, Role.OLD) for span in self.spans) or "clear_all" in (self.acts or ())


class DataError(ValueError):
    """A row of a data file cannot be used; the message begins with file and line."""


def read_kinds(slots: Path) -> dict[str, Kind]:
    """Read the kind of every slot from a domain's `slots.yml`, in order.

    Raises:
        DataError: there are no slots, or a slot has no kind or an unknown one; names file, line and key.
    """
    listed = _pairs(read_yaml(slots)).get("slots")
    if not isinstance(listed, yaml.MappingNode) or not listed.value:
        raise DataError(f"{slots}:1: slots: there are none; write at least one")
    kinds = {}
    for key, slot in listed.value:
        where = f"{slots}:{key.start_mark.line + 1}: slots.{key.value}.kind"
        written = _pairs(slot).get("kind")
        if not isinstance(written, yaml.ScalarNode):
            raise DataError(f"{where}: this slot has no kind; write one of {', '.join(Kind)}")
        if written.value not in [*Kind]:
            raise DataError(f"{where}: {written.value!r} is no kind; write one of {', '.join(Kind)}")
        kinds[key.value] = Kind(written.value)
    return kinds


def read_yaml(path: Path) -> yaml.Node | None:
    """The nodes of a YAML file, whose marks tell lines.

    Raises:
        DataError: it is missing, is no YAML or no UTF-8, or a key stands twice; names file, line and key.
    """
    try:
        return read_nodes(path)
    except Unreadable as fault:
        raise DataError(f"{fault.at(path)}: {fault.said}") from fault


def read_rasa(path: Path, lang: str, labels: Labels) -> list[Example]:
    """Read a hand-written Rasa 3.1 NLU file.

    Args:
        path: the file; blocks have `intent`, `examples` and perhaps `metadata` with a context.
        lang: `en` or `ko`.
        labels: what may occur.

    Raises:
        DataError: a key, intent, label, role or context is unknown, an intent has no examples, or a bracket is left
            over; names file and line.
    """
    root = read_yaml(path)
    blocks = _pairs(root).get("nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        odd = next((key for key in _pairs(root) if key not in _FILE), "")
        said = (
            f"{odd}: {not_known(odd, _FILE)}" if odd else "write `nlu:`, and below it a list of intents with examples"
        )
        raise DataError(f"{_line(root, odd, path) if root and odd else f'{path}:1'}: {said}")
    examples: list[Example] = []
    for block in blocks.value:
        keys = _pairs(block)
        where = f"{path}:{block.start_mark.line + 1}"
        if keys.keys() & RASAS_OWN and "intent" not in keys:
            continue
        if odd := next((key for key in keys if key not in _BLOCK), ""):
            raise DataError(f"{_line(block, odd, path)}: {odd}: {not_known(odd, _BLOCK)}")
        if "intent" not in keys:
            raise DataError(f"{where}: intent: this key is missing; a block is one intent and its examples")
        intent, node = keys["intent"], keys.get("examples")
        if not isinstance(intent, yaml.ScalarNode):
            raise DataError(f"{where}: intent: must be one act, or several joined by +, like affirm+start")
        acts = read_acts(intent.value, labels, where)
        hints = read_hints(plain(keys["metadata"], where) if "metadata" in keys else {}, labels, where)
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise DataError(
                f"{where}: examples: {intent.value} has none; write `examples: |`, and below it a line `- words` for each"
            )
        for number, row in enumerate(node.value.splitlines(), start=node.start_mark.line + 2):
            if row.strip():
                source = f"{path}:{number}"
                text, spans = read_annotated(row.strip().removeprefix("-").strip(), labels, source)
                examples.append(Example(text, lang, acts, spans, hints, source, text))
    return examples


def read_annotated(row: str, labels: Labels, where: str) -> tuple[str, tuple[Span, ...]]:
    """Read `at [7 pm](time)` or `[7]{"entity": "number", "role": "old"}` into text and spans.

    Raises:
        DataError: a label is unknown or a bracket is left over.
    """
    text, spans, at = "", [], 0
    for match in _ANNOTATION.finditer(row):
        text += row[at : match.start()]
        label, role = _label(match, row, where)
        if (label, role) not in labels.spans:
            raise DataError(f"{where}: {join(label, role)!r} is no label in {row!r}; {_likely(label, role, labels)}")
        words = match["words"]
        spans.append(Span(label, role, len(text), len(text) + len(words), words))
        text += words
        at = match.end()
    text += row[at:]
    if not text.strip():
        raise DataError(f"{where}: {row!r} has no text; write what a guest says, or remove the line")
    if "[" in text or "]" in text:
        raise DataError(f"{where}: a bracket of {row!r} is no annotation; {_FORM}")
    return text, tuple(spans)


def read_acts(intent: str, labels: Labels, where: str) -> tuple[str, ...]:
    """Read `affirm+start` into acts; `inform` is none.

    Raises:
        DataError: an act is unknown.
    """
    acts = tuple(act for act in intent.split("+") if act != NO_ACT)
    for act in acts:
        if act not in labels.acts:
            raise DataError(f"{where}: intent: {act!r} is no act; {meant(act, [*labels.acts, NO_ACT])}")
    return acts


def read_hints(context: Mapping[str, object], labels: Labels, where: str) -> Hints:
    """Read a context: alternatives for `asked`, `phase` and `pending`, the list of `filled`.

    Raises:
        DataError: a key or a value is unknown.
    """
    slots = tuple(dict.fromkeys(label for label, _ in labels.spans if label not in (NUMBER, SLOT_REF)))
    known = {"asked": (*ASKED, *slots), "phase": (*PHASES, "none"), "pending": (*PENDING, "none"), "filled": slots}
    hints: dict[str, tuple[str, ...]] = {}
    for key, value in context.items():
        values = tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)
        if key not in known:
            raise DataError(f"{where}: metadata.{key}: {not_known(key, known)}")
        if odd := next((item for item in values if item not in known[key]), ""):
            raise DataError(f"{where}: metadata.{key}: {not_known(odd, known[key])}")
        if key in ("phase", "pending"):  # `none` says nothing about these two
            values = tuple(item for item in values if item != "none")
        if values or key == "filled":
            hints[key] = values
    return hints


def contradictions(examples: Iterable[Example]) -> list[str]:
    """Find rows with the same words in the same context but another meaning; one sentence each."""
    seen: dict[object, Example] = {}
    found = []
    for example in examples:
        words = " ".join(example.text.lower().strip(" .!?~").split())
        key = (example.lang, words, tuple(sorted(example.hints.items())))
        other = seen.setdefault(key, example)
        if meaning(other) != meaning(example):
            found.append(
                f"{example.source}: {example.text!r} is {_reading(example)} here, but {_reading(other)} in {other.source};"
                " correct one, or give each a context of its own (metadata)"
            )
    return found


def meaning(example: Example) -> tuple[tuple[str, ...] | None, tuple[tuple[str, str], ...]]:
    """What an example says, without places: its acts and its labelled words."""
    acts = None if example.acts is None else tuple(sorted(example.acts))
    return acts, tuple((join(span.label, span.role), span.text.lower().strip(" .,!?")) for span in example.spans)


def count(examples: Iterable[Example]) -> dict[str, int]:
    """How often each act, label and role occurs, sorted by name; `lang.acts` is the number of rows."""
    counts: defaultdict[str, int] = defaultdict(int)
    for example in examples:
        counts[f"{example.lang}: rows"] += 1
        counts[f"{example.lang}: rows that clear"] += example.clears
        for act in example.acts or ():
            counts[f"{example.lang}: {act}"] += 1
        for span in example.spans:
            counts[f"{example.lang}: [{join(span.label, span.role)}]"] += 1
    return dict(sorted(counts.items()))


def _reading(example: Example) -> str:
    """What an example means, in the words of its file: `intent inform with [7](time)`."""
    intent = "of any intent" if example.acts is None else f"intent {'+'.join(example.acts) or NO_ACT}"
    marks = ", ".join(f"[{span.text}]({join(span.label, span.role)})" for span in example.spans)
    return f"{intent} with {marks}" if marks else f"{intent} without marks"


def _label(match: re.Match[str], row: str, where: str) -> tuple[str, Role]:
    label, role = match["label"] or "", ""
    if match["json"] is not None:
        entity = _json(match, row, where)
        label, role = entity["entity"], entity.get("role", "")
    try:
        return split(f"{label}.{role}" if role else label)
    except ValueError:
        name = role or label.partition(".")[2]
        raise DataError(f"{where}: a role of {row!r} is none; {name!r}: {meant(name, _ROLES)}") from None


def _json(match: re.Match[str], row: str, where: str) -> dict[str, str]:
    """The braces of `[words]{"entity": "label", "role": "old"}`."""
    try:
        entity = json.loads(match["json"])
    except ValueError as fault:
        raise DataError(f"{where}: {match.group()!r} is no annotation in {row!r}; {_FORM}") from fault
    if odd := next((key for key in entity if key not in _ENTITY), ""):
        raise DataError(f"{where}: {match.group()!r} in {row!r}: {not_known(odd, _ENTITY)}")
    if "entity" not in entity or not all(isinstance(value, str) for value in entity.values()):
        raise DataError(f"{where}: {match.group()!r} names no label in {row!r}; {_FORM}")
    return dict(entity)


def _likely(label: str, role: Role, labels: Labels) -> str:
    """What may have been meant by a label, or a label with a role, that is none."""
    roles = [str(known) for name, known in labels.spans if name == label and known is not Role.VALUE]
    if roles or any(name == label for name, _ in labels.spans):
        needed = "it needs one of" if role is Role.VALUE else "its roles are"
        return f"{label} has no role {role}; {needed} {', '.join(roles) or 'none'}"
    return meant(label, dict.fromkeys(name for name, _ in labels.spans))


def _line(node: yaml.Node, key: str, path: Path) -> str:
    """File and line of a key of a mapping."""
    line = next(one.start_mark.line for one, _ in node.value if one.value == key)
    return f"{path}:{line + 1}"


def _pairs(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """The values of a mapping by key; of anything else none."""
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def plain(node: yaml.Node, where: str) -> dict[str, object]:
    """A context as it is written: a word or a list of words by key. Raises `DataError`, which begins with `where`."""
    if not isinstance(node, yaml.MappingNode):
        raise DataError(f"{where}: metadata: must be keys with values, like {{asked: time, phase: collecting}}")
    plain: dict[str, object] = {}
    for key, value in _pairs(node).items():
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        if not all(isinstance(item, yaml.ScalarNode) for item in items):
            raise DataError(f"{where}: metadata.{key}: must be a word, or a list of words")
        plain[key] = [item.value for item in items] if isinstance(value, yaml.SequenceNode) else value.value
    return plain


def mark(text: str, spans: Sequence[tuple[str, Role, int, int]]) -> tuple[Span, ...]:
    """Make spans of places, in order, with their words."""
    return tuple(
        Span(label, role, start, end, text[start:end]) for label, role, start, end in sorted(spans, key=lambda s: s[2])
    )
