"""What would stop a run late is found before it begins: the domain, its rows' languages, its dialogues. Trains nothing."""

from __future__ import annotations

from pathlib import Path

from assistant.domain import Domain, load_domain
from assistant.domain_files import Document
from assistant.scenarios.fits import refuse_foreign
from training import evaluate_dialogues as dialogues
from training.mixture import LANGUAGES
from training.stages import Plan


def refuse_unready(plan: Plan) -> None:
    """Look at everything that a run needs besides rows, which its first stage looks at.

    Raises:
        BadDomain: the domain could not be served, has a language without rows, or a dialogue names what the domain has not;
            names file, line, key and value.
        BadRequest: a dialogue cannot be played.
        ValueError: there is no dialogue to judge the models by.
    """
    domain = load_domain(Path(plan.config.domain))
    _refuse_silent_languages(Path(plan.config.domain), domain)
    if not dialogues.load(plan.config.canary):
        raise ValueError(
            f"{plan.settings}: canary: no dialogue is in {', '.join(plan.config.canary) or 'it'}; write one that must go right"
            " (docs/scenarios.md), without any no models become active"
        )
    for path, scenario in dialogues.load([*plan.config.scenarios, *plan.config.canary]).items():
        refuse_foreign(path, scenario, domain)


def _refuse_silent_languages(folder: Path, domain: Domain) -> None:
    """Every language that a booking has a name in needs rows to be learnt from."""
    for language in domain.languages:
        rows = folder / "data" / f"nlu.{language}.yml"
        said = ""
        if language not in LANGUAGES:
            said = (
                f"{language!r} is no language that models are made for; remove it, {' and '.join(LANGUAGES)} are known"
            )
        elif not rows.is_file():
            said = f"{language!r} is spoken here, but there is no {rows}; write rows in it, or remove the language"
        if said:
            raise Document(folder / "booking.yml", str(folder / "booking.yml")).bad(
                ("venues", 0, "name", language), said
            )
