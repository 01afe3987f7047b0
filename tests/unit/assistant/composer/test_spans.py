"""Korean words around a span put right what the tagger made of it."""

from __future__ import annotations

import pytest

from assistant.composer.compose import compose
from assistant.types import Message, Op, Operation, Slot, Status
from nlu.types import Role, Span, Tagging
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, Talk, draft


def heard(annotated: str) -> list[Operation]:
    return list(Talk(draft(FRIDAY)).operations(annotated))


@pytest.mark.parametrize(
    "annotated",
    ["|[날짜](slot_ref.change)는 해제하고 싶어요", "|[날짜](slot_ref.keep)는 삭제하는 게 좋겠네요"],
)
def test_a_slot_that_is_plainly_wished_away_is_cleared(annotated: str) -> None:
    assert [(one.op, one.slots) for one in heard(annotated)] == [(Op.CLEAR, ("date",))]


@pytest.mark.parametrize(
    "annotated",
    [
        "|[시간](slot_ref.clear)은 비워둘 필요 없어요",
        "|[7시](time.old)는 빼면 안 돼요",
        "|[금요일](date.old) 취소 안 할게요",
        "|[시간](slot_ref.keep)은 [날](slot_ref.clear)리지 마세요",
        "|[시간](slot_ref.any)은 지우면 안 돼요",
    ],
)
def test_what_nobody_wants_gone_stays(annotated: str) -> None:
    assert not [one for one in heard(annotated) if one.op not in (Op.CHITCHAT, Op.SET)]


@pytest.mark.parametrize("annotated", ["|[8시](time.old)가 나을 듯요", "|[토요일](date.old)이 더 좋겠어요"])
def test_a_value_that_would_be_better_is_the_new_one(annotated: str) -> None:
    assert [one.op for one in heard(annotated)] == [Op.SET]


def test_a_held_value_that_is_better_after_all_is_not_taken_for_a_new_one() -> None:
    assert [one.op for one in heard("|[7시](time.old)가 나을까요")] != [Op.SET]


def test_the_held_one_of_two_values_goes_where_it_is_called_wrong_behind() -> None:
    (operation,) = heard("|[6시반](time), [7시](time) 아님")
    assert operation.value is not None
    assert operation.value.candidates[0] == "18:30"


def test_a_clause_that_wishes_one_slot_away_clears_it_whatever_stays() -> None:
    said = heard("|[시간](slot_ref.clear)은 빼고 [이름](slot_ref.keep)도 빼 주세요, 나머지는 두고요")
    assert [one.slots for one in said] == [("time",), ("name",)]


def test_a_value_of_a_story_of_another_time_is_none() -> None:
    (operation,) = heard("|저번에 [네 명](party_size)이서 갔었거든요 이번엔 [다섯 명](party_size)이요")
    assert operation.value is not None
    assert operation.value.candidates == ("5",)
    assert [one.op for one in heard("|저번에 간 [모닝컵](restaurant)으로 할게요")] == [Op.SET]


@pytest.mark.parametrize(
    ("annotated", "slot", "values"),
    [
        ("|back to [Saturday](date.old) please", "date", ("2026-06-13",)),
        ("|ok, back to [two people](party_size.old)", "party_size", ("2",)),
    ],
)
def test_a_value_that_is_gone_back_to_is_the_new_one(annotated: str, slot: str, values: tuple[str, ...]) -> None:
    (operation,) = heard(annotated)
    assert operation.value is not None
    assert (operation.slots, operation.value.candidates) == ((slot,), values)


def test_what_is_not_to_be_kept_is_cleared() -> None:
    assert [(one.op, one.slots) for one in heard("|Please don't keep [my name](slot_ref.keep)")] == [
        (Op.CLEAR, ("name",))
    ]


@pytest.mark.parametrize(
    "annotated",
    ["|we want no room for just [four](party_size.old)", "|no [room](seating.old) for [four](party_size.old) please"],
)
def test_a_wish_goes_and_not_the_people_that_it_was_for(annotated: str) -> None:
    operations = Talk(draft({**FRIDAY, "seating": "room"})).operations(annotated)
    assert [(one.op, one.slots) for one in operations] == [(Op.CLEAR, ("seating",))]


def test_people_of_whom_no_wish_is_held_go_themselves() -> None:
    assert [one.slots for one in heard("|no table for [four](party_size.old)")] == [("party_size",)]


def test_a_day_on_which_the_guest_will_know_more_is_not_taken() -> None:
    operations = Talk(draft({"restaurant": "hanok_table"}, asked="date")).operations("|We'll know [on Friday](date)")
    assert [one.op for one in operations] == [Op.CHITCHAT]
    untagged = Talk(draft({"restaurant": "hanok_table"}, asked="date")).operations("|I will ask my wife tomorrow")
    assert [one.op for one in untagged] == [Op.CHITCHAT]


@pytest.mark.parametrize(
    "annotated", ["|no [terrace](seating) thanks", "|ok no [terrace](seating)", "|hm yes, but no [terrace](seating)"]
)
def test_a_held_wish_of_which_none_is_wanted_goes(annotated: str) -> None:
    operations = Talk(draft({**FRIDAY, "seating": "terrace"})).operations(annotated)
    assert [(one.op, one.slots) for one in operations] == [(Op.CLEAR, ("seating",))]


def test_a_no_before_a_held_wish_is_an_answer_behind_a_comma() -> None:
    operations = Talk(draft({**FRIDAY, "seating": "terrace"})).operations("|No, [terrace](seating)")
    assert [one.op for one in operations] == [Op.SET]


@pytest.mark.parametrize(
    ("annotated", "op"),
    [("|[indoors](seating.old), my aunt feels the wind", Op.SET), ("|not [indoors](seating.old)", Op.UNKNOWN)],
)
def test_another_choice_that_nothing_turns_down_is_the_new_one(annotated: str, op: Op) -> None:
    (operation,) = Talk(draft({**FRIDAY, "seating": "terrace"})).operations(annotated)
    assert operation.op is op


@pytest.mark.parametrize(
    "annotated",
    [
        "|we've lost [the date](slot_ref.clear) of the concert",
        "|I forgot the colour of [the place](slot_ref.clear)",
        "|my friend deleted [the time](slot_ref.clear) by accident",
        "|isn't [the 12th](date.old) a holiday?",
        "|Wait, wasn’t [7](time.old) a bit early?",
    ],
)
def test_a_story_of_something_lost_and_a_doubt_take_nothing_away(annotated: str) -> None:
    assert [one.op for one in heard(annotated)] == [Op.CHITCHAT]


@pytest.mark.parametrize(
    ("annotated", "slot"),
    [
        ("|I want [the time](slot_ref.clear) deleted", "time"),
        ("|can't we drop [the time](slot_ref.clear)?", "time"),
        ("|isn't good for me, [the 12th](date.old)", "date"),
    ],
)
def test_a_wish_that_only_sounds_like_a_story_takes_away(annotated: str, slot: str) -> None:
    assert [(one.op, one.slots) for one in heard(annotated)] == [(Op.CLEAR, (slot,))]


@pytest.mark.parametrize(
    ("annotated", "kept"),
    [
        ("|[날짜](slot_ref.clear)를 제외하고 지워줘", ["date"]),
        ("|[7시](time.old) 빼고 지워 주세요", ["time"]),
        ("|[날짜](slot_ref.clear) [시간](slot_ref.clear) 제외 삭제", ["date", "time"]),
        ("clear_all|[이름](slot_ref.clear)이랑 [인원](slot_ref.clear)만 빼고 초기화해줘", ["name", "party_size"]),
    ],
)
def test_what_is_left_out_of_all_that_goes_is_kept_and_the_rest_goes(annotated: str, kept: list[str]) -> None:
    (operation,) = heard(annotated)
    assert (operation.op, operation.everything, sorted(operation.slots)) == (Op.CLEAR, True, kept)


def test_what_is_named_beside_another_thing_that_goes_is_cleared_alone() -> None:
    assert [(one.op, one.slots) for one in heard("|[날짜](slot_ref.clear) 지우고 [7시](time.old)도 빼줘")] == [
        (Op.CLEAR, ("date",)),
        (Op.CLEAR, ("time",)),
    ]


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("아니요, [오전 11시 반](time.old)을 말씀드린 거예요", "11:30"),
        ("아니 [점심 12시](time.old) 말이에요", "12:00"),
        ("[7시](time.old)라고 말한 적 없어요", None),
    ],
)
def test_what_was_meant_is_no_old_value(said: str, time: str | None) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(f"deny|{said}")
    assert talk.values.get("time") == time


def test_a_counter_of_people_vouches_for_its_number() -> None:
    (operation,) = compose(
        Tagging({}, (Span("party_size", Role.VALUE, 0, 3, "오십명", 0.4),)),
        Message("c", "m", "오십명으로요", "ko", ZONE, WEDNESDAY),
        draft(FRIDAY),
        DOMAIN,
    )
    assert operation.slots == ("party_size",)


def test_a_weekend_is_no_week() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|[이번 주](date)말에 들를게요", asked="date")
    assert talk.conversation.slot("date").candidates == ("2026-06-13", "2026-06-14")


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("[저녁 여섯 시](time) 삼십 분으로요", "18:30"),
        ("[오후 1시](time) 30분", "13:30"),
        ("[저녁 여섯 시](time) 세 분이요", "18:00"),
    ],
)
def test_minutes_behind_an_hour_belong_to_it(said: str, time: str) -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}))
    talk.hear(f"|{said}", asked="time")
    assert talk.values["time"] == time


@pytest.mark.parametrize(
    ("said", "confidence", "op"),
    [
        ("{time}", 0.3, Op.UNKNOWN),
        ("the time", 0.4, Op.UNKNOWN),
        ("remove the time", 0.3, Op.CLEAR),
        ("the time is off the table", 0.7, Op.CLEAR),
    ],
)
def test_a_doubtful_word_for_a_slot_takes_nothing_away(said: str, confidence: float, op: Op) -> None:
    at = said.index("time")
    tagging = Tagging({}, (Span("slot_ref", Role.CLEAR, at, at + 4, "time", confidence),))
    operations = compose(tagging, Message("c", "m", said, "en", ZONE, WEDNESDAY), draft(FRIDAY), DOMAIN)
    assert [one.op for one in operations] == [op]


def _draft_of(values: dict[str, str], said: str) -> Talk:
    talk = Talk(draft(values))
    talk.hear(said)
    return talk


def test_a_value_called_old_where_none_is_held_is_a_wish_in_front_of_others_or_beside_another() -> None:
    both = _draft_of({"restaurant": "hanok_table"}, "|[오후 6시](time.old) 아니면 [8시](time.old)가 좋겠어요")
    assert both.conversation.slot("time").candidates == ("18:00", "20:00")
    ahead = _draft_of({}, "|[모닝컵](restaurant.old) [수요일](date.old) 아니 [목요일](date)이요")
    assert ahead.values == {"restaurant": "morning_cup", "date": "2026-06-11"}
    assert _draft_of({}, "|not [Hanok Table](restaurant.old) [Friday](date)").values == {"date": "2026-06-12"}


def test_a_stretch_of_time_by_which_something_is_moved_is_no_day() -> None:
    assert _draft_of(FRIDAY, "|[이틀 뒤](date)로 연기해 주세요").values["date"] == "2026-06-14"
    assert _draft_of({}, "|[이틀 뒤](date)로 예약해 주세요").values["date"] == "2026-06-12"


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("|아 죄송해요 [목요일](date.old)인데 잘못 말했어요", "2026-06-11"),
        ("|[금요일](date.old)인데 잘못 말했어요", None),
        ("|[금요일](date.old)이라고 잘못 말했어요", None),
    ],
)
def test_what_is_right_though_something_else_was_said_is_the_value(said: str, date: str | None) -> None:
    assert _draft_of(FRIDAY, said).values.get("date") == date


def test_a_value_that_is_not_to_be_put_in_is_not_taken() -> None:
    open_party = {name: value for name, value in FRIDAY.items() if name != "party_size"}
    assert "party_size" not in _draft_of(open_party, "|[8명](party_size)으로 다시 적지 마시고요").values


@pytest.mark.parametrize(
    ("said", "cleared"),
    [
        ("|make it [five](party_size), wait no, leave [the head count](slot_ref.clear) empty", {"party_size"}),
        ("|[다섯 명](party_size), 아니다 [인원](slot_ref.clear)은 비워 두죠", {"party_size"}),
        ("|not [the phone](slot_ref.clear) or [the name](slot_ref.clear), they are fine", set()),
        ("|I'd rather you didn't keep [my name](slot_ref.clear), remove it", {"name"}),
    ],
)
def test_of_what_is_said_of_a_slot_the_last_word_counts(said: str, cleared: set[str]) -> None:
    assert _draft_of(FRIDAY, said).cleared == cleared


@pytest.mark.parametrize(
    ("said", "cleared"),
    [
        ("|we got [the day](slot_ref.clear) off, hurray", set()),
        ("|옛[날 번호](slot_ref.clear)예요, 지워 주세요", {"phone"}),
        ("|[이](date.old)번엔 [이름](slot_ref.clear)을 빼 주세요", {"name"}),
        ("|[날](slot_ref.clear)짜랑 [시간](slot_ref.clear)은 아까 말한 대로요", set()),
        ("|could [the name](slot_ref.clear) be removed, please", {"name"}),
    ],
)
def test_a_word_cut_out_of_another_one_takes_nothing_away(said: str, cleared: set[str]) -> None:
    assert _draft_of({**FRIDAY, "phone": "01012345678"}, said).cleared == cleared


def test_a_choice_of_another_slot_is_put_where_it_belongs() -> None:
    assert _draft_of({}, "|[terrace seats](restaurant) for [Friday](date)").values["seating"] == "terrace"
    assert _draft_of({}, "|이름은 [엘사 잔느](restaurant)예요").values == {"name": "엘사 잔느"}


def test_another_venue_that_is_wanted_instead_is_the_new_one() -> None:
    said = "|hm, [Morning Cup](restaurant.old) is nearer to us, take that one instead"
    assert _draft_of({"restaurant": "hanok_table"}, said).values["restaurant"] == "morning_cup"


def test_a_day_that_is_offered_in_answer_is_a_wish() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|how about [the day after tomorrow](date.old)?", asked="date")
    assert talk.values["date"] == "2026-06-12"
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|could be anything but [Friday](date.old)", asked="date")
    assert "date" not in talk.values


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("|[일흔셋](party_size)이신데 정정하세요", FRIDAY),
        ("|제 이름은 [바](name)꾼 게 맞아요", FRIDAY),
    ],
)
def test_a_piece_of_a_word_is_no_value(said: str, values: dict[str, str]) -> None:
    assert _draft_of(FRIDAY, said).values == values


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("|our [5](party_size)주년이에요", FRIDAY),
        ("|[우리 4](party_size)주기 모임이에요", FRIDAY),
        ("|[July](date) [14](time) at [8 pm](time)", {**FRIDAY, "date": "2026-07-14", "time": "20:00"}),
        ("|we are [the two grown](party_size)-ups", {**FRIDAY, "party_size": "2"}),
    ],
)
def test_a_number_of_something_else_and_half_a_day_are_read_with_their_word(said: str, values: dict[str, str]) -> None:
    assert _draft_of(FRIDAY, said).values == values


@pytest.mark.parametrize(
    ("said", "cleared"),
    [
        ("|if it rains on [Friday](date.old) we might have to call it off", set()),
        ("|[이름](slot_ref.clear)은 지워 주세요, 아니에요 그냥 놔두세요", set()),
        ("|[여기](slot_ref.clear) [이름](slot_ref.clear)은 빼 주세요", {"name"}),
    ],
)
def test_a_doubt_or_a_second_thought_takes_nothing_away(said: str, cleared: set[str]) -> None:
    assert _draft_of(FRIDAY, said).cleared == cleared


def test_pieces_of_one_foreign_name_are_one_name() -> None:
    assert (
        _draft_of({}, "|이름은 [알렉산더](name) 슈바르[첸베르크](name)예요").values["name"] == "알렉산더 슈바르첸베르크"
    )
    assert "seating" not in _draft_of({}, "|[룸메](seating)랑 갈게요").values


def test_a_slot_whose_earlier_value_was_better_gets_it_back() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|[저녁 8시](time)로 바꿔 주세요")
    talk.hear("|아까 [시간](slot_ref.clear)이 더 나았어요")
    assert talk.values["time"] == "19:00"


@pytest.mark.parametrize(
    "said",
    [
        "|[금요일](date.old) 말고는 안 돼요",
        "|[금요일](date.old)밖에 안 돼요",
        "|we can't do any other day than [Friday](date.old)",
        "|예약자는 [저희](name) 대표님 [김민수](name) 님이요",
    ],
)
def test_the_only_value_that_will_do_and_who_speaks_take_nothing_away(said: str) -> None:
    talk = _draft_of({**FRIDAY, "name": "김민수"}, said)
    assert (talk.values["date"], talk.values["name"], talk.cleared) == (FRIDAY["date"], "김민수", set())


@pytest.mark.parametrize(
    ("annotated", "date", "time"),
    [
        ("|[july](date) [9 noon](time) please", "2026-07-09", "12:00"),
        ("|on [friday the july](date) [3rd, 7 pm](time)", "2026-07-03", "19:00"),
        ("|[friday](date) [7 pm](time)", "2026-06-12", "19:00"),
    ],
)
def test_a_day_of_the_month_that_was_put_into_the_time_is_cut_off(annotated: str, date: str, time: str) -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear(annotated)
    assert (talk.values.get("date"), talk.values.get("time")) == (date, time)


@pytest.mark.parametrize(
    ("annotated", "children"),
    [("|make that [one kid](party_size.delta)", "1"), ("|[one kid](party_size.delta) more", "3")],
)
def test_what_it_is_made_is_a_number_and_no_change(annotated: str, children: str) -> None:
    held = Slot(Status.FILLED, value="4", parts={"adults": "2", "children": "2"})
    talk = Talk(draft(FRIDAY).with_slots({"party_size": held}))
    talk.hear(annotated)
    assert talk.conversation.slot("party_size").parts["children"] == children


def test_a_doubtful_value_behind_one_that_is_turned_down_takes_its_place() -> None:
    text = "Saturday then, and not at 7, but at 8"
    spans = (
        Span("date", Role.VALUE, 0, 8, "Saturday", 0.99),
        Span("time", Role.OLD, 26, 27, "7", 0.9),
        Span("time", Role.VALUE, 36, 37, "8", 0.45),
    )
    heard = compose(Tagging({}, spans), Message("c", "m", text, "en", ZONE, WEDNESDAY), draft(FRIDAY), DOMAIN)
    assert [one.value.candidates for one in heard if one.value and one.slots == ("time",)] == [("20:00", "08:00")]


@pytest.mark.parametrize(
    ("annotated", "goes"),
    [
        ("|alas, [the 12th](date) has to go", True),
        ("|[Friday](date), that one can come out", True),
        ("|[Friday](date) can go ahead", False),
        ("|[Friday](date) should be fine", False),
        ("|[토요일](date.old)이 싫으냐고요? 아니요", False),
    ],
)
def test_a_value_that_has_to_go_is_given_up(annotated: str, *, goes: bool) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert ("date" not in talk.values) is goes


@pytest.mark.parametrize(("asked", "slot"), [("party_size", "party_size"), ("time", "time")])
def test_roughly_so_many_is_of_what_was_asked(asked: str, slot: str) -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}))
    talk.hear("|[6ish](time)", asked=asked)
    assert slot in talk.values


@pytest.mark.parametrize(
    "annotated",
    [
        "|I'd prefer [Morning Cup](restaurant.old) to [Hanok Table](restaurant)",
        "|we would prefer [Morning Cup](restaurant), rather than [Hanok](restaurant), for the kids",
    ],
)
def test_what_is_preferred_to_another_value_is_the_new_one(annotated: str) -> None:
    talk = Talk(draft({**FRIDAY, "restaurant": "hanok_table"}))
    talk.hear(annotated)
    assert talk.values["restaurant"] == "morning_cup"


@pytest.mark.parametrize(
    "annotated", ["|[시간](slot_ref.keep)은 그대로 둘 수가 없겠네요", "|[the date](slot_ref.keep) cannot stay as it is"]
)
def test_what_cannot_stay_is_cleared(annotated: str) -> None:
    assert [one.op for one in heard(annotated)] == [Op.CLEAR]


def test_a_number_that_counts_the_values_turned_down_is_no_party() -> None:
    gone = heard("|[금요일](date.old) [7시](time.old) [둘](party_size) 다 힘들 것 같네요")
    assert [(one.op, one.slots) for one in gone] == [(Op.CLEAR, ("date",)), (Op.CLEAR, ("time",))]


def test_who_speaks_is_of_the_party_named_in_front() -> None:
    (party,) = heard("|[my sister](party_size) and I, that is")
    assert party.value is not None
    assert party.value.candidates == ("2",)


def test_a_name_keeps_the_syllable_that_looks_like_an_ending() -> None:
    talk = Talk(draft({}))
    talk.hear("|이름은 [마리야](name)예요")
    assert talk.values["name"] == "마리야"


@pytest.mark.parametrize(
    ("annotated", "held", "values"),
    [
        ("|[세명](party_size.old)만 가게 됐어요ㅠ", {}, {"party_size": "3"}),
        ("|[열두 명](party_size.old)이서 모이게 됐습니다", {}, {"party_size": "12"}),
        ("|[여섯 명](party_size.old)에 [8시](time)로 되돌려 주세요", {}, {"party_size": "6", "time": "20:00"}),
        (
            "|put it back to [six](party_size.old) people at [8 pm](time) please, as before",
            {},
            {"party_size": "6", "time": "20:00"},
        ),
        ("|[여섯 명](party_size.old)은 빼고 [8시](time)로 되돌려 주세요", {}, {"party_size": "4", "time": "20:00"}),
    ],
)
def test_a_value_that_is_to_stand_in_place_of_the_held_one_is_no_old_one(
    annotated: str, held: dict[str, str], values: dict[str, str]
) -> None:
    talk = Talk(draft({**FRIDAY, **held}))
    talk.hear(annotated)
    assert {name: talk.values[name] for name in values} == values


@pytest.mark.parametrize(
    ("annotated", "size", "parts"),
    [
        ("|[아이](party_size.delta) [한 명](party_size.old)은 빼 주세요", "4", {"adults": "3", "children": "1"}),
        ("|막내가 아프대요. 아이 [한 명](party_size.old)은 빼 주세요", "4", {"adults": "3", "children": "1"}),
        ("|[어른 한 명](party_size.old)은 빼 주세요", "4", {"adults": "2", "children": "2"}),
    ],
)
def test_who_is_counted_stands_in_front_of_the_number_that_goes(
    annotated: str, size: str, parts: dict[str, str]
) -> None:
    talk = Talk(draft())
    party = Slot(Status.FILLED, value="5", parts={"adults": "3", "children": "2"})
    talk.conversation = talk.conversation.with_slots({"party_size": party})
    talk.hear(annotated)
    assert talk.values["party_size"] == size
    assert dict(talk.conversation.slot("party_size").parts) == parts


def test_a_number_with_a_hyphen_is_one_day() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|how about [the twenty](date)-[third](date)")
    assert talk.values["date"] == "2026-06-23"


def test_a_part_of_the_day_is_read_with_the_hour_that_was_cut_off() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("ask|[저](time)녁 6시 반은 어떨까요?")
    assert talk.values["time"] == "18:30"


def test_what_comes_of_a_preference_is_not_turned_down() -> None:
    talk = Talk(draft())
    talk.hear("|my aunt prefers supper so push it to [8 in the evening](time)")
    assert talk.values["time"] == "20:00"


@pytest.mark.parametrize("word", ["가명", "애칭"])
def test_a_word_for_a_name_is_none(word: str) -> None:
    talk = Talk(draft({}))
    talk.hear(f"|그럼 [{word}](name)으로 해 주세요 만두요", asked="name")
    assert talk.values["name"] == "만두"


def test_either_of_two_korean_numbers_is_open() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12", "time": "19:00"}))
    talk.hear("|[여섯](number.old) 아님 [일곱](party_size)요", asked="party_size")
    assert talk.conversation.slot("party_size").candidates == ("6", "7")


@pytest.mark.parametrize(
    ("annotated", "name"),
    [
        ("|[Room 9](name) here, a table for two", None),
        ("|3[병동](name)인데요", None),
        ("|[등산모](name)임인데요", None),
        ("|[김모임](name)입니다", "김모임"),
    ],
)
def test_a_ward_or_a_club_that_calls_is_no_name(annotated: str, name: str | None) -> None:
    talk = Talk(draft({}))
    talk.hear(annotated, asked="name" if name else "date")
    assert talk.values.get("name") == name


def test_a_spoken_two_in_front_of_the_ending_is_of_the_number() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|[공일공 이이삼삼 사오사](phone)이요", asked="phone")
    assert talk.values["phone"] == "010-2233-4542"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("이름은 [최말순](name)이오", "최말순"),
        ("금요일 / 예약자 [소로](name)킨 / 네 명", "소로킨"),
        ("[이든](name)스미스예요", "이든스미스"),
        ("[하늘](name)이에요", "하늘"),
        ("[소피아예](name)용", "소피아"),
    ],
)
def test_a_longer_name_than_the_tagger_saw_is_taken_whole(said: str, name: str) -> None:
    talk = Talk(draft({}))
    talk.hear(f"|{said}", asked="name")
    assert talk.values["name"] == name


@pytest.mark.parametrize(
    ("annotated", "name"),
    [
        ("|[꽃집](name)가게인데요 [토요일](date)이요", None),
        ("|[미용실](name)입니다", None),
        ("|[팀 회식](name)이요", None),
        ("|[지우 빠진](name)대요", None),
        ("|[계산](name)은 제가 할게요", None),
        ("|[이지원](name)입니다", "이지원"),
    ],
)
def test_where_somebody_calls_from_and_what_for_is_no_name(annotated: str, name: str | None) -> None:
    talk = Talk(draft({}))
    talk.hear(annotated, asked="time")
    assert talk.values.get("name") == name


def test_a_title_counts_nobody() -> None:
    talk = Talk(draft({}))
    talk.hear("|[네 분](party_size), 서도하 [이사님](party_size) 성함으로요")
    assert talk.values["party_size"] == "4"
    talk = Talk(draft({}))
    talk.hear("|단원 [9명](party_size)에 [감독님 한 분](party_size)이요")
    assert talk.values["party_size"] == "10"


@pytest.mark.parametrize(
    "annotated",
    [
        "|mum can't do [Fridays](date.old), but she isn't invited, so [the day](slot_ref.keep) stays",
        "|dad can't stand [7 pm](time.old), he isn't coming though, so leave [7](time.old) as it is",
        "|don't take [7 pm](time.old) out please",
        "|please don't you strike [the name](slot_ref.clear) off",
    ],
)
def test_the_last_word_on_a_slot_keeps_it(annotated: str) -> None:
    assert not [one for one in heard(annotated) if one.op not in (Op.CHITCHAT, Op.SET)]


@pytest.mark.parametrize(
    ("annotated", "name"),
    [
        ("|예약자 이름을 [베아](time)트리체 [콘](name)티로 바꿔 주세요", "베아트리체 콘티"),
        ("|이름은 [나탈](restaurant)리아 [페트로](name)바, 두 명이요", "나탈리아 페트로바"),
    ],
)
def test_a_foreign_name_in_its_frame_is_whole_whatever_pieces_were_seen(annotated: str, name: str) -> None:
    operations = heard(annotated)
    assert [one.value.candidates for one in operations if one.slots == ("name",) and one.value] == [(name,)]


def test_a_number_is_read_with_the_other_one_it_is_said_with() -> None:
    waiting = draft({"restaurant": "hanok_table", "date": "2026-06-12"}, asked="time")
    (operation,) = Talk(waiting).operations("|셋 아니면 [넷](number)이요")
    assert operation.slots == ("party_size",)
    assert operation.value is not None
    assert operation.value.candidates == ("3", "4")


@pytest.mark.parametrize(
    "annotated",
    [
        "|give us [the terrace](seating) over [the hall](seating)",
        "|I'd pick [the terrace](seating) over [the hall](seating)",
    ],
)
def test_a_value_that_another_one_is_chosen_over_is_not_taken(annotated: str) -> None:
    talk = Talk(draft({**FRIDAY, "seating": "hall"}))
    talk.hear(annotated)
    assert talk.values["seating"] == "terrace"


def test_either_of_two_days_is_open_where_the_word_for_or_is_short() -> None:
    (operation,) = Talk(draft({"restaurant": "hanok_table"})).operations("|[금요일](date.old) 아님 [토요일](date)")
    assert operation.value is not None
    assert operation.value.candidates == ("2026-06-12", "2026-06-13")


@pytest.mark.parametrize(
    "annotated",
    [
        "|drop [the time](slot_ref.clear), no wait, not [the time](slot_ref.keep), [the date](slot_ref.keep)",
        "|[시간](slot_ref.clear) 빼 주세요, 아니 [시간](slot_ref.keep) 말고 [날짜](slot_ref.change)요",
    ],
)
def test_of_a_slot_that_was_named_by_mistake_the_other_one_goes(annotated: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert talk.cleared == {"date"}


@pytest.mark.parametrize(
    ("annotated", "name"),
    [
        ("|일요일 3시 두 명, [베](name)레니로요", "베레니"),
        ("|이름은 [데커](name)로 적어 주세요", "데커"),
        ("|이름은 [켈리](name)이고 창가 쪽이 좋아요", "켈리"),
        ("|봉사단 [정하윤](name) 선생님 이름으로 부탁드려요", "정하윤"),
        ("|내일 9시에 [조찬 미팅](name)이요", None),
        ("|토요일 [밥 먹을](name) [세 명](party_size)이요", None),
        ("|모두가 [벨루](name)라고 부르는데 그렇겐 적지 마세요", None),
        ("|일요일 2시 10명이요 프레드 [하스](name) 010-1234-5678", "프레드 하스"),
        ("|이름을 고칠게요. 지그문트 페테르[젠](name)입니다", "지그문트 페테르젠"),
        ("|[이반](name) 코르사코프요", "이반 코르사코프"),
        ("|[슈바](name)르츠, 맞아요", "슈바르츠"),
        ("|[민지](name) 바꿔 주세요", "민지"),
    ],
)
def test_a_piece_of_a_foreign_name_takes_in_the_rest_of_it(annotated: str, name: str | None) -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}, asked="name"))
    talk.hear(annotated)
    assert talk.values.get("name") == name


def test_a_foreign_name_that_nobody_saw_is_found_where_its_ending_says_so() -> None:
    talk = Talk(draft({}))
    talk.hear("start|[3일](date) [모닝컵](restaurant) [두 명](party_size) 로베르트 켈러로 예약할게요")
    assert talk.values["name"] == "로베르트 켈러"


@pytest.mark.parametrize(
    ("annotated", "day"),
    [
        ("|[내일](date.old) [저녁 7시](time.old)... 아니 [8시](time)요", "2026-06-11"),
        ("|[tomorrow](date.old) at [7 pm](time), no, [8 pm](time)", "2026-06-11"),
    ],
)
def test_a_day_before_an_hour_that_is_put_right_stays(annotated: str, day: str) -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-11"}))
    talk.hear(annotated)
    assert (talk.values["date"], talk.values["time"]) == (day, "20:00")


def test_both_are_no_two_people() -> None:
    talk = Talk(draft({**FRIDAY, "party_size": "5"}))
    talk.hear("affirm|[네 둘](party_size) 다 그렇게 바꿔 주세요")
    assert talk.values["party_size"] == "5"


def test_people_who_are_counted_and_then_named_are_as_many_as_counted() -> None:
    talk = Talk(draft({}))
    talk.hear("|[다섯 명](party_size)이요 [장인어른](party_size) 모시고 가요")
    assert talk.values["party_size"] == "5"


def test_what_word_or_was_said_with_is_read_with_it() -> None:
    (operation,) = Talk(draft({"restaurant": "hanok_table"}, asked="party_size")).operations(
        "|[either 3 or 4](party_size)"
    )
    assert operation.value is not None
    assert operation.value.candidates == ("3", "4")


@pytest.mark.parametrize(
    ("annotated", "size"),
    [
        ("|we're [3](party_size), I typed [9](party_size) by mistake", "3"),
        ("|[세 명](party_size)이 맞아요 [아홉 명](party_size)이라고 잘못 적었어요", "3"),
    ],
)
def test_what_was_said_by_mistake_is_not_taken(annotated: str, size: str) -> None:
    talk = Talk(draft({**FRIDAY, "party_size": "9"}))
    talk.hear(annotated)
    assert talk.values["party_size"] == size


def test_a_birthday_that_is_not_somebodys_takes_no_day_away() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|not [Ben's birthday](date.old), mine")
    assert talk.values == FRIDAY


def test_a_club_that_calls_is_no_name() -> None:
    talk = Talk(draft({}))
    talk.hear("start|[Rowing club](name) here, [Friday](date) please")
    assert "name" not in talk.values


def test_so_many_more_who_stay_away_are_fewer() -> None:
    talk = Talk(draft({**FRIDAY, "party_size": "8"}))
    talk.hear("|sadly [two more](party_size.delta) have dropped out now")
    assert talk.values["party_size"] == "6"


def test_an_hour_on_the_dot_is_no_range() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}, asked="time"))
    talk.hear("|[7 o'clock on](time) the dot")
    assert talk.values["time"] == "19:00"


def test_a_number_that_is_said_again_is_of_the_same_slot() -> None:
    talk = Talk(draft(FRIDAY))
    operations = talk.operations("|not [7](time.old). [eight](time), yes [eight](number)")
    assert {one.op for one in operations} == {Op.SET}


def test_a_doubtful_number_in_front_of_what_it_replaces_is_taken() -> None:
    doubtful = Span("number", Role.VALUE, 12, 16, "nine", 0.4)
    old = Span("time", Role.OLD, 28, 36, "eight pm", 0.99)
    message = Message("c", "m", "could it be nine instead of eight pm?", "en", ZONE, WEDNESDAY)
    (operation,) = compose(Tagging({}, (doubtful, old)), message, draft({**FRIDAY, "time": "20:00"}), DOMAIN)
    assert (operation.op, operation.slots) == (Op.SET, ("time",))


@pytest.mark.parametrize(
    ("annotated", "size"),
    [("|노래[한 사람 여덟 명](party_size)이요", "8"), ("|전화[한 사람](party_size)은 저예요", None)],
)
def test_the_end_of_a_verb_counts_nobody(annotated: str, size: str | None) -> None:
    talk = Talk(draft({}))
    talk.hear(annotated)
    assert talk.values.get("party_size") == size
