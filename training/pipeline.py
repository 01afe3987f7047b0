"""Trains everything that a domain is served with, stage by stage, and promotes it if every gate holds: `make train`.

    python -m training.pipeline restaurant                       every stage that is due
    python -m training.pipeline restaurant --stage tagger        one stage, and those that it needs and that are due
    python -m training.pipeline restaurant --force               every stage, or the named one, whether it is due or not

A stage is due if the contents of what it is made from differ from those of its last success, or if what it makes is not there.
Stages that do not need each other run side by side. A killed stage goes on where it was, unless what it is made from has
changed. Knows stages; no model.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final

from assistant.errors import MaitreError
from assistant.files import sha256_of, write_whole
from training.baseline import opponent
from training.crew import Crew
from training.ready import refuse_unready
from training.stages import RUNS, Plan, Stage, plan_of, stages

SIDE_BY_SIDE: Final = 2
"""Stages at work at the same time. Tagger and language model learn best on one thread each."""
DONE: Final = "done.json"
BEGUN: Final = "begun.json"


Staging = Callable[[Plan, str], list[Stage]]
"""The stages of a plan; the second argument names the models to compare with."""


class Busy(RuntimeError):
    """Another process is at work on the same run."""


class Notes:
    """What is remembered of each stage, on the disk: `made_from`, the hash of its last success, and the `seconds` that it took.

    Args:
        folder: of the run.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / DONE
        self._writing = threading.Lock()

    def of(self, name: str) -> dict[str, Any]:
        """What is known of a stage; nothing where it never succeeded."""
        return dict(self._all().get(name, {}))

    def add(self, name: str, **facts: Any) -> None:
        """Remember something of a stage."""
        with self._writing:
            known = self._all()
            _remember(self._path, {**known, name: {**known.get(name, {}), **facts}})

    def _all(self) -> dict[str, Any]:
        return dict(json.loads(self._path.read_text(encoding="utf-8"))) if self._path.is_file() else {}


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a run, and who works on it."""

    plan: Plan
    staging: Staging
    wanted: list[Stage]
    notes: Notes
    crew: Crew


def run(plan: Plan, stage: str = "", *, force: bool = False, staging: Staging = stages) -> int:
    """Run the stages that are due.

    Args:
        plan: of the run.
        stage: the one that is wanted, with those before it that it needs; empty: all.
        force: run the wanted stage, or all, even if nothing has changed.
        staging: the stages.

    Returns:
        0, or 1 if a stage failed; those that need it were not run then.

    Raises:
        Busy: another process is at work on the run.
        ValueError: a configuration cannot be read.
        OSError: the disk does not take what has to be remembered.
    """
    plan.out.mkdir(parents=True, exist_ok=True)
    with _locked(plan.out) as lock, Crew(lock) as crew:
        order = Order(plan, staging, _wanted(staging(plan, ""), stage), Notes(plan.out), crew)
        if force:
            for one in order.wanted:
                if stage in ("", one.name):  # remembered, so that a forced run that is killed goes on as a forced one
                    order.notes.add(one.name, made_from="")
                    (plan.work(one.name) / BEGUN).unlink(missing_ok=True)
        return _run_all(order)


def _wanted(all_of_them: Sequence[Stage], name: str) -> list[Stage]:
    """The stage of that name and those that make what it needs, in order."""
    if not name:
        return list(all_of_them)
    known = {one.name: one for one in all_of_them}
    if name not in known:
        raise ValueError(f"{name}: this run has no such stage; it has {', '.join(known)}")
    wanted = {name}
    for one in reversed(all_of_them):
        if any(_before(one, known[later]) for later in wanted):
            wanted.add(one.name)
    return [one for one in all_of_them if one.name in wanted]


def _before(one: Stage, other: Stage) -> bool:
    """Whether the one makes what the other needs."""
    return bool(set(one.makes) & set(other.needs))


def _run_all(order: Order) -> int:
    """Runs each wanted stage as soon as those that it needs have succeeded. After a failure none is begun any more."""
    graph = TopologicalSorter({one.name: [it.name for it in order.wanted if _before(it, one)] for one in order.wanted})
    graph.prepare()
    at_work: dict[Future[bool], str] = {}
    failed = False
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        try:
            while graph.is_active():
                if not failed:
                    at_work |= {pool.submit(_succeeds, order, name): name for name in graph.get_ready()}
                if not at_work:
                    break
                for done in wait(at_work, return_when=FIRST_COMPLETED).done:
                    name = at_work.pop(done)
                    if done.result():
                        graph.done(name)
                    else:
                        failed = True
        except BaseException as stop:
            order.crew.end(told=isinstance(stop, KeyboardInterrupt))
            raise
    return int(failed)


def _succeeds(order: Order, name: str) -> bool:
    """Runs a stage if it is due, and tells whether all is well. What it needs is looked at now, after those before it."""
    plan, crew = order.plan, order.crew
    against = opponent(plan).identity if name == "evaluate" else ""
    stage = next(one for one in order.staging(plan, against) if one.name == name)
    spare = {path for one in order.wanted if one.spare for path in one.makes}
    if missing := [str(path) for path in stage.needs if not path.is_file() and path not in spare]:
        crew.tell(f"{name}: is made from {missing[0]}, which is not there", sys.stderr)
        return False
    made_from = _print_of(stage)
    if order.notes.of(name).get("made_from") == made_from and all(path.exists() for path in stage.makes):
        crew.tell(f"{name}: up to date")
        return True
    if not _work(stage, order, made_from):
        return stage.spare
    if _print_of(stage) != made_from:
        crew.tell(f"{name}: what it is made from has changed meanwhile; it is due again the next time")
    return True


def _work(stage: Stage, order: Order, made_from: str) -> bool:
    """Runs the commands of a stage; whether they succeeded."""
    name, plan = stage.name, order.plan
    place = [one.name for one in order.wanted].index(name) + 1
    order.crew.tell(
        f"{name}: stage {place} of {len(order.wanted)}, about {max(_minutes(order, stage), 1):.0f} min; "
        f"{_minutes_from(order, stage):.0f} min with what may follow"
    )
    began = time.monotonic()
    resume = stage.resumes and _begin(plan.work(name), made_from)
    for number, command in enumerate(stage.commands):
        again = ("--resume",) if resume and number == 0 else ()
        if status := order.crew.run(name, (*command, *again)):
            then = "the run goes on without it" if stage.spare else "what was active still serves"
            order.crew.tell(f"{name}: failed with status {status}, for the reason above; {then}")
            return False
    if stage.publish:
        _publish(*stage.publish)
    order.notes.add(name, made_from=made_from, seconds=round(time.monotonic() - began, 1))
    return True


def _minutes(order: Order, stage: Stage) -> float:
    """What a stage took the last time; where it never ran, on two free cores."""
    return float(order.notes.of(stage.name).get("seconds", 60 * stage.minutes)) / 60


def _minutes_from(order: Order, stage: Stage) -> float:
    """Minutes from the beginning of a stage to the end of the longest way that leads on from it."""
    after = [_minutes_from(order, one) for one in order.wanted if _before(stage, one)]
    return _minutes(order, stage) + max(after, default=0.0)


def _begin(work: Path, print_of: str) -> bool:
    """Whether a killed run with the same inputs can be gone on with; if not, the folder is emptied for a new one."""
    note = work / BEGUN
    try:
        if json.loads(note.read_text(encoding="utf-8")) == print_of:
            return True
    except (OSError, ValueError):
        pass  # none, or half a one: begin anew
    shutil.rmtree(work, ignore_errors=True)
    _remember(note, print_of)
    return False


def _remember(path: Path, content: Any) -> None:
    try:
        write_whole(path, [json.dumps(content, indent=1)])
    except OSError as fault:  # that of writing names no file
        raise OSError(f"{path}: was not written: {fault.strerror}") from fault


def _print_of(stage: Stage) -> str:
    """A hash over the names and contents of what a stage is made from."""
    digest = hashlib.sha256(stage.against.encode())
    for path in stage.needs:
        content = sha256_of(path) if path.is_file() else ""  # what a spare stage did not make
        digest.update(f"\0{path}\0{content}".encode())
    return digest.hexdigest()


def _publish(made: Path, place: Path) -> None:
    """Puts a finished folder into its place; a kill in between leaves no folder there, so that the stage is due."""
    old = place.with_name(f"{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    made.rename(place)
    shutil.rmtree(old, ignore_errors=True)


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
        plan = plan_of(given.name, given.data, given.runs)
        refuse_unready(plan)
        return run(plan, given.stage, force=given.force)
    except (Busy, MaitreError, ValueError, OSError) as wrong:
        print(f"train: {wrong}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("train: stopped; the same command goes on from here", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
