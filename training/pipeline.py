"""Trains everything that a domain is served with, stage by stage, and promotes it if every gate holds: `make train`.

    python -m training.pipeline restaurant                       every stage that is due
    python -m training.pipeline restaurant --stage tagger        one stage, and those that it needs and that are due
    python -m training.pipeline restaurant --force               every stage, or the named one, whether it is due or not

doit decides what is due, by the contents of the files that a stage is made from, and remembers it in a database that
survives a kill. A killed stage goes on where it was, unless what it is made from has changed. Knows stages; no model.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from doit.cmd_base import TaskLoader2  # type: ignore[import-untyped]
from doit.doit_cmd import DoitMain  # type: ignore[import-untyped]
from doit.exceptions import TaskFailed  # type: ignore[import-untyped]
from doit.reporter import ConsoleReporter  # type: ignore[import-untyped]
from doit.task import dict_to_task  # type: ignore[import-untyped]
from doit.tools import config_changed  # type: ignore[import-untyped]

from assistant.errors import MaitreError
from assistant.files import write_whole
from training.baseline import opponent
from training.stages import RUNS, Plan, Stage, plan_of, stages

DATABASE: Final = ".doit.db"
BEGUN: Final = "begun.json"
TOOK: Final = "seconds.json"


Staging = Callable[[Plan, str], list[Stage]]
"""The stages of a plan; the second argument names the models to compare with."""


class Busy(RuntimeError):
    """Another process is at work on the same run."""


class _Reporter(ConsoleReporter):  # type: ignore[misc]
    """What doit tells, in our words."""

    def execute_task(self, task: Any) -> None:
        """The stage announces itself."""

    def skip_uptodate(self, task: Any) -> None:
        """Nothing that it is made from has changed."""
        print(f"{task.name}: up to date", flush=True)

    def add_failure(self, task: Any, fail: Any) -> None:
        """The stage itself has said more, above."""
        print(f"{task.name}: {fail.get_msg().strip()}", flush=True)

    def complete_run(self) -> None:
        """Everything is said."""


class _Loader(TaskLoader2):  # type: ignore[misc]
    """Gives doit one stage."""

    def __init__(self, task: Mapping[str, Any], database: Path) -> None:
        super().__init__()
        self._task, self._database = task, database

    def load_doit_config(self) -> dict[str, Any]:
        """Where doit remembers, and how it speaks."""
        return {"dep_file": str(self._database), "backend": "sqlite3", "reporter": _Reporter, "verbosity": 2}

    def load_tasks(self, cmd: Any, pos_args: Any) -> list[Any]:
        """The stage."""
        return [dict_to_task(dict(self._task))]


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a run. `stage` is empty for all; `lock` is held by whoever works on it, the stages too."""

    plan: Plan
    stage: str
    force: bool
    lock: int
    staging: Staging


def run(plan: Plan, stage: str = "", *, force: bool = False, staging: Staging = stages) -> int:
    """Run the stages that are due.

    Args:
        plan: of the run.
        stage: the one that is wanted, with those before it that it needs; empty: all.
        force: run the wanted stage, or all, even if nothing has changed.
        staging: the stages.

    Returns:
        0, or another number if a stage failed; those after it were not run then.

    Raises:
        Busy: another process is at work on the run.
        ValueError: a configuration cannot be read.
        OSError: the disk does not take what has to be remembered.
    """
    plan.out.mkdir(parents=True, exist_ok=True)
    with _locked(plan.out) as lock:
        order = Order(plan, stage, force, lock, staging)
        if force and not stage:
            for one in staging(plan, ""):  # a forced run that is killed goes on as a forced one
                (plan.work(one.name) / BEGUN).unlink(missing_ok=True)
                _forget(plan, one)
        names = [one.name for one in _wanted(staging(plan, ""), stage)]
        for number, name in enumerate(names, start=1):
            left = names[number:]
            if status := _due(order, name, f"{number} of {len(names)}", left):
                return status
    return 0


def _wanted(all_of_them: Sequence[Stage], name: str) -> list[Stage]:
    """The stage of that name and those that make what it needs, in order."""
    if not name:
        return list(all_of_them)
    known = {one.name: one for one in all_of_them}
    if name not in known:
        raise ValueError(f"{name}: this run has no such stage; it has {', '.join(known)}")
    wanted = {name}
    for one in reversed(all_of_them):
        if any(set(one.makes) & set(known[later].needs) for later in wanted):
            wanted.add(one.name)
    return [one for one in all_of_them if one.name in wanted]


def _due(order: Order, name: str, place: str, left: Sequence[str]) -> int:
    """Runs a stage if it is due; what it needs is looked at now, after those before it."""
    plan = order.plan
    found = {one.name: one for one in order.staging(plan, opponent(plan).identity if name == "evaluate" else "")}
    stage, force = found[name], order.force and order.stage == name
    if force:
        (plan.work(name) / BEGUN).unlink(missing_ok=True)
        _forget(plan, stage)
    before = _print_of(stage)
    minutes = [_expected(plan, one) for one in (stage, *(found[later] for later in left))]
    announced = (
        f"{name}: stage {place}, about {max(minutes[0], 1):.0f} min; {sum(minutes):.0f} min with what may follow"
    )
    task = {
        "name": name,
        "actions": [(_work, [stage, order, announced])],
        "file_dep": [str(path) for path in stage.needs],
        "targets": [str(path) for path in stage.makes],
        "uptodate": [config_changed(stage.against or "none")],
    }
    loader = _Loader(task, plan.out / DATABASE)
    status = int(DoitMain(loader, config_filenames=()).run(["run", name]) or 0)
    if not status and _print_of(stage) != before:
        print(f"{name}: what it is made from has changed meanwhile; it is due again the next time", flush=True)
        _forget(plan, stage)
    return status


def _forget(plan: Plan, stage: Stage) -> None:
    """Makes a stage due."""
    loader = _Loader({"name": stage.name, "actions": []}, plan.out / DATABASE)
    if (plan.out / DATABASE).is_file():
        DoitMain(loader, config_filenames=()).run(["forget", stage.name])


def _work(stage: Stage, order: Order, announced: str) -> Any:
    """Runs the commands of a stage. None or a doit failure: it takes what is returned for the outcome."""
    print(announced, flush=True)
    began, plan = time.monotonic(), order.plan
    resume = stage.resumes and _begin(plan.work(stage.name), _print_of(stage))
    for place, command in enumerate(stage.commands):
        again = ("--resume",) if resume and place == 0 else ()
        done = subprocess.run((*command, *again), pass_fds=(order.lock,), check=False)
        if done.returncode:
            return TaskFailed(
                f"failed with status {done.returncode}, for the reason above; what was active still serves"
            )
    if stage.publish:
        _publish(*stage.publish)
    _note_time(plan, stage, time.monotonic() - began)
    return None


def _begin(work: Path, print_of: str) -> bool:
    """Whether a killed run with the same inputs can be gone on with; if not, the folder is emptied for a new one."""
    note = work / BEGUN
    try:
        if json.loads(note.read_text(encoding="utf-8")) == print_of:
            return True
    except (OSError, ValueError):
        pass  # none, or half a one: begin anew
    shutil.rmtree(work, ignore_errors=True)
    write_whole(note, [json.dumps(print_of)])
    return False


def _print_of(stage: Stage) -> str:
    """A hash over the names and contents of what a stage is made from."""
    digest = hashlib.sha256(stage.against.encode())
    for path in stage.needs:
        content = path.read_bytes() if path.is_file() else b""  # doit says what is missing
        digest.update(f"\0{path}\0".encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _publish(made: Path, place: Path) -> None:
    """Puts a finished folder into its place; a kill in between leaves no folder there, so that the stage is due."""
    old = place.with_name(f"{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    made.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _expected(plan: Plan, stage: Stage) -> float:
    """Minutes that a stage took the last time; where it never ran, on two free cores."""
    return float(_times(plan).get(stage.name, 60 * stage.minutes)) / 60


def _times(plan: Plan) -> dict[str, float]:
    path = plan.out / TOOK
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _note_time(plan: Plan, stage: Stage, seconds: float) -> None:
    write_whole(plan.out / TOOK, [json.dumps({**_times(plan), stage.name: round(seconds, 1)})])


@contextmanager
def _locked(out: Path) -> Iterator[int]:
    """One run at a time. The stages inherit the lock, so that a stage whose parent was killed is not joined by another."""
    with (out / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"{out}: another `make train` is at work there; wait for it, or end it") from None
        yield lock.fileno()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="a domain, or a file like training/configs/train/restaurant.yml")
    parser.add_argument("--stage", default="", help="data, tagger, policy, llama, evaluate, report or promote")
    parser.add_argument("--force", action="store_true", help="even if nothing has changed")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of public data")
    parser.add_argument("--runs", type=Path, default=RUNS)
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as Ctrl-C: the stage ends with us
    try:
        return run(plan_of(given.name, given.data, given.runs), given.stage, force=given.force)
    except (Busy, MaitreError, ValueError, OSError) as wrong:
        print(f"train: {wrong}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("train: stopped; the same command goes on from here", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
