"""Rows of the task *track* out of scenario transcripts, which say what a conversation holds after every turn.

The shipped tagger reads each message where the transcript stands; its operations count where applying them leads to just
the slots that the transcript writes. Knows transcripts, the tagger and the reducer; does not know the policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from assistant.domain import Domain
from assistant.ports import Tagger
from assistant.possible import Possible
from assistant.scenarios.files import Scenario, TurnEntry, load
from assistant.scenarios.files import find as find_scenarios
from assistant.state import Given, apply
from assistant.tracker import readback
from assistant.types import Conversation, Message, Operation, Pending, Phase, Slot, Status
from training.alpaca_rows import AlpacaRow, Part
from training.alpaca_track import Looks, make_row

SURE: Final = 0.8
"""Operations below this confidence are no labels, even where nothing contradicts them."""
_IDLE: Final = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Reader:
    """What transcripts are read with."""

    domain: Domain
    tagger: Tagger
    looks: Looks


def scenario_rows(folder: Path, reader: Reader) -> Iterator[AlpacaRow]:
    """The rows of all transcripts of a folder, in every language of the domain.

    Raises:
        BadDomain: a transcript cannot be read; names file, line and key.
    """
    for path in find_scenarios([folder]):
        scenario = load(path)
        for language in reader.domain.languages:
            yield from _play(scenario, path, language, reader)


def _play(scenario: Scenario, path: Path, language: str, reader: Reader) -> Iterator[AlpacaRow]:
    started = _started(scenario, language, reader.domain)
    before = started
    for number, turn in enumerate(scenario.turns, start=1):
        before = started if turn.fresh else before
        text = (turn.say or {}).get(language)  # type: ignore[call-overload]
        after = _expected(turn, before, language)
        if text:
            now = turn.clock or scenario.clock
            message = Message(scenario.id, str(number), text, language, scenario.time_zone, now)
            operations = reader.tagger.understand(message, before)
            reached = _reached(before, operations, message, reader.domain)
            if _slots(reached) == _slots(after) and min(one.confidence for one in operations) >= SURE:
                part = reader.looks.part(text, language, operations)
                part = Part.HARD_NEGATIVE if turn.hard_negative else part
                row = make_row(message, before, operations, reader.domain, f"{path}: turn {number}", part)
                if row is not None:
                    yield replace(row, dialogue=scenario.id)
                after = replace(
                    reached, phase=after.phase, pending=after.pending, asked=after.asked, attempt=after.attempt
                )
        before = after


def _started(scenario: Scenario, language: str, domain: Domain) -> Conversation:
    start = scenario.start
    slots = {name: Slot(Status.FILLED, value=value.told(language)) for name, value in start.slots.items()}
    lacking = any(spec.required.holds({}) and spec.name not in slots for spec in domain.slots)
    phase = Phase.COLLECTING if lacking else Phase.CONFIRMING
    if start.booked or not slots:
        phase = Phase.BOOKED if start.booked else Phase.IDLE
    conversation = Conversation(
        scenario.id,
        phase=phase,
        slots=slots,
        booked=slots if start.booked else {},
        booking_id="booking" if start.booked else "",
        locale=language,
        time_zone=scenario.time_zone,
        last_active=scenario.clock,
    )
    return replace(conversation, read_back=readback(conversation) if phase is Phase.CONFIRMING else None)


def _expected(turn: TurnEntry, before: Conversation, language: str) -> Conversation:
    """The conversation as the transcript has it after a turn."""
    slots = {name: Slot(Status.FILLED, value=value.told(language)) for name, value in turn.slots.items()}
    slots |= {name: Slot(Status.CLEARED) for name in turn.cleared}
    slots |= {name: Slot(Status.DONT_CARE) for name in turn.dont_care}
    for name, several in turn.candidates.items():
        first_last = several.bounds and (several.bounds[0].told(language), several.bounds[1].told(language))
        values = tuple(one.told(language) for one in several.values)
        slots[name] = Slot(Status.CANDIDATES, candidates=values, bounds=first_last)
    asked = turn.ask[0] if turn.ask else None
    phase = Phase(turn.state)
    after = replace(
        before,
        phase=phase,
        pending=Pending(turn.pending),
        slots=slots,
        asked=asked,
        attempt=asked if asked in turn.slots else None,
        booked=slots if phase is Phase.BOOKED else before.booked,
        booking_id="booking" if phase is Phase.BOOKED else before.booking_id,
    )
    return replace(after, read_back=readback(after) if phase is Phase.CONFIRMING else None)


def _reached(before: Conversation, operations: tuple[Operation, ...], message: Message, domain: Domain) -> Conversation:
    given = Given(Possible(domain, message.now), message.message_id, _IDLE)
    return replace(apply(before, operations, given).conversation, last_active=message.now)


def _slots(conversation: Conversation) -> dict[str, tuple[object, ...]]:
    """What the slots hold, as transcripts compare it."""
    return {
        name: (slot.status, slot.value, frozenset(slot.candidates), slot.bounds)
        for name, slot in conversation.slots.items()
        if slot.status not in (Status.EMPTY, Status.INVALID)
    }
