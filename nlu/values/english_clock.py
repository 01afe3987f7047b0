"""English clock times: "7 pm", "half past seven", "quarter to 12 in the morning", "19h30".

An hour without am or pm has two values (`Ambiguity.HALF`), the likelier half first: am for 10 and 11, else pm. A part of
the day named beside it decides where only one half fits. Does not know ranges, alternatives or opening hours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values import reasons

_NO_SUCH_TIME: Final = Reading(reason=reasons.NO_SUCH_TIME)
PARTS: Final = {
    "morning": ("07:00", "11:30"),
    "lunch": ("11:30", "14:00"),
    "afternoon": ("12:00", "18:00"),
    "evening": ("17:00", "21:00"),
}
"""Parts of the day as ranges, both ends included: scenarios, section 3."""
PART_OF: Final = {
    **dict.fromkeys(("morning", "breakfast", "breakfast time", "mornings"), "morning"),
    **dict.fromkeys(("lunch", "lunchtime", "lunch time", "brunch"), "lunch"),
    **dict.fromkeys(("afternoon", "afternoons"), "afternoon"),
    **dict.fromkeys(("evening", "dinner", "dinnertime", "dinner time", "supper", "tonight", "night"), "evening"),
}
# Minutes of the day at which a clock time may fall when that part is named beside it ("1 at night", "12 for dinner").
_SENSE: Final = {
    "morning": (0, 12 * 60),
    "lunch": (10 * 60, 16 * 60),
    "afternoon": (12 * 60, 19 * 60),
    "evening": (16 * 60, 24 * 60),
}
PART: Final = rf"({'|'.join(sorted(PART_OF, key=len, reverse=True))})"
_HALF: Final = r"(?: ?(am|pm|[ap](?=\b(?!'))(?! (?!at\b|on\b|for\b|please\b)[a-z])))?"
_H: Final = r"(\d{1,2})"
_NUMBER: Final = r"(\d{1,2}|quarter|half)"


def clock(hour: int, minute: int, half: str | None, part: str | None) -> Reading:
    """One clock time, with its half of the day if that is said or if a named part of the day leaves one only."""
    if hour > 24 or minute > 59 or (hour == 24 and minute) or (half and (hour > 12 and half[0] == "a")):
        return _NO_SUCH_TIME
    if hour == 0 or hour > 12:
        return Reading((_hhmm(hour % 24, minute),))
    early, late = _hhmm(hour % 12, minute), _hhmm(hour % 12 + 12, minute)
    if half:
        return Reading((early if half[0] == "a" else late,))
    fitting = [value for value in (late, early) if part and _fits(value, part)]
    if len(fitting) == 1:
        return Reading((fitting[0],))
    return Reading((early, late) if hour in (10, 11) else (late, early), Ambiguity.HALF)


def _fits(value: str, part: str) -> bool:
    first, last = _SENSE[part]
    minutes = int(value[:2]) * 60 + int(value[3:])
    if part == "evening" and minutes < 60:
        return True
    return first <= minutes < last


def _hhmm(hour: int, minute: int) -> str:
    return f"{hour:02d}:{minute:02d}"


def _digital(match: re.Match[str], part: str | None) -> Reading:
    if len(match[1]) == 2 and match[1][0] == "0" and match[3] is None:
        part = "morning"
    return clock(int(match[1]), int(match[2]), match[3], part)


def _spoken(match: re.Match[str], part: str | None) -> Reading:
    """Seven thirty, ten-fifteen."""
    return clock(int(match[1]), int(match[2] or match[3]), match[4], part)


def _run_together(match: re.Match[str], part: str | None) -> Reading | None:
    """730, 1930, 0730."""
    figures = match[1]
    hour, minute = int(figures[:-2]), int(figures[-2:])
    if minute > 59 or hour > 24:
        return None
    return clock(hour, minute, match[2], "morning" if figures[0] == "0" else part)


def _past(match: re.Match[str], part: str | None) -> Reading:
    return _beside_hour(_minutes(match[1]), match[2], match[3], part)


def _to(match: re.Match[str], part: str | None) -> Reading | None:
    """Ten to eight; "5 to 7" in figures without "minutes" is a range."""
    if match[2] and match[2].isdecimal() and match[3].isdecimal() and int(match[2]) < min(int(match[3]), 13):
        return None
    return _beside_hour(-_minutes(match[1] or match[2]), match[3], match[4], part)


def _minutes(words: str) -> int:
    return {"quarter": 15, "half": 30}.get(words) or int(words)


def _beside_hour(minutes: int, hour: str, half: str | None, part: str | None) -> Reading:
    if hour in ("noon", "midnight"):
        total = (12 * 60 if hour == "noon" else 0) + minutes
        return Reading((_hhmm(total // 60 % 24, total % 60),))
    if int(hour) > 24:
        return _NO_SUCH_TIME
    if minutes >= 0:
        return clock(int(hour), minutes, half, part)
    of_hour = clock(int(hour), 0, half, None)
    moved = tuple(earlier(value, -minutes) for value in of_hour.values)
    fitting = [value for value in moved if part and _fits(value, part)]
    if len(fitting) == 1:
        return Reading((fitting[0],))
    return replace(of_hour, values=moved)


def earlier(value: str, minutes: int) -> str:
    """The clock time so many minutes before; minutes below 0 are after."""
    total = (int(value[:2]) * 60 + int(value[3:]) - minutes) % (24 * 60)
    return _hhmm(total // 60, total % 60)


def _half_hour(match: re.Match[str], part: str | None) -> Reading:
    return clock(int(match[1]), 30, match[2], part)


def _full_hour(match: re.Match[str], part: str | None) -> Reading:
    half = match.groupdict().get("half")
    return clock(int(match[1]), 0, half, part)


def _hour_of_clock(match: re.Match[str], part: str | None) -> Reading:
    """`clock 12`, `at 3 hour`: as people say it whose own language counts the hours so."""
    return clock(int(match[1] or match["hours"]), 0, None, part)


def _noon(match: re.Match[str], _part: str | None) -> Reading:
    return Reading(("12:00" if match[1] == "noon" else "00:00",))


def _hour_of_part(match: re.Match[str], part: str | None) -> Reading:
    """7 in the evening; 1 at night is after midnight."""
    own = PART_OF[match[2]]
    if match[2] == "night" and 1 <= int(match[1]) <= 4:
        return clock(int(match[1]), 0, "a", None)
    return clock(int(match[1]), 0, None, own)


_ClockStep = Callable[[re.Match[str], str | None], Reading | None]
CLOCK_STEPS: Final[tuple[tuple[re.Pattern[str], _ClockStep], ...]] = tuple(
    (re.compile(pattern), step)
    for pattern, step in (
        (rf"(?<![\d:.,]){_H} ?: ?(\d{{2}})(?: ?: ?\d{{2}})?(?!\d){_HALF}", _digital),
        (rf"(?<![\d:.,/]){_H} ?h ?(\d{{2}})\b{_HALF}", _digital),
        (rf"(?<![\d:.,/]){_H}[.] ?([0-5]\d)(?![\d.]){_HALF}", _digital),
        (rf"\b{_NUMBER} ?(?:minutes )?(?:past|after) {_H}\b(?!:){_HALF}", _past),
        (r"\b(quarter|half|\d{1,2}) ?(?:minutes )?(?:past|after) (noon|midnight)\b()", _past),
        (
            rf"\b(?:{_NUMBER} ?minutes|(?<!from )(?<!between )(quarter|5|10|20|25)) (?:to|till|before|of) {_H}\b(?!:)"
            rf"{_HALF}(?! people| of us)",
            _to,
        ),
        (r"\b(?:(\d{1,2}) ?minutes|(quarter|half|\d{1,2})) (?:to|till|before|of) (noon|midnight)\b()", _to),
        (rf"\bhalf(?: an?)? {_H}\b(?!:){_HALF}", _half_hour),
        (rf"(?<![\d:.,/]){_H}[ -](?:o[hu]?|0)[ -]?(\d)\b{_HALF}", _digital),
        (rf"(?<![\d:.,/\-]){_H}(?: ([0-5]\d)|-([0-5][05])(?<!-05)(?<!-10))\b(?![:\d]){_HALF}", _spoken),
        (r"(?<![\d:.,/+\-$£€₩])(\d{3,4})(?: hours)?(?![\d:.,/\-]| ?%)" + _HALF, _run_together),
        (
            rf"(?<![\d:.,/]){_H} ?(?:oclock )?(?P<half>am|pm|a|p)\b(?!'| (?:table|booking|party|room|"
            rf"reservation|seat))",
            _full_hour,
        ),
        (rf"(?<![\d:.,/]){_H} oclock (?:in the |at |this |on |tomorrow )?{PART}\b", _hour_of_part),
        (rf"(?<![\d:.,/]){_H} (?:in the |at |this |on the |tomorrow |today )?{PART}\b", _hour_of_part),
        (rf"(?<![\d:.,/]){_H} in the (?P<half>am|pm)\b", _full_hour),
        (rf"(?<![\d:.,/]){_H} ?(?:h|hrs|oclock)\b(?:,? ?(?P<half>am|pm)\b)?", _full_hour),
        (rf"\b(?:clock|oclock) {_H}\b(?![:.]\d)|^at (?P<hours>\d{{1,2}}) hours(?=[.!?]*$)", _hour_of_clock),
        (r"\b(?:12 )?(?:high )?(noon|midnight)\b", _noon),
    )
)
"""Patterns of clock times with the part of the day they are read in, to be tried in this order."""
