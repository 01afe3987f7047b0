"""The expected calibration error says how far confidence and truth lie apart."""

from __future__ import annotations

import pytest

from nlu.calibration import Claim, bins, calibration_error


def test_confidence_that_is_right_as_often_as_it_says_has_no_error() -> None:
    claims = [Claim(0.75, right) for right in (True, True, True, False)]
    assert calibration_error(claims) == 0.0


def test_overconfidence_counts_by_its_gap_and_its_share() -> None:
    claims = [Claim(0.95, False), Claim(0.95, True), Claim(0.55, True), Claim(0.55, False)]
    assert calibration_error(claims) == pytest.approx((0.45 + 0.05) / 2)
    assert [one.count for one in bins(claims)] == [2, 2]


def test_certainty_falls_into_the_last_bin() -> None:
    assert [one.accuracy for one in bins([Claim(1.0, True), Claim(0.91, False)])] == [0.5]


def test_nothing_claimed_is_no_error() -> None:
    assert calibration_error([]) == 0.0
