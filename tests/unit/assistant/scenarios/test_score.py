from __future__ import annotations

import pytest

from assistant.scenarios.compare import Difference
from assistant.scenarios.play import Answer, Played, PlayedTurn
from assistant.scenarios.results import results
from assistant.scenarios.score import Rate, scores
from assistant.scenarios.stability import unstable_turns
from assistant.scenarios.view import View

SEVEN, EIGHT, GONE = View(slots={"time": "19:00"}), View(slots={"time": "20:00"}), View(cleared=frozenset({"time"}))


def turn(
    wanted_before,
    wanted,
    got_before,
    got,
    *,
    number=1,
    hard=False,
    differs=(),
    seconds=0.01,
    replies=("ok",),
    sure=None,
):
    found = tuple(Difference(key, "", "") for key in differs)
    answer = Answer("OK", got, seconds, replies, confidence=sure)
    return PlayedTurn(number, "c", "en", "hi", wanted, wanted_before, got_before, answer, found, hard)


def played(*turns, mode="en", repeat=1, id="T1"):
    return Played(id, "", mode, repeat, turns, 0.5)


def total(*turns):
    return scores([played(*turns)])["all"]


def test_precision_and_recall_hold_reported_changes_against_expected_ones():
    score = total(turn(View(), SEVEN, View(), SEVEN), turn(SEVEN, EIGHT, SEVEN, GONE))
    assert (score.sets.precision, score.sets.recall) == (1.0, 0.5)
    assert (score.clears.expected, score.clears.reported, score.clears.both) == (0, 1, 0)
    assert score.clears.precision == 0.0


def test_rates_of_nothing_are_whole():
    assert (Rate().precision, Rate().recall, Rate().f1) == (1.0, 1.0, 1.0)


def test_an_undo_that_empties_a_slot_is_neither_set_nor_clear():
    score = total(turn(SEVEN, View(), SEVEN, View()))
    assert score.sets.expected == score.clears.expected == 0


def test_a_clear_that_was_not_wanted_is_false_once():
    score = total(turn(SEVEN, SEVEN, SEVEN, GONE), turn(SEVEN, SEVEN, GONE, GONE))
    assert score.false_clears == 1
    assert score.false_clear_rate == 0.5


def test_a_cleared_value_that_comes_back_unasked_is_a_resurrection():
    wrong = total(turn(SEVEN, GONE, SEVEN, GONE), turn(GONE, GONE, GONE, SEVEN))
    assert wrong.resurrections == 1


def test_a_value_that_is_restored_as_wanted_or_replaced_is_none():
    assert total(turn(SEVEN, GONE, SEVEN, GONE), turn(GONE, SEVEN, GONE, SEVEN)).resurrections == 0
    assert total(turn(SEVEN, GONE, SEVEN, GONE), turn(GONE, GONE, GONE, EIGHT)).resurrections == 0


def test_a_turn_that_was_sure_and_wrong_counts_as_badly_calibrated():
    sure_and_wrong = turn(SEVEN, SEVEN, SEVEN, GONE, differs=("cleared",), sure=0.9)
    assert total(sure_and_wrong, turn(SEVEN, EIGHT, SEVEN, EIGHT, sure=1.0)).calibration_error == pytest.approx(0.45)


def test_a_hard_negative_is_respected_when_the_state_is_right_whatever_is_asked():
    score = total(
        turn(SEVEN, SEVEN, SEVEN, SEVEN, hard=True, differs=["ask"]),
        turn(SEVEN, SEVEN, SEVEN, GONE, hard=True, differs=["slots", "cleared"]),
    )
    assert (score.hard_negatives, score.hard_negatives_respected) == (2, 1)


def test_figures_are_kept_by_mode_and_over_all():
    found = scores([played(turn(View(), SEVEN, View(), SEVEN)), played(turn(View(), SEVEN, View(), GONE), mode="ko")])
    assert list(found) == ["en", "ko", "all"]
    assert (found["en"].sets.recall, found["ko"].sets.recall, found["all"].sets.recall) == (1.0, 0.0, 0.5)


def test_a_turn_with_other_outcomes_in_another_repeat_is_unstable():
    first = played(turn(View(), SEVEN, View(), SEVEN), turn(SEVEN, SEVEN, SEVEN, SEVEN, number=2))
    second = played(turn(View(), SEVEN, View(), GONE, differs=["slots"]), first.turns[1], repeat=2)
    (unstable,) = unstable_turns([first, second])
    assert (unstable.number, unstable.right, unstable.outcomes) == (1, 1, 2)
    assert unstable_turns([first, first]) == ()


def test_results_have_the_keys_that_the_document_lists():
    one = played(turn(View(), SEVEN, View(), View(candidates={"time": ("a", "b")}), differs=["slots"]))
    found = results([one], scores([one]), [], target="x", repeats=1)
    assert found["right"] is False
    assert found["totals"]["en"]["turns_right"] == 0
    assert found["scenarios"][0]["turns"][0]["differences"] == [{"key": "slots", "expected": "", "got": ""}]
    assert found["scenarios"][0]["turns"][0]["reported"]["candidates"] == {"time": {"from": "a", "to": "b"}}
