"""Holidays by name: the next real date, lunar ones included, from the `holidays` library.

Knows the names people use for a day; the dates are the library's. Does not know which days a venue is closed.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

import holidays

# Where two countries use one name for two days (Labor Day), the first listed wins.
_AT_HOME: Final = ("KR", "US", "GB")
_ABROAD: Final = ("US", "GB", "KR")
_SAID: Final = {
    "christmas": "christmas day",
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
    "saint valentines day": "valentines day",
    "st patricks day": "saint patricks day",
    "st paddys day": "saint patricks day",
    "paddys day": "saint patricks day",
    "mothers": "mothers day",
    "mlk day": "martin luther king jr day",
    "hangeul day": "hangul day",
    "korean independence day": "liberation day",
    "fourth of july": "independence day",
}


def next_holiday(name: str, today: date, zone: str) -> date | None:
    """Find the first day from today on that bears a name.

    Args:
        name: as said, any case, with or without apostrophes: "Chuseok", "new years eve".
        today: the day from which to look.
        zone: IANA zone; in Korea a Korean holiday goes before a foreign one of the same name.

    Returns:
        The day, at most two years ahead, or None where no holiday is called so. Dates: the `holidays` package.
    """
    key = _key(name)
    key = _SAID.get(key, key)
    for year in (today.year, today.year + 1):
        day = _named_days(year, zone == "Asia/Seoul").get(key)
        if day is not None and day >= today:
            return day
    return None


@lru_cache(maxsize=8)
def name_pattern(zone: str) -> re.Pattern[str]:
    """A pattern that finds every known holiday name in lower-case text, the longest first."""
    names = set(_named_days(2026, zone == "Asia/Seoul")) | set(_SAID)
    spelt = sorted((name for name in names if len(name) > 2), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(name).replace("s\\ ", "'?s'?\\ ") for name in spelt) + r")\b")


@lru_cache(maxsize=32)
def _named_days(year: int, in_korea: bool) -> dict[str, date]:
    days: dict[str, date] = {}
    for country in _AT_HOME if in_korea else _ABROAD:
        kinds = getattr(holidays, country).supported_categories
        calendar = holidays.country_holidays(country, years=year, categories=kinds, language="en_US", observed=False)
        for day, names in sorted(calendar.items()):
            for name in names.split("; "):
                days.setdefault(_key(name), day)
    return days


def _key(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", "", name.lower()).split())
