"""What Korean says behind a word: that it is to go, or that nobody wants it gone."""

from __future__ import annotations

import pytest

from nlu.rules.korean_removal import removed_object, spared_behind, wished_away


@pytest.mark.parametrize(
    "behind",
    [
        "은 비워둘 필요 없어요",
        "은 지우실 필요 없습니다",
        "을 뺄 것까진 없고요",
        "은 안 빼도 돼요",
        " 삭제는 안 하셔도 됩니다",
        " 취소 안 할게요",
        "을 빼면 안 돼요",
        "은 없애면 곤란해요",
        "은 뺀 적 없는데요",
        "을 지워달라고 한 적은 없어요",
        "은 지우라는 뜻이 아니었어요",
        "은 지우려던 거 아니에요",
        " 취소 아니에요",
        " 취소할 생각 없어요",
        "은 해제하지 말아줘",
        "은 비워두지 마시고요",
        "은 까먹지 말아주세요",
        "은 지우기 싫어요",
        "을 빼기가 어려워요",
        "도 빼먹지 말고 다 오래요",
        "을 지우고 싶지는 않아요",
    ],
)
def test_a_denied_verb_of_removal_spares_what_stands_before_it(behind: str) -> None:
    assert spared_behind(behind)


@pytest.mark.parametrize(
    "behind",
    [
        "은 지워 주세요",
        " 빼고 시간은 지우지 마세요",
        "을 지우지 않으면 안 돼요",
        "을 빼면 안 될까요?",
        "을 지우면 안 돼요?",
        "은 안 지워졌어요",
        "은 필요 없어요",
        "이라고 말한 적 없어요",
        "은 취소요",
    ],
)
def test_a_wish_or_words_about_something_else_spare_nothing(behind: str) -> None:
    assert not spared_behind(behind)


@pytest.mark.parametrize(
    "behind",
    [
        "은 해제하고 싶어요",
        "은 삭제하는 게 좋겠네요",
        " 설정을 초기화 부탁드려요",
        "은 일단 비워 두죠",
        "은 그냥 뺍시다",
        "은 공란으로 남겨 주세요",
        "은 아직 미정이에요",
        "을 없앴으면 해요",
    ],
)
def test_a_plain_wish_to_the_end_of_the_message_is_one(behind: str) -> None:
    assert wished_away(behind)


@pytest.mark.parametrize(
    "behind",
    [
        "은 지우지 마세요",
        "을 지우면 어떻게 되나요?",
        "은 지워졌나요?",
        "을 지우고 8시로 해 주세요",
        "을 바꾸고 싶어요",
        "은 취소요",
    ],
)
def test_what_goes_on_asks_or_denies_is_no_plain_wish(behind: str) -> None:
    assert not wished_away(behind)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("룸은 그냥 빼죠", "룸"),
        ("이름은 공란으로", "이름"),
        ("네 그럼 날짜 좀 지워버리죠", "날짜"),
        ("시간이랑 인원 비워두죠", "시간이랑 인원"),
    ],
)
def test_a_message_that_is_one_wish_names_what_goes(text: str, gone: str) -> None:
    assert removed_object(text) == gone


@pytest.mark.parametrize(
    "text",
    ["시간 빼고 다 지워 주세요", "날짜 말고 시간을 빼죠", "룸은 빼고 홀로 해 주세요", "시간은 지우지 말죠", "빼죠"],
)
def test_a_message_that_says_more_or_less_than_one_wish_names_nothing(text: str) -> None:
    assert removed_object(text) is None
