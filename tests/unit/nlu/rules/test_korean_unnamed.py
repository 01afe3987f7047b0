"""A name that a Korean message gives to somebody without saying who."""

from __future__ import annotations

import pytest

from nlu.rules.korean_unnamed import asks_about_names, own_name_given_up, somebody_unnamed


@pytest.mark.parametrize("who", ["사위", "남편", "아들", "딸", "친구", "팀장님", "와이프", "며느리"])
def test_whose_name_it_is_to_be_is_no_name(who: str) -> None:
    text = f"제 이름은 지워 주세요. {who} 이름으로 하지요."
    start = text.index(who)
    assert somebody_unnamed(text, start, start + 1)
    assert own_name_given_up(f"제 이름 말고 {who} 이름으로 할게요")


@pytest.mark.parametrize(
    "text",
    [
        "제 이름은 지우지 마세요. 사위 이름은 나중에요.",
        "사위 이름으로 하지요",
        "제 이름은 지워 주세요. 사위 이름으로 도재현이요.",
        "사위 이름으로 해도 되나요?",
        "제 이름 말고 남편 이름으로 해주세요 박정우예요",
    ],
)
def test_a_name_that_is_kept_or_said_is_not_given_up(text: str) -> None:
    assert not own_name_given_up(text)


@pytest.mark.parametrize(
    ("before", "asks"),
    [
        ("닉네임도 돼요? ", True),
        ("가명도 괜찮아요? 그럼 ", True),
        ("룸도 돼요? ", False),
        ("닉네임은 안 쓸게요. ", False),
    ],
)
def test_a_question_which_name_will_do_leads_to_one(before: str, asks: bool) -> None:
    assert asks_about_names(before) is asks
