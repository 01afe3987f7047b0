"""The `Unit` port on a database: what one turn loads and saves. Knows what is stored, not what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.adapters.database import codec
from assistant.adapters.database.bookings import DatabaseBookings
from assistant.adapters.database.schema import conversations, events, profiles, turns
from assistant.adapters.database.session import Session
from assistant.booking.venues import BookingBook
from assistant.errors import StaleWrite
from assistant.ports import Clock, TrackerEvent
from assistant.types import Conversation, Outcome


class DatabaseUnit:
    """One unit of work. `bookings` and `save` share one transaction; `DatabaseStore.unit` opens and ends it."""

    def __init__(self, session: Session, *, book: BookingBook, clock: Clock) -> None:
        self._session = session
        self.bookings = DatabaseBookings(session, book=book, clock=clock)

    async def load(self, conversation_id: str) -> Conversation | None:
        """The conversation, or None."""
        row = await self._session.row(sa.select(conversations.c.state).where(conversations.c.id == conversation_id))
        return codec.CONVERSATION.load(row.state) if row else None

    async def replay(self, conversation_id: str, message_id: str) -> tuple[str, Outcome] | None:
        """The fingerprint and the outcome stored under that id, or None."""
        row = await self._session.row(
            sa.select(turns.c.fingerprint, turns.c.outcome).where(
                turns.c.conversation_id == conversation_id, turns.c.message_id == message_id
            )
        )
        return (row.fingerprint, codec.OUTCOME.load(row.outcome)) if row else None

    async def events(self, conversation_id: str, most: int) -> Sequence[TrackerEvent]:
        """The last tracker events, oldest first, whole turns only; at most `most`."""
        newest_first = await self._session.rows(
            sa.select(events.c.turn, events.c.body)
            .where(events.c.conversation_id == conversation_id)
            .order_by(events.c.seq.desc())
            .limit(most + 1)
        )
        if len(newest_first) > most:
            cut = newest_first[-1].turn
            newest_first = [row for row in newest_first if row.turn != cut]
        return [codec.EVENT.load(row.body) for row in reversed(newest_first)]

    async def save(
        self,
        outcome: Outcome,
        *,
        message_id: str,
        fingerprint: str,
        text: str,
        events: Sequence[TrackerEvent],
        at: datetime,
    ) -> None:
        """Stores the turn as the one after `outcome.conversation.revision`; the stored conversation has that plus one.

        Raises:
            StaleWrite: the conversation has moved on, or the message was stored before. The unit must be left.
        """
        conversation = outcome.conversation
        try:
            await self._save_conversation(conversation, at)
            await self._session.write(
                sa.insert(turns).values(
                    conversation_id=conversation.id,
                    message_id=message_id,
                    turn=conversation.revision + 1,
                    fingerprint=fingerprint,
                    message=codec.TEXT.dump(text),
                    outcome=codec.OUTCOME.dump(outcome),
                    at=at,
                )
            )
            await self._append(conversation, events)
        except IntegrityError as taken:
            raise StaleWrite(f"conversation {conversation.id} has moved on; read it again and retry") from taken

    async def reword(self, outcome: Outcome, *, message_id: str) -> None:
        """Replaces the outcome of a stored turn by the same one in other words; nothing happens where it is gone."""
        await self._session.write(
            sa.update(turns)
            .where(turns.c.conversation_id == outcome.conversation.id, turns.c.message_id == message_id)
            .values(outcome=codec.OUTCOME.dump(outcome))
        )

    async def consent(self, conversation: Conversation) -> None:
        """Stores whether a conversation that has ended may be used for training; nothing happens where it is gone."""
        await self._session.write(
            sa.update(conversations)
            .where(conversations.c.id == conversation.id)
            .values(training_consent=conversation.training_consent, state=codec.CONVERSATION.dump(conversation))
        )

    async def profile(self, user_id: str) -> Mapping[str, str]:
        """The values that may be suggested to that user; none for a user who has no profile."""
        row = await self._session.row(sa.select(profiles.c.slots).where(profiles.c.user_id == user_id))
        return codec.VALUES.load(row.slots) if row else {}

    async def _save_conversation(self, conversation: Conversation, at: datetime) -> None:
        after = replace(conversation, revision=conversation.revision + 1)
        values = {
            "user_id": after.user_id,
            "revision": after.revision,
            "version": after.version,
            "phase": after.phase.value,
            "booking_id": after.booking_id,
            "state": codec.CONVERSATION.dump(after),
            "last_active": after.last_active or at,
            "training_consent": after.training_consent,
        }
        if conversation.revision == 0:
            await self._session.write(sa.insert(conversations).values(id=conversation.id, **values))
            return
        met = await self._session.write(
            sa.update(conversations)
            .where(conversations.c.id == conversation.id, conversations.c.revision == conversation.revision)
            .values(**values)
        )
        if met != 1:
            raise StaleWrite(f"conversation {conversation.id} has moved on; read it again and retry")

    async def _append(self, conversation: Conversation, new: Sequence[TrackerEvent]) -> None:
        if not new:
            return
        last = await self._session.row(
            sa.select(sa.func.max(events.c.seq).label("seq")).where(events.c.conversation_id == conversation.id)
        )
        first = (last.seq or 0) + 1 if last else 1
        await self._session.write(
            sa.insert(events),
            [
                {
                    "conversation_id": conversation.id,
                    "seq": first + place,
                    "turn": conversation.revision + 1,
                    "body": codec.EVENT.dump(event),
                }
                for place, event in enumerate(new)
            ],
        )
