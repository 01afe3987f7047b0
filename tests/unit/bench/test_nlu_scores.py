"""Figures count as the published tables do."""

import pytest

from bench.nlu.scores import Found, area_under_roc, score
from nlu.types import Role, Span
from training.examples import Example


def row(acts: tuple[str, ...] | None, *spans: tuple[str, int, int]) -> Example:
    return Example("x" * 20, "en", acts, tuple(Span(name, Role.VALUE, start, end, "") for name, start, end in spans))


def test_a_span_counts_only_with_its_place_and_name() -> None:
    rows = [row(("a",), ("time", 0, 2), ("date", 3, 5)), row(("b",))]
    found = [
        Found(frozenset({"a"}), frozenset({("time", 0, 2), ("date", 3, 6)}), 1.0),
        Found(frozenset({"a"}), frozenset(), 1.0),
    ]
    assert score(rows, found) == {"intent": 0.5, "slots": 0.5, "sentence": 0.0, "rows": 2.0}


def test_rows_without_intents_count_for_their_spans_only() -> None:
    found = [Found(frozenset({"none"}), frozenset({("time", 0, 2)}), 1.0)]
    assert score([row(None, ("time", 0, 2))], found) == {"slots": 1.0, "sentence": 1.0, "rows": 1.0}


def test_rows_out_of_scope_do_not_count_for_the_intent() -> None:
    rows = [row(("a",)), row(("b",)), row(())]
    found = [
        Found(frozenset({"a"}), frozenset(), 0.9),
        Found(frozenset({"b"}), frozenset(), 0.3),
        Found(frozenset({"b"}), frozenset(), 0.5),
    ]
    assert score(rows, found) == {"intent": 1.0, "oos": 0.5, "rows": 3.0}


def test_the_area_under_the_curve_counts_ties_half() -> None:
    assert area_under_roc([0.9, 0.5], [0.5, 0.1]) == pytest.approx(3.5 / 4)
