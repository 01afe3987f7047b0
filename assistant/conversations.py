"""Turns in good order: one at a time per conversation, each to its end, whoever waits for it. Knows no turn from inside.

A turn runs in a task of its own. A client that goes away, or whose deadline passes, only stops waiting: the turn is
stored all the same, and a repeat with the same id gets what was stored. The order holds within this process; between
processes the store refuses the later writer and the turn is taken again.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any, Final, TypeVar

from assistant import turn
from assistant.errors import Overloaded, StaleWrite, Unavailable
from assistant.language import language_of
from assistant.logging import alias
from assistant.phrase import Hear, unheard
from assistant.turn import Parts
from assistant.types import Command, Message, Outcome

log = logging.getLogger(__name__)

TRIES: Final = 3
"""How often a turn is taken when other processes keep being first."""
FIRST_PAUSE: Final = 0.02
"""Seconds before the second try; doubled for the next, and varied so that two processes do not meet again."""

T = TypeVar("T")
Turn = Callable[[Message, Parts], Awaitable[Outcome]]
Change = Callable[[Command, Parts], Awaitable[Outcome]]


class Conversations:
    """Runs turns and changes in order.

    Args:
        parts: what a turn is made with.
        most: turns that run or wait at once, over all conversations; more are refused with `Overloaded`.
        converse: one turn; `assistant.turn.converse` unless a test brings its own.
        change: one change by a program; likewise.
    """

    def __init__(
        self, parts: Parts, *, most: int = 64, converse: Turn = turn.converse, change: Change = turn.change
    ) -> None:
        self._parts = parts
        self._most = most
        self._converse = converse
        self._change = change
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: Counter[str] = Counter()
        self._running: set[asyncio.Task[Any]] = set()
        self._closing = False
        self._names = tuple(
            name for venue in parts.domain.book.venues for name in (*venue.names.values(), *venue.aliases)
        )

    async def converse(self, message: Message, hear: Hear = unheard) -> Outcome:
        """Takes one message. One with an empty locale is answered in the language of its text.

        Args:
            message: what came in.
            hear: gets the reply piece by piece while it is said; the outcome's replies are these pieces.

        Raises:
            Overloaded: too many turns are under way.
            Unavailable: the server is stopping.
            MaitreError: whatever the turn raises.
        """
        return await self.alone(message.conversation_id, lambda: self._take(message, hear))

    async def change(self, command: Command) -> Outcome:
        """Applies a change by a program; raises as `converse` does, and StaleWrite where `expected_version` is over."""
        return await self.alone(command.conversation_id, lambda: self._apply(command))

    async def alone(self, name: str, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Runs `work` to its end when nothing else under that name runs; the caller may stop waiting.

        Args:
            name: a conversation's id, or another name for what must not happen twice at once.
            work: what to do.

        Raises:
            Overloaded: too many turns are under way.
            Unavailable: the server is stopping.
        """
        if self._closing:
            raise Unavailable("the server is stopping; try again")
        if len(self._running) >= self._most:
            raise Overloaded("too many turns are under way; try again shortly")
        task = asyncio.create_task(self._in_turn(name, work))
        self._running.add(task)
        task.add_done_callback(self._finished)
        return await asyncio.shield(task)

    @property
    def parts(self) -> Parts:
        """What turns are made with that begin now."""
        return self._parts

    def exchange(self, parts: Parts) -> frozenset[asyncio.Task[Any]]:
        """Makes turns that begin from now on with other parts; gives those under way, which may still use the old ones."""
        self._parts = parts
        return frozenset(self._running)

    @property
    def busy(self) -> bool:
        """Whether any turn runs or waits, or anything of one is still held."""
        return bool(self._running or self._locks or self._users)

    async def drain(self, seconds: float) -> bool:
        """Takes no more turns and waits for those under way; tells whether all of them ended in time."""
        self._closing = True
        if not self._running:
            return True
        _, late = await asyncio.wait(self._running, timeout=seconds)
        return not late

    async def _in_turn(self, name: str, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        lock = self._locks.setdefault(name, asyncio.Lock())
        self._users[name] += 1
        try:
            async with lock:  # asyncio's locks are handed on in the order of asking
                return await work()
        finally:
            self._users[name] -= 1
            if not self._users[name]:
                del self._users[name], self._locks[name]

    async def _take(self, message: Message, hear: Hear) -> Outcome:
        if not message.locale:
            message = replace(message, locale=await self._language(message))
        for tries in range(1, TRIES + 1):
            try:
                return await self._converse(message, replace(self._parts, hear=hear))
            except StaleWrite:
                if tries == TRIES:
                    raise
            await _pause(tries)
        raise AssertionError("unreachable")  # pragma: no cover

    async def _apply(self, command: Command) -> Outcome:
        for tries in range(1, TRIES + 1):
            try:
                return await self._change(command, self._parts)
            except StaleWrite:
                if tries == TRIES or not await self._may_retry(command):
                    raise
            await _pause(tries)
        raise AssertionError("unreachable")  # pragma: no cover

    async def _may_retry(self, command: Command) -> bool:
        """Whether what the caller saw still stands, and only the writing came too late."""
        if not command.expected_version:
            return True
        async with self._parts.store.unit() as unit:
            conversation = await unit.load(command.conversation_id)
        return conversation is not None and conversation.version == command.expected_version

    async def _language(self, message: Message) -> str:
        """The language of the text; of one without letters, the conversation's so far; else the domain's first."""
        found = language_of(message.text, self._names)
        if found is not None:
            return found
        async with self._parts.store.unit() as unit:
            conversation = await unit.load(message.conversation_id)
        return conversation.locale if conversation else self._parts.domain.languages[0]

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # The caller may have left; without this a fault after that would go unseen.
            log.debug("turn=%s raised %s", alias(task.get_name()), type(error).__name__)


async def _pause(tries: int) -> None:
    await asyncio.sleep(FIRST_PAUSE * 2 ** (tries - 1) * random.uniform(0.5, 1.5))
