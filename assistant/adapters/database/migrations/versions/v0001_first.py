"""The first schema: conversations with their events and turns, bookings, and what forbids overbooking."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes every table."""
    _conversations()
    _bookings()
    if op.get_bind().dialect.name == "sqlite":
        _forbid_overbooking_in_sqlite()
    else:
        _forbid_overbooking_in_postgresql()


def downgrade() -> None:
    """Takes every table away, with all that they hold."""
    tables = ["feedback", "profiles", "booking_intents", "idempotency", "bookings", "turns", "events", "conversations"]
    if op.get_bind().dialect.name == "sqlite":
        tables.insert(0, "occupancy")
    for table in tables:
        op.drop_table(table)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("user_id", sa.String, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("phase", sa.String, nullable=False),
        sa.Column("booking_id", sa.String, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("last_active", INSTANT, nullable=False),
    )
    op.create_index("conversations_by_activity", "conversations", ["last_active", "id"])
    op.create_index("conversations_by_user", "conversations", ["user_id", "last_active"])
    op.create_table(
        "events",
        sa.Column(
            "conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("seq", sa.BigInteger, primary_key=True),
        sa.Column("turn", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column(
            "conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("message_id", sa.String, primary_key=True),
        sa.Column("turn", sa.BigInteger, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.UniqueConstraint("conversation_id", "turn", name="turns_in_order"),
    )
    op.create_table(
        "profiles",
        sa.Column("user_id", sa.String, primary_key=True),
        sa.Column("slots", sa.Text, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("conversation_id", sa.String, nullable=False),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("rating", sa.Integer, nullable=False),
        sa.Column("corrected", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "message_id"],
            ["turns.conversation_id", "turns.message_id"],
            name="feedback_on_a_turn",
            ondelete="CASCADE",
        ),
    )


def _bookings() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("user_id", sa.String, nullable=False),
        sa.Column("venue", sa.String, nullable=False),
        sa.Column("day", sa.String, nullable=False),
        sa.Column("time", sa.String, nullable=False),
        sa.Column("time_zone", sa.String, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("table_id", sa.String, nullable=False),
        sa.Column("taken_from", INSTANT, nullable=False),
        sa.Column("taken_to", INSTANT, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
    )
    op.create_index("bookings_by_place", "bookings", ["venue", "taken_from"])
    op.create_index("bookings_by_start", "bookings", ["starts_at", "id"])
    op.create_index("bookings_by_user", "bookings", ["user_id", "starts_at"])
    op.create_table(
        "idempotency",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("request_hash", sa.String, nullable=False),
        sa.Column("booking_id", sa.String, sa.ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("idempotency_by_booking", "idempotency", ["booking_id"])
    op.create_table(
        "booking_intents",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("conversation_id", sa.String, nullable=False),
        sa.Column("intent", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
    )
    op.create_index("booking_intents_open", "booking_intents", ["settled", "at"])


def _forbid_overbooking_in_sqlite() -> None:
    op.create_table(
        "occupancy",
        sa.Column("venue", sa.String, primary_key=True),
        sa.Column("table_id", sa.String, primary_key=True),
        sa.Column("bucket", INSTANT, primary_key=True),
        sa.Column("booking_id", sa.String, sa.ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("occupancy_by_booking", "occupancy", ["booking_id"])


def _forbid_overbooking_in_postgresql() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute(
        "ALTER TABLE bookings ADD CONSTRAINT no_table_twice EXCLUDE USING gist"
        " (venue WITH =, table_id WITH =, tstzrange(taken_from, taken_to) WITH &&) WHERE (NOT cancelled)"
    )
