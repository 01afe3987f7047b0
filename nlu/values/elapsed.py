"""Time that passes: what the clock shows some minutes from now, also over a night in which it is put on or back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def minutes_later(now: datetime, minutes: int) -> datetime:
    """The clock of `now`'s own zone after so many minutes have passed (adding to the local time would show 02:30 in spring)."""
    return (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)
