"""The patterns of Korean dates and what each one means.

One pattern per way of saying a day: `다음 주 금요일`, `6월 12일`, `사흘 뒤`, `이달 마지막 토요일`, `추석 다음 날`. Knows how
days are written; how several of them combine is the business of `korean_dates`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values import korean_calendar as cal
from nlu.values.korean_endings import PARTICLE_AHEAD, stands_alone
from nlu.values.korean_holidays import holiday_pattern, read_holiday
from nlu.values.korean_mentions import Rule
from nlu.values.korean_month_rules import MONTH_READERS, NUMBER_READERS
from nlu.values.korean_numerals import NATIVE, SINO, to_number
from nlu.values.korean_said import FREE, Reader, Said

_DAY: Final = r"[월화수목금토일](?:요일|욜)날?"
_OR: Final = r"\s*(?:이나|나|이랑|랑|하고|또는|혹은|아니면|아님|이거나|거나|와|과|이|[,/·])?\s*"
_DAYS: Final = rf"(?P<days>{_DAY}(?:{_OR}{_DAY}){{0,4}})"
_WEEKS: Final = {
    "이번": 0, "요번": 0, "금": 0, "다음": 1, "담": 1, "차": 1, "내": 1, "돌아오는": 1, "다다음": 2, "다담": 2,
    "다음다음": 2, "담담": 2, "지난": -1, "저번": -1, "지지난": -2, "저저번": -2,
}  # fmt: skip
_WEEK: Final = "(?P<week>" + "|".join(sorted(_WEEKS, key=len, reverse=True)) + ")"
_RELATIVE_DAYS: Final = {
    "오늘": 0, "금일": 0, "당일": 0, "내일": 1, "낼": 1, "명일": 1, "익일": 1, "모레": 2, "모래": 2, "내일모레": 2,
    "낼모레": 2, "내일모래": 2, "낼모래": 2, "글피": 3, "그글피": 4, "어제": -1, "어저께": -1, "그제": -2,
    "그저께": -2, "엊그제": -2, "엊그저께": -2, "그끄제": -3, "그끄저께": -3,
}  # fmt: skip
_TERMS: Final = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9,
    "열흘": 10, "열하루": 11, "열이틀": 12, "열사흘": 13, "열나흘": 14, "보름": 15, "스무날": 20, "일주일": 7, "한주": 7,
}  # fmt: skip
_EITHER_TERM: Final = {
    "하루이틀": (1, 2), "하루 이틀": (1, 2), "이삼일": (2, 3), "이삼 일": (2, 3), "사나흘": (3, 4), "삼사일": (3, 4),
    "삼사 일": (3, 4), "사오일": (4, 5), "네댓새": (4, 5), "대엿새": (5, 6), "예니레": (6, 7),
}  # fmt: skip
_AFTER: Final = r"(?P<way>뒤|후|있다가?|지나서|지나고|이따가?|전|안에|안으로|이내)"


def _weekday_numbers(text: str) -> list[int]:
    return [cal.WEEKDAYS.index(found) for found in re.findall(r"([월화수목금토일])(?:요일|욜)", text)]


def _week(match: re.Match[str], today: date) -> Said:
    before = match.string[: match.start()].rstrip()
    weeks = _WEEKS[match["week"]] + (before.endswith("그") and "다음" in before)
    first = cal.monday(today, weeks)
    if match["same"]:
        return Said(cal.exact(first + timedelta(days=today.weekday())), week=weeks)
    if match["days"]:
        numbers = _weekday_numbers(match["days"])
        days = [first + timedelta(days=number) for number in numbers]
        return Said(cal.candidates(days, Ambiguity.CHOICE), week=weeks)
    if match["letter"]:
        return Said(cal.exact(first + timedelta(days=cal.WEEKDAYS.index(match["letter"]))), week=weeks)
    if match["part"]:
        return Said(_weekend(first if match["week"] != "돌아오는" else cal.monday(today, 0), today), week=weeks)
    if match["third"]:
        ends = (0, 2) if match["third"] == "초" else (3, 6)
        return Said(cal.from_today(first + timedelta(days=ends[0]), first + timedelta(days=ends[1]), today))
    return Said(cal.from_today(first, first + timedelta(days=6), today), week=weeks)


def _weekend(first: date, today: date) -> Reading:
    saturday, sunday = first + timedelta(days=5), first + timedelta(days=6)
    return cal.candidates([day for day in (saturday, sunday) if day >= today or sunday < today], Ambiguity.CHOICE)


def _this_weekend(match: re.Match[str], today: date) -> Said:
    weeks = _WEEKS.get(match["which"] or "이번", 0) if match["which"] not in ("돌아오는", "오는") else 0
    return Said(_weekend(cal.monday(today, weeks), today), week=weeks)


def _weekday(match: re.Match[str], today: date) -> Said:
    numbers = _weekday_numbers(match["days"])
    which = match["which"]
    if which in ("다음", "담"):
        days = [
            day
            for number in numbers
            for day in (cal.coming(today, number, strictly=True), cal.monday(today, 1) + timedelta(days=number))
        ]
        return Said(cal.candidates(days, Ambiguity.WEEK))
    if which in ("지난", "저번"):
        last = [cal.coming(today, number) - timedelta(days=7) for number in numbers]
        return Said(cal.candidates(last, Ambiguity.CHOICE))
    strictly = which in ("오는", "돌아오는", "다가오는")
    days = [cal.coming(today, number, strictly=strictly) for number in numbers]
    return Said(cal.candidates(days, Ambiguity.CHOICE), bare_days=() if which else tuple(numbers))


def _short_weekdays(match: re.Match[str], today: date) -> Said | None:
    numbers = [cal.WEEKDAYS.index(char) for char in match["short"] if char in cal.WEEKDAYS]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    loose = len(numbers) > 2 or len(match["short"]) > len(numbers)
    if any(step < 1 or (step > 1 and not loose) for step in steps):
        return None
    weeks = match["week"]
    first = cal.monday(today, _WEEKS[weeks]) if weeks else None
    days = [first + timedelta(days=n) if first else cal.coming(today, n) for n in numbers]
    return Said(cal.candidates(days, Ambiguity.CHOICE))


def _relative(match: re.Match[str], today: date) -> Said:
    return Said(cal.add_days(today, _RELATIVE_DAYS[re.sub(r"\s", "", match["day"])]))


def _ahead(match: re.Match[str], today: date) -> Said | None:
    anchor = today + timedelta(days=_RELATIVE_DAYS.get(match["anchor"] or "오늘", 0))
    sign = -1 if match["way"] == "전" else 1
    term = match["term"]
    amount = _TERMS[term.replace(" ", "")] if term else to_number(match["count"])
    if amount is None:
        return None
    unit = "일" if term else match["unit"]
    if unit in ("달", "개월", "년"):
        return Said(cal.add_months(anchor, sign * amount * (12 if unit == "년" else 1)))
    weekly = unit.startswith("주") or (term or "").startswith(("일주", "한"))
    days = amount * (7 if unit.startswith("주") else 1)
    if match["wday"] and weekly:
        first = cal.monday(anchor, sign * days // 7)
        return Said(cal.exact(first + timedelta(days=cal.WEEKDAYS.index(match["wday"]))))
    reading = cal.add_days(anchor, sign * days)
    if match["way"] in ("안에", "안으로", "이내") and reading.exact:
        return Said(cal.between(anchor, date.fromisoformat(reading.exact)))
    return Said(reading)


def _from_now_on(match: re.Match[str], today: date) -> Said | None:
    """The next two days, from tomorrow."""
    number = _TERMS[match["term"]] if match["term"] else to_number(match["count"])
    if not number:
        return None
    last = cal.add_days(today, number * (7 if (match["unit"] or "").startswith("주") else 1)).exact
    return Said(cal.between(today + timedelta(days=1), date.fromisoformat(last))) if last else None


def _letter(match: re.Match[str], today: date) -> Said | None:
    """A weekday by its first syllable, where that is the whole answer: `금이요`."""
    if not stands_alone(match.string, match.start(), match.end()):
        return None
    number = cal.WEEKDAYS.index(match["letter"])
    return Said(cal.exact(cal.coming(today, number)), bare_days=(number,))


def _one_of_two_ahead(match: re.Match[str], today: date) -> Said:
    days = [today + timedelta(days=number) for number in _EITHER_TERM[match["term"]]]
    return Said(cal.candidates(days, Ambiguity.CHOICE))


def _bare_term(match: re.Match[str], today: date) -> Said | None:
    if not stands_alone(match.string, match.start(), match.end()):
        return None
    return Said(cal.add_days(today, _TERMS[match["term"]]))


_BEFORE_WEEKDAY: Final = r"(?:(?P<which>이번|요번|다음|담|지난|저번|오는|돌아오는|다가오는)\s?)?"
_IN_WEEK = re.compile(
    rf"{_WEEK}\s?(?:주|쥬)(?!일|간|차|년|문|소|인|말고|택)\s?(?:의\s?|에\s?|중\s?)?(?:{_DAYS}|(?P<part>주?말(?!고))|(?P<third>초|후반)|(?P<letter>[월화수목금토일])(?=$|[^가-힣]|이?요|에|로)|(?P<same>오늘|이\s?(?:시간|때|맘때)|같은\s?(?:요일|날|시간)))?"
)
_WEEKEND = re.compile(r"(?:(?P<which>이번|요번|다음|담|다다음|다담|지난|저번|돌아오는|오는)\s?)?주말(?!고)")
_WEEKDAY = re.compile(rf"{_BEFORE_WEEKDAY}{_DAYS}")
_SHORT_WEEKDAYS = re.compile(
    rf"(?:{FREE}|(?<=주\s)|(?<=주))(?:{_WEEK}\s?주\s?)?(?P<short>[월화수목금토일](?:\s?[,/·]?\s?[월화수목금토일]){{1,3}})"
    r"(?=$|[^가-힣]|이?요|중|에|예약|욜)"
)
_RELATIVE = re.compile(
    r"(?P<day>내일\s?모레|낼\s?모레|내일\s?모래|낼\s?모래|그글피|글피|모레|내일|오늘(?!의)|금일|명일|익일|어저께|어제"
    r"|엊그저께|엊그제|그끄저께|그끄제|그저께|그제(?!서|야))"
)
_RELATIVE_WEAK = re.compile(rf"{FREE}(?P<day>낼|모래|당일){PARTICLE_AHEAD}")
_AHEAD = re.compile(
    r"(?:(?P<anchor>오늘|내일|모레|어제|지금)\s?(?:으로)?(?:로)?(?:부터|에서|기준)?\s?(?:딱\s|정확히\s)?)?"
    rf"(?:(?P<term>{'|'.join(_TERMS)}|한\s주)|(?P<count>\d{{1,4}}|{NATIVE}|{SINO})\s?(?P<unit>일|주일|주|달|개월|년))"
    rf"\s?(?:정도|쯤)?\s?{_AFTER}(?!\s?로(?:\s|요|$))(?:\s?(?P<wday>[월화수목금토일])(?:요일|욜)|\s?오늘)?"
)
_ONE_OF_TWO_AHEAD = re.compile(
    rf"(?P<term>{'|'.join(_EITHER_TERM)})\s?(?:정도|쯤)?\s?(?:뒤|후|있다가?)(?!\s?로(?:\s|요|$))"
)
_FROM_NOW_ON = re.compile(
    rf"앞으로\s?(?:(?P<term>{'|'.join(_TERMS)})|(?P<count>\d{{1,3}}|{NATIVE}|{SINO})\s?(?P<unit>일|주일|주))\s?(?:간|동안|안에|이내|내에?)"
)
_LETTER = re.compile(rf"{FREE}(?P<letter>[월화수목금토])(?:(?<!수)(?=$|[^가-힣]|에|로)|(?=이?[요욤용]))")
"""`수` by itself is a word of its own (`할 수 있어요`)."""
_BARE_TERM = re.compile(rf"{FREE}(?P<term>{'|'.join(word for word in _TERMS if word != '하루')})")


def date_rules(today: date) -> tuple[Rule[Said], ...]:
    """Every way of naming a day, seen from `today`; of two that start together the longer wins, then the earlier."""
    readers: tuple[tuple[re.Pattern[str], Reader], ...] = (
        *MONTH_READERS,
        (_IN_WEEK, _week),
        (_WEEKEND, _this_weekend),
        (_WEEKDAY, _weekday),
        (_SHORT_WEEKDAYS, _short_weekdays),
        (_RELATIVE, _relative),
        (_RELATIVE_WEAK, _relative),
        (_AHEAD, _ahead),
        (_ONE_OF_TWO_AHEAD, _one_of_two_ahead),
        (_FROM_NOW_ON, _from_now_on),
        (_BARE_TERM, _bare_term),
        (_LETTER, _letter),
        *NUMBER_READERS,
        (holiday_pattern(), read_holiday),
    )
    return tuple(Rule(pattern, _seen_from(today, reader)) for pattern, reader in readers)


def _seen_from(today: date, reader: Reader) -> Callable[[re.Match[str]], Said | None]:
    return lambda match: reader(match, today)
