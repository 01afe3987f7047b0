"""The tables as queries see them. The migrations make them; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class Instant(sa.types.TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database, whatever the dialect keeps of time zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turns to UTC; a naive value is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Gives the instant back in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = sa.MetaData()

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("user_id", sa.String, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("phase", sa.String, nullable=False),
    sa.Column("booking_id", sa.String, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("last_active", Instant, nullable=False),
    sa.Column("training_consent", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("conversations_by_activity", "last_active", "id"),
    sa.Index("conversations_by_user", "user_id", "last_active"),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True),
    sa.Column("turn", sa.BigInteger, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)

turns = sa.Table(
    "turns",
    metadata,
    sa.Column("conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("message_id", sa.String, primary_key=True),
    sa.Column("turn", sa.BigInteger, nullable=False),
    sa.Column("fingerprint", sa.String, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.UniqueConstraint("conversation_id", "turn", name="turns_in_order"),
)

bookings = sa.Table(
    "bookings",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("user_id", sa.String, nullable=False),
    sa.Column("venue", sa.String, nullable=False),
    sa.Column("day", sa.String, nullable=False),
    sa.Column("time", sa.String, nullable=False),
    sa.Column("time_zone", sa.String, nullable=False),
    sa.Column("starts_at", Instant, nullable=False),
    sa.Column("ends_at", Instant, nullable=False),
    sa.Column("table_id", sa.String, nullable=False),
    sa.Column("taken_from", Instant, nullable=False),
    sa.Column("taken_to", Instant, nullable=False),
    sa.Column("request", sa.Text, nullable=False),
    sa.Column("cancelled", sa.Boolean, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Index("bookings_by_place", "venue", "taken_from"),
    sa.Index("bookings_by_start", "starts_at", "id"),
    sa.Index("bookings_by_user", "user_id", "starts_at"),
)

occupancy = sa.Table(
    "occupancy",
    metadata,
    sa.Column("venue", sa.String, primary_key=True),
    sa.Column("table_id", sa.String, primary_key=True),
    sa.Column("bucket", Instant, primary_key=True),
    sa.Column("booking_id", sa.String, sa.ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False),
    sa.Index("occupancy_by_booking", "booking_id"),
    sqlite_with_rowid=False,
)
"""SQLite only: its primary key is what forbids overbooking there; PostgreSQL has an exclusion constraint on `bookings`."""

idempotency = sa.Table(
    "idempotency",
    metadata,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("request_hash", sa.String, nullable=False),
    sa.Column("booking_id", sa.String, sa.ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("idempotency_by_booking", "booking_id"),
)

booking_intents = sa.Table(
    "booking_intents",
    metadata,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("conversation_id", sa.String, nullable=False),
    sa.Column("intent", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("settled", sa.Boolean, nullable=False),
    sa.Index("booking_intents_open", "settled", "at"),
)

profiles = sa.Table(
    "profiles",
    metadata,
    sa.Column("user_id", sa.String, primary_key=True),
    sa.Column("slots", sa.Text, nullable=False),
)

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation_id", sa.String, nullable=False),
    sa.Column("message_id", sa.String, nullable=False),
    sa.Column("rating", sa.Integer, nullable=False),
    sa.Column("corrected", sa.Text, nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.ForeignKeyConstraint(
        ["conversation_id", "message_id"],
        ["turns.conversation_id", "turns.message_id"],
        name="feedback_on_a_turn",
        ondelete="CASCADE",
    ),
)
