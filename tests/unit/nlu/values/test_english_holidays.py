"""Holidays by name."""

import re
from datetime import date

import pytest

from nlu.values.holiday import holiday, name_pattern, next_holiday

JUNE = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Chuseok", date(2026, 9, 25)),
        ("seollal", date(2027, 2, 7)),
        ("CHRISTMAS EVE", date(2026, 12, 24)),
        ("new year's day", date(2027, 1, 1)),
        ("easter", date(2027, 3, 28)),
        ("black friday", date(2026, 11, 27)),
    ],
)
def test_a_holiday_is_its_next_real_day(name: str, day: date) -> None:
    assert next_holiday(name, JUNE, "Asia/Seoul") == day


def test_a_holiday_of_today_is_today() -> None:
    assert next_holiday("christmas", date(2026, 12, 25), "Asia/Seoul") == date(2026, 12, 25)


def test_the_zone_decides_between_two_holidays_of_one_name() -> None:
    assert next_holiday("labor day", JUNE, "Asia/Seoul") == date(2027, 5, 1)
    assert next_holiday("labor day", JUNE, "America/New_York") == date(2026, 9, 7)


def test_an_unknown_name_is_no_holiday() -> None:
    assert next_holiday("my birthday", JUNE, "Asia/Seoul") is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("last easter", date(2026, 4, 5)),
        ("christmas 2028", date(2028, 12, 25)),
        ("chuseok next year", date(2027, 9, 15)),
        ("children's day", date(2027, 5, 5)),
    ],
)
def test_a_named_year_counts(said: str, day: date) -> None:
    match = name_pattern("Asia/Seoul").search(said)
    assert isinstance(match, re.Match)
    assert holiday(match, JUNE, "Asia/Seoul") == day
