"""What a message asks for, by the tagger and, where it is worth it, by the language model. Knows no state and no backend.

The tagger is always asked. Without an answer of the language model that can be used, in time, its reading stands alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import track
from assistant.composer.compose import COMMAND
from assistant.domain import Domain
from assistant.errors import LlamaUnavailable
from assistant.ports import Llama, Tagger
from assistant.prompts import track_prompt
from assistant.reconcile import SURE, reconcile, unread
from assistant.types import Conversation, Message, Operation, When


@dataclass(frozen=True, slots=True)
class Assist:
    """The language model and what it is asked for.

    `reply` is whether it words replies; `patience` is the seconds that it may take in one turn, over all that it is asked.
    """

    llama: Llama
    when: When = When.UNCERTAIN
    reply: bool = False
    patience: float = 2.0


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message asks for, at least one operation; and whether that is the tagger's word alone against the settings.

    `left` is what remains of the language model's patience, in seconds; 0 where it is not to be asked again in this turn.
    """

    operations: tuple[Operation, ...]
    degraded: bool = False
    left: float = 0.0


async def understand(
    message: Message, conversation: Conversation, domain: Domain, tagger: Tagger, assist: Assist | None
) -> Understood:
    """Read a message.

    Args:
        message: what came in.
        conversation: as it was before.
        domain: the slots.
        tagger: reads every message.
        assist: the language model; None where there is none.
    """
    seen = tagger.understand(message, conversation)
    if assist is None:
        return Understood(seen)
    if not _worth_asking(message, seen, assist.when):
        return Understood(seen, left=assist.patience)
    began = asyncio.get_running_loop().time()
    read = await _ask(message, conversation, domain, assist)
    if not read:
        return Understood(seen, degraded=True)
    spent = asyncio.get_running_loop().time() - began
    return Understood(reconcile(seen, read, conversation, domain), left=max(0.0, assist.patience - spent))


def certain(operations: Sequence[Operation]) -> bool:
    """Whether the tagger understood the message and is sure of every part of it."""
    return all(one.confidence >= SURE for one in operations) and len(unread(operations)) < len(operations)


def _worth_asking(message: Message, seen: Sequence[Operation], when: When) -> bool:
    if when is When.NEVER or message.text.lstrip().startswith(COMMAND):
        return False
    return when is When.ALWAYS or not certain(seen)


async def _ask(message: Message, conversation: Conversation, domain: Domain, assist: Assist) -> tuple[Operation, ...]:
    """The language model's operations; none where it does not answer in time, or nothing of its answer holds."""
    prompt = track_prompt(message.text, conversation, domain)
    try:
        async with asyncio.timeout(assist.patience):
            answer = await assist.llama.complete(prompt, grammar=track.grammar(domain, message.text))
    except (LlamaUnavailable, TimeoutError):
        return ()
    return track.read(answer, message, conversation, domain)
