"""The form in which patterns see a message."""

from hypothesis import given
from hypothesis import strategies as st

from nlu.folded import folded


def test_capitals_and_curled_apostrophes_are_made_plain() -> None:
    assert folded("DON’T drop Åsa’s") == "don't drop åsa's"


def test_a_letter_that_would_grow_stays_so_that_places_stay() -> None:
    assert folded("STRAßE İ, NOT Friday") == "straße İ, not friday"


@given(st.text())
def test_it_is_as_long_as_the_text(text: str) -> None:
    assert len(folded(text)) == len(text)
