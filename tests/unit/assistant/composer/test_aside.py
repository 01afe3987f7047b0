"""A value that is only told of is not taken."""

from __future__ import annotations

from datetime import datetime

import pytest

from assistant.types import Op, Phase
from tests.support.annotated import FRIDAY, Talk, draft, filled


def _after(annotated: str, **held: str) -> dict[str, str]:
    """What changed of the draft."""
    before = {**FRIDAY, **held}
    talk = Talk(draft(before))
    talk.hear(annotated)
    return {name: value for name, value in talk.values.items() if before.get(name) != value}


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("|not [friday](date.old), [sunday](date)!! [friday](date) is her family thing", {"date": "2026-06-14"}),
        (
            "deny|No, not [Friday](date.old), [Saturday](date). [Friday](date) is a public holiday",
            {"date": "2026-06-13"},
        ),
        ("|Not [7pm](time.old), [8pm](time) - at [7pm](time) I have a meeting", {"time": "20:00"}),
        (
            "|forget [the 12th](date.old), take [the 13th](date), [the 12th](date) is our anniversary",
            {"date": "2026-06-13"},
        ),
        ("|not [friday](date.old), [saturday](date). no wait, [friday](date) is her day, she says", {}),
        ("|not [sunday](date.old), [saturday](date)", {"date": "2026-06-13"}),
    ],
)
def test_a_value_turned_down_and_named_again_in_a_reason_is_not_set(annotated: str, changed: dict[str, str]) -> None:
    assert _after(annotated) == changed


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("|[8 pm](time) then, our train gets in at [6](time)", {"time": "20:00"}),
        ("|[다섯 명](party_size)으로 바꿔 주세요, [두 명](party_size)이 새로 온대요", {"party_size": "5"}),
        ("|[8시](time)로요. 회의가 [6시](time)까지라서요", {"time": "20:00"}),
        ("|[7시](time.old)는 안 되겠어요. 미사가 [7시](time)래요", {"time": ""}),
        ("|my [7 pm](time.old) rehearsal got cancelled, lucky us", {}),
        ("|[금요일](date.old) 야근 없어졌어요", {}),
        ("|[여섯 명](party_size)이고 [시부모님](party_size)은 안 오세요", {"party_size": "6"}),
        ("|[금요일](date.old)은 무리예요, [나이트](restaurant)로 바뀌었거든요", {"date": ""}),
        ("|it's cold, it's only [June](date)", {}),
        ("|his mates call him [Duck](name) but please don't write that", {}),
        ("|[둘](party_size)도 올는지 아직 몰라요", {}),
        ("ask|do people usually come at [6](time) or at [7](time)?", {}),
        ("|my uncle prefers [Sunday](date). I refuse", {}),
        ("|[Sunday](date) would have been lovely", {}),
        ("|we're running [15 minutes late](time.delta), sorry", {}),
        ("|[30분 늦](time.delta)을 것 같아요", {}),
        ("|could we come [30 minutes later](time.delta), we'll be late", {"time": "19:30"}),
        ("|늦을 것 같아서 [30분 뒤로](time.delta) 옮겨 주세요", {"time": "19:30"}),
        ("|if two more joined we'd be [six](party_size)", {}),
        ("|둘이 더 오면 [여섯](party_size)인데, 아직 몰라요", {}),
        ("|I like it, though my friends only call me [Duck](name)", {}),
        ("|I'd have liked [Sunday](date), but [Saturday](date) will do", {"date": "2026-06-13"}),
        ("|비만 안 왔으면 [테라스](seating)로 했을 텐데요", {}),
        ("|친구들은 [오리](name)라고 부르지만 그렇게 적지는 마세요", {}),
        ("|[다 괜찬](name)아요", {}),
        ("|Pia hates a [Friday](date.old), although she wasn't even invited", {}),
        ("|Pia hates a [Friday](date.old)", {"date": ""}),
    ],
)
def test_what_only_tells_why_or_what_is_off_elsewhere_changes_nothing(annotated: str, changed: dict[str, str]) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    now = {name: talk.values.get(name, "") for name in FRIDAY}
    assert {name: value for name, value in now.items() if value != FRIDAY[name]} == changed


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("ask|do [nine people](party_size) before [7 pm](time) get a discount?", {}),
        ("ask|[11명](party_size) 이상이면 요금이 달라지는지 궁금합니다", {}),
        ("ask|[8 people](party_size) please, and is there a fee?", {"party_size": "8"}),
        ("ask|[여섯 명](party_size)이고요, 주차 요금도 받나요?", {"party_size": "6"}),
        ("start|provided you have [room](seating), a table at [8 pm](time)", {"time": "20:00"}),
        ("|[Ben](name), my cousin, would like to come too, so [one more](party_size.delta)", {"party_size": "5"}),
        ("|[one more](party_size.delta), and the name is [Ben](name)", {"party_size": "5", "name": "Ben"}),
        ("|[송별](name)회가 있어서 그래요", {}),
        ("ask|강아지를 [혼자](party_size) 두기가 그래서요, 데려가도 되나요", {}),
        ("ask|may the cat come along? she's [2](party_size)", {}),
        ("|we'd like a [room](seating)", {"seating": "room"}),
        ("|is the [room](seating) free?", {"seating": "room"}),
    ],
)
def test_what_a_rule_is_asked_about_and_room_that_is_left_are_no_wishes(
    annotated: str, changed: dict[str, str]
) -> None:
    assert _after(annotated) == changed


def test_a_night_shift_beside_a_morning_is_no_time() -> None:
    talk = Talk(draft({}))
    talk.hear("start|[Morning Cup](restaurant) on [Thursday](date) [morning](time), [right after my night](time) shift")
    assert talk.conversation.slot("time").bounds == ("07:00", "11:30")


def test_a_class_alone_says_when() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}))
    talk.hear("|[after my evening](time) class", asked="time")
    assert talk.conversation.slot("time").bounds == ("17:00", "21:00")


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("ask|we were supposed to be [six](party_size) but [two](number) cancelled, what can you do", {}),
        ("|there were going to be [5 of us](party_size), oh well", {}),
        ("|we used to be [ten](party_size), funny how it goes", {}),
        ("|we were going to be [8](party_size), so [6](number) now", {"party_size": "6"}),
        ("|it was going to be [8](party_size), now [6](number)", {"party_size": "6"}),
        ("|we are going to be [six](party_size)", {"party_size": "6"}),
    ],
)
def test_what_was_once_planned_changes_nothing_by_itself(annotated: str, changed: dict[str, str]) -> None:
    assert _after(annotated) == changed


def test_people_who_left_the_held_plan_are_fewer() -> None:
    assert _after("|We were supposed to be [4](party_size) but [two](party_size.delta) cancelled") == {
        "party_size": "2"
    }


def test_until_when_a_guest_can_be_heard_is_no_time() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}))
    talk.hear("|I'm calling from work until [6](time)", asked="time")
    assert "time" not in talk.values
    assert not talk.conversation.slot("time").holds


def test_a_name_spelled_behind_itself_is_one_name() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|my last name is [Oh](name), [O H](name)", asked="name")
    assert talk.values["name"] == "Oh"


@pytest.mark.parametrize(
    ("annotated", "kept"),
    [
        ("mia can't come before [7](time.old)", True),
        ("I can't make it [before 7](time.old)", True),
        ("[7시](time.old) 전에는 못 가요", True),
        ("저 [7시 전](time.old)에는 힘들어요", True),
        ("not [7](time.old) please", False),
        ("[7시](time.old)는 못 가요", False),
    ],
)
def test_the_earliest_time_that_will_do_stays(annotated: str, kept: bool) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(f"|{annotated}")
    assert ("time" in talk.values) is kept


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        (
            "|shift it [back by one day](date.delta), we've got a school play on [the 12th](date)",
            {"date": "2026-06-13"},
        ),
        ("|날짜는 [하루 뒤](date)로 늦춰 주세요. [12일](date)엔 동창회가 있어서요", {"date": "2026-06-13"}),
        ("|our dinner is on [the 20th](date), not [the 12th](date.old)", {"date": "2026-06-20"}),
    ],
)
def test_a_day_that_is_told_for_what_else_is_on_it_is_not_set(annotated: str, changed: dict[str, str]) -> None:
    assert _after(annotated) == changed


@pytest.mark.parametrize(
    "annotated",
    [
        "|[seven](time.old) is too late for us, I go to bed at [nine](time)",
        "|[7시](time.old)는 힘들겠어요, 다음 날 [여섯 시](time)에 출근하거든요",
    ],
)
def test_an_hour_of_the_guests_own_day_replaces_none(annotated: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert talk.cleared == {"time"}


@pytest.mark.parametrize(
    ("annotated", "cleared"),
    [
        ("|it's about our table for [Friday](date.old), please empty [the name](slot_ref.clear)", {"name"}),
        ("|[금요일](date.old) 예약 건인데요 [시간](slot_ref.clear)을 비워 주세요", {"time"}),
        ("|our table on [Friday](date.old) won't work", {"date"}),
    ],
)
def test_a_value_that_says_which_booking_is_meant_is_not_turned_down(annotated: str, cleared: set[str]) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert talk.cleared == cleared


@pytest.mark.parametrize(
    "annotated",
    ["ask|how many can you seat at most? [15](party_size)?", "ask|몇 분까지 앉을 수 있어요? [15명](party_size)?"],
)
def test_a_guess_behind_a_question_about_a_limit_is_no_wish(annotated: str) -> None:
    assert _after(annotated) == {}


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("|[straight off an evening shift](time), so [8 pm](time) please", {"time": "20:00"}),
        ("|[수업이 5시](time)에 끝나서 [저녁 8시](time)로 해 주세요", {"time": "20:00"}),
        ("ask|is that too late? my uncle would always say [six](time)", {}),
        ("ask|너무 이른가요? 언니는 [6시](time)가 좋다던데", {}),
    ],
)
def test_an_hour_of_an_event_or_of_somebody_else_is_no_wish(annotated: str, changed: dict[str, str]) -> None:
    assert _after(annotated) == changed


@pytest.mark.parametrize(
    "annotated",
    [
        "ask|is there a changing table? the little one is just [1](party_size)",
        "ask|do you have crayons? one of the boys is [4](party_size)",
        "ask|유아 식기 있어요? [한 명](party_size)이 세 살이라서요",
    ],
)
def test_how_old_one_of_them_is_says_nothing_of_how_many_come(annotated: str) -> None:
    assert _after(annotated) == {}


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("ask|[엄마](party_size)가 [8시](time)래요 주차는 되나요?", {"time": "20:00"}),
        ("ask|she says [8](time) is best, is there parking?", {"time": "20:00"}),
    ],
)
def test_who_says_something_is_not_counted_and_what_is_said_stands(annotated: str, changed: dict[str, str]) -> None:
    assert _after(annotated) == changed


@pytest.mark.parametrize(
    ("annotated", "name"),
    [
        ("|[5 of us](party_size), its [Danny](name)'s bday", None),
        ("|[유나](name)가 퇴근하고 올 수 있게 [저녁 8시](time)로 바꿔 주세요", None),
        ("|[5 of us](party_size), under [Danny](name)", "Danny"),
        ("|예약자는 [유나](name)예요, [저녁 8시](time)로요", "유나"),
    ],
)
def test_who_is_celebrated_or_comes_late_is_not_the_name(annotated: str, name: str | None) -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}))
    talk.hear(annotated, asked="name")
    assert talk.values.get("name") == name


@pytest.mark.parametrize(
    ("annotated", "size"),
    [
        ("|we might be [one more](party_size.delta), I'll let you know", "4"),
        ("|[한 명 더](party_size.delta) 올지도 몰라요", "4"),
        ("|[두 명 더](party_size.delta) 올 수도 있어요", "4"),
        ("|maybe [one more](party_size.delta) chair, please", "5"),
        ("|[한 명 더](party_size.delta) 와요", "5"),
    ],
)
def test_who_only_may_come_changes_nothing_yet(annotated: str, size: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert talk.values["party_size"] == size


def test_the_age_that_is_celebrated_counts_nobody() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|다음 달이 어[머니 칠순](party_size)이라 예약하려고요")
    assert "party_size" not in talk.values


@pytest.mark.parametrize(
    ("annotated", "slot"),
    [
        ("|suppose we were [six](party_size), would you have a table?", "party_size"),
        ("|포스터엔 저녁이 [6시](time)부터라던데요", "time"),
        ("|[문](name) 열자마자요", "name"),
    ],
)
def test_what_is_supposed_or_was_read_somewhere_is_not_wished(annotated: str, slot: str) -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}))
    talk.hear(annotated, asked=slot)
    assert slot not in talk.values


def test_without_what_is_held_nobody_comes_so_it_stays() -> None:
    talk = Talk(draft({**FRIDAY, "seating": "terrace"}))
    talk.hear("|without [the terrace](seating.old) we won't come")
    assert talk.values["seating"] == "terrace"


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("ask|how late do you serve my last class's [around half six](time)", {}),
        ("ask|꼬마 의자 있어요? 조카가 [다음 토요일](date)에 돌이 되거든요", {}),
        ("ask|이모가 [토요일](date)에 [서른](name)이 되거든요, 케이크 돼요?", {"date": "2026-06-13"}),
        ("|[준호](name)가 그날 당직이래요 [토요일](date)로 바꿔 주세요", {"date": "2026-06-13"}),
    ],
)
def test_what_only_explains_a_question_or_a_change_is_not_taken(annotated: str, changed: dict[str, str]) -> None:
    assert _after(annotated) == changed


def test_an_hour_of_the_guests_own_day_changes_no_booking() -> None:
    talk = Talk(draft(FRIDAY, phase=Phase.BOOKED, booking_id="b", booked=filled(FRIDAY)))
    talk.hear("|고마워요 어차피 [여섯 시](time)에 퇴근해요")
    assert talk.values["time"] == "19:00"


def test_a_number_that_is_stated_before_a_question_answers() -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12", "time": "19:00"}))
    talk.hear("ask|[다섯 명](party_size)인데 추가 요금 있나요?", asked="party_size")
    assert talk.values["party_size"] == "5"


@pytest.mark.parametrize(
    ("annotated", "held"),
    [
        ("|any day next week except [Tuesday](date)", {"restaurant": "hanok_table"}),
        ("|who is [Kim Minsu](name.old)?", FRIDAY),
        ("|[김민수](name.old)가 누구죠?", FRIDAY),
    ],
)
def test_what_is_excepted_or_asked_about_changes_nothing(annotated: str, held: dict[str, str]) -> None:
    talk = Talk(draft(held))
    talk.hear(annotated)
    assert talk.values == held


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("|[홀](seating.old) 조명이 좀 어둡더라고요", {}),
        ("|일행 중에 새우 알레르기 있는 분이 [두 분](party_size.delta) 계세요", {}),
        ("ask|[토요일](date)에 문 여나요?", {}),
        ("ask|이름은 [하나](name)예요 근데 몇 시에 문 닫나요?", {"name": "하나"}),
        ("|he says drop [the time](slot_ref.clear), but no, leave [7](time) in", {}),
        ("|[날짜](slot_ref.clear) 좀 빼 주실래요? [금요일](date)이 제사예요", {"date": ""}),
        ("|[이름](slot_ref.clear)은 [내일](date)에나 알 것 같아요, 일단 빼 주세요", {"name": ""}),
    ],
)
def test_what_is_only_told_of_a_thing_a_diet_or_a_day_is_not_taken(annotated: str, changed: dict[str, str]) -> None:
    talk = Talk(draft({**FRIDAY, "seating": "hall"}))
    talk.hear(annotated)
    now = {name: talk.values.get(name, "") for name in (*FRIDAY, "seating")}
    assert {name: value for name, value in now.items() if value != {**FRIDAY, "seating": "hall"}[name]} == changed


@pytest.mark.parametrize(
    ("annotated", "changed"),
    [
        ("|it'll be [three of us](party_size) on [Friday](date)", {"party_size": "3"}),
        ("|[금요일](date) 예약 [세 명](party_size)으로 줄여 주세요", {"party_size": "3"}),
        ("|move it to [Saturday](date), [three of us](party_size)", {"date": "2026-06-13", "party_size": "3"}),
    ],
)
def test_the_weekday_that_is_booked_only_says_which_booking_changes(annotated: str, changed: dict[str, str]) -> None:
    later = draft({**FRIDAY, "date": "2026-06-19"}, phase=Phase.BOOKED)
    operations = Talk(later).operations(annotated)
    assert {one.slots[0]: one.value.candidates[0] for one in operations if one.value} == changed


def test_a_day_that_is_called_by_its_holiday_is_the_one_turned_down() -> None:
    talk = Talk(draft({**FRIDAY, "date": "2026-12-25"}), now=datetime.fromisoformat("2026-12-01T10:00:00+09:00"))
    (operation,) = talk.operations("|oh dear, not [the 25th](date.old), it's [Christmas](date)")
    assert (operation.op, operation.slots) == (Op.CLEAR, ("date",))


def test_people_of_whom_a_dish_is_asked_for_are_not_the_party() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("ask|can we get the tasting menu for [two people](party_size)?")
    assert talk.values == FRIDAY


def test_what_a_friend_keeps_asking_for_is_overruled_by_what_stays() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|my aunt keeps asking for [8](time) but nope, [7](number) stays")
    assert talk.values == FRIDAY


@pytest.mark.parametrize(
    "annotated",
    [
        "|please don't call me after [9 pm](time), the baby sleeps",
        "|밤 [10시](time) 넘어서는 연락하지 말아 주세요",
        "|my mates dropped their plates at [8](number)",
        "|[시어머니](party_size)께서 올라오셔서 정신이 없네요",
    ],
)
def test_what_is_said_of_calls_visitors_and_plates_changes_no_booking(annotated: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert talk.values == FRIDAY


def test_a_place_that_is_closed_on_one_day_stays_for_another() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|hm [Hanok Table](restaurant.old) is closed today, then [Thursday](date)")
    assert talk.values == {"restaurant": "hanok_table", "date": "2026-06-11"}


def test_for_whom_the_meal_is_is_not_who_books() -> None:
    talk = Talk(draft({}))
    talk.hear("start|birthday dinner for [Olga](name) from the choir, [Friday](date)")
    assert "name" not in talk.values
