"""`assistant new-domain`: a folder to begin a domain with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.problems import complain
from assistant.errors import BadRequest
from assistant.new_domain import TEMPLATE, dialogues_of, make_domain


def new_domain(
    name: Annotated[str, typer.Argument(help="What the domain is called: lower-case letters, digits and _.")],
    source: Annotated[
        str, typer.Option("--from", help="What to begin with: `template`, or a domain folder.")
    ] = TEMPLATE,
    path: Annotated[Path, typer.Option(help="The folder that holds the domains.")] = Path("domains"),
) -> None:
    """Make a new domain: a folder to edit, with comments that explain every key."""
    try:
        folder, config = make_domain(name, path, source)
    except BadRequest as error:
        complain(str(error))
    except OSError as error:
        complain(f"{error.filename or path}: {error.strerror or error}; nothing was made")
    typer.echo(
        f"{folder}/ is there. Edit slots.yml, booking.yml, responses/ and data/nlu.*.yml; every key is explained."
    )
    if config:
        typer.echo(f"{config} says how its tagger is trained.")
    dialogues = dialogues_of(name, path)
    if dialogues and dialogues.is_dir():
        typer.echo(f"{dialogues}/ holds dialogues that new models must hold: make them yours.")
    typer.echo("docs/new-domain.md goes through it step by step.")
