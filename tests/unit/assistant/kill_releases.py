"""Kills a process that writes, activates and rolls back releases, over and over, and looks at what is left.

    python kill_releases.py FOLDER swept|random KILLS

`swept` kills before every call that changes a file, one after the other; `random` at any moment. Prints as JSON how
many processes were killed and what was wrong after a kill.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from assistant.artefacts import SHIPPED, Releases
from assistant.errors import MaitreError
from tests.support.releases import ORIGIN, SLOTS, parts_in

folder, mode, kills = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
OLD, NEW = parts_in(folder / "old"), parts_in(folder / "new", weights=b"more")
STEPS = {"write", "sendfile", "__exit__", "fsync", "rename", "replace", "mkdir", "unlink", "rmdir"}


def work(releases: Releases, number: int) -> None:
    """One cycle: a release more, active, rolled back and active again."""
    version = f"v{number}"
    releases.write(version, NEW, origin=ORIGIN, metrics={})
    releases.activate(version)
    releases.rollback()
    releases.activate(version)


def die_at(step: int) -> None:
    """From here on counts the calls that change a file or a folder, and kills this process before the given one."""
    done = 0

    def count(_: object, event: str, called: Any) -> None:
        nonlocal done
        if event == "c_call" and called.__name__ in STEPS:
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def killed(releases: Releases, number: int) -> bool:
    """Whether a child that works was killed before it was done."""
    child = os.fork()
    if child == 0:
        if mode == "swept":
            die_at(number)
            work(releases, number)
            os._exit(0)
        for again in range(10_000):
            work(releases, number * 10_000 + again)
        os._exit(1)
    if mode == "random":
        time.sleep(random.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def wrong_after(releases: Releases, allowed: set[str]) -> str:
    """What is wrong with the state on the disk; empty where nothing is."""
    try:
        active = releases.active()
        releases.verify(active)
        for listed in releases.all():
            releases.verify(listed.version)
    except MaitreError as error:
        return str(error)
    return "" if not allowed or active in allowed else f"{active} is active, not one of {sorted(allowed)}"


def main() -> None:
    releases = Releases(folder / "releases" / "tiny", SLOTS)
    releases.write("v0", OLD, origin=ORIGIN, metrics={})
    releases.activate("v0")
    assert releases.previous() == SHIPPED
    random.seed(7)
    count, wrong = 0, []
    for number in range(1, kills + 1):
        before = releases.active()
        if not killed(releases, number):
            break
        count += 1
        if problem := wrong_after(releases, {before, f"v{number}"} if mode == "swept" else set()):
            wrong.append(problem)
    print(json.dumps({"killed": count, "wrong": wrong}))


main()
