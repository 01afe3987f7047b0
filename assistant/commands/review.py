"""`assistant review`: a queue of training candidates in the terminal. Reads keys, prints, and keeps every decision at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from assistant.commands.problems import complain
from assistant.errors import MaitreError
from assistant.settings import Settings

if TYPE_CHECKING:  # loading these takes long, and other commands do without
    from assistant.domain import Domain
    from assistant.feedback.review import Entry
    from assistant.feedback.reviewed import Decision, Decisions
    from assistant.types import Operation
    from nlu.labels import Labels

KEYS: Final = "a accept, c LINE correct, r reject, s skip, q quit, ? help"
HELP: Final = """a        the message was understood rightly
c LINE   it means this: acts|text with [words](label.role), e.g. c deny|no, at [8](time) instead of [7](time.old)
         `inform` stands for no act; c! LINE where the warning is known and the line is right all the same
r        nothing can be learnt from it
s        not now; it comes again next time
q        stop here; the next review goes on from here"""


def review(
    candidates: Annotated[Path, typer.Argument(help="What `assistant export` wrote.")],
    out: Annotated[
        str, typer.Option(help="The tagger's file, LANG stands for the language; default: in the domain folder.")
    ] = "",
) -> None:
    """Decide what can be learnt from logged turns: accept, correct, reject.

    Uncertain, disputed and badly rated messages come first. Decisions are kept one by one; the files of reviewed rows are
    written when the queue is done or left. Takes keys from a pipe as well, one a line.
    """
    from assistant.domain import load_domain
    from assistant.feedback.candidates import read
    from assistant.feedback.review import queue
    from assistant.feedback.reviewed import LANG, Decisions, write_all
    from assistant.feedback.written import read_written
    from nlu.labels import labels_for
    from nlu.tagger import ModelError, Tagger

    settings, console = Settings(), Console()
    try:
        domain, eyes = load_domain(settings.domain), Tagger.load(settings.tagger)
        rows, decisions = read(candidates), Decisions(candidates)
        left = [row for row in rows if row.id not in decisions.made]
        entries = queue(left, domain, eyes, {lang: read_written(settings.domain, lang) for lang in domain.languages})
        console.print(f"{len(rows)} candidates, {len(rows) - len(left)} decided before. {KEYS}", markup=False)
        _ask(entries, domain, labels_for({spec.name: spec.kind for spec in domain.slots}), decisions, console)
        target = out or str(settings.domain / "data" / f"reviewed.{LANG}.yml")
        for path, count in write_all(decisions.made.values(), rows, candidates, target, domain).files:
            console.print(f"{path}: {count} rows", markup=False, highlight=False, soft_wrap=True)
    except (ModelError, MaitreError, OSError) as error:
        complain(str(error), code=1)


def _ask(entries: list[Entry], domain: Domain, labels: Labels, decisions: Decisions, console: Console) -> None:
    """Shows entry after entry until the reviewer quits; the end of the input quits."""
    for number, entry in enumerate(entries, start=1):
        _show(entry, console, f"{number}/{len(entries)}")
        while True:
            key, _, line = _typed(console).partition(" ")
            if key in ("q", ""):
                return
            if key == "s":
                break
            decision = _decision(key, line.strip(), entry, domain, labels, console)
            if decision is not None:
                decisions.add(decision)
                break


def _decision(key: str, line: str, entry: Entry, domain: Domain, labels: Labels, console: Console) -> Decision | None:
    """What was decided; None where it cannot be taken, which is said."""
    from assistant.feedback.annotated import BadAnnotation
    from assistant.feedback.review import accepted, corrected
    from assistant.feedback.reviewed import Decision, Verdict

    name = entry.candidate.id
    try:
        match key:
            case "a":
                return Decision(name, Verdict.ACCEPT, *accepted(entry))
            case "c" | "c!":
                right, turn = corrected(line, entry, domain, labels, insists=key == "c!")
                console.print(f"  means: {_operations(turn.operations)}", markup=False, highlight=False, soft_wrap=True)
                return Decision(name, Verdict.CORRECT, right, turn)
            case "r":
                return Decision(name, Verdict.REJECT)
    except BadAnnotation as wrong:
        console.print(f"  {wrong}", style="red", markup=False, highlight=False, soft_wrap=True)
        return None
    console.print(HELP if key == "?" else f"  {key!r} is no key: {KEYS}", markup=False, highlight=False, soft_wrap=True)
    return None


def _typed(console: Console) -> str:
    """The next line that is typed; `q` at the end of the input."""
    console.print("> ", end="")
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        console.print(line.rstrip("\n"), markup=False, highlight=False, soft_wrap=True)
    return line.strip() if line.strip() else ("?" if line else "q")


def _show(entry: Entry, console: Console, place: str) -> None:
    candidate, context = entry.candidate, entry.candidate.context
    held = ", ".join(
        f"{name} {slot.value or '|'.join(slot.candidates) or slot.status}" for name, slot in context.slots.items()
    )
    rows = [
        ("", f"{candidate.text}"),
        ("asked", f"{context.asked or 'nothing'}; {context.phase}, {context.pending}; {held or 'nothing held'}"),
        ("understood", f"{_operations(candidate.operations)} (confidence {candidate.confidence:.2f})"),
        ("reads now", entry.reading.line),
        ("like", f"{entry.like.intent}|{entry.like.marked}" if entry.like else ""),
        ("rated", f"{candidate.feedback.rating:+d}" if candidate.feedback.rating else ""),
        ("users say", _operations(candidate.feedback.corrected)),
        ("comment", " / ".join(candidate.feedback.comments)),
    ]
    console.print(f"\n{place} {candidate.id} {candidate.lang}, score {entry.score:.2f}", style="dim", markup=False)
    for name, text in rows:
        if text:
            console.print(Text(f"{name:>11}  ", style="dim") + Text(text, style="" if name else "bold"), soft_wrap=True)
    if entry.warning:
        console.print(f"    careful  {entry.warning}", style="yellow", markup=False, highlight=False, soft_wrap=True)


def _operations(operations: tuple[Operation, ...]) -> str:
    from assistant.grpc.convert import operation_out
    from assistant.scenarios.play import shown_operation

    return "; ".join(shown_operation(operation_out(one)) for one in operations)
