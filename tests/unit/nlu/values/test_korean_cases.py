"""Every line of `tests/data/values_ko.yaml` reads as it says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu.types import Ambiguity, Delta, Kind, Moment, Reading
from nlu.values import normalise, read_delta

_FILE = yaml.safe_load((Path(__file__).parents[3] / "data" / "values_ko.yaml").read_text(encoding="utf-8"))
_CASES: list[dict[str, Any]] = _FILE["cases"]


def _label(case: dict[str, Any]) -> str:
    return f"{case['kind']}{'-delta' if 'delta' in case else ''}: {case['text']}"


def _expected(case: dict[str, Any]) -> Reading:
    return Reading(
        values=tuple(case.get("expect", ())),
        ambiguity=Ambiguity(case.get("ambiguity", "none")),
        bounds=tuple(case["bounds"]) if "bounds" in case else None,
        approximate=case.get("approximate", False),
        parts=case.get("parts", {}),
        reason=case.get("reason", ""),
    )


def _moment(case: dict[str, Any]) -> Moment:
    return Moment(datetime.fromisoformat(case.get("now", _FILE["now"])), _FILE["zone"])


@pytest.mark.parametrize("case", [case for case in _CASES if "delta" not in case], ids=_label)
def test_korean_words_read_as_listed(case: dict[str, Any]) -> None:
    assert normalise(case["text"], Kind(case["kind"]), _moment(case)) == _expected(case)


@pytest.mark.parametrize("case", [case for case in _CASES if "delta" in case], ids=_label)
def test_korean_changes_read_as_listed(case: dict[str, Any]) -> None:
    expected = Delta(**case["delta"]) if case["delta"] else None
    assert read_delta(case["text"], Kind(case["kind"])) == expected


def test_the_list_is_long_enough_and_holds_enough_traps() -> None:
    assert len(_CASES) >= 320
    assert sum(case.get("reason") == "unreadable" for case in _CASES) >= 40
