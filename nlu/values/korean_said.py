"""What one mention of a Korean day means, shared by the rules of months, weeks and holidays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from re import Match
from typing import Final

from nlu.types import Reading

FREE: Final = r"(?<![가-힣])"
"""A lookbehind: nothing of a longer word stands before."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one mention of a day means, and what it lends to the next one or borrows from the last.

    A named `week` (offset from this one) or month (`month_of`) holds for the weekday or the bare day number that
    follows it: `다음 주 금요일이나 토요일`, `6월 12일이나 13일`. `bare_days` (0 is Monday) and `bare_number` (1..31) borrow.
    """

    reading: Reading
    week: int | None = None
    month_of: date | None = None
    bare_days: tuple[int, ...] = ()
    bare_number: int | None = None


Reader = Callable[[Match[str], date], Said | None]
"""Reads a match, seen from the user's day; None where the words are no day after all."""
