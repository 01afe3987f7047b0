"""English lengths of time: "an hour and a half", "30 minutes", "two weeks". Knows units; not what the length is for."""

from __future__ import annotations

import re
from typing import Final

_AMOUNT: Final = (
    r"(?:\d{1,4}(?:[.,]\d)?(?: and (?:a )?half| 1/2)?|an?|one|half(?: an?)?|a half|a couple(?: of)?|couple(?: of)?)"
)
DURATION: Final = (
    rf"(?:an? )?(?:{_AMOUNT} (?:more |full |whole )?(?:hours|minutes|h|m)\b(?: (?:and )?(?:a )?half)?"
    rf"|quarter of an hours?|quarter hours|three quarters of an hours)(?:(?:,? and)? \d{{1,2}} minutes)?"
)
"""Hours and minutes in canonical words (`english_words.canonical`), without groups."""
DAYS: Final = rf"{_AMOUNT} (?:more |full |whole )?(?:days?|nights?|weeks?|fortnights?)\b"
"""Days and weeks in canonical words, without groups."""

_UNIT_MINUTES: Final = {"hours": 60, "h": 60, "minutes": 1, "m": 1}
_UNIT_DAYS: Final = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_PIECE: Final = re.compile(rf"({_AMOUNT}) (?:more |full |whole )?(hours|minutes|h|m)\b( (?:and )?(?:a )?half)?")
_DAY_PIECE: Final = re.compile(rf"({_AMOUNT}) (?:more |full |whole )?(day|night|week|fortnight)")


def in_minutes(words: str) -> int | None:
    """The length in minutes of words that match `DURATION`; None where there is none."""
    if "quarter" in words:
        return 15
    total = 0.0
    for amount, unit, half in _PIECE.findall(words):
        total += (_amount(amount) + (0.5 if half else 0)) * _UNIT_MINUTES[unit]
    return round(total) or None


def in_days(words: str) -> int | None:
    """The length in days of words that match `DAYS`; None where there is none."""
    match = _DAY_PIECE.search(words)
    return None if match is None else round(_amount(match[1]) * _UNIT_DAYS[match[2]])


def _amount(words: str) -> float:
    if number := re.match(r"\d+(?:[.,]\d)?", words):
        return float(number[0].replace(",", ".")) + (0.5 if "half" in words or "1/2" in words else 0)
    if "half" in words:
        return 0.5
    return 2 if "couple" in words else 1
