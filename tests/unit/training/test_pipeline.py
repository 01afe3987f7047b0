"""Which stages run, and what a kill, a change or a failure leaves behind."""

from __future__ import annotations

import dataclasses
import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from training.pipeline import Busy, Notes, main, run
from training.stages import Config, Plan, Stage

ROOT = Path(__file__).parents[3]
STAGE = """
import sys, pathlib, time
name, out, log, *flags = sys.argv[1:]
with open(log, "a") as file:
    print(name, *flags, file=file)
if pathlib.Path(log).with_name("slow").exists() and name == "tagger":
    pathlib.Path(out).with_name("work").joinpath("tagger", "half").write_text("half")
    time.sleep(60)
if pathlib.Path(log).with_name("meet").exists() and name in ("tagger", "llama"):
    pathlib.Path(log).with_name(name + ".here").touch()
    other = pathlib.Path(log).with_name({"tagger": "llama", "llama": "tagger"}[name] + ".here")
    until = time.monotonic() + 20
    while not other.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert other.exists(), "the other stage is not at work"
if pathlib.Path(log).with_name("fails").exists() and name == "tagger":
    sys.exit("domains/x/data/nlu.en.yml:3: 'frobnicate' is no act")
pathlib.Path(out).write_text(name + pathlib.Path(log).with_name("input").read_text())
"""


def plan_in(folder: Path) -> Plan:
    config = Config("domains/restaurant", "", "", "", [], [], "")
    return Plan("tiny", "tiny", config, folder / "absent", folder / "runs")


def staging(plan: Plan, _: str) -> list[Stage]:
    """Three stages, each made from what the one before it made."""
    made = [plan.out / name for name in ("data", "tagger", "policy")]
    needs = [plan.out.parent / "input", *made]
    log = plan.out.parent / "log"
    return [
        Stage(
            place.name,
            ((sys.executable, "-c", STAGE, place.name, str(place), str(log)),),
            (need,),
            (place,),
            1,
            resumes=place.name == "tagger",
        )
        for place, need in zip(made, needs, strict=False)
    ]


def branching(plan: Plan, _: str) -> list[Stage]:
    """Tagger and language model are both made from the data, the report from both."""
    data, tagger, llama, report = (plan.out / name for name in ("data", "tagger", "llama", "report"))
    log = str(plan.out.parent / "log")

    def stage(made: Path, minutes: float, *needs: Path) -> Stage:
        return Stage(made.name, ((sys.executable, "-c", STAGE, made.name, str(made), log),), needs, (made,), minutes)

    return [
        stage(data, 2, plan.out.parent / "input"),
        stage(tagger, 30, data),
        stage(llama, 10, data),
        stage(report, 6, tagger, llama),
    ]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "input").write_text("1")
    return plan_in(tmp_path)


def ran(plan: Plan) -> list[str]:
    """What has run since this was asked last."""
    log = plan.out.parent / "log"
    lines = log.read_text().splitlines() if log.is_file() else []
    log.unlink(missing_ok=True)
    return lines


def begin_elsewhere(plan: Plan) -> subprocess.Popen[str]:
    """The same run in another process, which has come as far as the slow stage."""
    (plan.out.parent / "slow").touch()
    program = (
        "from tests.unit.training.test_pipeline import *\n"
        "import sys, signal; signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # who runs the tests may ignore it, and that is inherited
        f"sys.exit(run(plan_in(Path({str(plan.out.parent)!r})), staging=staging))"
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, start_new_session=True, text=True)
    half = plan.work("tagger") / "half"
    until = time.monotonic() + 60
    while not half.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert half.exists()
    (plan.out.parent / "slow").unlink()
    return process


def test_only_what_has_changed_is_made_again(plan: Plan) -> None:
    assert run(plan, staging=staging) == 0
    assert ran(plan) == ["data", "tagger", "policy"]
    assert run(plan, staging=staging) == 0
    assert ran(plan) == []
    (plan.out.parent / "input").touch()
    assert run(plan, staging=staging) == 0
    assert ran(plan) == []
    (plan.out.parent / "input").write_text("2")
    assert run(plan, staging=staging) == 0
    assert ran(plan) == ["data", "tagger", "policy"]
    (plan.out / "policy").unlink()
    assert run(plan, staging=staging) == 0
    assert ran(plan) == ["policy"]


def test_one_stage_runs_with_those_that_it_needs(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(plan, "tagger", staging=staging) == 0
    assert ran(plan) == ["data", "tagger"]
    assert run(plan, "tagger", staging=staging) == 0
    assert "tagger: up to date" in capsys.readouterr().out
    with pytest.raises(ValueError, match=r"eat: this run has no such stage; it has data, tagger, policy"):
        run(plan, "eat", staging=staging)


@pytest.mark.parametrize(("stage", "again"), [("", ["data", "tagger", "policy"]), ("tagger", ["tagger"])])
def test_a_forced_stage_runs_although_nothing_has_changed(plan: Plan, stage: str, again: Sequence[str]) -> None:
    run(plan, staging=staging)
    ran(plan)
    assert run(plan, stage, force=True, staging=staging) == 0
    assert ran(plan) == again


def kill_all(process: subprocess.Popen[str], plan: Plan) -> None:
    """Kill a run with its stages, and wait until the last of them is gone: a stage holds the lock until then."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with (plan.out / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def test_a_killed_run_goes_on_where_it_was(plan: Plan) -> None:
    process = begin_elsewhere(plan)
    kill_all(process, plan)
    assert ran(plan) == ["data", "tagger"]
    assert run(plan, staging=staging) == 0
    assert ran(plan) == ["tagger --resume", "policy"]


def test_a_killed_run_begins_anew_where_its_inputs_have_changed(plan: Plan) -> None:
    process = begin_elsewhere(plan)
    kill_all(process, plan)
    ran(plan)
    (plan.out.parent / "input").write_text("2")
    assert run(plan, staging=staging) == 0
    assert ran(plan) == ["data", "tagger", "policy"]
    assert not (plan.work("tagger") / "half").exists()


def test_the_end_of_a_run_is_the_end_of_its_stage(plan: Plan) -> None:
    process = begin_elsewhere(plan)
    with pytest.raises(Busy, match="another `make train` is at work there"):
        run(plan, staging=staging)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with pytest.raises(Busy):  # its stage is still at work, and has the lock
        run(plan, staging=staging)
    kill_all(process, plan)
    assert run(plan, staging=staging) == 0


def test_a_stage_that_fails_stops_the_run_and_leaves_what_was_there(
    plan: Plan, capfd: pytest.CaptureFixture[str]
) -> None:
    run(plan, staging=staging)
    (plan.out.parent / "input").write_text("2")
    (plan.out.parent / "fails").touch()
    ran(plan)
    assert run(plan, staging=staging) != 0
    assert ran(plan) == ["data", "tagger"]
    said = capfd.readouterr()
    assert "domains/x/data/nlu.en.yml:3: 'frobnicate' is no act" in said.err
    assert "tagger: failed with status 1" in said.out
    assert (plan.out / "tagger").read_text() == "tagger1"


def test_inputs_that_change_while_a_stage_is_at_work_make_it_due_again(plan: Plan) -> None:
    def changing(one: Plan, against: str) -> list[Stage]:
        data, *others = staging(one, against)
        program = f"open({str(one.out.parent / 'input')!r}, 'a').write('x')"
        return [Stage("data", (*data.commands, (sys.executable, "-c", program)), data.needs, data.makes, 1), *others]

    assert run(plan, staging=changing) == 0
    assert (plan.out / "data").read_text() == "data1"
    assert run(plan, staging=staging) == 0
    assert (plan.out / "data").read_text() == "data1x"


def test_stages_that_do_not_need_each_other_run_side_by_side(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    (plan.out.parent / "meet").touch()
    assert run(plan, staging=branching) == 0
    first, *both, last = ran(plan)
    assert (first, sorted(both), last) == ("data", ["llama", "tagger"], "report")
    said = capsys.readouterr().out
    assert "data: stage 1 of 4, about 2 min; 38 min with what may follow" in said
    assert "llama: stage 3 of 4, about 10 min; 16 min with what may follow" in said


def test_what_runs_beside_a_stage_that_fails_is_kept(plan: Plan) -> None:
    for name in ("meet", "fails"):
        (plan.out.parent / name).touch()
    assert run(plan, staging=branching) == 1
    assert sorted(ran(plan)) == ["data", "llama", "tagger"]
    for name in ("meet", "fails"):
        (plan.out.parent / name).unlink()
    assert run(plan, staging=branching) == 0
    assert ran(plan) == ["tagger", "report"]


def test_a_run_goes_on_without_a_stage_that_it_can_spare(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    def sparing(one: Plan, against: str) -> list[Stage]:
        found = branching(one, against)
        return [dataclasses.replace(stage, spare=stage.name == "tagger") for stage in found]

    (plan.out.parent / "fails").touch()
    assert run(plan, staging=sparing) == 0
    assert sorted(ran(plan)) == ["data", "llama", "report", "tagger"]
    assert "tagger: failed with status 1, for the reason above; the run goes on without it" in capsys.readouterr().out
    (plan.out.parent / "fails").unlink()
    assert run(plan, staging=sparing) == 0
    assert ran(plan) == ["tagger", "report"]


def test_a_disk_that_takes_no_note_is_named_and_leaves_the_older_ones(plan: Plan) -> None:
    run(plan, "data", staging=staging)
    Notes(plan.out).add("older", made_from="x" * 9000)  # more than what the run says on the way
    known = (plan.out / "done.json").read_text()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(known), hard))
    try:
        with pytest.raises(OSError, match=r"done\.json: was not written: File too large"):
            run(plan, staging=staging)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (plan.out / "done.json").read_text() == known


def test_a_domain_that_could_not_be_served_is_not_trained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree("domains/salon", tmp_path / "salon")
    booking = tmp_path / "salon/booking.yml"
    booking.write_text(booking.read_text().replace("horizon_days", "horizons_day"))
    settings = Path("training/configs/train/any.yml").read_text().replace("domains/{domain}", str(tmp_path / "salon"))
    (tmp_path / "mine.yml").write_text(settings)
    assert main([str(tmp_path / "mine.yml"), "--runs", str(tmp_path / "runs")]) == 2
    assert "booking.yml:2: horizons_day: 'horizons_day' is not known here" in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()


def test_a_dialogue_that_cannot_be_played_is_told_before_anything_is_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dialogues").mkdir()
    (tmp_path / "dialogues/first.yaml").write_text(Path("tests/scenarios/S04_clear_one.yaml").read_text() + "odd: 1\n")
    settings = tmp_path / "mine.yml"
    written = Path("training/configs/train/restaurant.yml").read_text().replace("tests/canary", f"{tmp_path}/dialogues")
    settings.write_text(written)
    assert main([str(settings), "--data", str(tmp_path), "--runs", str(tmp_path / "runs")]) == 2
    assert "first.yaml" in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()


def test_what_a_stage_is_made_from_must_be_there(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    (plan.out.parent / "input").unlink()
    assert run(plan, staging=staging) == 1
    assert f"data: is made from {plan.out.parent / 'input'}, which is not there" in capsys.readouterr().err


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_stops_its_stage(plan: Plan, how: signal.Signals) -> None:
    process = begin_elsewhere(plan)
    if how == signal.SIGINT:
        os.killpg(process.pid, how)  # as Ctrl-C does
    else:
        os.kill(process.pid, how)
    assert process.wait(20) != 0
    with (plan.out / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
