"""The models in use, with which new ones are compared: the active release's, or the shipped ones.

Knows releases and where a run's models lie; does not know figures.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from assistant.adapters.llama_folder import check_adapter, check_base
from assistant.artefact_checks import MANIFEST, hashes
from assistant.artefacts import SHIPPED, releases_of
from assistant.domain import Domain, load_domain
from assistant.settings import Settings
from nlu.labels import misfit, read_labels
from nlu.tagger import ModelError, check
from training.configuration import read_settings
from training.llama_adapter import find_base
from training.stages import Plan


@dataclass(frozen=True, slots=True)
class Opponent:
    """The models in use. `tagger` is None where there are none for this domain yet; `identity` changes when they do.

    `llama` is None where the run makes no adapter, and where the one in use does not belong to the run's base.
    """

    version: str
    tagger: Path | None
    policy: Path
    llama: Path | None
    identity: str


def opponent(plan: Plan) -> Opponent:
    """Find the models in use.

    A release that this run has made itself is no opponent: then it is the one that its figures were compared with, so that
    nothing is measured again after a promotion.

    Raises:
        BadRelease: which one is active cannot be read, or that one is damaged.
        BadDomain: the domain cannot be read.
    """
    domain = load_domain(Path(plan.config.domain))
    releases = releases_of(Settings().releases, domain)
    version = releases.active()
    if version == SHIPPED:
        return _shipped(plan, domain)
    release = releases.verify(version)
    measured = _measured_against(plan) if _same(release.tagger, plan.tagger) else ""
    adapter = _fitting(release.llama or Settings().llama_adapter, plan)
    return Opponent(version, release.tagger, release.policy, adapter, measured or release.manifest.weights)


def _shipped(plan: Plan, domain: Domain) -> Opponent:
    """The shipped tagger with the run's own policy: no policy is shipped, it is made of the same files everywhere."""
    folder = Settings().tagger
    try:
        check(folder)
        fits = not misfit(read_labels(folder / "labels.json"), {slot.name: slot.kind for slot in domain.slots})
    except (ModelError, ValueError, OSError):
        fits = False
    if not fits:
        return Opponent("", None, plan.policy, None, "nothing")
    adapter = _fitting(Settings().llama_adapter, plan)
    manifests = b"".join(_manifest(one) for one in (folder, adapter) if one)
    return Opponent(SHIPPED, folder, plan.policy, adapter, hashlib.sha256(manifests).hexdigest())


def base_of(plan: Plan) -> Path:
    """The folder of the language model that the run's adapter is for.

    Raises:
        ModelError: there is none of that name.
    """
    return find_base(str(read_settings(Path(plan.config.llama))[0].get("base"))).folder


def _fitting(adapter: Path, plan: Plan) -> Path | None:
    """The adapter in use, if it can be served with the base of the run's own."""
    if plan.adapter is None:
        return None
    try:
        check_base(base_of(plan), {"in use": check_adapter(adapter)})
    except ModelError:
        return None
    return adapter


def _same(one: Path, other: Path) -> bool:
    return other.is_dir() and hashes(one) == hashes(other) and _manifest(one) == _manifest(other)


def _manifest(folder: Path) -> bytes:
    return (folder / MANIFEST).read_bytes()


def _measured_against(plan: Plan) -> str:
    """The identity of the models that this run's figures were compared with, empty where there are no figures."""
    if not plan.evaluation.is_file():
        return ""
    return str(json.loads(plan.evaluation.read_text(encoding="utf-8"))["against"]["identity"])
