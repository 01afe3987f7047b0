"""The servers that `bench.ablation_llama` compares. It starts them; they take no requests but its own.

python -m bench.llama_server tagger|llama|uncertain|always
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from assistant import track, turn
from assistant.conversations import Conversations
from assistant.errors import LlamaUnavailable, Unavailable
from assistant.grpc.service import Service
from assistant.logging import set_up_logging
from assistant.prompts import track_prompt
from assistant.serving import open_service, serve
from assistant.settings import Settings
from assistant.turn import Parts
from assistant.types import Conversation, Message, Op, Operation, Outcome, Quote, When

TAGGER, LLAMA = "tagger", "llama"
READERS = (TAGGER, LLAMA, *(str(when) for when in (When.UNCERTAIN, When.ALWAYS)))
"""Who reads the messages: the tagger, the language model alone, or both when the tagger is unsure or always."""


def settings_for(reader: str) -> Settings:
    """The settings of the environment, but for who reads; a language model that they leave off is the one on this machine."""
    if reader == TAGGER:
        return Settings(llama="off")
    backend = "local" if (given := Settings().llama) == "off" else given
    return Settings(llama=backend, llama_track=When.ALWAYS if reader == LLAMA else When(reader), llama_reply=False)


@dataclass(frozen=True, slots=True)
class _Read:
    """A tagger that has read already."""

    operations: tuple[Operation, ...]
    version: str = LLAMA

    def understand(self, message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        """What was read."""
        return self.operations


async def _llama_alone(message: Message, parts: Parts) -> Outcome:
    """A turn on the language model's word; where it gives none, the message is not understood."""
    assert parts.assist is not None
    async with parts.store.unit() as unit:
        before = await unit.load(message.conversation_id) or Conversation(message.conversation_id)
    before = replace(before, locale=message.locale)
    try:
        prompt = track_prompt(message.text, before, parts.domain)
        answer = await parts.assist.llama.complete(prompt, grammar=track.grammar(parts.domain, message.text))
    except LlamaUnavailable:
        answer = ""
    unknown = Operation(Op.UNKNOWN, quote=Quote(0, len(message.text), message.text))
    operations = track.read(answer, message, before, parts.domain) or (unknown,)
    return await turn.converse(message, replace(parts, tagger=_Read(operations), assist=None))


@asynccontextmanager
async def open_alone(settings: Settings) -> AsyncIterator[Service]:
    """The service with turns on the language model's word."""
    async with open_service(settings) as service:
        yield replace(service, conversations=Conversations(service.parts, converse=_llama_alone))


def main(reader: str) -> None:
    """Serve until told to stop."""
    set_up_logging("WARNING")
    try:
        asyncio.run(serve(settings_for(reader), open_alone if reader == LLAMA else open_service))
    except Unavailable as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1])
