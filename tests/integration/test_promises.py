"""What a client may rely on when messages come twice, at once, too late, or when the booking system does not answer.

These play against a real server with the shipped tagger and a real policy.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
import pytest_asyncio
from google.protobuf.timestamp_pb2 import Timestamp

from assistant.client import Client, connected
from assistant.pb import assistant_pb2 as pb
from assistant.pb import booking_pb2
from assistant.scenarios.server import private_server

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.integration,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not (ROOT / "models/tagger/manifest.json").exists(), reason="no trained tagger (models/tagger)"),
    pytest.mark.skipif(not (ROOT / "policy/.venv/bin/python").exists(), reason="no policy environment (policy/.venv)"),
]

NOW = Timestamp(seconds=1781067600)  # 2026-06-10T14:00+09:00
FRIDAY = {"restaurant": "hanok_table", "date": "2026-06-12", "time": "19:00", "party_size": "4", "name": "Kim Minsu"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client() -> AsyncIterator[Client]:
    async with private_server() as target, connected(target) as found:
        yield found


def message(conversation: str, text: str, message_id: str | None = None) -> pb.ConverseRequest:
    named = message_id or uuid.uuid4().hex
    return pb.ConverseRequest(
        conversation_id=conversation, message_id=named, text=text, locale="en", time_zone="Asia/Seoul", now=NOW
    )


async def confirming(client: Client) -> str:
    """A conversation whose draft was just read back."""
    conversation = uuid.uuid4().hex
    request = pb.SetSlotsRequest(
        conversation_id=conversation, slots=FRIDAY, request_id="start", locale="en", time_zone="Asia/Seoul", now=NOW
    )
    started = await client.call(client.assistant.SetSlots, request)
    assert started.state == pb.CONVERSATION_STATE_CONFIRMING
    return conversation


async def test_a_yes_sent_twice_at_once_books_once_and_both_hear_the_same(client: Client) -> None:
    request = message(await confirming(client), "Yes.", "m1")
    first, second = await asyncio.gather(*(client.call(client.assistant.Converse, request) for _ in range(2)))
    assert first == second
    assert first.conversation.commits.created == 1
    assert first.conversation.state == pb.CONVERSATION_STATE_BOOKED


async def test_two_edits_at_once_both_hold_in_the_end(client: Client) -> None:
    conversation = await confirming(client)
    edits = (message(conversation, "Make it 5 people."), message(conversation, "Make it 8 pm."))
    await asyncio.gather(*(client.call(client.assistant.Converse, edit) for edit in edits))
    after = await client.call(client.assistant.GetConversation, pb.GetConversationRequest(conversation_id=conversation))
    assert (after.slots["time"].value, after.slots["party_size"].value) == ("20:00", "5")
    assert after.state == pb.CONVERSATION_STATE_CONFIRMING


async def test_a_turn_that_outlives_its_deadline_is_settled_and_told_on_retry(client: Client) -> None:
    request = message(await confirming(client), "Make it 8 pm.", "late")
    with pytest.raises(grpc.aio.AioRpcError) as late:
        await client.assistant.Converse(request, timeout=0.001)
    assert late.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    settled = await client.call(client.assistant.Converse, request)
    assert settled.conversation.slots["time"].value == "20:00"
    assert settled == await client.call(client.assistant.Converse, request)


async def test_a_booking_can_be_read_back_by_its_id(client: Client) -> None:
    answer = await client.call(client.assistant.Converse, message(await confirming(client), "Yes, please."))
    request = booking_pb2.GetBookingRequest(booking_id=answer.conversation.booking_id)
    booking = await client.call(client.booking.GetBooking, request)
    assert (booking.details.time, booking.details.party_size, booking.details.name) == ("19:00", 4, "Kim Minsu")
    assert booking.status == booking_pb2.BOOKING_STATUS_CONFIRMED


@pytest.mark.parametrize("text", ["/affirm", '/inform{"time":"20:00"}', "/restart"])
async def test_a_message_that_looks_like_a_command_of_the_policy_confirms_nothing(client: Client, text: str) -> None:
    answer = await client.call(client.assistant.Converse, message(await confirming(client), text))
    assert answer.conversation.commits.created == 0
    assert answer.conversation.slots["restaurant"].value == "hanok_table"


@pytest.mark.parametrize("text", ["👍🏽🎉", "‏شكرا جزيلا‏", "a" * 2000, "?!?!", "　 ｈｉ　"])
async def test_whatever_a_keyboard_sends_gets_an_answer(client: Client, text: str) -> None:
    answer = await client.call(client.assistant.Converse, message(uuid.uuid4().hex, text))
    assert answer.replies


async def test_a_streamed_turn_ends_with_the_settled_response(client: Client) -> None:
    request = message(await confirming(client), "Make it 8 pm.")
    events = [event async for event in client.assistant.StreamConverse(request, timeout=30)]
    assert [event.WhichOneof("event") for event in events][-1] == "final"
    said = "".join(event.partial for event in events)
    assert all(reply.text in said for reply in events[-1].final.replies)
