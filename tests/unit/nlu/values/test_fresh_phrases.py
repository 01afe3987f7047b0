"""The phrases of `tests/data/phrases_fresh.jsonl` read as they say; those that do not are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.phrase_sets import Case, ours
from bench.values import run

MISSED = {
    "다음 일요일 말고 그 다음 일요일": "a day counted from another one that is open itself",
}
"""Phrase to reason. Delete the line of one that reads right by now."""


def _label(case: Case) -> str:
    return f"{case.kind}{'-change' if case.change else ''}: {case.text}"


@pytest.mark.parametrize("case", list(ours(Path())), ids=_label)
def test_a_fresh_phrase_reads_as_it_says_or_is_a_known_miss(case: Case) -> None:
    result = run(case)
    assert result.exact != (case.text in MISSED and bool(case.accepted)), (
        f"wanted {sorted(case.accepted)}, got {result.said}"
    )
