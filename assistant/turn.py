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
from assistant.ports import Clock, Policy, Store, Tagger, Unit
from assistant.possible import Possible
from assistant.respond import render
from assistant.state import Given, apply
from assistant.types import Command, Conversation, Message, Op, Operation, Outcome, Producer


@dataclass(frozen=True, slots=True)
class Parts:
    """What a turn is made with. A turn keeps the parts that it began with, whatever is exchanged meanwhile.

    `idle_minutes` is how long a draft may lie before the user is asked whether to go on. With `client_clocks` time passes
    only as messages say: a program's change that carries no clock happens when the conversation was last active. `release`
    is the version of the release that the models came with, empty where they came otherwise.
    """

    domain: Domain
    store: Store
    tagger: Tagger
    policy: Policy
    clock: Clock
    idle_minutes: int = 60
    client_clocks: bool = False
    release: str = ""

    @property
    def model_version(self) -> str:
        """The models, as `name@version` separated by spaces."""
        release = f"{self.domain.name}@{self.release} " if self.release else ""
        return f"{release}{self.tagger.version}"


async def converse(message: Message, parts: Parts) -> Outcome:
    """Take one message of a user and answer it; everything is stored before this returns.

    Raises:
        KeyReused: the message id came before with another text.
        NotPossible: the conversation has ended.
        Forbidden: it belongs to another user.
        StaleWrite: another process stored a turn in between; try again.
        StoreUnavailable: nothing was stored.
    """
    async with parts.store.unit() as unit:
        if stored := await _replay(unit, message.conversation_id, message.message_id, message.text):
            return stored
        before = _begin(await unit.load(message.conversation_id), message)
        operations = parts.tagger.understand(message, before)
        return await _play_out(before, operations, message, unit, parts)


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
        before = _begin(loaded, message)
        if command.expected_version and command.expected_version != before.version:
            raise StaleWrite(
                f"expected_version: the conversation is at version {before.version}; read it and try again"
            )
        outcome = await _play_out(before, command.operations, message, unit, parts)
        _refuse_half_done(outcome)
    return outcome


async def _play_out(
    before: Conversation, operations: Sequence[Operation], message: Message, unit: Unit, parts: Parts
) -> Outcome:
    """Apply, decide, act, put into words, save."""
    before, operations = await settle_first(before, operations, unit)
    days = await days_in_question(before, operations, message, unit, parts.domain)
    possible = Possible(parts.domain, message.now, days or ())
    profile = await unit.profile(message.user_id) if message.user_id else {}
    earlier = await earlier_booking(before, operations, unit, parts.domain)
    given = Given(possible, message.message_id, timedelta(minutes=parts.idle_minutes), profile, earlier)
    applied = apply(before, operations, given)
    scene = Scene(parts.domain, unit.bookings, message.now, message.text, before.locale)
    played = await play(applied, await unit.events(before.id, WINDOW), scene, parts.policy)
    after = replace(played.stage.conversation, last_active=message.now)
    outcome = Outcome(
        conversation=after,
        replies=render(played.stage, possible, before.locale),
        operations=tuple(operations),
        refusals=played.stage.effects.refusals,
        degraded=played.degraded or days is None,
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
    return outcome


async def _replay(unit: Unit, conversation_id: str, message_id: str, fingerprint: str) -> Outcome | None:
    stored = await unit.replay(conversation_id, message_id) if message_id else None
    if stored is not None and stored[0] != fingerprint:
        raise KeyReused(f"message_id: {message_id!r} was used for another message of this conversation")
    return stored[1] if stored else None


def _begin(loaded: Conversation | None, message: Message) -> Conversation:
    if loaded is not None and loaded.ended:
        raise NotPossible(f"conversation_id: {loaded.id!r} has ended; start another one")
    if loaded is not None and loaded.user_id and message.user_id and loaded.user_id != message.user_id:
        raise Forbidden(f"user_id: conversation {loaded.id!r} belongs to another user")
    before = loaded or Conversation(message.conversation_id, user_id=message.user_id)
    consent = before.training_consent if message.training_consent is None else message.training_consent
    return replace(
        before,
        locale=message.locale or before.locale,
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
