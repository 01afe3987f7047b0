"""Who asks what the calendar says wants nothing changed."""

import pytest

from nlu.rules.calendar_asked import asks_which_day


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("hang on, is saturday the 4th or the 5th?", True),
        ("Is the 9th a Tuesday?", True),
        ("what date is that Sunday again?", True),
        ("토요일이 4일인가요?", True),
        ("is saturday the 4th free?", False),
        ("the 4th or the 5th", False),
        ("토요일 4일로요", False),
    ],
)
def test_a_question_about_the_calendar_is_told_from_a_wish(text: str, *, asks: bool) -> None:
    assert asks_which_day(text) is asks
