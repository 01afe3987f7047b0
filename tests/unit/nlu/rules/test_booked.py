"""Who points at a booking means the one that stands."""

from __future__ import annotations

import pytest

from nlu.rules.booked import speaks_of_booking, wants_booking


@pytest.mark.parametrize(
    "text",
    [
        "might the reservation be for six instead",
        "our table would suit us better at 8",
        "버스가 늦어서 예약해 둔 시간을 미뤄 주실 수 있을까요",
        "아까 예약한 거 인원 좀 늘려 주세요",
    ],
)
def test_who_points_at_the_booking_speaks_of_it(text: str) -> None:
    assert speaks_of_booking(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to book a table for two",
        "besides the booking I need another table on Sunday",
        "예약하고 싶어요",
        "예약한 거 말고 하나 더 예약할게요",
    ],
)
def test_who_wants_a_booking_does_not(text: str) -> None:
    assert not speaks_of_booking(text)


@pytest.mark.parametrize(
    ("text", "wants"), [("a table for two", True), ("예약 하나 더요", True), ("we'll be five now", False)]
)
def test_who_names_a_table_or_booking_wants_one(text: str, wants: bool) -> None:
    assert wants_booking(text) is wants
