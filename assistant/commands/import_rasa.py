"""`assistant import-rasa`: a domain folder out of a Rasa 3 project, and what could not be carried over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.problems import complain
from assistant.errors import BadRequest
from assistant.import_rasa.run import import_rasa as make


def import_rasa(
    project: Annotated[Path, typer.Argument(metavar="PATH", help="A Rasa 3 project: the folder with its config.yml.")],
    name: Annotated[str, typer.Option(help="What the domain is called; else as the project's folder.")] = "",
    path: Annotated[Path, typer.Option(help="The folder that holds the domains.")] = Path("domains"),
) -> None:
    """Make a domain out of a Rasa 3 project, and say what could not be carried over."""
    try:
        made = make(project, path, name)
    except BadRequest as error:
        complain(f"{error}; nothing was made")
    except OSError as error:
        complain(f"{error.filename or path}: {error.strerror or error}; nothing was made")
    typer.echo(f"{project} -> {made.folder}/ ({made.language})\n")
    for line in made.report.lines():
        typer.echo(line)
    typer.echo(f"\n{made.folder}/ loads. docs/import-rasa.md says how to go on.")
    if made.config:
        typer.echo(f"{made.config} says how its tagger is trained.")
