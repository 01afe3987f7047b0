"""English dates: "Friday", "a week on Saturday", "June 9th", "Chuseok".

Weeks run from Monday to Sunday. A bare weekday is the next one to come and today counts: said on a Wednesday,
"Wednesday" is today (the reducer drops it when it is too late). A month and day mean this year, past or not. Knows
the calendar; does not know how far ahead or on which days one may book.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values import reasons
from nlu.values.english_sentence import MARK, UNREADABLE, VAGUE, Draft, agreed, either, resolve
from nlu.values.english_spans import DURATION, in_minutes
from nlu.values.english_words import MONTHS, WEEKDAYS, canonical
from nlu.values.holiday import holiday, name_pattern

_W: Final = f"({'|'.join(WEEKDAYS)})"
_M: Final = f"({'|'.join(MONTHS)})"
_N: Final = r"(\d{1,3}|an?|a couple(?: of)?|couple(?: of)?|a few|several|some)"
_D: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_TH: Final = r"(\d{1,2})(?:st|nd|rd|th)"
_YEAR: Final = r"(?:,? ?(?:of |in )?'?(\d{4}|(?<=')\d{2})(?![\d:]))?"
_NO_SUCH_DAY: Final = Reading(reason=reasons.NO_SUCH_DAY)

_Step = Callable[[re.Match[str], Draft, date], Reading | None]


def read_date(words: str, now: datetime, zone: str) -> Reading:
    """Read the day that English words speak of.

    Args:
        words: cleaned text, a phrase or a whole sentence.
        now: the user's clock.
        zone: IANA zone, decides between holidays of one name.

    Returns:
        One day, candidates, or both ends of a range ("next week"); `no_such_day` for 30 February.
    """
    draft, today = Draft(_WEEK_SHARED.sub(r"\1 \4\2\3 \4", canonical(words))), now.date()
    draft.put(name_pattern(zone), lambda match: _exact(holiday(match, today, zone)))
    for pattern, step in _STEPS:
        draft.put(pattern, lambda match, step=step: step(match, draft, today))  # type: ignore[misc]
    if draft.found:
        return resolve(draft, _span)
    if match := _IN_HOURS.search(draft.text):
        minutes = in_minutes(match[0])
        return VAGUE if minutes is None else Reading(((now + timedelta(minutes=minutes)).date().isoformat(),))
    if match := _BARE_DAY.fullmatch(draft.text):
        return _day_of_month(match, draft, today) or UNREADABLE
    if match := _DOTTED_DAY.fullmatch(draft.text):
        return _either_order(int(match[1]), int(match[2]), today.year)
    return VAGUE if _VAGUE_DAY.search(draft.text) else UNREADABLE


def _either_order(first: int, second: int, year: int) -> Reading:
    """6.12 is 12 June in Korea and 6 December in Europe: both, where the calendar has both."""
    days = [_calendar_day(year, first, second), _calendar_day(year, second, first)]
    known = [day for day in days if day.values] or days[:1]
    return known[0] if len(known) == 1 or known[0] == known[1] else agreed(known)


def _exact(day: date | None) -> Reading | None:
    return None if day is None else Reading((day.isoformat(),))


def _days(*days: date, why: Ambiguity) -> Reading:
    values = tuple(dict.fromkeys(day.isoformat() for day in days))
    return Reading(values, why if len(values) > 1 else Ambiguity.NONE)


def _bounds(first: date, last: date) -> Reading:
    return Reading(bounds=(first.isoformat(), last.isoformat()))


def _span(first: Reading, last: Reading) -> Reading:
    """From one day to another."""
    if first.exact is None or last.exact is None or first.exact > last.exact:
        return either((first, last))
    return Reading(bounds=(first.exact, last.exact))


def _shifted(reading: Reading, days: int) -> Reading | None:
    if not reading.values:
        return None
    try:
        moved = [date.fromisoformat(value) + timedelta(days) for value in reading.values]
    except OverflowError:
        return _NO_SUCH_DAY
    return _days(*moved, why=reading.ambiguity)


def _count(words: str) -> int | None:
    """How many: a number, "a", "a couple"; None where it stays vague."""
    if words.isdecimal():
        return int(words)
    if "couple" in words:
        return 2
    return 1 if words in ("a", "an") else None


def _calendar_day(year: int, month: int, day: int) -> Reading:
    try:
        return Reading((date(year, month, day).isoformat(),))
    except ValueError:
        return _NO_SUCH_DAY


def _year(words: str | None, today: date) -> int:
    if words is None:
        return today.year
    return int(words) if len(words) == 4 else 2000 + int(words)


def _week_start(day: date) -> date:
    return day - timedelta(day.weekday())


def _coming(name: str, today: date, *, today_counts: bool = True) -> date:
    ahead = (WEEKDAYS.index(name) - today.weekday()) % 7
    return today + timedelta(ahead if ahead or today_counts else 7)


def _in_week(name: str, today: date, weeks: int) -> date:
    return _week_start(today) + timedelta(7 * weeks + WEEKDAYS.index(name))


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# --- calendar dates


def _iso(match: re.Match[str], _draft: Draft, _today: date) -> Reading:
    return _calendar_day(int(match[1]), int(match[2]), int(match[3]))


def _month_day(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    return _calendar_day(_year(match[3], today), MONTHS.index(match[1]) + 1, int(match[2]))


def _day_month(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    return _calendar_day(_year(match[3], today), MONTHS.index(match[2]) + 1, int(match[1]))


def _month_days(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    month = MONTHS.index(match[1]) + 1
    days = [_calendar_day(today.year, month, int(match[group])) for group in (2, 4)]
    return either(days) if match[3] in ("or", "and", "/") else _span(*days)


def _days_month(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    month = MONTHS.index(match[4]) + 1
    days = [_calendar_day(today.year, month, int(match[group])) for group in (1, 3)]
    return either(days) if match[2] in ("or", "and", "/") else _span(*days)


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
        return _either_order(first, second, year)
    return _calendar_day(year, first, second)


def _nth_weekday(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    """The last Saturday of June, the 2nd Friday of next month."""
    start = _month_start(match[3], today)
    weekday = WEEKDAYS.index(match[2])
    days = [start + timedelta(step) for step in range(calendar.monthrange(start.year, start.month)[1])]
    matching = [day for day in days if day.weekday() == weekday]
    place = len(matching) if match[1] == "last" else int(match[1][:-2])
    return Reading((matching[place - 1].isoformat(),)) if 1 <= place <= len(matching) else _NO_SUCH_DAY


def _month_edge(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    start = _month_start(match[2], today)
    last = calendar.monthrange(start.year, start.month)[1]
    return Reading((start.replace(day=1 if match[1].startswith("1st") else last).isoformat(),))


def _day_in_month(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    start = _month_start(match[2], today)
    return _calendar_day(start.year, start.month, int(match[1]))


def _month_start(words: str | None, today: date) -> date:
    """The first day of "this month", "next month", "june", "june 2027"."""
    if words is not None and (said := re.fullmatch(rf"{_M},? (?:of |in )?(\d{{4}})", words)):
        return date(max(int(said[2]), 1), MONTHS.index(said[1]) + 1, 1)
    if words is None or words.startswith(("this", "the")) or words == "month":
        return today.replace(day=1)
    if words in MONTHS:
        return date(today.year, MONTHS.index(words) + 1, 1)
    return _add_months(today.replace(day=1), -1 if words.startswith(("last", "previous")) else 1)


def _whole_month(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    start = _month_start(match[1], today)
    return _bounds(start, start.replace(day=calendar.monthrange(start.year, start.month)[1]))


def _day_of_month(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """The first such day from today on: "the 31st" skips the months that have none."""
    day = int(match[1])
    if not 1 <= day <= 31:
        return _NO_SUCH_DAY
    for months in range(13):
        start = _add_months(today.replace(day=1), months)
        if day <= calendar.monthrange(start.year, start.month)[1] and start.replace(day=day) >= today:
            return _exact(start.replace(day=day))
    return None


# --- days from here


def _named_day(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    return _exact(today + timedelta(_FROM_TODAY[match[1]]))


def _the_day_next_to_tomorrow(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    return _exact(today + timedelta(2 if match[1] == "after" else -2))


def _ahead(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    number = _count(match[1])
    return VAGUE if number is None else _stepped(today, number, match[2])


def _ago(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    number = _count(match[1])
    return VAGUE if number is None else _stepped(today, -number, match[2])


def _stepped(day: date, number: int, unit: str) -> Reading:
    try:
        if unit.startswith(("month", "year")):
            return _days(_add_months(day, number * (12 if unit[0] == "y" else 1)), why=Ambiguity.NONE)
        return _days(day + timedelta(number * _UNIT_DAYS[unit.rstrip("s")]), why=Ambiguity.NONE)
    except (OverflowError, ValueError):
        return _NO_SUCH_DAY


def _within(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    number = _count(match[1])
    end = UNREADABLE if number is None else _stepped(today, number, match[2])
    return Reading(bounds=(today.isoformat(), end.exact)) if end.exact else VAGUE


def _from_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    """Two weeks from X, a day before X."""
    number = 1 if match[1] is None else _count(match[1])
    anchor = draft.at(match[4])
    if number is None or not anchor.values:
        return anchor if number else VAGUE
    sign = -1 if match[3] == "before" else 1
    moved = [_stepped(date.fromisoformat(value), sign * number, match[2]) for value in anchor.values]
    return moved[0] if len(moved) == 1 else replace(either(moved), ambiguity=anchor.ambiguity)


def _week_on_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    number = _count(match[1]) if match[1] else 1
    return None if number is None else _shifted(draft.at(match[2]), 7 * number)


def _mark_week(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    return _shifted(draft.at(match[1]), 7)


def _day_after_refused(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    return _shifted(draft.at(match[1]), 1 if match[2] == "after" else -1)


# --- weekdays


def _weekday_in_week(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """Friday next week, next week Friday, the Saturday of the week after next."""
    name = next(group for group in match.groups() if group in WEEKDAYS)
    return _exact(_in_week(name, today, _weeks_ahead(match[0])))


def _weeks_ahead(words: str) -> int:
    if "after next" in words or "after the next" in words:
        return 2
    if "last week" in words or "previous week" in words:
        return -1
    return 0 if "this week" in words or "current week" in words else 1


def _weekday_in_n_weeks(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    number = _count(match[2])
    return None if number is None else _exact(_in_week(match[1], today, number))


def _weekday_week(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """Friday week and the Friday after next: the next one to come and a week more."""
    return _exact(_coming(match[1], today) + timedelta(7))


def _weekdays_from_now(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    number = _count(match[1])
    if number is None:
        return VAGUE
    return _exact(_coming(match[2], today, today_counts=False) + timedelta(7 * (number - 1)))


def _weekdays_ago(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    number = _count(match[1])
    return VAGUE if number is None else _exact(_coming(match[2], today) - timedelta(7 * number))


def _said_weekday(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    name, word = match[2], match[1] or ""
    if word.startswith("next"):
        to_come = _coming(name, today, today_counts=False)
        return _days(to_come, _in_week(name, today, 1), why=Ambiguity.WEEK)
    if word in ("last", "previous", "past"):
        return _exact(_coming(name, today) - timedelta(7))
    if word == "this":
        return _exact(_in_week(name, today, 0))
    return _exact(_coming(name, today, today_counts="coming" not in word and "following" not in word))


def _weekdays(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """From Monday to Wednesday: the second is the first such day after the first."""
    start = _coming(match[1], today)
    return _bounds(start, _coming(match[2], start, today_counts=False))


def _weekday_near_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    """The Friday before Christmas, the Saturday after the 20th."""
    anchor = draft.at(match[3]).exact
    if anchor is None:
        return None
    day = date.fromisoformat(anchor)
    if match[2] == "after":
        return _exact(_coming(match[1], day, today_counts=False))
    return _exact(_coming(match[1], day - timedelta(7)))


def _weekday_beside_mark(match: re.Match[str], draft: Draft, today: date) -> Reading | None:
    """Friday the 27th, tomorrow (Thursday): the date counts; where they disagree, both are candidates."""
    name, reading = (match[1], draft.at(match[2])) if match[1] else (match[4], draft.at(match[3]))
    fitting = tuple(value for value in reading.values if date.fromisoformat(value).weekday() == WEEKDAYS.index(name))
    if fitting:
        return Reading(fitting, reading.ambiguity if len(fitting) > 1 else Ambiguity.NONE)
    if not reading.values:
        return reading if reading.reason else None
    return Reading((*reading.values, _coming(name, today).isoformat()), Ambiguity.UNSURE)


def _weekend(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    """Saturday and Sunday, of which only those not yet past; "next weekend" lists both weekends."""
    word = match[1] or match[2] or ""
    start = _week_start(today)
    weeks = {"last": (-1,), "next": (0, 1), "after next": (2,), "next week": (1,)}.get(word, (0,))
    days = [start + timedelta(7 * week + step) for week in weeks for step in (5, 6)]
    if word != "last":
        days = [day for day in days if day >= today]
    return _days(*days, why=Ambiguity.WEEK if word == "next" else Ambiguity.CHOICE)


def _week(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    start = _week_start(today) + timedelta(7 * _weeks_ahead(match[0]))
    return _bounds(start, start + timedelta(6))


def _until_mark(match: re.Match[str], draft: Draft, today: date) -> Reading | None:
    """By Friday, before the 20th: from today to that day or the day before it."""
    day = draft.at(match[2])
    if not day.values:
        return None
    last = date.fromisoformat(min(day.values)) - timedelta(match[1] == "before")
    return _bounds(today, last) if last >= today else VAGUE


def _week_of_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    day = draft.at(match[1]).exact
    if day is None:
        return None
    start = _week_start(date.fromisoformat(day))
    return _bounds(start, start + timedelta(6))


_FROM_TODAY: Final = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_UNIT_DAYS: Final = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_LONG_UNITS: Final = r"(days?|nights?|weeks?|fortnights?|months?|years?)"
_MONTH_WORD: Final = rf"(?:the )?((?:{_M[1:-1]})(?:,? (?:of |in )?\d{{4}}(?!\d))?|this month|next month|the month|last month|month)(?:'s)?"
_BARE_DAY: Final = re.compile(r"(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)?[.!?]*")

_IN_HOURS: Final = re.compile(rf"\bin (?:about |around )?{DURATION}(?! (?:later|earlier))|^{DURATION} from now\b")
_WEEK_SHARED: Final = re.compile(rf"\b{_W}( or |, | and |/){_W} ((?:the )?week after next|next week|this week)\b")
_DOTTED_DAY: Final = re.compile(r"(?:on )?(?:the )?(\d{1,2})\. ?(\d{1,2})")
_VAGUE_DAY: Final = re.compile(
    r"\b(?:some ?day|some ?time|any ?(?:week)?day|weekdays?|weeknights?|any ?time|whenever|soon|(?:one|another|(?:a )?different|a few|several) days?)\b"
)

_STEPS: Final[tuple[tuple[re.Pattern[str], _Step], ...]] = tuple(
    (re.compile(pattern), step)
    for pattern, step in (
        (r"\b(\d{4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,2})\b(?!:)", _iso),
        (
            rf"\b{_M} (?:the )?{_D} ?(-|to|through|thru|till|until|or|and|/) ?(?:the )?{_D}\b(?! ?[:ap])(?! (?:people|guests|adults|ppl|of us))",
            _month_days,
        ),
        (
            rf"\b(?:from |between )?(?:the )?{_D} ?(-|to|through|thru|till|until|or|and|/) ?(?:the )?{_D} ?(?:of )?{_M}\b",
            _days_month,
        ),
        (rf"\b(?:the )?(1st|\d{{1,2}}(?:nd|rd|th)|last) {_W} (?:of|in) {_MONTH_WORD}\b", _nth_weekday),
        (
            rf"\b(?:the )?(1st day|last day|very last day|end) (?:of|in) {_MONTH_WORD}\b|\bmonth[- ]end\b(?P<x>)",
            lambda match, draft, today: _month_edge(match, draft, today) if match[1] else _last_of_month(today),
        ),
        (
            rf"\b(?:the )?{_D} (?:day )?(?:of )?(?:the )?((?:this|next|last|previous|coming|following) month|the month)\b",
            _day_in_month,
        ),
        (rf"(?<!\d[\-/])\b{_M}[ \-/]?(?:the )?{_D}\b(?! ?[:] ?\d){_YEAR}", _month_day),
        (rf"\b(?:the )?{_D}(?: day)?[ \-/]?(?:of )?{_M}\b(?:[\-/](?=\d))?{_YEAR}", _day_month),
        (r"(?<![\d:./\-])(\d{1,2}) ?([/.\-]) ?(\d{1,2})(?:\2 ?(\d{4}|\d{2}))?(\.?)(?![\d:])(?! ?[ap]m?\b)", _numeric),
        (rf"{_W},? (?:on )?(?:the )?{MARK}|\b{MARK},? ?\(?(?:which is |that's |a )?{_W}\b", _weekday_beside_mark),
        (r"\bthe day (after) tomorrow\b|\bday (?:after) tomorrow\b", lambda m, d, t: _exact(t + timedelta(2))),
        (r"\b(?:the )?day before yesterday\b", lambda m, d, t: _exact(t - timedelta(2))),
        (
            rf"\b(?:the )?{_W},? (?:of |in |on |from )?(?:the )?week after (?:the )?next\b"
            rf"|\b(?:the )?week after (?:the )?next,? (?:on )?{_W}\b"
            rf"|\b(?:the )?{_W},? (?:of |in |during |from )?(?:the )?(?:next|this|last|following|coming|current|previous) week\b"
            rf"|\b(?:next|this|last|following|coming|current) week(?:'s)?,? (?:on )?{_W}\b",
            _weekday_in_week,
        ),
        (rf"\b(?:a|1) week (?:on|from|after) (?:next )?{_W}\b", _weekday_week),
        (rf"\b(?:the )?{_W} (?:in|after) {_N} weeks?\b", _weekday_in_n_weeks),
        (rf"\b(?:the )?{_W} (?:week\b(?! after)|after next\b)", _weekday_week),
        (rf"\b(\d{{1,2}}) {_W}s? (?:from now|from today)\b", _weekdays_from_now),
        (rf"\b{_N} {_W} ago\b", _weekdays_ago),
        (rf"\b(?:the )?{_W} (after|before) (?:the )?{MARK}", _weekday_near_mark),
        (
            rf"\b(?:the )?(next coming|next|this coming|this upcoming|coming|upcoming|this|last|previous|past|following)"
            rf" {_W}\b",
            _said_weekday,
        ),
        (
            r"\b(?:the )?week-?end (after next)\b|\b(?:the |this )?(?:(next week|next|last|coming|this) )?week-?end\b",
            _weekend,
        ),
        (
            rf"\b(?:the )?{_TH}\b(?! (?:one|floor|time|table|option|choice|option|slot|booking|of us|_?[a-z]+day\b|1\b))",
            _day_of_month,
        ),
        (rf"\b(?:the )?{_W} (after|before) (?:the )?{MARK}", _weekday_near_mark),
        (rf"{_W},? (?:on )?(?:the )?{MARK}|\b{MARK},? ?\(?(?:which is |that's |a )?{_W}\b", _weekday_beside_mark),
        (
            rf"\b(?:from |between )?{_W} ?(?:to|-|through|thru|till|until|(?<=between \w{{6}} )and|(?<=between \w{{8}} )and) ?{_W}\b",
            _weekdays,
        ),
        (rf"\b()(?<!every ){_W}(?! _)(?:'s)?", _said_weekday),
        (r"\b(today|tonight|tomorrow|yesterday)(?:'s)?\b", _named_day),
        (r"\bthis (?:morning|afternoon|evening|lunch|lunchtime)\b", lambda m, d, t: _exact(t)),
        (r"\bsame day next week\b", lambda m, d, t: _exact(t + timedelta(7))),
        (rf"\bwithin (?:the next )?{_N} {_LONG_UNITS}\b", _within),
        (rf"\b(?:the )?(?:{_N} )?{_LONG_UNITS} (from|after|before|past|following) (?:the )?{MARK}", _from_mark),
        (
            rf"\b(?:in|after) (?:about |exactly |just )?{_N} {_LONG_UNITS}(?:' time|'s time|s' time| from now| time)?\b",
            _ahead,
        ),
        (rf"\b{_N} {_LONG_UNITS} (?:from now|from today|hence|out|ahead)\b", _ahead),
        (rf"\b{_N} {_LONG_UNITS} ago\b", _ago),
        (rf"\b(?:(a|1|2|3) )?weeks? (?:on )?{MARK}", _week_on_mark),
        (rf"\b{MARK} week\b", _mark_week),
        (rf"\bnot {MARK},? ?(?:but )?(?:the )?day (after|before)(?: that)?\b", _day_after_refused),
        (r"\b(?:the )?week after next\b|\b(?:next|this|coming|following) week\b", _week),
        (rf"\b(?:the )?week of (?:the )?{MARK}", _week_of_mark),
        (rf"(?<!the day )(?<!days )\b(by|before|no later than|until|till) {MARK}(?! week)", _until_mark),
        (
            rf"\b(?:after|any ?time after|later than|from|since|past) {MARK}(?= (?:on|onwards?)\b|(?! ?(?:to|-|until|till|through)))"
            rf"|\b{MARK} (?:or later|or after|onwards?)\b|\b(?:early|mid|late|beginning of|start of|middle of)(?: in)?-? ?{_MONTH_WORD}\b",
            lambda match, draft, today: VAGUE,
        ),
        (r"\b(next month|this month)\b", _whole_month),
        (rf"(?:\b(?:in|during|next|this) |^){_M}\b(?= *[.?!]*$| (?:and|or|for|please))", _whole_month),
    )
)


def _last_of_month(today: date) -> Reading:
    return Reading((today.replace(day=calendar.monthrange(today.year, today.month)[1]).isoformat(),))
