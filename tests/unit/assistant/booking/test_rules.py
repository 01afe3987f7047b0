from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from assistant.booking import rules
from assistant.booking.rules import Broken
from assistant.booking.venues import BookingBook, Hours, Table, Venue

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 6, 10, 14, 0, tzinfo=SEOUL)  # a Wednesday
FRIDAY = date(2026, 6, 12)
MONDAY = date(2026, 6, 15)

HANOK = Venue(
    id="hanok",
    names={"en": "Hanok"},
    aliases=(),
    time_zone="Asia/Seoul",
    hours={weekday: Hours(time(11, 30), time(21), time(22)) for weekday in range(1, 7)},
    tables=(Table("2-1", 2), Table("12-1", 12)),
)
NIGHT = Venue(
    id="night",
    names={"en": "Night"},
    aliases=(),
    time_zone="Europe/Paris",
    hours={weekday: Hours(time(0), time(23, 30), time(3)) for weekday in range(7)},
    tables=(Table("4-1", 4),),
)
BOOK = BookingBook(horizon_days=60, occupancy_bucket=30, sitting=120, start_step=30, venues=(HANOK, NIGHT))


def time_rule(at: time, *, day: date = FRIDAY, now: datetime = NOW, on_grid: bool = False) -> Broken | None:
    return rules.check_time(BOOK, HANOK, day, at, now, on_grid=on_grid)


def test_today_and_the_last_day_ahead_can_be_booked() -> None:
    assert rules.check_day(BOOK, HANOK, date(2026, 6, 10), NOW) is None
    assert rules.check_day(BOOK, HANOK, date(2026, 8, 9), NOW) is None
    assert rules.last_day(BOOK, HANOK, NOW) == date(2026, 8, 9)


def test_yesterday_is_past() -> None:
    assert rules.check_day(BOOK, HANOK, date(2026, 6, 9), NOW) == Broken(rules.PAST, "2026-06-10")


def test_the_day_after_the_last_is_beyond_the_horizon() -> None:
    assert rules.check_day(BOOK, HANOK, date(2026, 8, 10), NOW) == Broken(rules.HORIZON, "2026-08-09")


def test_a_closed_day_names_the_next_open_one() -> None:
    assert rules.check_day(BOOK, HANOK, MONDAY, NOW) == Broken(rules.CLOSED, "2026-06-16")


def test_a_closed_day_at_the_end_of_the_horizon_names_none() -> None:
    sunday_before = datetime(2026, 6, 12, 12, 0, tzinfo=SEOUL)
    end = date(2026, 8, 11)
    book = BookingBook(horizon_days=59, occupancy_bucket=30, sitting=120, start_step=30, venues=(HANOK,))
    assert rules.last_day(book, HANOK, sunday_before) == date(2026, 8, 10)
    assert end.weekday() == 1
    assert rules.check_day(book, HANOK, date(2026, 8, 10), sunday_before) == Broken(rules.CLOSED, "")


def test_today_is_the_day_at_the_venue_not_at_the_caller() -> None:
    late_in_london = datetime(2026, 6, 9, 20, 0, tzinfo=UTC)
    assert rules.today(HANOK, late_in_london) == date(2026, 6, 10)
    assert rules.check_day(BOOK, HANOK, date(2026, 6, 9), late_in_london) == Broken(rules.PAST, "2026-06-10")


@pytest.mark.parametrize("at", [time(11, 30), time(21, 0), time(11, 31), time(19, 17)])
def test_any_minute_from_opening_to_the_last_seating_can_be_had(at: time) -> None:
    assert time_rule(at) is None


def test_a_time_before_opening_names_the_opening() -> None:
    assert time_rule(time(11, 29)) == Broken(rules.HOURS, "11:30")


def test_a_time_after_the_last_seating_names_the_last_seating() -> None:
    assert time_rule(time(21, 1)) == Broken(rules.HOURS, "21:00")


def test_the_assistant_takes_starts_on_the_grid_only() -> None:
    assert time_rule(time(19, 17), on_grid=True) == Broken(rules.STEP, "30")
    assert time_rule(time(19, 30), on_grid=True) is None


def test_a_time_must_be_later_than_now() -> None:
    today = date(2026, 6, 10)
    assert time_rule(time(14, 0), day=today) == Broken(rules.PAST, "14:00")
    assert time_rule(time(14, 1), day=today) is None


def test_no_time_of_a_closed_day_can_be_had() -> None:
    assert time_rule(time(19), day=MONDAY) == Broken(rules.CLOSED)
    assert rules.starts(BOOK, HANOK, MONDAY) == ()
    assert rules.seating_hours(HANOK, MONDAY.weekday()) is None


def test_a_party_fits_at_least_the_largest_table() -> None:
    assert rules.check_party(HANOK, 0) == Broken(rules.TOO_FEW, "1")
    assert rules.check_party(HANOK, 1) is None
    assert rules.check_party(HANOK, 12) is None
    assert rules.check_party(HANOK, 13) == Broken(rules.TOO_MANY, "12")


def test_the_grid_runs_from_opening_to_the_last_seating() -> None:
    grid = rules.starts(BOOK, HANOK, FRIDAY)
    assert (grid[0], grid[-1], len(grid)) == (time(11, 30), time(21), 20)


def test_the_grid_lies_on_the_clock_even_when_opening_does_not() -> None:
    odd = Venue("odd", {}, (), "Asia/Seoul", {4: Hours(time(11, 40), time(13, 10), time(15))}, HANOK.tables)
    assert rules.starts(BOOK, odd, FRIDAY) == (time(12), time(12, 30), time(13))


def test_starts_to_come_leave_out_what_is_over() -> None:
    grid = rules.starts_to_come(BOOK, HANOK, date(2026, 6, 10), NOW)
    assert grid[0] == time(14, 30)
    assert rules.starts_to_come(BOOK, HANOK, date(2026, 6, 9), NOW) == ()
    assert rules.starts_to_come(BOOK, HANOK, date(2026, 8, 11), NOW) == ()


def test_the_widest_hours_are_known_before_the_venue_is() -> None:
    assert rules.widest_hours((HANOK, NIGHT)) == (time(0), time(23, 30))


def test_a_local_time_that_the_clocks_skip_cannot_be_had() -> None:
    day = date(2027, 3, 28)  # Paris goes from 02:00 to 03:00
    now = datetime(2027, 3, 20, tzinfo=UTC)
    assert rules.starts_at(NIGHT, day, time(2, 30)) is None
    assert rules.check_time(BOOK, NIGHT, day, time(2, 30), now) == Broken(rules.NO_SUCH_TIME)
    assert time(2, 30) not in rules.starts(BOOK, NIGHT, day)
    assert rules.starts_at(NIGHT, day, time(3, 0)) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_of_a_local_time_that_comes_twice_the_first_is_meant() -> None:
    assert rules.starts_at(NIGHT, date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_last_of_two_such_hours_is_past_as_soon_as_the_first_is() -> None:
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    broken = rules.check_time(BOOK, NIGHT, date(2026, 10, 25), time(2, 30), between)
    assert broken == Broken(rules.PAST, "02:45")


@pytest.mark.parametrize("written", ["", "9:00", "24:00", "19:60", "19:00:00", "ab:cd"])
def test_what_is_no_clock_time_is_not_read_as_one(written: str) -> None:
    with pytest.raises(ValueError, match="HH:MM"):
        rules.parse_clock(written)


def test_every_reason_is_in_the_closed_set() -> None:
    named = {value for name, value in vars(rules).items() if name.isupper() and isinstance(value, str)}
    assert named == rules.REASONS
