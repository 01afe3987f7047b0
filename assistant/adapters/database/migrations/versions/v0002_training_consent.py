"""Whether a conversation may be used for training: a column, so that no other conversation is even read for it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the column; nobody has agreed to anything yet."""
    op.add_column("conversations", sa.Column("training_consent", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Takes the column away, and with it every consent."""
    op.drop_column("conversations", "training_consent")
