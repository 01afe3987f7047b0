from __future__ import annotations

import pytest

from assistant.language import language_of

NAMES = ("Hanok Table", "한옥테이블", "한옥 테이블", "Morning Cup", "모닝컵")


@pytest.mark.parametrize(
    "text",
    [
        "Can I book 한옥테이블 tomorrow 7pm for 4?",
        "A table at 모닝컵 on Friday",
        "한옥테이블, 7pm, 4 people",
        "My name is 김민수.",
        "Put it under 이은지, please",
        "No, I said 한옥테이블 and not 모닝컵",
        "change it to 8시",
        "/affirm",
        "7pm",
        "it’s 박지수",
    ],
)
def test_a_korean_name_does_not_make_a_sentence_korean(text):
    assert language_of(text, NAMES) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Hanok Table에 tomorrow 7pm, 4명 예약요",
        "한옥테이블에 tomorrow 7pm",
        "Kim Minsu로 예약해 주세요",
        "이름은 Kim Minsu입니다",
        "tomorrow 7시로 change해줘",
        "VIP룸 되나요?",
        "OK 네",
        "yes 맞아요",
        "Morning Cup으로 바꿔 줘",
        "김민수",
        "한옥테이블",
        "ㅇㅋ",
    ],
)
def test_an_english_word_does_not_make_a_sentence_english(text):
    assert language_of(text, NAMES) == "ko"


@pytest.mark.parametrize("text", ["", "19:00", "😀", "?!", "010-1234-5678", "שלום"])
def test_a_text_without_letters_of_either_script_has_no_language(text):
    assert language_of(text, NAMES) is None
