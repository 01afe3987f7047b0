"""Score the value normaliser on phrase sets: exact matches, misses and time per phrase.

    python -m bench.values                       # sets under ../shared/data, or where ASSISTANT_DATA points
    python -m bench.values --misses duckling     # and print what was missed in the sets whose name holds "duckling"

A public set that is not there is skipped; `bench/phrase_sets.py` says what each holds and which rows are relevant to a
booking. Some sets take "10:30" for the morning; the product lists both halves of the day, and its rule wins: such a
row is among the candidates, not exact.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from bench.phrase_sets import SETS, Case
from nlu.types import Delta, Kind, Reading
from nlu.values import normalise, read_delta

_MICROSECONDS: Final = 1e6


@dataclass(frozen=True, slots=True)
class Result:
    """What came out for a case: every value, a party with children as `adults+children`, a range as its ends."""

    case: Case
    out: frozenset[str]
    said: str
    """What came out, to be shown: the values, the range, the change, or the reason that there is none."""
    seconds: float
    """Wall time."""

    @property
    def exact(self) -> bool:
        """Right and nothing else: every value that came out is accepted, or nothing came out where nothing may."""
        return bool(self.case.accepted) == bool(self.out) and self.out <= self.case.accepted

    @property
    def found(self) -> bool:
        """An accepted value is among the candidates or the ends of the range."""
        return bool(self.out & self.case.accepted) or self.exact


def run(case: Case) -> Result:
    """Read one case and take the time."""
    start = time.perf_counter()
    reading = None if case.change else normalise(case.text, case.kind, case.moment)
    change = read_delta(case.text, case.kind) if case.change or (reading and reading.reason) else None
    seconds = time.perf_counter() - start
    if reading is None:
        out = frozenset({_change(change)}) if change else frozenset()
        return Result(case, out, _change(change) if change else "no change", seconds)
    out = _values(reading, case.accepted) or _moved(change, case)
    return Result(case, out, " ".join(map(str, reading.values or reading.bounds or (reading.reason,))), seconds)


def _values(reading: Reading, accepted: frozenset[str]) -> frozenset[str]:
    parts = reading.parts
    if parts and "+" in "".join(accepted):
        return frozenset({f"{parts['adults']}+{parts['children']}"})
    ends = reading.bounds or ()
    if accepted & frozenset(ends):
        return frozenset(ends) & accepted
    listed = frozenset(reading.values)
    if len(listed) > 1 and (stretch := f"{min(listed)}/{max(listed)}") in accepted:
        return frozenset({stretch})
    return listed | frozenset({"/".join(ends)} if ends else ())


def _change(change: Delta) -> str:
    return f"{'+' if change.sign > 0 else '-'}{change.amount} {change.unit}"


def _moved(change: Delta | None, case: Case) -> frozenset[str]:
    """The day to which a change of the date moves the reference day: "the next day" is no day by itself here."""
    if change is None or case.kind is not Kind.DATE or not case.accepted:
        return frozenset()
    day = case.moment.now.date() + timedelta(days=change.sign * change.amount)
    return frozenset({day.isoformat()})


def main(
    data: Annotated[Path, typer.Option(envvar="ASSISTANT_DATA", help="Folder of the public data.")] = Path(
        "../shared/data"
    ),
    misses: Annotated[str, typer.Option(help="Print the misses of the sets whose name holds this word.")] = "",
) -> None:
    """Score every set that is present and print one line for each set and kind."""
    results: list[Result] = []
    for load in SETS:
        try:
            results += [run(case) for case in load(data)]
        except FileNotFoundError as error:
            typer.echo(f"{load.__name__}: skipped, no file {error.filename}; set --data or ASSISTANT_DATA", err=True)
    table = Table(
        "set", "kind", "phrases", "exact", "candidate", "relevant", "exact", "candidate", "median µs", "p95 µs"
    )
    for name, kind in sorted({(result.case.set, _group(result.case)) for result in results}):
        table.add_row(name, kind, *_line([r for r in results if (r.case.set, _group(r.case)) == (name, kind)]))
    Console().print(table)
    for result in results:
        if misses and misses in result.case.set and not result.exact:
            case = result.case
            typer.echo(
                f"{case.set} {_group(case)}{'' if case.relevant else ' (irrelevant)'} {case.text!r}: "
                f"wanted {sorted(case.accepted)}, got {result.said}"
            )


def _group(case: Case) -> str:
    """What the row of the table holds: a kind, changes of it, or phrases in which nothing of it may be found."""
    if case.change:
        return f"{case.kind} change"
    return str(case.kind) if case.accepted else f"no {case.kind}"


def _line(results: list[Result]) -> tuple[str, ...]:
    seconds = sorted(result.seconds for result in results)
    return (
        *_shares(results),
        *_shares([result for result in results if result.case.relevant]),
        f"{statistics.median(seconds) * _MICROSECONDS:.0f}",
        f"{seconds[int(0.95 * (len(seconds) - 1))] * _MICROSECONDS:.0f}",
    )


def _shares(results: list[Result]) -> tuple[str, str, str]:
    if not results:
        return "0", "", ""
    exact, found = sum(r.exact for r in results), sum(r.found for r in results)
    return str(len(results)), f"{exact / len(results):.1%}", f"{found / len(results):.1%}"


if __name__ == "__main__":
    typer.run(main)
