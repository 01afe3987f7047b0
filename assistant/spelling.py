"""Which word was meant by one that is not known, among a few that are. For messages to whoever wrote a file; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

LIKE: Final = 65.0
"""From this similarity on (0..100, `rapidfuzz.fuzz.ratio`) a word may be another one misspelt."""


def not_known(written: str, known: Iterable[str]) -> str:
    """A sentence about a word that is not known; see `meant`."""
    return f"{written!r} is not known here; {meant(written, known)}"


def meant(written: str, known: Iterable[str]) -> str:
    """What may be written in place of a word: the one that it looks like, or else all that there are.

    Args:
        written: the word as it stands in the file.
        known: the words that could stand there; may be empty.
    """
    words = list(known)
    found = process.extractOne(written, words, scorer=fuzz.ratio, score_cutoff=LIKE)
    if found:
        return f"did you mean {found[0]!r}?"
    return f"known are {', '.join(words)}" if words else "remove it"
