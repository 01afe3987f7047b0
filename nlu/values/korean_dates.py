"""Dates in Korean words: `내일`, `다음 주 금요일`, `6월 12일`, `사흘 뒤`, `추석`, `이번 주말`.

Combines the mentions that `korean_date_rules` finds: corrections, alternatives, ranges, a weekday that repeats its date.
Knows the user's day; does not know opening days or the booking horizon, so past days are read too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz.distance import OSA

from nlu.types import Ambiguity, Moment, Reading
from nlu.values import korean_calendar as cal
from nlu.values import reasons
from nlu.values.elapsed import minutes_later
from nlu.values.korean_date_rules import date_rules
from nlu.values.korean_mentions import Mention, find, holding, is_range, narrowest
from nlu.values.korean_offsets import time_ahead
from nlu.values.korean_said import Said

_VAGUE = re.compile(
    r"아무\s?(?:날|때)|나중|언젠가|조만간|다음에|다른\s?(?:날|요일|때)|만\s?아니면|빼고|제외|연말|명절|휴일|빨간\s?날|평일|주중|연초|언제|며칠|몇\s?일"
)
_NOW = re.compile(r"(?<![가-힣])지금(?:\s|요|이요|바로|$)")
_SHIFT = re.compile(
    r"\s?(?:의\s?|에서\s?)?(?:그\s?)?(?:(?P<after>다음\s?날|이튿날|하루\s?뒤)|(?P<before>전날|하루\s?전))(?!\s?(?:로\s?미|미))"
)
_MISSPELT = re.compile(r"(?<![가-힣])[가-힣](?=요일|욜)")
_BESIDE = re.compile(r"[\s,(]*")
_NEAR = 12
"""How many characters may lie between a named week or month and the day that still belongs to it."""


def read_date(text: str, moment: Moment) -> Reading:
    """Read a date.

    Args:
        text: cleaned Korean words, a span or a whole sentence.
        moment: the user's now and zone; the day is taken in that zone.

    Returns:
        A day, candidates, a stretch of days, or a reason.
    """
    now = moment.now.astimezone(ZoneInfo(moment.zone))
    text = _MISSPELT.sub(_weekday_meant, text)
    mentions = _in_context(text, find(text, date_rules(now.date())), now.date())
    mentions = holding(text, _shifted(text, mentions))
    if mentions:
        return _combined(text, mentions)
    if _NOW.search(text):
        return cal.exact(now.date())
    ahead = time_ahead(text)
    if ahead is not None:
        return cal.exact(minutes_later(now, ahead).date())
    return Reading(reason=reasons.VAGUE if _VAGUE.search(text) else reasons.UNREADABLE)


def _weekday_meant(match: re.Match[str]) -> str:
    """The weekday that differs from a misspelt one in one letter: `굼요일` is 금요일; as it was where none or several do."""
    letters = unicodedata.normalize("NFD", match[0])
    near = [day for day in cal.WEEKDAYS if OSA.distance(unicodedata.normalize("NFD", day), letters) == 1]
    return near[0] if len(near) == 1 and match[0] not in cal.WEEKDAYS else match[0]


def _in_context(text: str, mentions: list[Mention[Said]], today: date) -> list[Mention[Said]]:
    """Let a day be of the week or month named shortly before it: `다음 주 금요일 말고 토요일`, `6월 12일이나 13일`."""
    done: list[Mention[Said]] = []
    named: Said | None = None
    end = 0
    for mention in mentions:
        said = mention.value
        near = named is not None and len(text[end : mention.start]) <= _NEAR
        if near and named is not None and named.week is not None and said.bare_days:
            days = [cal.monday(today, named.week) + timedelta(days=day) for day in said.bare_days]
            said = replace(said, reading=cal.candidates(days, Ambiguity.CHOICE))
        elif near and named is not None and named.month_of is not None and said.bare_number is not None:
            month = named.month_of
            said = replace(said, reading=cal.month_day(month.year, month.month, said.bare_number))
        else:
            named = said
        end = mention.end
        done.append(replace(mention, value=said))
    return done


def _shifted(text: str, mentions: list[Mention[Said]]) -> list[Mention[Said]]:
    """Move a day that `다음 날` or `전날` follows: `토요일 다음 날`. A change that was said by itself is no mention."""
    done: list[Mention[Said]] = []
    for mention in mentions:
        shift = _SHIFT.match(text, mention.end)
        day = mention.value.reading.exact
        if done and mention.start < done[-1].end:
            continue
        if shift and day:
            moved = date.fromisoformat(day) + timedelta(days=1 if shift["after"] else -1)
            mention = Mention(mention.start, shift.end(), Said(cal.exact(moved)))
        done.append(mention)
    return done


def _combined(text: str, mentions: list[Mention[Said]]) -> Reading:
    first = mentions[0].value.reading
    if len(mentions) == 1:
        return first
    if len(mentions) == 2:
        pair = _paired(text, mentions[0], mentions[1])
        if pair is not None:
            return pair
    readable = [mention.value.reading for mention in mentions if mention.value.reading.values]
    if not readable:
        return first
    narrowed = narrowest([reading.values for reading in readable])
    values = narrowed or tuple(dict.fromkeys(value for reading in readable for value in reading.values))
    return Reading(values=values, ambiguity=Ambiguity.CHOICE if len(values) > 1 else Ambiguity.NONE)


def _paired(text: str, first: Mention[Said], second: Mention[Said]) -> Reading | None:
    """Two days as the ends of a range, or a date with its weekday (which may not be its weekday: then either)."""
    start, end = first.value.reading.exact, second.value.reading.exact
    if start is None or end is None:
        return None
    days = date.fromisoformat(start), date.fromisoformat(end)
    if is_range(text, first, second):
        last = days[1] + timedelta(days=7) if days[1] < days[0] and second.value.bare_days else days[1]
        return cal.between(min(days[0], last), max(days[0], last))
    for day, other in ((days[0], second.value), (days[1], first.value)):
        if len(other.bare_days) == 1 and _BESIDE.fullmatch(text[first.end : second.start]):
            weekday = other.bare_days[0]
            return cal.candidates([day, cal.nearest(day, weekday)], Ambiguity.UNSURE)
    return None
