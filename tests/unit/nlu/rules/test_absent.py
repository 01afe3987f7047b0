"""People who are called by their names and stay away are counted."""

from __future__ import annotations

import pytest

from nlu.rules.absent import absent


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oh no, Teresa has the flu and can't make it", ("Teresa",)),
        ("Omar, Lin and Petra dropped out", ("Omar", "Lin", "Petra")),
        ("Sorry, Bo isn't coming after all", ("Bo",)),
        ("지우가 독감이라 못 온대요ㅠ", ("지우",)),
        ("하린이랑 도윤이 안 온대요", ("하린", "도윤")),
        ("Saturday can't be there", ()),
        ("We can't come", ()),
        ("My sister can't come", ()),
        ("Teresa can't make it, so Friday please", ()),
        ("동생이 못 온대요", ()),
        ("나윤이가 야근이라 못 와요", ("나윤",)),
        ("풍선은 안 가져가요", ()),
        ("꽃은 안 가지고 가요", ()),
        ("저희가 못 가요", ()),
    ],
)
def test_who_is_named_and_does_not_come_is_found(text: str, names: tuple[str, ...]) -> None:
    assert absent(text) == names
