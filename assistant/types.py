"""The types of the service. Reading this file should be enough to know what Maitre keeps and decides.

Frozen values only: a turn takes a `Conversation` and makes another. Nothing here knows of gRPC, SQL, tensors or Rasa.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

# --- slots -------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    """What a slot holds."""

    EMPTY = "empty"
    FILLED = "filled"
    CANDIDATES = "candidates"
    INVALID = "invalid"
    """A value was refused and none is held."""
    CLEARED = "cleared"
    """The user took the value back; it does not return unless the user says it again or asks for it."""
    DONT_CARE = "dont_care"


class Source(StrEnum):
    """Where a value came from."""

    UTTERANCE = "utterance"
    API = "api"
    PROFILE = "profile"
    BOOKING = "booking"


class Flag(StrEnum):
    """A mark on a value that the user should see."""

    INFERRED = "inferred"
    APPROXIMATE = "approximate"
    SUGGESTED = "suggested"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a draft. `value` is a canonical string and is set exactly when `status` is FILLED.

    With CANDIDATES either `candidates` (two or more canonical strings) or `bounds` (first and last, both included) is set.
    `confidence` is a probability in 0..1. `message_id` names the message that the value rests on.
    """

    status: Status = Status.EMPTY
    value: str | None = None
    text: str = ""
    candidates: tuple[str, ...] = ()
    bounds: tuple[str, str] | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    source: Source = Source.UTTERANCE
    flags: frozenset[Flag] = frozenset()
    confidence: float = 1.0
    message_id: str = ""

    @property
    def holds(self) -> bool:
        """Whether there is something here that a user could take back."""
        return self.status in (Status.FILLED, Status.CANDIDATES, Status.DONT_CARE)

    def cleared(self) -> Slot:
        """This slot after the user took its value back; a slot that holds nothing stays as it is."""
        return Slot(status=Status.CLEARED) if self.holds else self


EMPTY = Slot()
Slots = Mapping[str, Slot]

# --- conversations -----------------------------------------------------------------------------------------------


class Phase(StrEnum):
    """Where a conversation stands; `ConversationState` on the wire."""

    IDLE = "idle"
    COLLECTING = "collecting"
    CONFIRMING = "confirming"
    BOOKED = "booked"
    HANDED_OFF = "handed_off"
    SUSPENDED = "suspended"


class Pending(StrEnum):
    """What a yes will do."""

    CREATE = "create"
    MODIFY = "modify"
    CANCEL = "cancel"


WHAT_TO_CHANGE = "what_to_change"
RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Commits:
    """How often the booking store has carried out what this conversation confirmed."""

    created: int = 0
    modified: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What undo brings back: the draft as it was before one change."""

    slots: Slots
    pending: Pending
    active: bool
    """Whether a task was under way."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that a turn starts from and all that it leaves behind.

    `version` grows by one with every change of the draft. `asked` is the slot, `what_to_change` or `resume` that the last
    reply asked for. `attempt` is a slot that the user set out to change without a valid new value; it is asked next even
    when it holds one. `read_back` is the draft that the user last heard in full; a yes commits only that.
    """

    id: str
    user_id: str = ""
    version: int = 0
    revision: int = 0
    """Grows by one with every stored turn; the store refuses a turn that started from an older one."""
    phase: Phase = Phase.IDLE
    pending: Pending = Pending.CREATE
    slots: Slots = field(default_factory=dict)
    asked: str | None = None
    attempt: str | None = None
    read_back: Mapping[str, str] | None = None
    booking_id: str = ""
    booked: Mapping[str, Slot] = field(default_factory=dict)
    """The slots of the committed booking, or of the one cancelled last: what `copy` and `leave it as it was` refer to."""
    commits: Commits = Commits()
    past: tuple[Snapshot, ...] = ()
    future: tuple[Snapshot, ...] = ()
    mentioned: tuple[str, ...] = ()
    """The slots that the user's previous message spoke of: what "that" means."""
    loose_number: str = ""
    """A bare number that no slot has claimed yet."""
    held: tuple[Operation, ...] = ()
    """Operations that wait for the answer to "shall we go on?"."""
    failures: int = 0
    """Turns not understood in a row."""
    unsettled: str = ""
    """The idempotency key of a commit whose outcome is not known; it is settled before anything else happens."""
    ended: bool = False
    training_consent: bool = False
    """Whether the user agrees that this conversation may be used to train models; the last word on it counts."""
    locale: str = "en"
    time_zone: str = "UTC"
    last_active: datetime | None = None

    def slot(self, name: str) -> Slot:
        """The slot of that name; EMPTY where nothing was ever said."""
        return self.slots.get(name, EMPTY)

    def value(self, name: str) -> str | None:
        """The one value that the slot holds, or None."""
        return self.slot(name).value

    def with_slots(self, changes: Slots) -> Conversation:
        """The same conversation with some slots replaced."""
        return replace(self, slots={**self.slots, **changes})


# --- operations --------------------------------------------------------------------------------------------------


class Op(StrEnum):
    """The one vocabulary between models, API and state."""

    SET = "set"
    CLEAR = "clear"
    ADJUST = "adjust"
    SWAP = "swap"
    DONT_CARE = "dont_care"
    UNDO = "undo"
    REDO = "redo"
    AFFIRM = "affirm"
    DENY = "deny"
    START = "start"
    CANCEL = "cancel"
    MODIFY = "modify"
    COPY = "copy"
    SKIP = "skip"
    ASK = "ask"
    CHITCHAT = "chitchat"
    HANDOFF = "handoff"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """How much a cancel takes back. `OPEN` is a bare "cancel": the reducer finds the nearest object."""

    CHANGE = "change"
    SLOT = "slot"
    TASK = "task"
    BOOKING = "booking"
    OPEN = "open"


class When(StrEnum):
    """When the language model reads a message beside the tagger."""

    ALWAYS = "always"
    UNCERTAIN = "uncertain"
    NEVER = "never"


class Producer(StrEnum):
    """Who read the operation out of the user's words, or sent it."""

    TAGGER = "tagger"
    LLAMA = "llama"
    API = "api"


@dataclass(frozen=True, slots=True)
class Quote:
    """The user's words that an operation rests on: characters `start` (included) to `end` (excluded) of the message."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class NewValue:
    """What a `set` proposes: one of an exact value, candidates or bounds, as `nlu.types.Reading` describes; or a reason.

    `half_open` marks clock hours said without am or pm: `candidates` then lists both halves of the day.
    """

    candidates: tuple[str, ...] = ()
    bounds: tuple[str, str] | None = None
    half_open: bool = False
    approximate: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What an `adjust` proposes: `amount` (signed) in `minutes`, `days` or `people`; or the minute to put on the held hour."""

    unit: str
    amount: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    clock_minute: int | None = None
    without: str = ""
    """The part of a party of which none comes; `amount` is 0 then."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the user asked for. Which of the other fields matter depends on `op`.

    A `set` or `adjust` from a model without a quote is refused: a value must rest on the user's words.
    """

    op: Op
    slots: tuple[str, ...] = ()
    """The slots concerned; for `clear` with `everything`, the ones to keep; for `chitchat`, those said to stay as they are."""
    everything: bool = False
    value: NewValue | None = None
    change: Change | None = None
    scope: Scope | None = None
    topic: str = ""
    rejects_old: bool = False
    """For `set`: the user named and turned down the value held so far."""
    quote: Quote | None = None
    confidence: float = 1.0
    producer: Producer = Producer.TAGGER


# --- what a turn says --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Refusal:
    """A "no" with its reason: the user's words were understood and cannot be had.

    `reason` is a word of `assistant.booking.rules` or `nlu.values.reasons`; `limit` is the figure that it broke, ready to
    be rendered (a time, a date, a number); `kept` is the value that stays.
    """

    slot: str
    reason: str
    text: str = ""
    value: str = ""
    limit: str = ""
    kept: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A value that was taken out, and why: `asked` (the user wanted it), `closed`, `full`, `not_needed`, `rejected`, ..."""

    slot: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that an action wants to say, before it is put into words.

    `act` names the action, or `ask_<slot>` for a question. The other fields matter to some acts: `slot` to questions,
    `words` to a quoted FAQ answer or a number whose meaning is asked, `choices` to whatever can be picked.
    """

    act: str
    slot: str = ""
    words: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effects:
    """What the operations of a turn did to the draft: what the reply must not keep quiet about."""

    changed: tuple[str, ...] = ()
    """Slots that hold a new value, candidates or "don't care"."""
    dropped: tuple[Dropped, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    kept: tuple[str, ...] = ()
    """Slots whose value was said once more, or said to stay."""
    undone: bool = False
    redone: bool = False
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the user. `act` is the name of the action that said it; `quick_replies` are short answers to offer."""

    text: str
    act: str
    quick_replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a user, as it came in. `training_consent` is None where nothing was said about it."""

    conversation_id: str
    message_id: str
    text: str
    locale: str
    time_zone: str
    now: datetime
    user_id: str = ""
    training_consent: bool | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A change made by a program, not by words. It is applied whole or not at all.

    `expected_version` 0 means any. `create` allows a conversation that does not exist yet.
    """

    conversation_id: str
    operations: tuple[Operation, ...]
    request_id: str
    expected_version: int = 0
    create: bool = False
    user_id: str = ""
    locale: str = ""
    time_zone: str = ""
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn gives back: the conversation after it, what was said, done and refused."""

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    operations: tuple[Operation, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    degraded: bool = False
    model_version: str = ""


# --- bookings as the conversation sees them ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done and by whom, in domains that have services or staff; empty: whatever is shortest, whoever is free."""

    service: str = ""
    staff: str = ""


ANY_WORK = Work()


@dataclass(frozen=True, slots=True)
class Day:
    """What one venue can still seat on one day: the largest party for every bookable start, by `HH:MM`; empty when closed.

    Only starts at which that `work` can be done.
    """

    venue: str
    day: date
    largest_party: Mapping[str, int] = field(default_factory=dict)
    work: Work = ANY_WORK
