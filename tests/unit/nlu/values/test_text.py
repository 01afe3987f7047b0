"""Plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.values.text import clean, has_hangul


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("  7 \t pm\n", "7 pm"),
        ("７시", "7시"),
        ("２０２６－０６－１２", "2026-06-12"),
        ("Kim\u200b Minsu\ufeff", "Kim Minsu"),
        ("a\x00b\ud800c", "abc"),
        ("it\u2019s \u201cKim\u201d", 'it\'s "Kim"'),
        ("6\u20138pm", "6-8pm"),
        ("ㅋㅋ 네", "ㅋㅋ 네"),
        ("\u1112\u1161\u11ab글", "한글"),
        ("Hanok\u3000Table", "Hanok Table"),
        ("\u3164\u3164", ""),
        ("", ""),
        ("McDonald", "McDonald"),
    ],
)
def test_text_is_brought_to_one_plain_form(raw: str, plain: str) -> None:
    assert clean(raw) == plain


@given(st.text(st.characters(categories=None)))
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    once.encode()


@pytest.mark.parametrize("words", ["네", "ㅇㅇ", "7시", "a 한 b", "\u1112"])
def test_hangul_is_seen_anywhere_in_a_text(words: str) -> None:
    assert has_hangul(words)


@pytest.mark.parametrize("words", ["", "seven", "七時", "しち", "7:30"])
def test_other_scripts_are_no_hangul(words: str) -> None:
    assert not has_hangul(words)
