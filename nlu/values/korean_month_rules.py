"""Korean days of a month and what each way of naming one means: `6월 12일`, `12.24`, `이달 마지막 토요일`, `20일`.

Knows how months and their days are written; not weeks, relative days or holidays.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values import korean_calendar as cal
from nlu.values import reasons
from nlu.values.korean_endings import PARTICLE_AHEAD, stands_alone
from nlu.values.korean_numerals import SINO, to_number
from nlu.values.korean_said import FREE, Reader, Said

_MONTHS: Final = {
    "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "유": 6, "육": 6, "칠": 7, "팔": 8, "구": 9, "시": 10, "십": 10,
    "십일": 11, "십이": 12,
}  # fmt: skip
_MONTH: Final = r"(?:(?<!\d)\d{1,2}|(?<![가-힣])(?:십일|십이|[일이삼사오유육칠팔구시십]))"
_NTH: Final = {
    "첫": "첫째", "둘": "둘째", "두": "둘째", "셋": "셋째", "세": "셋째", "넷": "넷째", "네": "넷째",
    "다섯": "다섯째", "마지막": "마지막", "1": "첫째", "2": "둘째", "3": "셋째", "4": "넷째", "5": "다섯째",
}  # fmt: skip
_YEARS: Final = {"내년": 1, "다음해": 1, "담해": 1, "이듬해": 1, "작년": -1, "지난해": -1, "내후년": 2}
_YEAR: Final = rf"(?P<year>올\s?해|금년|내년|다음\s?해|담\s?해|이듬해|작년|지난해|내후년|\d{{4}}\s?년|이천{SINO}\s?년)"
_COUNTED_DAYS: Final = ("하루", "이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레")
_THE_DAYS: Final = ("하룻날", "이튿날", "사흗날", "나흗날", "닷샛날", "엿샛날", "이렛날", "여드렛날", "아흐렛날")
_TENTHS: Final = {"초": 0, "열": 10, "스무": 20}
_NATIVE_DAYS: Final = {
    **{f"{tens}{word}": shift + day for tens, shift in _TENTHS.items() for words in (_COUNTED_DAYS, _THE_DAYS)
       for day, word in enumerate(words, start=1)},
    "초열흘": 10, "열흘날": 10, "보름날": 15, "스무날": 20,
}  # fmt: skip
"""Days of a month by their own names: `초사흘`, `열이레`, `스무하루`, `스무하룻날`."""
_NATIVE_IN_MONTH: Final = {
    **_NATIVE_DAYS, **{word: day for day, word in enumerate(_COUNTED_DAYS, start=1) if day > 2}, "열흘": 10, "보름": 15,
    **{word: day for day, word in enumerate(_THE_DAYS, start=1) if day != 2},
}  # fmt: skip
"""The same behind a month, where a short word is a day as well: `이달 보름`; `이튿날` is the day after."""
_MONTHS_AHEAD: Final = {"다음 달": 1, "다다음 달": 2, "지난 달": -1, "저번 달": -1}
_UNIT_BEHIND: Final = r"(?!\s*(?:시|명|분|인|사람|개|층|번|원|년|월|주|%))"


def _words(table: dict[str, int]) -> str:
    return "|".join(
        rf"{word[:2]}\s?{word[2:]}" if word.startswith("스무") else word
        for word in sorted(table, key=len, reverse=True)
    )


def _full(match: re.Match[str], today: date) -> Said:
    year = int(match["year"])
    return _lending(cal.month_day(year if year > 99 else 2000 + year, int(match["month"]), int(match["day"])))


def _lending(reading: Reading) -> Said:
    """A day whose month holds for the number that follows it: `다음 달 4일부터 23일까지`."""
    return Said(reading, month_of=date.fromisoformat(reading.exact) if reading.exact else None)


def _month_number(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text]


def _year(match: re.Match[str], today: date) -> int:
    said = re.sub(r"\s", "", match["year"] or match.groupdict().get("year_after") or "")
    if spelt := re.fullmatch(rf"이천({SINO})년", said):
        return 2000 + (to_number(spelt[1]) or 0)
    if written := re.fullmatch(r"(\d{4})년", said):
        return int(written[1])
    return today.year + _YEARS.get(said, 0)


def _month_and_day(match: re.Match[str], today: date) -> Said:
    said = match["day"]
    if re.search(r"[^일]일$", said) and not match.string.startswith("일", match.end("day")):
        said = said[:-1]  # the last syllable of `유월 이십일` is the counter, not a one
    month, day = _month_number(match["month"]), to_number(said)
    return _lending(cal.month_day(_year(match, today), month, -1 if day is None else day))


def _native_in_month(match: re.Match[str], today: date) -> Said | None:
    """A day by its own name behind its month: `이달 스무날`, `유월 초사흘`."""
    head = _month_word(match["month"])
    if head.endswith("월") and not 1 <= int(head[:-1]) <= 12:
        return Said(Reading(reason=reasons.NO_SUCH_DAY))
    year = f"{_year(match, today)}년 " if match["year"] and head.endswith("월") else ""
    day = _NATIVE_IN_MONTH[match["name"].replace(" ", "")]
    said = _asked(f"{year}{head} {day}일", today, roll=False)
    return _lending(said.reading) if said else None


def _native_day(match: re.Match[str], today: date) -> Said:
    day = _NATIVE_DAYS[match["name"].replace(" ", "")]
    return Said(cal.day_of_month(today, day), bare_number=day)


def _numeric(match: re.Match[str], today: date) -> Said | None:
    if match["sep"] == "-" and match.group().endswith("일"):
        return None
    return Said(cal.month_day(today.year, int(match["month"]), int(match["day"])))


def _part_of_month(match: re.Match[str], today: date) -> Said | None:
    head = _month_word(match["month"])
    if head.endswith("월") and not 1 <= int(head[:-1]) <= 12:
        return Said(Reading(reason=reasons.NO_SUCH_DAY))
    part = re.sub(r"\s", "", match["part"] or "")
    if part == "오늘":
        return Said(cal.add_months(today, _MONTHS_AHEAD.get(head, 0)))
    if part.endswith("일") and to_number(part[:-1]) is not None and part != "말일":
        part = f"{to_number(part[:-1])}일"
    year = f"{_year(match, today)}년 " if match["year"] and head.endswith("월") else ""
    said = _asked(f"{year}{head} {'말일' if part == '말' else part}".strip(), today, roll=False)
    return _lending(said.reading) if said else None


def _week_of_month(match: re.Match[str], today: date) -> Said | None:
    """The third week of a month, as a row of the calendar."""
    head = _month_word(match["month"])
    year = f"{_year(match, today)}년 " if match["year"] and head.endswith("월") else ""
    return _asked(f"{year}{head} {_NTH[match['edge'] or match['nth']]} 주", today, roll=False)


def _edge_of_year(match: re.Match[str], today: date) -> Said:
    first = "첫" in match["edge"]
    return Said(cal.month_day(_year(match, today), 1 if first else 12, 1 if first else 31))


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


def _end_of_month(match: re.Match[str], today: date) -> Said | None:
    return _asked(re.sub("월말|그믐날?", "말일", match["part"]), today, roll=True)


_NTH_PATTERN: Final = (
    r"(?:(?P<edge>첫|마지막)(?:\s?번)?(?:\s?째)?"
    r"|(?P<nth>둘|두|셋|세|넷|네|다섯|[1-5])(?:\s?(?:번\s?)?[째쩨]|(?=\s?주차)))"
)
_RELATIVE_MONTH: Final = r"(?:이번|요번|다음|담|다다음|지난|저번|이)\s?달"
_SINO_DAY: Final = rf"(?:\d{{1,2}}|{SINO})"
_FULL = re.compile(
    r"(?<![\d.])(?P<year>\d{4}|(?<!\d)\d{2}(?=\s?[년.]))\s?[-./년]\s?(?P<month>\d{1,2})\s?[-./월]\s?(?P<day>\d{1,2})(?!\d)"
    r"\.?\s?일?"
)
_EIGHT_DIGITS = re.compile(r"(?<!\d)(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_MONTH_AND_DAY = re.compile(
    rf"(?:{_YEAR}\s?)?(?P<month>{_MONTH})\s?월\s?(?:달\s?)?(?P<day>{_SINO_DAY})"
    rf"(?:\s?일(?!\s?(?:간|동안|뒤|후))|{_UNIT_BEHIND}(?!\d)(?![가-힣]))(?:,?\s?(?P<year_after>\d{{4}}\s?년))?"
)
_NUMERIC = re.compile(
    rf"(?<![\d./:-])(?P<month>\d{{1,2}})\s?(?P<sep>[./-])\s?(?P<day>\d{{1,2}})(?![\d/:-]|\.\d){_UNIT_BEHIND}(?:\s?일)?"
)
_PART_OF_MONTH = re.compile(
    rf"(?:{_YEAR}\s?)?(?P<month>{_MONTH}\s?월|{_RELATIVE_MONTH})\s?(?:의\s?)?"
    rf"(?P<part>말일|초순|중순|하순|말(?!고)|초|마지막\s?날|첫\s?날|(?<=달)\s?오늘|{_SINO_DAY}\s?일)?"
    r"(?(part)|(?=$|[^가-힣]|에|은|이|도|까|부|중|쯤|경|내|으로|로|의|안|요|예|입|하|나|랑|말고|아무|(?<=달)))"
)
_NO_STRETCH: Final = r"(?!\s?(?:간|동안|만에|정도|뒤|후|전|있다|이따|지나|째|치|내내|안에|이내|걸려))"
_NATIVE_IN_A_MONTH = re.compile(
    rf"(?:{_YEAR}\s?)?(?P<month>{_MONTH}\s?월|{_RELATIVE_MONTH})\s?(?:의\s?)?(?P<name>{_words(_NATIVE_IN_MONTH)}){_NO_STRETCH}"
)
_NATIVE_DAY = re.compile(rf"{FREE}(?P<name>{_words(_NATIVE_DAYS)}){_NO_STRETCH}")
_WEEK_OF_MONTH = re.compile(
    rf"(?:{_YEAR}\s?)?(?P<month>{_MONTH}\s?월|{_RELATIVE_MONTH})\s?(?:의\s?)?{_NTH_PATTERN}\s?주(?!말|일)(?:차)?(?!\s?[월화수목금토일](?:요|욜))"
)
_EDGE_OF_YEAR = re.compile(rf"{_YEAR}\s?(?:의\s?)?(?P<edge>첫\s?날|마지막\s?날)")
_END_OF_MONTH = re.compile(rf"{FREE}(?P<part>말일|월말|월초|월중|그믐날?){PARTICLE_AHEAD}")
_NTH_WEEKDAY = re.compile(
    rf"(?:(?P<month>{_MONTH}\s?월|{_RELATIVE_MONTH})\s?(?:의\s?)?)?{_NTH_PATTERN}\s?(?:주차?\s?)?"
    r"(?P<target>[월화수목금토일](?:요일|욜)|주말)"
)
_DAY_NUMBER = re.compile(
    rf"(?<!박)(?<!박\s)(?:(?<!\d)(?=\d)|{FREE}(?!\d))(?P<day>\d{{1,2}}|{SINO})\s?일"
    rf"(?!\s?(?:간|동안|째|뒤|후|전|치|행|식|주|박|권|본)){PARTICLE_AHEAD}"
)
_LISTED_NUMBER = re.compile(
    r"(?<![\d./:~-])(?P<day>\d{1,2})(?=\s?[,~∼〜–-]\s?\d{1,2}\s?일(?!\s?(?:간|동안|뒤|후))|\s?\([월화수목금토일]\)|\s?[월화수목금토일](?:요일|욜))"
)
_BARE_NUMBER = re.compile(r"(?<![\d.:/-])(?P<bare>\d{1,2})(?![\d.:/-])")

MONTH_READERS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = (
    (_FULL, _full),
    (_EIGHT_DIGITS, _full),
    (_MONTH_AND_DAY, _month_and_day),
    (_NUMERIC, _numeric),
    (_NATIVE_IN_A_MONTH, _native_in_month),
    (_NATIVE_DAY, _native_day),
    (_PART_OF_MONTH, _part_of_month),
    (_END_OF_MONTH, _end_of_month),
    (_NTH_WEEKDAY, _nth_weekday),
    (_WEEK_OF_MONTH, _week_of_month),
    (_EDGE_OF_YEAR, _edge_of_year),
)
"""Days that name their month, in order of preference."""
NUMBER_READERS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = (
    (_DAY_NUMBER, _day_number),
    (_LISTED_NUMBER, _day_number),
    (_BARE_NUMBER, _bare_number),
)
"""Days that are only a number."""
