"""Reads public sets, strictly: the three-file format of SNIPS and ATIS, RESTAURANTS-8K and CLINC150.

A wrong row stops the reading with the file, the line and what is wrong; nothing is skipped or repaired in silence.
Knows these formats; does not know models or scores.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nlu.types import Role, Span
from training.examples import DataError, Example

FILES: Final = ("seq.in", "seq.out", "label")
"""Words, their tags and the row's intents, each row on the same line of the three files."""
SEVERAL: Final = "#"
"""Between the intents of a row that has several, as MixSNIPS and MixATIS write them."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that may occur: those of a trained model, when other rows are read for it."""

    intents: Collection[str]
    spans: Collection[str]


def read_three_files(folder: Path, known: Known | None = None) -> list[Example]:
    """Read a folder with `seq.in`, `seq.out` and `label`.

    Args:
        folder: holds the three files, UTF-8, words and tags separated by blanks.
        known: the names that may occur; any where it is None.

    Returns:
        Examples whose text is the words with one blank between them.

    Raises:
        DataError: a file is missing or not UTF-8, the files or the rows differ in length, a row is empty, a tag is not
            BIO or continues nothing, or a name is not known.
    """
    lines = {name: _lines(folder / name) for name in FILES}
    longest = max(FILES, key=lambda name: len(lines[name]))
    for name in FILES:
        if len(lines[name]) < len(lines[longest]):
            raise DataError(
                f"{folder / name}:{len(lines[name]) + 1}: the row is missing; {longest} has {len(lines[longest])} rows"
            )
    examples = []
    for number, row in enumerate(zip(*lines.values(), strict=True), start=1):
        words, tags, intents = row[0].split(), row[1].split(), tuple(row[2].strip().split(SEVERAL))
        if not words:
            raise DataError(f"{folder}/seq.in:{number}: the row has no words")
        if len(words) != len(tags):
            raise DataError(f"{folder}/seq.out:{number}: {len(tags)} tags for {len(words)} words")
        for intent in intents:
            _check(f"{folder}/label:{number}", "intent", intent, known.intents if known else None)
        if len(set(intents)) < len(intents):
            raise DataError(f"{folder}/label:{number}: an intent is named twice in {row[2]!r}")
        spans = _spans(words, tags, f"{folder}/seq.out:{number}", known)
        examples.append(Example(" ".join(words), "en", intents, spans, {}, f"{folder}/seq.in:{number}"))
    return examples


def read_restaurants8k(path: Path, known: Known | None = None) -> list[Example]:
    """Read RESTAURANTS-8K as it is (proto3 JSON: a `startIndex` of 0 is left out).

    Args:
        path: one of the `train_*.json` or `test.json`.
        known: the names that may occur; any where it is None.

    Returns:
        Examples without intents; `hints["asked"]` has the requested slots. Spans of two slots may share words, as in
        "in an hour", which is a date and a time.

    Raises:
        DataError: the file is no UTF-8 JSON list, or a row lacks text, has a span outside it, or two overlapping spans of
            one slot.
    """
    examples = []
    for where, row in _elements(path, *_start(path, "[")):
        try:
            text = row["userInput"]["text"]
            places = [(label["slot"], label["valueSpan"]) for label in row.get("labels", [])]
            spans = [Span(slot, Role.VALUE, at.get("startIndex", 0), at["endIndex"], "") for slot, at in places]
            asked = tuple(row.get("context", {}).get("requestedSlots", []))
        except (KeyError, TypeError, AttributeError) as error:
            raise DataError(f"{where}: {error!r} is missing or of another kind") from error
        if not isinstance(text, str) or not text.strip():
            raise DataError(f"{where}: the row has no text")
        examples.append(Example(text, "en", None, _placed(text, spans, where, known), {"asked": asked}, where))
    return examples


def read_clinc150(path: Path, part: str, known: Known | None = None) -> list[Example]:
    """Read one part of CLINC150.

    Args:
        path: `data_full*.json`: an object with a list of [text, intent] for each part.
        part: `train`, `val`, `test`, or one of these after `oos_`.
        known: the names that may occur; any where it is None.

    Returns:
        Examples with one intent, or none where the intent is `oos`.

    Raises:
        DataError: the file is no UTF-8 JSON, has no such part, or a row is no pair of words and a known intent.
    """
    examples = []
    for where, row in _elements(path, *_find_part(path, part)):
        if not (isinstance(row, list) and len(row) == 2 and all(isinstance(item, str) and item for item in row)):
            raise DataError(f"{where}: {row!r} is no pair of text and intent")
        text, intent = row
        if intent != "oos":
            _check(where, "intent", intent, known.intents if known else None)
        examples.append(Example(text, "en", () if intent == "oos" else (intent,), (), {}, where))
    return examples


def _lines(path: Path) -> list[str]:
    lines = _decoded(path).split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{path}: missing; name the folder that holds it") from None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(f"{path}:{line}: byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8") from None


def _spans(words: list[str], tags: list[str], where: str, known: Known | None) -> tuple[Span, ...]:
    spans: list[Span] = []
    at, before = 0, "O"
    for word, tag in zip(words, tags, strict=True):
        part, _, label = tag.partition("-")
        if tag != "O":
            if part not in ("B", "I") or not label:
                raise DataError(f"{where}: {tag!r} is no BIO tag")
            _check(where, "tag", label, known.spans if known else None)
            if part == "B":
                spans.append(Span(label, Role.VALUE, at, at + len(word), word))
            elif before.partition("-")[2] != label:
                raise DataError(f"{where}: {tag!r} follows {before!r} and so continues nothing")
            else:
                start, text = spans[-1].start, f"{spans[-1].text} {word}"
                spans[-1] = Span(label, Role.VALUE, start, at + len(word), text)
        before, at = tag, at + len(word) + 1
    return tuple(spans)


def _placed(text: str, spans: list[Span], where: str, known: Known | None) -> tuple[Span, ...]:
    placed: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        _check(where, "slot", span.label, known.spans if known else None)
        if not 0 <= span.start < span.end <= len(text):
            raise DataError(f"{where}: {span.label}: {span.start}..{span.end} is not inside {text!r}")
        if any(other.label == span.label and other.end > span.start for other in placed):
            raise DataError(f"{where}: {span.label}: two spans overlap in {text!r}")
        placed.append(Span(span.label, Role.VALUE, span.start, span.end, text[span.start : span.end]))
    return tuple(placed)


def _check(where: str, what: str, name: str, known: Collection[str] | None) -> None:
    if not name or len(name.split()) != 1:
        raise DataError(f"{where}: {name!r} is no {what}")
    if known is not None and name not in known:
        raise DataError(f"{where}: {what} {name!r} is unknown; known are {', '.join(sorted(known))}")


def _start(path: Path, bracket: str) -> tuple[str, int]:
    """The text of a JSON file and the place after its first bracket."""
    text = _decoded(path)
    at = _skip(text, 0)
    if text[at : at + 1] != bracket:
        raise DataError(f"{path}:{_line(text, at)}: expected {bracket!r}")
    return text, at + 1


def _find_part(path: Path, part: str) -> tuple[str, int]:
    """The text and the place after the bracket of an object's list."""
    text, at = _start(path, "{")
    parts = []
    while text[(at := _skip(text, at, ",")) : at + 1] == '"':
        name, at = _value(path, text, at)
        parts.append(name)
        at = _skip(text, at, ":")
        if name == part and text[at : at + 1] == "[":
            return text, at + 1
        _, at = _value(path, text, at)
    raise DataError(f"{path}:{_line(text, at)}: no list {part!r}; there are {', '.join(parts) or 'none'}")


def _elements(path: Path, text: str, at: int) -> Iterator[tuple[str, Any]]:
    """Where each element of the list is whose bracket ends at `at`, for messages, and its value."""
    at = _skip(text, at)
    number, line, counted = 0, _line(text, at), at
    while text[at : at + 1] != "]":
        value, end = _value(path, text, at)
        number, line, counted = number + 1, line + text.count("\n", counted, at), at
        yield f"{path}:{line}: row {number}", value
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise DataError(f"{path}:{_line(text, at)}: expected ',' or ']' after a row")


def _value(path: Path, text: str, at: int) -> tuple[Any, int]:
    try:
        return json.JSONDecoder().raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise DataError(f"{path}:{error.lineno}: not JSON: {error.msg}") from None


def _skip(text: str, at: int, also: str = "") -> int:
    while at < len(text) and text[at] in " \t\r\n\ufeff" + also:
        at += 1
    return at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
