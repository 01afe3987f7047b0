"""The phrase sets that the value normaliser is measured on, each brought to the same cases.

A set is a function from the folder of public data to its cases; `ours` lies in the repository. A case is *relevant* where
somebody who books could say it and the product can mean it. What makes a row irrelevant is decided per set by a rule that
does not look at what the normaliser reads, and stands beside it. Add a set by adding its loader to `SETS`.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from nlu.types import Kind, Moment

FRESH: Final = Path(__file__).parents[1] / "tests/data/phrases_fresh.jsonl"
_FARTHEST: Final = timedelta(366)
"""Nobody books further ahead, or a past day."""
_LONGEST: Final = timedelta(13)
"""First to last day: nobody looks for a table within more than two weeks."""


@dataclass(frozen=True, slots=True)
class Case:
    """One phrase: what to read it as, and the values that count as right (none: nothing may come out).

    A range is written `start/end`, a party with children `adults+children`, a change `+30 minutes`; `change` says that
    the phrase is to be read as one.
    """

    set: str
    text: str
    kind: Kind
    accepted: frozenset[str]
    moment: Moment
    relevant: bool = True
    change: bool = False


def phrases(data: Path) -> Iterator[Case]:
    """Booking phrases, English and Korean, reference 2026-11-20 10:00 in Seoul. Amounts of money are not relevant."""
    for entry in _entries(data / "phrases/base_hard.jsonl"):
        yield from _phrase("phrases", entry)


def ours(_data: Path) -> Iterator[Case]:
    """Phrases as a guest types them, written before the normaliser was repaired on them, reference 2027-03-18 16:20 in Seoul."""
    for entry in _entries(FRESH):
        yield from _phrase("fresh", entry)


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _phrase(name: str, entry: dict[str, Any]) -> Iterator[Case]:
    moment = Moment(datetime.fromisoformat(entry["ref"]), entry["tz"])
    change = entry["kind"].startswith("change_")
    relevant = not (entry["kind"] == "number" and entry["text"].endswith("원"))
    for kind, accepted in _phrase_values(entry["kind"], [value for value in entry["expect"] if value is not None]):
        if kind is Kind.DATE:
            accepted = _in_either_year(accepted, moment.now.date(), entry["text"])
        yield Case(f"{name}-{entry['lang']}", entry["text"], kind, accepted, moment, relevant, change)


_CHANGED: Final = {"change_time": Kind.TIME, "change_date": Kind.DATE, "change_people": Kind.COUNT}


def _phrase_values(name: str, expect: list[Any]) -> Iterator[tuple[Kind, frozenset[str]]]:
    match name:
        case "date" | "time" | "name" | "phone":
            yield Kind(name), frozenset(map(str, expect))
        case "datetime":
            yield Kind.DATE, frozenset(str(value).partition("T")[0] for value in expect)
            yield Kind.TIME, frozenset(str(value).partition("T")[2] for value in expect)
        case "range":
            yield Kind.DATE, frozenset(day for value in expect for day in (value, *value.split("/")))
        case "time_range":
            yield Kind.TIME, frozenset(expect)
        case "number":
            yield Kind.COUNT, frozenset(map(str, expect))
        case "party":
            yield Kind.COUNT, frozenset(f"{party['adult']}+{party['child']}" for party in expect)
        case "change_time" | "change_date" | "change_people":
            yield _CHANGED[name], frozenset(expect)
        case "none":
            for kind in (Kind.DATE, Kind.TIME, Kind.COUNT):
                yield kind, frozenset()


def _in_either_year(days: frozenset[str], today: date, text: str) -> frozenset[str]:
    """The days, and where no year is named also those of this year: a past day is refused, never rolled over to the next."""
    if re.search(r"\d{4}|\d\d년|'\d\d", text):
        return days
    rolled = {day.replace(str(today.year + 1), str(today.year), 1) for day in days if "/" not in day}
    return days | {day for day in rolled if day < today.isoformat() and _exists(day)}


def _exists(day: str) -> bool:
    try:
        return date.fromisoformat(day) is not None
    except ValueError:
        return False


_DUCKLING: Final = re.compile(r"^datetime(Holiday)? \(([\d, ]+)\) (Day|Hour|Minute)\b")
_NO_CLOCK: Final = re.compile(r"\b(?:GMT|BST|CET|PST|IST|days?|fortnight)\b", re.IGNORECASE)
"""Times in a zone other than the speaker's, and days to which the set gives the hour of the clock on the wall."""


def duckling(data: Path) -> Iterator[Case]:
    """Duckling's English time corpus, reference 2013-02-12 04:30: single days as dates, single clock times as times.

    Relevant are days of the year ahead, and clock times in the speaker's own zone. Holidays are a set apart: most are of
    calendars and countries whose guests the product does not know.
    """
    moment = Moment(datetime.fromisoformat("2013-02-12T04:30-02:00"), "Etc/GMT+2")
    for entry in _rows(data / "duckling_en/duckling_time_en.tsv"):
        if not (match := _DUCKLING.match(entry["expected_duckling_expr"])):
            continue
        year, month, day, hour, minute, _ = map(int, match[2].split(","))
        text = entry["text"]
        if match[3] == "Day":
            name = "duckling-en-holidays" if match[1] else "duckling-en"
            days = _in_either_year(frozenset({f"{year}-{month:02d}-{day:02d}"}), moment.now.date(), text)
            yield Case(name, text, Kind.DATE, days, moment, _ahead(days, moment))
        else:
            clock = frozenset({f"{hour:02d}:{minute:02d}"})
            yield Case("duckling-en", text, Kind.TIME, clock, moment, _NO_CLOCK.search(text) is None)


def sgd(data: Path) -> Iterator[Case]:
    """Dates and times as users of Schema-Guided Dialogue wrote them, reference day 2019-03-01."""
    moment = Moment(datetime.fromisoformat("2019-03-01T08:00-08:00"), "America/Los_Angeles")
    for entry in _rows(data / "sgd/datetime_canonical_dev.tsv"):
        if entry["kind"] in ("date", "time"):
            said = entry["canonical"] != "dontcare"
            value = frozenset({entry["canonical"]})
            yield Case("sgd-en", entry["surface"], Kind(entry["kind"]), value, moment, relevant=said)


_NO_BOOKING: Final = re.compile(r"나의 하루|그 날에|과거|영업일|[0-9]+주부터|좀 더 일찍")
"""Small talk, a day pointed at, past days, working days, weeks of the year by number, a moment to aim for."""


def ko_recognizers(data: Path) -> Iterator[Case]:
    """Korean cases of Microsoft's recognizers, each with its own reference; where the year is open, either year is right.

    Relevant are days of the year ahead, stretches of at most two weeks of it, whole numbers up to a hundred that are the
    whole answer, and what is no number. Not relevant: the two holidays, which are American; and `_NO_BOOKING`.
    """
    for entry in _entries(data / "ko_recognizers/verified_30pct.jsonl"):
        text, results = entry["text"], entry["results"]
        if entry["spec"] in ("DateParser", "HolidayParser", "DatePeriodParser"):
            moment = Moment(datetime.fromisoformat(entry["reference"][:19] + "+09:00"), "Asia/Seoul")
            days = _days(results)
            likely = entry["spec"] != "HolidayParser" and _NO_BOOKING.search(text) is None
            yield Case("recognizers-ko", text, Kind.DATE, days, moment, likely and _ahead(days, moment))
        elif entry["spec"] == "NumberModel":
            moment = Moment(datetime.fromisoformat("2016-11-07T00:00+09:00"), "Asia/Seoul")
            number = frozenset(result["Resolution"]["value"] for result in results)
            whole = [result["Text"] for result in results] == [text] and text.isalnum()
            likely = not results or (whole and all(value.isdecimal() and int(value) <= 100 for value in number))
            yield Case("recognizers-ko", text, Kind.COUNT, number, moment, likely)


def _days(results: list[dict[str, Any]]) -> frozenset[str]:
    """The day, or the ranges with the end counted in and not: the set does the one for `까지`, the other for a week."""
    found: set[str] = set()
    for result in results:
        for side in ("FutureResolution", "PastResolution"):
            value = result["Value"][side]
            if "date" in value:
                found.add(value["date"])
            elif "startDate" in value and "endDate" in value:
                first, last = date.fromisoformat(value["startDate"]), date.fromisoformat(value["endDate"])
                found |= {f"{first}/{max(first, last - timedelta(days=step))}" for step in (0, 1)}
                found |= {str(first)} if last == first else set()
    return frozenset(found)


def _ahead(days: frozenset[str], moment: Moment) -> bool:
    """Whether any of the days (or ranges) is one to book: not past, not too far ahead, not too long."""
    today = moment.now.date()
    for value in days:
        first, last = (date.fromisoformat(end) for end in (value.partition("/")[0], value.rpartition("/")[2]))
        if last >= today and last - today <= _FARTHEST and last - first <= _LONGEST:
            return True
    return False


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


SETS: Final[tuple[Callable[[Path], Iterator[Case]], ...]] = (phrases, ours, duckling, sgd, ko_recognizers)
