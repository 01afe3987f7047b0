"""A server process for the tests beside it: the real server and store around turns that only wait.

    python echo_server.py SECONDS

It serves as `ASSISTANT_*` variables say; every turn says "heard" on standard output, takes SECONDS and stores what it heard.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from assistant.adapters.clock import SystemClock
from assistant.adapters.database.store import open_store
from assistant.conversations import Conversations
from assistant.domain import load_domain
from assistant.grpc.service import Service
from assistant.logging import set_up_logging
from assistant.serving import serve
from assistant.settings import Settings
from assistant.turn import Parts
from assistant.types import Conversation, Message, Outcome, Reply

SECONDS = float(sys.argv[1])


async def converse(message: Message, parts: Parts) -> Outcome:
    async with parts.store.unit() as unit:
        stored = await unit.replay(message.conversation_id, message.message_id)
        if stored:
            return stored[1]
        before = await unit.load(message.conversation_id) or Conversation(message.conversation_id)
        print("heard", flush=True)
        await asyncio.sleep(SECONDS)
        outcome = Outcome(replace(before, version=before.version + 1), replies=(Reply(message.text, "echo"),))
        await unit.save(
            outcome,
            message_id=message.message_id,
            fingerprint=message.text,
            text=message.text,
            events=(),
            at=message.now,
        )
        return outcome


@asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[Service]:
    clock, domain = SystemClock(), load_domain(settings.domain)
    store = await open_store(settings.database_url, book=domain.book, clock=clock)
    nobody: Any = None
    parts = Parts(domain, store, nobody, nobody, clock)
    try:
        yield Service(store, Conversations(parts, converse=converse))
    finally:
        await store.close()


if __name__ == "__main__":
    set_up_logging("INFO")
    asyncio.run(serve(Settings(), open_service))
