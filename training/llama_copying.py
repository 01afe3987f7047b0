"""Rows in the Alpaca layout whose response quotes the input: what a small model must have seen to learn to copy at all.

LoRA cannot teach a model of ten million parameters to copy, so a part of the base's reading is this. Prompts come from
`assistant/prompts.py`, as in tuning and serving, and answers look like the track task's; but they are made from spans by a
few plain rules, not by the composer, and most slots (Schema-Guided Dialogue's) are none of ours. The gold rows of the
task are made by `training/build_alpaca.py`. Knows spans and the answer's look; does not know tokenizers or models.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.prompts import (
    INSTRUCTIONS,
    Point,
    Prompt,
    Segment,
    Task,
    escape,
    from_record,
    reply_prompt,
    unescape,
)
from nlu.labels import NUMBER, SLOT_REF
from nlu.types import Role
from training.examples import Example
from training.llama_corpus import COPYING, TASK, Document, leaves, read_json
from training.llama_made_up import read_made_up

_PHASES: Final = ("collecting",) * 5 + ("confirming",) * 2 + ("booked", "idle")
_VERBS: Final = {"cancel": "cancel slot", "cancel_booking": "cancel booking", "cancel_task": "cancel task"} | {
    "cancel_change": "cancel change",
    "clear_all": "clear all",
    "out_of_scope": "refuse",
}
"""Acts whose line begins otherwise than with the act's name."""
_HELD_SHARE: Final = 0.35
"""Chance of each slot to hold something in a drawn state."""

Values = Mapping[str, Sequence[str]]
"""Words seen for each slot, as they might be held."""


def read_copying(examples: Sequence[Example], data: Path, responses: Path, made_up: int, seed: int) -> list[Document]:
    """All rows that teach copying.

    Args:
        examples: annotated utterances of our own and of RESTAURANTS-8K.
        data: the folder of public data; SGD, chit-chat and sae4K are used where they are.
        responses: the domain's replies; each becomes a row of the reply task.
        made_up: rows of words that nobody says.
        seed: decides the drawn states.
    """
    rng = random.Random(seed)
    values = _values(examples)
    found = [_track(one.text, lines, one.lang, values, rng) for one in examples if (lines := answer(one))]
    found += _schema_guided(data, rng) + _korean(data, values, rng)
    found += read_made_up(made_up, list(values) or ["date", "name"], seed)
    for path in sorted(responses.glob("*.yml")):
        for name, text in leaves(yaml.safe_load(path.read_text(encoding="utf-8"))):
            names = tuple(dict.fromkeys(part.split("}")[0] for part in text.split("{")[1:]))
            found.append(_row(reply_prompt([Point(name, placeholders=names)], path.stem), text, path.stem, text))
    return found


def read_task(path: Path) -> list[Document]:
    """The rows of one file of `training.build_alpaca`; none where it is missing."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        row: dict[str, Any] = json.loads(line)
        task, lang = _TASKS[row["instruction"]]
        prompt = from_record(task, row["instruction"], row["input"])
        found.append(Document((*prompt.segments, Segment(row["output"])), TASK, lang, row["input"]))
    return found


def said(document: Document) -> str:
    """What the guest says in a row of the track task: the last of its user segments; empty where there is none."""
    return unescape(next((segment.text for segment in reversed(document.segments) if segment.user), ""))


_TASKS: Final = {text: of for of, text in INSTRUCTIONS.items()}


def answer(example: Example) -> str:
    """The lines that the spans and acts of an utterance come to, by plain rules; empty where there is nothing to quote."""
    lines: list[str] = []
    spans = list(example.spans)
    olds = {span.label: span for span in spans if span.role is Role.OLD}
    for act in example.acts or ():
        lines.append(f'{_VERBS.get(act, act)} "{escape(example.text)}"')
    for span in spans:
        words = f'"{escape(span.text)}"'
        if span.label in (SLOT_REF, NUMBER):
            verb = {Role.CLEAR: "clear", Role.ANY: "dont_care", Role.CHANGE: "modify", Role.COPY: "copy"}
            lines += [f"{verb[span.role]} {words}"] if span.role in verb else []
        elif span.role is Role.VALUE:
            old = olds.pop(span.label, None)
            lines.append(f"set {span.label} {words}" + (f' not "{escape(old.text)}"' if old else ""))
        elif span.role is Role.DELTA:
            lines.append(f"adjust {span.label} {words}")
        elif span.role is Role.OLD and span.label in olds and not _has_value(example, span.label):
            lines.append(f"clear {span.label} {words}")
    return "\n".join(lines)


def _has_value(example: Example, label: str) -> bool:
    return any(span.label == label and span.role is Role.VALUE for span in example.spans)


def _row(prompt: Prompt, response: str, lang: str, key: str) -> Document:
    """A prompt's segments, then the response on its own, as tuning encodes them."""
    return Document((*prompt.segments, Segment(response)), COPYING, lang, key)


def _track(text: str, lines: str, lang: str, values: Values, rng: random.Random, asked: str = "") -> Document:
    asked = asked or rng.choice(["none", *values])
    state = "".join(_held(name, words, rng) for name, words in values.items() if rng.random() < _HELD_SHARE)
    given = f'asked {asked} | {rng.choice(_PHASES)} create\nheld{state}\nsaid "{escape(text)}"'
    return _row(from_record(Task.TRACK, INSTRUCTIONS[Task.TRACK, lang], given), lines, lang, text)


def _held(name: str, words: Sequence[str], rng: random.Random) -> str:
    return f' {name}="{escape(rng.choice(words))}"'


def _values(examples: Iterable[Example]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for example in examples:
        for span in example.spans:
            if span.role is Role.VALUE and span.label not in (SLOT_REF, NUMBER):
                values.setdefault(span.label, []).append(span.text)
    return values


def _schema_guided(data: Path, rng: random.Random) -> list[Document]:
    """User turns of SGD train with spans: `set <its slot> "<its words>"`, what was said before in the dialogue as held."""
    path = data / "sgd/train.json.xz"
    found: list[Document] = []
    for row in read_json(path) if path.is_file() else ():
        held: dict[str, list[str]] = {}
        for turn in row["turns"]:
            if turn["speaker"] != "USER":
                continue
            spans = sorted(_spans(turn), key=lambda span: span[1])
            if spans:
                text = turn["utterance"]
                lines = [f'set {slot} "{escape(text[start:end])}"' for slot, start, end in spans]
                document = _track(text, "\n".join(lines), "en", held, rng)
                found.append(Document(document.segments, COPYING, "en", "sgd " + row["dialogue_id"]))
                held |= {slot: [text[start:end]] for slot, start, end in spans}
    return found


def _spans(turn: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    for frame in turn["frames"]:
        for span in frame["slots"]:
            yield span["slot"], span["start"], span["exclusive_end"]


def _korean(data: Path, values: Values, rng: random.Random) -> list[Document]:
    """Words of Korean sentences as the answer to what was asked, alone or with a particle, since Korean spans are few."""
    path = data / "ko_sae4k/sae4k_v1.txt"
    if not path.is_file():
        return []
    found = []
    names = list(values) or ["date"]
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        words = line.split("\t")[0].split()
        start = rng.randrange(len(words))
        answered, asked = " ".join(words[start : start + rng.choice((1, 1, 2, 3))]), rng.choice(names)
        text = f"{rng.choice(('', '', '네 ', '음, '))}{answered}{rng.choice(('', '이요', '요', '입니다', '으로 해 주세요'))}"
        lines = f'set {asked} "{escape(answered)}"'
        found.append(_track(text, lines, "ko", values, rng, asked))
    return found
