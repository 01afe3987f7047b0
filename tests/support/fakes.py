"""Hand-written fakes of the ports. Each does in memory what its adapter does for real."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from assistant.composer.compose import compose
from assistant.errors import LlamaUnavailable, NotFound, OutcomeUnknown, PolicyUnavailable, Unavailable
from assistant.ports import Booking, BookingRequest, Declined, TrackerEvent
from assistant.prompts import Prompt
from assistant.types import ANY_WORK, Conversation, Day, Message, Operation, Outcome, Work
from tests.support.annotated import DOMAIN, WEDNESDAY, tag


class AnnotatedTagger:
    """Reads the tags that the test wrote into the text itself."""

    version = "annotated@1"

    def understand(self, message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        text, tagging = tag(message.text)
        return compose(tagging, replace(message, text=text), conversation, DOMAIN)


@dataclass
class FakeLlama:
    """Answers with the listed texts, one after the other and the last one again, a piece of a few letters at a time."""

    answers: list[str] = field(default_factory=lambda: ["unknown"])
    seconds: float = 0.0
    """How long it takes over an answer."""
    down: bool = False
    seen: list[Prompt] = field(default_factory=list)
    version: str = "fake@1"

    async def complete(self, prompt: Prompt, *, grammar: str = "", most: int = 128) -> str:
        return "".join([piece async for piece in self.stream(prompt, most=most)])

    async def stream(self, prompt: Prompt, *, most: int = 128) -> AsyncIterator[str]:
        self.seen.append(prompt)
        if self.down:
            raise LlamaUnavailable("the language model does not answer")
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await asyncio.sleep(self.seconds)
        for start in range(0, len(answer), 5):
            yield answer[start : start + 5]


@dataclass
class ScriptedPolicy:
    """Gives the listed actions one after the other, `action_listen` when they are used up; or is down."""

    script: list[str] = field(default_factory=list)
    down: bool = False
    seen: list[Sequence[TrackerEvent]] = field(default_factory=list)

    async def next_action(self, events: Sequence[TrackerEvent]) -> str:
        self.seen.append(list(events))
        if self.down:
            raise PolicyUnavailable("the policy is down")
        return self.script.pop(0) if self.script else "action_listen"


@dataclass
class FakeBookings:
    """Keeps bookings in a list; declines what the test says."""

    made: list[Booking] = field(default_factory=list)
    declines: str = ""
    silent: bool = False
    """Whether calls are carried out and their answers lost."""
    keys: dict[str, Booking] = field(default_factory=dict)

    async def days(
        self,
        wanted: Sequence[tuple[str, date]],
        excluding: str = "",
        now: datetime | None = None,
        work: Work = ANY_WORK,
    ) -> Sequence[Day]:
        if self.silent:
            raise Unavailable("the booking system does not answer")
        return []

    async def create(self, request: BookingRequest, *, key: str, user_id: str, now: datetime) -> Booking | Declined:
        if self.declines:
            return Declined(self.declines)
        if key not in self.keys:
            self.keys[key] = Booking(f"b{len(self.made)}", request, user_id, "Asia/Seoul", now, now, "4-1")
            self.made.append(self.keys[key])
        if self.silent:
            raise OutcomeUnknown("the booking system did not answer")
        return self.keys[key]

    async def modify(self, booking_id: str, request: BookingRequest, *, key: str, now: datetime) -> Booking | Declined:
        return replace(await self._get(booking_id), request=request)

    async def cancel(self, booking_id: str, *, key: str) -> Booking:
        return replace(await self._get(booking_id), cancelled=True)

    async def get(self, *, booking_id: str = "", key: str = "") -> Booking | None:
        if self.silent:
            raise Unavailable("the booking system does not answer")
        return self.keys.get(key) or next((one for one in self.made if one.id == booking_id), None)

    async def latest(self, user_id: str) -> Booking | None:
        return next((one for one in reversed(self.made) if user_id and one.user_id == user_id), None)

    async def _get(self, booking_id: str) -> Booking:
        booking = await self.get(booking_id=booking_id)
        if booking is None:
            raise NotFound(f"booking_id: there is no booking {booking_id!r}")
        return booking


@dataclass
class FakeStore:
    """One conversation store in memory; a unit that raises leaves it as it was."""

    bookings: FakeBookings = field(default_factory=FakeBookings)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    turns: dict[tuple[str, str], tuple[str, Outcome]] = field(default_factory=dict)
    tracker: dict[str, list[TrackerEvent]] = field(default_factory=dict)
    profiles: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[FakeStore]:
        before = (dict(self.conversations), dict(self.turns))
        try:
            yield self
        except BaseException:
            self.conversations, self.turns = before
            raise

    async def load(self, conversation_id: str) -> Conversation | None:
        return self.conversations.get(conversation_id)

    async def replay(self, conversation_id: str, message_id: str) -> tuple[str, Outcome] | None:
        return self.turns.get((conversation_id, message_id))

    async def events(self, conversation_id: str, most: int) -> Sequence[TrackerEvent]:
        return self.tracker.get(conversation_id, [])[-most:]

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
        self.conversations[outcome.conversation.id] = outcome.conversation
        self.turns[outcome.conversation.id, message_id] = (fingerprint, outcome)
        self.tracker.setdefault(outcome.conversation.id, []).extend(events)

    async def reword(self, outcome: Outcome, *, message_id: str) -> None:
        fingerprint, _ = self.turns[outcome.conversation.id, message_id]
        self.turns[outcome.conversation.id, message_id] = (fingerprint, outcome)

    async def consent(self, conversation: Conversation) -> None:
        self.conversations[conversation.id] = conversation

    async def profile(self, user_id: str) -> Mapping[str, str]:
        return self.profiles.get(user_id, {})


class StoppedClock:
    """Always the Wednesday of the scenarios."""

    def now(self) -> datetime:
        return WEDNESDAY
