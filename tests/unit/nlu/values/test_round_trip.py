"""What the product says of a value reads as that value again, in either language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.wording import say_date, say_time
from nlu.types import Kind, Moment
from nlu.values import normalise
from tests.support.annotated import DOMAIN

LEAP_YEAR = date(2028, 1, 1)
NOW = Moment(datetime.fromisoformat("2028-01-01T14:00:00+09:00"), "Asia/Seoul")
LANGUAGES = ("en", "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_leap_year(language: str) -> None:
    for place in range(366):
        day = (LEAP_YEAR + timedelta(place)).isoformat()
        said = say_date(day, language)
        assert normalise(said, Kind.DATE, NOW).exact == day, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_minute_of_a_day(language: str) -> None:
    for minute in range(24 * 60):
        clock = f"{minute // 60:02d}:{minute % 60:02d}"
        said = say_time(clock, language)
        assert normalise(said, Kind.TIME, NOW).exact == clock, said


@pytest.mark.parametrize("language", LANGUAGES)
@given(adults=st.integers(0, 40), children=st.integers(0, 40))
def test_every_party_with_its_adults_and_children(language: str, adults: int, children: int) -> None:
    units, total = DOMAIN.responses[language].units, str(adults + children)
    people = units["person" if total == "1" else "people"].format(count=total)
    assert normalise(people, Kind.COUNT, NOW).exact == total
    parts = {"adults": str(adults), "children": str(children)}
    reading = normalise(f"{people} ({units['split'].format_map(parts)})", Kind.COUNT, NOW)
    assert reading.exact == total
    assert dict(reading.parts) == parts or not children


@given(st.from_regex(r"010-[0-9]{4}-[0-9]{4}|02-[0-9]{3,4}-[0-9]{4}|0(31|51|64)-[0-9]{3,4}-[0-9]{4}", fullmatch=True))
def test_every_phone_number_also_with_korean_words_around_it(number: str) -> None:
    for words in (
        number,
        number.replace("-", ""),
        f"제 번호는 {number}이에요",
        f"my number is {number.replace('-', ' ')}",
    ):
        assert normalise(words, Kind.PHONE, NOW).exact == number, words


@pytest.mark.parametrize("name", ["Kim Minsu", "Mary-Jane O'Brien", "Anna & Tom", "김민수", "남궁민수", "Lee"])
def test_a_name_stays_as_it_was_stored(name: str) -> None:
    assert normalise(name, Kind.NAME, NOW).exact == name
