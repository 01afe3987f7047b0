"""A party that the words sum up is heard, though the tagger saw none."""

from __future__ import annotations

import pytest

from assistant.compose import compose
from assistant.types import Message, Op, Operation
from nlu.types import Role, Span, Tagging
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, draft


def _heard(text: str, *spans: Span, **acts: float) -> tuple[Operation, ...]:
    return compose(Tagging(acts, spans), Message("c", "m", text, "ko", ZONE, WEDNESDAY), draft(FRIDAY), DOMAIN)


@pytest.mark.parametrize(
    ("text", "size"),
    [("학생들까지 아홉 명이고요", "9"), ("다 해서 여섯 명이에요", "6"), ("저 포함해서 총 5명으로 갈게요", "5")],
)
def test_people_summed_up_are_the_party(text: str, size: str) -> None:
    (operation,) = _heard(text, chitchat=0.9)[-1:]
    assert (operation.op, operation.value and operation.value.candidates) == (Op.SET, (size,))


@pytest.mark.parametrize(
    "text", ["다섯 명까지 앉을 수 있어요?", "일곱시까지 두 명이요", "저까지 다섯 명이면 룸 되나요?"]
)
def test_what_sums_nobody_up_or_asks_is_none(text: str) -> None:
    assert all(one.op is not Op.SET for one in _heard(text, ask=0.9))


def test_a_party_that_the_tagger_saw_is_not_read_twice() -> None:
    seen = Span("party_size", Role.VALUE, 6, 10, "아홉 명", 0.9)
    assert len(_heard("학생들까지 아홉 명이고요", seen)) == 1


@pytest.mark.parametrize(
    ("text", "mentioned", "size"),
    [
        ("Nope, go back to six then.", ("party_size",), "6"),
        ("Nope, go back to six then.", ("party_size", "time"), None),
        ("I have to go back to work.", ("party_size",), None),
    ],
)
def test_who_goes_back_to_a_value_means_the_slot_of_the_message_before(
    text: str, mentioned: tuple[str, ...], size: str | None
) -> None:
    conversation = draft(FRIDAY, mentioned=mentioned)
    operations = compose(
        Tagging({"deny": 0.9}, ()), Message("c", "m", text, "en", ZONE, WEDNESDAY), conversation, DOMAIN
    )
    found = [one.value.candidates[0] for one in operations if one.value]
    assert found == ([size] if size else [])
