from __future__ import annotations

import pytest

from nlu.rules.assent import may_assent


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Yesss!!",
        "yse",
        "ok",
        "k",
        "okey dokey",
        "corect",
        "prefect",
        "confrim pls",
        "sounds good",
        "go ahead",
        "book it",
        "that's it",
        "no problem",
        "그렇습니다",
        "네",
        "넵넵",
        "네넵",
        "넹네",
        "네예약해주세요",
        "웅",
        "ㅇㅇ",
        "ㄱㄱ",
        "ㅇㅋㅇㅋ",
        "맞아요",
        "맞슴다",
        "조아용",
        "그라입시더",
        "하모하모",
        "이상 없습니다",
        "틀린 거 없어요",
        "진행해 주세요",
        "확정!",
        "콜",
        "굿굿",
        "오케바리",
    ],
)
def test_a_short_message_with_a_word_of_assent_may_be_a_yes(text: str) -> None:
    assert may_assent(text)


@pytest.mark.parametrize(
    "text",
    [
        "Beatriz",
        "Ben",
        "Okonkwo",
        "Jess",
        "Finn",
        "Li",
        "Ana Souza",
        "why",
        "hmm",
        "pizza",
        "dog",
        "",
        "왜",
        "흠",
        "그런가",
        "근데",
        "오",
        "강아지",
        "엄마",
        "이서연",
        "이상민",
        "예지",
        "콜라",
        "기다려",
        "어제",
        "네이버",
        "피자",
    ],
)
def test_a_short_message_without_one_is_none(text: str) -> None:
    assert not may_assent(text)


def test_a_longer_message_is_left_to_the_tagger() -> None:
    assert may_assent("whatever you wrote there, kindly arrange")
