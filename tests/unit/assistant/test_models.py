from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.artefacts import Releases, releases_of
from assistant.domain import load_domain
from assistant.errors import BadRelease
from assistant.models import choose
from assistant.settings import ROOT, Settings
from tests.support.releases import ORIGIN, adapter_in, parts_in

DOMAIN = load_domain(ROOT / "domains" / "restaurant")
KINDS = {slot.name: slot.kind for slot in DOMAIN.slots}


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """The restaurant's releases, with `v1` active."""
    made = releases_of(tmp_path / "releases", DOMAIN)
    parts = replace(parts_in(tmp_path / "parts", slots=KINDS), llama=adapter_in(tmp_path / "adapter"))
    made.write("v1", parts, origin=ORIGIN, metrics={})
    made.activate("v1")
    return made


def settings(releases: Releases, **named: Any) -> Settings:
    return Settings(releases=releases.folder.parent, **named)


def test_the_active_release_is_chosen(releases):
    chosen = choose(settings(releases), DOMAIN)
    assert (chosen.tagger, chosen.policy) == (releases.folder / "v1/tagger", releases.folder / "v1/policy.tar.gz")
    assert (chosen.version, chosen.release, chosen.whole, chosen.llama) == ("v1", "v1", True, None)


def test_without_an_active_release_the_shipped_models_are_chosen(releases, tmp_path):
    releases.rollback()
    for folder in (releases.folder.parent, tmp_path / "nowhere"):
        chosen = choose(Settings(releases=folder), DOMAIN)
        assert (chosen.tagger, chosen.policy) == (ROOT / "models/tagger", ROOT / "var/policy-model.tar.gz")
        assert (chosen.version, chosen.release, chosen.whole) == ("shipped", "", False)


def test_a_model_that_a_variable_names_wins_over_the_release(releases, monkeypatch):
    monkeypatch.setenv("ASSISTANT_TAGGER", "/elsewhere/tagger")
    chosen = choose(settings(releases), DOMAIN)
    assert (chosen.tagger, chosen.policy) == (Path("/elsewhere/tagger"), releases.folder / "v1/policy.tar.gz")
    assert (chosen.release, chosen.whole) == ("v1", False)
    monkeypatch.setenv("ASSISTANT_POLICY_MODEL", "/elsewhere/policy.tar.gz")
    chosen = choose(settings(releases), DOMAIN)
    assert (chosen.policy, chosen.version) == (Path("/elsewhere/policy.tar.gz"), "shipped")


def test_a_policy_elsewhere_leaves_the_release_its_tagger(releases):
    chosen = choose(settings(releases, policy_url="http://127.0.0.1:5005"), DOMAIN)
    assert (chosen.tagger, chosen.release, chosen.whole) == (releases.folder / "v1/tagger", "v1", False)


def test_a_damaged_active_release_is_refused_and_one_that_is_not_used_does_no_harm(releases):
    (releases.folder / "v1/tagger/model.onnx").write_bytes(b"other")
    with pytest.raises(BadRelease, match=r"release v1: tagger/model\.onnx was altered"):
        choose(settings(releases), DOMAIN)
    assert choose(settings(releases, tagger=Path("t"), policy_model=Path("p")), DOMAIN).version == "shipped"


def test_the_adapter_of_the_release_is_chosen_where_a_model_in_this_process_wants_one(releases, tmp_path):
    chosen = choose(settings(releases, llama="local"), DOMAIN)
    assert (chosen.llama, chosen.whole) == (releases.folder / "v1/llama", True)
    named = settings(releases, llama="local", llama_adapter=tmp_path / "adapter")
    assert (choose(named, DOMAIN).llama, choose(named, DOMAIN).whole) == (None, False)
    others_named = settings(releases, llama="local", tagger=Path("t"), policy_model=Path("p"))
    assert (choose(others_named, DOMAIN).llama, choose(others_named, DOMAIN).release) == (chosen.llama, "v1")
