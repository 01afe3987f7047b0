"""Foreign names in Hangul are told from Korean names and words by their syllables."""

import pytest

from nlu.values.korean_foreign_names import foreign_name


@pytest.mark.parametrize(
    ("words", "foreign"),
    [
        ("프레야 올센", True),
        ("위고", True),
        ("미나 베커", True),
        ("알렉산드라", True),
        ("김민수", False),
        ("테라스 자리", False),
        ("그냥 나중에", False),
        ("카드 결제", False),
        ("홀이 좋아", False),
    ],
)
def test_a_foreign_name_has_syllables_that_korean_words_hardly_have(words: str, *, foreign: bool) -> None:
    assert foreign_name(words) is foreign
