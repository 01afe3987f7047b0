"""One plain wish that something goes is heard, whatever the tagger makes of its ending."""

from __future__ import annotations

import pytest

from assistant.composer.compose import compose
from assistant.types import Message, Op, Phase
from nlu.types import Tagging
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, Talk, draft

HELD = {**FRIDAY, "seating": "room"}


def mistaken_for_a_question(text: str) -> list[tuple[Op, tuple[str, ...]]]:
    """What becomes of a message that the tagger takes for a question."""
    message = Message("c", "m", text, "ko", ZONE, WEDNESDAY)
    return [(one.op, one.slots) for one in compose(Tagging({"ask": 0.9}, ()), message, draft(HELD), DOMAIN)]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("시간은 빼죠", ("time",)),
        ("룸은 그냥 빼죠", ("seating",)),
        ("7시는 지워버리죠", ("time",)),
        ("날짜랑 시간 비워두죠", ("date", "time")),
    ],
)
def test_a_named_slot_or_a_held_value_goes(text: str, slots: tuple[str, ...]) -> None:
    assert mistaken_for_a_question(text) == [(Op.CLEAR, slots)]


@pytest.mark.parametrize(
    "text", ["날씨는 빼죠", "8시는 빼죠", "홀은 빼죠", "두 명은 빼죠", "연락처는 빼죠", "양파는 빼죠"]
)
def test_what_is_no_slot_or_is_not_held_does_not_go(text: str) -> None:
    assert all(op is not Op.CLEAR for op, _ in mistaken_for_a_question(text))


def heard(annotated: str, phase: Phase) -> list[Op]:
    return [one.op for one in Talk(draft(FRIDAY, phase=phase)).operations(annotated)]


@pytest.mark.parametrize(
    "annotated",
    [
        "|[그날](slot_ref.clear) 일이 생겨서 취소할게요",
        "|[금요일](date.old)에 출장이 잡혀서 취소해야 돼요",
        "|[시간](slot_ref.clear)이 안 맞아서 예약 취소 부탁드려요",
    ],
)
def test_who_has_booked_and_cancels_for_a_reason_cancels_the_booking(annotated: str) -> None:
    assert heard(annotated, Phase.BOOKED) == [Op.CANCEL]
    assert heard(annotated, Phase.COLLECTING) == [Op.CLEAR]


@pytest.mark.parametrize(
    "annotated",
    [
        "|[금요일](date.old) 취소할게요",
        "|[금요일](date.old)은 출장이라 취소할게요",
        "|일이 생겨서 [시간](slot_ref.clear) 취소할게요",
    ],
)
def test_what_is_cancelled_itself_goes_alone(annotated: str) -> None:
    assert heard(annotated, Phase.BOOKED) == [Op.CLEAR]


def test_people_who_do_not_come_cancel_no_booking() -> None:
    assert heard("|[한 명](party_size.delta)이 못 와서 취소할게요", Phase.BOOKED) == [Op.ADJUST]


@pytest.mark.parametrize(
    "annotated",
    [
        "[애](party_size.delta)가 아파서 취소해야겠어요",
        "아이가 [열](number.old)이 나서 취소해야 할 것 같아요",
        "chitchat|남편이 아파서 취소해야 할 것 같네요",
    ],
)
def test_whoever_is_ill_cancels_the_booking_and_is_not_taken_off_the_party(annotated: str) -> None:
    assert heard(annotated, Phase.BOOKED) == [Op.CANCEL]


def test_people_who_are_counted_with_the_reason_may_be_all_that_is_cancelled() -> None:
    assert heard("[두 명](party_size.delta)이 아파서 취소할게요", Phase.BOOKED) == [Op.ADJUST]


@pytest.mark.parametrize(
    ("annotated", "cleared"),
    [
        ("skip|no name please", {"name"}),
        ("ask|do you mind if we skip the phone number?", {"phone"}),
        ("ask|is it ok if we leave out the phone number?", {"phone"}),
        ("skip|no phone please", {"phone"}),
        ("|[that number](slot_ref.clear) is my old one, please delete it", {"phone"}),
        ("|[the number](slot_ref.clear) belongs to my ex, erase it", {"phone"}),
        ("skip|no problem please", set()),
        ("ask|do you mind if we skip dessert?", set()),
        ("ask|why do you need the phone number?", set()),
    ],
)
def test_what_a_guest_wants_to_do_without_is_cleared(annotated: str, cleared: set[str]) -> None:
    talk = Talk(draft({**FRIDAY, "phone": "010-3030-4141"}))
    talk.hear(annotated)
    assert talk.cleared == cleared


def test_a_number_that_is_asked_for_may_be_skipped() -> None:
    (operation,) = Talk(draft(FRIDAY, asked="phone")).operations("ask|do you mind if we skip the phone number?")
    assert (operation.op, operation.slots) == (Op.SKIP, ("phone",))
