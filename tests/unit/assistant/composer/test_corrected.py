"""A value put right in the same breath is for the slot of the first, and a message may take itself back."""

import pytest

from assistant.types import Op, Operation
from tests.support.annotated import FRIDAY, Talk, draft

EMPTY_BUT_VENUE = {"restaurant": "hanok_table"}


def heard(annotated: str, **fields: object) -> list[tuple[str, tuple[str, ...]]]:
    operations = Talk(draft(EMPTY_BUT_VENUE, **fields)).operations(annotated)
    return [(one.slots[0], one.value.candidates) for one in operations if one.slots and one.value]


@pytest.mark.parametrize(
    "annotated",
    [
        "|[Seven](party_size), no, [half past seven](time)",
        "|at [eight](number), hang on, [7:30 pm](time)",
        "|[six](number)... or rather, um, [five pm](time)",
    ],
)
def test_a_bare_number_that_the_next_value_puts_right_is_given_up(annotated: str) -> None:
    assert [slot for slot, _ in heard(annotated)] == ["time"]


def test_a_bare_number_that_puts_a_value_right_is_for_the_same_slot() -> None:
    assert heard("|for [two people](party_size), sorry, [three](number)", asked="date")[-1] == ("party_size", ("3",))


def test_a_doubted_number_is_given_up_for_what_follows_a_change_of_mind() -> None:
    said = "|I'd say [eight](number), no wait, he is late on that day so [half nine](time)"
    assert [slot for slot, _ in heard(said, asked="date")] == ["time"]


def test_two_values_with_their_units_are_both_taken() -> None:
    said = heard("|[Saturday](date), no sorry, I have two questions: [7 pm](time)")
    assert [slot for slot, _ in said] == ["date", "time"]


@pytest.mark.parametrize(
    "annotated",
    [
        "cancel_change|Move it to [nine](number). Oh, never mind.",
        "deny|[the time](slot_ref.clear) is wrong, hmm, no, forget it",
        "|[six of us](party_size), or, actually, no, leave it as it was",
    ],
)
def test_a_message_that_takes_itself_back_changes_nothing(annotated: str) -> None:
    (operation,) = Talk(draft(FRIDAY)).operations(annotated)
    assert operation.op is Op.CHITCHAT


def test_a_message_that_takes_itself_back_ends_a_change_that_was_announced() -> None:
    (operation,) = Talk(draft(FRIDAY, attempt="time")).operations("|[nine](number), oh no, never mind")
    assert operation.op is Op.CANCEL


def test_words_that_only_say_never_mind_are_left_to_the_tagger() -> None:
    first: Operation = Talk(draft(FRIDAY)).operations("|No, never mind about [the time](slot_ref.clear)")[0]
    assert (first.op, first.slots) == (Op.CLEAR, ("time",))


@pytest.mark.parametrize(
    "annotated",
    [
        "affirm|Yes except [the name](slot_ref.clear), it's Odell",
        "|[the name](slot_ref.clear) is wrong, it should be Maja Odell.",
        "|about [my name](slot_ref.change): make it Odell",
    ],
)
def test_a_name_behind_words_for_the_name_is_the_new_one(annotated: str) -> None:
    operations = Talk(draft(FRIDAY)).operations(annotated)
    assert [(one.op, one.slots) for one in operations if one.slots] == [(Op.SET, ("name",))]


@pytest.mark.parametrize(
    "annotated",
    [
        "|[the name](slot_ref.clear) is wrong, it's misspelt",
        "|[the time](slot_ref.clear) is wrong, it's Friday",
        "|take out [the name](slot_ref.clear). Put Friday",
    ],
)
def test_other_words_behind_are_no_name(annotated: str) -> None:
    operations = Talk(draft(FRIDAY)).operations(annotated)
    assert Op.SET not in [one.op for one in operations if one.slots == ("name",)]


@pytest.mark.parametrize(
    "annotated",
    [
        "|이름은 [한솔](name.old) 아니 한서요",
        "|[한솔](name.old), 아니다 한서예요",
        "|[한솔](name.old)이 아니고 한서로요",
    ],
)
def test_a_korean_name_given_up_in_the_same_breath_has_a_successor(annotated: str) -> None:
    assert heard(annotated, asked="name") == [("name", ("한서",))]


@pytest.mark.parametrize("verb", ["지워요", "빼세요", "취소요", "지워줘요", "바꿔요"])
def test_a_verb_behind_a_korean_name_that_is_turned_down_is_no_name(verb: str) -> None:
    assert heard(f"|이름은 [한솔](name.old) 아니 {verb}", asked="name") == []


def test_a_cancelling_that_is_taken_back_before_anything_is_named_cancels_nothing() -> None:
    operations = Talk(draft(FRIDAY)).operations("cancel_booking|can you cancel, oh no, never mind, we'll be there")
    assert [one.op for one in operations] == [Op.CHITCHAT]


@pytest.mark.parametrize(
    ("annotated", "name"),
    [
        ("|oops, not [Kim Minsu](name.old), Kim Minsoo", "Kim Minsoo"),
        ("|not [Kim Minsu](name.old), sorry", None),
        ("|not [Kim Minsu](name.old). Thanks", None),
    ],
)
def test_the_name_behind_one_that_is_turned_down_takes_its_place(annotated: str, name: str | None) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert talk.values.get("name") == name


def test_a_message_that_leaves_it_after_all_changes_nothing() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|erase [the date](slot_ref.clear)... hmm no, leave it")
    assert talk.values == FRIDAY
