from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from assistant import errors
from assistant.grpc.interceptors import Gate
from assistant.grpc.server import ASSISTANT, BOOKING
from assistant.pb import assistant_pb2 as pb
from assistant.pb import booking_pb2

HELLO = {"conversation_id": "c", "message_id": "m", "text": "hello"}
METHODS = [
    *pb.DESCRIPTOR.services_by_name["AssistantService"].methods,
    *booking_pb2.DESCRIPTOR.services_by_name["BookingService"].methods,
]


async def call(channel: grpc.aio.Channel, method: MethodDescriptor, body: bytes, **options: object) -> bytes | None:
    """Sends raw bytes to any method, streamed or not, and gives the first raw answer."""
    path = f"/{method.containing_service.full_name}/{method.name}"
    if not method.server_streaming:
        return await channel.unary_unary(path)(body, **options)
    return await channel.unary_stream(path)(body, **options).read()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
async def test_bytes_that_are_no_message_are_an_invalid_argument_everywhere(running, failing, method):
    failure = await failing(call(running.channel, method, b"\xff\xff\xff\xff"))
    assert (failure.code, failure.field) == (grpc.StatusCode.INVALID_ARGUMENT, "request")


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
@pytest.mark.parametrize(
    "metadata",
    [(), (("authorization", "Bearer wrong"),), (("authorization", "Basic right"),), (("authorization", "right"),)],
    ids=["none", "wrong", "basic", "bare"],
)
async def test_no_method_answers_without_a_known_token(run, failing, method, metadata):
    async with run(tokens="right, other") as running:
        failure = await failing(call(running.channel, method, b"", metadata=metadata))
        assert (failure.code, failure.reason) == (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED")


@pytest.mark.parametrize("token", ["right", "other"])
async def test_any_of_the_known_tokens_opens(run, token):
    async with run(tokens="right, other") as running:
        metadata = (("authorization", f"Bearer {token}"),)
        answer = await running.assistant.Converse(pb.ConverseRequest(**HELLO), metadata=metadata)
        assert answer.conversation.version == 1


async def test_health_needs_no_token_and_reflection_does(run, failing):
    async with run(tokens="right", reflection=True) as running:
        health = health_pb2_grpc.HealthStub(running.channel)
        for name in ("", ASSISTANT, BOOKING):
            answer = await health.Check(health_pb2.HealthCheckRequest(service=name))
            assert answer.status == health_pb2.HealthCheckResponse.SERVING
        listing = reflection_pb2.ServerReflectionRequest(list_services="")
        stub = reflection_pb2_grpc.ServerReflectionStub(running.channel)
        failure = await failing(stub.ServerReflectionInfo(iter([listing])).read())
        assert failure.code is grpc.StatusCode.UNAUTHENTICATED
        metadata = (("authorization", "Bearer right"),)
        answer = await stub.ServerReflectionInfo(iter([listing]), metadata=metadata).read()
        assert {ASSISTANT, BOOKING} <= {service.name for service in answer.list_services_response.service}


async def test_reflection_is_off_unless_asked_for(running, failing):
    listing = reflection_pb2.ServerReflectionRequest(list_services="")
    stub = reflection_pb2_grpc.ServerReflectionStub(running.channel)
    assert (await failing(stub.ServerReflectionInfo(iter([listing])).read())).code is grpc.StatusCode.UNIMPLEMENTED


async def test_an_unknown_method_is_unimplemented_with_details(running, failing):
    failure = await failing(running.channel.unary_unary("/assistant.v1.AssistantService/Nope")(b""))
    assert (failure.code, failure.reason) == (grpc.StatusCode.UNIMPLEMENTED, "UNIMPLEMENTED")


SECRET = "Kim Minsu 010-1234-5678"


@pytest.mark.parametrize("method", ["Converse", "StreamConverse", "SetSlots"])
async def test_an_unforeseen_fault_tells_the_client_nothing_and_the_log_no_words(run, failing, caplog, method):
    async with run() as running:
        running.turns.fault = RuntimeError(SECRET)
        if method == "SetSlots":
            pending = running.assistant.SetSlots(pb.SetSlotsRequest(conversation_id="c", slots={"time": "19:00"}))
        elif method == "Converse":
            pending = running.assistant.Converse(pb.ConverseRequest(**HELLO), metadata=(("x-request-id", "r-7"),))
        else:
            pending = running.assistant.StreamConverse(pb.ConverseRequest(**HELLO)).read()
        with caplog.at_level(logging.DEBUG):
            failure = await failing(pending)
        assert failure.code is grpc.StatusCode.INTERNAL
        assert failure.message.startswith("internal error (request ")
        assert (failure.reason, SECRET in str(failure)) == ("INTERNAL", False)
        assert SECRET not in "".join(record.getMessage() for record in caplog.records)
        if method == "Converse":
            assert failure.message == "internal error (request r-7)"


@pytest.mark.parametrize(
    ("fault", "code", "waits"),
    [
        (errors.StoreUnavailable("no"), grpc.StatusCode.UNAVAILABLE, 2.0),
        (errors.OutcomeUnknown("no"), grpc.StatusCode.UNAVAILABLE, 2.0),
        (errors.Overloaded("no"), grpc.StatusCode.RESOURCE_EXHAUSTED, 1.0),
        (errors.NotPossible("no"), grpc.StatusCode.FAILED_PRECONDITION, None),
        (errors.BadRequest("slots.time", "is past"), grpc.StatusCode.INVALID_ARGUMENT, None),
    ],
)
async def test_a_fault_of_a_turn_reaches_the_client_with_its_details(running, failing, fault, code, waits):
    running.turns.fault = fault
    failure = await failing(running.assistant.Converse(pb.ConverseRequest(**HELLO)))
    assert (failure.code, failure.reason, failure.retry_after) == (code, fault.reason, waits)
    assert failure.field == getattr(fault, "field", "")


async def test_calls_beyond_the_limit_are_shed_at_once_and_the_others_answered(run, failing):
    async with run(most_concurrent=2) as running:
        running.turns.release.clear()
        first = [
            asyncio.ensure_future(running.assistant.Converse(pb.ConverseRequest(**{**HELLO, "conversation_id": name})))
            for name in "ab"
        ]
        for _ in first:
            await running.turns.started.get()
        failure = await failing(running.assistant.GetConversation(pb.GetConversationRequest(conversation_id="c")))
        assert (failure.code, failure.retry_after) == (grpc.StatusCode.RESOURCE_EXHAUSTED, 1.0)
        running.turns.release.set()
        assert len(await asyncio.gather(*first)) == 2
        answer = await running.assistant.Converse(pb.ConverseRequest(**HELLO))
        assert answer.conversation.version == 1


async def test_every_answered_call_leaves_one_line_without_its_words(running, caplog):
    with caplog.at_level(logging.INFO, logger="assistant"):
        await running.assistant.Converse(pb.ConverseRequest(**{**HELLO, "text": SECRET, "conversation_id": SECRET}))
    lines = [record.getMessage() for record in caplog.records if record.name == "assistant.grpc.interceptors"]
    assert len(lines) == 1
    assert "method=/assistant.v1.AssistantService/Converse code=OK" in lines[0]
    assert "Kim" not in lines[0]


async def test_a_request_of_more_than_64_kilobytes_is_refused(running):
    request = pb.ConverseRequest(**{**HELLO, "text": "x" * 70_000})
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await running.assistant.Converse(request)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


class Slow:
    """One method that takes its time, behind a gate that does not."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def service(self, call: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        async def answer(request: bytes, context: object) -> bytes:
            await asyncio.sleep(self._seconds)
            return b"done"

        async def stream(request: bytes, context: object) -> AsyncIterator[bytes]:
            yield await answer(request, context)

        if call.method == "/slow/stream":
            return grpc.unary_stream_rpc_method_handler(stream)
        return grpc.unary_unary_rpc_method_handler(answer)


@pytest.mark.parametrize("method", ["unary", "stream"])
@pytest.mark.parametrize(("seconds", "in_time"), [(0.0, True), (2.0, False)])
async def test_no_call_waits_longer_than_the_server_allows(failing, method, seconds, in_time):
    server = grpc.aio.server(interceptors=[Gate(longest=0.1)])
    server.add_generic_rpc_handlers((Slow(seconds),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        kind = channel.unary_unary if method == "unary" else channel.unary_stream
        pending = kind(f"/slow/{method}")(b"")
        if in_time:
            assert await (pending if method == "unary" else pending.read()) == b"done"
        else:
            failure = await failing(pending if method == "unary" else pending.read())
            assert (failure.code, failure.reason) == (grpc.StatusCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED")
    await server.stop(0)


async def test_a_reload_may_take_longer_than_other_calls():
    reload = pb.DESCRIPTOR.services_by_name["AssistantService"].methods_by_name["ReloadModels"]
    server = grpc.aio.server(interceptors=[Gate(longest=0.05)])
    server.add_generic_rpc_handlers((Slow(0.3),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        assert await call(channel, reload, b"") == b"done"
    await server.stop(0)


async def test_a_call_that_its_client_gave_up_leaves_a_line(running, failing, caplog):
    running.turns.release.clear()
    with caplog.at_level(logging.INFO, logger="assistant"):
        await failing(running.assistant.Converse(pb.ConverseRequest(**HELLO), timeout=0.1))
        await asyncio.sleep(0.1)
    assert any("code=CANCELLED" in record.getMessage() for record in caplog.records)
