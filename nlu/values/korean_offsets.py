"""A stretch of hours and minutes from now: `두 시간 뒤`, `30분 후`, `한 시간 반 있다가`.

Knows amounts; does not know what time it is.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.values.korean_numerals import NATIVE, SINO, to_number

AMOUNT: Final = (
    rf"(?:(?P<half_hour>반\s?시간)|(?P<hours>(?<!\d)\d{{1,2}}|{NATIVE})\s?시간(?:\s?(?P<half>반)(?!찬))?"
    rf"(?:\s?(?P<more>\d{{1,2}}|{SINO})\s?분)?|(?<![시\d])(?<!시\s)(?P<minutes>\d{{1,3}}|{SINO})\s?분)"
)
"""Hours and minutes as an amount, not as a clock time: `7시 30분` is none."""

_AHEAD = re.compile(rf"{AMOUNT}\s?(?:정도|쯤)?\s?(?:뒤|후|있다가?|이따가?)(?!\s?로(?:\s|요|$)|에?\s?(?:미|늦))")


def minutes_of(match: re.Match[str]) -> int:
    """The minutes in a match of `AMOUNT`."""
    if match["half_hour"]:
        return 30
    if match["minutes"]:
        return to_number(match["minutes"]) or 0
    hours, more = to_number(match["hours"]) or 0, to_number(match["more"] or "0") or 0
    return hours * 60 + more + (30 if match["half"] else 0)


def time_ahead(text: str) -> int | None:
    """The minutes from now that the words speak of, or None. `한 시간 뒤로` moves something and is none."""
    match = _AHEAD.search(text)
    return minutes_of(match) if match else None
