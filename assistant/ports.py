"""The ports of the turn: what it needs from the outside, as Protocols. One real adapter and one fake each.

The store and the bookings take part in one transaction, which is why a `Unit` gives both: what a turn saved and what it
booked become true together or not at all.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from assistant.types import ANY_WORK, Conversation, Day, Message, Operation, Outcome, Work

if TYPE_CHECKING:
    from assistant.prompts import Prompt

TrackerEvent = Mapping[str, Any]
"""One event of Rasa's tracker in Rasa's own JSON form: `{"event": "slot", "name": ..., "value": ...}`."""


class Tagger(Protocol):
    """Reads operations out of a message."""

    @property
    def version(self) -> str:
        """`name@version` of the model."""

    def understand(self, message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        """What the message asks for, in the order of its words; at least one operation. CPU-bound, a few milliseconds."""


class Policy(Protocol):
    """Decides the next action from tracker events."""

    async def next_action(self, events: Sequence[TrackerEvent]) -> str:
        """The name of the next action. Raises `PolicyUnavailable` where no answer can be had in time."""


class Llama(Protocol):
    """Completes a prompt."""

    @property
    def version(self) -> str:
        """`name@version` of the model."""

    async def complete(self, prompt: Prompt, *, grammar: str = "", most: int = 128) -> str:
        """The answer's text, without the token that ends it.

        `grammar` is Lark text for llguidance that the answer follows, "" leaves it free; it is ours, never a client's. Raises
        `LlamaUnavailable` when the model is down, late (its own deadline), empty or did not stop within `most` tokens.
        """

    def stream(self, prompt: Prompt, *, most: int = 128) -> AsyncIterator[str]:
        """The answer's text piece by piece. Raises as `complete` does; what was given so far is then not an answer."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Now, timezone-aware."""


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """What a booking is about. `day` and `time` (`HH:MM`) are local to the venue; `party` is at least 1.

    `service` and `staff` are ids of the domain's services and people. `others` holds the values of slots without a role.
    """

    venue: str
    day: date
    time: str
    party: int
    adults: int = 0
    children: int = 0
    name: str = ""
    phone: str = ""
    wish: str = ""
    service: str = ""
    staff: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def work(self) -> Work:
        """What is to be done and by whom."""
        return Work(self.service, self.staff)


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking as stored."""

    id: str
    request: BookingRequest
    user_id: str
    time_zone: str
    starts_at: datetime
    ends_at: datetime
    table: str
    cancelled: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class Declined:
    """A booking that cannot be had. `reason` is a word of `assistant.booking.rules`; alternatives are `HH:MM` that day."""

    reason: str
    alternatives: tuple[str, ...] = ()


class Bookings(Protocol):
    """Creates, changes and cancels bookings. A repeat with the same key gives the same booking."""

    async def days(
        self,
        wanted: Sequence[tuple[str, date]],
        excluding: str = "",
        now: datetime | None = None,
        work: Work = ANY_WORK,
    ) -> Sequence[Day]:
        """Starts of each (venue, day) that still have room for `work`; the table of the booking `excluding` counts as free.

        Starts that are not later than `now` (the adapter's clock where it is None) are left out.
        """

    async def create(self, request: BookingRequest, *, key: str, user_id: str, now: datetime) -> Booking | Declined:
        """Books, or says why not. Raises `OutcomeUnknown` where the answer did not come back."""

    async def modify(self, booking_id: str, request: BookingRequest, *, key: str, now: datetime) -> Booking | Declined:
        """Changes a booking, or says why not; raises `NotFound`, `OutcomeUnknown`."""

    async def cancel(self, booking_id: str, *, key: str) -> Booking:
        """Cancels a booking; cancelling twice gives the same answer. Raises `NotFound`, `OutcomeUnknown`."""

    async def get(self, *, booking_id: str = "", key: str = "") -> Booking | None:
        """The booking with that id, or made with that key."""

    async def latest(self, user_id: str) -> Booking | None:
        """The user's booking with the latest start, standing or not: what "the same as last time" means."""


class Unit(Protocol):
    """What one turn reads, and one transaction for what it books and saves.

    Reads see the latest committed state. The transaction opens with the first write (a booking or `save`), so that no
    lock is held while models are asked; `save` refuses to build on a conversation that has moved on since it was loaded.
    """

    @property
    def bookings(self) -> Bookings:
        """The bookings, within this unit's transaction."""

    async def load(self, conversation_id: str) -> Conversation | None:
        """The conversation, or None."""

    async def replay(self, conversation_id: str, message_id: str) -> tuple[str, Outcome] | None:
        """The fingerprint and the outcome stored under that id, or None."""

    async def events(self, conversation_id: str, most: int) -> Sequence[TrackerEvent]:
        """The last tracker events of the conversation, oldest first, starting at the beginning of a turn; at most `most`."""

    async def save(
        self,
        outcome: Outcome,
        *,
        message_id: str,
        fingerprint: str,
        text: str,
        events: Sequence[TrackerEvent],
        at: datetime,
    ) -> None:
        """Stores the turn: events, slots, reply. Raises `StaleWrite` where another writer was first."""

    async def reword(self, outcome: Outcome, *, message_id: str) -> None:
        """Replaces the outcome of a stored turn by the same one in other words; nothing happens where it is gone."""

    async def consent(self, conversation: Conversation) -> None:
        """Stores whether a conversation that has ended may be used for training; no turn is added."""

    async def profile(self, user_id: str) -> Mapping[str, str]:
        """The values that may be suggested to that user."""


class Store(Protocol):
    """Opens units of work."""

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """A transaction that commits when the block ends and rolls back when it raises."""
