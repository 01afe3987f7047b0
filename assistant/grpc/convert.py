"""Answers of the conversation side out of our types. Decides nothing.

With `convert_requests` and `convert_booking` the only place where protobuf crosses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from assistant.domain import Domain, Need, SlotSpec
from assistant.pb import assistant_pb2 as pb
from assistant.responses import Responses
from assistant.types import (
    EMPTY,
    Conversation,
    Flag,
    Operation,
    Outcome,
    Pending,
    Phase,
    Refusal,
    Reply,
    Slot,
    Source,
    Status,
)
from assistant.wording import fit_particles, join

STATUSES: Final = {status: pb.SlotStatus.Value(f"SLOT_STATUS_{status.name}") for status in Status}
SOURCES: Final = {source: pb.SlotSource.Value(f"SLOT_SOURCE_{source.name}") for source in Source}
FLAGS: Final = {flag: pb.SlotFlag.Value(f"SLOT_FLAG_{flag.name}") for flag in Flag}
STATES: Final = {phase: pb.ConversationState.Value(f"CONVERSATION_STATE_{phase.name}") for phase in Phase}
PENDINGS: Final = {pending: pb.PendingAction.Value(f"PENDING_ACTION_{pending.name}") for pending in Pending}

# --- answers -----------------------------------------------------------------------------------------------------


def outcome_out(outcome: Outcome, domain: Domain) -> pb.ConverseResponse:
    """What a message led to."""
    return pb.ConverseResponse(
        conversation=conversation_out(outcome.conversation, domain),
        replies=[reply_out(reply) for reply in outcome.replies],
        operations=[operation_out(operation) for operation in outcome.operations],
        refusals=[refusal_out(refusal) for refusal in outcome.refusals],
        degraded=outcome.degraded,
        model_version=outcome.model_version,
    )


def events_out(outcome: Outcome, domain: Domain, *, sent: bool = False) -> Iterable[pb.ConverseEvent]:
    """The same as a stream: one piece per reply (joined, they are the whole text), then the settled response.

    Args:
        outcome: what the message led to.
        domain: whose slots these are.
        sent: whether the pieces are sent already and only the response is due.
    """
    for index, reply in enumerate(() if sent else outcome.replies):
        yield pb.ConverseEvent(partial=f"\n{reply.text}" if index else reply.text)
    yield pb.ConverseEvent(final=outcome_out(outcome, domain))


def conversation_out(conversation: Conversation, domain: Domain) -> pb.Conversation:
    """A conversation with every slot of the domain; `pending` only while a yes would do something or be worked towards."""
    drafting = conversation.phase in (Phase.COLLECTING, Phase.CONFIRMING)
    return pb.Conversation(
        conversation_id=conversation.id,
        version=conversation.version,
        state=STATES[conversation.phase],
        pending=PENDINGS[conversation.pending] if drafting else pb.PENDING_ACTION_UNSPECIFIED,
        slots={spec.name: slot_out(spec.name, conversation.slot(spec.name)) for spec in domain.slots},
        asked_slot=conversation.asked or "",
        booking_id=conversation.booking_id,
        commits=pb.CommitCounts(
            created=conversation.commits.created,
            modified=conversation.commits.modified,
            cancelled=conversation.commits.cancelled,
        ),
        locale=conversation.locale,
        time_zone=conversation.time_zone,
    )


def slot_out(name: str, slot: Slot) -> pb.Slot:
    """One slot. Its source is told only where something is held."""
    answer = pb.Slot(
        name=name,
        status=STATUSES[slot.status],
        value=slot.value or "",
        text=slot.text,
        candidates=slot.candidates,
        parts=slot.parts,
        source=SOURCES[slot.source] if slot.holds else pb.SLOT_SOURCE_UNSPECIFIED,
        flags=sorted(FLAGS[flag] for flag in slot.flags),
        confidence=slot.confidence if slot.holds else 0.0,
        message_id=slot.message_id,
    )
    if slot.bounds:
        setattr(answer.range, "from", slot.bounds[0])  # `from` is a word of Python's own
        answer.range.to = slot.bounds[1]
    return answer


def slot_in(message: pb.Slot) -> Slot:
    """A slot as a client sees it, read back: what tests and the command line compare."""
    statuses = {number: status for status, number in STATUSES.items()}
    sources = {number: source for source, number in SOURCES.items()}
    flags = {number: flag for flag, number in FLAGS.items()}
    status = statuses[message.status]
    held = status in (Status.FILLED, Status.CANDIDATES, Status.DONT_CARE)
    bounds = (getattr(message.range, "from"), message.range.to) if message.HasField("range") else None
    return Slot(
        status=status,
        value=message.value if status is Status.FILLED else None,
        text=message.text,
        candidates=tuple(message.candidates),
        bounds=bounds,
        parts=dict(message.parts),
        source=sources.get(message.source, EMPTY.source),
        flags=frozenset(flags[number] for number in message.flags),
        confidence=message.confidence if held else EMPTY.confidence,
        message_id=message.message_id,
    )


def reply_out(reply: Reply) -> pb.Reply:
    """One message to the user."""
    return pb.Reply(text=reply.text, act=reply.act, quick_replies=reply.quick_replies)


def refusal_out(refusal: Refusal) -> pb.Refusal:
    """A value that cannot be had."""
    return pb.Refusal(slot=refusal.slot, text=refusal.text, reason=refusal.reason, alternatives=refusal.alternatives)


def operation_out(operation: Operation) -> pb.Operation:
    """One thing that the user asked for. A range is sent as its two ends."""
    value, quote = operation.value, operation.quote
    return pb.Operation(
        name=operation.op.value,
        slots=operation.slots,
        everything=operation.everything,
        values=(value.bounds or value.candidates) if value else (),
        delta=_delta_out(operation),
        scope=operation.scope.value if operation.scope else "",
        topic=operation.topic,
        text=quote.text if quote else "",
        start=quote.start if quote else 0,
        end=quote.end if quote else 0,
        confidence=operation.confidence,
        producer=operation.producer.value,
    )


def _delta_out(operation: Operation) -> str:
    change = operation.change
    if change is None:
        return ""
    if change.clock_minute is not None:
        return f":{change.clock_minute:02d}"
    return f"{change.amount:+d} {change.unit}"


# --- domain ------------------------------------------------------------------------------------------------------


def domain_out(domain: Domain, language: str, acts: Iterable[str]) -> pb.Domain:
    """What a client needs to draw a form, in one language (`en` or `ko`)."""
    return pb.Domain(
        name=domain.name,
        slots=[_spec_out(spec, domain.responses.get(language), language) for spec in domain.slots],
        venues=[
            pb.Venue(
                id=venue.id,
                name=venue.names.get(language, venue.id),
                time_zone=venue.time_zone,
                hours=[
                    pb.OpeningHours(
                        weekday=weekday + 1,
                        opens=f"{hours.opens:%H:%M}",
                        last_seating=f"{hours.last_seating:%H:%M}",
                        closes=f"{hours.closes:%H:%M}",
                    )
                    for weekday, hours in sorted(venue.hours.items())
                ],
            )
            for venue in domain.book.venues
        ],
        acts=acts,
    )


def _spec_out(spec: SlotSpec, responses: Responses | None, language: str) -> pb.SlotDescription:
    choices = [
        pb.SlotChoice(id=choice.id, label=spec.choice_labels.get(choice.id, {}).get(language, choice.id))
        for choice in spec.choices
    ]
    return pb.SlotDescription(
        name=spec.name,
        type=spec.kind.value,
        required=spec.required.need is Need.ALWAYS,
        required_when=_required_when(spec, language),
        description=spec.descriptions.get(language, ""),
        prompt=_prompt(spec, responses, language, [choice.label for choice in choices]),
        choices=choices,
    )


def _prompt(spec: SlotSpec, responses: Responses | None, language: str, choices: Sequence[str]) -> str:
    label = spec.labels.get(language, spec.name)
    if responses is None:
        return label
    text = responses.asks.get(spec.name, responses.asks["default"])
    return fit_particles(text.format(slot=label, choices=join(tuple(choices), responses.joins["or"])))


def _required_when(spec: SlotSpec, language: str) -> str:
    required = spec.required
    if required.need is not Need.WHEN:
        return ""
    if language == "ko":
        return f"{required.slot} 값이 {required.at_least} 이상일 때"
    return f"when {required.slot} is {required.at_least} or more"
