"""English words to values: the hand-written cases in tests/data/values_en.yaml, and what holds for any text."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.types import Ambiguity, Delta, Kind, Moment, Reading
from nlu.values import normalise, read_delta
from nlu.values.text import clean, has_hangul, listed

CASES = Path(__file__).parents[3] / "data/values_en.yaml"
SEOUL = Moment(datetime.fromisoformat("2026-06-10T14:00+09:00"), "Asia/Seoul")
READ_KINDS = (Kind.DATE, Kind.TIME, Kind.COUNT, Kind.NAME, Kind.PHONE)


def cases() -> Iterator[Any]:
    for group in yaml.safe_load(CASES.read_text(encoding="utf-8")):
        moment = Moment(datetime.fromisoformat(group["now"]), group["zone"])
        for case in group["cases"]:
            yield pytest.param(case, moment, id=f"{case['kind']}: {case['text']}")


def delta(wanted: dict[str, Any] | None) -> Delta | None:
    if wanted is None:
        return None
    if "clock_minute" in wanted:
        return Delta("minutes", 0, 1, clock_minute=wanted["clock_minute"])
    unit = next(unit for unit in ("minutes", "days", "people") if unit in wanted)
    return Delta(unit, abs(wanted[unit]), 1 if wanted[unit] > 0 else -1, parts=wanted.get("parts", {}))


@pytest.mark.parametrize(("case", "moment"), list(cases()))
def test_a_phrase_reads_as_the_hand_written_case_says(case: dict[str, Any], moment: Moment) -> None:
    kind = Kind(case["kind"])
    if "delta" in case:
        assert read_delta(case["text"], kind) == delta(case["delta"])
        return
    reading = normalise(case["text"], kind, moment)
    assert reading == Reading(
        values=tuple(case.get("expect", ())),
        ambiguity=case.get("ambiguity", "none"),
        bounds=tuple(case["bounds"]) if "bounds" in case else None,
        approximate=case.get("approximate", False),
        parts=case.get("parts", {}),
        reason=case.get("reason", ""),
    )


WORDS = st.sampled_from(
    listed(
        "7 8:30 12 pm am half quarter past to at after before between and or not no Friday next this week month June 12th "
        "the day tomorrow in two days hours people of us for adults kids my wife me one more less - / : , . ! é 한 weekend "
        "Christmas 010 1234 5678 +82 Kim Dr. name is o'clock ish about 31 Feb 2026 99999 a couple X0X X1X noon midnight ten "
        "minutes until from evening lunch 32nd 25:61 every other than instead move"
    )
)
TEXTS = st.one_of(
    st.text(st.characters(categories=None), max_size=200),
    st.lists(WORDS, max_size=30).map(" ".join),
    st.lists(WORDS, max_size=30).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(READ_KINDS))
def test_any_text_reads_as_exactly_one_of_values_bounds_or_a_reason(text: str, kind: Kind) -> None:
    reading = normalise(text, kind, SEOUL)
    assert sum((bool(reading.values), reading.bounds is not None, bool(reading.reason))) == 1
    assert len(set(reading.values)) == len(reading.values)
    assert bool(reading.ambiguity is not Ambiguity.NONE and not reading.bounds) == (len(reading.values) > 1)
    change = read_delta(text, kind)
    assert change is None or (change.amount >= 0 and change.sign in (-1, 1))


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_canonical_date_reads_as_itself(day: date) -> None:
    assert normalise(day.isoformat(), Kind.DATE, SEOUL).exact == day.isoformat()


@settings(deadline=None)
@given(st.times().map(lambda moment: f"{moment:%H:%M}"))
def test_a_canonical_time_is_among_its_own_readings(clock: str) -> None:
    reading = normalise(clock, Kind.TIME, SEOUL)
    assert clock in reading.values
    assert reading.exact == clock or time.fromisoformat(clock).hour in (10, 11, 12)


@settings(deadline=None)
@given(st.integers(0, 999).map(str))
def test_a_canonical_count_reads_as_itself(number: str) -> None:
    assert normalise(number, Kind.COUNT, SEOUL).exact == number


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from((Kind.DATE, Kind.COUNT, Kind.NAME, Kind.PHONE)))
def test_what_was_read_exactly_reads_as_itself_again(text: str, kind: Kind) -> None:
    exact = normalise(text, kind, SEOUL).exact
    if exact is not None and not has_hangul(clean(text)):
        again = normalise(exact, kind, SEOUL).values
        assert exact.casefold() in [value.casefold() for value in again]


def test_a_day_is_told_in_the_users_zone() -> None:
    moment = Moment(datetime.fromisoformat("2026-06-10T16:00+00:00"), "Asia/Seoul")
    assert normalise("today", Kind.DATE, moment).exact == "2026-06-11"


def test_full_width_digits_and_missing_blanks_are_no_hindrance() -> None:
    assert normalise("７pm", Kind.TIME, SEOUL).exact == "19:00"
    assert normalise("ｆｏｒ ４people", Kind.COUNT, SEOUL).exact == "4"
