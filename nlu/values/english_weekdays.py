"""English weekdays: "Friday", "next Friday", "a week on Saturday", "Thursday the 16th", "this weekend".

A bare weekday is the next one to come and today counts: said on a Wednesday, "Wednesday" is today (the reducer drops it
when it is too late). Does not know on which days one may book.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values.english_calendar import (
    NO_SUCH_DAY,
    NTH,
    NUMBER,
    WEEKDAY,
    Step,
    add_months,
    bounds,
    candidates,
    coming,
    count,
    day_of_month,
    exact,
    in_week,
    week_start,
)
from nlu.values.english_sentence import MARK, MOVED, VAGUE, Draft, agreed
from nlu.values.english_words import WEEKDAYS


def _weekday_in_week(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """Friday next week, next week Friday, the Saturday of the week after next."""
    name = next(group for group in match.groups() if group in WEEKDAYS)
    return exact(in_week(name, today, weeks_ahead(match[0])))


def weeks_ahead(words: str) -> int:
    """How many weeks from this one "next week" and its like lie."""
    if "after next" in words or "after the next" in words:
        return 2
    if "last week" in words or "previous week" in words:
        return -1
    return 0 if "this week" in words or "current week" in words else 1


def _weekday_in_n_weeks(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    number = count(match[2])
    return None if number is None else exact(in_week(match[1], today, number))


def _weekday_week(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """Friday week and the Friday after next: the next one to come and a week more."""
    return exact(coming(match[1], today) + timedelta(7))


def _weekdays_from_now(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    number = count(match[1])
    if number is None:
        return VAGUE
    return exact(coming(match[2], today, today_counts=False) + timedelta(7 * (number - 1)))


def _weekdays_ago(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    number = count(match[1])
    return VAGUE if number is None else exact(coming(match[2], today) - timedelta(7 * number))


def _said_weekday(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    name, word = match[2], match[1] or ""
    if word.startswith("next") or match[3]:
        to_come = coming(name, today, today_counts=False)
        return candidates(to_come, in_week(name, today, 1), why=Ambiguity.WEEK)
    if word in ("last", "previous", "past"):
        return exact(coming(name, today) - timedelta(7))
    if word == "this":
        day = in_week(name, today, 0)
        # Said on a Sunday, "this Thursday" may well be the next one: nobody books a day that is over.
        return exact(day) if day >= today else candidates(coming(name, today), day, why=Ambiguity.WEEK)
    return exact(coming(name, today, today_counts="coming" not in word and "following" not in word))


def _weekdays(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """From Monday to Wednesday: the second is the first such day after the first."""
    if MOVED.search(match.string[: match.start()]):
        return None
    start = coming(match[1], today)
    return bounds(start, coming(match[2], start, today_counts=False))


def _weekday_near_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    """The Friday before Christmas, the Saturday after the 20th."""
    anchor = draft.at(match[3]).exact
    if anchor is None:
        return None
    day = date.fromisoformat(anchor)
    if match[2] == "after":
        return exact(coming(match[1], day, today_counts=False))
    return exact(coming(match[1], day - timedelta(7)))


def _weekday_and_number(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """Thursday the 16th: this or one of the next two months; where none fits, the number and the weekday contradict."""
    name, day = match[1], int(match[2])
    if not 1 <= day <= 31:
        return NO_SUCH_DAY
    for months in range(3):
        start = add_months(today.replace(day=1), months)
        if day > calendar.monthrange(start.year, start.month)[1]:
            continue
        found = start.replace(day=day)
        if found >= today and WEEKDAYS[found.weekday()] == name:
            return exact(found)
    by_number = day_of_month(day, today)
    return agreed((by_number, Reading((coming(name, today).isoformat(),)))) if by_number else None


def _numbered_day(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    return day_of_month(int(match[1]), today)


def _weekday_beside_mark(match: re.Match[str], draft: Draft, today: date) -> Reading | None:
    """Friday the 27th, tomorrow (Thursday): the date counts; where they disagree, both are candidates."""
    name, reading = (match[1], draft.at(match[2])) if match[1] else (match[4], draft.at(match[3]))
    fitting = tuple(value for value in reading.values if date.fromisoformat(value).weekday() == WEEKDAYS.index(name))
    if fitting:
        return Reading(fitting, reading.ambiguity if len(fitting) > 1 else Ambiguity.NONE)
    if not reading.values:
        return reading if reading.reason else None
    return Reading((*reading.values, coming(name, today).isoformat()), Ambiguity.UNSURE)


def _weekend(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    """Saturday and Sunday, of which only those not yet past; "next weekend" lists both weekends."""
    word = match[1] or match[2] or ""
    start = week_start(today)
    weeks = {"last": (-1,), "next": (0, 1), "after next": (2,), "next week": (1,)}.get(word, (0,))
    days = [start + timedelta(7 * week + step) for week in weeks for step in (5, 6)]
    if word != "last":
        days = [day for day in days if day >= today]
    return candidates(*days, why=Ambiguity.WEEK if word == "next" else Ambiguity.CHOICE)


_NTH_OF_OTHERS: Final = (
    r"(?:one|1|floor|time|table|option|choice|slot|booking|reservation|thing|thoughts?|birthday|bday|anniversary|date|visit|"
    r"name|person|guest|member|kid|child|baby|course|street|st|avenue|ave|grade|class|row|try|attempt|round|edition|century|"
    r"half|seating|place|party|day|week|month|year|wedding|message|question|call|number|line|step)s?\b"
)
"""What is counted in order and is no day of a month: "the 2nd floor", "our 10th anniversary", "1st thing tomorrow"."""


def _weekend_of_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    """The Saturday and Sunday nearest to a day: "Easter weekend"."""
    day = draft.at(match[1]).exact
    if day is None:
        return None
    saturday = date.fromisoformat(day) + timedelta((8 - date.fromisoformat(day).weekday()) % 7 - 3)
    return candidates(saturday, saturday + timedelta(1), why=Ambiguity.CHOICE)


WEEKDAY_STEPS: Final[tuple[tuple[re.Pattern[str], Step], ...]] = tuple(
    (re.compile(pattern), step)
    for pattern, step in (
        (
            rf"{WEEKDAY}\.?,? (?:on )?(?:the )?{MARK}|\b{MARK} ?,? ?\(?(?:which is |that's |on |a )?{WEEKDAY}\b",
            _weekday_beside_mark,
        ),
        (
            rf"\b(?:the )?{WEEKDAY},? (?:of |in |on |from )?(?:the )?week after (?:the )?next\b"
            rf"|\b(?:the )?week after (?:the )?next,? (?:on )?(?:the )?{WEEKDAY}\b"
            rf"|\b(?:the )?{WEEKDAY},? (?:(?:the (?:one|1)|that's|that is|i mean) )*(?:of |in |during |from )?(?:the )?"
            r"(?:next|this|last|following|coming|current|previous) week\b"
            rf"|\b(?:next|this|last|following|coming|current) week(?:'s)?,? (?:on )?(?:the )?{WEEKDAY}\b",
            _weekday_in_week,
        ),
        (rf"\b(?:a|1) week (?:on|from|after) (?:next )?{WEEKDAY}\b", _weekday_week),
        (rf"\b(?:the )?{WEEKDAY} (?:in|after) {NUMBER} weeks?\b", _weekday_in_n_weeks),
        (rf"\b(?:the )?{WEEKDAY} (?:week\b(?! after)|after (?:next|this(?: (?:one|1))?)\b)", _weekday_week),
        (rf"\b(\d{{1,2}}) {WEEKDAY}s? (?:from now|from today)\b", _weekdays_from_now),
        (rf"\b{NUMBER} {WEEKDAY} ago\b", _weekdays_ago),
        (rf"\b(?:the )?{WEEKDAY} (after|before) (?:the )?{MARK}", _weekday_near_mark),
        (
            rf"\b(?:the )?(next coming|next|this coming|this upcoming|coming|upcoming|this|last|previous|past|"
            rf"following)"
            rf" {WEEKDAY}\b()",
            _said_weekday,
        ),
        (rf"\b{MARK} (?:long )?week-?end\b", _weekend_of_mark),
        (
            r"\b(?:the )?week-?end (after next)\b|\b(?:the |this )?(?:(next week|next|last|coming|"
            r"this) )?week-?end\b(?! of)",
            _weekend,
        ),
        (rf"\b{WEEKDAY}\.?,? (?:on )?(?:the )?{NTH}\b(?! (?:one|1)\b)", _weekday_and_number),
        (
            rf"(?<!\bmy )(?<!\bour )(?<!\bhis )(?<!\bher )\b(?:the )?{NTH}\b(?! (?:{_NTH_OF_OTHERS}|of us|_?[a-z]+day\b))",
            _numbered_day,
        ),
        (rf"\b(?:the )?week-?end of (?:the )?{MARK}", _weekend_of_mark),
        (rf"\b(?:the )?{WEEKDAY} (after|before) (?:the )?{MARK}", _weekday_near_mark),
        (
            rf"{WEEKDAY}\.?,? (?:on )?(?:the )?{MARK}|\b{MARK} ?,? ?\(?(?:which is |that's |on |a )?{WEEKDAY}\b",
            _weekday_beside_mark,
        ),
        (
            rf"\b(?:from |between )?{WEEKDAY} ?(?:to|-|through|thru|till|until|(?<=between \w{{6}} )and|"
            rf"(?<=between \w{{8}} )and) ?{WEEKDAY}\b",
            _weekdays,
        ),
        (rf"\b()(?<!every ){WEEKDAY}(?! _)(?:'s)?( next\b(?! (?:week|month|year)))?", _said_weekday),
    )
)
"""Patterns of weekdays and of numbers of a day beside them, to be tried in this order."""
