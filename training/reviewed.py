"""Which reviewed utterances of users may be learnt from: those that do not contradict what was written by hand.

The last look at a row before it becomes weights: a reviewer may have been tired, or talked into something. Knows rows
and their contexts; does not know who said them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from training.examples import Example, meaning

ALIKE: Final = 90.0
"""From this similarity on (0..100, `rapidfuzz.fuzz.ratio`) two utterances are one utterance in two spellings."""
SHORT: Final = 12
"""Up to so many characters one letter makes another word: only equal utterances are compared."""
CONTEXT: Final = ("asked", "phase", "pending")


@dataclass(frozen=True, slots=True)
class Admitted:
    """The rows to learn from, and one sentence for each of the others."""

    rows: tuple[Example, ...]
    refused: tuple[str, ...]


def admit(reviewed: Sequence[Example], hand: Sequence[Example]) -> Admitted:
    """Choose the rows that may be learnt from.

    Args:
        reviewed: rows of `reviewed.<lang>.yml`, in order; of two that contradict each other the first counts.
        hand: the rows written by hand, of the same language.
    """
    rows: list[Example] = []
    refused: list[str] = []
    others, known = list(hand), [_words(example) for example in hand]
    for row in reviewed:
        other = next((one for one in _alike(row, others, known) if _contradict(row, one)), None)
        if other is None:
            rows.append(row)
            others.append(row)
            known.append(_words(row))
        else:
            refused.append(f"{row.source}: {row.text!r} is left out: it contradicts {other.text!r} in {other.source}")
    return Admitted(tuple(rows), tuple(refused))


def _alike(row: Example, others: Sequence[Example], known: Sequence[str]) -> Iterable[Example]:
    words = _words(row)
    if len(words) <= SHORT:
        return (other for other, theirs in zip(others, known, strict=True) if theirs == words)
    found = process.extract(words, known, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    return (others[number] for _, _, number in found)


def _contradict(row: Example, other: Example) -> bool:
    """Whether one of the two must be wrong: the same words mean the same, similar ones do the same."""
    if not all(
        set(row.hints[key]) & set(other.hints[key]) for key in CONTEXT if key in row.hints and key in other.hints
    ):
        return False
    if _words(row) == _words(other):
        return meaning(row) != meaning(other)
    return set(row.acts or ()) != set(other.acts or ())


def _words(example: Example) -> str:
    return " ".join(example.text.lower().strip(" .!?~").split())
