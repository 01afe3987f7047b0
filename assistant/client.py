"""A thin client of a running server: one channel, three stubs, one way to call. Knows no scenario and prints nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from grpc_health.v1 import health_pb2, health_pb2_grpc

from assistant.errors import Unavailable
from assistant.pb.assistant_pb2_grpc import AssistantServiceStub
from assistant.pb.booking_pb2_grpc import BookingServiceStub

if TYPE_CHECKING:  # only the type stubs know these
    from assistant.pb.assistant_pb2_grpc import AssistantServiceAsyncStub
    from assistant.pb.booking_pb2_grpc import BookingServiceAsyncStub

PATIENCE: Final = 30.0
"""Seconds that a call waits for its answer."""
_LOOK_AGAIN: Final = 0.2
_SERVING: Final = health_pb2.HealthCheckResponse.SERVING

Metadata = tuple[tuple[str, str | bytes], ...]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Client:
    """A server that can be called. `target` is `host:port`, `metadata` travels with every call."""

    target: str
    assistant: AssistantServiceAsyncStub
    booking: BookingServiceAsyncStub
    health: Any
    metadata: Metadata = ()

    async def call(self, method: grpc.aio.UnaryUnaryMultiCallable[Any, Answer], request: object) -> Answer:
        """Calls a method of one of the stubs, e.g. `client.call(client.assistant.Converse, request)`.

        Raises:
            grpc.aio.AioRpcError: the call failed, or took longer than `PATIENCE`.
        """
        return await method(request, timeout=PATIENCE, metadata=self.metadata)

    async def wait_until_serving(self, seconds: float) -> None:
        """Returns as soon as the server says that it serves.

        Raises:
            Unavailable: it did not within `seconds`; says whether nobody answered or it was still loading.
        """
        state = "nobody answers"
        try:
            async with asyncio.timeout(seconds):
                while True:
                    state = await self._state(seconds)
                    if not state:
                        return
                    await asyncio.sleep(_LOOK_AGAIN)
        except TimeoutError:
            raise Unavailable(f"{self.target}: {state}; start a server with `assistant serve`") from None

    async def _state(self, seconds: float) -> str:
        """Why the server cannot be used yet; empty when it can."""
        try:
            answer = await self.health.Check(health_pb2.HealthCheckRequest(), timeout=seconds)
        except grpc.aio.AioRpcError as error:
            if error.code() is grpc.StatusCode.UNIMPLEMENTED:  # somebody is there who tells no health
                return ""
            return f"nobody answers ({error.code().name})"
        return "" if answer.status == _SERVING else "the server does not serve yet"


@asynccontextmanager
async def connected(target: str, *, token: str = "", ca: Path | None = None) -> AsyncIterator[Client]:
    """A client of the server at `target`; nothing is sent before the first call.

    Args:
        target: `host:port`.
        token: a bearer token, or empty.
        ca: PEM file to trust, for TLS; None: no TLS.
    """
    metadata: Metadata = (("authorization", f"Bearer {token}"),) if token else ()
    async with _channel(target, ca) as channel:
        yield Client(
            target,
            AssistantServiceStub(channel),
            BookingServiceStub(channel),
            health_pb2_grpc.HealthStub(channel),
            metadata,
        )


def _channel(target: str, ca: Path | None) -> grpc.aio.Channel:
    if ca is None:
        return grpc.aio.insecure_channel(target)
    return grpc.aio.secure_channel(target, grpc.ssl_channel_credentials(ca.read_bytes()))


def timestamp(moment: datetime) -> Timestamp:
    """A timezone-aware moment as protobuf's Timestamp."""
    stamp = Timestamp()
    stamp.FromDatetime(moment.astimezone(UTC))
    return stamp
