"""An arrow says which of two values is the new one."""

from __future__ import annotations

import pytest

from tests.support.annotated import FRIDAY, Talk, draft


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("12일→13일, 4명→6명", {"date": "2026-06-13", "party_size": "6"}),
        ("7pm -> 8pm pls", {"time": "20:00"}),
        ("4 people => 5 people", {"party_size": "5"}),
        ("저녁 7시➡️저녁 8시로요", {"time": "20:00"}),
    ],
)
def test_the_value_behind_an_arrow_takes_the_place_of_the_one_before_it(text: str, changed: dict[str, str]) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(f"unknown|{text}")
    assert {name: value for name, value in talk.values.items() if FRIDAY.get(name) != value} == changed


@pytest.mark.parametrize("text", ["5명→6명", "아무거나→저거", "-> 8pm"])
def test_an_arrow_from_what_is_not_held_changes_nothing(text: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(f"unknown|{text}")
    assert talk.values == FRIDAY
