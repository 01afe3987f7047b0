"""Noise that keeps spans in place."""

import random

from hypothesis import given
from hypothesis import strategies as st

from nlu.types import Role, Span
from training.examples import Example
from training.noise import put_together, spoil, take_apart

ENGLISH = Example(
    "Make it 8:30 p.m., not Friday.",
    "en",
    ("deny",),
    (Span("time", Role.VALUE, 8, 17, "8:30 p.m."), Span("date", Role.OLD, 23, 29, "Friday")),
)
KOREAN = Example(
    "이번 주 금요일 7시로 네 명이요!",
    "ko",
    (),
    (
        Span("date", Role.VALUE, 0, 8, "이번 주 금요일"),
        Span("time", Role.VALUE, 9, 11, "7시"),
        Span("party_size", Role.VALUE, 13, 16, "네 명"),
    ),
)


@given(st.integers(0, 2**32 - 1), st.sampled_from([ENGLISH, KOREAN]))
def test_every_span_keeps_its_label_and_its_place_in_the_spoilt_text(seed: int, example: Example) -> None:
    spoilt = spoil(example, random.Random(seed))
    assert [(span.label, span.role) for span in spoilt.spans] == [(span.label, span.role) for span in example.spans]
    for span in spoilt.spans:
        assert spoilt.text[span.start : span.end] == span.text == span.text.strip() != ""
    assert spoilt.acts == example.acts


def test_numbers_are_never_misspelt() -> None:
    for seed in range(300):
        assert spoil(ENGLISH, random.Random(seed)).spans[0].text.startswith("8:30")


def test_korean_loses_its_blanks_at_times() -> None:
    texts = {spoil(KOREAN, random.Random(seed)).text for seed in range(200)}
    assert any(" " not in text.rstrip("ㅎㅋㅠ^😊~!. ") for text in texts)
    assert KOREAN.text in texts


def test_a_text_taken_apart_goes_together_again() -> None:
    assert put_together(KOREAN, take_apart(KOREAN)) == KOREAN


def test_a_span_without_words_brings_the_clean_text_back() -> None:
    assert put_together(ENGLISH, [("x", -1)]) == ENGLISH


def test_a_hasty_writer_slips_more_than_once_and_never_in_the_first_letter_of_a_word() -> None:
    clean = Example("forget about tomorrow evening", "en", (), ())
    words = [spoil(clean, random.Random(seed)).text.split() for seed in range(400)]
    wrong = [sum(one != other for one, other in zip(said, clean.text.split(), strict=False)) for said in words]
    assert {0, 1} < set(wrong)
    assert max(wrong) >= 2
    assert any(said[0][0] == "f" and said[0] != "forget" for said in words)
    assert all(said[0].lower().startswith("f") for said in words if len(said) == len(clean.text.split()))


def test_a_korean_vowel_is_written_as_one_that_sounds_alike() -> None:
    clean = Example("네 명으로 해 주세요", "ko", (), ())
    texts = " ".join(spoil(clean, random.Random(seed)).text for seed in range(600))
    assert "내 명" in texts
    assert "헤" in texts
