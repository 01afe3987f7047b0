"""English dates: "tomorrow", "in three days", "the day after Christmas", and whatever names a day in a sentence.

Puts the patterns of months, weekdays and holidays together with those that count from today. Does not know how far
ahead or on which days one may book.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from nlu.types import Reading
from nlu.values.elapsed import minutes_later
from nlu.values.english_calendar import (
    MONTH,
    NUMBER,
    UNIT_DAYS,
    UNITS,
    WEEKDAY,
    Step,
    bounds,
    count,
    day_of_month,
    exact,
    shifted,
    span,
    stepped,
    week_start,
)
from nlu.values.english_month_days import DAY_STEPS, MONTH_STEPS, either_order
from nlu.values.english_sentence import MARK, UNREADABLE, VAGUE, Draft, either, resolve
from nlu.values.english_spans import DURATION, in_minutes
from nlu.values.english_weekdays import WEEKDAY_STEPS, weeks_ahead
from nlu.values.english_words import MONTHS, canonical
from nlu.values.holiday import STRETCH, holiday, holiday_stretch, name_pattern

_HOLIDAY_ON: Final = re.compile(
    rf"\bthe ((?:{'|'.join(MONTHS)}) \d{{1,2}}(?:st|nd|rd|th)?)(?: (?:public |national )?holiday)?\b",
    re.IGNORECASE,
)
"""A day of a month with an article, as the day off that it is: "the March 1st holiday"."""


def read_date(words: str, now: datetime, zone: str) -> Reading:
    """Read the day that English words speak of.

    Args:
        words: cleaned text, a phrase or a whole sentence.
        now: the user's clock.
        zone: IANA zone, decides between holidays of one name.

    Returns:
        One day, candidates, or both ends of a range ("next week"); `no_such_day` for 30 February.
    """
    text = WEEK_BUT_ONE.sub("the week after next", canonical(_HOLIDAY_ON.sub(r"\1", words)))
    draft, today = Draft(_WEEK_SHARED.sub(r"\1 \4\2\3 \4", text)), now.date()
    draft.put(STRETCH, lambda match: bounds(*days) if (days := holiday_stretch(match, today, zone)) else None)
    draft.put(name_pattern(zone), lambda match: exact(holiday(match, today, zone)))
    for pattern, step in (*DAY_STEPS, *WEEKDAY_STEPS, *_STEPS, *MONTH_STEPS):
        draft.put(pattern, lambda match, step=step: step(match, draft, today))  # type: ignore[misc]
    if draft.found:
        return resolve(draft, span)
    if _NOW.fullmatch(draft.text):
        return Reading((today.isoformat(),))
    if match := _IN_HOURS.search(draft.text):
        minutes = in_minutes(match[0])
        return VAGUE if minutes is None else Reading((minutes_later(now, minutes).date().isoformat(),))
    if match := _BARE_DAY.fullmatch(draft.text):
        return day_of_month(int(match[1]), today) or UNREADABLE
    if match := _DOTTED_DAY.fullmatch(draft.text):
        return either_order(int(match[1]), int(match[2]), today.year)
    return VAGUE if _VAGUE_DAY.search(draft.text) else UNREADABLE


def _named_day(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    return exact(today + timedelta(_FROM_TODAY[match[1]]))


def _ahead(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    """In 3 days, in 2 weeks and 3 days."""
    number = count(match[1])
    if number is None:
        return VAGUE
    first = stepped(today, number, match[2])
    more = count(match[3]) if len(match.groups()) > 2 and match[3] else None
    return first if more is None or first.exact is None else stepped(date.fromisoformat(first.exact), more, match[4])


def _ago(match: re.Match[str], _draft: Draft, today: date) -> Reading | None:
    number = count(match[1])
    return VAGUE if number is None else stepped(today, -number, match[2])


def _within(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    number = count(match[1])
    end = UNREADABLE if number is None else stepped(today, number, match[2])
    return Reading(bounds=(today.isoformat(), end.exact)) if end.exact else VAGUE


def _from_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    """Two weeks from X, a day before X."""
    number = 1 if match[1] is None else count(match[1])
    anchor = draft.at(match[4])
    if number is None or not anchor.values:
        return anchor if number else VAGUE
    sign = -1 if match[3] == "before" else 1
    moved = [stepped(date.fromisoformat(value), sign * number, match[2]) for value in anchor.values]
    return moved[0] if len(moved) == 1 else replace(either(moved), ambiguity=anchor.ambiguity)


def _on_from_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    """Counting from today, three days on."""
    day, number = draft.at(match[1]).exact, count(match[2])
    return None if day is None or number is None else stepped(date.fromisoformat(day), number, match[3])


def _week_on_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    """Two weeks on Saturday, a week tomorrow, a fortnight today; "weeks" alone says no number."""
    number = count(match[1]) if match[1] else None if match[2].endswith("s") else 1
    days = UNIT_DAYS[match[2].rstrip("s")]
    return None if number is None else shifted(draft.at(match[3]), days * number)


def _mark_week(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    return shifted(draft.at(match[1]), 7)


def _day_after_refused(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    return shifted(draft.at(match[1]), 1 if match[2] == "after" else -1)


def _week(match: re.Match[str], _draft: Draft, today: date) -> Reading:
    """The days of a week that are to come; early in it means up to Wednesday, late in it from Thursday."""
    start = week_start(today) + timedelta(7 * weeks_ahead(match[0]))
    third = match["third"] or ""
    first = start + timedelta(3 if third.startswith(("end", "late")) else 1 if third.startswith("mid") else 0)
    last = start + timedelta(2 if third.startswith(("early", "beg", "start")) else 3 if third.startswith("mid") else 6)
    return bounds(max(first, today), last) if last >= today else VAGUE


def _until_mark(match: re.Match[str], draft: Draft, today: date) -> Reading | None:
    """By Friday, before the 20th: from today to that day or the day before it."""
    day = draft.at(match[2])
    if not day.values:
        return None
    last = date.fromisoformat(min(day.values)) - timedelta(match[1] == "before")
    return bounds(today, last) if last >= today else VAGUE


def _week_of_mark(match: re.Match[str], draft: Draft, _today: date) -> Reading | None:
    day = draft.at(match[1]).exact
    if day is None:
        return None
    start = week_start(date.fromisoformat(day))
    return bounds(start, start + timedelta(6))


_FROM_TODAY: Final = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_BARE_DAY: Final = re.compile(r"(?:on )?(?:the )?(?:day )?(\d{1,2})(?:st|nd|rd|th)?[.!?]*")

_IN_HOURS: Final = re.compile(rf"\bin (?:about |around )?{DURATION}(?! (?:later|earlier))|^{DURATION} from now\b")
WEEK_BUT_ONE: Final = re.compile(
    r"\bnot (?:the )?next week,?(?: (?:but|no|rather|it's|and))*,? the (?:week|one|1) after(?: (?:that|it|next))?\b"
)
"""The week after the next, told from the next one."""
_WEEK_SHARED: Final = re.compile(
    rf"\b{WEEKDAY}( or |, | and |/){WEEKDAY} ((?:the )?week after next|next week|this week)\b"
)
_NOW: Final = re.compile(r"(?:right )?now[.!]*")
_DOTTED_DAY: Final = re.compile(r"(?:on )?(?:the )?(\d{1,2})\. ?(\d{1,2})")
_VAGUE_DAY: Final = re.compile(
    r"\b(?:some ?day|some ?time|any ?(?:week)?day|weekdays?|weeknights?|any ?time|whenever|soon|(?:one|another|"
    r"(?:a )?different|a few|several) days?)\b"
)

_STEPS: Final[tuple[tuple[re.Pattern[str], Step], ...]] = tuple(
    (re.compile(pattern), step)
    for pattern, step in (
        (r"\bthe day (after) tomorrow\b|\bday (?:after) tomorrow\b", lambda m, d, t: exact(t + timedelta(2))),
        (r"\b(?:the )?day before yesterday\b", lambda m, d, t: exact(t - timedelta(2))),
        (r"\b(today|tonight|tomorrow|yesterday)(?:'s)?\b", _named_day),
        (r"\bthis (?:morning|afternoon|evening|lunch|lunchtime)\b", lambda m, d, t: exact(t)),
        (
            r"\b(?:the )?same (?:day|time) (?:of )?next week\b|\bnext week,? (?:on |at )?(?:the )?same (?:day|time)\b",
            lambda m, d, t: exact(t + timedelta(7)),
        ),
        (rf"\bwithin (?:the next )?{NUMBER} {UNITS}\b", _within),
        (
            rf"\b(?:the )?(?:{NUMBER} )?{UNITS} (?:(?:later|on|along) )?(?:counting )?(from|after|before|past|following)"
            rf" (?:the )?{MARK}",
            _from_mark,
        ),
        (rf"\b{MARK} (?:plus|\+) {NUMBER} {UNITS}\b", _on_from_mark),
        (
            rf"\b(?:counting )?from {MARK},? (?:it(?:'s| is| would be) )?{NUMBER} {UNITS} (?:on|later|along)\b",
            _on_from_mark,
        ),
        (
            rf"\b(?:in|after) (?:about |exactly |"
            rf"just )?{NUMBER} (?:more )?{UNITS}(?: and {NUMBER} {UNITS})?(?:' time|'s time|s' time| from now|"
            rf" time)?\b",
            _ahead,
        ),
        (
            rf"\b{NUMBER} {UNITS} (?:(?:(?:later|on|along) (?:counting )?)?from now|from today|hence|out|ahead|time)\b",
            _ahead,
        ),
        (rf"\b{NUMBER} {UNITS} ago\b", _ago),
        (rf"\b(?:(an?|\d{{1,2}}|a couple of) )?(weeks?|fortnights?) (?:on )?{MARK}", _week_on_mark),
        (rf"\b{MARK} week\b", _mark_week),
        (rf"\bnot {MARK},? ?(?:but )?(?:the )?day (after|before)(?: that)?\b", _day_after_refused),
        (
            r"\b(?:(?P<third>early|beginning of|start of|middle of|mid|late|later|end of)(?: in)?[ -])?(?:the )?"
            r"(?:week after next|(?:next|this|coming|following) week)\b",
            _week,
        ),
        (rf"\b(?:the )?week of (?:the )?{MARK}", _week_of_mark),
        (rf"(?<!the day )(?<!days )\b(by|before|no later than|until|till) {MARK}(?! week)", _until_mark),
        (
            rf"\b(?:after|any ?time after|later than|from|since|past) {MARK}(?= (?:on|onwards?)\b|(?! ?(?:to|-|"
            rf"until|till|through)))"
            rf"|\b{MARK} (?:or later|or after|onwards?)\b|\b(?:early|mid|late|beginning of|start of|"
            rf"middle of)(?: in)?-? ?{MONTH}\b",
            lambda match, draft, today: VAGUE,
        ),
    )
)
