"""The patterns of Korean dates and what each one means.

One pattern per way of saying a day: `다음 주 금요일`, `6월 12일`, `사흘 뒤`, `이달 마지막 토요일`, `추석 다음 날`. Knows how
days are written; how several of them combine is the business of `korean_dates`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values import korean_calendar as cal
from nlu.values import reasons
from nlu.values.korean_endings import PARTICLE_AHEAD, stands_alone
from nlu.values.korean_mentions import Rule
from nlu.values.korean_numerals import NATIVE, SINO, to_number

_FREE: Final = r"(?<![가-힣])"
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
_MONTHS: Final = {
    "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "유": 6, "육": 6, "칠": 7, "팔": 8, "구": 9, "시": 10, "십": 10,
    "십일": 11, "십이": 12,
}  # fmt: skip
_MONTH: Final = r"(?:(?<!\d)\d{1,2}|(?<![가-힣])(?:십일|십이|[일이삼사오유육칠팔구시십]))"
_NTH: Final = {
    "첫": "첫째", "둘": "둘째", "두": "둘째", "셋": "셋째", "세": "셋째", "넷": "넷째", "네": "넷째",
    "다섯": "다섯째", "마지막": "마지막", "1": "첫째", "2": "둘째", "3": "셋째", "4": "넷째", "5": "다섯째",
}  # fmt: skip
_UNIT_BEHIND: Final = r"(?!\s*(?:시|명|분|인|사람|개|층|번|원|년|월|주|%))"


@dataclass(frozen=True, slots=True)
class Said:
    """What one mention of a day means, and what it lends to the next one or borrows from the last.

    A named `week` (offset from this one) or month (`month_of`) holds for the weekday or the bare day number that
    follows it: `다음 주 금요일이나 토요일`, `6월 12일이나 13일`. `bare_days` (0 is Monday) and `bare_number` (1..31) borrow.
    """

    reading: Reading
    week: int | None = None
    month_of: date | None = None
    bare_days: tuple[int, ...] = ()
    bare_number: int | None = None


def _weekday_numbers(text: str) -> list[int]:
    return [cal.WEEKDAYS.index(found) for found in re.findall(r"([월화수목금토일])(?:요일|욜)", text)]


def _full(match: re.Match[str], today: date) -> Said:
    year = int(match["year"])
    return Said(cal.month_day(year if year > 99 else 2000 + year, int(match["month"]), int(match["day"])))


def _month_number(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text]


def _year(match: re.Match[str], today: date) -> int:
    shift = {"내년": 1, "작년": -1, "지난해": -1, "내후년": 2}
    spelt = re.fullmatch(rf"이천({SINO})\s?년", match["year"] or "")
    if spelt:
        return 2000 + (to_number(spelt[1]) or 0)
    return today.year + shift.get(match["year"] or "", 0)


def _month_and_day(match: re.Match[str], today: date) -> Said:
    month, day = _month_number(match["month"]), to_number(match["day"])
    reading = cal.month_day(_year(match, today), month, -1 if day is None else day)
    return Said(reading, month_of=date.fromisoformat(reading.exact) if reading.exact else None)


def _numeric(match: re.Match[str], today: date) -> Said | None:
    if match["sep"] == "-" and match.group().endswith("일"):
        return None
    return Said(cal.month_day(today.year, int(match["month"]), int(match["day"])))


def _part_of_month(match: re.Match[str], today: date) -> Said | None:
    head = _month_word(match["month"])
    if head.endswith("월") and not 1 <= int(head[:-1]) <= 12:
        return Said(Reading(reason=reasons.NO_SUCH_DAY))
    part = re.sub(r"\s", "", match["part"] or "")
    if part.endswith("일") and to_number(part[:-1]) is not None and part != "말일":
        part = f"{to_number(part[:-1])}일"
    phrase = f"{head} {'말일' if part == '말' else part}".strip()
    return _asked(phrase, today, roll=False)


def _month_word(text: str) -> str:
    compact = re.sub(r"\s", "", text)
    if compact.endswith("월"):
        return f"{_month_number(compact[:-1])}월"
    return compact.replace("담달", "다음달").replace("요번", "이번").replace("담", "다음").replace("달", " 달")


def _asked(phrase: str, today: date, *, roll: bool) -> Said | None:
    reading = cal.ask_library(phrase, today, roll=roll)
    if reading is None:
        return None if "일" not in phrase else Said(Reading(reason=reasons.NO_SUCH_DAY))
    return Said(reading)


def _nth_weekday(match: re.Match[str], today: date) -> Said | None:
    month = match["month"]
    target = match["target"]
    head = f"{_month_word(month)} " if month else ""
    day = "주말" if "말" in target else f"{target[0]}요일"
    phrase = f"{head}{_NTH[match['edge'] or match['nth']]} {day}"
    reading = cal.ask_library(phrase, today, roll=month is None)
    return None if reading is None else Said(_days_of(reading))


def _days_of(reading: Reading) -> Reading:
    """A stretch of a few days as candidates: a weekend is Saturday or Sunday."""
    if reading.bounds is None:
        return reading
    first, last = (date.fromisoformat(end) for end in reading.bounds)
    return cal.candidates([first + timedelta(days=n) for n in range((last - first).days + 1)], Ambiguity.CHOICE)


def _week(match: re.Match[str], today: date) -> Said:
    weeks = _WEEKS[match["week"]]
    first = cal.monday(today, weeks)
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


def _one_of_two_ahead(match: re.Match[str], today: date) -> Said:
    days = [today + timedelta(days=number) for number in _EITHER_TERM[match["term"]]]
    return Said(cal.candidates(days, Ambiguity.CHOICE))


def _bare_term(match: re.Match[str], today: date) -> Said | None:
    if not stands_alone(match.string, match.start(), match.end()):
        return None
    return Said(cal.add_days(today, _TERMS[match["term"]]))


def _day_number(match: re.Match[str], today: date) -> Said | None:
    digits = match["day"]
    number = to_number(digits)
    alone = stands_alone(match.string, match.start(), match.end())
    if number is None or (len(digits) == 1 and not digits.isdigit() and not alone):
        return None
    return Said(cal.day_of_month(today, number), bare_number=number)


def _bare_number(match: re.Match[str], today: date) -> Said | None:
    number = int(match["bare"])
    if not 1 <= number <= 31 or not stands_alone(match.string, match.start(), match.end()):
        return None
    return Said(cal.day_of_month(today, number), bare_number=number)


def _holiday(match: re.Match[str], today: date) -> Said | None:
    name = _holiday_table()[re.sub(r"\s", "", match["name"])]
    year, shift = match["year"] or "", match["shift"]
    phrase = f"{year} {name}".strip()
    if shift:
        phrase += " 다음날" if "다음" in shift or "이튿" in shift else " 전날"
    reading = cal.ask_library(phrase, today, roll=not year)
    return None if reading is None else Said(reading)


def _end_of_month(match: re.Match[str], today: date) -> Said | None:
    return _asked(match["part"].replace("월말", "말일"), today, roll=True)


@lru_cache(maxsize=1)
def _holiday_table() -> dict[str, str]:
    table = {name.replace(" ", ""): name for name in cal.holiday_names()}
    aliases = {
        "설": "설날", "구정": "설날", "크리스마스이브": "크리스마스 이브", "크리스마스": "크리스마스",
        "성탄": "크리스마스", "추석날": "추석", "석탄일": "석가탄신일", "새해": "신정",
        "발렌타인": "발렌타인데이", "노동자의날": "근로자의 날", "삼일절": "삼일절", "제야의날": "제야",
    }  # fmt: skip
    return {**aliases, **table}


_NTH_PATTERN: Final = (
    r"(?:(?P<edge>첫|마지막)(?:\s?번)?(?:\s?째)?"
    r"|(?P<nth>둘|두|셋|세|넷|네|다섯|[1-5])(?:\s?(?:번\s?)?[째쩨]|(?=\s?주차)))"
)
_RELATIVE_MONTH: Final = r"(?:이번|요번|다음|담|다다음|지난|저번|이)\s?달"
_SINO_DAY: Final = rf"(?:\d{{1,2}}|{SINO})"
_BEFORE_WEEKDAY: Final = r"(?:(?P<which>이번|요번|다음|담|지난|저번|오는|돌아오는|다가오는)\s?)?"

_FULL = re.compile(
    r"(?<![\d.])(?P<year>\d{4}|(?<!\d)\d{2}(?=\s?[년.]))\s?[-./년]\s?(?P<month>\d{1,2})\s?[-./월]\s?(?P<day>\d{1,2})(?!\d)"
    r"\.?\s?일?"
)
_EIGHT_DIGITS = re.compile(r"(?<!\d)(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_MONTH_AND_DAY = re.compile(
    rf"(?:(?P<year>올해|금년|내년|작년|지난해|내후년|이천{SINO}\s?년)\s?)?(?P<month>{_MONTH})\s?월\s?(?:달\s?)?(?P<day>{_SINO_DAY})"
    rf"(?:\s?일(?!\s?(?:간|동안|뒤|후))|{_UNIT_BEHIND}(?!\d)(?![가-힣]))"
)
_NUMERIC = re.compile(
    rf"(?<![\d./:-])(?P<month>\d{{1,2}})\s?(?P<sep>[./-])\s?(?P<day>\d{{1,2}})(?![\d/:-]|\.\d){_UNIT_BEHIND}(?:\s?일)?"
)
_PART_OF_MONTH = re.compile(
    rf"(?P<month>{_MONTH}\s?월|{_RELATIVE_MONTH})\s?(?:의\s?)?"
    rf"(?P<part>말일|초순|중순|하순|말(?!고)|초|마지막\s?날|첫\s?날|{_SINO_DAY}\s?일)?"
)
_END_OF_MONTH = re.compile(rf"{_FREE}(?P<part>말일|월말|월초|월중){PARTICLE_AHEAD}")
_NTH_WEEKDAY = re.compile(
    rf"(?:(?P<month>{_MONTH}\s?월|{_RELATIVE_MONTH})\s?(?:의\s?)?)?{_NTH_PATTERN}\s?(?:주차?\s?)?"
    r"(?P<target>[월화수목금토일](?:요일|욜)|주말)"
)
_IN_WEEK = re.compile(
    rf"{_WEEK}\s?(?:주|쥬)(?!일|간|차|년|문|소|인|말고|택)\s?(?:의\s?|에\s?|중\s?)?(?:{_DAYS}|(?P<part>주?말(?!고))|(?P<third>초|후반)|(?P<letter>[월화수목금토일])(?=$|[^가-힣]|이?요|에|로))?"
)
_WEEKEND = re.compile(r"(?:(?P<which>이번|요번|다음|담|다다음|다담|지난|저번|돌아오는|오는)\s?)?주말(?!고)")
_WEEKDAY = re.compile(rf"{_BEFORE_WEEKDAY}{_DAYS}")
_SHORT_WEEKDAYS = re.compile(
    rf"(?:{_FREE}|(?<=주\s)|(?<=주))(?:{_WEEK}\s?주\s?)?(?P<short>[월화수목금토일](?:\s?[,/·]?\s?[월화수목금토일]){{1,3}})"
    r"(?=$|[^가-힣]|이?요|중|에|예약|욜)"
)
_RELATIVE = re.compile(
    r"(?P<day>내일\s?모레|낼\s?모레|내일\s?모래|낼\s?모래|그글피|글피|모레|내일|오늘(?!의)|금일|명일|익일|어저께|어제"
    r"|엊그저께|엊그제|그끄저께|그끄제|그저께|그제(?!서|야))"
)
_RELATIVE_WEAK = re.compile(rf"{_FREE}(?P<day>낼|모래|당일){PARTICLE_AHEAD}")
_AHEAD = re.compile(
    r"(?:(?P<anchor>오늘|내일|모레|어제|지금)\s?(?:으로)?(?:로)?(?:부터|에서|기준)?\s?)?"
    rf"(?:(?P<term>{'|'.join(_TERMS)}|한\s주)|(?P<count>\d{{1,4}}|{NATIVE}|{SINO})\s?(?P<unit>일|주일|주|달|개월|년))"
    rf"\s?(?:정도|쯤)?\s?{_AFTER}(?!\s?로(?:\s|요|$))(?:\s?(?P<wday>[월화수목금토일])(?:요일|욜)|\s?오늘)?"
)
_ONE_OF_TWO_AHEAD = re.compile(
    rf"(?P<term>{'|'.join(_EITHER_TERM)})\s?(?:정도|쯤)?\s?(?:뒤|후|있다가?)(?!\s?로(?:\s|요|$))"
)
_BARE_TERM = re.compile(rf"{_FREE}(?P<term>{'|'.join(word for word in _TERMS if word != '하루')})")
_DAY_NUMBER = re.compile(
    rf"(?:(?<!\d)(?=\d)|{_FREE}(?!\d))(?P<day>\d{{1,2}}|{SINO})\s?일"
    rf"(?!\s?(?:간|동안|째|뒤|후|전|치|행|식|주|박|권|본)){PARTICLE_AHEAD}"
)


_LISTED_NUMBER = re.compile(r"(?<![\d./:~-])(?P<day>\d{1,2})(?=\s?[,~∼〜–-]\s?\d{1,2}\s?일(?!\s?(?:간|동안|뒤|후)))")
_BARE_NUMBER = re.compile(r"(?<![\d.:/-])(?P<bare>\d{1,2})(?![\d.:/-])")


@lru_cache(maxsize=1)
def _holiday_pattern() -> re.Pattern[str]:
    names = sorted(_holiday_table(), key=len, reverse=True)
    return re.compile(
        rf"{_FREE}(?:(?P<year>올해|내년|작년)\s?|이번\s?|다음\s?|다가오는\s?|오는\s?)?(?P<name>{'|'.join(map(_spaced, names))})"
        rf"(?:\s?(?P<shift>다음\s?날|이튿날|전날))?(?:날|\s?당일)?{PARTICLE_AHEAD}"
    )


def _spaced(name: str) -> str:
    """A holiday's name with blanks where the official name has them, optional each."""
    official = _holiday_table()[name]
    return r"\s?".join(map(re.escape, official.split(" "))) if official.replace(" ", "") == name else re.escape(name)


_Reader = Callable[[re.Match[str], date], Said | None]


def date_rules(today: date) -> tuple[Rule[Said], ...]:
    """Every way of naming a day, seen from `today`; of two that start together the longer wins, then the earlier."""
    readers: tuple[tuple[re.Pattern[str], _Reader], ...] = (
        (_FULL, _full),
        (_EIGHT_DIGITS, _full),
        (_MONTH_AND_DAY, _month_and_day),
        (_NUMERIC, _numeric),
        (_PART_OF_MONTH, _part_of_month),
        (_END_OF_MONTH, _end_of_month),
        (_NTH_WEEKDAY, _nth_weekday),
        (_IN_WEEK, _week),
        (_WEEKEND, _this_weekend),
        (_WEEKDAY, _weekday),
        (_SHORT_WEEKDAYS, _short_weekdays),
        (_RELATIVE, _relative),
        (_RELATIVE_WEAK, _relative),
        (_AHEAD, _ahead),
        (_ONE_OF_TWO_AHEAD, _one_of_two_ahead),
        (_BARE_TERM, _bare_term),
        (_DAY_NUMBER, _day_number),
        (_LISTED_NUMBER, _day_number),
        (_BARE_NUMBER, _bare_number),
        (_holiday_pattern(), _holiday),
    )
    return tuple(Rule(pattern, _seen_from(today, reader)) for pattern, reader in readers)


def _seen_from(today: date, reader: _Reader) -> Callable[[re.Match[str]], Said | None]:
    return lambda match: reader(match, today)
