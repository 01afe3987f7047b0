"""Training candidates: logged turns without personal data, one JSON object a line.

`assistant export` writes them, `assistant review` reads them. Knows the form of a row; does not know where rows come from
or what becomes of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from assistant.errors import BadRequest
from assistant.tracker import readback
from assistant.types import Conversation, Message, Operation, Pending, Phase, Slot, Status

BOOKING: Final = "the-booking"
"""Id of the booking that a conversation which is booked, or changes a booking, refers to; the real id is not exported."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a slot held, without the words it came from."""

    status: Status
    value: str | None = None
    candidates: tuple[str, ...] = ()
    bounds: tuple[str, str] | None = None
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """The conversation that a message came into; `slots` has those that are not EMPTY."""

    asked: str | None = None
    phase: Phase = Phase.IDLE
    pending: Pending = Pending.CREATE
    slots: Mapping[str, Held] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opinion:
    """All feedback on one answer: the lowest rating (-1..1), the last correction and the comments."""

    rating: int = 0
    corrected: tuple[Operation, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One message, where it was said and what it was understood to ask for.

    `id` names conversation and turn by a random key, so it leads back to nobody. `now` is the user's clock to the hour.
    `confidence` is that of the least sure operation, 0..1. `disagrees`: feedback or the user's next message says that
    the message was misunderstood, or the models did not agree on it. `reviewed`: a person has decided that `operations`
    is what the message asks for; nothing may learn from a row without it.
    """

    id: str
    text: str
    lang: str
    now: datetime
    zone: str
    context: Context
    operations: tuple[Operation, ...]
    confidence: float
    feedback: Opinion
    disagrees: bool
    model: str = ""
    reviewed: bool = False


_ROW: Final[TypeAdapter[Candidate]] = TypeAdapter(Candidate)


def dump(candidate: Candidate) -> str:
    """The candidate as one line of JSON."""
    return _ROW.dump_json(candidate).decode()


def read(path: Path) -> list[Candidate]:
    """The candidates of a file, in its order.

    Raises:
        BadRequest: the file is not there, or a line is no candidate; names file and line.
    """
    if not path.is_file():
        raise BadRequest(str(path), "there is no such file; `assistant export` and `assistant review` write them")
    found: list[Candidate] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(_ROW.validate_json(line))
        except ValidationError as wrong:
            first = wrong.errors(include_url=False, include_input=False)[0]
            key = ".".join(map(str, first["loc"])) or "the line"
            raise BadRequest(f"{path}:{number}: {key}", f"{first['msg']}; export again") from wrong
    return found


def read_reviewed(path: Path) -> list[Candidate]:
    """The candidates of a file that `assistant review` wrote.

    Raises:
        BadRequest: as `read`; also where a row was not reviewed: what users say is no truth to learn from.
    """
    rows = read(path)
    for number, row in enumerate(rows, start=1):
        if not row.reviewed:
            raise BadRequest(
                f"{path}: row {number}: reviewed", "is not true; give the file that `assistant review` writes"
            )
    return rows


def context_of(conversation: Conversation, value: Mapping[str, Slot]) -> Context:
    """What of a conversation a message is understood in.

    Args:
        conversation: as it stood.
        value: its slots as they may be shown.
    """
    slots = {
        name: Held(slot.status, slot.value, slot.candidates, slot.bounds, dict(slot.parts))
        for name, slot in value.items()
        if slot.status is not Status.EMPTY
    }
    return Context(conversation.asked, conversation.phase, conversation.pending, slots)


def conversation_of(candidate: Candidate) -> Conversation:
    """A conversation that stands as the candidate's context says."""
    context = candidate.context
    slots = {
        name: Slot(held.status, held.value, candidates=held.candidates, bounds=held.bounds, parts=held.parts)
        for name, held in context.slots.items()
    }
    booked = context.phase is Phase.BOOKED or context.pending is not Pending.CREATE
    conversation = Conversation(
        candidate.id,
        phase=context.phase,
        pending=context.pending,
        slots=slots,
        asked=context.asked,
        booking_id=BOOKING if booked else "",
        booked=slots if booked else {},
        locale=candidate.lang,
        time_zone=candidate.zone,
        last_active=candidate.now,
    )
    if context.phase is Phase.CONFIRMING:
        conversation = replace(conversation, read_back=readback(conversation))
    return conversation


def message_of(candidate: Candidate) -> Message:
    """The message of a candidate."""
    return Message(candidate.id, candidate.id, candidate.text, candidate.lang, candidate.zone, candidate.now)
