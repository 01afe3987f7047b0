"""Contexts for rows that do not say theirs."""

import random
from pathlib import Path

from training.contexts import Slots, draw_context, read_slots
from training.examples import Example, Hints

REQUIRED = ("restaurant", "date", "time")
SLOTS = Slots((*REQUIRED, "phone", "seating"), (*REQUIRED, "phone"), REQUIRED)


def contexts(hints: Hints, acts: tuple[str, ...] = ()) -> set[str]:
    example = Example("x", "en", acts, (), hints)
    return {draw_context(example, SLOTS, random.Random(seed)) for seed in range(200)}


def test_what_a_row_says_of_its_context_binds() -> None:
    drawn = contexts({"asked": ("time",), "phase": ("collecting",), "pending": ("modify",)})
    assert all(context.startswith("time collecting modify :") for context in drawn)
    assert len(drawn) > 5


def test_filled_slots_are_taken_as_given() -> None:
    assert contexts({"phase": ("booked",), "pending": ("create",), "filled": ("date",)}) == {
        "none booked create : date"
    }


def test_an_asked_slot_means_collecting_and_resume_means_suspended() -> None:
    assert all(" collecting " in context for context in contexts({"asked": ("phone",)}))
    assert all(context.startswith("resume suspended") for context in contexts({"asked": ("resume",)}))


def test_nothing_is_asked_or_held_while_idle() -> None:
    assert contexts({"phase": ("idle",)}) == {"none idle create :"}


def test_other_rows_are_seen_in_every_common_phase() -> None:
    phases = {context.split(" create")[0].split(" modify")[0].split()[-1] for context in contexts({})}
    assert phases == {"collecting", "confirming", "booked", "idle"}


def test_a_slot_that_is_never_required_is_never_asked(tmp_path: Path) -> None:
    path = tmp_path / "slots.yml"
    path.write_text(
        "slots:\n  when: {required: true}\n  phone: {required: {when: x, at_least: 8}}\n  wish: {required: false}\n"
    )
    assert read_slots(path) == Slots(("when", "phone", "wish"), ("when", "phone"), ("when",))
    asked = {context.split(" collecting")[0] for context in contexts({"phase": ("collecting",)})}
    assert asked == {"restaurant", "date", "time", "phone", "what to change"}
