"""Who sits anywhere has no preference."""

from __future__ import annotations

import pytest

from nlu.rules.anywhere import sits_anywhere


@pytest.mark.parametrize(
    "text",
    [
        "on reflection we'd be content wherever you put us",
        "any old spot will do",
        "anywhere you have left is fine with me",
        "we're fine with any table",
        "어디에 앉든 저희는 다 좋아요",
        "아무데나 갠찮아요",
        "걍 아무 자리나 괜찬아여",
        "어디든 좋아요",
        "어느 자리로 주셔도 괜찮습니다",
        "자리는 아무 데나 상관없어요",
    ],
)
def test_any_seat_will_do(text: str) -> None:
    assert sits_anywhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "is any table fine?",
        "wherever we sat last time was cold",
        "어디에 앉나요?",
        "아무 말 없이 그냥 갈게요",
        "좋은 자리로 주세요",
    ],
)
def test_words_of_seats_alone_say_nothing(text: str) -> None:
    assert not sits_anywhere(text)
