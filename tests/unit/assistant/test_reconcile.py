"""Two readings become one by a rule: what is sure stands, and where they differ about the rest nothing is guessed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reconcile import SURE, reconcile, unread
from assistant.types import Conversation, NewValue, Op, Operation, Phase, Quote, Scope
from tests.support.annotated import DOMAIN

TEXT = "make it 8 instead of 7"
WHOLE = Quote(0, len(TEXT), TEXT)
COLLECTING = Conversation("c", phase=Phase.COLLECTING)
CONFIRMING = Conversation("c", phase=Phase.CONFIRMING)

DOUBT = SURE - 0.1
UNKNOWN = Operation(Op.UNKNOWN, quote=WHOLE)
YES, NO = Operation(Op.AFFIRM, quote=WHOLE, confidence=DOUBT), Operation(Op.DENY, quote=WHOLE, confidence=DOUBT)
ASK = Operation(Op.ASK, quote=WHOLE, confidence=DOUBT)
RESTART = Operation(Op.START, everything=True, quote=WHOLE, confidence=DOUBT)
CLEAR_ALL = Operation(Op.CLEAR, everything=True, quote=WHOLE, confidence=DOUBT)
CANCEL = Operation(Op.CANCEL, scope=Scope.TASK, quote=WHOLE, confidence=DOUBT)
REFUSE = Operation(Op.CHITCHAT, topic="out_of_scope", quote=WHOLE, confidence=DOUBT)


def take(slot: str, *values: str, **fields: object) -> Operation:
    value = NewValue(values, **fields)  # type: ignore[arg-type]
    return Operation(Op.SET, (slot,), value=value, quote=Quote(8, 9, "8"), confidence=DOUBT)


def about(op: Op, *slots: str) -> Operation:
    return Operation(op, slots, quote=Quote(8, 9, "8"), confidence=DOUBT)


def both(tagger: list[Operation], llama: list[Operation], where: Conversation = COLLECTING) -> list[Operation]:
    return list(reconcile(tagger, llama, where, DOMAIN))


@pytest.mark.parametrize(
    "sure", [YES, NO, RESTART, CLEAR_ALL, CANCEL, REFUSE, take("time", "20:00"), about(Op.CLEAR, "time")]
)
@pytest.mark.parametrize("other", [UNKNOWN, NO, CLEAR_ALL, CANCEL, take("time", "19:00"), take("date", "2026-06-12")])
def test_what_the_tagger_is_sure_of_stands(sure: Operation, other: Operation):
    sure = replace(sure, confidence=SURE)
    assert both([sure], [other], CONFIRMING) == [sure]


def test_what_is_sure_stands_beside_what_is_not():
    sure, doubted = replace(take("date", "2026-06-12"), confidence=SURE), take("time", "20:00")
    first, second = both([sure, doubted], [take("date", "2026-06-13"), about(Op.CLEAR, "time")])
    assert first == sure
    assert (second.op, second.slots) == (Op.MODIFY, ("time",))


def test_what_both_read_the_same_way_is_taken_as_the_tagger_read_it():
    mine = replace(take("time", "20:00"), confidence=0.6)
    assert both([mine], [take("time", "20:00")]) == [mine]


def test_two_values_for_a_slot_become_candidates():
    (one,) = both([take("time", "20:00")], [take("time", "19:00")])
    assert (one.op, one.slots) == (Op.SET, ("time",))
    assert one.value == NewValue(("20:00", "19:00"))


@pytest.mark.parametrize(
    "other",
    [
        about(Op.CLEAR, "time"),
        about(Op.ADJUST, "time"),
        take("time", bounds=("17:00", "21:00")),
        take("time", reason="past"),
    ],
)
def test_any_other_difference_about_a_slot_becomes_a_question(other: Operation):
    (one,) = both([take("time", "20:00")], [other])
    assert (one.op, one.slots) == (Op.MODIFY, ("time",))


def test_a_clear_against_a_value_empties_nothing():
    (one,) = both([about(Op.CLEAR, "time")], [take("time", "20:00")])
    assert (one.op, one.slots) == (Op.MODIFY, ("time",))


def test_what_the_llama_misses_stands_and_what_it_adds_to_words_that_were_understood_does_not():
    mine = [take("time", "20:00"), ASK]
    assert both(mine, [UNKNOWN]) == mine
    assert both(mine, [take("party_size", "8"), take("time", "20:00")]) == mine


def test_the_llama_is_believed_about_words_that_the_tagger_made_nothing_of():
    clear = about(Op.CLEAR, "time")
    assert both([UNKNOWN], [clear]) == [clear]
    date = Operation(Op.SET, ("date",), value=NewValue(("2026-06-12",)), quote=Quote(0, 4, "make"))
    unread = Operation(Op.UNKNOWN, quote=Quote(8, 9, "8"))
    assert both([date, unread], [take("party_size", "8")]) == [date, take("party_size", "8")]


def test_a_name_alone_is_believed_only_where_one_was_asked_for():
    name = Operation(Op.SET, ("name",), value=NewValue(("Lkjhgf Dsa",)), quote=WHOLE)
    assert both([UNKNOWN], [name], replace(COLLECTING, asked="time")) == [UNKNOWN]
    assert both([UNKNOWN], [name], replace(COLLECTING, asked="name")) == [name]


def test_a_question_that_the_tagger_wants_asked_is_asked():
    which = Operation(Op.UNKNOWN, topic="number", quote=WHOLE)
    assert both([which], [take("party_size", "8")]) == [which]


@pytest.mark.parametrize("alone", [YES, RESTART, CLEAR_ALL, CANCEL])
@pytest.mark.parametrize("where", [COLLECTING, CONFIRMING])
def test_the_llama_alone_neither_books_nor_wipes(alone: Operation, where: Conversation):
    assert [one.op for one in both([UNKNOWN], [alone], where)] == [Op.UNKNOWN]


@pytest.mark.parametrize("other", [[NO], [UNKNOWN], [ASK], [YES, NO], [YES, take("time", "20:00")], [REFUSE]])
def test_a_yes_that_the_other_did_not_hear_as_one_is_asked_again(other: list[Operation]):
    assert [one.op for one in both([YES], other, CONFIRMING)] == [Op.UNKNOWN]


def test_a_yes_that_both_heard_stands_and_so_does_a_question_beside_it():
    assert both([YES, ASK], [YES], CONFIRMING) == [YES, ASK]


def test_a_no_never_becomes_a_yes():
    assert both([NO], [YES], CONFIRMING) == [NO]


@pytest.mark.parametrize("wipe", [RESTART, CLEAR_ALL, CANCEL])
def test_a_wipe_that_only_one_of_them_heard_is_asked_again(wipe: Operation):
    clear = about(Op.CLEAR, "time")
    assert [one.op for one in both([wipe], [clear])] == [Op.UNKNOWN]
    assert [one.op for one in both([clear], [wipe])] == [Op.UNKNOWN]
    assert both([wipe], [wipe]) == [wipe]


def test_what_is_to_be_kept_must_be_the_same():
    except_name = replace(CLEAR_ALL, slots=("name",))
    assert [one.op for one in both([except_name], [CLEAR_ALL])] == [Op.UNKNOWN]
    assert both([except_name], [except_name]) == [except_name]


def test_a_no_to_going_on_is_a_wipe():
    suspended = Conversation("c", phase=Phase.SUSPENDED)
    assert [one.op for one in both([UNKNOWN], [NO], suspended)] == [Op.UNKNOWN]
    assert both([UNKNOWN], [NO]) == [NO]


def test_manipulation_that_the_tagger_saw_yields_nothing():
    assert both([REFUSE], [YES, take("party_size", "8"), CLEAR_ALL], CONFIRMING)[0].op in (Op.UNKNOWN, Op.CHITCHAT)
    assert both([REFUSE], [YES, take("party_size", "8")], CONFIRMING) == [REFUSE]


OPERATIONS = st.builds(
    Operation,
    st.sampled_from(Op),
    st.sampled_from([(), ("time",), ("date", "time")]),
    everything=st.booleans(),
    value=st.sampled_from([None, NewValue(("19:00",)), NewValue(bounds=("17:00", "21:00")), NewValue(reason="past")]),
    scope=st.sampled_from([None, *Scope]),
    topic=st.sampled_from(["", "number", "out_of_scope"]),
    quote=st.sampled_from([None, WHOLE, Quote(8, 9, "8")]),
    confidence=st.sampled_from([DOUBT, SURE]),
)


@given(
    st.lists(OPERATIONS, min_size=1, max_size=4),
    st.lists(OPERATIONS, min_size=1, max_size=4),
    st.sampled_from([COLLECTING, CONFIRMING, Conversation("c", phase=Phase.SUSPENDED, booking_id="b")]),
)
def test_whatever_they_read_what_is_sure_is_left_and_a_doubtful_yes_needs_both(
    tagger: list[Operation], llama: list[Operation], where: Conversation
):
    result = both(tagger, llama, where)
    assert result
    assert all(one in result for one in tagger if one.confidence >= SURE and one not in unread(tagger))
    doubted = {one.op for one in result if one.confidence < SURE}
    said = {one.op for one in llama}
    assert Op.AFFIRM not in doubted or (Op.AFFIRM in said and Op.DENY not in said)
    assert {one.op for one in result} & {Op.AFFIRM} <= {one.op for one in tagger}
    cleared = {one.slots for one in result if one.op is Op.CLEAR}
    assert cleared <= {one.slots for one in (*tagger, *llama) if one.op is Op.CLEAR}
    assert all(one.value is None or set(one.value.candidates) <= {"19:00"} for one in result)
