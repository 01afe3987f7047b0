"""The clock of the machine behind the `Clock` port."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """Tells the machine's time."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)
