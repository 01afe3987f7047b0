from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.artefacts import Releases, releases_of
from assistant.cli import app
from assistant.domain import load_domain
from assistant.settings import ROOT
from tests.support.releases import ORIGIN, parts_in

DOMAIN = load_domain(ROOT / "domains" / "restaurant")


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Releases:
    """Two releases of the restaurant where the command looks for them."""
    monkeypatch.setenv("ASSISTANT_RELEASES", str(tmp_path / "releases"))
    made = releases_of(tmp_path / "releases", DOMAIN)
    for version in ("v1", "v2"):
        parts = parts_in(tmp_path / version, slots={slot.name: slot.kind for slot in DOMAIN.slots})
        made.write(version, parts, origin=ORIGIN, metrics={"slot_f1": 0.91234, "by_language": {"en": 0.9}})
    return made


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["models", *arguments])
    return result.exit_code, result.output


def row(output: str, version: str) -> str:
    (found,) = [line for line in output.splitlines() if version in line]
    return found


def test_the_list_shows_releases_figures_and_which_one_is_active(releases):
    releases.activate("v2")
    code, output = run("list")
    assert code == 0
    assert "active" in row(output, "v2")
    assert "previous" in row(output, "shipped")
    assert "slot_f1 0.9123" in row(output, "v1")
    assert ORIGIN.code in row(output, "v1")


def test_the_list_shows_what_is_wrong_with_a_broken_release(releases):
    (releases.folder / "v1" / "manifest.json").unlink()
    code, output = run("list")
    assert code == 0
    assert "manifest.json is missing" in output


def test_a_release_is_activated_and_rolled_back(releases):
    code, output = run("activate", "v1")
    assert (code, "v1 is active; before it was shipped" in output) == (0, True)
    assert "assistant models reload" in output
    run("activate", "v2")
    code, output = run("rollback")
    assert (code, "v1 is active again" in output, releases.active()) == (0, True, "v1")
    assert run("activate", "shipped")[0] == 0
    assert releases.active() == "shipped"


def test_old_releases_are_removed_and_named(releases):
    releases.activate("v2")
    assert run("prune", "--keep", "0") == (0, "removed: v1\n")
    assert run("prune") == (0, "there is nothing to remove\n")
    assert releases.active() == "v2"


def test_a_variable_that_wins_over_the_release_is_named(releases, monkeypatch):
    assert "wins" not in run("activate", "v1")[1]
    monkeypatch.setenv("ASSISTANT_TAGGER", "models/tagger")
    assert "ASSISTANT_TAGGER is set and wins over the release" in run("activate", "v2")[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("activate", "v9"), "assistant models list"),
        (("verify", "v9"), "assistant models list"),
        (("rollback",), "nothing was active before shipped"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_ends_with_1(releases, arguments, told):
    code, output = run(*arguments)
    assert (code, told in output, "Traceback" in output) == (1, True, False)


def test_verify_checks_the_active_release_and_names_the_file_that_was_altered(releases):
    code, output = run("verify")
    assert (code, "shipped" in output) == (0, True)
    run("activate", "v1")
    code, output = run("verify")
    assert (code, "v1 is whole: 5 files" in output) == (0, True)
    (releases.folder / "v1" / "tagger" / "tokenizer.json").write_text("{ }")
    code, output = run("verify")
    assert (code, "tagger/tokenizer.json was altered" in output) == (1, True)
    assert run("verify", "v2")[0] == 0
