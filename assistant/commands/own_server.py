"""A server of our own for a command, with a sign of life while it loads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from rich.console import Console

from assistant.scenarios.server import private_server


@asynccontextmanager
async def own_server(console: Console) -> AsyncIterator[str]:
    """The address of a private server; raises `Unavailable` where it cannot start."""
    said = "starting a server of our own: loading the tagger and the policy"
    async with AsyncExitStack() as stack:
        if not console.is_terminal:
            console.print(said)
        with console.status(said):  # shows nothing where the output is no terminal
            target = await stack.enter_async_context(private_server())
        yield target
