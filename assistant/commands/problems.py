"""How a command ends when it cannot do its work: one sentence on standard error, never a traceback."""

from __future__ import annotations

from typing import NoReturn

import typer


def complain(message: str, code: int = 2) -> NoReturn:
    """Says what is wrong and ends the command; 2 is a mistake in settings or arguments, 1 a failed call."""
    typer.echo(message, err=True)
    raise typer.Exit(code)
