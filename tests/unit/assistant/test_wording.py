"""Values as people write them, and Korean particles after every kind of word."""

import pytest

from assistant.wording import fit_particles, join, say_date, say_time


@pytest.mark.parametrize(
    ("value", "english", "korean"),
    [
        ("19:00", "7 pm", "저녁 7시"),
        ("07:30", "7:30 am", "오전 7시 30분"),
        ("12:00", "12 noon", "낮 12시"),
        ("12:30", "12:30 pm", "오후 12시 30분"),
        ("13:00", "1 pm", "오후 1시"),
        ("21:00", "9 pm", "밤 9시"),
        ("00:00", "12 am", "밤 12시"),
    ],
)
def test_a_time_says_which_half_of_the_day_it_is(value: str, english: str, korean: str) -> None:
    assert (say_time(value, "en"), say_time(value, "ko")) == (english, korean)


def test_a_date_says_its_weekday() -> None:
    assert say_date("2026-06-12", "en") == "Friday, June 12"
    assert say_date("2026-06-12", "ko") == "6월 12일 금요일"


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("시간(을/를) 지웠어요", "시간을 지웠어요"),
        ("날짜(을/를) 지웠어요", "날짜를 지웠어요"),
        ("5명(으로/로)", "5명으로"),
        ("테라스(으로/로)", "테라스로"),
        ("홀(으로/로)", "홀로"),
        ('"6"(은/는)', '"6"은'),
        ("Kim(이/가)", "Kim이"),
        ("예약 (이은지)(을/를)", "예약 (이은지)를"),
        ("Morning Cup(이/가)", "Morning Cup이"),
    ],
)
def test_a_particle_fits_the_word_before_it(written: str, spoken: str) -> None:
    assert fit_particles(written) == spoken


def test_a_list_joins_its_last_word() -> None:
    assert join(["a", "b", "c"], " or ") == "a, b or c"
    assert join(["a"], " or ") == "a"
    assert join([], " or ") == ""
