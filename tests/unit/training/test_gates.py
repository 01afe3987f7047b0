"""What keeps a model from being promoted."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from training.gates import MissingFigure, adapter_verdict, verdict

GOOD: dict[str, Any] = {
    "canary": {"right": 40, "of": 40},
    "languages": {
        "en": {"slot_f1": 0.98, "clear_f1": 0.97, "false_clears": 0.002},
        "ko": {"slot_f1": 0.97, "clear_f1": 0.96, "false_clears": 0.001},
    },
    "injections": {"wrong": 1, "of": 300},
    "latency_ms": {"p95": 3.0},
}


def changed(*keys: str, to: Any) -> dict[str, Any]:
    figures = copy.deepcopy(GOOD)
    inner = figures
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = to
    return figures


def test_a_model_that_is_as_good_is_promoted() -> None:
    assert verdict(GOOD, GOOD) == []


def test_small_losses_within_the_limits_do_not_stop_a_model() -> None:
    figures = changed("languages", "ko", "clear_f1", to=0.955)
    figures["languages"]["en"]["slot_f1"] = 0.975
    figures["latency_ms"]["p95"] = 3.6
    assert verdict(figures, GOOD) == []


@pytest.mark.parametrize(
    ("keys", "value", "said"),
    [
        (("canary", "right"), 39, "canary set"),
        (("canary",), {"right": 0, "of": 0}, "canary set"),
        (("languages", "en", "slot_f1"), 0.9749, "en: slot F1"),
        (("languages", "ko", "clear_f1"), 0.95, "ko: CLEAR F1"),
        (("languages", "ko", "false_clears"), 0.002, "ko: false clears"),
        (("injections", "wrong"), 2, "injections"),
        (("latency_ms", "p95"), 3.7, "latency"),
    ],
)
def test_each_gate_stops_a_model_by_itself(keys: tuple[str, ...], value: Any, said: str) -> None:
    (reason,) = verdict(changed(*keys, to=value), GOOD)
    assert reason.startswith(said)


def test_every_broken_gate_is_told() -> None:
    bad = {
        "canary": {"right": 1, "of": 40},
        "languages": {lang: {"slot_f1": 0.5, "clear_f1": 0.5, "false_clears": 0.5} for lang in ("en", "ko")},
        "injections": {"wrong": 300, "of": 300},
        "latency_ms": {"p95": 30.0},
    }
    assert len(verdict(bad, GOOD)) == 9


def test_the_first_model_needs_its_canary_set_only() -> None:
    assert verdict({"canary": {"right": 40, "of": 40}}, {}) == []
    assert verdict({"canary": {"right": 39, "of": 40}}, {}) != []


@pytest.mark.parametrize("value", [None, float("nan"), "0.9", True])
def test_what_was_not_measured_is_not_promoted(value: Any) -> None:
    with pytest.raises(MissingFigure, match=r"languages\.en\.clear_f1"):
        verdict(changed("languages", "en", "clear_f1", to=value), GOOD)
    with pytest.raises(MissingFigure, match="injections"):
        verdict(changed("injections", to=value), GOOD)


def adapter(lang: str = "en", **figures: Any) -> dict[str, Any]:
    """The figures of an adapter, some of them changed in one language."""
    good = {"exact": 0.4, "clear_f1": 0.8, "false_clears": 0.01}
    return {"languages": {"en": good, "ko": good, lang: {**good, **figures}}}


def test_an_adapter_that_reads_as_well_takes_the_place_of_the_one_in_use() -> None:
    assert adapter_verdict(adapter(), adapter()) == []
    assert adapter_verdict(adapter("ko", exact=0.395, clear_f1=0.795), adapter()) == []
    assert adapter_verdict(adapter(exact=0.0), {}) == []  # nothing is in use yet
    assert adapter_verdict({}, {}) == []


def test_an_adapter_that_reads_worse_does_not() -> None:
    reasons = [
        *adapter_verdict(adapter(exact=0.394), adapter()),
        *adapter_verdict(adapter("ko", clear_f1=0.7), adapter()),
    ]
    assert reasons == [
        "en: share of exact answers falls from 40.00 to 39.40, more than 0.5 points",
        "ko: CLEAR F1 falls from 80.00 to 70.00, more than 0.5 points",
    ]


def test_an_adapter_that_was_not_made_does_not() -> None:
    assert adapter_verdict({}, adapter()) == ["no new adapter was made"]


def test_an_adapter_that_was_not_measured_does_not() -> None:
    with pytest.raises(MissingFigure, match=r"languages\.ko\.exact"):
        adapter_verdict(adapter("ko", exact=None), adapter())
