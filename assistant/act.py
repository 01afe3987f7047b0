"""Carries out the action that the policy chose: asks, reads back, books, hands off. One small function per action.

An action changes where the conversation stands and says something; only `action_commit` reaches outside, through the
bookings of the turn's own transaction. Does not choose: see `assistant.dialogue`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.domain import Domain, Use
from assistant.errors import StoreUnavailable, Unavailable
from assistant.faq import find_answer
from assistant.ports import Booking, BookingRequest, Bookings, Declined
from assistant.services import asked_after
from assistant.tracker import FORM, missing, readback
from assistant.types import (
    RESUME,
    WHAT_TO_CHANGE,
    Conversation,
    Dropped,
    Effects,
    Pending,
    Phase,
    Refusal,
    Said,
    Slot,
    Source,
    Status,
)
from nlu.types import Kind, Moment
from nlu.values import normalise
from nlu.values.reasons import UNKNOWN_CHOICE

DONE, DECLINED, UNKNOWN = "done", "declined", "unknown"
"""Outcomes of a commit, as the policy sees them."""


SUMMARY = "{summary}"
"""In an FAQ's answer: the draft or the booking of the conversation."""
AGAIN = "again"
"""In a readback's `words`: what is asked about was read back in the turn before, and nothing of it changed."""
ASIDES = frozenset({"answer", "chitchat", "out_of_scope"})
"""Acts after which what was read back a moment ago need not be read out once more: its question is enough."""


AT_REST: dict[str, object] = {"past": (), "future": (), "attempt": None, "asked": None, "read_back": None}
"""Fields of a conversation that has nothing open: no history to undo, no question, no readback."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A turn in progress: where the conversation stands and what has been said so far."""

    conversation: Conversation
    effects: Effects
    said: tuple[Said, ...] = ()
    outcome: str = "none"
    asks: str | None = None
    """The slot that the booking loop just asked for."""

    def say(self, act: str, **facts: str | tuple[str, ...]) -> Stage:
        """The same stage with one more thing said; a question that is repeated counts once, where it comes last."""
        words = Said(act, **facts)  # type: ignore[arg-type]  # the facts are fields of Said
        return replace(self, said=(*(one for one in self.said if one.act != act), words))

    def at(self, **changes: object) -> Stage:
        """The same stage with fields of the conversation replaced."""
        return replace(self, conversation=replace(self.conversation, **changes))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Scene:
    """What actions are carried out with. `text` is the user's message, `locale` the language of the reply."""

    domain: Domain
    bookings: Bookings
    now: datetime
    text: str
    locale: str


Action = Callable[[Stage, Scene], Awaitable[Stage]]


async def perform(name: str, stage: Stage, scene: Scene) -> Stage:
    """The stage after the action of that name.

    Raises:
        KeyError: there is no such action; the policy's adapter lets only known names through.
    """
    return await ACTIONS[name](stage, scene)


async def _ask_next(stage: Stage, scene: Scene) -> Stage:
    """The booking loop: ask the slot under discussion or the next one missing; with none, the loop is over."""
    lacking = missing(stage.conversation, scene.domain)
    if not lacking:
        return replace(stage.at(asked=None), asks=None)
    wanted = lacking[0]
    return replace(stage.at(phase=Phase.COLLECTING, asked=wanted).say(f"ask_{wanted}", slot=wanted), asks=wanted)


async def _read_back(stage: Stage, scene: Scene) -> Stage:
    before, spoken = stage.conversation, readback(stage.conversation)
    heard = before.phase is Phase.CONFIRMING and before.read_back == spoken
    aside = any(one.act in ASIDES and SUMMARY not in one.words for one in stage.said)
    words = AGAIN if heard and aside else ""
    return stage.at(phase=Phase.CONFIRMING, asked=None, read_back=spoken).say("readback", words=words)


async def _commit(stage: Stage, scene: Scene) -> Stage:
    """Carry out what was confirmed. The key names this draft in this conversation, so a repeat books nothing twice."""
    conversation = stage.conversation
    key = conversation.unsettled or f"{conversation.id}:{conversation.version}:{conversation.pending}"
    try:
        done = await _carry_out(conversation, key, scene)
    except StoreUnavailable:
        raise  # without our own store there is no turn
    except Unavailable:  # OutcomeUnknown, or a booking system that takes no call: either way it has not said yes or no
        return replace(stage.at(unsettled=key), outcome=UNKNOWN)
    stage = stage.at(unsettled="")
    if isinstance(done, Declined):
        return replace(stage, outcome=DECLINED).say("declined", words=done.reason, choices=done.alternatives)
    return replace(stage.at(**_committed(stage.conversation, done)), outcome=DONE)


async def settle(conversation: Conversation, bookings: Bookings) -> Conversation:
    """Find out what became of a commit whose outcome was not known, by asking for its key; never by trying again.

    Returns:
        The conversation as it would be had the answer come in time: booked, or still to be confirmed.

    Raises:
        Unavailable: the booking system still does not answer; nothing may be changed until it does.
    """
    booking = await bookings.get(key=conversation.unsettled)
    settled = replace(conversation, unsettled="")
    cancelling = conversation.pending is Pending.CANCEL
    if booking is None or booking.cancelled is not cancelling:
        return settled
    settled = replace(settled, **_committed(settled, booking), **AT_REST)  # type: ignore[arg-type]
    if cancelling:
        return replace(settled, phase=Phase.IDLE, pending=Pending.CREATE, slots={})
    return replace(settled, phase=Phase.BOOKED)


async def _carry_out(conversation: Conversation, key: str, scene: Scene) -> Booking | Declined:
    match conversation.pending:
        case Pending.CREATE:
            request = booking_request(conversation, scene.domain)
            return await scene.bookings.create(request, key=key, user_id=conversation.user_id, now=scene.now)
        case Pending.MODIFY:
            request = booking_request(conversation, scene.domain)
            return await scene.bookings.modify(conversation.booking_id, request, key=key, now=scene.now)
        case Pending.CANCEL:
            return await scene.bookings.cancel(conversation.booking_id, key=key)


def _committed(before: Conversation, booking: Booking) -> dict[str, object]:
    """What a commit changes of a conversation. The slots stay: a commit changes none."""
    counts = before.commits
    match before.pending:
        case Pending.CREATE:
            counts = replace(counts, created=counts.created + 1)
        case Pending.MODIFY:
            counts = replace(counts, modified=counts.modified + 1)
        case Pending.CANCEL:
            return {"booking_id": "", "commits": replace(counts, cancelled=counts.cancelled + 1)}
    return {"booking_id": booking.id, "booked": dict(before.slots), "commits": counts}


def booking_request(conversation: Conversation, domain: Domain) -> BookingRequest:
    """The draft as the booking system wants it; every required slot is filled by now.

    Raises:
        ValueError: the draft lacks a date or a time; the policy confirmed an incomplete draft.
    """

    def held(role: Use) -> Slot:
        spec = domain.used_for(role)
        return conversation.slot(spec.name) if spec else Slot()

    day, at = held(Use.DATE).value, held(Use.TIME).value
    if day is None or at is None:
        raise ValueError("a booking was confirmed without a date or a time")
    party = held(Use.PARTY)
    return BookingRequest(
        venue=held(Use.VENUE).value or domain.book.venues[0].id,
        day=date.fromisoformat(day),
        time=at,
        party=int(party.value or 1),
        adults=int(party.parts.get("adults", 0)),
        children=int(party.parts.get("children", 0)),
        name=held(Use.NAME).value or "",
        phone=held(Use.PHONE).value or "",
        wish=held(Use.WISH).value or "",
        service=held(Use.SERVICE).value or "",
        staff=held(Use.STAFF).value or "",
        others={
            spec.name: value
            for spec in domain.slots
            if spec.role is None and (value := conversation.value(spec.name)) is not None
        },
    )


def booked_slots(request: BookingRequest, domain: Domain) -> dict[str, Slot]:
    """A booking as slots: the way back from `booking_request`."""
    held = {
        Use.VENUE: request.venue,
        Use.DATE: request.day.isoformat(),
        Use.TIME: request.time,
        Use.PARTY: str(request.party),
        Use.NAME: request.name,
        Use.PHONE: request.phone,
        Use.WISH: request.wish,
        Use.SERVICE: request.service,
        Use.STAFF: request.staff,
    }
    split = {"adults": str(request.adults), "children": str(request.children)} if request.children else {}
    return {
        spec.name: Slot(
            Status.FILLED, value=value, parts=split if spec.role is Use.PARTY else {}, source=Source.BOOKING
        )
        for spec in domain.slots
        if (value := held[spec.role] if spec.role else request.others.get(spec.name, ""))
    }


async def _report_done(stage: Stage, scene: Scene) -> Stage:
    conversation = stage.conversation
    if conversation.pending is Pending.CANCEL:
        dropped = stage.say("cancelled")
        return dropped.at(phase=Phase.IDLE, pending=Pending.CREATE, slots={}, **AT_REST)
    act = "modified" if conversation.pending is Pending.MODIFY else "booked"
    return stage.say(act).at(phase=Phase.BOOKED, **AT_REST)


async def _reopen(stage: Stage, scene: Scene) -> Stage:
    """The store declined: the time goes, and the guest chooses another."""
    spec = scene.domain.used_for(Use.TIME)
    if spec is None or not stage.conversation.slot(spec.name).holds:
        return stage.at(phase=Phase.COLLECTING)
    slot = stage.conversation.slot(spec.name)
    dropped = Dropped(spec.name, slot.value or "", "full")
    effects = replace(stage.effects, dropped=(*stage.effects.dropped, dropped))
    opened = stage.at(
        phase=Phase.COLLECTING,
        slots={**stage.conversation.slots, spec.name: slot.cleared()},
        version=stage.conversation.version + 1,
    )
    return replace(opened, effects=effects)


async def _report_unknown(stage: Stage, scene: Scene) -> Stage:
    return stage.say("outcome_unknown").at(phase=Phase.CONFIRMING, asked=None)


async def _ask_what_to_change(stage: Stage, scene: Scene) -> Stage:
    return stage.say("ask_what_to_change").at(phase=Phase.COLLECTING, asked=WHAT_TO_CHANGE)


async def _keep_booking(stage: Stage, scene: Scene) -> Stage:
    """A change or cancellation that is called off: the booking stands and its values are shown again."""
    before = stage.conversation
    changed = dict(before.slots) != dict(before.booked)
    return stage.say("kept").at(
        phase=Phase.BOOKED,
        pending=Pending.MODIFY,
        slots=dict(before.booked),
        version=before.version + (1 if changed else 0),
        **AT_REST,
    )


async def _ask_resume(stage: Stage, scene: Scene) -> Stage:
    return stage.say("ask_resume").at(phase=Phase.SUSPENDED, asked=RESUME)


async def _answer(stage: Stage, scene: Scene) -> Stage:
    """The answer of the FAQ; where it has none and a service is asked after that there is not, that it is not there."""
    answer = find_answer(scene.text, scene.domain, scene.locale)
    service = scene.domain.used_for(Use.SERVICE)
    moment = Moment(scene.now, stage.conversation.time_zone)
    lacking = asked_after(scene.text, scene.domain, moment) if answer is None and not stage.effects.refusals else ""
    if service and lacking:
        there = tuple(choice.id for choice in service.choices)
        refusal = Refusal(service.name, UNKNOWN_CHOICE, text=lacking, alternatives=there)
        return replace(stage, effects=replace(stage.effects, refusals=(refusal,)))
    return stage.say("answer", words=answer or "")


async def _ask_meaning(stage: Stage, scene: Scene) -> Stage:
    """Ask what a number is for; of other words, which detail they are about."""
    loose = stage.conversation.loose_number
    number = not normalise(loose, Kind.COUNT, Moment(scene.now, stage.conversation.time_zone)).reason
    return stage.say("ask_meaning", words=loose if number else "")


async def _hand_off(stage: Stage, scene: Scene) -> Stage:
    return stage.say("handoff").at(phase=Phase.HANDED_OFF, asked=None)


async def _drop(stage: Stage, scene: Scene) -> Stage:
    return stage.say("dropped")


def _plainly(act: str) -> Action:
    """An action that only says something."""

    async def say(stage: Stage, scene: Scene) -> Stage:
        return stage.say(act)

    return say


ACTIONS: dict[str, Action] = {
    FORM: _ask_next,
    "action_readback": _read_back,
    "action_commit": _commit,
    "action_report_done": _report_done,
    "action_reopen": _reopen,
    "action_report_unknown": _report_unknown,
    "action_ask_what_to_change": _ask_what_to_change,
    "action_keep_booking": _keep_booking,
    "action_ask_resume": _ask_resume,
    "action_answer": _answer,
    "action_ask_meaning": _ask_meaning,
    "action_handoff": _hand_off,
    "action_dropped": _drop,
    "action_chitchat": _plainly("chitchat"),
    "action_decline_out_of_scope": _plainly("out_of_scope"),
    "action_rephrase": _plainly("rephrase"),
    "action_offer_choices": _plainly("offer_choices"),
    "action_with_person": _plainly("with_person"),
    "action_nothing_to_confirm": _plainly("nothing_to_confirm"),
    "action_nothing_to_undo": _plainly("nothing_to_undo"),
    "action_show_booking": _plainly("show_booking"),
}
"""Every action of the domain by its name in `domain.yml`; a test compares the two."""
