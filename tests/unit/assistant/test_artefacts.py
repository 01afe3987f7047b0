from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.artefacts import SHIPPED, Releases
from assistant.errors import BadRelease, Unavailable
from assistant.settings import ROOT
from nlu.types import Kind
from tests.support.releases import ORIGIN, SLOTS, parts_in

KILLER = Path(__file__).with_name("kill_releases.py")


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """Two releases, `old` and `new`, and none active."""
    made = Releases(tmp_path / "releases" / "tiny", SLOTS)
    for version in ("old", "new"):
        parts = parts_in(tmp_path / version, weights=version.encode())
        made.write(version, parts, origin=ORIGIN, metrics={"slot_f1": {"en": 0.9}})
    return made


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_holds_its_parts_and_says_what_it_was_made_from(releases, tmp_path):
    release = releases.verify("new")
    assert (release.tagger / "model.onnx").read_bytes() == b"new"
    assert release.policy.read_bytes() == (tmp_path / "new" / "policy.tar.gz").read_bytes()
    assert release.llama is None
    manifest = release.manifest
    assert (manifest.domain, manifest.version, manifest.origin) == ("tiny", "new", ORIGIN)
    assert manifest.metrics == {"slot_f1": {"en": 0.9}}
    assert set(manifest.files) == set(tree(release.folder)) - {"manifest.json"}


def test_the_same_inputs_give_the_same_manifest_wherever_and_whenever_it_is_written(releases, tmp_path):
    other = Releases(tmp_path / "elsewhere" / "tiny", SLOTS)
    other.write("new", parts_in(tmp_path / "again", weights=b"new"), origin=ORIGIN, metrics={"slot_f1": {"en": 0.9}})
    assert tree(other.folder / "new") == tree(releases.folder / "new")


def test_writing_the_same_release_again_changes_nothing_and_another_one_of_that_name_is_refused(releases, tmp_path):
    before = tree(releases.folder / "new")
    parts = parts_in(tmp_path / "again", weights=b"new")
    assert releases.write("new", parts, origin=ORIGIN, metrics={"slot_f1": {"en": 0.9}}).version == "new"
    with pytest.raises(BadRelease, match="other content; give the new one another version"):
        releases.write("new", parts, origin=ORIGIN, metrics={"slot_f1": {"en": 0.8}})
    assert tree(releases.folder / "new") == before


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".hidden", "a/b", "../out", "/x", "-x", "v\n", "가", "x" * 65, SHIPPED]
)
def test_a_name_that_is_no_version_is_refused_and_nothing_is_written(tmp_path, name):
    releases = Releases(tmp_path / "releases" / "tiny", SLOTS)
    parts = parts_in(tmp_path / "parts")
    before = tree(tmp_path)
    with pytest.raises(BadRelease, match="name it with"):
        releases.write(name, parts, origin=ORIGIN, metrics={})
    assert tree(tmp_path) == before


def test_a_tagger_for_other_slots_does_not_become_a_release(tmp_path):
    releases = Releases(tmp_path / "releases" / "tiny", SLOTS)
    parts = parts_in(tmp_path / "parts", slots={"time": Kind.TIME, "stylist": Kind.NAME})
    with pytest.raises(BadRelease, match=r"release v1: .* lacks name, name.old and has stylist"):
        releases.write("v1", parts, origin=ORIGIN, metrics={})
    assert releases.all() == []
    assert not any(path.is_dir() for path in releases.folder.iterdir())


def test_a_full_disk_is_said_and_leaves_no_half_release(releases, tmp_path):
    parts = parts_in(tmp_path / "large", weights=b"x" * 100_000)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(Unavailable, match="release v3 was not written"):
            releases.write("v3", parts, origin=ORIGIN, metrics={})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert [listed.version for listed in releases.all()] == ["new", "old"]
    assert not (releases.folder / ".writing").exists()


def test_without_an_activation_the_shipped_models_are_active(releases, tmp_path):
    assert (releases.active(), releases.previous()) == (SHIPPED, None)
    empty = Releases(tmp_path / "nothing" / "tiny", SLOTS)
    assert (empty.active(), empty.all()) == (SHIPPED, [])
    assert not empty.folder.exists()


def test_a_rollback_goes_back_step_by_step_to_the_shipped_models_and_then_no_further(releases):
    assert releases.activate("old") == SHIPPED
    assert releases.activate("new") == "old"
    assert releases.activate("new") == "new"
    assert (releases.active(), releases.previous()) == ("new", "old")
    assert [releases.rollback(), releases.rollback()] == ["old", SHIPPED]
    with pytest.raises(BadRelease, match="nothing was active before shipped"):
        releases.rollback()


def test_pruning_leaves_the_active_release_the_one_before_it_and_the_newest_others(releases, tmp_path):
    for version in ("a", "b", "c"):
        releases.write(version, parts_in(tmp_path / version), origin=ORIGIN, metrics={})
    for age, version in enumerate(("c", "new", "b", "a", "old")):  # c is the newest
        os.utime(releases.folder / version, (1_000_000 - age, 1_000_000 - age))
    for version in ("a", "old", "b"):
        releases.activate(version)
    assert releases.prune(1) == ["a", "new"]
    assert [listed.version for listed in releases.all()] == ["b", "c", "old"]
    assert releases.active() == "b"
    assert releases.rollback() == "old"
    assert releases.rollback() == SHIPPED  # a is gone, and nothing leads to it
    assert releases.prune(9) == []
    assert releases.verify("c")


def test_a_damaged_release_is_not_activated_and_the_active_one_stays(releases):
    releases.activate("old")
    (releases.folder / "new" / "tagger" / "model.onnx").write_bytes(b"nEw")
    with pytest.raises(BadRelease, match=r"release new: tagger/model\.onnx was altered"):
        releases.activate("new")
    assert releases.active() == "old"


def test_a_rollback_to_a_damaged_release_is_refused_and_the_active_one_stays(releases):
    releases.activate("old")
    releases.activate("new")
    (releases.folder / "old" / "policy.tar.gz").unlink()
    with pytest.raises(BadRelease, match=r"release old: policy\.tar\.gz is missing"):
        releases.rollback()
    assert releases.active() == "new"


def test_a_release_that_is_not_there_is_named(releases):
    for name in ("v9", "../old", "", ".writing"):
        with pytest.raises(BadRelease, match="assistant models list"):
            releases.activate(name)


def test_a_damaged_pointer_is_said_and_an_activation_writes_it_again(releases):
    (releases.folder / "active.json").write_text('{"active": ')
    with pytest.raises(BadRelease, match="activate VERSION` writes it again"):
        releases.active()
    releases.activate("old")
    assert releases.active() == "old"


def test_a_broken_release_is_listed_with_its_problem(releases):
    (releases.folder / "old" / "manifest.json").write_text("{}")
    (releases.folder / "foreign").mkdir()
    problems = {listed.version: listed.problem for listed in releases.all()}
    assert problems["new"] == ""
    assert "manifest.json: format" in problems["old"]
    assert "manifest.json is missing" in problems["foreign"]


def test_two_processes_activate_at_once_and_every_activation_is_remembered(releases):
    program = (
        "import sys; from pathlib import Path\n"
        "from assistant.artefacts import Releases; from tests.support.releases import SLOTS\n"
        "releases = Releases(Path(sys.argv[1]), SLOTS)\n"
        "for _ in range(10): releases.activate('old'); releases.activate('new')\n"
    )
    command = (sys.executable, "-c", program, str(releases.folder))
    both = [subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert releases.active() == "new"
    versions = ["new"]
    while (before := releases.previous()) is not None:
        assert before != versions[-1]  # an activation that overwrote another one would leave a version twice in a row
        versions.append(releases.rollback())
    assert versions[-1] == SHIPPED


@pytest.mark.parametrize(("mode", "most"), [("swept", 500), ("random", 120)])
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_and_nothing_half(tmp_path, mode, most):
    started = time.monotonic()
    done = subprocess.run(
        (sys.executable, str(KILLER), str(tmp_path), mode, str(most)),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    assert result["killed"] >= {"swept": 100, "random": 120}[mode], result["killed"]
    assert time.monotonic() - started < 120
