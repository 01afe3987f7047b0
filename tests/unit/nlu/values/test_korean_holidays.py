"""Korean holidays by name against the `holidays` package, which computes the lunar calendar on its own."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from nlu.values.korean_calendar import ask_library

_NAMES = {
    "설날": "Korean New Year",
    "추석": "Chuseok",
    "부처님 오신 날": "Buddha's Birthday",
    "어린이날": "Children's Day",
    "광복절": "Liberation Day",
    "개천절": "National Foundation Day",
    "한글날": "Hangul Day",
    "크리스마스": "Christmas Day",
    "삼일절": "Independence Movement Day",
    "현충일": "Memorial Day",
}


@pytest.mark.parametrize("year", range(2025, 2036))
@pytest.mark.parametrize("name", _NAMES)
def test_a_holiday_is_on_the_day_that_the_holidays_package_says(name: str, year: int) -> None:
    calendar = holidays.country_holidays("KR", years=year, language="en_US", observed=False)
    days = [day for day, label in sorted(calendar.items()) if _NAMES[name] in label.split("; ")]
    reading = ask_library(name, date(year, 1, 1))
    assert reading is not None
    assert reading.exact in {day.isoformat() for day in days}


def test_a_holiday_that_is_past_means_the_next_one() -> None:
    reading = ask_library("추석", date(2026, 9, 26))
    assert reading is not None
    assert reading.exact == "2027-09-15"
