"""Calendar arithmetic for Korean dates: weeks from Monday, days of a month, and named days.

Holidays, months and "the third Saturday" are asked of `korean_datetime`, with phrases that we build ourselves: its
scanner takes exponential time on some raw texts, so no user text may reach it.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from korean_datetime import BuiltinHolidays, Cycle, ParseOptions, parse

from nlu.types import Ambiguity, Reading
from nlu.values import reasons

WEEKDAYS: Final = "월화수목금토일"

_FUTURE: Final = ParseOptions(cycle=Cycle.FUTURE)
_CURRENT: Final = ParseOptions(cycle=Cycle.CURRENT)


def exact(day: date) -> Reading:
    """One day as a reading."""
    return Reading(values=(day.isoformat(),))


def candidates(days: list[date], ambiguity: Ambiguity) -> Reading:
    """Several days as a reading, each once and in the order given; one day left is exact."""
    values = tuple(dict.fromkeys(day.isoformat() for day in days))
    return Reading(values=values, ambiguity=ambiguity if len(values) > 1 else Ambiguity.NONE)


def between(first: date, last: date) -> Reading:
    """A stretch of days, both ends included; one day is exact."""
    if first == last:
        return exact(first)
    return Reading(bounds=(first.isoformat(), last.isoformat()))


def from_today(first: date, last: date, today: date) -> Reading:
    """A stretch of days of which the past part is cut off, unless all of it is past."""
    return between(max(first, today) if last >= today else first, last)


def monday(today: date, weeks: int) -> date:
    """The Monday of the week that is `weeks` after this one (negative: before). Weeks run Monday to Sunday."""
    return today + timedelta(days=7 * weeks - today.weekday())


def coming(today: date, weekday: int, *, strictly: bool = False) -> date:
    """The next day with this weekday (0 is Monday), today included unless `strictly`."""
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead or (7 if strictly else 0))


def nearest(day: date, weekday: int) -> date:
    """The day with this weekday (0 is Monday) that is closest to `day`, at most three days away."""
    return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


def month_day(year: int, month: int, day: int) -> Reading:
    """A day named by year, month and day, or the reason that there is none."""
    try:
        return exact(date(year, month, day))
    except (ValueError, OverflowError):
        return Reading(reason=reasons.NO_SUCH_DAY)


def day_of_month(today: date, day: int) -> Reading:
    """The first day with this number from today on; months that lack it are passed over."""
    if not 1 <= day <= 31:
        return Reading(reason=reasons.NO_SUCH_DAY)
    year, month = today.year, today.month
    while day > calendar.monthrange(year, month)[1] or date(year, month, day) < today:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return exact(date(year, month, day))


def add_months(today: date, months: int) -> Reading:
    """The same day some months away, or that month's last day where it is shorter."""
    index = today.year * 12 + today.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return Reading(reason=reasons.NO_SUCH_DAY)
    return exact(date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1])))


def add_days(today: date, days: int) -> Reading:
    """The day some days away."""
    try:
        return exact(today + timedelta(days=days))
    except OverflowError:
        return Reading(reason=reasons.NO_SUCH_DAY)


def ask_library(phrase: str, today: date, *, roll: bool = True) -> Reading | None:
    """Read a phrase of our own making with `korean_datetime`.

    Args:
        phrase: built from fixed words and numbers, never user text.
        today: the user's day.
        roll: whether a day that is past this year or month means the next one.

    Returns:
        A day, or a stretch of days; None where the library does not know the phrase.
    """
    found = parse(phrase, now=datetime(today.year, today.month, today.day), options=_FUTURE if roll else _CURRENT)
    if found is None or found.text != phrase:
        return None
    last = (found.end - timedelta(days=1)).date()
    return from_today(found.start.date(), last, today) if last > found.start.date() else exact(found.start.date())


@lru_cache(maxsize=1)
def holiday_names() -> tuple[str, ...]:
    """Every name of a holiday that the library knows, single days and holidays of several days (`추석 연휴`)."""
    known = BuiltinHolidays()
    return (*known.names(), *known.span_names())
