"""Makes a domain out of a Rasa 3 project: its form, its slots and its examples, and an account of everything else.

A page to read aloud; each step is a module of its own. Nothing is written unless all of it can be.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assistant.import_rasa.asks import read_asks
from assistant.import_rasa.files import Project, read_project
from assistant.import_rasa.nlu import read_examples, write_rows
from assistant.import_rasa.report import Note, Report
from assistant.import_rasa.slots import choose_form, plan_slots
from assistant.import_rasa.write import write_domain
from assistant.new_domain import TEMPLATES, make_domain


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: the new folder, its training config where one was written, and the account."""

    folder: Path
    config: Path | None
    language: str
    report: Report


def import_rasa(project: Path, path: Path, name: str = "") -> Imported:
    """Makes `path/name` out of a Rasa 3 project, whole or not at all.

    Args:
        project: the folder with `config.yml`, `domain.yml` or `domain/`, and `data/`; it is only read.
        path: the folder that holds the domains.
        name: of the new domain; without one, the project folder's, in lower case.

    Raises:
        BadRequest: it is no Rasa 3 project, or something of that name is there.
        BadDomain: a file of the project cannot be taken; names file, line and key.
        OSError: the domain cannot be written.
    """
    report = Report()
    rasa = read_project(project)
    examples, values = read_examples(rasa, report)
    form, asked = choose_form(rasa, report)
    planned = plan_slots(rasa, asked, values, report)
    asks = read_asks(rasa, form, planned, report)
    rows = write_rows(rasa, form, examples, planned, values, report)
    _account(rasa, report)
    with tempfile.TemporaryDirectory(prefix="maitre-import-") as scratch:
        made = Path(scratch) / "domain"
        shutil.copytree(TEMPLATES / "domain", made)
        write_domain(made, rasa.language, planned, asks, rows)
        folder, config = make_domain(name or _name_of(project), path, str(made))
    return Imported(folder, config, rasa.language, report)


def _name_of(project: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "_", project.resolve().name.lower()).strip("_")


def _account(project: Project, report: Report) -> None:
    """What a Rasa project has besides, and what a domain needs besides."""
    for name, action in project.section("actions"):
        if not name.startswith("utter_"):
            report.left.append(
                Note(action.where, f"action {name}: Python; Maitre checks hours, places and slots itself")
            )
    for name, part in project.section("intents"):
        if not part.is_text and not part.is_empty and part.pairs().keys() & {"use_entities", "ignore_entities"}:
            report.left.append(
                Note(part.where, f"intent {name}: which entities it uses; every message is read for all slots")
            )
    for file in dict.fromkeys(step.file for step in project.steps):
        told = [step for step in project.steps if step.file == file]
        message = f"{len(told)} stories and rules, beyond which intent opens a form: Maitre has its own for a booking"
        report.left.append(Note(told[0].where, message))
    for key in ("session_config", "e2e_actions"):
        for part in project.domain.get(key, []):
            report.left.append(Note(part.where, f"{key}: Maitre decides when a conversation has gone quiet"))
    for key, part in project.config.pairs().items():
        if key in ("pipeline", "policies") and not part.is_empty:
            report.left.append(Note(part.where, f"{key}: Maitre has its own tagger and policy"))
        if key == "additional_languages":
            report.left.append(
                Note(part.where, f"{key}: a domain from Rasa speaks one language; add the other by hand")
            )
    for name in project.beside:
        report.left.append(Note(name, "it stays with Rasa: actions, channels, endpoints and tests are not Maitre's"))
    report.to_do += [
        Note(
            "booking.yml",
            "opening hours, how long a booking takes, tables or staff, questions and answers: a placeholder",
        ),
        Note(
            "slots.yml",
            "labels and refs; one choice for what is the same thing; role service or staff where a slot decides how long or who",
        ),
        Note(
            f"data/nlu.{project.language}.yml",
            "corrections and clears: no Rasa project marks them; docs/new-domain.md says how",
        ),
        Note(
            "tests/scenarios-*/",
            "a dialogue that must go right, without which `make train` does not begin: docs/scenarios.md",
        ),
    ]
