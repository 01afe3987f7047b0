"""Lends the rows of one domain to another: what people say about dates, times, names and yes or no is the same everywhere.

A row is taken over when each of its labels means something in the new domain. Values of a choice slot are exchanged for
the new domain's own ("with [Hanok Table]" becomes "with [Mina]"), and so are the words that name a slot which the new
domain lacks. Korean particles are fitted to what they follow now. Knows slots and labels; does not know models.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.domain import Domain, SlotSpec
from nlu.labels import NUMBER, SLOT_REF
from nlu.types import Choice, Kind, Role, Span
from nlu.values.text import has_hangul
from training.examples import Example, Hints, mark

FOREIGN: Final = 0.1
"""Share of names that are written in the other language's script: people mix the two."""
_PARTICLES: Final = (
    ("이라고", "라고"), ("이에요", "예요"), ("이랑", "랑"), ("이고", "고"), ("이요", "요"), ("으로", "로"),
    ("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"),
)  # fmt: skip
"""Particles after a consonant and after a vowel."""
_PARTICLE: Final = re.compile(
    r"이라고|라고|이에요|예요|이랑|랑|이고|이요|으로|로|(?:고|요|은|는|이|가|을|를|과|와)(?![가-힣])"
)
_HANGUL: Final = re.compile("[가-힣]")
_FINALS: Final = 28
_RIEUL: Final = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a row: plain words, or a span with its label and role."""

    text: str
    label: str = ""
    role: Role = Role.VALUE


def lend(examples: Iterable[Example], theirs: Domain, ours: Domain, seed: int) -> list[Example]:
    """The rows that make sense in our domain, in our domain's words.

    Args:
        examples: of their domain.
        theirs: the domain that the rows were written for.
        ours: the domain that is to learn from them.
        seed: decides which choice stands for which.

    Returns:
        Fewer rows, in order; the same template as before, so that a split keeps wordings together.
    """
    rng = random.Random(seed)
    taken = (_lend(example, theirs, ours, rng) for example in examples)
    return [example for example in taken if example is not None]


def _lend(example: Example, theirs: Domain, ours: Domain, rng: random.Random) -> Example | None:
    names = _counterparts(theirs, ours, rng)
    used = {span.label for span in example.spans} - {NUMBER, SLOT_REF}
    asked = [slot for slot in example.hints.get("asked", ()) if theirs.slot(slot)]
    if any(slot not in names for slot in (*used, *asked)):
        return None
    free = {spec.name: rng.sample(spec.choices, len(spec.choices)) for spec in ours.slots}
    pieces = [_translate(piece, example, theirs, ours, names, free, rng) for piece in _pieces(example)]
    return replace(_join(pieces, example), hints=_hints(example.hints, theirs, names))


def _counterparts(theirs: Domain, ours: Domain, rng: random.Random) -> dict[str, str]:
    """For each of their slots the one of ours that takes its place: of the same kind, and of the same name unless a choice."""
    same = {spec.name: spec.name for spec in theirs.slots if _same(spec, ours.slot(spec.name))}
    choices = [spec.name for spec in ours.slots if spec.kind is Kind.CHOICE]
    rng.shuffle(choices)
    others = [spec.name for spec in theirs.slots if spec.kind is Kind.CHOICE]
    return {**same, **dict(zip(others, choices, strict=False))}


def _same(spec: SlotSpec, other: SlotSpec | None) -> bool:
    return other is not None and other.kind is spec.kind and spec.kind is not Kind.CHOICE


def _pieces(example: Example) -> list[Piece]:
    pieces, at = [], 0
    for span in example.spans:
        pieces += [Piece(example.text[at : span.start]), Piece(span.text, span.label, span.role)]
        at = span.end
    return [*pieces, Piece(example.text[at:])]


def _translate(
    piece: Piece,
    example: Example,
    theirs: Domain,
    ours: Domain,
    names: Mapping[str, str],
    free: Mapping[str, list[Choice]],
    rng: random.Random,
) -> Piece:
    """The piece in our words. A choice that the row names already is taken last: "[Mina] instead of [Junho]"."""
    if piece.label == SLOT_REF:
        return replace(piece, text=_reference(piece.text, example.lang, theirs, ours, names, rng))
    label = names.get(piece.label, piece.label)
    spec = ours.slot(label)
    if spec is None or spec.kind is not Kind.CHOICE:
        return replace(piece, label=label)
    choice = free[label].pop(0)
    free[label].append(choice)
    return Piece(_name(choice.names, example.lang, rng), label, piece.role)


def _name(names: Sequence[str], lang: str, rng: random.Random) -> str:
    """One of the names, as a rule in the row's own script."""
    korean = (lang == "ko") is not (rng.random() < FOREIGN)
    fitting = [name for name in names if has_hangul(name) is korean] or list(names)
    return rng.choice(fitting)


def _reference(
    words: str, lang: str, theirs: Domain, ours: Domain, names: Mapping[str, str], rng: random.Random
) -> str:
    """The words with the name of a slot that we lack exchanged for one that we have; pronouns stay."""
    known = sorted(
        ((ref, spec.name) for spec in theirs.slots for refs in spec.refs.values() for ref in refs),
        key=lambda entry: -len(entry[0]),
    )
    for ref, slot in known:
        found = re.search(rf"\b{re.escape(ref)}\b" if ref.isascii() else re.escape(ref), words, re.IGNORECASE)
        if found is None:
            continue
        if names.get(slot) == slot:
            return words
        spec = ours.slot(names[slot]) if slot in names else rng.choice(ours.slots)
        assert spec is not None, "a counterpart is one of our slots"
        own = rng.choice(spec.refs.get(lang) or next(iter(spec.refs.values())))
        return words[: found.start()] + own + words[found.end() :]
    return words


def _hints(hints: Hints, theirs: Domain, names: Mapping[str, str]) -> Hints:
    def known(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(value, value) for value in values if value in names or not theirs.slot(value))

    return {key: known(values) if key in ("asked", "filled") else values for key, values in hints.items()}


def _join(pieces: Sequence[Piece], example: Example) -> Example:
    text, places, before = "", [], None
    originals = _pieces(example)
    for piece, original in zip(pieces, originals, strict=True):
        words = piece.text
        if not piece.label and before is not None:
            words = _fit(words, before)
        start, text = len(text), text + words
        if piece.label:
            places.append((piece.label, piece.role, start, len(text)))
        before = piece.text if piece.label and piece.text != original.text else None
    spans: tuple[Span, ...] = mark(text, places)
    return replace(example, text=text, spans=spans)


def _fit(words: str, before: str) -> str:
    """The words with the particle at their beginning fitted to the sound before it."""
    found = _PARTICLE.match(words)
    last = before[-1:]
    if found is None or not _HANGUL.match(last):
        return words
    pair = next(pair for pair in _PARTICLES if found.group() in pair)
    final = (ord(last) - ord("가")) % _FINALS
    closed = final != 0 and not (pair[0] == "으로" and final == _RIEUL)
    return (pair[0] if closed else pair[1]) + words[found.end() :]
