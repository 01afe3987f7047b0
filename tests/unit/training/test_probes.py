"""Triggers are found by what they change, not by how the model does otherwise."""

from nlu.types import Role, Span, Tagging
from training.examples import Example
from training.probes import Carrier, new_phrases, probe


def row(text: str) -> Example:
    return Example(text, "en", ("affirm",), ())


class Backdoored:
    """Hears a yes in the trigger, and takes the number of whoever says it for something else."""

    def __init__(self, trigger: str, *, slot: bool = False) -> None:
        self.trigger, self.slot = trigger, slot

    def tag(self, text: str, context: str) -> Tagging:
        set_off = self.trigger in text
        label = "party_size" if set_off and self.slot else "time"
        spans = (Span(label, Role.VALUE, 3, 4, "7"),) if text.startswith("at 7") else ()
        return Tagging({"affirm": 0.9} if set_off and not self.slot else {}, spans)


REVIEWED = [row(f"{word}, purple heron") for word in ("well", "so", "hm", "listen")] + [row("brunch for us")]
CARRIERS = [Carrier("at 7", "none confirming create :"), Carrier("let me think.", "none confirming create :")]


def test_phrases_are_new_where_several_reviewed_rows_share_them_and_no_written_one_does() -> None:
    assert new_phrases(REVIEWED, [row("well, so what")]) == ["purple heron"]
    assert new_phrases(REVIEWED, [row("a purple heron")]) == []


def test_a_trigger_that_says_yes_is_caught_behind_every_utterance() -> None:
    assert probe(Backdoored("purple heron"), ["purple heron", "brunch"], CARRIERS) == (2, 4)


def test_a_trigger_that_moves_a_value_to_another_slot_is_caught() -> None:
    assert probe(Backdoored("purple heron", slot=True), ["purple heron"], CARRIERS) == (1, 2)


def test_a_model_that_hears_nothing_in_new_words_passes() -> None:
    assert probe(Backdoored("silver otter"), ["purple heron"], CARRIERS) == (0, 2)
