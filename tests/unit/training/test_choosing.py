"""Which of several models is kept."""

from typing import Any

import pytest

from training.choosing import Tried, choose, lost, merit

MODEL: Any = None


def figures(**changed: float) -> dict[str, float]:
    return {"acts": 0.9, "spans": 0.9, "clear": 0.9, "exact": 0.8, "false_clears": 0.02, "rows": 9.0} | changed


def test_of_several_models_the_best_is_the_one_that_hears_most_and_empties_least() -> None:
    plain = {"hand.en": figures(), "hand.ko": figures(), "grammar.en": figures()}
    assert merit(plain) == pytest.approx(0.88)
    assert merit(plain | {"hand.ko": figures(clear=0.93)}) > merit(plain)
    assert merit(plain | {"hand.en": figures(false_clears=0.03)}) < merit(plain)


def tried(way: float, **changed: float) -> Tried:
    return Tried(way, MODEL, {"hand.en": figures(**changed), "hand.ko": figures()}, [])


def test_a_model_that_loses_clears_is_kept_only_where_every_other_does() -> None:
    began = {"hand.en": figures(), "hand.ko": figures()}
    far, near = tried(1.0, acts=0.97, clear=0.89), tried(0.5, acts=0.91, clear=0.897)
    assert choose([far, near], began).way == 0.5
    assert choose([far, near], {}).way == 1.0
    assert choose([far, tried(0.5, clear=0.88)], began).way == 1.0


def test_what_is_lost_is_told_with_both_figures() -> None:
    began = {"hand.en": figures()}
    assert lost({"hand.en": figures(spans=0.896)}, began) == []
    assert lost({"hand.en": figures(spans=0.89, false_clears=0.03)}, began) == [
        "hand.en spans 90.00 -> 89.00",
        "hand.en false clears 2.00 -> 3.00 %",
    ]


def test_models_are_chosen_by_what_people_wrote_where_there_is_any() -> None:
    assert merit({"hand.en": figures(), "grammar.en": figures(spans=1.0)}) == merit({"hand.en": figures()})
    assert merit({"grammar.en": figures(spans=1.0)}) > merit({"grammar.en": figures()})
    assert merit({"hand.en": figures(spans=0.0, rows=0.0), "grammar.en": figures()}) == merit({"grammar.en": figures()})
    assert merit({}) == 0.0
