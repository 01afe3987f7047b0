"""Intent and slots are chosen together, and slots cover whole words."""

import dataclasses

import numpy as np

from bench.nlu.reading import Names, read_logits, words_of
from nlu.labels import Labels
from nlu.pieces import Window
from nlu.types import Role

TEXT = "play 7pm"
WINDOW = Window(ids=(0,) * 6, types=(0,) * 6, first=2, offsets=((0, 4), (5, 6), (6, 8)), begin=0)
LABELS = Labels((("song", Role.VALUE), ("time+date", Role.VALUE)), ("play", "book"), {"play": 0.5, "book": 0.5})
SLOTS = {"play": frozenset({"song"}), "book": frozenset({"time+date"})}
NAMES = Names("snips", LABELS, SLOTS, single=True, words=True)


SONG = np.array([9.0, 0.0], dtype=np.float32)


def tags(*likely: int) -> np.ndarray:
    """Logits (pieces of the pair, tags): the likely tag of each piece of the utterance is 4 above the others."""
    logits = np.zeros((6, 5), dtype=np.float32)
    logits[range(2, 5), likely] = 4.0
    return logits


def test_slots_that_an_intent_never_has_do_not_come_with_it() -> None:
    found = read_logits(SONG, tags(0, 3, 4), WINDOW, TEXT, NAMES)
    assert found.intents == {"play"}
    assert ("time", 5, 8) not in found.spans


def test_a_doubtful_intent_is_settled_by_the_slots() -> None:
    found = read_logits(np.array([0.5, 0.0], dtype=np.float32), tags(0, 3, 4), WINDOW, TEXT, NAMES)
    assert found.intents == {"book"}
    assert found.spans == {("time", 5, 8), ("date", 5, 8)}


def test_a_slot_covers_the_whole_word_that_most_of_its_pieces_are_for() -> None:
    doubtful = tags(0, 1, 0)
    assert read_logits(SONG, doubtful, WINDOW, TEXT, NAMES).spans == frozenset()
    doubtful[3, 1] = 4.5
    assert read_logits(SONG, doubtful, WINDOW, TEXT, NAMES).spans == {("song", 5, 8)}


def test_two_values_of_one_slot_with_only_a_blank_between_are_one() -> None:
    assert read_logits(SONG, tags(1, 1, 2), WINDOW, TEXT, NAMES).spans == {("song", 0, 8)}


def test_words_end_at_blanks_or_where_letters_and_digits_do() -> None:
    text, offsets = "6:30pm, ok", ((0, 1), (1, 2), (2, 4), (4, 6), (6, 7), (8, 10))
    assert [text[word.start : word.end] for word in words_of(offsets, text, blanks=True)] == ["6:30pm,", "ok"]
    runs = words_of(offsets, text, blanks=False)
    assert [text[word.start : word.end] for word in runs] == ["6", ":", "30pm", ",", "ok"]
    assert [(word.first, word.stop) for word in runs] == [(0, 1), (1, 2), (2, 4), (4, 5), (5, 6)]


def test_a_row_may_have_several_intents() -> None:
    several = dataclasses.replace(NAMES, single=False)
    found = read_logits(np.array([1.0, 2.0], dtype=np.float32), tags(1, 3, 4), WINDOW, TEXT, several)
    assert found.intents == {"play", "book"}
    assert {name for name, _, _ in found.spans} == {"song", "time", "date"}
