"""Which models a server thinks with: those that the settings name, else the active release's, else the shipped ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.artefacts import SHIPPED, releases_of
from assistant.domain import Domain
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Chosen:
    """The models to load. `release` is the version that they come from, empty where none of them does.

    `whole` says that all of them are the release's, and so cannot have changed while its version is the same. `llama` is
    the adapter of the release, or None where none is wanted or it has none.
    """

    tagger: Path
    policy: Path
    release: str = ""
    whole: bool = False
    llama: Path | None = None

    @property
    def version(self) -> str:
        """The release, or `shipped`."""
        return self.release or SHIPPED


def choose(settings: Settings, domain: Domain) -> Chosen:
    """The models to load now. Every file of the release is checked; a model that a variable names wins over it.

    Raises:
        BadRelease: the active release is damaged, or made for another domain or version of this code.
    """
    named = settings.model_fields_set
    tagger_named, policy_named = "tagger" in named, "policy_model" in named or bool(settings.policy_url)
    adapter_wanted = settings.llama == "local" and "llama_adapter" not in named
    releases = releases_of(settings.releases, domain)
    nothing_wanted = tagger_named and policy_named and not adapter_wanted
    if nothing_wanted or (version := releases.active()) == SHIPPED:
        return Chosen(settings.tagger, settings.policy_model)
    release = releases.verify(version)
    llama = release.llama if adapter_wanted else None
    return Chosen(
        tagger=settings.tagger if tagger_named else release.tagger,
        policy=settings.policy_model if policy_named else release.policy,
        release=version,
        whole=not tagger_named and not policy_named and (settings.llama != "local" or llama is not None),
        llama=llama,
    )
