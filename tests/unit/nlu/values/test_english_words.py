"""English words in one spelling, and which slips are mended."""

import pytest

from nlu.values.english_words import canonical


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("haf past six", "half past 6"),
        ("arond 7", "around 7"),
        ("fuor poeple", "4 people"),
        ("tomorow evnin", "tomorrow evening"),
        ("quater to eigth", "quarter to 8"),
        ("thrusday", "thursday"),
        ("2 adlts 1 bbay", "2 adults 1 baby"),
        ("a chlid and two kdis", "a child and 2 kids"),
    ],
)
def test_a_slip_or_two_in_a_word_that_matters_is_mended(typed: str, meant: str) -> None:
    assert canonical(typed) == meant


@pytest.mark.parametrize(
    "words",
    ["mourning", "diner", "fore", "sundae", "minuet", "noone", "childrens", "augusta", "chilled", "fiend", "babes"],
)
def test_another_word_that_is_a_letter_away_stays_itself(words: str) -> None:
    assert canonical(words) == words


@pytest.mark.parametrize("words", ["minsu", "hanok", "한옥", "zoë", "o'hara", "qi"])
def test_words_of_no_dictionary_that_are_near_to_nothing_stay_as_they_are(words: str) -> None:
    assert canonical(words) == words
