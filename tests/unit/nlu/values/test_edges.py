"""Days and times at the edges: midnight, month's and year's end, leap days, other zones, clocks that are put on and back."""

from __future__ import annotations

from datetime import datetime

import pytest

from nlu.types import Kind, Moment
from nlu.values import normalise


def _at(now: str, zone: str = "Asia/Seoul") -> Moment:
    return Moment(datetime.fromisoformat(now), zone)


@pytest.mark.parametrize(
    "words", ["midnight", "12am", "12 am", "24:00", "00:00", "12 at night", "자정", "밤 12시", "24시", "0시", "영시"]
)
def test_midnight_is_the_first_minute(words: str) -> None:
    assert normalise(words, Kind.TIME, _at("2026-06-10T14:00+09:00")).exact == "00:00"


@pytest.mark.parametrize("words", ["noon", "midday", "12pm", "12 noon", "정오", "낮 12시", "오후 12시", "점심 12시"])
def test_noon_is_twelve(words: str) -> None:
    assert normalise(words, Kind.TIME, _at("2026-06-10T14:00+09:00")).exact == "12:00"


@pytest.mark.parametrize("words", ["12", "12:00", "12시", "열두 시"])
def test_twelve_alone_is_both(words: str) -> None:
    assert set(normalise(words, Kind.TIME, _at("2026-06-10T14:00+09:00")).values) == {"12:00", "00:00"}


@pytest.mark.parametrize(
    ("words", "day"),
    [("today", "2026-12-31"), ("오늘", "2026-12-31"), ("tomorrow", "2027-01-01"), ("내일", "2027-01-01"),
     ("in an hour", "2027-01-01"), ("한 시간 뒤", "2027-01-01"), ("the day after tomorrow", "2027-01-02"), ("글피", "2027-01-03"),
     ("the 1st", "2027-01-01"), ("1일", "2027-01-01"), ("말일", "2026-12-31"), ("last day of the month", "2026-12-31")],
)  # fmt: skip
def test_a_minute_before_the_new_year(words: str, day: str) -> None:
    assert normalise(words, Kind.DATE, _at("2026-12-31T23:59:30+09:00")).exact == day


@pytest.mark.parametrize(
    ("words", "bounds"),
    [("next month", ("2027-01-01", "2027-01-31")), ("다음 달", ("2027-01-01", "2027-01-31")),
     ("next week", ("2027-01-04", "2027-01-10")), ("다음 주", ("2027-01-04", "2027-01-10"))],
)  # fmt: skip
def test_what_comes_next_lies_in_the_next_year(words: str, bounds: tuple[str, str]) -> None:
    assert normalise(words, Kind.DATE, _at("2026-12-31T23:59:30+09:00")).bounds == bounds


@pytest.mark.parametrize("words", ["January 3rd", "1월 3일", "1/3"])
def test_a_month_and_a_day_stay_in_this_year_even_in_december(words: str) -> None:
    assert normalise(words, Kind.DATE, _at("2026-12-31T12:00+09:00")).exact == "2026-01-03"


@pytest.mark.parametrize(
    ("now", "words", "day"),
    [
        ("2028-02-28T12:00+09:00", "tomorrow", "2028-02-29"),
        ("2028-02-28T12:00+09:00", "이틀 뒤", "2028-03-01"),
        ("2027-02-28T12:00+09:00", "내일", "2027-03-01"),
        ("2028-02-29T12:00+09:00", "in a year", "2029-02-28"),
        ("2028-02-29T12:00+09:00", "1년 뒤", "2029-02-28"),
        ("2028-01-31T12:00+09:00", "in a month", "2028-02-29"),
        ("2028-01-31T12:00+09:00", "한 달 뒤", "2028-02-29"),
        ("2028-01-31T12:00+09:00", "다음 달 오늘", "2028-02-29"),
        ("2028-02-01T12:00+09:00", "29일", "2028-02-29"),
        ("2027-02-01T12:00+09:00", "29일", "2027-03-29"),
        ("2027-02-01T12:00+09:00", "the 29th", "2027-03-29"),
        ("2027-04-01T12:00+09:00", "the 31st", "2027-05-31"),
        ("2027-04-01T12:00+09:00", "31일", "2027-05-31"),
    ],
)
def test_short_months_and_leap_days(now: str, words: str, day: str) -> None:
    assert normalise(words, Kind.DATE, _at(now)).exact == day


@pytest.mark.parametrize("words", ["Feb 29", "29 February 2027", "2/29", "2월 29일", "2027년 2월 29일"])
def test_a_leap_day_of_a_common_year_does_not_exist(words: str) -> None:
    assert normalise(words, Kind.DATE, _at("2027-01-01T12:00+09:00")).reason == "no_such_day"


@pytest.mark.parametrize(
    ("words", "kind"), [("in an hour", Kind.TIME), ("한 시간 뒤", Kind.TIME), ("60분 후", Kind.TIME)]
)
@pytest.mark.parametrize(
    ("now", "clock"),
    [
        ("2026-03-08T01:30-05:00", "03:30"),
        ("2026-11-01T01:30-04:00", "01:30"),
        ("2026-11-01T01:30-05:00", "02:30"),
        ("2026-06-10T23:30-04:00", "00:30"),
    ],
)
def test_an_hour_passes_also_when_the_clock_is_put_on_or_back(words: str, kind: Kind, now: str, clock: str) -> None:
    assert normalise(words, kind, _at(now, "America/New_York")).exact == clock


@pytest.mark.parametrize("words", ["2:30 am", "새벽 2시 30분"])
def test_a_time_that_the_clock_skips_is_read_as_said(words: str) -> None:
    assert normalise(words, Kind.TIME, _at("2026-03-08T00:30-05:00", "America/New_York")).exact == "02:30"


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Kiritimati", "2026-06-11"), ("Asia/Seoul", "2026-06-11"), ("Europe/London", "2026-06-10"),
     ("Pacific/Pago_Pago", "2026-06-10"), ("Asia/Kathmandu", "2026-06-10")],
)  # fmt: skip
@pytest.mark.parametrize("words", ["today", "오늘"])
def test_today_is_the_users_own(words: str, zone: str, day: str) -> None:
    assert normalise(words, Kind.DATE, _at("2026-06-10T16:00+00:00", zone)).exact == day
