"""Score the value normaliser on public phrase sets: exact matches, misses and time per phrase.

    python -m bench.values                       # sets under ../shared/data, or where ASSISTANT_DATA points
    python -m bench.values --misses duckling     # and print what was missed in the sets whose name holds "duckling"

A set is a function from the data folder to its cases; one that is not there is skipped. Add a set by adding its
loader to `SETS`. Some sets roll a past day over to next year or take "10:30" for the morning; the product
does not, and its rule wins.
"""

from __future__ import annotations

import csv
import json
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from nlu.types import Kind, Moment, Reading
from nlu.values import normalise

_MICROSECONDS: Final = 1e6


@dataclass(frozen=True, slots=True)
class Case:
    """One phrase: what to read it as, and the values that count as right (none: nothing may come out)."""

    set: str
    text: str
    kind: Kind
    accepted: frozenset[str]
    moment: Moment


@dataclass(frozen=True, slots=True)
class Result:
    """What came out for a case; `seconds` is wall time."""

    case: Case
    reading: Reading
    seconds: float

    @property
    def exact(self) -> bool:
        """Right and nothing else: every value that came out is accepted, or nothing came out where nothing may."""
        return bool(self.case.accepted) == bool(self.out) and self.out <= self.case.accepted

    @property
    def found(self) -> bool:
        """An accepted value is among the candidates or the ends of the range."""
        return bool(self.out & self.case.accepted) or self.exact

    @property
    def out(self) -> frozenset[str]:
        """Every value that came out; a party with children as `adults+children`, a range as its ends."""
        parts = self.reading.parts
        if parts and "+" in "".join(self.case.accepted):
            return frozenset({f"{parts['adults']}+{parts['children']}"})
        ends = self.reading.bounds or ()
        if self.case.accepted & frozenset(ends):
            return frozenset(ends) & self.case.accepted
        return frozenset(self.reading.values) | frozenset({"/".join(ends)} if ends else ())


def phrases(data: Path) -> Iterator[Case]:
    """Booking phrases, English and Korean, reference 2026-11-20 10:00 in Seoul; durations have no kind here."""
    for line in (data / "phrases/base_hard.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        moment = Moment(datetime.fromisoformat(entry["ref"]), entry["tz"])
        for kind, accepted in _phrase_values(entry["kind"], entry["expect"]):
            yield Case(f"phrases-{entry['lang']}", entry["text"], kind, accepted, moment)


def _phrase_values(name: str, expect: list[object]) -> Iterator[tuple[Kind, frozenset[str]]]:
    match name:
        case "date" | "time":
            yield Kind(name), frozenset(map(str, expect))
        case "datetime":
            yield Kind.DATE, frozenset(str(value).partition("T")[0] for value in expect)
            yield Kind.TIME, frozenset(str(value).partition("T")[2] for value in expect)
        case "range":
            days = {day for value in expect for day in (str(value), *str(value).split("/"))}
            yield Kind.DATE, frozenset(days)
        case "number":
            yield Kind.COUNT, frozenset(map(str, expect))
        case "party":
            yield (
                Kind.COUNT,
                frozenset(f"{party['adult']}+{party['child']}" for party in expect if isinstance(party, dict)),
            )
        case "none":
            for kind in (Kind.DATE, Kind.TIME, Kind.COUNT):
                yield kind, frozenset()


_DUCKLING: Final = re.compile(r"^datetime(?:Holiday)? \(([\d, ]+)\) (Day|Hour|Minute)\b")


def duckling(data: Path) -> Iterator[Case]:
    """Duckling's English time corpus, reference 2013-02-12 04:30: single days as dates, single clock times as times."""
    moment = Moment(datetime.fromisoformat("2013-02-12T04:30-02:00"), "Etc/GMT+2")
    for entry in _rows(data / "duckling_en/duckling_time_en.tsv"):
        if match := _DUCKLING.match(entry["expected_duckling_expr"]):
            year, month, day, hour, minute, _ = map(int, match[1].split(","))
            if match[2] == "Day":
                yield Case(
                    "duckling-en", entry["text"], Kind.DATE, frozenset({f"{year}-{month:02d}-{day:02d}"}), moment
                )
            else:
                yield Case("duckling-en", entry["text"], Kind.TIME, frozenset({f"{hour:02d}:{minute:02d}"}), moment)


def sgd(data: Path) -> Iterator[Case]:
    """Dates and times as users of Schema-Guided Dialogue wrote them, reference day 2019-03-01."""
    moment = Moment(datetime.fromisoformat("2019-03-01T08:00-08:00"), "America/Los_Angeles")
    for entry in _rows(data / "sgd/datetime_canonical_dev.tsv"):
        if entry["kind"] in ("date", "time"):
            yield Case("sgd-en", entry["surface"], Kind(entry["kind"]), frozenset({entry["canonical"]}), moment)


def ko_recognizers(data: Path) -> Iterator[Case]:
    """Korean dates of Microsoft's recognizers, each with its own reference; where the year is open, either year is right."""
    for line in (data / "ko_recognizers/verified_30pct.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["spec"] in ("DateParser", "HolidayParser"):
            found = [result["Value"] for result in entry["results"]]
            days = {value[side].get("date") for value in found for side in ("FutureResolution", "PastResolution")}
            moment = Moment(datetime.fromisoformat(entry["reference"][:19] + "+09:00"), "Asia/Seoul")
            yield Case("recognizers-ko", entry["text"], Kind.DATE, frozenset(days - {None}), moment)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


SETS: Final[tuple[Callable[[Path], Iterator[Case]], ...]] = (phrases, duckling, sgd, ko_recognizers)


def run(case: Case) -> Result:
    """Read one case and take the time."""
    start = time.perf_counter()
    reading = normalise(case.text, case.kind, case.moment)
    return Result(case, reading, time.perf_counter() - start)


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
    table = Table("set", "kind", "phrases", "exact", "among candidates", "median µs", "p95 µs")
    for name, kind in sorted({(result.case.set, result.case.kind) for result in results}):
        table.add_row(name, kind, *_line([r for r in results if (r.case.set, r.case.kind) == (name, kind)]))
    Console().print(table)
    for result in results:
        if misses and misses in result.case.set and not result.exact:
            case = result.case
            typer.echo(
                f"{case.set} {case.kind} {case.text!r}: wanted {sorted(case.accepted)}, got {_shown(result.reading)}"
            )


def _line(results: list[Result]) -> tuple[str, ...]:
    seconds = sorted(result.seconds for result in results)
    exact, found = sum(r.exact for r in results), sum(r.found for r in results)
    return (
        str(len(results)),
        f"{exact / len(results):.1%}",
        f"{found / len(results):.1%}",
        f"{statistics.median(seconds) * _MICROSECONDS:.0f}",
        f"{seconds[int(0.95 * (len(seconds) - 1))] * _MICROSECONDS:.0f}",
    )


def _shown(reading: Reading) -> str:
    return " ".join(map(str, reading.values or reading.bounds or (reading.reason,)))


if __name__ == "__main__":
    typer.run(main)
