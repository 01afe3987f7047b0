"""A conversation as a scenario speaks of it: the same words on the reported and on the expected side, ready to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.pb import assistant_pb2 as pb

Candidates = frozenset[str] | tuple[str, str]
"""Several values, or the two ends of a range."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the booking backend carried out."""

    created: int = 0
    modified: int = 0
    cancelled: int = 0

    def since(self, base: Counts) -> Counts:
        """What was carried out after `base` was counted."""
        return Counts(self.created - base.created, self.modified - base.modified, self.cancelled - base.cancelled)


NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class View:
    """Where a conversation stands. A slot named nowhere is EMPTY (or INVALID, which holds nothing either)."""

    slots: Mapping[str, str] = field(default_factory=dict)
    party: Mapping[str, str] = field(default_factory=dict)
    cleared: frozenset[str] = frozenset()
    dont_care: frozenset[str] = frozenset()
    candidates: Mapping[str, Candidates] = field(default_factory=dict)
    flags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    state: str = "idle"
    pending: str = ""
    asked: str = ""
    counts: Counts = NOTHING
    version: int = 0
    booking_id: str = ""

    def held(self) -> dict[str, object]:
        """What every slot holds that holds anything: a value, candidates, or that any will do."""
        return {**self.slots, **self.candidates, **dict.fromkeys(self.dont_care, "any")}


def view_of(conversation: pb.Conversation) -> View:
    """The reported conversation."""
    by_status: dict[int, dict[str, pb.Slot]] = {}
    for name, slot in conversation.slots.items():
        by_status.setdefault(slot.status, {})[name] = slot
    commits = conversation.commits
    return View(
        slots={name: slot.value for name, slot in by_status.get(pb.SLOT_STATUS_FILLED, {}).items()},
        party=next((dict(slot.parts) for slot in conversation.slots.values() if slot.parts), {}),
        cleared=frozenset(by_status.get(pb.SLOT_STATUS_CLEARED, {})),
        dont_care=frozenset(by_status.get(pb.SLOT_STATUS_DONT_CARE, {})),
        candidates={name: _candidates(slot) for name, slot in by_status.get(pb.SLOT_STATUS_CANDIDATES, {}).items()},
        flags={name: frozenset(map(_flag, slot.flags)) for name, slot in conversation.slots.items() if slot.flags},
        state=_word(pb.ConversationState.Name(conversation.state), "CONVERSATION_STATE_"),
        pending=_pending(conversation),
        asked=conversation.asked_slot,
        counts=Counts(commits.created, commits.modified, commits.cancelled),
        version=conversation.version,
        booking_id=conversation.booking_id,
    )


def _candidates(slot: pb.Slot) -> Candidates:
    if slot.HasField("range"):
        return getattr(slot.range, "from"), slot.range.to
    return frozenset(slot.candidates)


def _flag(flag: pb.SlotFlag.ValueType) -> str:
    return _word(pb.SlotFlag.Name(flag), "SLOT_FLAG_")


def _pending(conversation: pb.Conversation) -> str:
    if conversation.pending == pb.PENDING_ACTION_UNSPECIFIED:
        return ""
    return _word(pb.PendingAction.Name(conversation.pending), "PENDING_ACTION_")


def _word(name: str, prefix: str) -> str:
    return name.removeprefix(prefix).lower()
