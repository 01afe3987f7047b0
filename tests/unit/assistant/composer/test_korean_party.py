"""One part of a split party that is counted anew leaves the other as it was."""

from __future__ import annotations

import pytest

from assistant.composer.compose import compose
from assistant.types import Message, Op, Slot, Status
from nlu.types import Tagging
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, draft, filled

SPLIT = Slot(Status.FILLED, value="5", parts={"adults": "2", "children": "3"})


def _party(text: str, party: Slot = SPLIT, **acts: float) -> tuple[str, dict[str, str]] | None:
    conversation = draft(FRIDAY, slots={**filled(FRIDAY), "party_size": party})
    operations = compose(Tagging(acts, ()), Message("c", "m", text, "ko", ZONE, WEDNESDAY), conversation, DOMAIN)
    found = [one.value for one in operations if one.op is Op.SET and one.slots == ("party_size",) and one.value]
    return (found[0].candidates[0], dict(found[0].parts)) if found else None


@pytest.mark.parametrize(
    ("text", "size", "parts"),
    [
        ("아이는 둘만요", "4", {"adults": "2", "children": "2"}),
        ("큰애가 안 간다네요 아이는 둘만요", "4", {"adults": "2", "children": "2"}),
        ("애들은 한 명만 가요", "3", {"adults": "2", "children": "1"}),
        ("아이가 하나래요", "3", {"adults": "2", "children": "1"}),
        ("아이는 셋 다 와요", "5", {"adults": "2", "children": "3"}),
        ("애들은 둘 다 가요", "4", {"adults": "2", "children": "2"}),
        ("어른은 셋이에요", "6", {"adults": "3", "children": "3"}),
        ("애들은 넷으로 바꿔 주세요", "6", {"adults": "2", "children": "4"}),
        ("큰애가 합창 연습이라 애들은 둘이에요", "4", {"adults": "2", "children": "2"}),
        ("애가 둘이 아니라 셋이에요", "5", {"adults": "2", "children": "3"}),
        ("막내는 감기라 두고 아이 둘만 가요", "4", {"adults": "2", "children": "2"}),
        ("아이는 하나로 할게요", "3", {"adults": "2", "children": "1"}),
    ],
)
def test_the_part_that_is_counted_anew_is_renewed_and_the_other_stays(
    text: str, size: str, parts: dict[str, str]
) -> None:
    assert _party(text) == (size, parts)


def test_of_a_party_without_parts_the_rest_are_the_others() -> None:
    plain = Slot(Status.FILLED, value="4")
    assert _party("아이는 둘이에요", plain) == ("4", {"adults": "2", "children": "2"})
    assert _party("아이는 여섯이에요", plain) is None


@pytest.mark.parametrize(
    "text",
    [
        "애는 두고 어른 둘만 가요",
        "아이는 다섯 살이에요",
        "아이는 둘이 아파요",
        "총 네 명인데 아이는 둘이요",
        "아기 의자는 두 개요",
    ],
)
def test_ages_things_and_a_party_said_whole_are_left_alone(text: str) -> None:
    assert _party(text) is None


def test_a_question_counts_nobody() -> None:
    assert _party("아이는 둘만요", ask=0.9) is None
