"""A held name or seat that a verb of removal takes out goes, whatever else the message wants."""

from __future__ import annotations

import pytest

from tests.support.annotated import FRIDAY, Talk, draft

HELD = {**FRIDAY, "seating": "terrace"}


@pytest.mark.parametrize(
    ("annotated", "gone"),
    [
        ("|[two more](party_size.delta), and delete Kim Minsu please", "name"),
        ("|a heater costs extra? drop the terrace then", "seating"),
        ("ask|could we keep the terrace?", ""),
        ("|don't drop the terrace", ""),
        ("|[one more](party_size.delta), Kim Minsu is fine", ""),
        ("ask|would you drop the terrace in winter?", ""),
        ("|oh no, Friday's off", "date"),
        ("|argh, 7 pm is a no-go now", "time"),
        ("|tonight's off", ""),
        ("ask|is Friday off?", ""),
        ("ask|could I trouble you to delete the name?", "name"),
        ("|the name isn't wrong, the date is", "date"),
    ],
)
def test_what_is_taken_out_by_name_goes_and_nothing_else(annotated: str, gone: str) -> None:
    talk = Talk(draft(HELD))
    talk.hear(annotated)
    assert {name for name in HELD if name not in talk.values} == ({gone} if gone else set())
