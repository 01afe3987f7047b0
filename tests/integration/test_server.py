"""The real turn, store and policy process behind the real server; only the tagger is a table of sentences."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
import pytest_asyncio

from assistant.adapters.clock import SystemClock
from assistant.adapters.database.store import open_store
from assistant.adapters.policy import HttpPolicy
from assistant.adapters.policy_process import PolicyProcess
from assistant.conversations import Conversations
from assistant.domain import load_domain
from assistant.grpc.server import build
from assistant.grpc.service import Service
from assistant.pb import assistant_pb2 as pb
from assistant.pb import booking_pb2
from assistant.pb.assistant_pb2_grpc import AssistantServiceStub
from assistant.pb.booking_pb2_grpc import BookingServiceStub
from assistant.settings import ROOT, Settings
from assistant.turn import Parts
from assistant.types import Conversation, Message, NewValue, Op, Operation, Quote

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

NOW = {"seconds": int(datetime(2026, 6, 10, 5, tzinfo=UTC).timestamp())}
SLOTS = {"restaurant": "hanok_table", "date": "2026-06-12", "time": "19:00", "party_size": "4", "name": "김민수"}
SENTENCES: dict[str, tuple[Op, tuple[str, ...], NewValue | None]] = {
    "Yes.": (Op.AFFIRM, (), None),
    "네.": (Op.AFFIRM, (), None),
    "5명으로요.": (Op.SET, ("party_size",), NewValue(("5",))),
    "Make it 8 pm.": (Op.SET, ("time",), NewValue(("20:00",))),
    "Clear the time.": (Op.CLEAR, ("time",), None),
}


class TableTagger:
    """Knows a few sentences, and takes its time over them where `slow` says so."""

    version = "table@1"

    def understand(self, message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        op, slots, value = SENTENCES.get(message.text, (Op.UNKNOWN, (), None))
        return (Operation(op, slots, value=value, quote=Quote(0, len(message.text), message.text)),)


class SlowPolicy:
    """The policy, a moment later."""

    def __init__(self, policy: HttpPolicy) -> None:
        self._policy = policy
        self.seconds = 0.0

    async def next_action(self, events: Any) -> str:
        await asyncio.sleep(self.seconds)
        return await self._policy.next_action(events)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def policy() -> AsyncIterator[PolicyProcess]:
    settings = Settings()
    if not (settings.policy_python.is_file() and settings.policy_model.is_file()):
        pytest.skip("`make ready` makes the policy's environment and its model")
    process = PolicyProcess(settings.policy_python, settings.policy_model)
    await process.start()
    yield process
    await process.stop()


class Client:
    """Talks about one conversation at the scenario's clock."""

    def __init__(self, channel: grpc.aio.Channel, slow: SlowPolicy) -> None:
        self.assistant: Any = AssistantServiceStub(channel)
        self.booking: Any = BookingServiceStub(channel)
        self.slow = slow

    async def start(self) -> pb.Conversation:
        request = pb.SetSlotsRequest(conversation_id="c", slots=SLOTS, now=NOW, locale="ko")
        return await self.assistant.SetSlots(request)

    async def say(self, text: str, message_id: str = "", **options: Any) -> pb.ConverseResponse:
        request = pb.ConverseRequest(conversation_id="c", message_id=message_id or text, text=text, now=NOW)
        return await self.assistant.Converse(request, **options)

    async def look(self) -> pb.Conversation:
        return await self.assistant.GetConversation(pb.GetConversationRequest(conversation_id="c"))


@pytest_asyncio.fixture(loop_scope="module")
async def client(policy: PolicyProcess, tmp_path: Path) -> AsyncIterator[Client]:
    clock, domain = SystemClock(), load_domain(ROOT / "domains" / "restaurant")
    server = build(Settings(listen="127.0.0.1:0"))
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'maitre.db'}", book=domain.book, clock=clock)
    asked = HttpPolicy(policy.url, policy.token, 10.0)
    slow = SlowPolicy(asked)
    parts = Parts(domain, store, TableTagger(), slow, clock, client_clocks=True)
    await server.start()
    await server.open(Service(store, Conversations(parts)))
    async with grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        yield Client(channel, slow)
    await server.close()
    await asked.close()
    await store.close()


async def test_slots_set_by_a_program_are_read_back_and_a_yes_books_them(client):
    started = await client.start()
    assert started.state == pb.CONVERSATION_STATE_CONFIRMING
    answer = await client.say("네.")
    assert answer.conversation.state == pb.CONVERSATION_STATE_BOOKED
    assert answer.conversation.locale == "ko"
    listed = await client.booking.ListBookings(booking_pb2.ListBookingsRequest(date="2026-06-12"))
    assert [booking.details.name for booking in listed.bookings] == ["김민수"]


async def test_a_yes_sent_twice_at_once_books_once_and_both_get_the_same_reply(client):
    await client.start()
    first, second = await asyncio.gather(client.say("Yes."), client.say("Yes."))
    assert first == second
    assert first.conversation.commits.created == 1
    listed = await client.booking.ListBookings(booking_pb2.ListBookingsRequest())
    assert len(listed.bookings) == 1


async def test_of_two_edits_at_once_neither_is_lost(client):
    await client.start()
    await asyncio.gather(client.say("5명으로요."), client.say("Make it 8 pm."))
    conversation = await client.look()
    held = conversation.slots["time"].value, conversation.slots["party_size"].value
    assert (held, conversation.state) == (("20:00", "5"), pb.CONVERSATION_STATE_CONFIRMING)


async def test_after_a_deadline_the_turn_is_whole_and_a_retry_gets_the_settled_answer(client):
    await client.start()
    client.slow.seconds = 0.3
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.say("Make it 8 pm.", timeout=0.05)
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    answer = await client.say("Make it 8 pm.")
    assert answer.conversation.slots["time"].value == "20:00"
    assert answer.conversation.version == 2
    assert (await client.look()) == answer.conversation


async def test_a_clear_by_a_program_shows_and_a_stale_one_changes_nothing(client):
    started = await client.start()
    request = pb.ClearSlotsRequest(conversation_id="c", names=["time"], expected_version=started.version)
    cleared = await client.assistant.ClearSlots(request)
    assert (cleared.slots["time"].status, cleared.asked_slot) == (pb.SLOT_STATUS_CLEARED, "time")
    request.names[0] = "date"
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.assistant.ClearSlots(request)
    assert caught.value.code() is grpc.StatusCode.ABORTED
    assert await client.look() == cleared
    undone = await client.assistant.UndoChange(pb.UndoChangeRequest(conversation_id="c"))
    assert undone.slots["time"].value == "19:00"


async def test_a_request_repeated_with_its_id_is_one_change(client):
    await client.start()
    request = pb.ClearSlotsRequest(conversation_id="c", names=["time"], request_id="r")
    assert await client.assistant.ClearSlots(request) == await client.assistant.ClearSlots(request)
    assert (await client.look()).version == 2
