"""The models in use, and their exchange for others while turns go on.

Loads the new ones beside the old, hands them to the turns that begin from then on, and lets the old ones go after the last
turn that uses them. Knows neither what a model is nor how it is loaded.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from assistant.conversations import Conversations
from assistant.errors import BadRelease, MaitreError
from assistant.models import Chosen
from assistant.turn import Parts

log = logging.getLogger(__name__)

T = TypeVar("T")
Choose = Callable[[], Chosen]
Load = Callable[[Chosen], AbstractAsyncContextManager[Parts]]


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The release that answers from now on, and the one before; `shipped` stands for models of no release."""

    version: str
    previous: str


class Models:
    """The models in use, from the start of the block to its end.

    Args:
        choose: which models to use now; it may block.
        load: loads them, and takes them down at the end of its block.
    """

    def __init__(self, choose: Choose, load: Load) -> None:
        self._choose = choose
        self._load = load
        self._one_at_a_time = asyncio.Lock()
        self._reloads: set[asyncio.Task[Reloaded]] = set()
        self._farewells: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Loads the models of the start; raises what choosing and loading raise."""
        self._chosen = await asyncio.to_thread(self._choose)
        self._stack = AsyncExitStack()
        self.parts = await self._stack.enter_async_context(self._load(self._chosen))
        log.info("models=%s", self._chosen.version)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Breaks off a reload that is under way, and takes everything down."""
        for reload in self._reloads:
            reload.cancel()
        await asyncio.gather(*self._reloads, return_exceptions=True)
        await asyncio.gather(*self._farewells, return_exceptions=True)
        await self._stack.aclose()

    async def reload(self, conversations: Conversations) -> Reloaded:
        """Exchanges the models for those to be used now; a caller that stops waiting does not stop it.

        Models of the same release are not loaded again: a release never changes.

        Raises:
            BadRelease: they cannot be loaded; says why, and the old ones go on.
        """
        return await asyncio.shield(_kept(self._reloads, self._exchange(conversations)))

    async def _exchange(self, conversations: Conversations) -> Reloaded:
        async with self._one_at_a_time:
            previous = self._chosen
            stack = AsyncExitStack()
            try:
                chosen = await asyncio.to_thread(self._choose)
                if chosen == previous and chosen.whole:
                    return Reloaded(chosen.version, previous.version)
                parts = await stack.enter_async_context(self._load(chosen))
            except MaitreError as error:
                log.error("models=%s refused=%s", previous.version, error)
                raise BadRelease(f"{error}; {previous.version} goes on") from error
            unfinished = conversations.exchange(parts)
            _kept(self._farewells, _take_down(self._stack, unfinished, previous.version))
            self._stack, self._chosen = stack, chosen
            log.info("models=%s previous=%s unfinished=%d", chosen.version, previous.version, len(unfinished))
            return Reloaded(chosen.version, previous.version)


async def _take_down(stack: AsyncExitStack, turns: frozenset[asyncio.Task[Any]], version: str) -> None:
    """Takes models down once these turns have ended."""
    if turns:
        await asyncio.wait(turns)
    await stack.aclose()
    log.info("models=%s state=gone", version)


def _kept(tasks: set[asyncio.Task[T]], work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Starts work whose result somebody else waits for, or nobody: it is held until its end, and a fault is logged."""

    def finished(task: asyncio.Task[T]) -> None:
        tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not isinstance(error, MaitreError):
            log.error("exchanging models failed", exc_info=error)

    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(finished)
    return task
