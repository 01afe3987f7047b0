"""A server to play against that understands a language of one line per thing: real gRPC, no model behind it.

`set time 19:00`, `clear time`, `yes`, `cancel`, `say ...` (answers with those words), `fail`; several by semicolons.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import grpc
import pytest
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from assistant.pb import assistant_pb2 as pb
from assistant.pb import assistant_pb2_grpc, booking_pb2, booking_pb2_grpc

SLOTS = ("restaurant", "date", "time", "party_size", "name")
TABLES = (4, 2)


@dataclass
class FakeServer(assistant_pb2_grpc.AssistantServiceServicer, booking_pb2_grpc.BookingServiceServicer):
    """Keeps everything in dictionaries; `requests` are all messages that came."""

    target: str = ""
    conversations: dict[str, pb.Conversation] = field(default_factory=dict)
    profiles: dict[str, dict[str, str]] = field(default_factory=dict)
    bookings: dict[str, booking_pb2.Booking] = field(default_factory=dict)
    requests: list[pb.ConverseRequest] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    # --- the conversation side

    def Converse(self, request, context):
        self.requests.append(request)
        conversation = self._conversation(request.conversation_id)
        replies = []
        for part in request.text.split(";"):
            verb, *words = part.split()
            match verb:
                case "set":
                    self._set(conversation, words[0], " ".join(words[1:]))
                case "clear":
                    conversation.slots[words[0]].CopyFrom(pb.Slot(name=words[0], status=pb.SLOT_STATUS_CLEARED))
                case "Yes." | "네.":
                    self._commit(conversation, request.user_id)
                case "say":
                    replies.append(" ".join(words))
                case "fail":
                    context.abort(grpc.StatusCode.INTERNAL, "internal error")
        conversation.version += 1
        replies = replies or ["알겠어요." if any("가" <= letter <= "힣" for letter in request.text) else "Noted."]
        return pb.ConverseResponse(conversation=conversation, replies=[pb.Reply(text=text) for text in replies])

    def GetConversation(self, request, context):
        if request.conversation_id not in self.conversations:
            context.abort(grpc.StatusCode.NOT_FOUND, "there is no such conversation")
        return self.conversations[request.conversation_id]

    def SetSlots(self, request, context):
        if "nope" in request.slots:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "slots.nope: there is no such slot")
        conversation = self._conversation(request.conversation_id)
        for name, value in request.slots.items():
            self._set(conversation, name, value)
        conversation.version += 1
        return conversation

    def ClearSlots(self, request, context):
        conversation = self._conversation(request.conversation_id)
        if request.expected_version not in (0, conversation.version):
            context.abort(grpc.StatusCode.ABORTED, "the conversation has moved on")
        for name in request.names:
            conversation.slots[name].CopyFrom(pb.Slot(name=name, status=pb.SLOT_STATUS_CLEARED))
        conversation.version += 1
        return conversation

    def DeleteConversation(self, request, context):
        if self.conversations.pop(request.conversation_id, None) is None:
            context.abort(grpc.StatusCode.NOT_FOUND, "there is no such conversation")
        return pb.DeleteConversationResponse()

    def PutProfile(self, request, context):
        self.profiles[request.user_id] = dict(request.slots)
        return pb.Profile(user_id=request.user_id, slots=request.slots)

    def GetDomain(self, request, context):
        return pb.Domain(name="fake", slots=[pb.SlotDescription(name=name) for name in SLOTS])

    def _conversation(self, conversation_id):
        empty = pb.Conversation(conversation_id=conversation_id, state=pb.CONVERSATION_STATE_COLLECTING)
        return self.conversations.setdefault(conversation_id, empty)

    def _set(self, conversation, name, value):
        adults, plus, children = value.partition("+")
        parts = {"adults": adults, "children": children} if plus else {}
        total = str(int(adults) + int(children)) if plus else value
        slot = pb.Slot(name=name, status=pb.SLOT_STATUS_FILLED, value=total, parts=parts)
        conversation.slots[name].CopyFrom(slot)

    def _commit(self, conversation, user_id):
        details = booking_pb2.BookingDetails(restaurant="here", date="2026-06-12", time="19:00", party_size=1)
        conversation.booking_id = self._book(details, user_id).booking_id
        conversation.commits.created += 1
        conversation.state = pb.CONVERSATION_STATE_BOOKED

    # --- the booking side

    def CheckAvailability(self, request, context):
        free = self._free(request.restaurant, request.date)
        starts = [booking_pb2.FreeStart(time="19:00", largest_party=max(free))] if free else []
        return booking_pb2.CheckAvailabilityResponse(starts=starts)

    def CreateBooking(self, request, context):
        return self._book(request.details, request.user_id)

    def CancelBooking(self, request, context):
        self.bookings[request.booking_id].status = booking_pb2.BOOKING_STATUS_CANCELLED
        return self.bookings[request.booking_id]

    def ListBookings(self, request, context):
        found = [booking for booking in self.bookings.values() if booking.user_id == request.user_id]
        after = int(request.page_token or 0)
        more = str(after + 1) if len(found) > after + 1 else ""  # pages of one, so that paging is exercised
        return booking_pb2.ListBookingsResponse(bookings=found[after : after + 1], next_page_token=more)

    def standing(self) -> list[booking_pb2.Booking]:
        """The bookings that are not cancelled."""
        return [one for one in self.bookings.values() if one.status == booking_pb2.BOOKING_STATUS_CONFIRMED]

    def _free(self, restaurant, date):
        free = list(TABLES)
        for booking in self.standing():
            if (booking.details.restaurant, booking.details.date) == (restaurant, date):
                free.remove(min(seats for seats in free if seats >= booking.details.party_size))
        return free

    def _book(self, details, user_id):
        with self.lock:
            booking = booking_pb2.Booking(
                booking_id=f"b{len(self.bookings)}",
                status=booking_pb2.BOOKING_STATUS_CONFIRMED,
                details=copy.copy(details),
                user_id=user_id,
            )
            self.bookings[booking.booking_id] = booking
        return booking


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A fake server on a free port."""
    fake = FakeServer()
    running = grpc.server(ThreadPoolExecutor(4))
    assistant_pb2_grpc.add_AssistantServiceServicer_to_server(fake, running)
    booking_pb2_grpc.add_BookingServiceServicer_to_server(fake, running)
    checks = health.HealthServicer()
    checks.set("", health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(checks, running)
    fake.target = f"127.0.0.1:{running.add_insecure_port('127.0.0.1:0')}"
    running.start()
    yield fake
    running.stop(0).wait()
