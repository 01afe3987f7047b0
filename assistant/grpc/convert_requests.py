"""Requests of the conversation side into our types, checked field by field.

Only the form is checked here (lengths, canonical values, known slots). Business rules (opening hours, limits) are the
reducer's. With `convert` and `convert_booking` the only place where protobuf crosses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from google.protobuf.message import Message as ProtoMessage
from google.protobuf.timestamp_pb2 import Timestamp

from assistant.domain import Domain, SlotSpec
from assistant.errors import BadRequest
from assistant.grpc import checks
from assistant.pb import assistant_pb2 as pb
from assistant.types import Change, Command, Message, NewValue, Op, Operation, Producer, Quote, Scope
from nlu.types import Kind, Moment
from nlu.values import normalise

LONGEST_NAME: Final = 60
MOST_CORRECTIONS: Final = 50
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_COUNT = re.compile(r"\d{1,4}", re.ASCII)
_DELTA = re.compile(r"(?P<amount>[+-]\d{1,5}) (?P<unit>minutes|days|people)|:(?P<minute>[0-5]\d)", re.ASCII)
_SPLIT = re.compile(r"(\d{1,4})\+(\d{1,4})", re.ASCII)


def message_in(request: pb.ConverseRequest, *, zone: str, clock: datetime, client_clocks: bool) -> Message:
    """One message of a user. Its locale is empty where the client leaves the language to us.

    Args:
        request: as it came.
        zone: the IANA zone to use where the client names none.
        clock: the server's now, timezone-aware.
        client_clocks: whether the client's `now` is honoured; otherwise it is not even looked at.
    """
    return Message(
        conversation_id=checks.identifier("conversation_id", request.conversation_id),
        message_id=checks.identifier("message_id", request.message_id),
        text=checks.message_text("text", request.text),
        locale=checks.language("locale", request.locale),
        time_zone=checks.time_zone("time_zone", request.time_zone) or zone,
        now=now_in(request, clock=clock, client_clocks=client_clocks),
        user_id=checks.identifier("user_id", request.user_id, optional=True),
        training_consent=request.training_consent if request.HasField("training_consent") else None,
    )


def now_in(request: ProtoMessage, *, clock: datetime, client_clocks: bool) -> datetime:
    """The client's `now` where it is sent and honoured, otherwise the server's."""
    return (sent_now(request) if client_clocks else None) or clock


def sent_now(request: ProtoMessage) -> datetime | None:
    """The client's `now`, or None where it sent none."""
    if not request.HasField("now"):
        return None
    now: Timestamp = getattr(request, "now")  # noqa: B009  (several request types have the field)
    return checks.instant("now", now.seconds, now.nanos)


def set_slots_in(
    request: pb.SetSlotsRequest, domain: Domain, *, zone: str, clock: datetime, client_clocks: bool
) -> Command:
    """A change that fills slots, in the order in which the domain asks for them."""
    now = sent_now(request) if client_clocks else None
    time_zone = checks.time_zone("time_zone", request.time_zone)
    if not request.slots:
        raise BadRequest("slots", "is empty; give at least one value")
    values = canonical_slots(request.slots, domain, Moment(now or clock, time_zone or zone))
    return Command(
        conversation_id=checks.identifier("conversation_id", request.conversation_id),
        operations=tuple(
            Operation(op=Op.SET, slots=(name,), value=value, producer=Producer.API) for name, value in values.items()
        ),
        request_id=checks.attempt("request_id", request.request_id),
        expected_version=checks.version("expected_version", request.expected_version),
        create=True,
        user_id=checks.identifier("user_id", request.user_id, optional=True),
        locale=checks.language("locale", request.locale),
        time_zone=time_zone,
        now=now,
    )


def clear_slots_in(request: pb.ClearSlotsRequest, domain: Domain) -> Command:
    """A change that empties slots: those named, all, or all but some."""
    given = [name for name in ("names", "all", "all_except") if getattr(request, name)]
    if len(given) != 1:
        said = " and ".join(given) or "nothing"
        raise BadRequest("names", f"{said} was given; give exactly one of names, all and all_except")
    for field in ("names", "all_except"):
        for index, name in enumerate(getattr(request, field)):
            _spec(domain, name, f"{field}[{index}]")
    slots = tuple(dict.fromkeys((*request.names, *request.all_except)))
    clear = Operation(op=Op.CLEAR, slots=slots, everything=not request.names, producer=Producer.API)
    return _command(request, clear)


def undo_in(request: pb.UndoChangeRequest) -> Command:
    """A change that takes back the last one."""
    return _command(request, Operation(op=Op.UNDO, producer=Producer.API))


def redo_in(request: pb.RedoChangeRequest) -> Command:
    """A change that applies again what was undone."""
    return _command(request, Operation(op=Op.REDO, producer=Producer.API))


def _command(
    request: pb.ClearSlotsRequest | pb.UndoChangeRequest | pb.RedoChangeRequest, operation: Operation
) -> Command:
    return Command(
        conversation_id=checks.identifier("conversation_id", request.conversation_id),
        operations=(operation,),
        request_id=checks.attempt("request_id", request.request_id),
        expected_version=checks.version("expected_version", request.expected_version),
    )


def canonical_slots(slots: Mapping[str, str], domain: Domain, moment: Moment) -> dict[str, NewValue]:
    """Values by slot, each in canonical form, in the domain's order.

    Raises:
        BadRequest: names `slots.<name>`, for an unknown slot or a value in another form.
    """
    for name in slots:
        _spec(domain, name, f"slots.{_shown(name)}")
    return {
        spec.name: canonical(spec, slots[spec.name], f"slots.{spec.name}", moment)
        for spec in domain.slots
        if spec.name in slots
    }


def canonical(spec: SlotSpec, value: str, field: str, moment: Moment) -> NewValue:
    """One value as a program gives it: canonical already, only phones are brought to one form."""
    match spec.kind:
        case Kind.DATE:
            return NewValue((_day(value, field),))
        case Kind.TIME:
            return NewValue((_matching(_CLOCK, value, field, "a time as HH:MM, e.g. 19:00"),))
        case Kind.COUNT:
            return _count(value, field)
        case Kind.PHONE:
            phone = normalise(value, Kind.PHONE, moment).exact if len(value) <= checks.LONGEST_ID else None
            if phone is None:
                raise BadRequest(field, "is no phone number that can be read; give one like 010-1234-5678")
            return NewValue((phone,))
        case Kind.CHOICE:
            return NewValue((checks.one_of(field, value, (choice.id for choice in spec.choices)),))
        case Kind.NAME:
            name = value.strip()
            if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
                raise BadRequest(field, f"give 1 to {LONGEST_NAME} printable characters")
            return NewValue((name,))


def _day(value: str, field: str) -> str:
    text = _matching(_DAY, value, field, "a date as YYYY-MM-DD")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise BadRequest(field, f"is {checks.quoted(value)}; there is no such day") from error


def _count(value: str, field: str) -> NewValue:
    split = _SPLIT.fullmatch(value)
    if split:
        adults, children = int(split[1]), int(split[2])
        return NewValue((str(adults + children),), parts={"adults": str(adults), "children": str(children)})
    return NewValue((str(int(_matching(_COUNT, value, field, "a whole number, or adults+children, e.g. 2+1"))),))


def _matching(pattern: re.Pattern[str], value: str, field: str, wanted: str) -> str:
    if not pattern.fullmatch(value):
        raise BadRequest(field, f"is {checks.quoted(value)}; give {wanted}")
    return value


def _spec(domain: Domain, name: str, field: str) -> SlotSpec:
    spec = domain.slot(name)
    if spec is None:
        known = ", ".join(slot.name for slot in domain.slots)
        raise BadRequest(field, f"there is no slot {checks.quoted(name)}; the slots are {known}")
    return spec


def _shown(name: str) -> str:
    return checks.quoted(name)[1:-1]


def operation_in(message: pb.Operation, field: str, domain: Domain) -> Operation:
    """An operation that somebody wrote as a correction: what a message should have been understood as.

    Args:
        message: as it came.
        field: where it stands in the request, for refusals.
        domain: whose slots it may name.
    """
    op = Op(checks.one_of(f"{field}.name", message.name, (op.value for op in Op)))
    for index, name in enumerate(message.slots):
        _spec(domain, name, f"{field}.slots[{index}]")
    if not 0.0 <= message.confidence <= 1.0:
        raise BadRequest(f"{field}.confidence", "give a probability between 0 and 1")
    if not 0 <= message.start <= message.end:
        raise BadRequest(f"{field}.start", "give character positions with start <= end")
    producer = checks.one_of(
        f"{field}.producer", message.producer or Producer.API.value, (who.value for who in Producer)
    )
    scope = checks.one_of(f"{field}.scope", message.scope, ("", *(scope.value for scope in Scope)))
    for name, texts in (("text", [message.text]), ("topic", [message.topic]), ("values", message.values)):
        if any(len(text) > checks.LONGEST_TEXT for text in texts):
            raise BadRequest(f"{field}.{name}", f"at most {checks.LONGEST_TEXT:,} characters")
    return Operation(
        op=op,
        slots=tuple(message.slots),
        everything=message.everything,
        value=NewValue(candidates=tuple(message.values)) if message.values else None,
        change=_delta(message.delta, f"{field}.delta") if message.delta else None,
        scope=Scope(scope) if scope else None,
        topic=message.topic,
        quote=Quote(message.start, message.end, message.text) if message.text else None,
        confidence=message.confidence,
        producer=Producer(producer),
    )


def _delta(text: str, field: str) -> Change:
    found = _DELTA.fullmatch(text)
    if found is None:
        raise BadRequest(field, f"is {checks.quoted(text)}; give a change such as +60 minutes, -1 people or :30")
    if found["minute"]:
        return Change(unit="minutes", clock_minute=int(found["minute"]))
    return Change(unit=found["unit"], amount=int(found["amount"]))
