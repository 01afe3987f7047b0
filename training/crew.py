"""Runs the commands of stages that may be at work at the same time, and passes on what they say.

Every line gets its stage's name in front. Progress bars stand at the bottom of the terminal, one for each stage; where there is
no terminal they are told once a minute. Knows commands and text; does not know what a stage makes.
"""

from __future__ import annotations

import io
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import IO, Final, Self

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

SELDOM: Final = 60.0
"""Seconds between two bars of a stage where there is no terminal."""
ENDING: Final = 40.0
"""Seconds that a stage may take to end what it has started, before it is killed."""


class Crew:
    """The commands at work, and one voice for all of them.

    Args:
        lock: a file descriptor that every command inherits.
    """

    def __init__(self, lock: int) -> None:
        self._lock = lock
        self._live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
        self._saying = threading.RLock()
        self._at_work: set[subprocess.Popen[bytes]] = set()
        self._ended = False
        self._bars: dict[str, str] = {}
        self._told: dict[str, float] = {}

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._live.stop()

    def tell(self, text: str, to: IO[str] | None = None) -> None:
        """Say a line above the bars, by default on the standard output."""
        with self._saying:
            if not self._ended:
                print(text, file=to or sys.stdout, flush=True)

    def run(self, name: str, command: Sequence[str]) -> int:
        """Run a command of the named stage to its end; its status. After `end` nothing is run, and the status is -1."""
        with self._saying:
            if self._ended:
                return -1
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=(self._lock,))
            self._at_work.add(process)
        errors = threading.Thread(target=self._pass_on, args=(name, process.stderr, sys.stderr))
        errors.start()
        self._pass_on(name, process.stdout, sys.stdout)
        errors.join()
        status = process.wait()
        with self._saying:
            self._at_work.remove(process)
            self._show_bar(name, "")
        return status

    def end(self, *, told: bool) -> None:
        """End the commands at work and be silent from now on.

        Args:
            told: they have had a signal already, as from Ctrl-C in a terminal.
        """
        with self._saying:
            self._ended = True
            left = list(self._at_work)
        for process in left if not told else ():
            process.terminate()
        until = time.monotonic() + ENDING
        for process in left:
            try:
                process.wait(max(until - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                process.kill()

    def _pass_on(self, name: str, pipe: IO[bytes] | None, to: IO[str]) -> None:
        assert pipe is not None, "both are pipes"
        with io.TextIOWrapper(pipe, encoding="utf-8", errors="replace", newline="") as said:
            for part in said:
                if part.endswith("\r") and part.strip():  # it is written over by what comes next
                    self._bar(name, part.rstrip())
                elif part.strip():
                    self.tell(f"{name} | {part.rstrip()}", to)

    def _bar(self, name: str, text: str) -> None:
        if self._live.console.is_terminal:
            with self._saying:
                self._show_bar(name, f"{name} | {text}")
        elif time.monotonic() - self._told.get(name, 0.0) >= SELDOM:
            self._told[name] = time.monotonic()
            self.tell(f"{name} | {text}", sys.stderr)

    def _show_bar(self, name: str, text: str) -> None:
        """Show a stage's bar; none where the text is empty."""
        self._bars = {**self._bars, name: text} if text else {k: v for k, v in self._bars.items() if k != name}
        bars = [Text(bar, no_wrap=True, overflow="ellipsis") for _, bar in sorted(self._bars.items())]
        self._live.update(Group(*bars), refresh=True)
