"""From settings to a running service: what is loaded, in which order, and how it is taken down again.

The only module that knows every adapter. A part that is missing stops the start with a sentence that says what to do.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.adapters.bookings_remote import RemoteStore, connect
from assistant.adapters.clock import SystemClock
from assistant.adapters.database.store import open_store
from assistant.adapters.policy import HttpPolicy
from assistant.adapters.policy_process import PolicyProcess
from assistant.assisting import open_assist
from assistant.conversations import Conversations
from assistant.domain import Domain, load_domain
from assistant.errors import MaitreError, Unavailable
from assistant.grpc.server import Server, build
from assistant.grpc.service import Service
from assistant.models import Chosen, choose
from assistant.ports import Clock, Policy, Store, Tagger
from assistant.reloading import Models
from assistant.settings import Settings
from assistant.turn import Parts
from nlu.values import warm_up

Opening = Callable[[Settings], AbstractAsyncContextManager[Service]]

VARIANTS = frozenset(
    {
        "readback_create",
        "readback_modify",
        "readback_cancel",
        "readback_again_create",
        "readback_again_modify",
        "readback_again_cancel",
        "no_answer",
        "nothing_noted",
        "ask_meaning_plain",
        "handoff_empty",
        "explain_cleared_booking",
    }
)
"""Texts that are other wordings of an act, and none of their own."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Given:
    """What stays while models come and go."""

    domain: Domain
    store: Store
    clock: Clock


async def serve(settings: Settings, opening: Opening | None = None) -> None:
    """Serves until SIGTERM, SIGINT or the end of its terminal, then lets calls and turns end; SIGHUP reloads the models.

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
    reloads: set[asyncio.Task[None]] = set()  # a task that nobody holds may vanish

    ends_with_terminal = _has_terminal() and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN  # as nohup sets it

    def hang_up() -> None:
        if ends_with_terminal and not _has_terminal():
            stop.set()
            return
        reloads.add(task := asyncio.create_task(_reload(server)))
        task.add_done_callback(reloads.discard)

    loop.add_signal_handler(signal.SIGHUP, hang_up)
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


def _has_terminal() -> bool:
    """Whether this process belongs to a terminal that is still there; a SIGHUP also tells that it was closed."""
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


async def _reload(server: Server) -> None:
    """What SIGHUP asks for; how it went is in the log."""
    if server.late.service is None:
        log.warning("models=none SIGHUP came while starting or stopping; nothing was reloaded")
        return
    with suppress(MaitreError):  # the reason is logged where it arose
        await server.late.service.reload()


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
        kept: Store = store
        if settings.booking_target:
            channel = await stack.enter_async_context(connect(settings.booking_target))
            kept = RemoteStore(store, channel, timeout=settings.booking_timeout)
        given = Given(domain, kept, clock)
        models = await stack.enter_async_context(
            Models(partial(choose, settings, domain), partial(_load, settings, given))
        )
        conversations = Conversations(models.parts, most=2 * settings.most_concurrent)
        yield Service(
            store=store,
            conversations=conversations,
            acts=_acts(domain),
            reload=partial(models.reload, conversations),
        )


@asynccontextmanager
async def _load(settings: Settings, given: Given, chosen: Chosen) -> AsyncIterator[Parts]:
    """The parts of turns with these models, which are taken down at the end of the block."""
    tagger = await asyncio.to_thread(_tagger, chosen.tagger, given.domain)
    async with open_assist(settings, chosen.llama) as assist, _policy(settings, chosen.policy) as policy:
        yield Parts(
            domain=given.domain,
            store=given.store,
            tagger=tagger,
            policy=policy,
            clock=given.clock,
            idle_minutes=settings.idle_minutes,
            client_clocks=settings.client_clocks,
            release=chosen.release,
            assist=assist,
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
        tagger = BertTagger(folder, domain)
    except ValueError as error:  # a model that is damaged, or made for another domain or version
        raise Unavailable(f"ASSISTANT_TAGGER: {error}") from error
    warm_up()
    return tagger


@asynccontextmanager
async def _policy(settings: Settings, model: Path) -> AsyncIterator[Policy]:
    async with AsyncExitStack() as stack:
        url, token = settings.policy_url, settings.policy_token.get_secret_value()
        if not url:
            process = _policy_process(settings, model)
            await process.start()
            stack.push_async_callback(process.stop)
            watching = asyncio.create_task(process.supervise())
            stack.push_async_callback(_cancel, watching)
            url, token = process.url, process.token
        policy = HttpPolicy(url, token, settings.policy_timeout)
        stack.push_async_callback(policy.close)
        yield policy


def _policy_process(settings: Settings, model: Path) -> PolicyProcess:
    if not settings.policy_python.is_file():
        raise Unavailable(f"ASSISTANT_POLICY_PYTHON: {settings.policy_python} is not there; `make env` makes it")
    if not model.is_file():
        raise Unavailable(f"ASSISTANT_POLICY_MODEL: {model} is not there; `make policy-model` trains it")
    return PolicyProcess(settings.policy_python, model)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
