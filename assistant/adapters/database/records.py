"""What operators read, keep and erase: lists of bookings and conversations, profiles, feedback, intents of remote bookings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.adapters.database import codec
from assistant.adapters.database.bookings import booking_of
from assistant.adapters.database.engines import Engines
from assistant.adapters.database.faults import translated
from assistant.adapters.database.schema import booking_intents, bookings, conversations, feedback, profiles, turns
from assistant.adapters.database.session import open_session
from assistant.errors import BadRequest, NotFound
from assistant.ports import Booking, Clock
from assistant.types import Conversation, Operation, Outcome

MOST_PER_PAGE = 500

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows and where the next page starts; `after` is empty at the end."""

    rows: tuple[R, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """One conversation in a list."""

    id: str
    user_id: str
    version: int
    phase: str
    booking_id: str
    last_active: datetime


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One message and what came of it."""

    message_id: str
    text: str
    outcome: Outcome
    at: datetime


class Records:
    """What is stored, outside of any turn. Every call is a unit of its own."""

    def __init__(self, engines: Engines, *, clock: Clock) -> None:
        self._engines = engines
        self._clock = clock

    async def list_bookings(
        self, *, venue: str = "", day: date | None = None, user_id: str = "", most: int = 100, after: str = ""
    ) -> Page[Booking]:
        """Bookings, earliest first, cancelled ones too; every argument narrows the list. `most` is 1..500."""
        query = sa.select(bookings).order_by(bookings.c.starts_at, bookings.c.id)
        if venue:
            query = query.where(bookings.c.venue == venue)
        if day:
            query = query.where(bookings.c.day == day.isoformat())
        if user_id:
            query = query.where(bookings.c.user_id == user_id)
        rows, following = await self._page(query, bookings.c.starts_at, bookings.c.id, most, after)
        return Page(tuple(booking_of(row) for row in rows), following)

    async def list_conversations(
        self, *, user_id: str = "", most: int = 100, after: str = ""
    ) -> Page[ConversationLine]:
        """Conversations, the longest silent first. `most` is 1..500."""
        table = conversations.c
        query = sa.select(
            table.id, table.user_id, table.version, table.phase, table.booking_id, table.last_active
        ).order_by(table.last_active, table.id)
        if user_id:
            query = query.where(table.user_id == user_id)
        rows, following = await self._page(query, table.last_active, table.id, most, after)
        return Page(tuple(ConversationLine(**row._asdict()) for row in rows), following)

    async def show_conversation(self, conversation_id: str) -> tuple[Conversation, Sequence[StoredTurn]]:
        """A conversation and its turns, oldest first. Raises `NotFound`."""
        async with open_session(self._engines) as session:
            row = await session.row(sa.select(conversations.c.state).where(conversations.c.id == conversation_id))
            if row is None:
                raise NotFound("there is no such conversation")
            found = await session.rows(
                sa.select(turns).where(turns.c.conversation_id == conversation_id).order_by(turns.c.turn)
            )
        return codec.CONVERSATION.load(row.state), [
            StoredTurn(turn.message_id, codec.TEXT.load(turn.message), codec.OUTCOME.load(turn.outcome), turn.at)
            for turn in found
        ]

    async def delete_conversation(self, conversation_id: str) -> None:
        """Erases a conversation with its events, turns, feedback and intents, down to the file. Its bookings stay.

        Raises:
            NotFound: there is no such conversation.
        """
        async with open_session(self._engines) as session:
            erased = await session.write(sa.delete(conversations).where(conversations.c.id == conversation_id))
            if not erased:
                raise NotFound("there is no such conversation")
            await session.write(sa.delete(booking_intents).where(booking_intents.c.conversation_id == conversation_id))
        if self._engines.is_sqlite:
            # secure_delete has blanked the pages; the write-ahead log still holds them as they were.
            with translated():
                async with self._engines.reader.connect() as connection:
                    await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def put_profile(self, user_id: str, slots: Mapping[str, str]) -> None:
        """Replaces the values that may be suggested to that user."""
        async with open_session(self._engines) as session:
            await session.begin()
            await session.hold(f"profile {user_id}")
            await session.write(sa.delete(profiles).where(profiles.c.user_id == user_id))
            await session.write(sa.insert(profiles).values(user_id=user_id, slots=codec.VALUES.dump(slots)))

    async def get_profile(self, user_id: str) -> Mapping[str, str]:
        """The values that may be suggested to that user. Raises `NotFound` where none were ever put."""
        async with open_session(self._engines) as session:
            row = await session.row(sa.select(profiles.c.slots).where(profiles.c.user_id == user_id))
        if row is None:
            raise NotFound("there is no profile of this user")
        return codec.VALUES.load(row.slots)

    async def add_feedback(
        self, conversation_id: str, message_id: str, *, rating: int, corrected: tuple[Operation, ...], comment: str
    ) -> None:
        """Keeps what somebody thought of the answer to one message; `rating` is -1, 0 or 1. Raises `NotFound`."""
        try:
            async with open_session(self._engines) as session:
                await session.write(
                    sa.insert(feedback).values(
                        conversation_id=conversation_id,
                        message_id=message_id,
                        rating=rating,
                        corrected=codec.OPERATIONS.dump(corrected),
                        comment=codec.TEXT.dump(comment),
                        at=self._clock.now(),
                    )
                )
        except IntegrityError as missing:
            raise NotFound("there is no such message in this conversation") from missing

    async def put_intent(self, key: str, *, conversation_id: str, intent: Mapping[str, str]) -> None:
        """Keeps what is about to be asked of a remote booking system, before it is asked. A known key stays as it is."""
        async with open_session(self._engines) as session:
            await session.hold(f"intent {key}")
            if await session.row(sa.select(booking_intents.c.key).where(booking_intents.c.key == key)) is None:
                await session.write(
                    sa.insert(booking_intents).values(
                        key=key,
                        conversation_id=conversation_id,
                        intent=codec.VALUES.dump(intent),
                        at=self._clock.now(),
                        settled=False,
                    )
                )

    async def settle_intent(self, key: str) -> None:
        """Marks that the outcome of that intent is known."""
        async with open_session(self._engines) as session:
            await session.write(sa.update(booking_intents).where(booking_intents.c.key == key).values(settled=True))

    async def open_intents(self) -> Mapping[str, Mapping[str, str]]:
        """The intents whose outcome is not known, by key, oldest first."""
        async with open_session(self._engines) as session:
            rows = await session.rows(
                sa.select(booking_intents.c.key, booking_intents.c.intent)
                .where(sa.not_(booking_intents.c.settled))
                .order_by(booking_intents.c.at)
            )
        return {row.key: codec.VALUES.load(row.intent) for row in rows}

    async def _page(
        self, query: sa.Select[Any], order: sa.Column[Any], key: sa.Column[Any], most: int, after: str
    ) -> tuple[Sequence[sa.Row[Any]], str]:
        """One page of a query that is ordered by `order` and then `key`, and where the next one starts."""
        if not 1 <= most <= MOST_PER_PAGE:
            raise BadRequest("page_size", f"{most} is not within 1 to {MOST_PER_PAGE}")
        async with open_session(self._engines) as session:
            if after:
                last = await session.row(sa.select(order.label("place")).where(key == after))
                if last is None:
                    raise BadRequest("page_token", "this is no place in the list; start again without it")
                query = query.where(sa.or_(order > last.place, sa.and_(order == last.place, key > after)))
            rows = await session.rows(query.limit(most + 1))
        page = rows[:most]
        return page, page[-1].id if len(rows) > most else ""
