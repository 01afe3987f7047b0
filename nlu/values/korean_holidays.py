"""Korean holidays by name: `추석`, `설 연휴`, `크리스마스 다음 날`, `내년 어린이날`.

Knows the names people use; the dates, lunar ones too, are those of `korean_datetime`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from nlu.values import korean_calendar as cal
from nlu.values.korean_endings import PARTICLE_AHEAD
from nlu.values.korean_said import FREE, Said


def read_holiday(match: re.Match[str], today: date) -> Said | None:
    """The day, or the days of a holiday of several, that a match of `holiday_pattern` names."""
    name = _holiday_table()[re.sub(r"\s", "", match["name"])]
    year, shift = match["year"] or "", match["shift"]
    phrase = f"{year} {name}".strip()
    if shift:
        phrase += " 다음날" if "다음" in shift or "이튿" in shift else " 전날"
    reading = cal.ask_library(phrase, today, roll=not year)
    if reading is not None and reading.bounds and match["edge"]:
        return Said(cal.exact(date.fromisoformat(reading.bounds[0 if "첫" in match["edge"] else 1])))
    return None if reading is None else Said(reading)


@lru_cache(maxsize=1)
def _holiday_table() -> dict[str, str]:
    table = {name.replace(" ", ""): name for name in cal.holiday_names()}
    aliases = {
        "설": "설날", "구정": "설날", "크리스마스이브": "크리스마스 이브", "크리스마스": "크리스마스",
        "성탄": "크리스마스", "추석날": "추석", "석탄일": "석가탄신일", "새해": "신정",
        "발렌타인": "발렌타인데이", "노동자의날": "근로자의 날", "삼일절": "삼일절", "제야의날": "제야",
    }  # fmt: skip
    return {**aliases, **table}


@lru_cache(maxsize=1)
def holiday_pattern() -> re.Pattern[str]:
    """A pattern that finds every known holiday, with its year before it and "the day before" or "after" behind it."""
    names = sorted(_holiday_table(), key=len, reverse=True)
    return re.compile(
        rf"{FREE}(?:(?P<year>올해|내년|작년)\s?|이번\s?|다음\s?|다가오는\s?|오는\s?)?(?P<name>{'|'.join(map(_spaced, names))})"
        rf"(?:\s?(?P<shift>다음\s?날|이튿날|전날)|\s?(?P<edge>첫\s?날|마지막\s?날))?(?:날|\s?당일)?{PARTICLE_AHEAD}"
    )


def _spaced(name: str) -> str:
    """A holiday's name with blanks where the official name has them, optional each."""
    official = _holiday_table()[name]
    parts = official.split(" ") if official.replace(" ", "") == name else [name]
    return r"\s?".join(map(re.escape, parts)).replace("데이", r"\s?데이")
