"""An explanation on the terminal: one table per step. Understands nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.explain import Explanation, PieceSeen, SpanRead
from assistant.types import Change, Operation, Slot
from nlu.labels import OUTSIDE, join
from nlu.types import Ambiguity, Delta, Reading

MOST_ACTS = 5
"""Acts that are shown at least; all that count are."""


def print_explanation(explanation: Explanation, console: Console) -> None:
    """Prints every step in the order in which it happens."""
    phase, pending = explanation.before
    console.print(f'"{explanation.text}"', style="bold", markup=False, highlight=False)
    console.print(f"the tagger is told: {explanation.context}", style="dim", markup=False, highlight=False)
    for table in (
        _pieces(explanation.pieces),
        _acts(explanation),
        _spans(explanation.spans),
        _operations(explanation.operations),
        _changes(explanation),
    ):
        console.print()
        console.print(table)
    asks = ", then ask" if explanation.asks else ""
    moved = f"{phase}, to {pending} -> {explanation.after[0]}, to {explanation.after[1]}"
    console.print(f"\nthe policy hears: {explanation.meaning}{asks}   ({moved})", markup=False, highlight=False)


def _table(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))


def _pieces(pieces: Iterable[PieceSeen]) -> Table:
    """One row per run of pieces outside of spans, and one per piece inside."""
    table = _table("word pieces", "piece", "tag", "confidence")
    for outside, run in groupby(pieces, lambda one: one.tag == OUTSIDE):
        several = list(run)
        if outside:
            least = min(one.confidence for one in several)
            words = " ".join(one.text for one in several)
            table.add_row(escape(words), OUTSIDE, f"{least:.2f}{' at least' if several[1:] else ''}", style="dim")
            continue
        for one in several:
            table.add_row(escape(one.text), one.tag, f"{one.confidence:.2f}")
    return table


def _acts(explanation: Explanation) -> Table:
    table = _table("acts", "act", "probability", "")
    for place, one in enumerate(explanation.acts):
        if one.counts or place < MOST_ACTS:
            table.add_row(
                one.act,
                f"{one.probability:.2f}",
                "counts" if one.counts else "below its threshold",
                style="" if one.counts else "dim",
            )
    return table


def _spans(spans: Iterable[SpanRead]) -> Table:
    table = _table("spans", "label", "words", "confidence", "read as")
    for one in spans:
        lines = [f"{name}: {_reading(reading)}" for name, reading in one.readings.items()]
        lines += [f"change: {_moved(one.delta, one.delta.sign * one.delta.amount)}"] if one.delta else []
        lines += [f"names: {', '.join(one.names)}"] if one.names else []
        span = one.span
        shown = escape("\n".join(lines)) or "no slot is named"
        table.add_row(join(span.label, span.role), escape(span.text), f"{span.confidence:.2f}", shown)
    return table if table.row_count else _none("spans")


def _reading(reading: Reading) -> str:
    if reading.reason:
        return f"nothing ({reading.reason})"
    told = " to ".join(reading.bounds) if reading.bounds else " or ".join(reading.values)
    marks = [str(reading.ambiguity)] if reading.ambiguity is not Ambiguity.NONE else []
    marks += ["approximate"] if reading.approximate else []
    marks += [f"{count} {part}" for part, count in reading.parts.items()]
    return f"{told} ({', '.join(marks)})" if marks else told


def _moved(by: Delta | Change, amount: int) -> str:
    """A relative change: how much of what, and all else that it says."""
    counted = ("unit", "amount", "sign")
    more = {name: said for name, said in asdict(by).items() if name not in counted and said not in (None, "", {})}
    told = [f"{amount:+d} {by.unit}"] if amount or not more else []
    return ", ".join([*told, *(f"{name.replace('_', ' ')} {_plain(said)}" for name, said in more.items())])


def _plain(said: object) -> str:
    return " and ".join(f"{count} {part}" for part, count in said.items()) if isinstance(said, dict) else str(said)


def _operations(operations: Iterable[Operation]) -> Table:
    table = _table("operations", "operation", "with", "rests on", "confidence")
    for one in operations:
        quote = f"{one.quote.text!r} at {one.quote.start}-{one.quote.end}" if one.quote else "-"
        named = f"{one.op} {' '.join(one.slots)}".strip()
        table.add_row(named, escape(_details(one)), escape(quote), f"{one.confidence:.2f}")
    return table


def _details(operation: Operation) -> str:
    told: list[str] = []
    if value := operation.value:
        told.append(" to ".join(value.bounds) if value.bounds else " or ".join(value.candidates))
        told += [
            word
            for word, holds in (("half of the day open", value.half_open), ("approximate", value.approximate))
            if holds
        ]
        told += [f"{count} {part}" for part, count in value.parts.items()]
        told += [f"nothing to take: {value.reason}"] if value.reason else []
    if change := operation.change:
        told.append(_moved(change, change.amount))
    told += ["everything" + (" but these" if operation.slots else "")] if operation.everything else []
    told += [f"scope: {operation.scope}"] if operation.scope else []
    told += [f"topic: {operation.topic}"] if operation.topic else []
    told += ["instead of the old value"] if operation.rejects_old else []
    return ", ".join(word for word in told if word)


def _changes(explanation: Explanation) -> Table:
    table = _table("what the reducer did", "slot", "before", "after", "why")
    dropped = {one.slot: f"dropped: {one.reason}" for one in explanation.dropped}
    for one in explanation.changes:
        table.add_row(one.slot, escape(_slot(one.before)), escape(_slot(one.after)), dropped.get(one.slot, ""))
    for refusal in explanation.refusals:
        why = " ".join(word for word in ("refused:", refusal.reason, refusal.limit) if word)
        offers = f"; offers {', '.join(refusal.alternatives)}" if refusal.alternatives else ""
        kept = f"keeps {refusal.kept}" if refusal.kept else "nothing is held"
        table.add_row(
            refusal.slot, "", escape(kept), escape(f"{why} ({refusal.value or refusal.text}){offers}"), style="red"
        )
    return table if table.row_count else _none("what the reducer did")


def _slot(slot: Slot) -> str:
    held = slot.value or (" to ".join(slot.bounds) if slot.bounds else " or ".join(slot.candidates))
    marks = [*sorted(slot.flags), *(f"{count} {part}" for part, count in slot.parts.items())]
    shown = f"{slot.status} {held}".strip()
    return f"{shown} ({', '.join(marks)})" if marks else shown


def _none(title: str) -> Table:
    table = _table(title, "")
    table.add_row("nothing")
    return table
