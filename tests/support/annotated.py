"""Utterances with their tags written in place, as in the NLU files: `deny|No, [7 in the morning](time)`.

Tests of the composer and the reducer say what the tagger would have seen, so they do not depend on a trained model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from assistant.composer.compose import compose
from assistant.domain import load_domain
from assistant.feedback.annotated import read
from assistant.possible import Possible
from assistant.state import Applied, Given, apply
from assistant.types import Conversation, Day, Message, Operation, Phase, Slot, Status
from nlu.types import Tagging

FOLDER = Path(__file__).parents[2] / "domains" / "restaurant"
DOMAIN = load_domain(FOLDER)
WEDNESDAY = datetime.fromisoformat("2026-06-10T14:00:00+09:00")
ZONE = "Asia/Seoul"
FRIDAY = {"restaurant": "hanok_table", "date": "2026-06-12", "time": "19:00", "party_size": "4", "name": "Kim Minsu"}


def tag(annotated: str) -> tuple[str, Tagging]:
    """The plain text and the tagging of `acts|text with [spans](label.role)`; acts are joined with `+`."""
    return read(annotated)


def filled(values: Mapping[str, str]) -> dict[str, Slot]:
    """Slots that hold these values."""
    return {name: Slot(Status.FILLED, value=value) for name, value in values.items()}


def draft(values: Mapping[str, str] = FRIDAY, **fields: object) -> Conversation:
    """A conversation that is collecting with these values."""
    plain = Conversation("c", phase=Phase.COLLECTING, slots=filled(values), last_active=WEDNESDAY, time_zone=ZONE)
    return replace(plain, **fields)  # type: ignore[arg-type]


@dataclass
class Talk:
    """A conversation that hears annotated utterances; the policy is left out, `asked` and `phase` are set by the test."""

    conversation: Conversation
    now: datetime = WEDNESDAY
    days: Sequence[Day] = ()
    profile: Mapping[str, str] | None = None

    def operations(self, annotated: str) -> tuple[Operation, ...]:
        """What the composer makes of an utterance here."""
        text, tagging = tag(annotated)
        message = Message("c", "m", text, "en", ZONE, self.now)
        return compose(tagging, message, self.conversation, DOMAIN)

    def hear(self, annotated: str, *, asked: str | None = None, phase: Phase | None = None) -> Applied:
        """Apply an utterance, and go on from there."""
        if asked is not None:
            self.conversation = replace(self.conversation, asked=asked)
        if phase is not None:
            self.conversation = replace(self.conversation, phase=phase)
        return self.carry_out(*self.operations(annotated))

    def carry_out(self, *operations: Operation) -> Applied:
        """Apply operations as they are, and go on from there."""
        given = Given(Possible(DOMAIN, self.now, tuple(self.days)), "m", timedelta(minutes=60), self.profile or {})
        applied = apply(self.conversation, operations, given)
        self.conversation = replace(applied.conversation, last_active=self.now)
        return applied

    @property
    def values(self) -> dict[str, str]:
        """The FILLED slots."""
        return {name: slot.value for name, slot in self.conversation.slots.items() if slot.value is not None}

    @property
    def cleared(self) -> set[str]:
        """The CLEARED slots."""
        return {name for name, slot in self.conversation.slots.items() if slot.status is Status.CLEARED}
