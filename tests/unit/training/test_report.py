"""The page of a run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.evaluation import MORNING, evaluation
from training.report import judge, main, page
from training.stages import plan_of

PLAN = plan_of("restaurant", Path("absent"))


def test_a_run_that_is_as_good_may_be_promoted() -> None:
    assert judge(evaluation()) == []


def test_the_page_says_why_not() -> None:
    found = evaluation(canary=(3, 4), p95=30.0)
    reasons = judge(found)
    assert [reason.split(":")[0] for reason in reasons] == ["canary set", "latency"]
    written = page(found, PLAN, reasons)
    assert "May not be promoted" in written
    assert all(reason in written for reason in reasons)
    assert "tests/canary/sets.yaml en turn 4" in written
    assert "party_size=3 instead of party_size=2" in written
    assert written.count("Next: ") == 2


def test_the_page_says_which_adapter_stays() -> None:
    found = evaluation(exact=0.1)
    assert judge(found) == []
    written = page(found, PLAN, [])
    assert "The language model's adapter stays the one in use" in written
    assert "en: share of exact answers falls from 50.00 to 10.00" in written
    assert "stays the one in use:" not in page(evaluation(), PLAN, [])


@pytest.mark.parametrize("active", [True, False])
def test_the_page_needs_nothing_else_and_shows_words_as_words(active: bool) -> None:
    written = page(evaluation(active=active), PLAN, [])
    assert "<b>아침" not in written
    assert "&lt;b&gt;아침 8시&lt;/b&gt;" in written
    assert not re.search(r"""(src|href)=["'](?!#|data:)|url\((?!#)|<script|@import""", written)
    assert written.count("<svg") == 6  # two confusions, calibration, latency, two learning curves
    assert "<?xml" not in written


def test_a_figure_that_was_not_measured_is_a_reason() -> None:
    found = evaluation()
    del found["candidate"]["gates"]["injections"]
    assert judge(found) == ["injections: is missing; measure it before promoting"]


def test_the_command_writes_the_page_and_the_figures(tmp_path: Path) -> None:
    (tmp_path / "restaurant").mkdir()
    (tmp_path / "restaurant/evaluation.json").write_text(json.dumps(evaluation(canary=(3, 4))))
    assert main(["restaurant", "--runs", str(tmp_path)]) == 0
    figures = json.loads((tmp_path / "restaurant/report.json").read_text())
    reasons = ["canary set: 3 of 4 turns are right, all must be"]
    assert figures["verdict"] == {"promote": False, "reasons": reasons, "adapter": []}
    assert figures["worst"][0]["text"] == MORNING
    assert "<svg" in (tmp_path / "restaurant/report.html").read_text()
