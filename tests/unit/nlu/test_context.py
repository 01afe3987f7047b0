"""The words in which the encoder is told where the dialogue stands. A change here asks for a new model."""

import pytest

from nlu.context import VERSION, render_context


def test_the_words_of_a_context_are_the_ones_that_the_model_was_trained_on() -> None:
    assert VERSION == 1
    assert (
        render_context("party_size", "collecting", "create", ["restaurant", "date", "time"])
        == "party size collecting create : restaurant date time"
    )
    assert render_context("what_to_change", "collecting", "modify", []) == ("what to change collecting modify :")
    assert render_context("none", "handed_off", "cancel", ["party_size"]) == ("none handed off cancel : party size")


def test_an_unknown_phase_is_refused() -> None:
    with pytest.raises(ValueError, match="sleeping"):
        render_context("none", "sleeping", "create", [])


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(ValueError, match="pending"):
        render_context("none", "idle", "delete", [])
