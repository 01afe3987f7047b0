"""From settings to a running service: what is loaded, in which order, and how it is taken down again.

The only module that knows every adapter. A part that is missing stops the start with a sentence that says what to do.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

from assistant.adapters.bookings_remote import RemoteStore, connect
from assistant.adapters.clock import SystemClock
from assistant.adapters.database.store import open_store
from assistant.adapters.policy import HttpPolicy
from assistant.adapters.policy_process import PolicyProcess
from assistant.conversations import Conversations
from assistant.domain import Domain, load_domain
from assistant.errors import Unavailable
from assistant.grpc.server import Server, build
from assistant.grpc.service import Service
from assistant.ports import Policy, Store, Tagger
from assistant.settings import Settings
from assistant.turn import Parts

Opening = Callable[[Settings], AbstractAsyncContextManager[Service]]

VARIANTS = frozenset(
    {
        "readback_create",
        "readback_modify",
        "readback_cancel",
        "no_answer",
        "ask_meaning_plain",
        "handoff_empty",
        "explain_cleared_booking",
    }
)
"""Texts that are other wordings of an act, and none of their own."""

log = logging.getLogger(__name__)


async def serve(settings: Settings, opening: Opening | None = None) -> None:
    """Serves until SIGTERM or SIGINT, then lets calls and turns end.

    Args:
        settings: all there is to set.
        opening: loads the service; `open_service` unless a test brings its own.

    Raises:
        MaitreError: a part is missing or cannot be used; nothing was served.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    server = build(settings)
    await server.start()
    address = f"{settings.listen.rpartition(':')[0]}:{server.port}"
    log.info("listening=%s state=loading", address)
    try:
        await _serve(server, (opening or open_service)(settings), stop, address)
    finally:
        await server.close(0)


async def _serve(
    server: Server, opening: AbstractAsyncContextManager[Service], stop: asyncio.Event, address: str
) -> None:
    async with AsyncExitStack() as stack:
        stopped = asyncio.create_task(stop.wait())
        loading = asyncio.create_task(stack.enter_async_context(opening))
        await asyncio.wait({stopped, loading}, return_when=asyncio.FIRST_COMPLETED)
        if not loading.done():
            loading.cancel()
            with suppress(asyncio.CancelledError):
                await loading
            return
        await server.open(await loading)
        print(f"serving on {address}", flush=True)
        await stopped
        log.info("state=stopping")
        await server.close()


@asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[Service]:
    """Loads domain, store, tagger and policy, in this order; closes them at the end of the block.

    Raises:
        MaitreError: a part is missing or cannot be used.
    """
    clock = SystemClock()
    domain = await asyncio.to_thread(load_domain, settings.domain)
    async with AsyncExitStack() as stack:
        store = await open_store(settings.database_url, book=domain.book, clock=clock)
        stack.push_async_callback(store.close)
        tagger = await asyncio.to_thread(_tagger, settings.tagger, domain)
        policy = await stack.enter_async_context(_policy(settings))
        kept: Store = store
        if settings.booking_target:
            channel = await stack.enter_async_context(connect(settings.booking_target))
            kept = RemoteStore(store, channel, timeout=settings.booking_timeout)
        parts = Parts(
            domain=domain,
            store=kept,
            tagger=tagger,
            policy=policy,
            clock=clock,
            idle_minutes=settings.idle_minutes,
            client_clocks=settings.client_clocks,
        )
        yield Service(
            parts=parts,
            store=store,
            conversations=Conversations(parts, most=2 * settings.most_concurrent),
            acts=_acts(domain),
        )


def _acts(domain: Domain) -> tuple[str, ...]:
    """What replies may be marked with: the questions, and whatever there are texts for."""
    texts = {name for responses in domain.responses.values() for name in responses.says}
    return tuple(sorted({"noted", "readback"} | {f"ask_{slot.name}" for slot in domain.slots} | texts - VARIANTS))


def _tagger(folder: Path, domain: Domain) -> Tagger:
    if not (folder / "manifest.json").is_file():
        raise Unavailable(f"ASSISTANT_TAGGER: {folder} holds no tagger (no manifest.json); `make train` makes one")
    from assistant.adapters.tagger import BertTagger  # loads ONNX Runtime, which only a server needs

    try:
        return BertTagger(folder, domain)
    except ValueError as error:  # a model that is damaged, or made for another domain or version
        raise Unavailable(f"ASSISTANT_TAGGER: {error}") from error


@asynccontextmanager
async def _policy(settings: Settings) -> AsyncIterator[Policy]:
    async with AsyncExitStack() as stack:
        url, token = settings.policy_url, settings.policy_token.get_secret_value()
        if not url:
            process = await _start_policy(settings)
            stack.push_async_callback(process.stop)
            watching = asyncio.create_task(process.supervise())
            stack.push_async_callback(_cancel, watching)
            url, token = process.url, process.token
        policy = HttpPolicy(url, token, settings.policy_timeout)
        stack.push_async_callback(policy.close)
        yield policy


async def _start_policy(settings: Settings) -> PolicyProcess:
    if not settings.policy_python.is_file():
        raise Unavailable(f"ASSISTANT_POLICY_PYTHON: {settings.policy_python} is not there; `make env` makes it")
    if not settings.policy_model.is_file():
        raise Unavailable(
            f"ASSISTANT_POLICY_MODEL: {settings.policy_model} is not there; `make policy-model` trains it"
        )
    process = PolicyProcess(settings.policy_python, settings.policy_model)
    await process.start()
    return process


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
