"""Which word was meant."""

from assistant.spelling import meant, not_known


def test_a_misspelt_word_is_told_the_one_that_it_looks_like() -> None:
    assert not_known("slotz", ["venues", "slots"]) == "'slotz' is not known here; did you mean 'slots'?"


def test_a_word_like_none_is_told_all_that_there_are() -> None:
    assert meant("speed", ["rate", "epochs"]) == "known are rate, epochs"


def test_where_nothing_may_stand_the_word_is_to_go() -> None:
    assert not_known("speed", []) == "'speed' is not known here; remove it"
