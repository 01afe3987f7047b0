"""Names to choice ids, in both languages and with typing slips."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.types import Ambiguity, Choice, Reading
from nlu.values import reasons
from nlu.values.choices import read_choice

VENUES = (
    Choice("hanok_table", ("hanok_table", "Hanok Table", "한옥테이블")),
    Choice("morning_cup", ("morning_cup", "Morning Cup", "모닝컵")),
)
SEATS = (
    Choice("hall", ("hall", "main hall", "홀")),
    Choice("room", ("room", "private room", "룸", "방")),
    Choice("terrace", ("terrace", "outdoor", "outside", "테라스", "야외")),
)
UNKNOWN = Reading(reason=reasons.UNKNOWN_CHOICE)


@pytest.mark.parametrize(
    "words",
    [
        "Hanok Table", "hanok table", "HANOKTABLE", "hanok-table", "hanok_table", "the hanok", "Hanok Table, please",
        "hanok tabel", "hannok table", "hanock table", "hanok tabl", "at Hanok Table", "Hanok Table's",
        "book Hanok Table for tomorrow", "한옥테이블", "한옥 테이블", "한옥테이블이요", "한옥테이블로 할게요", "한옥 테이블에서",
        "한옥테이블은", "한옥테이불", "한옥", "ｈａｎｏｋ　ｔａｂｌｅ",
    ],
)  # fmt: skip
def test_every_spelling_of_a_venue_is_that_venue(words: str) -> None:
    assert read_choice(words, VENUES).exact == "hanok_table"


@pytest.mark.parametrize(
    "words", ["mornig cup", "Morning Cup", "the morning cup one", "모닝컵으로", "모닝컵이요", "모닝 컵", "모닝겁"]
)
def test_slips_and_particles_do_not_hide_the_other_venue(words: str) -> None:
    assert read_choice(words, VENUES).exact == "morning_cup"


@pytest.mark.parametrize(
    "words",
    [
        "Sunny Grill", "사천요리", "Golden Wok", "table", "the table", "a cup of tea", "restaurant", "", "!!!", "강남식당",
        "Harbor Table", "Seoul Garden", "김밥천국", "7pm",
    ],
)  # fmt: skip
def test_a_name_of_no_listed_venue_is_unknown(words: str) -> None:
    assert read_choice(words, VENUES) == UNKNOWN


@pytest.mark.parametrize(
    ("words", "seat"),
    [
        ("terrace seat", "terrace"), ("on the terrace if possible", "terrace"), ("terace", "terrace"),
        ("outside please", "terrace"), ("테라스로요", "terrace"), ("테라스 자리로 부탁드려요", "terrace"),
        ("private room", "room"), ("a room", "room"), ("방으로 주세요", "room"), ("룸이요", "room"),
        ("main hall", "hall"), ("홀", "hall"), ("홀로 해 주세요", "hall"), ("야외", "terrace"),
    ],
)  # fmt: skip
def test_a_seat_is_found_among_the_words_around_it(words: str, seat: str) -> None:
    assert read_choice(words, SEATS).exact == seat


@pytest.mark.parametrize("words", ["balcony", "bathroom", "window", "방금", "창가", "홀수"])
def test_a_word_that_only_holds_a_short_name_is_no_seat(words: str) -> None:
    assert read_choice(words, SEATS) == UNKNOWN


def test_two_names_equally_near_are_both_candidates() -> None:
    twins = (Choice("luna", ("Cafe Luna",)), Choice("lupa", ("Cafe Lupa",)))
    assert read_choice("cafe luma", twins) == Reading(("luna", "lupa"), Ambiguity.UNSURE)


def test_two_names_said_side_by_side_are_both_candidates() -> None:
    reading = read_choice("Hanok Table or Morning Cup", VENUES)
    assert reading == Reading(("hanok_table", "morning_cup"), Ambiguity.UNSURE)


def test_without_choices_every_name_is_unknown() -> None:
    assert read_choice("Hanok Table", ()) == UNKNOWN


@settings(deadline=None)
@given(st.text(st.characters(categories=None), max_size=100))
def test_any_text_gives_listed_ids_or_a_reason(words: str) -> None:
    reading = read_choice(words, VENUES)
    assert set(reading.values) <= {"hanok_table", "morning_cup"}
    assert bool(reading.values) != bool(reading.reason)
