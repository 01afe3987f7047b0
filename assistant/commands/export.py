"""`assistant export`: logged turns of consenting users as training candidates, without personal data."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.problems import complain, moment_of
from assistant.errors import MaitreError
from assistant.settings import Settings

if TYPE_CHECKING:  # loading these takes long, and other commands do without
    from assistant.domain import Domain
    from assistant.feedback.logged import LoggedConversation


def export(
    out: Annotated[Path, typer.Argument(help="The file to write, one candidate a line.")],
    since: Annotated[
        str, typer.Option(help="Only messages from then on, 2026-06-01T00:00:00+09:00; default: all.")
    ] = "",
) -> None:
    """Write logged turns as training candidates for `assistant review`.

    Only conversations whose users agreed are read. Names, phone numbers and e-mail addresses are replaced, no user gives
    more than 20 conversations or 1 % of them, and near-copies are left out. Reads the database of ASSISTANT_DATABASE_URL.
    """
    from assistant.domain import load_domain
    from assistant.feedback.candidates import dump
    from assistant.feedback.export import export as make
    from assistant.feedback.written import ordinary_words, read_written
    from assistant.files import write_whole

    moment = moment_of("--since", since) if since else None
    settings = Settings()
    try:
        domain = load_domain(settings.domain)
        logged = asyncio.run(_read(settings.database_url, domain, moment))
        written = [row for language in domain.languages for row in read_written(settings.domain, language)]
        made = make(logged, domain, ordinary_words(written, domain), key=secrets.token_bytes(32), since=moment)
        write_whole(out, map(dump, made.rows))
    except (MaitreError, OSError) as error:
        complain(str(error), code=1)
    typer.echo(
        f"{out}: {len(made.rows)} candidates of {made.conversations - made.over_cap} conversations; left out: "
        f"{made.over_cap} conversations over their user's share, {made.copies} near-copies, "
        f"{made.unsafe} messages that could not be freed of personal data"
    )


async def _read(url: str, domain: Domain, since: datetime | None) -> list[LoggedConversation]:
    from assistant.adapters.clock import SystemClock
    from assistant.adapters.database.store import open_store

    store = await open_store(url, book=domain.book, clock=SystemClock())
    try:
        return [conversation async for conversation in store.logs.consented(since)]
    finally:
        await store.close()
