"""A bare number is of the slot that the rest of the message speaks of."""

from __future__ import annotations

import pytest

from tests.support.annotated import FRIDAY, Talk, draft


def _after(annotated: str, asked: str | None = None, **held: str) -> dict[str, str]:
    """What changed of the draft."""
    before = {**FRIDAY, **held}
    talk = Talk(draft(before))
    talk.hear(annotated, asked=asked)
    return {name: value for name, value in talk.values.items() if before.get(name) != value}


@pytest.mark.parametrize(
    ("annotated", "size"),
    [
        ("|Make that [5](number), a colleague decided to join", "5"),
        ("|make it [3](number), Tom is out", "3"),
        ("|so [3](number.old), my cousin can't make it", "3"),
        ("|[6](number) now, the twins want to come", "6"),
        ("|sorry, [3](party_size), she has a cold", "3"),
    ],
)
def test_a_number_beside_people_who_come_or_stay_away_is_the_party(annotated: str, size: str) -> None:
    assert _after(annotated) == {"party_size": size}


@pytest.mark.parametrize(
    ("annotated", "time"),
    [
        ("|that's cutting it close. [8](number) then", "20:00"),
        ("|[8](number) then, I finish work at [6](number)", "20:00"),
        ("|make that [8](number), we're running late", "20:00"),
        ("|make it [8](number), my husband can't come before that", "20:00"),
    ],
)
def test_a_number_beside_talk_of_the_clock_is_the_time(annotated: str, time: str) -> None:
    assert _after(annotated) == {"time": time}


@pytest.mark.parametrize(
    "annotated",
    ["|make it [8](number)", "|make it [6](number), it is out of the way", "|[5](number), I come by train"],
)
def test_a_number_beside_nothing_clear_is_asked_about(annotated: str) -> None:
    assert _after(annotated) == {}


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        (
            "|I said four but I was counting our dad, and he hates travelling these days, so it's [three](number)",
            {"party_size": "3"},
        ),
        ("|I told you 7, but the show runs long, so [8](number)", {"time": "20:00"}),
        ("|I mentioned seven earlier but [8](party_size) suits grandpa more", {"time": "20:00"}),
        ("|I said seven, and we're [5](party_size)", {"party_size": "5"}),
        ("|I said six but make it [5](number)", {}),
    ],
)
def test_what_was_said_before_tells_what_the_new_number_is(annotated: str, changed: dict[str, str]) -> None:
    assert _after(annotated) == changed


def test_a_number_that_was_said_for_two_slots_tells_nothing() -> None:
    assert _after("|I said seven but make it [six](number)", party_size="7") == {}


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("|[seven](number.old) is a touch early, so [eight](party_size) in its place", {"time": "20:00"}),
        ("|[four](number.old) won't do, could you put [six](time) in its stead", {"party_size": "6"}),
    ],
)
def test_a_number_that_takes_the_place_of_an_old_one_is_of_its_slot(annotated: str, changed: dict[str, str]) -> None:
    assert _after(annotated) == changed


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("|use [3](time) for the head count", {"party_size": "3"}),
        ("|put [9](number) as the time", {"time": "21:00"}),
        ("|dad isn't coming after all, so back to [3](time)", {"party_size": "3"}),
    ],
)
def test_a_slot_named_behind_a_number_and_company_before_it_say_whose_it_is(
    annotated: str, changed: dict[str, str]
) -> None:
    assert _after(annotated) == changed


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("|tomorrow @[8](party_size)", {"time": "20:00"}),
        ("|number of guests: [2](time)", {"party_size": "2"}),
    ],
)
def test_a_sign_or_a_name_right_before_a_number_says_whose_it_is(annotated: str, changed: dict[str, str]) -> None:
    assert _after(annotated) == changed


@pytest.mark.parametrize(
    "annotated",
    [
        "|please raise the number of guests on our reservation to [6](number)",
        "|could you update the headcount of my booking from four to [6](number)",
    ],
)
def test_a_number_of_people_that_is_to_change_is_the_party(annotated: str) -> None:
    assert _after(annotated) == {"party_size": "6"}
