"""English days of a month: "June 9th", "6/12", "the last Saturday of June".

A month and day mean this year, past or not. Knows the written orders of day and month; not weekdays, nor "in 3 days".
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values.english_calendar import (
    DAY,
    MONTH,
    MONTH_NAME,
    NO_SUCH_DAY,
    WEEKDAY,
    Step,
    add_months,
    bounds,
    calendar_day,
    candidates,
    day_of_month,
    span,
)
from nlu.values.english_sentence import Draft, agreed, either
from nlu.values.english_words import MONTHS, WEEKDAYS

_YEAR: Final = r"(?:,? ?(?:of |in )?'?(\d{4}|(?<=')\d{2})(?![\d:]))?"


def _iso(match: re.Match[str], _draft: Draft, _today: date) -> Reading:
    return calendar_day(int(match[1]), int(match[2]), int(match[3]))


def _month_day(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    return calendar_day(_year(match[3], today), MONTHS.index(match[1]) + 1, int(match[2]))


def _day_month(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    return calendar_day(_year(match[3], today), MONTHS.index(match[2]) + 1, int(match[1]))


def _month_days(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    month = MONTHS.index(match[1]) + 1
    days = [calendar_day(today.year, month, int(match[group])) for group in (2, 4)]
    between = match[0].startswith("between") and match[3] == "and"
    return span(*days) if between or match[3] not in ("or", "and", "/") else either(days)


def _days_month(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    month = MONTHS.index(match[4]) + 1
    days = [calendar_day(today.year, month, int(match[group])) for group in (1, 3)]
    between = match[0].startswith("between") and match[2] == "and"
    return span(*days) if between or match[2] not in ("or", "and", "/") else either(days)


def _numeric(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """6/12 is 12 June as in Korea and the US; 24/12 can only be 24 December; 12.6. has the European order."""
    first, mark, second = int(match[1]), match[2], int(match[3])
    year = _year(match[4], today)
    if mark == ".":
        if match[4] is None and not match[5]:
            return None
        first, second = second, first
    if first > 12 >= second:
        first, second = second, first
    if mark == "-" and match[4] is not None:
        return either_order(first, second, year)
    return calendar_day(year, first, second)


def either_order(first: int, second: int, year: int) -> Reading:
    """6.12 is 12 June in Korea and 6 December in Europe: both, where the calendar has both."""
    days = [calendar_day(year, first, second), calendar_day(year, second, first)]
    known = [day for day in days if day.values] or days[:1]
    return known[0] if len(known) == 1 or known[0] == known[1] else agreed(known)


def _nth_weekday(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    """The last Saturday of June, the 2nd Friday of next month."""
    start = _month_start(match[3], today)
    weekday = WEEKDAYS.index(match[2])
    days = [start + timedelta(step) for step in range(calendar.monthrange(start.year, start.month)[1])]
    matching = [day for day in days if day.weekday() == weekday]
    place = len(matching) if match[1] == "last" else int(match[1][:-2])
    return Reading((matching[place - 1].isoformat(),)) if 1 <= place <= len(matching) else NO_SUCH_DAY


def _nth_weekend(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    """The first weekend in April: its Saturday and the Sunday after it."""
    start = _month_start(match[2], today)
    saturdays = [start + timedelta(step) for step in range(31) if (start + timedelta(step)).month == start.month]
    saturdays = [day for day in saturdays if day.weekday() == WEEKDAYS.index("saturday")]
    place = len(saturdays) if match[1] == "last" else int(match[1][:-2])
    if place > len(saturdays):
        return NO_SUCH_DAY
    return candidates(saturdays[place - 1], saturdays[place - 1] + timedelta(1), why=Ambiguity.CHOICE)


def _nth_week(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    """The second week of April: the 8th to the 14th; the last one: its last seven days."""
    start = _month_start(match[2], today)
    length = calendar.monthrange(start.year, start.month)[1]
    first = length - 6 if match[1] == "last" else 7 * int(match[1][:-2]) - 6
    return bounds(start.replace(day=first), start.replace(day=first + 6))


def _month_edge(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    start = _month_start(match[2], today)
    last = calendar.monthrange(start.year, start.month)[1]
    return Reading((start.replace(day=1 if match[1].startswith("1st") else last).isoformat(),))


def _last_of_month(today: date) -> Reading:
    return Reading((today.replace(day=calendar.monthrange(today.year, today.month)[1]).isoformat(),))


def _day_in_month(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    if match[2] == "the month":
        return day_of_month(int(match[1]), today)
    start = _month_start(match[2], today)
    return calendar_day(start.year, start.month, int(match[1]))


def _month_start(words: str | None, today: date) -> date:
    """The first day of "this month", "next month", "june", "june 2027"."""
    if words is not None and (said := re.fullmatch(rf"{MONTH_NAME},? (?:of |in )?(\d{{4}})", words)):
        return date(max(int(said[2]), 1), MONTHS.index(said[1]) + 1, 1)
    if words is None or words.startswith(("this", "the")) or words == "month":
        return today.replace(day=1)
    if words in MONTHS:
        return date(today.year, MONTHS.index(words) + 1, 1)
    return add_months(today.replace(day=1), -1 if words.startswith(("last", "previous")) else 1)


def _whole_month(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    start = _month_start(match[1], today)
    return bounds(start, start.replace(day=calendar.monthrange(start.year, start.month)[1]))


def _year(words: str | None, today: date) -> int:
    if words is None:
        return today.year
    return int(words) if len(words) == 4 else 2000 + int(words)


DAY_STEPS: Final[tuple[tuple[re.Pattern[str], Step], ...]] = tuple(
    (re.compile(pattern), step)
    for pattern, step in (
        (r"\b(\d{4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,2})\b(?!:)", _iso),
        (
            rf"\b(?:between )?{MONTH_NAME} (?:the )?{DAY} ?(-|to|through|thru|till|until|or|and|"
            rf"/) ?(?:the )?{DAY}\b(?! ?[:ap])(?! (?:people|guests|adults|ppl|of us))",
            _month_days,
        ),
        (
            rf"\b(?:from |between )?(?:the )?{DAY} ?(-|to|through|thru|till|until|or|and|"
            rf"/) ?(?:the )?{DAY} ?(?:of )?{MONTH_NAME}\b",
            _days_month,
        ),
        (r"\b(20\d\d)(\d\d)(\d\d)\b", _iso),
        (rf"\b(?:the )?(1st|\d{{1,2}}(?:nd|rd|th)|last) {WEEKDAY} (?:of|in) {MONTH}\b", _nth_weekday),
        (rf"\b(?:the )?(1st|[2-5](?:nd|rd|th)|last) week-?end (?:of|in) {MONTH}\b", _nth_weekend),
        (rf"\b(?:the )?(1st|[2-4](?:nd|rd|th)|last) (?:full )?week (?:of|in) {MONTH}\b", _nth_week),
        (
            rf"\b(?:the )?(1st day|last day|very last day|end) (?:of|in) {MONTH}\b|\bmonth[- ]end\b(?P<x>)",
            lambda match, draft, today: _month_edge(match, draft, today) if match[1] else _last_of_month(today),
        ),
        (
            rf"\b(?:the )?{DAY} (?:day )?(?:of )?(?:the )?((?:this|next|last|previous|coming|following) month|"
            rf"the month)\b",
            _day_in_month,
        ),
        (rf"(?<!\d[\-/])\b{MONTH_NAME}\.?[ \-/]?(?:the )?{DAY}\b(?! ?[:] ?\d){_YEAR}", _month_day),
        (rf"\b(?:the )?{DAY}(?: day)?[ \-/]?(?:of )?{MONTH_NAME}\b(?:[\-/](?=\d))?{_YEAR}", _day_month),
        (r"(?<![\d:./\-])(\d{1,2}) ?([/.\-]) ?(\d{1,2})(?:\2 ?(\d{4}|\d{2}))?(\.?)(?![\d:])(?! ?[ap]m?\b)", _numeric),
    )
)
"""Patterns of days of a month, to be tried in this order."""
MONTH_STEPS: Final[tuple[tuple[re.Pattern[str], Step], ...]] = tuple(
    (re.compile(pattern), step)
    for pattern, step in (
        (r"\b(next month|this month)\b", _whole_month),
        (rf"(?:\b(?:in|during|next|this) |^){MONTH_NAME}\b(?= *[.?!]*$| (?:and|or|for|please))", _whole_month),
    )
)
"""Patterns of whole months, for what no day pattern took."""
