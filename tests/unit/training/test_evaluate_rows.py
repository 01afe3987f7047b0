"""What is counted of rows that a tagger has read."""

from __future__ import annotations

import random
import shlex
from pathlib import Path

import pytest

from assistant.domain import load_domain
from nlu.labels import labels_for
from nlu.types import Span, Tagging
from training.contexts import Scene, draw_scene, read_slots
from training.evaluate_rows import Read, confused, counts, errors, explain_command, figures, read_rows
from training.examples import Example, read_annotated

FOLDER = Path("domains/restaurant")
DOMAIN = load_domain(FOLDER)
LABELS = labels_for({slot.name: slot.kind for slot in DOMAIN.slots})
SCENE = Scene("time", "collecting", "create", ("restaurant", "party_size"))


def row(wanted: str, said: str = "", *, acts: str = "", heard: str = "") -> Read:
    """A row and how it was read, both with their spans written in place."""
    text, spans = read_annotated(wanted, LABELS, "here")
    _, found = read_annotated(said or text, LABELS, "here")
    sure = tuple(Span(one.label, one.role, one.start, one.end, one.text, 0.9) for one in found)
    example = Example(text, "en", tuple(filter(None, acts.split("+"))), spans)
    return Read(example, SCENE, Tagging(dict.fromkeys(filter(None, heard.split("+")), 0.8), sure))


OLD = '[7]{"entity": "time", "role": "old"}'
CLEAR = '[the time]{"entity": "slot_ref", "role": "clear"}'


def test_a_value_counts_as_set_and_an_old_one_as_cleared() -> None:
    found = counts([row(f"[8](time) not {OLD}", f"[8](time) not {OLD}")])
    assert (found.sets.expected, found.sets.both) == (1, 1)
    assert (found.clears.expected, found.clears.both) == (1, 1)
    assert (found.false_clears, found.quiet) == (0, 0)


def test_a_clear_that_nobody_asked_for_is_a_false_one() -> None:
    found = counts(
        [row("what about the time", f"what about {CLEAR}"), row("hello"), row("yes", acts="", heard="clear_all")]
    )
    assert (found.false_clears, found.quiet) == (2, 3)
    assert found.clears.precision == 0


def test_acts_that_nobody_annotated_are_not_held_against_the_tagger() -> None:
    silent = row("hello", heard="clear_all")
    unknown = Read(Example("hello", "en", None, ()), SCENE, silent.tagging)
    assert counts([unknown]).false_clears == 0
    assert confused([unknown]) == []


def test_a_missed_act_is_confused_with_the_surplus_one() -> None:
    rows = [row("no", acts="deny", heard="cancel"), row("no", acts="deny", heard="deny"), row("no", acts="deny")]
    rows += [row("hm", heard="affirm"), row("ok", acts="affirm+start", heard="affirm")]
    assert set(confused(rows)) == {
        ("deny", "cancel", 1),
        ("deny", "deny", 1),
        ("deny", "-", 1),
        ("-", "affirm", 1),
        ("affirm", "affirm", 1),
        ("start", "-", 1),
    }


def test_false_clears_are_the_worst_mistakes_and_right_rows_are_none() -> None:
    rows = [row("hello"), row("at [8](time)", "at 8"), row("the time", CLEAR)]
    worst, other = sorted(errors({("hand", "en"): rows}, DOMAIN), key=lambda one: -one["weight"])
    assert worst["wrong"] == ["+slot_ref.clear=the time"]
    assert other["wrong"] == ["-time=8"]
    assert worst["where"] == "hand en"


def test_the_command_shows_the_moment_in_which_a_row_was_said() -> None:
    words = shlex.split(explain_command("it's 8; rm -rf 'x'", SCENE, "en", DOMAIN))
    assert words[:3] == ["assistant", "explain", "it's 8; rm -rf 'x'"]
    assert words[words.index("--asked") + 1] == "time"
    assert words[words.index("--phase") + 1] == "collecting"
    held = [words[at + 1] for at, word in enumerate(words) if word == "--set"]
    assert held == ["restaurant=" + DOMAIN.slots[0].choices[0].id, "party_size=4"]


class Deaf:
    """A tagger that hears nothing, and notes the contexts."""

    def __init__(self) -> None:
        self.contexts: list[str] = []

    def tag(self, text: str, context: str) -> Tagging:
        self.contexts.append(context)
        return Tagging({}, ())


def test_every_tagger_reads_the_same_rows_in_the_same_contexts() -> None:
    slots, rng = read_slots(FOLDER / "slots.yml"), random.Random(1)
    examples = [Example(f"row {number}", "en", (), ()) for number in range(20)]
    assert len({draw_scene(example, slots, rng) for example in examples}) > 5
    one, other = Deaf(), Deaf()
    read_rows(one, {("hand", "en"): examples}, slots)
    read_rows(other, {("hand", "en"): examples}, slots)
    assert one.contexts == other.contexts


def test_figures_hold_scores_calibration_and_confusion_by_language() -> None:
    found = figures({("hand", "en"): [row("at [8](time)", "at [8](time)")], ("grammar", "ko"): [row("hello")]})
    assert found["scores"]["hand.en"]["spans"] == 1.0
    assert set(found["scores"]) == {"hand.en", "grammar.ko"}
    assert found["calibration"]["en"]["spans"] == {
        "claims": 1,
        "error": pytest.approx(0.1),
        "bins": [{"said": pytest.approx(0.9), "right": 1.0, "count": 1}],
    }
