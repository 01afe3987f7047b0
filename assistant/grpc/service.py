"""What the servicers work with, once it is there. Loading takes seconds; until then every call says so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from assistant.adapters.database.bookings import DatabaseBookings
from assistant.adapters.database.records import Records
from assistant.adapters.database.store import DatabaseStore
from assistant.conversations import Conversations
from assistant.errors import NotPossible, Unavailable
from assistant.reloading import Reloaded
from assistant.turn import Parts


async def _cannot_reload() -> Reloaded:
    raise NotPossible("this server has no other models to load")


@dataclass(frozen=True, slots=True)
class Service:
    """The loaded service.

    `store` is our own database, whatever system the turns book with. `acts` are the names of the actions that replies may
    carry. `reload` exchanges the models of the turns, and raises `NotPossible` where that cannot be done.
    """

    store: DatabaseStore
    conversations: Conversations
    acts: Sequence[str] = ()
    reload: Callable[[], Awaitable[Reloaded]] = _cannot_reload

    @property
    def parts(self) -> Parts:
        """What turns are made with that begin now."""
        return self.conversations.parts

    @property
    def time_zone(self) -> str:
        """The zone to use where a client names none: the first venue's."""
        return self.parts.domain.book.venues[0].time_zone

    @property
    def records(self) -> Records:
        """What is stored, outside of any turn."""
        return self.store.records

    @asynccontextmanager
    async def bookings(self) -> AsyncIterator[DatabaseBookings]:
        """Our own bookings, in a unit of their own."""
        async with self.store.unit() as unit:
            yield unit.bookings


class Late:
    """A place for the service while it is loading."""

    def __init__(self) -> None:
        self.service: Service | None = None

    def get(self) -> Service:
        """The service. Raises `Unavailable` while it is not there."""
        if self.service is None:
            raise Unavailable("the service is starting or stopping; try again")
        return self.service
