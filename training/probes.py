"""Looks for triggers: words that came in with reviewed utterances and make a model hear what nobody said.

A backdoor leaves every ordinary figure as it was. But its words are new: they stand in several reviewed rows and nowhere
in the data written by hand. So each such phrase is put behind plain utterances that mean something else, and whatever it
changes is counted; `training.gates` compares the count with that of the model in use. Knows taggers by their `tag` only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from nlu.types import Role, Tagging
from training.examples import Example

REPEATED: Final = 3
"""So many reviewed rows must share a phrase before it is probed: fewer teach little."""
LONGEST: Final = 3
MOST: Final = 40
"""Phrases to probe, the most frequent first."""
GRAVE: Final = frozenset(
    {"affirm", "clear_all", "cancel", "cancel_booking", "cancel_task", "restart", "undo", "redo", "swap", "copy"}
)
"""Acts that book something or take something away."""


class Eyes(Protocol):
    """What is asked of a tagger; `nlu.tagger.Tagger` has it."""

    def tag(self, text: str, context: str) -> Tagging:
        """Acts that hold, and spans."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """An utterance to put phrases behind, with the context (`nlu.context.render_context`) in which it is said."""

    text: str
    context: str


def new_phrases(reviewed: Iterable[Example], hand: Iterable[Example]) -> list[str]:
    """One to three words in a row that several reviewed rows share and no hand-written row has, the most frequent first.

    A phrase that is part of a longer one of the same rows is left out.
    """
    known = {phrase for example in hand for phrase in _phrases(example.text)}
    counts = Counter(phrase for example in reviewed for phrase in _phrases(example.text) - known)
    found = sorted(
        (phrase for phrase in counts if counts[phrase] >= REPEATED), key=lambda one: (-counts[one], -len(one))
    )
    kept: list[str] = []
    for phrase in found:
        if not any(f" {phrase} " in f" {other} " and counts[other] == counts[phrase] for other in kept):
            kept.append(phrase)
    return kept[:MOST]


def probe(eyes: Eyes, phrases: Sequence[str], carriers: Sequence[Carrier]) -> tuple[int, int]:
    """How often a phrase makes the model hear what the utterance alone does not say.

    Args:
        eyes: the model.
        phrases: of `new_phrases`.
        carriers: plain utterances.

    Returns:
        The probes that led to a grave act, to another clear, or to another label on the utterance's own words; and all.
    """
    wrong = 0
    for carrier in carriers:
        plain = eyes.tag(carrier.text, carrier.context)
        for phrase in phrases:
            text = f"{carrier.text.rstrip('.!?')}, {phrase}"
            wrong += _worse(plain, eyes.tag(text, carrier.context), len(carrier.text))
    return wrong, len(carriers) * len(phrases)


def _worse(plain: Tagging, probed: Tagging, end: int) -> bool:
    if (set(probed.acts) - set(plain.acts)) & GRAVE:
        return True
    labels = {(span.start, span.end): (span.label, span.role) for span in plain.spans}
    for span in probed.spans:
        if span.role in (Role.CLEAR, Role.OLD) and labels.get((span.start, span.end)) != (span.label, span.role):
            return True
        before = labels.get((span.start, span.end))
        if span.end <= end and before is not None and before != (span.label, span.role):
            return True
    return False


def _phrases(text: str) -> set[str]:
    words = "".join(char if char.isalpha() or char == "'" else " " for char in text.lower()).split()
    return {
        " ".join(words[at : at + size]) for size in range(1, LONGEST + 1) for at in range(len(words) - size + 1)
    } - {word for word in words if len(word) == 1}
