"""What each fault is on the wire: the only place that knows status codes and google.rpc details."""

from __future__ import annotations

import grpc
from google.protobuf import duration_pb2
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from assistant import errors
from assistant.ports import Declined

DOMAIN = "maitre"
"""The `domain` of every ErrorInfo."""

Metadata = tuple[tuple[str, str | bytes], ...]


class Unauthenticated(errors.MaitreError):
    """The call carries no token, or none that is known."""

    reason = "UNAUTHENTICATED"


class Unimplemented(errors.MaitreError):
    """There is no such method."""

    reason = "UNIMPLEMENTED"


class TooSlow(errors.MaitreError):
    """The answer took longer than the server waits; the work goes on."""

    reason = "DEADLINE_EXCEEDED"


class BookingDeclined(errors.NotPossible):
    """A booking cannot be had. The reason and the alternatives travel in ErrorInfo's metadata."""

    reason = "BOOKING_DECLINED"

    def __init__(self, declined: Declined) -> None:
        super().__init__(f"the booking cannot be had: {declined.reason}")
        self.metadata = {"reason": declined.reason, "alternatives": ",".join(declined.alternatives)}


CODES: dict[type[errors.MaitreError], grpc.StatusCode] = {
    errors.BadRequest: grpc.StatusCode.INVALID_ARGUMENT,
    errors.NotFound: grpc.StatusCode.NOT_FOUND,
    errors.Forbidden: grpc.StatusCode.PERMISSION_DENIED,
    errors.Conflict: grpc.StatusCode.ABORTED,
    errors.KeyReused: grpc.StatusCode.ALREADY_EXISTS,
    errors.NotPossible: grpc.StatusCode.FAILED_PRECONDITION,
    errors.Overloaded: grpc.StatusCode.RESOURCE_EXHAUSTED,
    errors.Unavailable: grpc.StatusCode.UNAVAILABLE,
    Unauthenticated: grpc.StatusCode.UNAUTHENTICATED,
    Unimplemented: grpc.StatusCode.UNIMPLEMENTED,
    TooSlow: grpc.StatusCode.DEADLINE_EXCEEDED,
}
"""By class; a subclass without a row of its own has its parent's.

A stale version is ABORTED: read again, then retry. A reused key is ALREADY_EXISTS: something else was done under that
id, and no retry will help.
"""


def code_of(error: errors.MaitreError) -> grpc.StatusCode | None:
    """The status code of a fault, or None where neither its class nor a parent has a row in `CODES`."""
    return next((CODES[cls] for cls in type(error).__mro__ if cls in CODES), None)


def answer_to(error: Exception, request_id: str) -> tuple[grpc.StatusCode, str, Metadata]:
    """The status code, the message and the trailing metadata (with google.rpc details) that a fault becomes.

    A fault that is not one of ours says "internal error" with the request id and nothing else.
    """
    code = code_of(error) if isinstance(error, errors.MaitreError) else None
    if code is None or not isinstance(error, errors.MaitreError):
        return _answer(grpc.StatusCode.INTERNAL, f"internal error (request {request_id})", _info("INTERNAL", {}))
    details: list[Message] = [_info(error.reason, getattr(error, "metadata", {}))]
    if isinstance(error, errors.BadRequest):
        violation = error_details_pb2.BadRequest.FieldViolation(field=error.field, description=error.description)
        details.append(error_details_pb2.BadRequest(field_violations=[violation]))
    if isinstance(error, errors.Overloaded | errors.Unavailable):
        delay = duration_pb2.Duration()
        delay.FromMilliseconds(round(error.retry_after * 1000))
        details.append(error_details_pb2.RetryInfo(retry_delay=delay))
    return _answer(code, str(error) or error.reason.lower().replace("_", " "), *details)


def _info(reason: str, metadata: dict[str, str]) -> error_details_pb2.ErrorInfo:
    return error_details_pb2.ErrorInfo(reason=reason, domain=DOMAIN, metadata=metadata)


def _answer(code: grpc.StatusCode, message: str, *details: Message) -> tuple[grpc.StatusCode, str, Metadata]:
    status = status_pb2.Status(code=code.value[0], message=message)
    for detail in details:
        status.details.add().Pack(detail)
    return code, message, tuple(rpc_status.to_status(status).trailing_metadata)
