"""The calendar behind English dates: steps from a day, weekdays, months, and the pieces of pattern that name them.

Weeks run from Monday to Sunday. Knows no whole phrase; `english_month_days`, `english_weekdays` and `english_dates` do.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values import reasons
from nlu.values.english_sentence import Draft, either
from nlu.values.english_words import MONTHS, WEEKDAYS

Step = Callable[[re.Match[str], Draft, date], Reading | None]
"""What a pattern's match means: the match, the text with the marks of what was found before, and the user's day."""

WEEKDAY: Final = f"({'|'.join(WEEKDAYS)})"
MONTH_NAME: Final = f"({'|'.join(MONTHS)})"
NUMBER: Final = r"(\d{1,3}|an?|a couple(?: of)?|couple(?: of)?|a few|several|some)"
DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
NTH: Final = r"(\d{1,2})(?:st|nd|rd|th)"
UNITS: Final = r"(days?|nights?|weeks?|fortnights?|months?|years?)"
MONTH: Final = (
    rf"(?:the )?((?:{MONTH_NAME[1:-1]})(?:,? (?:of |in )?\d{{4}}(?!\d))?|this month|next month|"
    rf"the month|last month|month)(?:'s)?"
)
UNIT_DAYS: Final = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
NO_SUCH_DAY: Final = Reading(reason=reasons.NO_SUCH_DAY)


def exact(day: date | None) -> Reading | None:
    """One day as a reading, None for no day."""
    return None if day is None else Reading((day.isoformat(),))


def candidates(*days: date, why: Ambiguity) -> Reading:
    """Several days as candidates for the reason `why`; one day is exact."""
    values = tuple(dict.fromkeys(day.isoformat() for day in days))
    return Reading(values, why if len(values) > 1 else Ambiguity.NONE)


def bounds(first: date, last: date) -> Reading:
    """All days from the first to the last; one day is exact."""
    if first == last:
        return Reading((first.isoformat(),))
    return Reading(bounds=(first.isoformat(), last.isoformat()))


def span(first: Reading, last: Reading) -> Reading:
    """From one day to another."""
    if first.exact is None or last.exact is None or first.exact > last.exact:
        return either((first, last))
    return Reading(bounds=(first.exact, last.exact))


def shifted(reading: Reading, days: int) -> Reading | None:
    """Every day of a reading so many days later."""
    if not reading.values:
        return None
    try:
        moved = [date.fromisoformat(value) + timedelta(days) for value in reading.values]
    except OverflowError:
        return NO_SUCH_DAY
    return candidates(*moved, why=reading.ambiguity)


def count(words: str) -> int | None:
    """How many: a number, "a", "a couple"; None where it stays vague."""
    if words.isdecimal():
        return int(words)
    if "couple" in words:
        return 2
    return 1 if words in ("a", "an") else None


def calendar_day(year: int, month: int, day: int) -> Reading:
    """A day of the calendar, or `no_such_day`."""
    try:
        return Reading((date(year, month, day).isoformat(),))
    except ValueError:
        return NO_SUCH_DAY


def week_start(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def coming(name: str, today: date, *, today_counts: bool = True) -> date:
    """The first such weekday from a day on; that day itself only where `today_counts`."""
    ahead = (WEEKDAYS.index(name) - today.weekday()) % 7
    return today + timedelta(ahead if ahead or today_counts else 7)


def in_week(name: str, today: date, weeks: int) -> date:
    """That weekday in the week so many weeks after the day's own."""
    return week_start(today) + timedelta(7 * weeks + WEEKDAYS.index(name))


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def stepped(day: date, number: int, unit: str) -> Reading:
    """The day so many days, weeks, months or years later."""
    try:
        if unit.startswith(("month", "year")):
            return candidates(add_months(day, number * (12 if unit[0] == "y" else 1)), why=Ambiguity.NONE)
        return candidates(day + timedelta(number * UNIT_DAYS[unit.rstrip("s")]), why=Ambiguity.NONE)
    except (OverflowError, ValueError):
        return NO_SUCH_DAY


def day_of_month(day: int, today: date) -> Reading | None:
    """The first such day from today on: "the 31st" skips the months that have none."""
    if not 1 <= day <= 31:
        return NO_SUCH_DAY
    for months in range(13):
        start = add_months(today.replace(day=1), months)
        if day <= calendar.monthrange(start.year, start.month)[1] and start.replace(day=day) >= today:
            return exact(start.replace(day=day))
    return None
