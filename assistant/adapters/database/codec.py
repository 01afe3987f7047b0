"""Frozen values to JSON text and back: one typed converter for everything that is stored whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from assistant.ports import Booking, BookingRequest
from assistant.types import Conversation, Operation, Outcome

T = TypeVar("T")


class Codec(Generic[T]):
    """Writes values of one type as JSON text and reads them back equal. Fields at their default are not written."""

    def __init__(self, type_: Any) -> None:
        self._adapter: TypeAdapter[T] = TypeAdapter(type_)

    def dump(self, value: T) -> str:
        """The value as JSON text; the same value gives the same text, except for the order of sets."""
        return self._adapter.dump_json(value, exclude_defaults=True).decode()

    def load(self, text: str) -> T:
        """The value that was written."""
        return self._adapter.validate_json(text)


CONVERSATION: Codec[Conversation] = Codec(Conversation)
OUTCOME: Codec[Outcome] = Codec(Outcome)
OPERATIONS: Codec[tuple[Operation, ...]] = Codec(tuple[Operation, ...])
BOOKING: Codec[Booking] = Codec(Booking)
REQUEST: Codec[BookingRequest] = Codec(BookingRequest)
TEXT: Codec[str] = Codec(str)
VALUES: Codec[Mapping[str, str]] = Codec(Mapping[str, str])
EVENT: Codec[Mapping[str, Any]] = Codec(Mapping[str, Any])
