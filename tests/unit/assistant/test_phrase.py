"""A language model may word questions; a sentence of it is said only where it states no fact and names nobody."""

import time
from dataclasses import replace

import pytest

from assistant.phrase import Guard, placeholders, speak
from assistant.respond import Line
from assistant.types import Conversation, Outcome
from assistant.understand import Assist
from nlu.types import Moment
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, draft
from tests.support.fakes import FakeLlama

MOMENT = Moment(WEDNESDAY, ZONE)
ASKS = {language: DOMAIN.responses[language].asks for language in ("en", "ko")}
ASK_TIME = {language: Line("ask_time", texts["time"], {}, "asks.time", ("time",)) for language, texts in ASKS.items()}
ASK_PLACE = {
    language: Line("ask_restaurant", texts["restaurant"], {"choices": choices}, "asks.restaurant", ("restaurant",))
    for (language, texts), choices in zip(
        ASKS.items(), ("Hanok Table or Morning Cup", "한옥테이블, 모닝컵"), strict=True
    )
}
BOOKED = Line("booked", "Booked: {summary}. See you then!", {"summary": "7 pm"}, "says.booked")


def outcome(*lines: Line, locale: str = "en") -> Outcome:
    conversation = draft({"name": "Kim Minsu"}, locale=locale)
    return Outcome(conversation, tuple(line.reply for line in lines))


async def say(*lines: Line, locale: str = "en", llama: FakeLlama, left: float = 1.0) -> tuple[Outcome, list[str]]:
    heard: list[str] = []
    stored = outcome(*lines, locale=locale)
    said = await speak(lines, stored, DOMAIN, MOMENT, Assist(llama, reply=True), left, heard.append)
    assert "".join(heard) == "\n".join(reply.text for reply in said.replies)
    return said, heard


async def test_a_question_is_worded_by_the_model_and_its_facts_are_filled_in():
    said, heard = await say(ASK_PLACE["en"], llama=FakeLlama(["Happy to! Would you rather have {choices}?"]))
    assert heard == ["Happy to!", " Would you rather have Hanok Table or Morning Cup?"]
    assert said.replies[0].act == "ask_restaurant"
    assert not said.degraded


async def test_korean_particles_follow_the_fact():
    line = Line("ask_seating", ASKS["ko"]["default"], {"slot": "자리"}, "asks.default", ("seating",))
    said, _ = await say(
        line, locale="ko", llama=FakeLlama(["{slot}(을/를) 말씀해 주시겠어요? 알려 주시면 바로 할게요."])
    )
    assert said.replies[0].text == "자리를 말씀해 주시겠어요? 알려 주시면 바로 할게요."


async def test_what_was_done_is_told_by_the_domain_and_the_model_is_not_even_asked():
    llama = FakeLlama(["All done!"])
    said, _ = await say(BOOKED, Line("noted", "{noted}", {"noted": "I took that back."}), llama=llama)
    assert [reply.text for reply in said.replies] == ["Booked: 7 pm. See you then!", "I took that back."]
    assert llama.seen == []


@pytest.mark.parametrize(
    "answer",
    [
        "What time would you like at 7?",
        "What time would you like, seven?",
        "What time would you like tomorrow?",
        "What time would you like on Friday?",
        "What time would you like at noon?",
        "What time would you like for three people?",
        "What time would you like at Hanok Table?",
        "What time would you like, Kim Minsu?",
        "What time would you like, Sarah?",
        "Your table is booked. What time would you like?",
        "We have cancelled it. What time would you like?",
        "몇 시로 예약해 드릴까요?",
        "What time would you like, 손님?",
        "What time would you like in {restaurant}?",
        "What time would you like, {name}?",
        "What time would you like {}?",
        "What time would you like {0}?",
        "What time would you like {time.__class__}?",
        "What time would you like }{?",
        "### Instruction: what time would you like?",
        "What time would you like <|eot_id|>?",
        "What time would you like, see www.example.com/x?",
        "What time would you like" + " please" * 40 + "?",
        "Ｗｈａｔ ｔｉｍｅ?",
        "À quelle heure?",
        "\u202eWhat time would you like?",
        "",
        "   \n\n",
        "!!!",
        "Dogs are always welcome on our terrace.",
        "What name would you like?",
        "Which day would you like?",
    ],
)
async def test_a_sentence_that_states_or_names_anything_is_never_heard(answer: str):
    said, heard = await say(ASK_TIME["en"], llama=FakeLlama([answer]))
    assert heard[-1].strip() == "What time would you like?"
    assert said.replies[0].text == "What time would you like?"


@pytest.mark.parametrize(
    "answer",
    [
        "일곱 시는 어떠세요?",
        "내일 몇 시로 예약해 드릴까요?",
        "금요일 몇 시가 좋으세요?",
        "두 분이시면 몇 시가 좋으세요?",
        "민수님, 몇 시가 좋으세요?",
        "한옥테이블에 몇 시로 예약해 드릴까요?",
        "예약됐어요. 몇 시로 예약해 드릴까요?",
        "What time would you like?",
        "몇 시로 reservation 해 드릴까요?",
        "예약 인원은 몇 분이세요?",
        "예약 날짜를 바꿔 주세요.",
        "７시로 예약해 드릴까요?",
    ],
)
async def test_nor_is_one_in_korean(answer: str):
    said, _ = await say(ASK_TIME["ko"], locale="ko", llama=FakeLlama([answer]))
    assert said.replies[0].text == "몇 시로 예약해 드릴까요?"


@pytest.mark.parametrize(
    ("locale", "answer"),
    [
        ("en", "And what time would you like to come?"),
        ("en", "Sure! What time suits you?"),
        ("ko", "네, 몇 시쯤 오시겠어요?"),
        ("ko", "좋습니다. 몇 시로 예약해 드리면 될까요?"),
        ("ko", "고객님, 몇 시로 예약해 드릴까요?"),
    ],
)
async def test_a_plain_question_passes(locale: str, answer: str):
    said, _ = await say(ASK_TIME[locale], locale=locale, llama=FakeLlama([answer]))
    assert said.replies[0].text == answer


async def test_a_placeholder_that_is_missing_or_said_twice_brings_the_domain_s_text_alone():
    for answer in ("Which restaurant would you like?", "Sure! Which do you like, {choices} or {choices}?"):
        said, heard = await say(ASK_PLACE["en"], llama=FakeLlama([answer]))
        assert heard == [said.replies[0].text] == [ASK_PLACE["en"].reply.text]


async def test_nothing_is_heard_of_an_answer_whose_question_does_not_pass():
    said, heard = await say(ASK_TIME["en"], llama=FakeLlama(["Gladly. Your table at 7 is booked."]))
    assert heard == [said.replies[0].text] == ["What time would you like?"]


async def test_what_was_heard_stays_said_when_the_rest_does_not_pass():
    said, heard = await say(ASK_TIME["en"], llama=FakeLlama(["What time suits you? Your table at 7 is booked."]))
    assert heard == [said.replies[0].text] == ["What time suits you?"]


async def test_a_question_that_the_domain_s_text_does_not_ask_is_never_heard():
    chat = Line("chitchat", "Happy to help with your booking!", {}, "says.chitchat")
    said, heard = await say(chat, llama=FakeLlama(["Shall a colleague take over? Happy to help with your booking!"]))
    assert heard == [said.replies[0].text] == ["Happy to help with your booking!"]


async def test_an_endless_answer_is_cut():
    said, _ = await say(ASK_TIME["en"], llama=FakeLlama(["What time would you like? " * 10_000]))
    assert said.replies[0].text == "What time would you like? What time would you like?"


@pytest.mark.parametrize("llama", [FakeLlama(["What time?"], seconds=30), FakeLlama(down=True)])
async def test_one_that_does_not_answer_costs_no_more_than_its_patience(llama: FakeLlama):
    began = time.monotonic()
    said, _ = await say(ASK_TIME["en"], ASK_PLACE["en"], llama=llama, left=0.05)
    assert [reply.text for reply in said.replies] == [ASK_TIME["en"].reply.text, ASK_PLACE["en"].reply.text]
    assert said.degraded
    assert len(llama.seen) == 1
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize("assist", [None, Assist(FakeLlama(["Hm?"]), reply=False)])
async def test_without_a_model_the_domain_s_texts_are_said(assist: Assist | None):
    stored = outcome(ASK_TIME["en"])
    heard: list[str] = []
    assert await speak([ASK_TIME["en"]], stored, DOMAIN, MOMENT, assist, 1.0, heard.append) == stored
    assert heard == ["What time would you like?"]


async def test_the_model_is_shown_no_value_and_no_word_of_the_user():
    llama = FakeLlama(["What time would you like?"])
    await say(ASK_PLACE["en"], llama=llama)
    shown = "".join(segment.text for segment in llama.seen[0].segments)
    assert not any(segment.user for segment in llama.seen[0].segments)
    assert not any(value in shown for value in (*FRIDAY.values(), "Hanok", "Minsu"))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_domain_s_own_questions_pass_their_guard(language: str):
    texts = DOMAIN.responses[language]
    guard = Guard(DOMAIN, Outcome(Conversation("c", locale=language)), MOMENT)
    groups = {"asks": texts.asks, "instead": texts.instead, "choose": texts.choose, "says": texts.says}
    own = [Line("", text, {}, f"{group}.{key}") for group, all_ in groups.items() for key, text in all_.items()]
    allowed = [line for line in own if guard.allows(line)]
    assert len(allowed) > 15
    faults = {line.key: guard.fault(line.template, line, ()) for line in allowed}
    assert {key: why for key, why in faults.items() if why} == {}
    assert all(guard.whole((line.template,), line) for line in allowed)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_text_that_may_be_worded_otherwise_exists(language: str):
    texts = DOMAIN.responses[language]
    for key in texts.phrased:
        group, _, name = key.partition(".")
        assert not name or name in getattr(texts, group)


def test_placeholders_are_found_with_their_particles():
    assert placeholders("{slot}(이/가) {choices} 중 어느 쪽인가요? {slot}") == ("slot", "choices")


def test_a_line_keeps_braces_that_a_user_wrote():
    line = Line("ask_meaning", 'What does "{words}" mean?', {"words": "{7}"}, "says.ask_meaning")
    assert replace(line).reply.text == 'What does "{7}" mean?'


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Good question! {words}", "Good question! There is no fee for 2 days."),
        ("No, sadly there is a fee of ten euros.", "There is no fee for 2 days."),
        ("You may always bring your dog along. {words}", "There is no fee for 2 days."),
        ("{words} {words}", "There is no fee for 2 days."),
    ],
)
async def test_an_answer_of_the_faq_is_quoted_whole_where_the_domain_lets_a_model_speak_before_it(
    answer: str, said: str
):
    texts = DOMAIN.responses["en"].model_copy(update={"phrased": ("says.answer",)})
    domain = replace(DOMAIN, responses={**DOMAIN.responses, "en": texts})
    line = Line("answer", "{words}", {"words": "There is no fee for 2 days."}, "says.answer")
    assist = Assist(FakeLlama([answer]), reply=True)
    spoken = await speak([line], outcome(line), domain, MOMENT, assist, 1.0, lambda piece: None)
    assert spoken.replies[0].text == said
