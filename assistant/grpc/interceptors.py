"""The one interceptor around every call: token, load, malformed bytes, faults into status codes, one log line.

It covers unary and streamed calls alike, so a method cannot be added without it. Knows nothing of conversations.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import grpc
from google.protobuf.message import DecodeError

from assistant.errors import BadRequest, MaitreError, Overloaded
from assistant.grpc.status import TooSlow, Unauthenticated, Unimplemented, answer_to
from assistant.logging import alias

log = logging.getLogger(__name__)

HEALTH = "/grpc.health."
REFLECTION = "/grpc.reflection."
REQUEST_ID = "x-request-id"
LONGEST_CALL = 30.0
LONGEST_RELOAD = 120.0
"""Seconds for `ReloadModels`, which starts a policy process: 10 on an idle core, a minute on a busy one."""
RELOAD = "/assistant.v1.AssistantService/ReloadModels"


class _Malformed:
    """Stands for bytes that are no message, so that the handler can refuse them with a proper status."""


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    request_id: str
    authorized: bool


class Gate(grpc.aio.ServerInterceptor):
    """Lets calls in, counts them, and turns every fault into a status.

    Args:
        tokens: bearer tokens that clients must present; none: everybody may call.
        most: calls worked on at once; more are shed. Health is open and not counted.
        longest: seconds that a call may wait for its answer when the client set no deadline, or a longer one.
    """

    def __init__(self, tokens: Collection[str] = (), most: int = 64, longest: float = LONGEST_CALL) -> None:
        self._tokens = tuple(token.encode() for token in tokens)
        self._most = most
        self._longest = longest
        self._now = 0

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[grpc.RpcMethodHandler[Any, Any] | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any]:
        """Wraps the handler of one call."""
        handler = await continuation(handler_call_details)
        method = str(handler_call_details.method)
        if method.startswith(HEALTH) and handler is not None:
            return handler
        metadata = {str(key): value for key, value in handler_call_details.invocation_metadata or ()}
        call = _Call(method, _request_id(metadata), self._knows(metadata))
        if handler is None:
            return grpc.unary_unary_rpc_method_handler(self._refuser(call, Unimplemented("there is no such method")))
        if not call.authorized:
            refusal = Unauthenticated("present a token: `authorization: Bearer <token>`")
            return grpc.unary_unary_rpc_method_handler(self._refuser(call, refusal))
        if method.startswith(REFLECTION):
            return handler
        if handler.unary_unary is not None:
            return grpc.unary_unary_rpc_method_handler(
                self._unary(call, handler.unary_unary),
                _forgiving(handler.request_deserializer),
                handler.response_serializer,
            )
        if handler.unary_stream is not None:
            return grpc.unary_stream_rpc_method_handler(
                self._stream(call, handler.unary_stream),
                _forgiving(handler.request_deserializer),
                handler.response_serializer,
            )
        raise NotImplementedError(f"{method}: this server has no methods with streamed requests")

    def _knows(self, metadata: dict[str, str | bytes]) -> bool:
        if not self._tokens:
            return True
        given = metadata.get("authorization", "")
        words = (given if isinstance(given, bytes) else given.encode()).split(b" ", 1)
        token = words[1] if len(words) == 2 and words[0].lower() == b"bearer" else b""
        # Every known token is compared, so that the time taken does not tell which one came close.
        return sum(hmac.compare_digest(token, known) for known in self._tokens) > 0

    def _refuser(self, call: _Call, refusal: MaitreError) -> Callable[..., Awaitable[NoReturn]]:
        async def refuse(request: bytes, context: grpc.aio.ServicerContext[Any, Any]) -> NoReturn:
            del request
            await _abort(call, refusal, context, time.monotonic(), "")

        return refuse

    def _unary(self, call: _Call, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def answer(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> Any:
            started = time.monotonic()
            try:
                with self._counted():
                    _refuse_malformed(request)
                    async with _limited(LONGEST_RELOAD if call.method == RELOAD else self._longest):
                        response = await work(request, context)
            except asyncio.CancelledError:
                _write(call, "CANCELLED", started, _about(request))
                raise
            except Exception as error:
                await _abort(call, error, context, started, _about(request))
            _write(call, "OK", started, _about(request))
            return response

        return answer

    def _stream(self, call: _Call, work: Callable[..., Any]) -> Callable[..., AsyncIterator[Any]]:
        async def answer(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> AsyncIterator[Any]:
            started = time.monotonic()
            try:
                with self._counted():
                    _refuse_malformed(request)
                    events: AsyncIterator[Any] = work(request, context)
                    while True:
                        async with _limited(self._longest):
                            event = await anext(events, None)
                        if event is None:
                            break
                        yield event
            except asyncio.CancelledError:
                _write(call, "CANCELLED", started, _about(request))
                raise
            except Exception as error:
                await _abort(call, error, context, started, _about(request))
            _write(call, "OK", started, _about(request))

        return answer

    @contextmanager
    def _counted(self) -> Iterator[None]:
        if self._now >= self._most:
            raise Overloaded("too many calls at once; try again shortly")
        self._now += 1
        try:
            yield
        finally:
            self._now -= 1


@asynccontextmanager
async def _limited(seconds: float) -> AsyncIterator[None]:
    """Bounds one wait; only its own expiry becomes `TooSlow`, a TimeoutError from inside stays what it is."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError as error:
        if limit.expired():
            raise TooSlow("the answer takes long; ask again with the same id") from error
        raise


def _forgiving(deserializer: Callable[[bytes], Any] | None) -> Callable[[bytes], Any]:
    def parse(data: bytes) -> Any:
        try:
            return deserializer(data) if deserializer else data
        except (DecodeError, UnicodeDecodeError):
            return _Malformed()

    return parse


def _refuse_malformed(request: Any) -> None:
    if isinstance(request, _Malformed):
        raise BadRequest("request", "the bytes are not a message of this method; compile your client from proto/")


def _request_id(metadata: dict[str, str | bytes]) -> str:
    given = metadata.get(REQUEST_ID, "")
    usable = isinstance(given, str) and 0 < len(given) <= 128 and given.isascii() and given.isprintable()
    return str(given) if usable else uuid.uuid4().hex


def _about(request: Any) -> str:
    return alias(str(getattr(request, "conversation_id", "")))


def _write(call: _Call, code: str, started: float, conversation: str) -> None:
    milliseconds = (time.monotonic() - started) * 1000
    log.info(
        "method=%s code=%s ms=%.1f request=%s conversation=%s",
        call.method,
        code,
        milliseconds,
        call.request_id,
        conversation,
    )


async def _abort(
    call: _Call, error: Exception, context: grpc.aio.ServicerContext[Any, Any], started: float, conversation: str
) -> NoReturn:
    if isinstance(error, grpc.aio.AbortError):
        raise error
    code, message, metadata = answer_to(error, call.request_id)
    if code is grpc.StatusCode.INTERNAL:
        log.error("method=%s request=%s failed", call.method, call.request_id, exc_info=error)
    _write(call, code.name, started, conversation)
    await context.abort(code, message, (*metadata, (REQUEST_ID, call.request_id)))
    raise AssertionError("abort returned")  # pragma: no cover
