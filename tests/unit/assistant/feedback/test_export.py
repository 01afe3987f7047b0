"""What leaves the database for training: little per user, nothing personal, no copies."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.composer.compose import compose
from assistant.feedback.candidates import Candidate, conversation_of, dump
from assistant.feedback.export import Export, export, without_copies
from assistant.feedback.logged import Feedback, LoggedConversation, LoggedTurn
from assistant.feedback.written import ordinary_words, read_written
from assistant.types import (
    Conversation,
    Message,
    NewValue,
    Op,
    Operation,
    Outcome,
    Phase,
    Producer,
    Quote,
    Slot,
    Status,
)
from tests.support.annotated import DOMAIN, FOLDER, ZONE, tag

AT = datetime(2026, 6, 10, 5, 42, 7, tzinfo=UTC)
KEY = b"k" * 32
ORDINARY = ordinary_words([row for lang in ("en", "ko") for row in read_written(FOLDER, lang)], DOMAIN)


def logged(*lines: str, name: str = "c", user: str = "ann", **first: object) -> LoggedConversation:
    """A conversation in which these annotated messages were said and understood as annotated."""
    before = replace(Conversation(name, user_id=user, time_zone=ZONE), **first)  # type: ignore[arg-type]
    turns = []
    for number, line in enumerate(lines, start=1):
        text, tagging = tag(line)
        operations = compose(tagging, Message(name, f"m{number}", text, "en", ZONE, AT), before, DOMAIN)
        slots = {
            one.slots[0]: Slot(Status.FILLED, one.value.candidates[0], text=text)
            for one in operations
            if one.op is Op.SET and one.value and one.value.candidates
        }
        after = replace(before.with_slots(slots), phase=Phase.COLLECTING, asked=None)
        at = AT + timedelta(minutes=number)
        turns.append(LoggedTurn(f"m{number}", text, before, Outcome(after, operations=operations), (), at))
        before = after
    return LoggedConversation(name, user, tuple(turns))


def made(*conversations: LoggedConversation, key: bytes = KEY) -> Export:
    return export(conversations, DOMAIN, ORDINARY, key=key)


def texts(*conversations: LoggedConversation) -> list[str]:
    return [row.text for row in made(*conversations).rows]


def with_feedback(conversation: LoggedConversation, *feedback: Feedback) -> LoggedConversation:
    *others, last = conversation.turns
    return replace(conversation, turns=(*others, replace(last, feedback=feedback)))


def test_a_row_says_where_a_message_was_said_and_what_it_was_understood_as() -> None:
    talk = logged("start|a table at [Hanok Table](restaurant)", "|[tomorrow](date)", asked=None)
    first, second = made(talk).rows
    assert (first.text, first.context.phase, first.context.slots) == ("a table at Hanok Table", Phase.IDLE, {})
    assert second.context.slots["restaurant"].value == "hanok_table"
    assert [one.op for one in second.operations] == [Op.SET]
    assert (second.lang, second.zone, second.disagrees) == ("en", ZONE, False)


def test_no_id_and_no_exact_time_leaves_the_database() -> None:
    row = dump(made(logged("|[tomorrow](date)", name="telegram-4711", user="ann-lee")).rows[0])
    assert "telegram-4711" not in row
    assert "ann-lee" not in row
    assert json.loads(row)["now"] == "2026-06-10T05:00:00Z"


def test_the_rows_of_a_redacted_message_are_still_understood_as_they_were() -> None:
    line = "|for [Wilhelmina Okoye](name), [010-2345-6789](phone), [four](party_size)"
    (row,) = made(logged(line)).rows
    said = {one.slots[0]: one for one in row.operations}
    for name in ("name", "phone"):
        quote, value = said[name].quote, said[name].value
        assert quote is not None
        assert value is not None
        assert row.text[quote.start : quote.end] == quote.text == value.candidates[0]
    assert said["party_size"].quote == Quote(row.text.index("four"), row.text.index("four") + 4, "four")
    assert re.fullmatch(r"for [A-Z][a-z]+ [A-Z][a-z]+, 010-\d{4}-\d{4}, four", row.text)
    assert row.text != "for Wilhelmina Okoye, 010-2345-6789, four"


def test_a_name_is_replaced_by_the_same_other_one_throughout_a_conversation() -> None:
    talk = logged(
        "|[이은지](name)요",
        "chitchat|은지는 제 이름이고 이은지가 제 성함이에요",
        "|번호는 [공일공 이삼사오 육칠팔구](phone)요",
        "chitchat|뒷자리는 6789 맞죠?",
    )
    first, second, third, last = (row.text for row in made(talk).rows)
    name = first.removesuffix("요")
    assert len(name) == 3
    assert name != "이은지"
    assert second == f"{name[1:]}는 제 이름이고 {name}가 제 성함이에요"
    spoken = third.removeprefix("번호는 ").removesuffix("요")
    assert re.fullmatch(r"공일공 [공일이삼사오육칠팔구]{4} [공일이삼사오육칠팔구]{4}", spoken)
    assert last == f"뒷자리는 {''.join(str('공일이삼사오육칠팔구'.index(one)) for one in spoken[-4:])} 맞죠?"


def test_what_is_said_in_passing_is_replaced_too() -> None:
    talk = logged(
        "chitchat|my name is siobhan and Mr Okafor pays, write to s.okafor@mail.example.org or @siobhan_k",
        "chitchat|card 4111 1111 1111 1111, see https://example.net/siobhan",
        "chitchat|박현철씨도 오고 제 이름은 도경완이에요",
    )
    left = " ".join(texts(talk))
    for secret in ("siobhan", "Okafor", "okafor", "4111", "1111", "example.net", "박현철", "현철", "도경완"):
        assert secret not in left


def test_dates_and_times_are_no_phone_numbers() -> None:
    line = "|[2026-06-12](date) at [19:00](time), or 12/06/2026 19:30, party of [4](party_size)"
    assert texts(logged(line)) == ["2026-06-12 at 19:00, or 12/06/2026 19:30, party of 4"]


def test_an_answer_to_the_question_for_a_name_is_replaced_though_it_was_not_understood() -> None:
    (text,) = texts(logged("unknown|xiomara quispe", asked="name"))
    assert "xiomara" not in text
    assert "quispe" not in text


def test_comments_and_corrections_are_freed_of_personal_data_as_well() -> None:
    wanted = Operation(Op.SET, ("name",), value=NewValue(("Xiomara",)), quote=Quote(0, 9, "Xiomara Q"))
    talk = with_feedback(logged("|[tomorrow](date)"), Feedback(-1, (wanted,), "ask for Xiomara at 010-9876-5432", AT))
    (row,) = made(talk).rows
    assert row.disagrees
    assert row.feedback.rating == -1
    assert "Xiomara" not in dump(row)
    assert "9876" not in dump(row)


NAMES_EN = st.sampled_from(
    ["Zebulon", "Xiomara", "O'Hanrahan", "Krzysztof", "Wulfric Aethelstan", "Zoë Brontë", "Will", "Grace"]
)
NAMES_KO = st.sampled_from(["탁재훈", "남궁민", "봉준호", "피천득", "선우은숙", "윤하", "마동석"])
PHONES = st.from_regex(r"010[- .]?[2-9]\d{3}[- .]?\d{4}", fullmatch=True)
EMAILS = st.from_regex(r"[a-z]{3,8}[._]?[a-z0-9]{3,6}@[a-z]{3,8}\.(com|co\.kr|org)", fullmatch=True)
LATER_EN = st.sampled_from(
    ["{name} here again", "did you get it, {low}?", "it is {up}!", "text {phone} or {mail}", "{phone} for {name}"]
)
LATER_KO = st.sampled_from(
    ["{name}인데요", "{name} 맞아요", "{name}씨 아니고요 {phone}", "{mail}로 보내 주세요", "번호 {phone}, {name}요"]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_planted_name_number_or_address_is_left(data: st.DataObject) -> None:
    korean = data.draw(st.booleans())
    name = data.draw(NAMES_KO if korean else NAMES_EN)
    phone, mail = data.draw(PHONES), data.draw(EMAILS)
    later = data.draw(st.lists(LATER_KO if korean else LATER_EN, min_size=1, max_size=3))
    opening = f"|[{name}](name){'입니다' if korean else ' please'}, [{phone}](phone)"
    said = [one.format(name=name, low=name.lower(), up=name.upper(), phone=phone, mail=mail) for one in later]
    result = made(logged(opening, *(f"chitchat|{one}" for one in said)))
    assert result.rows
    left = " ".join(dump(row) for row in result.rows)
    parts = [part for part in re.split(r"[\s]", name) if part.lower() not in ORDINARY]
    digits = re.sub(r"\D", "", left)
    for secret in (*parts, *(part.lower() for part in parts), mail, phone):
        assert secret not in left
    assert re.sub(r"\D", "", phone) not in digits


def crowd(users: int, each: int) -> list[LoggedConversation]:
    return [
        logged(f"chitchat|message {'abcdefghijklmnop'[n % 16] * (n + 3)} of {u:x}", name=f"{u}-{n}", user=f"u{u}")
        for u in range(users)
        for n in range(each)
    ]


def test_a_user_gives_a_hundredth_of_the_conversations_and_at_least_one() -> None:
    assert made(*crowd(5, 10)).over_cap == 45
    result = made(*crowd(10, 30))
    assert (result.conversations, result.over_cap) == (300, 270)


def test_a_user_gives_twenty_conversations_at_most() -> None:
    many = [logged("chitchat|hello", name=f"o{n}", user=f"other{n}") for n in range(2500)]
    heavy = [logged("chitchat|hello", name=f"h{n}", user="heavy") for n in range(30)]
    assert made(*many, *heavy).over_cap == 10


def test_users_without_an_id_count_as_one() -> None:
    assert made(*[logged("chitchat|hello", name=f"c{n}", user="") for n in range(50)]).over_cap == 49


def test_a_user_cannot_choose_which_conversations_are_taken() -> None:
    talks = [logged(f"chitchat|{word} is what I say", name=word) for word in ("apples", "zebras", "mirrors", "violins")]
    taken = {made(*talks, key=bytes([n]) * 32).rows[0].text for n in range(30)}
    assert len(taken) == 4


def test_near_copies_are_left_out_and_the_one_that_is_called_wrong_is_kept() -> None:
    said = logged("|could we come at [7](time) in the evening please", name="a", user="a")
    alike = with_feedback(
        logged("|Could we come at [8](time) in the evening, please!", name="b", user="b"), Feedback(-1, (), "", AT)
    )
    other = logged("clear_all|forget everything I told you", name="c", user="c")
    result = made(said, alike, other)
    assert sorted(row.text for row in result.rows) == [
        "Could we come at 8 in the evening, please!",
        "forget everything I told you",
    ]
    assert result.copies == 1


def test_short_answers_are_kept_once_for_every_question() -> None:
    rows = made(
        logged("|[7](time)", name="a", user="a", asked="time", phase=Phase.COLLECTING),
        logged("|[8](time)", name="b", user="b", asked="time", phase=Phase.COLLECTING),
        logged("|[8](party_size)", name="d", user="d", asked="party_size", phase=Phase.COLLECTING),
    ).rows
    assert sorted(row.context.asked or "" for row in rows) == ["party_size", "time"]
    assert without_copies(rows) == rows


def test_an_undo_that_follows_says_that_a_message_was_misunderstood() -> None:
    talk = logged("|[8](time) please", "undo|no, take that back", "chitchat|thank you")
    assert [row.disagrees for row in made(talk).rows] == [True, False, False]


def test_changes_by_a_program_are_no_candidates() -> None:
    talk = logged("|[tomorrow](date)")
    change = Outcome(
        talk.turns[0].outcome.conversation, operations=(Operation(Op.CLEAR, ("date",), producer=Producer.API),)
    )
    turns = (*talk.turns, LoggedTurn("r1", "0 (Operation(...),)", talk.turns[0].outcome.conversation, change, (), AT))
    assert texts(replace(talk, turns=turns)) == ["tomorrow"]


def test_only_messages_of_the_cycle_are_taken() -> None:
    talk = logged("|[tomorrow](date)", "|at [eight pm](time)")
    late = export([talk], DOMAIN, ORDINARY, key=KEY, since=AT + timedelta(minutes=2))
    assert [row.text for row in late.rows] == ["at eight pm"]
    assert late.rows[0].context.slots["date"].value == "2026-06-11"


def test_a_row_gives_back_the_conversation_it_was_said_in() -> None:
    rows: list[Candidate] = made(logged("|[tomorrow](date)", "|at [eight pm](time)")).rows
    conversation = conversation_of(rows[1])
    assert (conversation.phase, conversation.value("date")) == (Phase.COLLECTING, "2026-06-11")
