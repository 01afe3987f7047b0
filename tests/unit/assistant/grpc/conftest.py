"""A real server on a free port, over a real SQLite file and turns that are faked in a page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from assistant.adapters.database.store import open_store
from assistant.conversations import Conversations
from assistant.domain import Domain, load_domain
from assistant.errors import KeyReused, NotFound, StaleWrite
from assistant.grpc.server import Server, build
from assistant.grpc.service import Service
from assistant.pb.assistant_pb2_grpc import AssistantServiceStub
from assistant.pb.booking_pb2_grpc import BookingServiceStub
from assistant.settings import ROOT, Settings
from assistant.turn import Parts
from assistant.types import Command, Conversation, Message, NewValue, Op, Outcome, Phase, Reply, Slot, Status

NOW = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)


class FixedClock:
    def now(self) -> datetime:
        return NOW


class Silent:
    """Stands where a tagger and a policy would be; the faked turns ask neither."""

    version = "silent@1"

    def understand(self, message: Message, conversation: Conversation) -> tuple[Any, ...]:
        raise AssertionError("not asked")

    async def next_action(self, events: Any) -> str:
        raise AssertionError("not asked")


@dataclass
class FakeTurns:
    """Turns that echo. `release` holds them up, `fault` makes them raise, `started` and `ran` tell what was done."""

    release: asyncio.Event = field(default_factory=asyncio.Event)
    fault: Exception | None = None
    started: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    ran: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    answers: dict[tuple[str, str], tuple[object, Outcome]] = field(default_factory=dict)
    pieces: tuple[str, ...] = ()
    """What is said before the turn is over."""

    def __post_init__(self) -> None:
        self.release.set()

    async def converse(self, message: Message, parts: Parts) -> Outcome:
        self.started.put_nowait(message.message_id)
        self.messages.append(message)
        for piece in self.pieces:
            parts.hear(piece)
        await self.release.wait()
        if self.fault:
            raise self.fault
        stored = self.answers.get((message.conversation_id, message.message_id))
        if stored:
            if stored[0] != message.text:
                raise KeyReused("message_id: used before")
            return stored[1]
        self.ran.append(message.message_id)
        before = self.conversations.get(message.conversation_id, Conversation(message.conversation_id))
        after = replace(before, version=before.version + 1, phase=Phase.COLLECTING, locale=message.locale)
        outcome = Outcome(after, replies=(Reply(f"heard {message.text}", "echo"), Reply("and?", "ask_time")))
        return await self._store(outcome, message.message_id, message.text, parts)

    async def change(self, command: Command, parts: Parts) -> Outcome:
        self.commands.append(command)
        if self.fault:
            raise self.fault
        before = self.conversations.get(command.conversation_id)
        if before is None:
            if not command.create:
                raise NotFound("there is no such conversation")
            before = Conversation(command.conversation_id)
        if command.expected_version not in (0, before.version):
            raise StaleWrite(f"the conversation is at version {before.version}")
        slots = dict(before.slots)
        for operation in command.operations:
            if operation.op is Op.SET:
                value = operation.value or NewValue()
                slots[operation.slots[0]] = Slot(Status.FILLED, value.candidates[0], parts=value.parts)
            elif operation.op is Op.CLEAR:
                slots.update({name: before.slot(name).cleared() for name in operation.slots})
        after = replace(before, slots=slots, version=before.version + 1, phase=Phase.COLLECTING)
        return await self._store(Outcome(after), command.request_id, "", parts)

    async def _store(self, outcome: Outcome, message_id: str, text: str, parts: Parts) -> Outcome:
        conversation = outcome.conversation
        async with parts.store.unit() as unit:
            loaded = await unit.load(conversation.id)
            outcome = replace(outcome, conversation=replace(conversation, revision=loaded.revision if loaded else 0))
            await unit.save(outcome, message_id=message_id, fingerprint="", text=text, events=(), at=NOW)
        self.conversations[conversation.id] = conversation
        self.answers[conversation.id, message_id] = (text, outcome)
        return outcome


@dataclass
class Running:
    """A server under test, with both stubs on one channel."""

    server: Server
    service: Service
    turns: FakeTurns
    channel: grpc.aio.Channel
    address: str
    assistant: Any
    booking: Any


Run = Callable[..., Any]


@pytest.fixture(scope="session")
def domain() -> Domain:
    return load_domain(ROOT / "domains" / "restaurant")


@pytest.fixture
def run(domain: Domain, tmp_path: Path) -> Run:
    """Starts a server with some settings of its own: `async with run(most_concurrent=2) as running`."""

    @asynccontextmanager
    async def start(**settings: Any) -> AsyncIterator[Running]:
        given = Settings(**{"listen": "127.0.0.1:0", "client_clocks": True, **settings})
        server = build(given)
        clock, turns = FixedClock(), FakeTurns()
        store = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'maitre.db'}", book=domain.book, clock=clock)
        parts = Parts(domain, store, Silent(), Silent(), clock, client_clocks=given.client_clocks)
        conversations = Conversations(parts, most=64, converse=turns.converse, change=turns.change)
        service = Service(store, conversations, acts=("echo", "ask_time"))
        await server.start()
        await server.open(service)
        address = f"127.0.0.1:{server.port}"
        try:
            async with grpc.aio.insecure_channel(address) as channel:
                stubs = AssistantServiceStub(channel), BookingServiceStub(channel)
                yield Running(server, service, turns, channel, address, *stubs)
        finally:
            turns.release.set()
            await server.close(0)
            await store.close()

    return start


@pytest.fixture
async def running(run: Run) -> AsyncIterator[Running]:
    async with run() as server:
        yield server


@dataclass
class Failure:
    """What a client learns from a failed call."""

    code: grpc.StatusCode
    message: str
    reason: str
    field: str
    metadata: dict[str, str]
    retry_after: float | None


Failing = Callable[[Any], Any]


def read_failure(error: grpc.aio.AioRpcError) -> Failure:
    """Takes the google.rpc details of a failed call apart."""
    status: status_pb2.Status | None = rpc_status.from_call(error)
    failure = Failure(error.code(), error.details() or "", "", "", {}, None)
    for detail in status.details if status else ():
        info, bad, retry = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest(), error_details_pb2.RetryInfo()
        if detail.Unpack(info):
            assert info.domain == "maitre"
            failure.reason, failure.metadata = info.reason, dict(info.metadata)
        elif detail.Unpack(bad):
            failure.field = bad.field_violations[0].field
        elif detail.Unpack(retry):
            failure.retry_after = retry.retry_delay.ToMilliseconds() / 1000
    return failure


@pytest.fixture
def failing() -> Failing:
    """Awaits a call that must fail: `failure = await failing(stub.Converse(...))`."""

    async def take(call: Any) -> Failure:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await call
        return read_failure(caught.value)

    return take
