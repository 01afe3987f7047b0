"""`assistant explain`: how one message is understood, step by step. Only reads options and prints."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from assistant.commands.problems import complain, moment_of
from assistant.errors import BadRelease, BadRequest, MaitreError
from assistant.settings import Settings
from assistant.types import RESUME, WHAT_TO_CHANGE, Message, Pending, Phase

if TYPE_CHECKING:  # loading these takes long, and other commands do without
    from assistant.domain import Domain
    from assistant.explain import Explanation, Situation
    from nlu.tagger import Tagger
    from nlu.types import Moment


def explain(
    text: Annotated[str, typer.Argument(help="The message, in quotes.")],
    asked: Annotated[
        str, typer.Option(help="What the assistant asked last: a slot, what_to_change or resume; default: nothing.")
    ] = "",
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="SLOT=VALUE", help="A slot that is filled, time=19:00; party_size=2+1; repeat it."
        ),
    ] = None,
    phase: Annotated[
        Phase | None, typer.Option(help="Where the dialogue stands; default: collecting with --set, idle without.")
    ] = None,
    pending: Annotated[Pending, typer.Option(help="What a yes would do.")] = Pending.CREATE,
    lang: Annotated[str, typer.Option(help="The user's language, en or ko; default: that of the message.")] = "",
    now: Annotated[str, typer.Option(help="The user's clock, 2026-06-10T14:00:00+09:00; default: the time now.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Show how a message is understood: tags, acts, values, operations, and what they change. Needs no server.

    The conversation that the message comes into is described by the options; tables count as free.

    assistant explain "make it 8 instead of 7" --asked name --set time=19:00 --set party_size=4
    """
    if lang not in ("", "en", "ko"):
        complain(f"--lang: {lang!r}; write en or ko")
    moment = moment_of("--now", now) if now else datetime.now(UTC)
    domain, tagger = _load()
    try:
        explanation = _explain(text, lang, moment, (asked, phase, pending, set_ or ()), domain, tagger)
    except BadRequest as wrong:
        complain(str(wrong))
    if as_json:
        typer.echo(json.dumps(asdict(explanation), ensure_ascii=False, indent=1, default=sorted))
        return
    from assistant.commands.explain_screen import print_explanation

    print_explanation(explanation, Console())


Described = tuple[str, Phase | None, Pending, Sequence[str]]
"""The options that describe the conversation: asked, phase, pending, filled slots."""


def _explain(text: str, lang: str, now: datetime, described: Described, domain: Domain, tagger: Tagger) -> Explanation:
    from assistant.explain import conversation_in, explain
    from assistant.grpc import checks
    from assistant.language import language_of
    from nlu.types import Moment

    zone = domain.book.venues[0].time_zone
    said = checks.message_text("the message", text)
    names = [name for venue in domain.book.venues for name in (*venue.names.values(), *venue.aliases)]
    locale = lang or language_of(said, names) or "en"
    before, refused = conversation_in(_situation(described, domain, Moment(now, zone)), domain, now, zone)
    for refusal in refused:
        rule = f"{refusal.reason}, limit {refusal.limit}" if refusal.limit else refusal.reason
        raise BadRequest(
            f"--set {refusal.slot}={refusal.value}", f"the domain's rules refuse it ({rule}); give another"
        )
    return explain(Message("explain", "explain", said, locale, zone, now), before, domain, tagger)


def _situation(described: Described, domain: Domain, moment: Moment) -> Situation:
    from assistant.explain import Situation
    from assistant.grpc.convert_requests import canonical_slots

    asked, phase, pending, filled = described
    known = [spec.name for spec in domain.slots]
    questions = [*known, WHAT_TO_CHANGE, RESUME]
    if asked and asked not in questions:
        raise BadRequest("--asked", f"{asked!r} is never asked; write one of {', '.join(questions)}")
    written: dict[str, str] = {}
    for one in filled:
        name, equals, value = one.partition("=")
        if not equals or name not in known:
            raise BadRequest("--set", f"{one!r}; write SLOT=VALUE with one of {', '.join(known)}")
        written[name] = value
    try:
        values = canonical_slots(written, domain, moment)
    except BadRequest as wrong:
        name = wrong.field.removeprefix("slots.")
        raise BadRequest(f"--set {name}={written[name]}", wrong.description) from wrong
    return Situation(values, asked or None, phase, pending)


def _load() -> tuple[Domain, Tagger]:
    """The domain of the settings, and the tagger that a server would use."""
    from pydantic import ValidationError

    from assistant.domain import load_domain
    from assistant.models import choose
    from nlu.tagger import ModelError, Tagger

    try:
        settings = Settings()
        domain = load_domain(settings.domain)
        return domain, Tagger.load(choose(settings, domain).tagger)
    except ModelError as error:
        complain(f"ASSISTANT_TAGGER: {error}")
    except BadRelease as error:
        complain(str(error))
    except MaitreError as error:
        complain(f"ASSISTANT_DOMAIN: {error}")
    except ValidationError as error:
        wrong: Sequence[Mapping[str, Any]] = error.errors()
        complain("\n".join(f"ASSISTANT_{str(one['loc'][0]).upper()}: {one['msg']}" for one in wrong))
