"""From tag scores to spans."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.decode import Scores, best_path, decode_spans, glued, log_softmax, tidy
from nlu.labels import labels_for
from nlu.types import Kind, Role

LABELS = labels_for({"time": Kind.TIME, "name": Kind.NAME})
TAGS = LABELS.tags


def scores(*tags: str, strength: float = 8.0) -> Scores:
    """Log probabilities that favour these tags."""
    logits = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    for at, tag in enumerate(tags):
        logits[at, TAGS.index(tag)] = strength
    return log_softmax(logits)


def test_neighbouring_pieces_make_one_span_with_its_words() -> None:
    text = "at 7 pm please"
    offsets = [(0, 2), (3, 4), (5, 7), (8, 14)]
    (span,) = decode_spans(scores("O", "B-time", "I-time", "O"), offsets, text, LABELS)
    assert (span.label, span.role, span.text) == ("time", Role.VALUE, "7 pm")
    assert text[span.start : span.end] == span.text
    assert 0.9 < span.confidence <= 1.0


def test_an_inner_tag_never_follows_another_label() -> None:
    path = best_path(scores("B-time", "I-name", "I-time.old", strength=2.0), [False] * 3)
    for before, here in zip([0, *path], path, strict=False):
        assert not TAGS[here].startswith("I-") or TAGS[before][2:] == TAGS[here][2:]


def may_follow(before: int, tag: int, *, joined: bool) -> bool:
    """O is 0, B and I of the first label 1 and 2, of the second 3 and 4."""
    if tag in (2, 4):
        return before in (tag - 1, tag)
    return not joined or (tag == 0 and before == 0)


@given(st.integers(1, 5), st.integers(0, 2**32 - 1), st.sampled_from((0.5, 4.0)))
def test_no_path_that_obeys_is_likelier_than_the_best(count: int, seed: int, strength: float) -> None:
    rng = np.random.default_rng(seed)
    likely = log_softmax((strength * rng.standard_normal((count, 5))).astype(np.float32))
    joined = [False, *(bool(one) for one in rng.integers(0, 2, count - 1))]
    paths = [
        path
        for path in product(range(5), repeat=count)
        if path[0] not in (2, 4)
        and all(may_follow(*pair, joined=held) for pair, held in zip(pairwise(path), joined[1:], strict=True))
    ]
    best = best_path(likely, joined)
    assert tuple(best) in paths
    assert likely[range(count), best].sum() >= max(likely[range(count), path].sum() for path in paths) - 1e-4


def test_two_values_side_by_side_stay_two() -> None:
    spans = decode_spans(scores("B-time.old", "B-time"), [(0, 1), (2, 3)], "7 8", LABELS)
    assert [(span.role, span.text) for span in spans] == [(Role.OLD, "7"), (Role.VALUE, "8")]


def test_a_value_that_was_cut_at_a_blank_is_one_phrase_again() -> None:
    (span,) = decode_spans(scores("B-name", "B-name"), [(0, 3), (4, 9)], "Kim Minsu", LABELS)
    assert span.text == "Kim Minsu"


def test_slots_named_one_after_the_other_stay_apart() -> None:
    spans = decode_spans(scores("B-slot_ref.clear", "B-slot_ref.clear"), [(0, 2), (3, 5)], "날짜 시간", LABELS)
    assert [span.text for span in spans] == ["날짜", "시간"]


def test_a_span_never_ends_inside_a_number() -> None:
    text = "2026"
    spans = decode_spans(scores("B-time", "O", strength=3.0), [(0, 2), (2, 4)], text, LABELS)
    assert all(span.text == text for span in spans)


def test_a_span_never_ends_inside_a_syllable() -> None:
    spans = decode_spans(scores("B-name", "O", "O", strength=3.0), [(0, 1), (0, 1), (1, 2)], "김요", LABELS)
    assert [span.text for span in spans] in (["김"], [])


def test_syllables_and_numbers_are_glued_and_words_are_not() -> None:
    assert glued([(0, 1), (0, 1), (1, 3), (3, 4)], "칠123") == [False, True, False, True]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" 7 pm, ", "7 pm"),
        ("7 p.m.", "7 p.m."),
        ("'Kim'", "Kim"),
        ("+82 10", "+82 10"),
        ("김민수.", "김민수"),
        ("...", ""),
    ],
)
def test_blanks_and_sentence_marks_are_no_part_of_a_value(text: str, kept: str) -> None:
    start, end = tidy(text, 0, len(text))
    assert text[start:end] == kept


def test_no_pieces_make_no_spans() -> None:
    assert decode_spans(np.zeros((0, len(TAGS)), dtype=np.float32), [], "", LABELS) == ()


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_spans_are_in_order_apart_and_inside_the_text(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    words = ["7", "19", "네", " ", "pm", ".", "Kim", "시"]
    parts = [words[int(at)] for at in rng.integers(0, len(words), count)]
    offsets, place = [], 0
    for part in parts:
        offsets.append((place, place + len(part)))
        place += len(part)
    text = "".join(parts)
    logits = (4 * rng.standard_normal((count, len(TAGS)))).astype(np.float32)
    end = 0
    for span in decode_spans(log_softmax(logits), offsets, text, LABELS):
        assert end <= span.start < span.end <= len(text)
        assert span.text == text[span.start : span.end]
        assert not text[span.start - 1 : span.start + 1].isdecimal() or span.start == 0
        end = span.end
