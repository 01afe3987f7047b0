"""Annotated utterances and how hand-written files are read: the Rasa NLU form of `domains/*/data/nlu.*.yml`.

Knows file formats and label names; does not know tokenizers or models. Public data is read in `training/public.py`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from nlu.context import ASKED, PENDING, PHASES
from nlu.labels import NUMBER, SLOT_REF, Labels, join, split
from nlu.types import Kind, Role, Span

NO_ACT: Final = "inform"
"""The intent of a row that has spans only."""

RASAS_OWN: Final = frozenset({"synonym", "lookup", "regex"})
"""Blocks that Rasa knows and Maitre does not read: names of choices stand in slots.yml and booking.yml."""

Hints = Mapping[str, tuple[str, ...]]
"""The contexts in which a row holds: `asked`, `phase` and `pending` list alternatives, `filled` the slots that hold something."""

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
        DataError: it is missing, is no YAML or no UTF-8, or a key stands twice; names file and line.
    """
    try:
        node: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise DataError(f"{path}:{line}: this is not YAML: {fault.problem}") from fault
    except (OSError, ValueError, yaml.YAMLError) as fault:
        raise DataError(f"{path}:1: this cannot be read as YAML in UTF-8: {fault}") from fault
    for key in _repeated(node):
        raise DataError(f"{path}:{key.start_mark.line + 1}: {key.value}: this key stands here twice; remove one")
    return node


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
    blocks = _pairs(read_yaml(path)).get("nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        raise DataError(f"{path}:1: expected `nlu:` with a list of intents")
    examples: list[Example] = []
    for block in blocks.value:
        keys = _pairs(block)
        where = f"{path}:{block.start_mark.line + 1}"
        if keys.keys() & RASAS_OWN and "intent" not in keys:
            continue
        if unknown := keys.keys() - {"intent", "metadata", "examples"}:
            raise DataError(f"{where}: {min(unknown)}: there is no such key; intent, metadata and examples are known")
        if "intent" not in keys:
            raise DataError(f"{where}: intent: this key is missing; a block is one intent and its examples")
        acts = read_acts(keys["intent"].value, labels, where)
        hints = read_hints(_plain(keys["metadata"]) if "metadata" in keys else {}, labels, where)
        node = keys.get("examples")
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise DataError(f"{where}: examples: {keys['intent'].value} has none; write some after `examples: |`")
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
        label, role = _label(match, where)
        if (label, role) not in labels.spans:
            known = ", ".join(dict.fromkeys(label for label, _ in labels.spans))
            raise DataError(f"{where}: {join(label, role)!r} is no label; there are {known}, some with a role")
        words = match["words"]
        spans.append(Span(label, role, len(text), len(text) + len(words), words))
        text += words
        at = match.end()
    text += row[at:]
    if not text.strip() or "[" in text or "]" in text:
        raise DataError(f"{where}: {row!r} has no text or a bracket that is no annotation")
    return text, tuple(spans)


def read_acts(intent: str, labels: Labels, where: str) -> tuple[str, ...]:
    """Read `affirm+start` into acts; `inform` is none.

    Raises:
        DataError: an act is unknown.
    """
    acts = tuple(act for act in intent.split("+") if act != NO_ACT)
    for act in acts:
        if act not in labels.acts:
            raise DataError(f"{where}: {act!r} is no act; there are {', '.join(labels.acts)}")
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
            raise DataError(f"{where}: context {key}: {value} is unknown; a context has {', '.join(known)}")
        if any(item not in known[key] for item in values):
            raise DataError(f"{where}: context {key}: {value} is unknown; write one of {', '.join(known[key])}")
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
                f"{example.source}: {example.text!r} means {meaning(example)}, but {meaning(other)} in {other.source}"
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


def _label(match: re.Match[str], where: str) -> tuple[str, Role]:
    try:
        if match["json"] is None:
            return split(match["label"])
        entity: dict[str, str] = json.loads(match["json"])
        return entity["entity"], Role(entity.get("role", Role.VALUE))
    except (ValueError, KeyError) as error:
        raise DataError(f"{where}: {match.group()!r} is no annotation ({error})") from error


def _repeated(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Keys that their mapping has already, however deep."""
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value]
        yield from (key for at, (key, _) in enumerate(node.value) if key.value in names[:at])
        yield from (key for _, value in node.value for key in _repeated(value))
    elif isinstance(node, yaml.SequenceNode):
        yield from (key for value in node.value for key in _repeated(value))


def _pairs(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """The values of a mapping by key; of anything else none."""
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _plain(node: yaml.Node) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, value in _pairs(node).items():
        plain[key] = [item.value for item in value.value] if isinstance(value, yaml.SequenceNode) else value.value
    return plain


def mark(text: str, spans: Sequence[tuple[str, Role, int, int]]) -> tuple[Span, ...]:
    """Make spans of places, in order, with their words."""
    return tuple(
        Span(label, role, start, end, text[start:end]) for label, role, start, end in sorted(spans, key=lambda s: s[2])
    )
