"""Whatever arrives, a call is answered or refused with a code of the contract: never INTERNAL, never UNKNOWN."""

from __future__ import annotations

import random
from typing import Any

import grpc
import pytest
from google.protobuf import descriptor_pool, message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor

from assistant.pb import assistant_pb2, booking_pb2

METHODS = [
    *assistant_pb2.DESCRIPTOR.services_by_name["AssistantService"].methods,
    *booking_pb2.DESCRIPTOR.services_by_name["BookingService"].methods,
]
TEXTS = [
    "", " ", "\0", "\x07", "c", "m", "a\nb", "😀", "\u202e", "한옥테이블", "hanok_table", "2026-06-12", "0000-00-00",
    "19:00", "2+1", "999999999999", "-1", "１９:００", "/affirm", "en", "ko-KR", "Asia/Seoul", "../x", "C:\\", "time",
    "date", "nope", "set", "adjust", "+60 minutes", "booking", "\ufeff", "e\u0301" * 50, "x" * 129, "y" * 2001, "%s{}",
]  # fmt: skip
NUMBERS = [0, 1, -1, 2, 7, 100, 501, 2**31 - 1, -(2**31)]
ROUNDS = 100
CONTRACT = {
    grpc.StatusCode.OK,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.ABORTED,
    grpc.StatusCode.ALREADY_EXISTS,
    grpc.StatusCode.FAILED_PRECONDITION,
}


def any_message(dice: random.Random, kind: Descriptor, depth: int = 0) -> Any:
    """A message of that type with some of its fields filled from the boundaries of what there is."""
    message = message_factory.GetMessageClass(kind)()
    for field in kind.fields:
        if dice.random() < 0.15:
            continue
        count = dice.randrange(4) if field.is_repeated else 1
        if field.message_type and field.message_type.GetOptions().map_entry:
            for _ in range(count):
                getattr(message, field.name)[dice.choice(TEXTS)] = dice.choice(TEXTS)
        elif field.message_type:
            parts = [any_message(dice, field.message_type, depth + 1) for _ in range(count)]
            if field.is_repeated:
                getattr(message, field.name).extend(parts)
            else:
                getattr(message, field.name).CopyFrom(parts[0])
        elif field.is_repeated:
            getattr(message, field.name).extend(any_value(dice, field) for _ in range(count))
        else:
            setattr(message, field.name, any_value(dice, field))
    return message


def any_value(dice: random.Random, field: FieldDescriptor) -> Any:
    match field.cpp_type:
        case FieldDescriptor.CPPTYPE_STRING:
            return dice.choice(TEXTS)
        case FieldDescriptor.CPPTYPE_BOOL:
            return dice.random() < 0.5
        case FieldDescriptor.CPPTYPE_DOUBLE:
            return dice.choice([0.0, 1.0, -1.0, 1e308, float("nan"), float("inf")])
        case FieldDescriptor.CPPTYPE_INT64:
            return dice.choice([*NUMBERS, 2**63 - 1, -(2**63), 1781067600])
    return dice.choice(NUMBERS)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
async def test_no_message_makes_a_method_fail_in_an_undocumented_way(running, method):
    dice = random.Random(20260610)
    path = f"/{method.containing_service.full_name}/{method.name}"
    seen: dict[grpc.StatusCode, Any] = {}
    for _ in range(ROUNDS):
        request = any_message(dice, descriptor_pool.Default().FindMessageTypeByName(method.input_type.full_name))
        body = request.SerializeToString()
        if dice.random() < 0.2:  # a broken wire
            body = bytes(byte ^ dice.choice([0, 0, 0, 0, 255]) for byte in body)
        try:
            if method.server_streaming:
                await running.channel.unary_stream(path)(body).read()
            else:
                await running.channel.unary_unary(path)(body)
            seen[grpc.StatusCode.OK] = request
        except grpc.aio.AioRpcError as error:
            seen[error.code()] = request
    assert {code: request for code, request in seen.items() if code not in CONTRACT} == {}
    assert grpc.StatusCode.INVALID_ARGUMENT in seen or not method.input_type.fields
