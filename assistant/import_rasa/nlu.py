"""The NLU examples of a Rasa project: read with their marks, and written as our annotated rows.

Knows Rasa's annotation and ours; which slot an entity fills is told by the planned slots, what an intent means by its
name, by the rule that opens the form, or by what its examples hold.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from assistant.errors import BadDomain
from assistant.import_rasa.files import Part, Project
from assistant.import_rasa.names import DUCKLING, act_of, kinds_of
from assistant.import_rasa.report import Note, Report
from assistant.import_rasa.slots import Planned
from assistant.import_rasa.values import Said, Source, Values
from nlu.labels import NUMBER, labels_for
from nlu.types import Kind, Moment, Role
from nlu.values import normalise

NO_ACT: Final = "inform"
REMARKS: Final = frozenset({"ask", "chitchat", "out_of_scope"})
"""Acts whose numbers and days are never taken as values."""
_MARK: Final = re.compile(
    r"\[(?P<words>[^\[\]]+?)\](?:\((?P<entity>[^:()]+)(?::(?P<value>[^()]+))?\)|(?P<json>\{[^{}]*\})|\[(?P<many>\{.*?\})\])"
)
"""Rasa's own pattern (rasa/shared/nlu/training_data/entities_parser.py, 3.6), without empty parts."""
_ANY_DAY: Final = Moment(datetime(2026, 6, 10, 12, tzinfo=UTC), "UTC")
"""Whether words hold a value does not depend on the day."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its text without marks, and the marked words with their start."""

    intent: str
    text: str
    marks: tuple[tuple[int, Said], ...]
    where: str


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one Rasa intent, in our form. `act` is an act of the tagger, or `inform`."""

    act: str
    intent: str
    where: str
    rows: tuple[str, ...]


def read_examples(project: Project, report: Report) -> tuple[list[Example], Values]:
    """The examples of all intents, and what the project tells about values.

    Raises:
        BadDomain: a block has neither intent, synonym, lookup nor regex, or a mark is broken; names file and line.
    """
    examples: list[Example] = []
    lookups: dict[str, list[str]] = {}
    synonyms: dict[str, str] = {}
    for block in project.nlu:
        keys = block.pairs()
        kind = next((key for key in ("intent", "synonym", "lookup", "regex") if key in keys), "")
        rows = _rows(keys.get("examples"))
        if kind == "intent":
            examples += _parsed(keys["intent"].text, rows, block.file, report)
        elif kind == "synonym":
            synonyms |= {text.casefold(): keys[kind].text for _, text in rows}
        elif kind == "lookup":
            lookups.setdefault(keys[kind].text, []).extend(text for _, text in rows)
        elif kind == "regex":
            report.left.append(
                Note(block.where, f"regex {keys[kind].text}: Maitre's own readers find dates, numbers and phones")
            )
        else:
            raise block.bad("a block of nlu is an intent, a synonym, a lookup or a regex")
    said = [mark for example in examples for _, mark in example.marks]
    synonyms = {
        one.words.casefold(): one.value for one in said if one.value and not one.value.startswith("/")
    } | synonyms
    return examples, Values(lookups, synonyms, said, _has_duckling(project))


def _has_duckling(project: Project) -> bool:
    pipeline = project.config.pairs().get("pipeline")
    steps = pipeline.items() if pipeline and pipeline.is_list else []
    return any("Duckling" in step.pairs()["name"].text for step in steps if not step.is_text and "name" in step.pairs())


def _rows(examples: Part | None) -> list[tuple[int, str]]:
    """Rows with their lines, written as one text or as a list of mappings with `text`."""
    if examples is None or examples.is_empty:
        return []
    if examples.is_list:
        found = [item if item.is_text else item.pairs().get("text") for item in examples.items()]
        return [(part.line, part.text.strip().removeprefix("- ")) for part in found if part and part.text.strip()]
    return examples.lines()


def _parsed(intent: str, rows: Iterable[tuple[int, str]], file: str, report: Report) -> list[Example]:
    parsed = []
    for line, row in rows:
        text, marks, at = "", [], 0
        for match in _MARK.finditer(row):
            text += row[at : match.start()]
            marks.append((len(text), _said(match, f"{file}:{line}")))
            text += match["words"]
            at = match.end()
        text += row[at:]
        if "[" in text or "]" in text or text.startswith("/") or not text.isprintable():
            report.left.append(
                Note(f"{file}:{line}", f"example {row!r}: a bracket, a command or a character that cannot be typed")
            )
        else:
            parsed.append(Example(intent, text, tuple(marks), f"{file}:{line}"))
    return parsed


def _said(match: re.Match[str], where: str) -> Said:
    if match["entity"]:
        return Said(match["words"], match["entity"].strip(), value=(match["value"] or "").strip())
    try:
        # Several readings of the same words: the first counts.
        written = json.loads(match["json"] or f"[{match['many']}]")
        first = written[0] if isinstance(written, list) else written
        return Said(match["words"], *(str(first.get(key, "")) for key in ("entity", "role", "group", "value")))
    except (ValueError, AttributeError, IndexError) as fault:
        raise BadDomain(where, f"{match.group()!r} is no annotation of Rasa's ({fault})") from fault


def opens(project: Project) -> dict[str, str]:
    """The form that each intent opens, by the rules and stories: the form is the first action after it."""
    forms = {name for name, _ in project.section("forms")}
    found: dict[str, str] = {}
    for story in project.steps:
        steps = story.pairs().get("steps")
        waiting: list[str] = []
        for step in steps.items() if steps else []:
            keys = {} if step.is_text else step.pairs()
            if "intent" in keys:
                waiting = [keys["intent"].text]
            elif "or" in keys:
                waiting = [one.pairs()["intent"].text for one in keys["or"].items() if "intent" in one.pairs()]
            elif "action" in keys:
                if keys["action"].text in forms:
                    found |= {intent: keys["action"].text for intent in waiting if intent not in found}
                waiting = []
    return found


class Marker:
    """Writes examples as rows of ours, and counts what it cannot."""

    def __init__(self, planned: Sequence[Planned], values: Values) -> None:
        self._planned = planned
        self._spans = labels_for({one.name: one.kind for one in planned}).spans
        # What Duckling finds at run time stands unmarked in the examples; so does what the project never asked for.
        self._unmarked = [
            one.kind
            for one in planned
            if not one.theirs or (values.duckling and any(source.entity in DUCKLING for source in one.sources))
        ]
        self.dropped_marks: defaultdict[str, list[str]] = defaultdict(list)
        self.dropped_rows: defaultdict[str, list[str]] = defaultdict(list)

    def fills(self, example: Example) -> bool:
        """Whether an example marks a value of one of our slots."""
        return any(self._label(said, example.intent) for _, said in example.marks)

    def row(self, example: Example, act: str) -> str | None:
        """The example in our form, or None where it would teach something wrong."""
        text, at, plain = "", 0, ""
        for start, said in example.marks:
            text += example.text[at:start]
            plain += example.text[at:start]
            at = start + len(said.words)
            label = self._label(said, example.intent)
            if label is None:
                self.dropped_rows[f"{said.entity}: fills several slots, or one that became two"].append(example.where)
                return None
            if not label:
                self.dropped_marks[
                    f"entity {said.entity}: no slot of the form takes it; its words stay, unmarked"
                ].append(example.where)
            role = self._role(said, label, example)
            text += _written(said.words, label, role)
            plain += " " if label else said.words
        plain += example.text[at:]
        if act not in REMARKS and any(_holds(plain, kind) for kind in self._unmarked):
            self.dropped_rows["a number, day or time in it is not marked; mark it and take the row over"].append(
                example.where
            )
            return None
        return text + example.text[at:]

    def _label(self, said: Said, intent: str) -> str | None:
        """The slot that a mark fills, `number` where the context decides, empty for none, None where it cannot be told."""
        found = [one for one in self._planned if any(_fits(source, said) for source in one.sources)]
        if len(found) > 1:  # the intents of the mappings may tell them apart
            found = [one for one in found if any(_fits(source, said, intent) for source in one.sources)]
        if not found:
            found = [one for one in self._planned if not one.theirs and kinds_of(said.entity) == (one.kind,)]
        if len(found) > 1:
            return NUMBER if all(one.kind is Kind.COUNT for one in found) else None
        return found[0].name if found else ""

    def _role(self, said: Said, label: str, example: Example) -> Role:
        if said.group:
            self.dropped_marks[f"group {said.group}: Maitre has no groups"].append(example.where)
        known = said.role in [*Role] and (label, Role(said.role)) in self._spans
        if known:
            return Role(said.role)
        by_role = any(source.role == said.role for one in self._planned for source in one.sources)
        if said.role and label and not by_role:
            self.dropped_marks[f"role {said.role} of {said.entity}: Maitre knows old and delta"].append(example.where)
        return Role.VALUE


def _fits(source: Source, said: Said, intent: str = "") -> bool:
    return (
        source.entity == said.entity
        and source.role in ("", said.role)
        and source.group in ("", said.group)
        and (not intent or not source.intents or intent in source.intents)
        and (not intent or intent not in source.not_intents)
    )


def _written(words: str, label: str, role: Role) -> str:
    if not label:
        return words
    if role is Role.VALUE:
        return f"[{words}]({label})"
    return f"[{words}]{json.dumps({'entity': label, 'role': role.value})}"


def _holds(text: str, kind: Kind) -> bool:
    reading = normalise(text, kind, _ANY_DAY)
    return bool(reading.values or reading.bounds)


def write_rows(
    project: Project, form: str, examples: Sequence[Example], planned: Sequence[Planned], values: Values, report: Report
) -> list[Block]:
    """The blocks of our NLU file, one for each Rasa intent that means something here, in the project's order."""
    by_intent: dict[str, list[Example]] = {}
    for example in examples:
        by_intent.setdefault(example.intent, []).append(example)
    opened, marker = opens(project), Marker(planned, values)
    seen: dict[str, tuple[str, str, str]] = {}
    blocks = []
    for intent, told in by_intent.items():
        where = told[0].where
        act, why = _act(intent, told, opened, form, marker)
        if not act:
            report.left.append(Note(where, f"intent {intent} with {len(told)} examples: {why}"))
            continue
        written = [(example, marker.row(example, act)) for example in told]
        rows = [row for example, line in written if (row := _once(line, act, example, seen, report)) is not None]
        again = sum(line is not None for _, line in written) - len(rows)
        doubled = f" ({again} said twice)" if again else ""
        report.carried.append(
            Note(where, f"intent {intent}: {len(rows)} of {len(told)} examples as {act}, {why}{doubled}")
        )
        if rows:
            blocks.append(Block(act, intent, where, tuple(rows)))
    for what, found in (*marker.dropped_rows.items(), *marker.dropped_marks.items()):
        kept = "row" if what in marker.dropped_rows else "mark"
        also = ", ".join(where.rpartition(":")[2] for where in found[1:20]) + (" ..." if len(found) > 20 else "")
        told_at = f"{len(found)} {kept}s (lines {also} too)" if also else f"a {kept}"
        report.left.append(Note(found[0], f"{told_at}: {what}"))
    return blocks


def _act(intent: str, told: Sequence[Example], opened: Mapping[str, str], form: str, marker: Marker) -> tuple[str, str]:
    """What an intent means here, and by what; nothing where that is open."""
    by_name = act_of(intent)
    if opened.get(intent) == form and by_name in ("", "start"):
        return "start", f"because it opens {form}"
    if opened.get(intent) and by_name in ("", "start"):
        return "", f"it opens {opened[intent]}, which is not carried over"
    if by_name:
        return by_name, "by its name"
    if any(marker.fills(example) for example in told):
        return NO_ACT, "because it gives values"
    if sum(example.text.endswith("?") for example in told) * 2 >= len(told):
        return "ask", "because it is mostly questions"
    return "", "nothing tells which of Maitre's acts it is; move the rows that fit into data/nlu by hand"


def _once(
    row: str | None, act: str, example: Example, seen: dict[str, tuple[str, str, str]], report: Report
) -> str | None:
    """The row, unless it was there already; the same words with another meaning are reported."""
    if row is None:
        return None
    words = " ".join(example.text.lower().strip(" .!?~").split())
    first = seen.setdefault(words, (act, row.lower().strip(" .!?~"), example.where))
    if first[2] == example.where:
        return row
    if (first[0], first[1]) != (act, row.lower().strip(" .!?~")):
        report.left.append(
            Note(example.where, f"example {example.text!r}: it means something else in {first[2]}, which counts")
        )
    return None
