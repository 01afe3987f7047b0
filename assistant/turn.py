"""One turn of a conversation, from words to what is said back. The whole product in one screen."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import Domain
from assistant.ports import Clock, Policy, Store, Tagger
from assistant.types import Command, Message, Outcome


@dataclass(frozen=True, slots=True)
class Parts:
    """What a turn is made with. `idle_minutes` is how long a draft may lie before the user is asked whether to go on."""

    domain: Domain
    store: Store
    tagger: Tagger
    policy: Policy
    clock: Clock
    idle_minutes: int = 60


async def converse(message: Message, parts: Parts) -> Outcome:
    """Take one message of a user and answer it; everything is stored before this returns.

    Raises:
        KeyReused: the message id came before with another text.
        NotPossible: the conversation has ended.
        StaleWrite: another process stored a turn in between; try again.
        StoreUnavailable: nothing was stored.
    """
    raise NotImplementedError


async def change(command: Command, parts: Parts) -> Outcome:
    """Apply a program's change to a conversation, whole or not at all.

    Raises:
        NotFound: there is no such conversation.
        StaleWrite: `expected_version` is not the version any more.
        BadRequest: a value cannot be taken; nothing was changed.
        NotPossible: nothing to undo or redo, or the conversation has ended.
        StoreUnavailable: nothing was stored.
    """
    raise NotImplementedError
