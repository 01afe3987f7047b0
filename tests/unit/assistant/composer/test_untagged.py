"""A party that the words sum up, and the meal that the table is for, are heard though the tagger saw neither."""

from __future__ import annotations

import pytest

from assistant.composer.compose import compose
from assistant.types import Message, Op, Operation
from nlu.types import Role, Span, Tagging
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, Talk, draft


def _heard(text: str, *spans: Span, **acts: float) -> tuple[Operation, ...]:
    return compose(Tagging(acts, spans), Message("c", "m", text, "ko", ZONE, WEDNESDAY), draft(FRIDAY), DOMAIN)


@pytest.mark.parametrize(
    ("text", "hears"),
    [("we'd love to have an early dinner with you", True), ("is there a dinner menu?", False)],
)
def test_a_meal_that_the_table_is_for_says_when(text: str, *, hears: bool) -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear(f"start|{text}")
    assert (talk.conversation.slot("time").bounds == ("17:00", "21:00")) is hears


@pytest.mark.parametrize(
    ("text", "size"),
    [("학생들까지 아홉 명이고요", "9"), ("다 해서 여섯 명이에요", "6"), ("저 포함해서 총 5명으로 갈게요", "5")],
)
def test_people_summed_up_are_the_party(text: str, size: str) -> None:
    (operation,) = _heard(text, chitchat=0.9)[-1:]
    assert (operation.op, operation.value and operation.value.candidates) == (Op.SET, (size,))


@pytest.mark.parametrize(
    "text", ["다섯 명까지 앉을 수 있어요?", "일곱시까지 두 명이요", "저까지 다섯 명이면 룸 되나요?"]
)
def test_what_sums_nobody_up_or_asks_is_none(text: str) -> None:
    assert all(one.op is not Op.SET for one in _heard(text, ask=0.9))


def test_a_party_that_the_tagger_saw_is_not_read_twice() -> None:
    seen = Span("party_size", Role.VALUE, 6, 10, "아홉 명", 0.9)
    assert len(_heard("학생들까지 아홉 명이고요", seen)) == 1


@pytest.mark.parametrize(
    ("text", "mentioned", "size"),
    [
        ("Nope, go back to six then.", ("party_size",), "6"),
        ("Nope, go back to six then.", ("party_size", "time"), None),
        ("I have to go back to work.", ("party_size",), None),
    ],
)
def test_who_goes_back_to_a_value_means_the_slot_of_the_message_before(
    text: str, mentioned: tuple[str, ...], size: str | None
) -> None:
    conversation = draft(FRIDAY, mentioned=mentioned)
    operations = compose(
        Tagging({"deny": 0.9}, ()), Message("c", "m", text, "en", ZONE, WEDNESDAY), conversation, DOMAIN
    )
    found = [one.value.candidates[0] for one in operations if one.value]
    assert found == ([size] if size else [])


def _without_time(text: str, *spans: Span, **acts: float) -> tuple[Operation, ...]:
    begun = draft({name: value for name, value in FRIDAY.items() if name != "time"})
    return compose(Tagging(acts, spans), Message("c", "m", text, "ko", ZONE, WEDNESDAY), begun, DOMAIN)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("셋이 점심 먹을 건데요", ("11:30", "14:00")),
        ("친구랑 저녁 먹으려고요", ("17:00", "21:00")),
        ("점심 예약이요", ("11:30", "14:00")),
        ("아침 식사 하려고요", ("07:00", "11:30")),
    ],
)
def test_the_meal_that_the_table_is_for_says_the_part_of_the_day(text: str, bounds: tuple[str, str]) -> None:
    (operation,) = [one for one in _without_time(text, start=0.9) if one.op is Op.SET]
    assert (operation.slots, operation.value and operation.value.bounds) == (("time",), bounds)


@pytest.mark.parametrize(
    "text", ["점심 먹고 갈게요", "저녁 먹었어요", "점심 말고 저녁이 맛있나요", "점심 먹을까 저녁 먹을까 고민이에요"]
)
def test_a_meal_that_the_table_is_not_for_says_nothing(text: str) -> None:
    assert all(one.op is not Op.SET for one in _without_time(text, chitchat=0.9))


def test_a_meal_says_nothing_where_a_time_is_held_or_said_or_something_is_asked() -> None:
    assert all(one.op is not Op.SET for one in _heard("점심 먹으려고요", chitchat=0.9))
    assert all(one.op is not Op.SET for one in _without_time("점심 먹으려고 하는데 주차 되나요?", ask=0.9))
    seen = Span("time", Role.VALUE, 0, 2, "1시", 0.9)
    sets = [one for one in _without_time("1시에 점심 먹으려고요", seen) if one.op is Op.SET]
    assert len(sets) == 1


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("세 명이어야 해요", "party_size", "3"),
        ("꼭 토요일이어야 해요", "date", "2026-06-13"),
        ("다섯 명이라야 돼요", "party_size", "5"),
    ],
)
def test_what_a_value_must_be_is_heard(text: str, slot: str, value: str) -> None:
    (operation,) = _heard(text)
    assert (operation.op, operation.slots) == (Op.SET, (slot,))
    assert operation.value is not None
    assert operation.value.candidates == (value,)


@pytest.mark.parametrize("text", ["여섯이어야 해요", "조용한 곳이어야 해요", "두 명이어야 하나요"])
def test_what_could_be_several_slots_or_none_must_be_nothing(text: str) -> None:
    assert all(one.op is not Op.SET for one in _heard(text))


def _telegram(words: str) -> str | None:
    """The name in a telegram of a day and a party, before or behind the words."""
    text = f"{words} 내일 네 명" if words.endswith(",") else f"내일 네 명 {words}"
    day, four = text.index("내일"), text.index("네 명")
    spans = (
        Span("date", Role.VALUE, day, day + 2, "내일", 0.99),
        Span("party_size", Role.VALUE, four, len(text), text[four:], 0.8),
    )
    operations = compose(Tagging({}, spans), Message("c", "m", text, "ko", ZONE, WEDNESDAY), draft({}), DOMAIN)
    names = [one.value.candidates[0] for one in operations if one.slots == ("name",) and one.value]
    return names[0] if names else None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("정우성", "정우성"),
        ("이태오요", "이태오"),
        ("남궁민이요", "남궁민"),
        ("박소은입니다", "박소은"),
        ("김태희,", "김태희"),
    ],
)
def test_a_whole_name_beside_values_is_the_name(words: str, name: str) -> None:
    assert _telegram(words) == name


@pytest.mark.parametrize(
    ("text", "count"), [("세 명이용", "세 명"), ("저희 다섯 명이옹", "다섯 명"), ("10명이욤", "10명")]
)
def test_a_counter_and_its_ending_are_no_name(text: str, count: str) -> None:
    at = text.index(count)
    spans = (Span("party_size", Role.VALUE, at, at + len(count), count, 0.9),)
    operations = compose(Tagging({}, spans), Message("c", "m", text, "ko", ZONE, WEDNESDAY), draft({}), DOMAIN)
    assert [one.slots for one in operations] == [("party_size",)]


@pytest.mark.parametrize(
    "words",
    [
        "한옥집",
        "고기집",
        "이번주",
        "정말로",
        "주차장",
        "유아용",
        "안내문",
        "오전중",
        "김치찜",
        "양념장",
        "한정식",
        "이태원",
        "변경이요",
        "하나예요",
        "인원은",
    ],
)
def test_a_noun_that_looks_like_a_name_is_none(words: str) -> None:
    assert _telegram(words) is None


def test_a_name_beside_a_verb_is_left_to_the_tagger() -> None:
    assert _telegram("정우성 좋아해요") is None


def _begun(text: str, *words: tuple[str, str], **acts: float) -> dict[str, str]:
    """What a first message sets, of which the tagger saw these words with these labels."""
    spans = tuple(
        Span(label, Role.VALUE, text.index(part), text.index(part) + len(part), part, 0.9) for part, label in words
    )
    operations = compose(
        Tagging(acts, spans),
        Message("c", "m", text, "en", ZONE, WEDNESDAY),
        draft({"restaurant": "hanok_table"}),
        DOMAIN,
    )
    return {one.slots[0]: one.value.candidates[0] for one in operations if one.value}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hanok. thu. 1830. 2 ppl", (("thu. 1830", "date"), ("2 ppl", "party_size"))),
        ("Friday, 1830, 4 people", (("Friday", "date"), ("4 people", "party_size"))),
        ("fri 1830 2ppl", (("fri", "date"), ("2ppl", "party_size"))),
        ("Saturday at 1830 for 4", (("Saturday", "date"), ("4", "party_size"))),
    ],
)
def test_four_figures_between_values_are_a_clock_time(text: str, words: tuple[tuple[str, str], ...]) -> None:
    assert _begun(text, *words)["time"] == "18:30"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12 June 2026 for 4", (("12 June 2026", "date"), ("4", "party_size"))),
        ("5 june 2030, 4 people", (("5 june", "date"), ("4 people", "party_size"))),
        ("saturday. call 010 1830 2211", (("saturday", "date"), ("010 1830 2211", "phone"))),
        ("saturday for 4, room 1230", (("saturday", "date"), ("4", "party_size"))),
        ("saturday for 4, budget 2000 won", (("saturday", "date"), ("4", "party_size"))),
    ],
)
def test_years_phones_and_other_figures_are_no_clock_time(text: str, words: tuple[tuple[str, str], ...]) -> None:
    assert "time" not in _begun(text, *words)


TELEGRAM = (("Sat", "date"), ("7pm", "time"), ("4 people", "party_size"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sat 7pm 4 people Okafor", "Okafor"),
        ("Sat 7pm 4 people okafor", "Okafor"),
        ("Sat, 7pm, 4 people. Szymanski", "Szymanski"),
        ("Sat at 7pm for 4 people, Ines Lindqvist", "Ines Lindqvist"),
    ],
)
def test_the_last_word_of_a_telegram_is_the_name(text: str, name: str) -> None:
    assert _begun(text, *TELEGRAM)["name"] == name


@pytest.mark.parametrize(
    "text",
    [
        "Sat 7pm 4 people pls",
        "Sat 7pm 4 people thx",
        "Sat 7pm 4 people plese",
        "Sat 7pm 4 people vegitarian",
        "Sat 7pm 4 people Birthday",
        "We come Sat 7pm 4 people Okafor",
    ],
)
def test_the_last_word_that_may_be_another_is_no_name(text: str) -> None:
    assert "name" not in _begun(text, *TELEGRAM)


def test_the_last_word_of_a_korean_telegram_may_be_a_wish() -> None:
    words = (("토요일", "date"), ("7시", "time"), ("4명", "party_size"))
    assert "name" not in _begun("토요일 7시 4명 부탁해요", *words)


def test_a_number_like_before_is_gone_back_to() -> None:
    conversation = draft(FRIDAY, mentioned=("party_size",))
    operations = compose(
        Tagging({"deny": 0.9}, ()),
        Message("c", "m", "no no, three like before", "en", ZONE, WEDNESDAY),
        conversation,
        DOMAIN,
    )
    assert [one.value.candidates for one in operations if one.value] == [("3",)]


def test_company_alone_is_the_party_though_nothing_was_seen() -> None:
    talk = Talk(draft({name: value for name, value in FRIDAY.items() if name != "party_size"}))
    talk.hear("unknown|me + my photographer", asked="restaurant")
    assert talk.values["party_size"] == "2"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("we shall be in town tomorrow, as it happens", "2026-06-11"),
        ("it is today that the four of us are coming", "2026-06-10"),
        ("송구하오나 모레 찾아뵀으면 합니다", "2026-06-12"),
        ("급하게 모레 왔으면 합니다", "2026-06-12"),
        ("내일 들를까 하는데요", "2026-06-11"),
        ("I'll ask my wife tomorrow", None),
        ("can we come tomorrow?", None),
        ("we can't come tomorrow", None),
        ("we come whenever you like", None),
    ],
)
def test_a_day_of_coming_that_the_tagger_missed_answers_the_question(said: str, day: str | None) -> None:
    talk = Talk(draft({name: value for name, value in FRIDAY.items() if name != "date"}))
    talk.hear(f"chitchat|{said}", asked="date")
    assert talk.values.get("date") == day


@pytest.mark.parametrize(
    ("annotated", "name"),
    [
        ("|[두 명](party_size)이요. 차은우, [010-2345-6789](phone)", "차은우"),
        ("|[two](party_size), Yoon Jia, [010-2345-6789](phone)", "Yoon Jia"),
        ("|ok [7:30pm](time), Cha Hyeri", "Cha Hyeri"),
        ("|[오후 2시](time)요. 예약자는 차은우", "차은우"),
        ("|[7 pm](time), Golden Week", None),
        ("|[여섯 명](party_size)이요, 가신대요", None),
    ],
)
def test_a_name_beside_values_that_the_tagger_missed_is_the_name(annotated: str, name: str | None) -> None:
    talk = Talk(draft({"restaurant": "hanok_table", "date": "2026-06-12"}))
    talk.hear(annotated)
    assert talk.values.get("name") == name


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("the play is on the 18th this year, so that day please", "2026-06-18"),
        ("my birthday is on the 18th, we always cook that day", "2026-06-12"),
    ],
)
def test_a_day_that_is_told_and_then_wanted_is_the_day(said: str, day: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(f"|{said}")
    assert talk.values["date"] == day


@pytest.mark.parametrize(
    ("said", "size"),
    [("몇 명 못 와서 이제 5명이야", "5"), ("결국 세 명만 갑니다", "3"), ("이제 5명이 몰려온대?", None)],
)
def test_a_party_that_it_came_to_is_the_party(said: str, size: str | None) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(f"chitchat|{said}")
    assert talk.values["party_size"] == (size or FRIDAY["party_size"])


@pytest.mark.parametrize(
    ("text", "date"),
    [("석가탄신일에 자리 하나 잡아 주세요", "2027-05-13"), ("석가탄신일에 영업해요?", None)],
)
def test_a_holiday_that_a_wish_names_is_the_day(text: str, date: str | None) -> None:
    said = [one.value for one in Talk(draft({})).operations(f"start|{text}") if one.slots == ("date",) and one.value]
    assert [value.candidates for value in said] == ([(date,)] if date else [])


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("6 or maybe 7 in total, we'll see", ("6", "7")),
        ("아버지 모시고 셋이서 가려고 합니다", ("3",)),
        ("지난번엔 셋이서 갔어요", ()),
    ],
)
def test_a_party_that_the_tagger_missed_is_read_off_the_words(text: str, sizes: tuple[str, ...]) -> None:
    values = [one.value.candidates for one in Talk(draft({})).operations(f"chitchat|{text}") if one.value]
    assert values == ([sizes] if sizes else [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Saturday. And I'm Gong Yuri.", "Gong Yuri"),
        ("Saturday, my name is Anna de Vries", None),
        ("Saturday please. This is Marta Nowak Kos!", "Marta Nowak Kos"),
        ("Saturday, I'm Hungry", None),
        ("Saturday. This is Hanok Table, right?", None),
        ("Saturday. I'm Gong Yuri's sister", None),
    ],
)
def test_who_says_who_they_are_in_a_sentence_of_its_own_gives_the_name(text: str, name: str | None) -> None:
    assert _begun(text, ("Saturday", "date")).get("name") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sohee, 010-4567-1234", "Sohee"),
        ("010-4567-1234 marta nowak", "Marta Nowak"),
        ("thanks, 010-4567-1234", None),
        ("010-4567-1234", None),
        ("call sohee 010-4567-1234 tonight", None),
    ],
)
def test_a_name_that_stands_with_a_phone_number_alone_is_taken_where_one_is_asked(text: str, name: str | None) -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}, asked="name"))
    phone = Span("phone", Role.VALUE, text.index("010"), text.index("010") + 13, "010-4567-1234", 0.99)
    message = Message("c", "m", text, "en", ZONE, WEDNESDAY)
    operations = compose(Tagging({}, (phone,)), message, talk.conversation, DOMAIN)
    said = {one.slots[0]: one.value.candidates[0] for one in operations if one.value}
    assert said.get("name") == name


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("need a room at the restaurant Saturday", "room"),
        ("we would like the terrace, Saturday", "terrace"),
        ("do we have room for six on Saturday", None),
        ("I need a table on Saturday", None),
        ("I want a room of my own on Saturday", None),
    ],
)
def test_a_wish_to_have_a_kind_of_seat_is_heard_though_nothing_was_seen(text: str, seat: str | None) -> None:
    assert _begun(text, ("Saturday", "date")).get("seating") == seat


@pytest.mark.parametrize(
    ("text", "heard"),
    [("dinner w my sister at the place, sat", True), ("Lunch for us on sat", True), ("dinner was nice, sat", False)],
)
def test_a_meal_that_begins_the_message_is_the_one_that_the_table_is_for(text: str, *, heard: bool) -> None:
    message = Message("c", "m", text, "en", ZONE, WEDNESDAY)
    sat = Span("date", Role.VALUE, text.index("sat"), text.index("sat") + 3, "sat", 0.99)
    operations = compose(Tagging({}, (sat,)), message, draft({"restaurant": "hanok_table"}), DOMAIN)
    assert any(one.slots == ("time",) for one in operations) is heard


def test_who_comes_with_an_animal_gives_no_name() -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear("|[저하고 강아지](party_size)요", asked="party_size")
    assert "name" not in talk.values


def test_a_meal_at_another_place_and_day_takes_the_place_of_the_held_time() -> None:
    talk = Talk(draft({"restaurant": "morning_cup", "date": "2026-06-12", "time": "08:30"}))
    talk.hear("start|we'd love dinner at [Hanok Table](restaurant) on [Saturday](date)")
    assert talk.conversation.slot("time").bounds == ("17:00", "21:00")
    talk = Talk(draft({"restaurant": "morning_cup", "date": "2026-06-12", "time": "08:30"}))
    talk.hear("|dinner would be nice some day, but on [Saturday](date)")
    assert talk.values["time"] == "08:30"


def test_a_seat_that_is_free_and_pointed_back_at_is_wished_for() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|홀 자리가 남아 있으면 그쪽으로 부탁드려요")
    assert talk.values["seating"] == "hall"


@pytest.mark.parametrize(
    ("annotated", "name"),
    [
        ("|we're [4](party_size), im nari", "Nari"),
        ("|[8 pm](time) and it's Oluwaseun", "Oluwaseun"),
        ("|[8 pm](time), i'm late", None),
        ("|[세 명](party_size). 이름은 에밀리요", "에밀리"),
        ("|[세 명](party_size). 이름은 나중에요", None),
    ],
)
def test_a_name_told_behind_a_value_is_taken(annotated: str, name: str | None) -> None:
    talk = Talk(draft({}))
    talk.hear(annotated, asked="party_size")
    assert talk.values.get("name") == name


@pytest.mark.parametrize(
    ("annotated", "slot", "value"),
    [
        ("|[8 pm](time), just me", "party_size", "1"),
        ("|[8 pm](time), just me and my dog's sitter", "party_size", None),
        ("|[8 pm](time), I spend it on my own terrace otherwise", "party_size", None),
        ("|in the hall please, it's her birthday", "seating", "hall"),
        ("|[토요일](date)에 [두 명](party_size), 카리나 이름으로요", "name", "카리나"),
        ("|[토요일](date)에 [두 명](party_size), 남편 이름으로요", "name", None),
    ],
)
def test_who_comes_alone_where_they_sit_and_whose_name_it_is(annotated: str, slot: str, value: str | None) -> None:
    talk = Talk(draft({}))
    talk.hear(annotated)
    assert talk.values.get(slot) == value


@pytest.mark.parametrize(
    "said",
    ["걔네는 배고프면 원래 그래요", "조카가 온다네요", "내년 크리스마스이요", "앱이 왜케 느려요", "파티가 시끄러워요"],
)
def test_words_with_the_syllables_of_foreign_names_are_none(said: str) -> None:
    talk = Talk(draft({"restaurant": "hanok_table"}))
    talk.hear(f"|{said}")
    assert "name" not in talk.values
