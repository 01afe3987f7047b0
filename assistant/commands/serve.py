"""`assistant serve`: the gRPC server, until it is told to stop."""

from __future__ import annotations

import asyncio

import typer
from pydantic import ValidationError

from assistant.commands.problems import complain
from assistant.errors import MaitreError
from assistant.logging import set_up_logging
from assistant.settings import Settings


def serve() -> None:
    """Serve the assistant over gRPC; all settings are ASSISTANT_* variables."""
    try:
        settings = Settings()
    except ValidationError as error:
        complain("\n".join(f"ASSISTANT_{_name(problem['loc'])}: {problem['msg']}" for problem in error.errors()))
    set_up_logging(settings.log_level)
    from assistant.serving import serve as run  # loads gRPC and the database, which other commands do not need

    try:
        asyncio.run(run(settings))
    except MaitreError as error:
        complain(f"cannot start: {error}")
    raise typer.Exit(0)


def _name(location: tuple[int | str, ...]) -> str:
    return "_".join(str(part) for part in location).upper()
