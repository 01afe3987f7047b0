"""One turn of a conversation, from words to what is said back. The whole product in one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.act import Scene
from assistant.dialogue import WINDOW, play
from assistant.domain import Domain
from assistant.errors import (
    BadRequest,
    Forbidden,
    KeyReused,
    NotFound,
    NotPossible,
    StaleWrite,
)
from assistant.gather import days_in_question, earlier_booking, settle_first
from assistant.phrase import Hear, speak, unheard
from assistant.ports import Clock, Policy, Store, Tagger, Unit
from assistant.possible import Possible
from assistant.respond import Line, lines
from assistant.state import Given, apply
from assistant.types import Command, Conversation, Message, Op, Outcome, Producer
from assistant.understand import Assist, Understood, understand
from nlu.types import Moment


@dataclass(frozen=True, slots=True)
class Parts:
    """What a turn is made with. A turn keeps the parts that it began with, whatever is exchanged meanwhile.

    `idle_minutes` is how long a draft may lie before the user is asked whether to go on. With `client_clocks` time passes
    only as messages say: a program's change that carries no clock happens when the conversation was last active. `release`
    is the version of the release that the models came with, empty where they came otherwise. `hear` gets the reply piece by
    piece while it is said; it must not raise.
    """

    domain: Domain
    store: Store
    tagger: Tagger
    policy: Policy
    clock: Clock
    idle_minutes: int = 60
    client_clocks: bool = False
    release: str = ""
    assist: Assist | None = None
    hear: Hear = unheard

    @property
    def model_version(self) -> str:
        """The models, as `name@version` separated by spaces."""
        release = f"{self.domain.name}@{self.release} " if self.release else ""
        return f"{release}{self.tagger.version}" + (f" {self.assist.llama.version}" if self.assist else "")


async def converse(message: Message, parts: Parts) -> Outcome:
    """Take one message of a user and answer it; everything is stored before this returns.

    Raises:
        KeyReused: the message id came before with another text.
        NotPossible: the conversation has ended; a consent to training that the message gives or withdraws is kept all the same.
        Forbidden: it belongs to another user.
        StaleWrite: another process stored a turn in between; try again.
        StoreUnavailable: nothing was stored.
    """
    async with parts.store.unit() as unit:
        if repeated := await _replay(unit, message.conversation_id, message.message_id, message.text):
            return repeated
        loaded = await unit.load(message.conversation_id)
        if not (late := await _hear_late_consent(loaded, message, unit)):
            before = _begin(loaded, message, parts.domain.languages)
            understood = await understand(message, before, parts.domain, parts.tagger, parts.assist)
            stored, due = await _play_out(before, understood, message, unit, parts)
    if late:  # only now, since raising within the unit would take back what was heard
        raise NotPossible(
            f"conversation_id: {message.conversation_id!r} has ended; what the message says about training is kept,"
            " start another one for the rest"
        )
    return await _respond(stored, due, understood.left, message, parts)


async def change(command: Command, parts: Parts) -> Outcome:
    """Apply a program's change to a conversation, whole or not at all.

    Raises:
        NotFound: there is no such conversation.
        StaleWrite: `expected_version` is not the version any more.
        BadRequest: a value cannot be taken; nothing was changed.
        NotPossible: nothing to undo or redo, or the conversation has ended.
        StoreUnavailable: nothing was stored.
    """
    async with parts.store.unit() as unit:
        loaded = await unit.load(command.conversation_id)
        message = _as_message(command, loaded, parts)
        if stored := await _replay(unit, command.conversation_id, command.request_id, message.text):
            return stored
        if loaded is None and not command.create:
            raise NotFound(f"conversation_id: there is no conversation {command.conversation_id!r}")
        before = _begin(loaded, message, parts.domain.languages)
        if command.expected_version and command.expected_version != before.version:
            raise StaleWrite(
                f"expected_version: the conversation is at version {before.version}; read it and try again"
            )
        outcome, _ = await _play_out(before, Understood(command.operations), message, unit, parts)
        _refuse_half_done(outcome)
    return outcome


async def _play_out(
    before: Conversation, understood: Understood, message: Message, unit: Unit, parts: Parts
) -> tuple[Outcome, Sequence[Line]]:
    """Apply, decide, act, put into words, save; what there is to say as well."""
    before, operations = await settle_first(before, understood.operations, unit)
    days = await days_in_question(before, operations, message, unit, parts.domain)
    possible = Possible(parts.domain, message.now, days or ())
    profile = await unit.profile(message.user_id) if message.user_id else {}
    earlier = await earlier_booking(before, operations, unit, parts.domain)
    given = Given(possible, message.message_id, timedelta(minutes=parts.idle_minutes), profile, earlier)
    applied = apply(before, operations, given)
    scene = Scene(parts.domain, unit.bookings, message.now, message.text, before.locale)
    played = await play(applied, await unit.events(before.id, WINDOW), scene, parts.policy)
    after = replace(played.stage.conversation, last_active=message.now)
    due = lines(played.stage, possible, before.locale)
    outcome = Outcome(
        conversation=after,
        replies=tuple(line.reply for line in due),
        operations=tuple(operations),
        refusals=played.stage.effects.refusals,
        degraded=understood.degraded or played.degraded or days is None,
        model_version=parts.model_version,
    )
    await unit.save(
        outcome,
        message_id=message.message_id,
        fingerprint=message.text,
        text=message.text,
        events=played.events,
        at=message.now,
    )
    return outcome, due


async def _respond(stored: Outcome, due: Sequence[Line], left: float, message: Message, parts: Parts) -> Outcome:
    """Say what was saved; where the language model words it, its words are saved in place of the domain's."""
    moment = Moment(message.now, message.time_zone)
    said = await speak(due, stored, parts.domain, moment, parts.assist, left, parts.hear)
    if said != stored:
        async with parts.store.unit() as unit:
            await unit.reword(said, message_id=message.message_id)
    return said


async def _replay(unit: Unit, conversation_id: str, message_id: str, fingerprint: str) -> Outcome | None:
    stored = await unit.replay(conversation_id, message_id) if message_id else None
    if stored is not None and stored[0] != fingerprint:
        raise KeyReused(f"message_id: {message_id!r} was used for another message of this conversation")
    return stored[1] if stored else None


async def _hear_late_consent(loaded: Conversation | None, message: Message, unit: Unit) -> bool:
    """Keep what is said about training after the end: the words are no longer wanted, but whether they are used may change."""
    if loaded is None or not loaded.ended or message.training_consent is None:
        return False
    _refuse_others(loaded, message)
    await unit.consent(replace(loaded, training_consent=message.training_consent))
    return True


def _refuse_others(loaded: Conversation, message: Message) -> None:
    if loaded.user_id and message.user_id and loaded.user_id != message.user_id:
        raise Forbidden(f"user_id: conversation {loaded.id!r} belongs to another user")


def _begin(loaded: Conversation | None, message: Message, spoken: Sequence[str]) -> Conversation:
    if loaded is not None and loaded.ended:
        raise NotPossible(f"conversation_id: {loaded.id!r} has ended; start another one")
    if loaded is not None:
        _refuse_others(loaded, message)
    before = loaded or Conversation(message.conversation_id, user_id=message.user_id)
    consent = before.training_consent if message.training_consent is None else message.training_consent
    wanted = message.locale or before.locale
    return replace(
        before,
        locale=wanted if wanted in spoken else spoken[0],  # the domain may have one language only
        time_zone=message.time_zone or before.time_zone,
        training_consent=consent,
    )


def _as_message(command: Command, loaded: Conversation | None, parts: Parts) -> Message:
    """A program's change as a message without words: the fingerprint stands in for them."""
    standing = loaded.last_active if loaded and parts.client_clocks else None
    return Message(
        conversation_id=command.conversation_id,
        message_id=command.request_id,
        text=f"{command.expected_version} {command.operations!r}",
        locale=command.locale or (loaded.locale if loaded else ""),
        time_zone=command.time_zone or (loaded.time_zone if loaded else ""),
        now=command.now or standing or parts.clock.now(),
        user_id=command.user_id or (loaded.user_id if loaded else ""),
    )


def _refuse_half_done(outcome: Outcome) -> None:
    """A program's change that met a refusal is not stored at all: raising rolls the unit back."""
    if outcome.refusals:
        refused = outcome.refusals[0]
        limit = f" (limit {refused.limit})" if refused.limit else ""
        raise BadRequest(
            f"slots.{refused.slot}", f"{refused.value or refused.text!r} cannot be had: {refused.reason}{limit}"
        )
    moved = {one.op for one in outcome.operations if one.producer is Producer.API} & {Op.UNDO, Op.REDO}
    if moved and any(reply.act == "nothing_to_undo" for reply in outcome.replies):
        raise NotPossible(f"there is nothing to {moved.pop()} in this conversation")
