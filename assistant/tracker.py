"""What the policy sees: a conversation as Rasa tracker events. Knows Rasa's event JSON and nothing else of Rasa.

The service owns slots and history; the policy is a function of this list. Every turn starts with the whole view, so a
bounded window of events is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.domain import Domain
from assistant.ports import TrackerEvent
from assistant.types import RESUME, WHAT_TO_CHANGE, Conversation, Status

LISTEN = "action_listen"
FORM = "booking_form"
MOST_FAILURES = 3
LOOP_CLOSED: TrackerEvent = {"event": "active_loop", "name": None}
"""The loop lasts one turn: closed at the head of the next one, so that it is a rule, not the loop, that decides there."""


def missing(conversation: Conversation, domain: Domain) -> tuple[str, ...]:
    """The slots to ask, in order: the one under discussion first, then every required one that holds no single value."""
    values = {spec.name: conversation.value(spec.name) for spec in domain.slots}
    lacking = [
        spec.name
        for spec in domain.slots
        if (spec.required.holds(values) or conversation.slot(spec.name).status is Status.CANDIDATES)
        and not values[spec.name]
    ]
    disputed = [conversation.attempt] if conversation.attempt else []
    return tuple(dict.fromkeys([*disputed, *lacking]))


def readback(conversation: Conversation) -> Mapping[str, str]:
    """What a readback says of the draft: every value by slot. Two equal ones are the same promise to the user."""
    return {name: slot.value for name, slot in sorted(conversation.slots.items()) if slot.value is not None}


def view(conversation: Conversation, domain: Domain, outcome: str = "none") -> Mapping[str, Any]:
    """The policy's view of a conversation: small closed sets, no values."""
    asked = conversation.asked
    return {
        "phase": str(conversation.phase),
        "pending": str(conversation.pending),
        "complete": not missing(conversation, domain),
        "heard": conversation.read_back == readback(conversation),
        "failures": str(min(conversation.failures, MOST_FAILURES)),
        "outcome": outcome,
        "asked": asked if asked in (WHAT_TO_CHANGE, RESUME) else "slot" if asked else "none",
    }


def slot_events(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[TrackerEvent]:
    """The view as slot events: all of it at the start of a turn, later only what changed."""
    return [
        {"event": "slot", "name": name, "value": value}
        for name, value in after.items()
        if before is None or before.get(name) != value
    ]


def user_event(intent: str, confidence: float) -> TrackerEvent:
    """What the user meant, as a parsed message. The words stay with us: the policy needs none."""
    parsed = {"intent": {"name": intent, "confidence": confidence}, "entities": [], "text": intent}
    return {"event": "user", "text": intent, "parse_data": parsed}


def action_event(name: str) -> TrackerEvent:
    """An action that was carried out."""
    return {"event": "action", "name": name}


def loop_events(asks: str | None) -> list[TrackerEvent]:
    """What the booking loop leaves behind: it is open and waits for `asks`, or with nothing to ask it is over."""
    opened: TrackerEvent = {"event": "active_loop", "name": FORM}
    requested: TrackerEvent = {"event": "slot", "name": "requested_slot", "value": asks}
    return [opened, requested] if asks else [opened, LOOP_CLOSED, requested]
