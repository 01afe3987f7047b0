"""`assistant models`: which releases of models there are, which one is active, and changing that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.artefact_checks import MANIFEST
from assistant.artefacts import SHIPPED, Listed, Releases, releases_of
from assistant.commands.client import CaOption, ServerOption, TokenOption, connected
from assistant.commands.problems import complain
from assistant.errors import MaitreError
from assistant.settings import PREFIX, Settings

app = typer.Typer(no_args_is_help=True, help="List, check and activate releases of trained models.")

PATIENCE = 130.0
"""Seconds that a server may take to load models, a little more than it allows itself."""
NAMED = ("tagger", "policy_model", "policy_url", "llama_adapter")
"""The settings that win over a release."""

VersionArgument = Annotated[str, typer.Argument(help="A release, or `shipped`: the models that come with Maitre.")]


@app.command("list")
def show_all() -> None:
    """Show every release of the domain with its figures, and which one is active."""
    with _releases() as releases:
        active, previous = releases.active(), releases.previous()
        table = Table("version", "", "made", "code", "weights", "figures")
        table.add_row(SHIPPED, _state(SHIPPED, active, previous), "", "", "", "")
        for listed in releases.all():
            table.add_row(listed.version, _state(listed.version, active, previous), *_columns(listed, releases.folder))
        Console().print(table)


@app.command()
def activate(version: VersionArgument) -> None:
    """Check a release and make it the active one."""
    with _releases() as releases:
        before = releases.activate(version)
    typer.echo(f"{version} is active; before it was {before}")
    _tell_what_is_left()


@app.command()
def rollback() -> None:
    """Make the release active that was active before; a further rollback goes one further back."""
    with _releases() as releases:
        version = releases.rollback()
    typer.echo(f"{version} is active again")
    _tell_what_is_left()


@app.command()
def verify(version: Annotated[str, typer.Argument(help="A release; default: the active one.")] = "") -> None:
    """Check every file of a release: 0 if it can be served, 1 with the reason if not."""
    with _releases() as releases:
        checked = version or releases.active()
        if checked == SHIPPED:
            typer.echo("the shipped models are no release; a server checks them when it loads them")
            return
        release = releases.verify(checked)
    typer.echo(f"{release.version} is whole: {len(release.manifest.files)} files, weights {release.manifest.weights}")


@app.command()
def prune(
    keep: Annotated[int, typer.Option(min=0, help="How many stay beside the active one and the one before it.")] = 3,
) -> None:
    """Remove old releases from the disk; the active one and the one before it always stay."""
    with _releases() as releases:
        gone = releases.prune(keep)
    typer.echo(f"removed: {', '.join(gone)}" if gone else "there is nothing to remove")


@app.command()
def reload(server: ServerOption = "", token: TokenOption = "", ca: CaOption = None) -> None:
    """Make a running server go on with the active release; SIGHUP does the same."""
    from assistant.pb import assistant_pb2 as pb
    from assistant.pb.assistant_pb2_grpc import AssistantServiceStub

    with connected(server, token, ca) as (channel, metadata):
        stub = AssistantServiceStub(channel)
        answer = stub.ReloadModels(pb.ReloadModelsRequest(), timeout=PATIENCE, metadata=metadata)
    typer.echo(f"the server goes on with {answer.version}; before it was {answer.previous}")


@contextmanager
def _releases() -> Iterator[Releases]:
    """The releases of the settings' domain; what cannot be done ends the command with a sentence."""
    from assistant.domain import load_domain

    try:
        settings = Settings()
        yield releases_of(settings.releases, load_domain(settings.domain))
    except MaitreError as error:
        complain(str(error), code=1)


def _state(version: str, active: str, previous: str | None) -> str:
    return "active" if version == active else "previous" if version == previous else ""


def _columns(listed: Listed, folder: Path) -> tuple[str, str, str, str]:
    """When it was made, from which code, its weights, and its figures or its problem."""
    if listed.release is None:
        return "", "", "", f"[red]{escape(listed.problem)}[/]"
    manifest = listed.release.manifest
    made = datetime.fromtimestamp((folder / listed.version / MANIFEST).stat().st_mtime).astimezone()
    return f"{made:%Y-%m-%d %H:%M}", manifest.origin.code[:12], manifest.weights[:12], _figures(manifest.metrics)


def _figures(metrics: Mapping[str, Any]) -> str:
    """The figures on top; what lies deeper is for the report."""
    numbers = {name: value for name, value in metrics.items() if isinstance(value, int | float)}
    return escape(", ".join(f"{name} {value:.4g}" for name, value in numbers.items()))


def _tell_what_is_left() -> None:
    settings = Settings()
    for name in NAMED:
        if name in settings.model_fields_set:
            typer.echo(f"{PREFIX}{name.upper()} is set and wins over the release")
    typer.echo("a running server takes it with `assistant models reload`, or on SIGHUP; others when they start")
