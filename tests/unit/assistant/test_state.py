"""The reducer: what a conversation is after the user's words, and what it never becomes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.types import Commits, Day, Flag, Op, Operation, Pending, Phase, Producer, Status
from tests.support.annotated import FRIDAY, WEDNESDAY, Talk, draft, filled


def booked(**fields: object) -> Talk:
    conversation = draft(
        FRIDAY, phase=Phase.BOOKED, booking_id="b1", booked=filled(FRIDAY), commits=Commits(created=1), **fields
    )
    return Talk(conversation)


# --- clearing ------------------------------------------------------------------------------------------------------


def test_a_cleared_value_does_not_come_back() -> None:
    talk = Talk(draft())
    talk.hear("|forget [the time](slot_ref.clear)")
    talk.hear("ask|do you have parking?")
    talk.hear("|[Lee](name)", asked="name")
    assert talk.cleared == {"time"}
    assert "time" not in talk.values


def test_clearing_a_slot_that_holds_nothing_changes_nothing() -> None:
    talk = Talk(draft())
    applied = talk.hear("|remove [the phone number](slot_ref.clear)")
    assert talk.conversation.version == 0
    assert applied.effects.dropped == ()


def test_the_last_word_on_a_slot_counts() -> None:
    talk = Talk(draft())
    talk.hear("|scrap [the time](slot_ref.clear), make it [8 pm](time)")
    assert talk.values["time"] == "20:00"


def test_everything_but_one_slot_is_cleared_and_what_was_never_given_stays_empty() -> None:
    talk = Talk(draft())
    talk.hear("clear_all|clear all except [the restaurant](slot_ref.keep)")
    assert talk.values == {"restaurant": "hanok_table"}
    assert talk.cleared == {"date", "time", "party_size", "name"}


def test_starting_over_leaves_every_slot_empty_not_cleared() -> None:
    talk = Talk(draft())
    applied = talk.hear("restart|start over")
    assert (talk.values, talk.cleared, applied.meaning) == ({}, set(), "start_over")
    assert talk.conversation.phase is Phase.COLLECTING


def test_one_turn_is_one_version_however_many_slots_it_changes() -> None:
    talk = Talk(draft())
    talk.hear("|remove [the date](slot_ref.clear) and [the time](slot_ref.clear)")
    assert talk.conversation.version == 1


# --- values --------------------------------------------------------------------------------------------------------


def test_a_refused_value_does_not_destroy_the_old_one() -> None:
    talk = Talk(draft())
    applied = talk.hear("|make it [50 people](party_size)")
    assert talk.values["party_size"] == "4"
    (refusal,) = applied.effects.refusals
    assert (refusal.reason, refusal.limit, refusal.kept) == ("too_many", "12", "4")
    assert talk.conversation.attempt == "party_size"


def test_an_inferred_value_goes_when_its_replacement_is_refused() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-11"}))
    talk.hear("|at [7](time)")
    assert Flag.INFERRED in talk.conversation.slot("time").flags
    talk.hear("deny|no, [7 in the morning](time)")
    assert talk.cleared == {"time"}


def test_an_inferred_value_that_is_moved_too_far_stays_for_nobody_rejected_it() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-11"}))
    talk.hear("|at [9](time)")
    assert Flag.INFERRED in talk.conversation.slot("time").flags
    applied = talk.hear("|[half an hour later](time.delta)")
    assert (talk.values["time"], len(applied.effects.refusals)) == ("21:00", 1)


def test_a_bare_hour_takes_the_half_of_the_day_of_the_time_it_replaces() -> None:
    talk = Talk(draft())
    talk.hear("|[8](number) instead of [7](number.old)")
    assert talk.values["time"] == "20:00"
    assert Flag.INFERRED not in talk.conversation.slot("time").flags


def test_a_bare_hour_with_two_possible_readings_is_a_question() -> None:
    talk = Talk(draft({"restaurant": "morning_cup", "date": "2026-06-11"}))
    talk.hear("|at [7](time)")
    assert set(talk.conversation.slot("time").candidates) == {"07:00", "19:00"}
    talk.hear("|in [the morning](time)", asked="time")
    assert talk.values["time"] == "07:00"


def test_candidates_are_cut_when_the_venue_leaves_one() -> None:
    talk = Talk(draft({"date": "2026-06-11"}))
    talk.hear("|at [7](time)")
    talk.hear("|at [Hanok Table](restaurant)")
    assert talk.values["time"] == "19:00"
    assert Flag.INFERRED in talk.conversation.slot("time").flags


def test_a_time_that_is_full_on_the_new_day_is_cleared_and_named() -> None:
    saturday = Day("hanok_table", date(2026, 6, 13), {"18:00": 12})
    talk = Talk(draft(), days=[saturday])
    applied = talk.hear("|move it to [Saturday](date)")
    assert talk.values["date"] == "2026-06-13"
    assert talk.cleared == {"time"}
    assert [(one.slot, one.value, one.reason) for one in applied.effects.dropped] == [("time", "19:00", "full")]


def test_the_phone_goes_when_the_party_is_no_longer_large() -> None:
    talk = Talk(draft({**FRIDAY, "party_size": "8", "phone": "010-1234-5678"}))
    talk.hear("|only [4 of us](party_size) now")
    assert talk.cleared == {"phone"}


def test_a_phone_that_a_small_party_volunteered_is_kept() -> None:
    talk = Talk(draft({**FRIDAY, "phone": "010-1234-5678"}))
    talk.hear("|[5 people](party_size)")
    assert talk.values["phone"] == "010-1234-5678"


def test_a_split_follows_changes_said_in_its_words_and_a_total_drops_it() -> None:
    talk = Talk(draft())
    talk.hear("|[two adults and one child](party_size)")
    talk.hear("|[one more child](party_size.delta)")
    assert (talk.values["party_size"], dict(talk.conversation.slot("party_size").parts)) == (
        "4",
        {"adults": "2", "children": "2"},
    )
    talk.hear("|[5 people](party_size)")
    assert dict(talk.conversation.slot("party_size").parts) == {}


def test_a_party_can_lose_all_its_children() -> None:
    talk = Talk(draft())
    talk.hear("|[two adults and three children](party_size)")
    talk.hear("|[no kids](party_size.delta) after all")
    assert (talk.values["party_size"], dict(talk.conversation.slot("party_size").parts)) == (
        "2",
        {"adults": "2", "children": "0"},
    )


def test_children_that_were_never_counted_cannot_be_taken_off() -> None:
    talk = Talk(draft())
    applied = talk.hear("|[아이들은 안 와](party_size.delta)요")
    assert (talk.values["party_size"], applied.effects.refusals[0].reason) == ("4", "nothing_held")


def test_the_same_as_last_time_does_not_miss_what_last_time_did_without() -> None:
    talk = booked()
    applied = talk.hear("start+copy|another one, same as before, on [saturday](date)")
    assert talk.values == FRIDAY | {"date": "2026-06-13"}
    assert applied.effects.refusals == ()


def test_what_is_to_be_taken_over_by_name_is_missed_where_last_time_had_none() -> None:
    talk = booked()
    applied = talk.hear("start|another one, under the [same phone number](slot_ref.copy)")
    assert [(one.slot, one.reason) for one in applied.effects.refusals] == [("phone", "nothing_held")]


def test_the_same_as_last_time_without_a_last_time_is_one_refusal() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    applied = talk.hear("copy|same as last time")
    assert [(one.slot, one.reason) for one in applied.effects.refusals] == [("time", "nothing_earlier")]


def test_the_value_from_before_is_this_draft_s_where_there_is_no_earlier_booking() -> None:
    talk = Talk(draft())
    talk.hear("|drop [the time](slot_ref.clear)")
    talk.hear("|[the same time](slot_ref.copy) as before")
    assert talk.values["time"] == "19:00"
    applied = talk.hear("|[the same date](slot_ref.copy) as before")
    assert not applied.effects.refusals


def test_the_value_that_was_replaced_comes_back_by_its_slot() -> None:
    talk = Talk(draft())
    talk.hear("|make it [Morning Cup](restaurant) instead")
    talk.hear("|[5](party_size) people")
    talk.hear("|back to [the original restaurant](slot_ref.restore)")
    assert (talk.values["restaurant"], talk.values["party_size"]) == ("hanok_table", "5")


def test_like_before_beside_a_value_means_the_value_where_there_is_no_earlier_booking() -> None:
    applied = Talk(draft()).hear("copy|like before, [5 people](party_size)")
    assert not applied.effects.refusals
    assert applied.conversation.value("party_size") == "5"


def test_hour_and_party_can_be_swapped() -> None:
    talk = Talk(draft({**FRIDAY, "time": "19:00", "party_size": "5"}))
    talk.hear("swap|swap those two")
    assert (talk.values["time"], talk.values["party_size"]) == ("17:00", "7")


def test_a_required_slot_has_no_any_will_do() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    applied = talk.hear("dont_care|whatever", asked="date")
    assert applied.effects.refusals[0].reason == "needed"
    assert "date" not in talk.values


def test_who_brings_fewer_people_need_not_leave_a_phone() -> None:
    talk = Talk(draft({**FRIDAY, "party_size": "8"}))
    applied = talk.hear("skip|[seven](party_size), no number", asked="phone")
    assert (talk.values["party_size"], applied.effects.refusals) == ("7", ())
    talk.hear("|[eight](party_size)")
    assert talk.hear("skip|no number", asked="phone").effects.refusals[0].reason == "needed"


def test_vague_words_give_no_value_and_no_refusal() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    applied = talk.hear("|[a few of us](party_size)")
    assert applied.effects.refusals == ()
    assert talk.conversation.slot("party_size").status is Status.EMPTY


# --- undo ----------------------------------------------------------------------------------------------------------


def test_undo_brings_back_emptiness_not_a_clear() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|[four people](party_size)")
    talk.hear("undo|undo that")
    assert talk.conversation.slot("party_size").status is Status.EMPTY
    talk.hear("redo|put that back")
    assert talk.values["party_size"] == "4"


def test_every_change_can_be_undone_in_turn() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    for words in ("|[Friday](date)", "|[7 pm](time)", "clear_all|clear everything"):
        talk.hear(words)
    for _ in range(3):
        talk.hear("undo|undo")
    assert talk.values == {"restaurant": "hanok_table"}
    assert talk.hear("undo|undo").meaning == "nothing_to_undo"


def test_put_that_back_right_after_a_clear_takes_the_clear_back() -> None:
    talk = Talk(draft())
    talk.hear("|drop [the time](slot_ref.clear)")
    talk.hear("redo|put that back")
    assert talk.values == FRIDAY


def test_bringing_a_slot_back_after_an_undo_redoes_it() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|[four people](party_size)")
    talk.hear("undo|undo that")
    talk.hear("|bring [the party size](slot_ref.restore) back")
    assert talk.values["party_size"] == "4"


def test_a_program_that_redoes_nothing_brings_nothing_back() -> None:
    talk = Talk(draft())
    talk.hear("|drop [the time](slot_ref.clear)")
    assert talk.carry_out(Operation(Op.REDO, producer=Producer.API)).meaning == "nothing_to_undo"
    assert talk.cleared == {"time"}


def test_a_new_change_ends_redo() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|[7 pm](time)")
    talk.hear("undo|undo")
    talk.hear("|[8 pm](time)")
    assert talk.hear("redo|redo that").meaning == "nothing_to_undo"


def test_a_named_slot_is_restored_even_after_other_changes() -> None:
    talk = Talk(draft())
    talk.hear("|drop [the time](slot_ref.clear)")
    talk.hear("|[5 people](party_size)")
    talk.hear("|put [the time](slot_ref.restore) back")
    assert (talk.values["time"], talk.values["party_size"]) == ("19:00", "5")


# --- scopes of cancelling ------------------------------------------------------------------------------------------


def test_a_bare_cancel_drops_the_draft_when_nothing_is_booked() -> None:
    talk = Talk(draft())
    applied = talk.hear("cancel|cancel")
    assert (talk.values, applied.meaning, talk.conversation.phase) == ({}, "cancel_draft", Phase.IDLE)


def test_a_bare_cancel_means_the_booking_when_there_is_one() -> None:
    talk = booked()
    applied = talk.hear("cancel|cancel")
    assert (applied.meaning, talk.conversation.pending) == ("cancel_booking", Pending.CANCEL)
    assert talk.values == FRIDAY


def test_an_edit_of_a_booking_opens_a_modify_draft() -> None:
    talk = booked()
    talk.hear("|make it [8 pm](time)")
    assert (talk.conversation.phase, talk.conversation.pending) == (Phase.COLLECTING, Pending.MODIFY)
    assert talk.conversation.booked["time"].value == "19:00"


def test_undoing_the_only_change_of_a_modify_draft_returns_to_booked() -> None:
    talk = booked()
    talk.hear("|make it [8 pm](time)")
    talk.hear("undo|undo that")
    assert (talk.conversation.phase, talk.values) == (Phase.BOOKED, FRIDAY)


@pytest.mark.parametrize("op", [Op.UNDO, Op.SKIP, Op.CHITCHAT])
def test_what_takes_a_refused_wish_back_ends_the_attempt_and_undoes_nothing(op: Op) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|[8 pm](time)")
    talk.hear("|[50 people](party_size)")
    assert talk.conversation.attempt == "party_size"
    talk.carry_out(Operation(op, ("party_size",) if op is Op.SKIP else ()))
    assert (talk.conversation.attempt, talk.values) == (None, {**FRIDAY, "time": "20:00"})


def test_never_mind_ends_the_attempt_only() -> None:
    talk = Talk(draft())
    talk.hear("|make it [50 people](party_size)")
    applied = talk.hear("cancel_change|never mind")
    assert (applied.meaning, talk.conversation.attempt, talk.values) == ("cancel_change", None, FRIDAY)


# --- yes and no ----------------------------------------------------------------------------------------------------


def test_a_yes_with_an_edit_is_an_edit() -> None:
    talk = Talk(draft())
    applied = talk.hear("affirm|yes, but make it [8 pm](time)", phase=Phase.CONFIRMING)
    assert applied.meaning == "inform"
    assert talk.conversation.phase is Phase.COLLECTING


def test_a_number_that_fits_no_slot_is_asked_about_beside_what_was_understood() -> None:
    talk = Talk(draft())
    applied = talk.hear("|can you make that [8](number), and there are [six of us](party_size) now")
    assert (applied.meaning, talk.values["party_size"]) == ("unclear", "6")
    assert talk.conversation.loose_number == "8"
    talk.hear("|[the time](slot_ref)")
    assert talk.values["time"] == "20:00"


def test_a_yes_that_repeats_a_value_is_a_yes() -> None:
    assert Talk(draft()).hear("affirm|yes, [7 pm](time)", phase=Phase.CONFIRMING).meaning == "affirm"


def test_a_yes_with_a_question_is_both() -> None:
    applied = Talk(draft()).hear("affirm+ask|yes. is there parking?", asked="seating")
    assert (applied.meaning, applied.asks) == ("affirm", True)


# --- sessions ------------------------------------------------------------------------------------------------------


def test_a_draft_that_lay_idle_holds_the_new_values_until_the_user_says_yes() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}), now=WEDNESDAY + timedelta(minutes=61))
    assert talk.hear("|[7 pm](time)").meaning == "returned"
    assert talk.conversation.phase is Phase.SUSPENDED
    assert "time" not in talk.values
    talk.hear("affirm|yes, go on")
    assert talk.values["time"] == "19:00"


def test_a_no_to_going_on_starts_a_new_draft_with_the_new_values_alone() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}), now=WEDNESDAY + timedelta(minutes=61))
    talk.hear("|[7 pm](time)")
    talk.hear("deny|no")
    assert talk.values == {"time": "19:00"}


def test_a_draft_is_not_suspended_before_the_hour_is_over() -> None:
    talk = Talk(draft(), now=WEDNESDAY + timedelta(minutes=60))
    assert talk.hear("|[8 pm](time)").meaning == "inform"


def test_profile_values_are_suggested_when_a_task_starts() -> None:
    talk = Talk(draft({}, phase=Phase.IDLE), profile={"name": "Kim Minsu"})
    talk.hear("start|book [Hanok Table](restaurant)")
    assert talk.conversation.slot("name").flags == {Flag.SUGGESTED}


@pytest.mark.parametrize(
    ("utterance", "failures"), [("unknown|asdf", 2), ("out_of_scope|write me code", 1), ("|[8 pm](time)", 0)]
)
def test_only_understood_turns_reset_the_count_of_failures(utterance: str, failures: int) -> None:
    talk = Talk(draft(failures=1))
    talk.hear(utterance)
    assert talk.conversation.failures == failures


def test_after_a_hand_off_nothing_is_applied() -> None:
    talk = Talk(draft(phase=Phase.HANDED_OFF))
    before = replace(talk.conversation)
    talk.hear("|[8 pm](time)")
    assert talk.conversation == before


def test_an_undo_says_what_is_held_again() -> None:
    talk = Talk(draft())
    talk.hear("|make it [8 pm](time)")
    assert talk.hear("undo|undo that").effects.changed == ("time",)


def test_what_is_said_to_stay_is_named_and_ends_the_attempt_to_change_it() -> None:
    talk = Talk(draft())
    talk.hear("|make it [50](party_size) people")
    assert talk.conversation.attempt == "party_size"
    kept = talk.hear("|[the number of people](slot_ref.keep) is fine")
    assert (kept.meaning, kept.effects.kept, kept.conversation.attempt) == ("inform", ("party_size",), None)


def test_a_range_of_which_another_venue_leaves_one_start_is_that_start() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}))
    talk.hear("|[after 8 pm](time)")
    talk.hear("|[Morning Cup](restaurant)")
    slot = talk.conversation.slot("time")
    assert (slot.status, slot.value, slot.flags) == (Status.FILLED, "20:00", frozenset({Flag.INFERRED}))


def test_a_change_that_changes_nothing_ends_the_attempt() -> None:
    talk = Talk(draft({**FRIDAY, "time": "19:30"}, attempt="time"))
    talk.hear("|leave it at [half past](time.delta)")
    assert (talk.values["time"], talk.conversation.attempt) == ("19:30", None)


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ("make the time just [in the evening](time)", ("17:00", "21:00")),
        ("시간은 그냥 [저녁](time)으로 해 주세요", ("17:00", "21:00")),
        ("[in the evening](time)", None),
    ],
)
def test_a_part_of_the_day_reopens_a_time_that_is_named_with_it(said: str, bounds: tuple[str, str] | None) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(f"|{said}")
    assert talk.conversation.slot("time").bounds == bounds
