"""Intent and slots are chosen together, and slots cover whole words."""

import dataclasses

import numpy as np

from bench.nlu.reading import Names, read_logits
from nlu.labels import Labels
from nlu.pieces import Window
from nlu.types import Role

TEXT = "play 7pm"
WINDOW = Window(ids=(0,) * 6, types=(0,) * 6, first=2, offsets=((0, 4), (5, 6), (6, 8)), begin=0)
LABELS = Labels((("song", Role.VALUE), ("time+date", Role.VALUE)), ("play", "book"), {"play": 0.5, "book": 0.5})
SLOTS = {"play": frozenset({"song"}), "book": frozenset({"time+date"})}
NAMES = Names("snips", LABELS, SLOTS, single=True, words=True)


def tags(*likely: int) -> np.ndarray:
    """Logits (pieces of the pair, tags): the likely tag of each piece of the utterance is 4 above the others."""
    logits = np.zeros((6, 5), dtype=np.float32)
    logits[range(2, 5), likely] = 4.0
    return logits


def test_slots_that_an_intent_never_has_do_not_come_with_it() -> None:
    found = read_logits(np.array([9.0, 0.0], dtype=np.float32), tags(0, 3, 4), WINDOW, TEXT, NAMES)
    assert found.intents == {"play"}
    assert ("time", 5, 8) not in found.spans


def test_a_doubtful_intent_is_settled_by_the_slots() -> None:
    found = read_logits(np.array([0.5, 0.0], dtype=np.float32), tags(0, 3, 4), WINDOW, TEXT, NAMES)
    assert found.intents == {"book"}
    assert found.spans == {("time", 5, 8), ("date", 5, 8)}


def test_a_slot_covers_the_whole_word() -> None:
    found = read_logits(np.array([9.0, 0.0], dtype=np.float32), tags(0, 1, 0), WINDOW, TEXT, NAMES)
    assert found.spans in (frozenset(), frozenset({("song", 5, 8)}))


def test_a_row_may_have_several_intents() -> None:
    several = dataclasses.replace(NAMES, single=False)
    found = read_logits(np.array([1.0, 2.0], dtype=np.float32), tags(1, 3, 4), WINDOW, TEXT, several)
    assert found.intents == {"play", "book"}
    assert {name for name, _, _ in found.spans} == {"song", "time", "date"}
