"""Holidays in both languages against the `holidays` package, which computes the lunar calendar on its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import holidays
import pytest

from nlu.types import Kind, Moment, Reading
from nlu.values import normalise

YEARS = range(2026, 2037)
_NAMES = {
    "설날": "Korean New Year",
    "추석": "Chuseok",
    "부처님 오신 날": "Buddha's Birthday",
    "석가탄신일": "Buddha's Birthday",
    "어린이날": "Children's Day",
    "광복절": "Liberation Day",
    "개천절": "National Foundation Day",
    "한글날": "Hangul Day",
    "크리스마스": "Christmas Day",
    "삼일절": "Independence Movement Day",
    "현충일": "Memorial Day",
    "Seollal": "Korean New Year",
    "Lunar New Year": "Korean New Year",
    "Korean New Year": "Korean New Year",
    "Chuseok": "Chuseok",
    "Korean Thanksgiving": "Chuseok",
    "Buddha's Birthday": "Buddha's Birthday",
    "Children's Day": "Children's Day",
    "Christmas": "Christmas Day",
}
_EVES = {
    "설 전날": ("Korean New Year", -1),
    "섣달그믐": ("Korean New Year", -1),
    "설날 다음 날": ("Korean New Year", 1),
    "추석 전날": ("Chuseok", -1),
    "추석 다음날": ("Chuseok", 1),
    "크리스마스 이브": ("Christmas Day", -1),
    "성탄 전야": ("Christmas Day", -1),
    "chuseok eve": ("Chuseok", -1),
    "the day before chuseok": ("Chuseok", -1),
    "lunar new year's eve": ("Korean New Year", -1),
    "the day after seollal": ("Korean New Year", 1),
    "Christmas Eve": ("Christmas Day", -1),
    "xmas eve": ("Christmas Day", -1),
    "boxing day": ("Christmas Day", 1),
}
_STRETCHES = {
    "설 연휴": "Korean New Year",
    "추석 연휴": "Chuseok",
    "chuseok holidays": "Chuseok",
    "the lunar new year holiday": "Korean New Year",
}
_FIXED = {
    "new year's eve": (12, 31),
    "제야": (12, 31),
    "valentine's day": (2, 14),
    "발렌타인데이": (2, 14),
    "white day": (3, 14),
    "화이트데이": (3, 14),
    "parents' day": (5, 8),
    "어버이날": (5, 8),
    "halloween": (10, 31),
    "할로윈": (10, 31),
    "pepero day": (11, 11),
    "빼빼로데이": (11, 11),
}


def _read(words: str, day: date) -> Reading:
    return normalise(words, Kind.DATE, Moment(datetime.fromisoformat(f"{day}T10:00:00+09:00"), "Asia/Seoul"))


def _day(name: str, year: int) -> date:
    calendar = holidays.country_holidays("KR", years=year, language="en_US", observed=False)
    return next(day for day, label in sorted(calendar.items()) if name in label.split("; "))


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", _NAMES)
def test_a_holiday_is_on_the_day_that_the_holidays_package_says(name: str, year: int) -> None:
    assert _read(name, date(year, 1, 1)).exact == _day(_NAMES[name], year).isoformat()


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", _EVES)
def test_the_day_before_or_after_a_holiday_is_counted_from_it(name: str, year: int) -> None:
    holiday, step = _EVES[name]
    assert _read(name, date(year, 1, 1)).exact == (_day(holiday, year) + timedelta(step)).isoformat()


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", _STRETCHES)
def test_a_holiday_of_three_days_is_a_stretch_around_its_day(name: str, year: int) -> None:
    day = _day(_STRETCHES[name], year)
    assert _read(name, date(year, 1, 1)).bounds == (str(day - timedelta(1)), str(day + timedelta(1)))


@pytest.mark.parametrize("name", _FIXED)
def test_a_day_that_is_no_public_holiday_is_known_by_name(name: str) -> None:
    assert _read(name, date(2027, 1, 2)).exact == date(2027, *_FIXED[name]).isoformat()


@pytest.mark.parametrize("name", ["추석", "chuseok"])
def test_a_holiday_that_is_past_means_the_next_one_and_one_of_today_is_today(name: str) -> None:
    assert _read(name, date(2026, 9, 26)).exact == "2027-09-15"
    assert _read(name, date(2026, 9, 25)).exact == "2026-09-25"


@pytest.mark.parametrize("name", ["추석 연휴", "chuseok holidays"])
def test_of_a_holiday_that_has_begun_the_rest_is_left(name: str) -> None:
    assert _read(name, date(2026, 9, 26)).exact == "2026-09-26"
    assert _read(name, date(2026, 9, 25)).bounds == ("2026-09-25", "2026-09-26")
