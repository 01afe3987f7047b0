"""Scoring."""

import pytest

from nlu.types import Role, Span, Tagging
from training.examples import Example
from training.metrics import mistakes, score

SEVEN = Span("time", Role.VALUE, 0, 1, "7")
THE_TIME = Span("slot_ref", Role.CLEAR, 5, 13, "the time")


def test_right_readings_score_one() -> None:
    scores = score([Example("7", "en", ("deny",), (SEVEN,))], [Tagging({"deny": 0.9}, (SEVEN,))])
    assert (scores["acts"], scores["spans"], scores["exact"], scores["false_clears"]) == (1.0, 1.0, 1.0, 0.0)


def test_a_span_counts_only_with_its_role_and_places() -> None:
    wrong = [Span("time", Role.OLD, 0, 1, "7"), Span("time", Role.VALUE, 0, 2, "7 ")]
    for span in wrong:
        assert score([Example("7 x", "en", (), (SEVEN,))], [Tagging({}, (span,))])["spans"] == 0.0


def test_a_clear_where_nothing_is_to_go_is_a_false_clear() -> None:
    examples = [Example("drop the time", "en", (), (THE_TIME,)), Example("keep the time", "en", (), ())]
    scores = score(examples, [Tagging({}, (THE_TIME,)), Tagging({"clear_all": 0.9}, ())])
    assert scores["false_clears"] == 1.0
    assert scores["clear"] == pytest.approx(2 / 3)
    assert scores["exact"] == 0.5


def test_acts_that_nobody_annotated_are_not_scored() -> None:
    scores = score([Example("7", "en", None, (SEVEN,))], [Tagging({"ask": 0.9}, (SEVEN,))])
    assert scores["exact"] == 1.0
    assert "act:ask" not in scores


def test_a_mistake_is_told_in_one_line() -> None:
    (line,) = mistakes([Example("7", "en", (), (SEVEN,), source="f:3")], [Tagging({"ask": 0.9}, ())])
    assert line == "f:3: '7': [] ['time=7'] read as ['ask'] []"
