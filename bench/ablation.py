"""What the hand-written rules and the trained tagger are worth alone and together: turn-exact state on scenario files.

    python -m bench.ablation                                        # tests/heldout/dev/en and ko
    python -m bench.ablation tests/scenarios/S03_corrections.yaml --lang en

Played in this process up to the reducer: no server, no store, every table free. In place of the policy stands `_follow`,
the few rules of it that later turns depend on. A turn is right when all slots are: values, cleared, don't care, candidates
and the split of the party. The dialogue's state, the question, marks and bookings are not compared, so the figures are
higher than those of `assistant test` on the same files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from assistant.act import AT_REST
from assistant.commands.problems import complain
from assistant.composer.act_operations import ACT_OPERATIONS
from assistant.composer.compose import compose
from assistant.context import context_of
from assistant.domain import Domain, load_domain
from assistant.errors import BadRequest, MaitreError
from assistant.explain import BOOKING, Situation, conversation_in
from assistant.grpc.convert import conversation_out
from assistant.possible import Possible
from assistant.scenarios.compare import expected_view
from assistant.scenarios.files import Scenario, StartEntry, load_all
from assistant.scenarios.values import Value
from assistant.scenarios.view import View, view_of
from assistant.settings import ROOT, Settings
from assistant.state import Applied, Given, apply
from assistant.tracker import missing, readback
from assistant.types import (
    RESUME,
    WHAT_TO_CHANGE,
    Conversation,
    Message,
    NewValue,
    Op,
    Operation,
    Pending,
    Phase,
    Quote,
)
from bench.keywords import find
from nlu.tagger import ModelError, Tagger
from nlu.types import Ambiguity, Moment, Role, Tagging
from nlu.values import normalise

DEFAULT: Final = [ROOT / "tests" / "heldout" / "dev" / language for language in ("en", "ko")]
STANDING: Final = {"ask", "chitchat", "out_of_scope", "not_understood", "unclear", "nothing_to_undo"}
"""Meanings after which the open question stays open."""

Understanding = Callable[[Message, Conversation], tuple[Operation, ...]]


@dataclass
class Count:
    """Turns that were played, and those whose slots were all right."""

    turns: int = 0
    right: int = 0


def understandings(domain: Domain, tagger: Tagger) -> dict[str, Understanding]:
    """The three that are compared, by name."""

    def rules(message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        tagging = find(message.text, domain, Moment(message.now, message.time_zone))
        return compose(tagging, message, conversation, domain)

    def alone(message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        return _plainly(tagger.tag(message.text, context_of(conversation, domain)), message, domain)

    def both(message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        tagging = tagger.tag(message.text, context_of(conversation, domain))
        return compose(tagging, message, conversation, domain)

    return {"keywords, composer, normaliser": rules, "tagger, normaliser": alone, "tagger, composer, normaliser": both}


def _plainly(tagging: Tagging, message: Message, domain: Domain) -> tuple[Operation, ...]:
    """Acts as they are and every value in the slot of its label; nothing is done with numbers, old values and references."""
    operations = [replace(ACT_OPERATIONS[act], confidence=1.0) for act in tagging.acts if act in ACT_OPERATIONS]
    operations += [Operation(Op.CLEAR, everything=True)] if "clear_all" in tagging.acts else []
    operations += [Operation(Op.CANCEL)] if "cancel" in tagging.acts else []
    for span in tagging.spans:
        spec = domain.slot(span.label)
        if spec is None or span.role is not Role.VALUE:
            continue
        reading = normalise(span.text, spec.kind, Moment(message.now, message.time_zone), spec.choices)
        value = NewValue(
            candidates=reading.values,
            bounds=reading.bounds,
            half_open=reading.ambiguity is Ambiguity.HALF,
            approximate=reading.approximate,
            parts=reading.parts,
            reason=reading.reason,
        )
        operations.append(Operation(Op.SET, (spec.name,), value=value, quote=Quote(span.start, span.end, span.text)))
    return tuple(operations) or (Operation(Op.UNKNOWN),)


def play_turns(scenario: Scenario, language: str, understand: Understanding, domain: Domain) -> Iterator[bool]:
    """Play a scenario; turns that have no text in the language are left out.

    Args:
        scenario: as its file has it.
        language: `en` or `ko`.
        understand: makes operations of messages.
        domain: slots and rules.

    Yields:
        For each turn whether all its slots are right.

    Raises:
        BadRequest: the scenario needs a server, or its start is refused.
    """

    def told(value: Value) -> str:
        return value.told(language)

    opening, conversation = scenario.start, None
    for number, turn in enumerate(scenario.turns):
        if turn.fresh:
            opening, conversation = turn.start or scenario.start, None
        if turn.say is None or opening.profile or opening.earlier_booking or scenario.fixtures.full:
            raise BadRequest(
                f"{scenario.id}, turn {number + 1}", "calls, profiles, earlier bookings and full tables need a server"
            )
        if language not in turn.say:
            continue
        now, zone = turn.clock or scenario.clock, scenario.time_zone
        if conversation is None:
            filled = {name: told(value) for name, value in opening.slots.items()}
            conversation = _begin(opening, filled, domain, now, zone)
        message = Message("c", str(number), turn.say[language], language, zone, now)
        given = Given(Possible(domain, now), message.message_id, timedelta(minutes=60))
        applied = apply(conversation, understand(message, conversation), given)
        conversation = replace(_follow(applied, domain), last_active=now)
        yield _slots(view_of(conversation_out(conversation, domain))) == _slots(expected_view(turn, told))


def _slots(view: View) -> tuple[object, ...]:
    return view.slots, view.party, view.cleared, view.dont_care, view.candidates


def _begin(start: StartEntry, filled: dict[str, str], domain: Domain, now: Any, zone: str) -> Conversation:
    party = {name: str(count) for name, count in start.party.model_dump().items()} if start.party else {}
    values = {name: NewValue((value,), parts=party if name == "party_size" else {}) for name, value in filled.items()}
    phase = Phase.BOOKED if start.booked else None
    conversation, refused = conversation_in(Situation(values, phase=phase), domain, now, zone)
    if refused:
        raise BadRequest("start.slots", f"{refused[0].slot}: {refused[0].value} is refused ({refused[0].reason})")
    return _ask_or_read_back(conversation, domain) if conversation.phase is Phase.COLLECTING else conversation


def _follow(applied: Applied, domain: Domain) -> Conversation:
    """Where the policy would take the conversation, as far as it matters to the slots of later turns."""
    here, meaning = applied.conversation, applied.meaning
    confirming = here.phase is Phase.CONFIRMING
    if meaning == "handoff":
        return replace(here, phase=Phase.HANDED_OFF, asked=None)
    if meaning == "returned":
        return replace(here, asked=RESUME)
    if meaning == "cancel_booking":
        return _read_back(here)
    if here.phase not in (Phase.COLLECTING, Phase.CONFIRMING) or meaning in STANDING:
        return here
    agreed = meaning in ("affirm", "affirm_start") or (meaning == "start" and here.pending is not Pending.CANCEL)
    if confirming and agreed and here.read_back == readback(here):
        return _committed(here)
    if here.pending is not Pending.CREATE and meaning == "cancel_change":
        return _kept(here)
    if confirming and meaning == "deny" and here.pending is Pending.CANCEL:
        return _kept(here)
    if meaning == "modify" or (confirming and meaning in ("deny", "cancel_change")):
        return replace(here, phase=Phase.COLLECTING, asked=WHAT_TO_CHANGE)
    return _ask_or_read_back(here, domain)


def _ask_or_read_back(here: Conversation, domain: Domain) -> Conversation:
    lacking = missing(here, domain)
    return replace(here, phase=Phase.COLLECTING, asked=lacking[0]) if lacking else _read_back(here)


def _read_back(here: Conversation) -> Conversation:
    return replace(here, phase=Phase.CONFIRMING, asked=None, read_back=readback(here))


def _committed(here: Conversation) -> Conversation:
    rest: dict[str, Any] = dict(AT_REST)
    if here.pending is Pending.CANCEL:
        return replace(here, phase=Phase.IDLE, pending=Pending.CREATE, slots={}, booking_id="", **rest)
    return replace(here, phase=Phase.BOOKED, booked=dict(here.slots), booking_id=BOOKING, **rest)


def _kept(here: Conversation) -> Conversation:
    rest: dict[str, Any] = dict(AT_REST)
    return replace(here, phase=Phase.BOOKED, pending=Pending.MODIFY, slots=dict(here.booked), **rest)


def _measure(paths: list[Path], languages: list[str], domain: Domain, tagger: Tagger) -> dict[str, dict[str, Count]]:
    """By understanding and language."""
    counts = {name: {language: Count() for language in languages} for name in understandings(domain, tagger)}
    for scenario in (one for path in paths for one in load_all([path])):
        for name, understand in understandings(domain, tagger).items():
            for language in languages:
                for right in play_turns(scenario, language, understand, domain):
                    counts[name][language].turns += 1
                    counts[name][language].right += right
    return counts


def main(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Scenario files or folders; default: the open held-out set.")
    ] = None,
    lang: Annotated[str, typer.Option(help="en or ko; default: both, as far as the files have them.")] = "",
) -> None:
    """Measure and print."""
    if lang not in ("", "en", "ko"):
        complain(f"--lang: {lang!r}; write en or ko")
    settings = Settings()
    try:
        tagger = Tagger.load(settings.tagger)
        counts = _measure(paths or DEFAULT, [lang] if lang else ["en", "ko"], load_domain(settings.domain), tagger)
    except (MaitreError, ModelError) as error:
        complain(str(error))
    table = Table("understanding", title=f"turns whose slots are all right, {tagger.version}")
    for language in next(iter(counts.values())):
        table.add_column(language, justify="right")
    for name, by_language in counts.items():
        shares = [f"{one.right}/{one.turns}  {one.right / max(one.turns, 1):.1%}" for one in by_language.values()]
        table.add_row(name, *shares)
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
