"""Holidays by name: the next real date, lunar ones included, from the libraries `holidays` and `korean_datetime`.

Knows the names people use for a day; the dates are the libraries'. Does not know which days a venue is closed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

import holidays
from korean_datetime import BuiltinHolidays, parse

# Where two countries use one name for two days (Labor Day), the first listed wins.
_AT_HOME: Final = ("KR", "US", "GB")
_ABROAD: Final = ("US", "GB", "KR")
_SAID: Final = {
    "christmas": "christmas day",
    "x-mas": "christmas day",
    "x-mas eve": "christmas eve",
    "xmas": "christmas day",
    "xmas day": "christmas day",
    "xmas eve": "christmas eve",
    "new years": "new years day",
    "nye": "new years eve",
    "thanksgiving": "thanksgiving day",
    "korean thanksgiving": "chuseok",
    "chuseok day": "chuseok",
    "seollal": "korean new year",
    "lunar new year": "korean new year",
    "lunar new years day": "korean new year",
    "chinese new year": "korean new year",
    "easter": "easter sunday",
    "valentines": "valentines day",
    "valentine day": "valentines day",
    "saint valentines day": "valentines day",
    "st patricks day": "saint patricks day",
    "st paddys day": "saint patricks day",
    "paddys day": "saint patricks day",
    "mothers": "mothers day",
    "martin luther king day": "martin luther king jr day",
    "martin luther kings day": "martin luther king jr day",
    "april fools": "april fools day",
    "buddha day": "buddhas birthday",
    "vesak": "buddhas birthday",
    "mlk day": "martin luther king jr day",
    "hangeul day": "hangul day",
    "korean independence day": "liberation day",
    "fourth of july": "independence day",
}
# Days that the library knows only through the holiday they lie beside, with the days between.
_BESIDE: Final = {
    "black friday": ("thanksgiving day", 1),
    "cyber monday": ("thanksgiving day", 4),
    "chuseok eve": ("chuseok", -1),
    "seollal eve": ("korean new year", -1),
    "lunar new years eve": ("korean new year", -1),
    "easter monday": ("easter sunday", 1),
    "easter saturday": ("easter sunday", -1),
    "maundy thursday": ("easter sunday", -3),
    "palm sunday": ("easter sunday", -7),
    "ash wednesday": ("easter sunday", -46),
    "mardi gras": ("easter sunday", -47),
    "pancake day": ("easter sunday", -47),
    "whit sunday": ("easter sunday", 49),
    "pentecost": ("easter sunday", 49),
    "whit monday": ("easter sunday", 50),
}


def holiday(said: re.Match[str], today: date, zone: str) -> date | None:
    """The day that a match of `name_pattern` speaks of: the named year's, last year's ("last Easter"), or the next one."""
    year = said["year"]
    if said["last"]:
        return max((day for day in _years(said["name"], today.year - 1, 2, zone) if day < today), default=None)
    if year and year.isdecimal():
        return next(iter(_years(said["name"], int(year), 1, zone)), None)
    if year:
        return next(iter(_years(said["name"], today.year + (year == "next year"), 1, zone)), None)
    return next_holiday(said["name"], today, zone)


def next_holiday(name: str, today: date, zone: str) -> date | None:
    """Find the first day from today on that bears a name.

    Args:
        name: as said, any case, with or without apostrophes: "Chuseok", "new years eve".
        today: the day from which to look.
        zone: IANA zone; in Korea a Korean holiday goes before a foreign one of the same name.

    Returns:
        The day, at most two years ahead, or None where no holiday is called so. Dates: the `holidays` package.
    """
    return min((day for day in _years(name, today.year, 2, zone) if day >= today), default=None)


def _years(name: str, first: int, years: int, zone: str) -> list[date]:
    key = _key(name)
    key, days_after = _BESIDE.get(key, (_SAID.get(key, key), 0))
    found = (_named_days(year, zone == "Asia/Seoul").get(key) for year in range(first, first + years))
    return [day + timedelta(days_after) for day in found if day is not None]


@lru_cache(maxsize=8)
def name_pattern(zone: str) -> re.Pattern[str]:
    """A pattern that finds every known holiday name in lower-case text, the longest first."""
    names = set(_named_days(2026, zone == "Asia/Seoul")) | set(_SAID) | set(_BESIDE)
    spelt = sorted((name for name in names if len(name) > 2), key=len, reverse=True)
    either = "|".join(re.sub(r"s(?=\\ |$)", "'?s'?", re.escape(name)) for name in spelt)
    return re.compile(
        rf"\b(?:(?:(?P<last>last)|next|this|coming|the) )?(?P<name>{either})\b(?:,? (?:of |in )?(?P<year>(?:19|"
        rf"20)\d\d|this year|next year)\b)?"
    )


def holiday_stretch(said: re.Match[str], today: date, zone: str) -> tuple[date, date] | None:
    """The three days of Chuseok or the Lunar New Year that a match of `STRETCH` speaks of, those not yet over."""
    day = next_holiday(said["feast"], today - _AROUND, zone)
    return None if day is None else (max(day - _AROUND, today), day + _AROUND)


_AROUND: Final = timedelta(1)
STRETCH: Final = re.compile(
    r"\b(?:the |this |next |over )*(?P<feast>chuseok|korean thanksgiving|seollal|(?:korean|lunar|chinese) new year)(?:'?s)? "
    r"(?:long )?(?:holidays?(?! (?:eve|menu|set))|break|days off|week-?end|period)\b"
)
"""The names of the holidays of three days, said as a stretch."""


@lru_cache(maxsize=32)
def _named_days(year: int, in_korea: bool) -> dict[str, date]:
    days: dict[str, date] = {}
    for country in _AT_HOME if in_korea else _ABROAD:
        kinds = getattr(holidays, country).supported_categories
        calendar = holidays.country_holidays(country, years=year, categories=kinds, language="en_US", observed=False)
        for day, names in sorted(calendar.items()):
            for name in names.split("; "):
                days.setdefault(_key(name), day)
    for korean, name in BuiltinHolidays().names().items():
        if found := parse(f"{year}년 {korean}", now=datetime(year, 1, 1)):
            days.setdefault(name.replace("_", " "), found.start.date())
    return days


def _key(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", "", name.lower()).split())
