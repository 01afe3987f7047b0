"""What a review leaves: its decisions, and files made of them for the tagger and for the language model.

The decisions stand beside the candidates, one a line, on the disk before the next candidate is shown: a review that is
killed goes on where it stopped. The other files are made of them, whole, whenever a review ends. Decides nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.domain import Domain
from assistant.errors import BadRequest
from assistant.feedback.candidates import Candidate, conversation_of, dump
from assistant.files import write_whole
from assistant.prompts import as_text, track_prompt
from assistant.track import write
from assistant.types import Status

LANG: Final = "LANG"
"""Stands for the language in the name of the tagger's file."""
HEAD: Final = (
    "# Utterances of users without personal data, written by `assistant review`; training reads them like nlu.{}.yml."
)


HOLDING: Final = (Status.FILLED, Status.CANDIDATES, Status.DONT_CARE)


class Verdict(StrEnum):
    """What a reviewer decided."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: the annotated line and the turn as it is right, both empty for a rejected one."""

    id: str
    verdict: Verdict
    line: str = ""
    turn: Candidate | None = None


_DECISION: Final[TypeAdapter[Decision]] = TypeAdapter(Decision)


class Decisions:
    """The decisions on one file of candidates, kept in `FILE.decisions.jsonl` beside it.

    Args:
        candidates: the file of the candidates.

    Raises:
        BadRequest: a line of the decisions cannot be read. A last one that was cut off is dropped.
    """

    def __init__(self, candidates: Path) -> None:
        self.path = candidates.with_suffix(".decisions.jsonl")
        self.made: dict[str, Decision] = {}
        if not self.path.is_file():
            return
        stored = self.path.read_bytes()
        whole = stored[: stored.rfind(b"\n") + 1]
        for number, line in enumerate(whole.decode().splitlines(), start=1):
            try:
                decision = _DECISION.validate_json(line)
            except ValidationError as wrong:
                raise BadRequest(f"{self.path}:{number}", "is no decision; mend or remove the line") from wrong
            self.made[decision.id] = decision
        if whole != stored:
            os.truncate(self.path, len(whole))

    def add(self, decision: Decision) -> None:
        """Keeps a decision; it is on the disk when this returns. Raises OSError where it cannot be."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{_DECISION.dump_json(decision).decode()}\n")
            file.flush()
            os.fsync(file.fileno())
        self.made[decision.id] = decision


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files and how many rows each of them has."""

    files: tuple[tuple[Path, int], ...]


def write_all(
    decisions: Iterable[Decision], candidates: Sequence[Candidate], source: Path, out: str, domain: Domain
) -> Written:
    """Writes what can be learnt from the decisions.

    Args:
        decisions: of one file of candidates.
        candidates: that file's rows.
        source: the file itself; `FILE.turns.jsonl` and `FILE.pairs.jsonl` are put beside it.
        out: the tagger's file, with LANG for the language; rows of earlier reviews stay in it.
        domain: its slots' order is that of `filled`.

    Raises:
        BadRequest: the tagger's file holds something else.
        OSError: a file cannot be written; it is as it was.
    """
    kept = [one for one in decisions if one.turn is not None]
    turns = [one.turn for one in kept if one.turn is not None]
    first = {row.id: row for row in candidates}
    files = []
    for lang in domain.languages:
        rows = [(one.line, one.turn) for one in kept if one.turn is not None and one.turn.lang == lang]
        if rows:
            files.append(_add_to_nlu(Path(out.replace(LANG, lang)), lang, rows, domain))
    pairs = [
        pair
        for one in kept
        if one.turn is not None and one.id in first and (pair := _pair(one.turn, first[one.id], domain))
    ]
    beside = {".turns.jsonl": list(map(dump, turns)), ".pairs.jsonl": pairs}
    for suffix, lines in beside.items():
        files.append((source.with_suffix(suffix), write_whole(source.with_suffix(suffix), lines)))
    return Written(tuple(files))


def _pair(right: Candidate, wrong: Candidate, domain: Domain) -> str:
    """A row for preference training: the prompt, the right answer and the one that was understood; empty where they agree."""
    prompt = as_text(track_prompt(right.text, conversation_of(right), domain))
    chosen, rejected = write(right.operations), write(wrong.operations)
    row = {"prompt": prompt, "chosen": chosen, "rejected": rejected}
    return json.dumps(row, ensure_ascii=False) if chosen != rejected else ""


Row = tuple[str, Candidate | None]
Block = tuple[str, str]
"""The intent and the context, in YAML's flow style, of one block of rows."""


def _add_to_nlu(path: Path, lang: str, rows: Sequence[Row], domain: Domain) -> tuple[Path, int]:
    """Adds rows to the tagger's file, each once, and tells how many it has."""
    blocks = _blocks(path)
    for line, turn in rows:
        assert turn is not None
        intent, _, marked = line.partition("|")
        key = (intent, _metadata(turn, domain))
        blocks.setdefault(key, {})[marked.strip()] = None
    lines = [HEAD.format(lang), 'version: "3.1"', "nlu:"]
    for (intent, metadata), texts in blocks.items():
        lines += [
            f"- intent: {intent}",
            f"  metadata: {metadata}",
            "  examples: |",
            *(f"    - {text}" for text in texts),
        ]
    write_whole(path, lines)
    return path, sum(map(len, blocks.values()))


def _blocks(path: Path) -> dict[Block, dict[str, None]]:
    """The blocks of the file as it is."""
    if not path.is_file():
        return {}
    blocks: dict[Block, dict[str, None]] = {}
    try:
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts = [line.strip().removeprefix("-").strip() for line in block["examples"].splitlines()]
            key = (str(block["intent"]), _flow(block["metadata"]))
            blocks.setdefault(key, {}).update(dict.fromkeys(text for text in texts if text))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as wrong:
        raise BadRequest(
            str(path), f"is no file of `assistant review` ({wrong}); move it or name another with --out"
        ) from wrong
    return blocks


def _metadata(turn: Candidate, domain: Domain) -> str:
    """The context of a turn as the NLU files write it."""
    context = turn.context
    held = [
        spec.name for spec in domain.slots if spec.name in context.slots and context.slots[spec.name].status in HOLDING
    ]
    return _flow(
        {"asked": context.asked or "none", "phase": str(context.phase), "pending": str(context.pending), "filled": held}
    )


def _flow(metadata: dict[str, Any]) -> str:
    return yaml.safe_dump(metadata, default_flow_style=True, sort_keys=False, width=10_000).strip()
