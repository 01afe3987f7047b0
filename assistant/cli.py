"""The command line. A new command is a function in `assistant/commands/` and one line here."""

from __future__ import annotations

import typer

from assistant.commands import conversations, models
from assistant.commands.bookings import bookings
from assistant.commands.chat import chat
from assistant.commands.demo import demo
from assistant.commands.explain import explain
from assistant.commands.export import export
from assistant.commands.import_rasa import import_rasa
from assistant.commands.new_domain import new_domain
from assistant.commands.review import review
from assistant.commands.serve import serve
from assistant.commands.test import play_scenarios

app = typer.Typer(
    name="assistant",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals hold what users said
    help="Maitre: a self-hosted booking assistant in English and Korean.",
)
app.command()(serve)
app.command()(bookings)
app.command()(chat)
app.command()(demo)
app.command()(explain)
app.command()(export)
app.command("import-rasa")(import_rasa)
app.command("new-domain")(new_domain)
app.command()(review)
app.command("test")(play_scenarios)
app.add_typer(conversations.app, name="conversations")
app.add_typer(models.app, name="models")
