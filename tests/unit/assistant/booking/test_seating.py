from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from assistant.booking import seating
from assistant.booking.seating import Span
from assistant.booking.venues import BookingBook, Hours, Table, Venue

VENUE = Venue(
    id="hanok",
    names={"en": "Hanok"},
    aliases=(),
    time_zone="UTC",
    hours={weekday: Hours(time(11), time(21), time(23)) for weekday in range(7)},
    tables=(Table("2-1", 2), Table("4-1", 4), Table("4-2", 4)),
)
BOOK = BookingBook(horizon_days=60, occupancy_bucket=30, sitting=120, start_step=30, venues=(VENUE,))
DAY = date(2026, 6, 12)
NOW = datetime(2026, 6, 10, 14, 0, tzinfo=UTC)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, 12, hour, minute, tzinfo=UTC)


def sitting(hour: int, minute: int = 0) -> Span:
    return seating.span_of(BOOK, at(hour, minute))


def test_a_sitting_on_the_grid_takes_exactly_its_buckets() -> None:
    assert sitting(19) == Span(at(19), at(21))
    assert list(seating.buckets(BOOK, sitting(19))) == [at(19), at(19, 30), at(20), at(20, 30)]


def test_a_sitting_off_the_grid_takes_every_bucket_that_it_touches() -> None:
    assert sitting(19, 10) == Span(at(19), at(21, 30))


def test_two_sittings_in_a_row_share_nothing() -> None:
    assert not sitting(17).overlaps(sitting(19))
    assert sitting(17).overlaps(sitting(18, 59))


def test_a_sitting_over_a_change_of_the_clocks_lasts_as_long_as_any() -> None:
    before = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    span = seating.span_of(BOOK, before)
    assert span.end - span.start == timedelta(hours=2)


def test_the_smallest_table_that_seats_the_party_comes_first() -> None:
    assert [table.id for table in seating.free_tables(VENUE, 3, sitting(19), {})] == ["4-1", "4-2"]
    assert [table.id for table in seating.free_tables(VENUE, 1, sitting(19), {})] == ["2-1", "4-1", "4-2"]


def test_a_taken_table_is_not_offered() -> None:
    taken = {"4-1": [sitting(18)]}
    assert [table.id for table in seating.free_tables(VENUE, 3, sitting(19), taken)] == ["4-2"]
    assert [table.id for table in seating.free_tables(VENUE, 3, sitting(20), taken)] == ["4-1", "4-2"]


def test_the_largest_party_shrinks_with_the_tables_left() -> None:
    taken = {"4-1": [sitting(19)], "4-2": [sitting(19)]}
    largest = seating.largest_parties(BOOK, VENUE, DAY, NOW, taken)
    assert largest[time(17)] == 4
    assert largest[time(17, 30)] == 2
    assert largest[time(20, 30)] == 2
    assert largest[time(21)] == 4


def test_a_start_without_a_table_is_left_out() -> None:
    taken = {table.id: [sitting(19)] for table in VENUE.tables}
    largest = seating.largest_parties(BOOK, VENUE, DAY, NOW, taken)
    assert time(19) not in largest
    assert time(17) in largest


def test_what_is_over_cannot_be_seated() -> None:
    assert seating.largest_parties(BOOK, VENUE, DAY, at(22), {}) == {}
    assert min(seating.largest_parties(BOOK, VENUE, DAY, at(18), {})) == time(18, 30)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (time(19), (time(18, 30), time(19, 30), time(18), time(20))),
        (time(11), (time(17), time(17, 30), time(18), time(18, 30))),
        (time(23, 59), (time(21), time(20, 30), time(20), time(19, 30))),
    ],
)
def test_alternatives_are_the_nearest_starts_and_few(wanted: time, expected: tuple[time, ...]) -> None:
    free = [time(*divmod(minute, 60)) for minute in range(17 * 60, 21 * 60 + 1, 30)]
    assert seating.nearest(free, wanted) == expected
