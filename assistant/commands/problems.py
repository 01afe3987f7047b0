"""How a command ends when it cannot do its work: one sentence on standard error, never a traceback."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

import typer


def complain(message: str, code: int = 2) -> NoReturn:
    """Says what is wrong and ends the command; 2 is a mistake in settings or arguments, 1 a failed call."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def moment_of(option: str, text: str) -> datetime:
    """The moment that an option names, timezone-aware; anything else ends the command."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        complain(f"{option}: {text!r} is no moment; write one like 2026-06-10T14:00:00+09:00")
    if moment.tzinfo is None:
        complain(f"{option}: {text!r} has no offset; write one like 2026-06-10T14:00:00+09:00")
    return moment
