"""A server of our own for a test or a demonstration: its own process, port and database, gone at the end.

It is started the way an operator starts one and is reached over gRPC only; it ends by its own process id.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from assistant.client import connected
from assistant.errors import Unavailable
from assistant.settings import child_environment

COMMAND: Final = (sys.executable, "-m", "assistant", "serve")
LOADING: Final = 240.0
"""Seconds that loading the models and starting the policy may take on a slow and busy machine."""
STOPPING: Final = 30.0
"""Seconds from SIGTERM until the process is killed: more than a server takes to let its turns end."""
_READY: Final = "serving on "
_LOG_LINES: Final = 5


@asynccontextmanager
async def private_server(
    command: tuple[str, ...] = COMMAND, settings: Mapping[str, str] | None = None
) -> AsyncIterator[str]:
    """The address of a server with an empty database that honours the clocks of clients.

    Args:
        command: what to run; it prints `serving on HOST:PORT` once it serves.
        settings: by name, such as `tagger`; the others are ours.

    Raises:
        Unavailable: it ended, or did not serve within `LOADING` seconds; the last lines of its log are in the message.
    """
    with tempfile.TemporaryDirectory(prefix="assistant-") as folder, _sigterm_as_cancellation():
        log = Path(folder) / "server.log"
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *command,
                env=child_environment(
                    listen="127.0.0.1:0",
                    database_url=f"sqlite+aiosqlite:///{Path(folder) / 'assistant.db'}",
                    client_clocks="true",
                    **(settings or {}),
                ),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
        try:
            target = await _address(process, log)
            async with connected(target) as client:
                await client.wait_until_serving(LOADING)
            yield target
        finally:
            await _stop(process)


async def _address(process: asyncio.subprocess.Process, log: Path) -> str:
    assert process.stdout is not None
    try:
        async with asyncio.timeout(LOADING):
            while line := (await process.stdout.readline()).decode():
                if line.startswith(_READY):
                    return line.removeprefix(_READY).strip()
            await process.wait()
    except TimeoutError:
        raise Unavailable(f"the server did not load within {LOADING:.0f} s; it said:\n{_end_of(log)}") from None
    raise Unavailable(f"the server ended with status {process.returncode}; it said:\n{_end_of(log)}")


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:])


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOPPING):
            await process.communicate()  # reads on, so that a full pipe cannot hold it up
    except TimeoutError:
        process.kill()
        await process.wait()


class _sigterm_as_cancellation:
    """Ends the task on SIGTERM, so that the server is stopped as it is on Ctrl-C."""

    def __enter__(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        with suppress(NotImplementedError, RuntimeError, ValueError):  # outside the main thread there are no signals
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)

    def __exit__(self, *_: object) -> None:
        with suppress(NotImplementedError, RuntimeError, ValueError):
            asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
