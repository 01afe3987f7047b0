"""Starts the policy's process, watches it and starts it again when it dies or hangs.

It ends only the child that it started itself. It does not know what the policy decides; `assistant.adapters.policy` asks.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Mapping
from pathlib import Path

import httpx

from assistant.errors import PolicyUnavailable

log = logging.getLogger(__name__)

LAUNCHER = Path(__file__).resolve().parents[2] / "policy" / "launcher.py"


class PolicyProcess:
    """One policy process of ours on loopback.

    The port is chosen at the first start and kept over restarts, so `url` stays valid. The child ends by itself when this
    process is gone, however it went: it waits on the other end of a pipe that only we hold.

    Args:
        python: the interpreter of the policy's environment.
        model: the archive that `policy/train.py` wrote.
        launcher: the program to run.
        start_timeout: seconds from the start until it must answer; importing Rasa takes ten on a slow core, sixty on a busy one.
        pulse: seconds between two looks at its health.
        health_timeout: seconds that it may take to answer.
        misses: looks in a row without an answer after which it is ended and started again.
        backoff: seconds before the first restart; doubled with every further failure, up to 30.
    """

    def __init__(
        self,
        python: Path,
        model: Path,
        *,
        launcher: Path = LAUNCHER,
        start_timeout: float = 100.0,
        pulse: float = 1.0,
        health_timeout: float = 2.0,
        misses: int = 2,
        backoff: float = 0.5,
    ) -> None:
        self._command = (str(python), str(launcher), str(model))
        self._start_timeout = start_timeout
        self._pulse = pulse
        self._health_timeout = health_timeout
        self._misses = misses
        self._backoff = backoff
        self._child: asyncio.subprocess.Process | None = None
        self._port = 0
        self.token = secrets.token_urlsafe(32)
        self.url = ""
        self.ready = False

    @property
    def pid(self) -> int | None:
        """The child's process id, or None where none runs."""
        return self._child.pid if self._child and self._child.returncode is None else None

    async def start(self) -> None:
        """Starts the child and waits until it has made a prediction.

        Raises:
            PolicyUnavailable: it cannot be started, ends, or is not ready within `start_timeout`; no child is left behind.
        """
        try:
            async with asyncio.timeout(self._start_timeout):
                await self._spawn()
                while (healthy := await self._healthy()) is None:
                    pass  # no answer in time, on a busy machine: asked again until `start_timeout`
                if not healthy:
                    raise PolicyUnavailable("the policy's process has started but makes no prediction")
        except TimeoutError as fault:
            await self.stop()
            message = f"the policy's process was not ready within {self._start_timeout:g} s"
            raise PolicyUnavailable(message) from fault
        except BaseException:
            await self.stop()
            raise
        self.ready = True

    async def supervise(self) -> None:
        """Keeps the child running until cancelled; call it after `start`."""
        wait = self._backoff
        while True:
            await self._until_it_fails()
            self.ready = False
            log.warning("the policy's process failed; starting it again", extra={"wait": wait})
            await self.stop()
            await asyncio.sleep(wait)
            try:
                await self.start()
                wait = self._backoff
            except PolicyUnavailable as fault:
                log.error("the policy's process does not start: %s", fault)
                wait = min(2 * wait, 30.0)

    async def stop(self) -> None:
        """Ends the child, first politely; does nothing where none runs."""
        self.ready = False
        child, self._child = self._child, None
        if child is None or child.returncode is not None:
            return
        child.terminate()
        try:
            async with asyncio.timeout(3.0):
                await child.wait()
        except TimeoutError:
            child.kill()
            await child.wait()

    async def _spawn(self) -> None:
        try:
            self._child = child = await asyncio.create_subprocess_exec(
                *self._command,
                f"--port={self._port}",
                "--with-parent",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=self._environment(),
            )
        except OSError as fault:
            raise PolicyUnavailable(f"{self._command[0]}: cannot be started; `make env` builds it") from fault
        assert child.stdout is not None
        line = await child.stdout.readline()
        try:
            self.url = str(json.loads(line)["url"])
        except (ValueError, KeyError, TypeError) as fault:
            raise PolicyUnavailable("the policy's process ended before it was ready; its log says why") from fault
        self._port = int(self.url.rpartition(":")[2])

    def _environment(self) -> Mapping[str, str]:
        """Nothing of ours but the token: the child needs no secret and no proxy."""
        return {"MAITRE_POLICY_TOKEN": self.token, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}

    async def _until_it_fails(self) -> None:
        """Returns when the child has ended or has missed its health checks."""
        child = self._child
        if child is None:
            return
        missed = 0
        while child.returncode is None and missed < self._misses:
            try:
                async with asyncio.timeout(self._pulse):
                    await child.wait()
            except TimeoutError:
                missed = 0 if await self._healthy() else missed + 1

    async def _healthy(self) -> bool | None:
        """Whether it makes predictions; None where it did not answer in time."""
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            async with (
                asyncio.timeout(self._health_timeout),
                httpx.AsyncClient(trust_env=False, headers=headers) as client,
            ):
                response = await client.get(f"{self.url}/health")
        except TimeoutError:
            return None
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK
