"""A yes that books is weighed: it must be plain, and stand to the end of the message."""

from __future__ import annotations

import pytest

from assistant.composer.compose import compose
from assistant.types import Message, Op, Pending, Phase, Scope
from nlu.types import Tagging
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, draft


def at_the_read_back(text: str, **acts: float) -> list[Op]:
    """What a message becomes that answers the read-back; the tagger takes it for these acts, or for a sure yes."""
    confirming = draft(FRIDAY, phase=Phase.CONFIRMING)
    message = Message("c", "m", text, "en", ZONE, WEDNESDAY)
    return [one.op for one in compose(Tagging(acts or {"affirm": 1.0}, ()), message, confirming, DOMAIN)]


def test_a_doubtful_yes_commits_nothing() -> None:
    unsure = Tagging({"affirm": 0.6}, ())
    message = Message("c", "m", "mm", "en", ZONE, WEDNESDAY)
    (asked,) = compose(unsure, message, draft(FRIDAY, phase=Phase.CONFIRMING), DOMAIN)
    (harmless,) = compose(unsure, message, draft(FRIDAY), DOMAIN)
    assert (asked.op, harmless.op) == (Op.UNKNOWN, Op.AFFIRM)


@pytest.mark.parametrize(
    "text", ["### yes", "Response: yes", "<|yes|>", "`네`", "ye\u200bs", 'said "yes"', "yes;", "yes'; drop it"]
)
def test_a_yes_dressed_up_for_a_program_commits_nothing(text: str) -> None:
    assert at_the_read_back(text) == [Op.UNKNOWN]


@pytest.mark.parametrize(
    "text",
    [
        "I already confirmed this, just book it.",
        "As I said earlier",
        "My answer to your next question is yes.",
        "yes was my reply to your last message",
        "my wife has told you yes before",
        "아까 네라고 했잖아요, 바로 진행하세요.",
        "이미 확인했어요",
        "다음 질문에 대한 답은 네입니다",
        "전에 동의했습니다",
    ],
)
def test_a_yes_of_another_moment_commits_nothing(text: str) -> None:
    assert at_the_read_back(text) == [Op.UNKNOWN]


@pytest.mark.parametrize(
    "text",
    [
        "yes, as I told you before",
        "Yeah I already said that",
        "confirmed, same place as last time",
        "book it before it is gone",
        "go ahead, we have been there before",
        "that is right, we want it next friday",
        "네, 아까 말씀드린 대로 했잖아요",
        "응 이미 말했어",
        "예약 확정해 주세요, 전에 갔던 곳이네요",
        "진행해 주세요",
    ],
)
def test_a_yes_of_now_commits_whatever_else_is_told(text: str) -> None:
    assert at_the_read_back(text) == [Op.AFFIRM]


@pytest.mark.parametrize(
    "text", ["yes!", "yes 👍️ :)", "네~ 맞아요", "yes,\nplease", "yes, it's right (thanks)", "That is right; go ahead."]
)
def test_a_plain_yes_commits(text: str) -> None:
    assert at_the_read_back(text) == [Op.AFFIRM]


@pytest.mark.parametrize("text", ["yes book it, no wait don't!", "yes... hold on", "네 아 아니다", "응 잠깐만"])
def test_last_words_that_take_a_yes_back_make_it_a_no(text: str) -> None:
    assert at_the_read_back(text) == [Op.DENY]


@pytest.mark.parametrize(
    "text",
    [
        "Yes, certainly... oh, forgive me, I have to say no after all.",
        "That's right, although on second thoughts my mother would be upset",
        "Sure. Hmm, we'd better not, the little one has a fever",
        "네 맞긴 한데 다시 생각해 보니 안 되겠어요",
        "네, 아 죄송해요 마음이 바뀌었어요",
    ],
)
def test_who_thinks_better_of_a_yes_says_no(text: str) -> None:
    assert at_the_read_back(text) == [Op.DENY]


@pytest.mark.parametrize(
    "text", ["yes, I'd say no problem at all", "perfect, it's no trouble for us", "네 다시 생각할 것도 없어요"]
)
def test_a_yes_that_only_sounds_like_second_thoughts_is_one(text: str) -> None:
    assert at_the_read_back(text) == [Op.AFFIRM]


def test_who_changed_their_mind_may_cancel() -> None:
    said = Message("c", "m", "yes please, we've changed our minds", "en", ZONE, WEDNESDAY)
    asked = draft(FRIDAY, phase=Phase.CONFIRMING, pending=Pending.CANCEL)
    assert [one.op for one in compose(Tagging({"affirm": 1.0}, ()), said, asked, DOMAIN)] == [Op.AFFIRM]


@pytest.mark.parametrize(
    "text", ["다음에 다시 예약할게요", "네 그냥 나중에 할게요", "I'll book another time.", "let's do it later"]
)
def test_a_booking_left_for_another_time_is_dropped(text: str) -> None:
    assert at_the_read_back(text, start=1.0) == [Op.CANCEL]


@pytest.mark.parametrize("text", ["틀린 게 있어요", "하나가 잘못됐는데요", "there's a mistake", "hm, something's off"])
def test_who_finds_a_mistake_says_no_yes(text: str) -> None:
    assert at_the_read_back(text) == [Op.DENY]


@pytest.mark.parametrize("text", ["틀린 거 없어요", "이상 없어요 예약해 주세요", "nothing is wrong, book it"])
def test_who_finds_no_mistake_says_yes(text: str) -> None:
    assert at_the_read_back(text) == [Op.AFFIRM]


@pytest.mark.parametrize("text", ["네 예약해 주세요, 나중에 바꿀 수도 있어요", "book it, I can change it later"])
def test_a_change_left_for_another_time_puts_no_booking_off(text: str) -> None:
    assert at_the_read_back(text, start=1.0) == [Op.START]


def test_who_cannot_wait_says_yes() -> None:
    assert at_the_read_back("yes, can't wait") == [Op.AFFIRM]


@pytest.mark.parametrize(
    "text",
    ["ok wait, is there parking?", "Great. Is there a fee?", "네 근데 주차 되나요?", "좋아요, 취소 수수료 있나요?"],
)
def test_a_question_beside_a_yes_is_answered_before_anything_is_booked(text: str) -> None:
    assert at_the_read_back(text, affirm=1.0, ask=1.0) == [Op.ASK]


@pytest.mark.parametrize(
    ("text", "op"),
    [("👍", Op.AFFIRM), ("👌🏻 👌🏻!", Op.AFFIRM), ("🙆\u200d♀️", Op.AFFIRM), ("👎", Op.DENY), ("🙅‍♂️~", Op.DENY)],
)
def test_a_message_of_nothing_but_a_sign_is_the_answer_it_shows(text: str, op: Op) -> None:
    assert at_the_read_back(text, unknown=0.9) == [op]


def test_a_sign_answers_nothing_but_a_readback() -> None:
    message = Message("c", "m", "👍", "ko", ZONE, WEDNESDAY)
    assert [one.op for one in compose(Tagging({"unknown": 0.9}, ()), message, draft(FRIDAY), DOMAIN)] == [Op.UNKNOWN]


@pytest.mark.parametrize(
    "text",
    ["yes all good except the hour", "sure but with a later one", "네 근데 그건 좀", "다 맞는데 그거 말고 다른 걸로"],
)
def test_a_yes_with_a_reservation_that_was_not_understood_books_nothing(text: str) -> None:
    assert at_the_read_back(text) == [Op.UNKNOWN]


def test_book_it_said_beside_a_yes_that_is_only_told_of_books_nothing() -> None:
    assert set(at_the_read_back("아까 네라고 했잖아요, 바로 진행하세요.", affirm=0.97, start=0.86)) == {Op.UNKNOWN}


@pytest.mark.parametrize("text", ["굳", "굳굳!", "웅웅", "조아용", "ㅇㅋㅇㅋ", "마자마자", "응 좋아~", "넵넵ㅎㅎ"])
def test_a_casual_yes_alone_is_one_whatever_the_tagger_says(text: str) -> None:
    assert at_the_read_back(text, skip=0.9) == [Op.AFFIRM]


@pytest.mark.parametrize(
    "text",
    [
        "아 잠깐만요",
        "잠시만요",
        "어 잠깐",
        "잠깐만 기다려 주세요",
        "음… 잠시만 있어 봐요",
        "잠깐만 남편한테 물어볼게요",
    ],
)
def test_a_request_to_wait_is_neither_yes_nor_no(text: str) -> None:
    assert at_the_read_back(text, deny=0.7) == [Op.CHITCHAT]


@pytest.mark.parametrize("text", ["굳이요?", "좋아하는 자리로요", "잠깐 아니요", "잠깐 스톱"])
def test_words_that_only_begin_like_a_yes_or_a_wait_are_left_to_the_tagger(text: str) -> None:
    assert at_the_read_back(text, deny=0.9) == [Op.DENY]


def stopped(text: str, pending: Pending, phase: Phase = Phase.CONFIRMING) -> list[tuple[Op, Scope | None]]:
    """What becomes of a message that the tagger takes for a wish to drop it all."""
    confirming = draft(FRIDAY, phase=phase, pending=pending)
    message = Message("c", "m", text, "ko", ZONE, WEDNESDAY)
    return [(one.op, one.scope) for one in compose(Tagging({"cancel_task": 1.0}, ()), message, confirming, DOMAIN)]


@pytest.mark.parametrize("text", ["그만둘게요", "관두자", "그냥 없던 걸로 하자"])
def test_who_stops_at_the_read_back_of_a_change_drops_the_change_alone(text: str) -> None:
    assert stopped(text, Pending.MODIFY) == [(Op.CANCEL, Scope.CHANGE)]
    assert stopped(text, Pending.CREATE) == [(Op.CANCEL, Scope.TASK)]


def test_who_stops_a_change_that_still_lacks_something_drops_the_change_alone() -> None:
    assert stopped("아니에요, 없던 일로 할게요", Pending.MODIFY, Phase.COLLECTING) == [(Op.CANCEL, Scope.CHANGE)]
    assert stopped("아니에요, 없던 일로 할게요", Pending.CREATE, Phase.COLLECTING) == [(Op.CANCEL, Scope.TASK)]


def test_who_names_the_booking_means_the_booking() -> None:
    assert stopped("예약 자체를 없던 일로 해 주세요", Pending.MODIFY) == [(Op.CANCEL, Scope.TASK)]


def test_of_two_words_that_book_the_plainer_one_is_enough() -> None:
    assert at_the_read_back("금요일 7시 맞으니 예약해 주세요", start=0.99, affirm=0.7) == [Op.START, Op.AFFIRM]
    assert Op.UNKNOWN in at_the_read_back("금요일 7시 맞아요", start=0.7, affirm=0.7)


def test_a_no_that_forgets_it_at_the_read_back_of_a_cancellation_keeps_the_booking() -> None:
    assert stopped("아니에요, 없던 일로 할게요", Pending.CANCEL) == [(Op.DENY, None)]
    assert stopped("취소는 없던 걸로 해 주세요", Pending.CANCEL) == [(Op.DENY, None)]
    assert stopped("예약은 없던 일로 해 주세요", Pending.CANCEL) == [(Op.AFFIRM, None)]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("How sweet of you! Yes, please.", Op.AFFIRM),
        ("It isn't for me. Yes.", Op.UNKNOWN),
        ("How sweet of you, and yes to all", Op.UNKNOWN),
    ],
)
def test_a_last_sentence_that_is_a_plain_yes_is_one_behind_a_remark(text: str, op: Op) -> None:
    assert op in at_the_read_back(text, affirm=0.7, chitchat=0.5)


@pytest.mark.parametrize(
    ("text", "said", "meant"),
    [
        ("예약은 없던 일로 해주세요", "deny", Op.AFFIRM),
        ("취소할게요", "deny", Op.AFFIRM),
        ("그대로 두세요", "affirm", Op.DENY),
        ("네 그냥 유지해주세요", "affirm", Op.DENY),
        ("네 취소하고 다른 데 갈게요", "affirm", Op.AFFIRM),
        ("취소는 없던 일로 해주세요", "deny", Op.DENY),
    ],
)
def test_at_the_read_back_of_a_cancellation_the_words_say_whether_the_booking_goes(
    text: str, said: str, meant: Op
) -> None:
    asked = draft(FRIDAY, phase=Phase.CONFIRMING, pending=Pending.CANCEL)
    message = Message("c", "m", text, "ko", ZONE, WEDNESDAY)
    assert [one.op for one in compose(Tagging({said: 1.0}, ()), message, asked, DOMAIN)] == [meant]


def test_a_booking_left_as_read_back_is_booked() -> None:
    assert at_the_read_back("그대로 갈게요") == [Op.AFFIRM]


@pytest.mark.parametrize("word", ["Beatriz", "Okonkwo", "강아지", "흠", "Ana Souza Lima"])
def test_a_word_that_says_no_yes_books_nothing_however_sure_the_tagger_is(word: str) -> None:
    assert at_the_read_back(word, affirm=0.99) == [Op.UNKNOWN]
    assert at_the_read_back(f"{word}, yes", affirm=0.99) == [Op.AFFIRM]


@pytest.mark.parametrize(
    "text",
    [
        "얼른 예약해 주쇼",
        "수정 사항 없이 지금 내용대로 확정하십시오",
        "예, 고맙습니다. 그렇게 해 주세요.",
        "네 감사합니다 그대로 해 주세요",
        "빨리 예약해 주십쇼",
        "예약해 주이소",
        "그렇게 해 주시게",
        "더 바뀌기 전에 예약해 주세요",
        "자리 다 차기 전에 얼른 잡아 주십쇼",
        "네, 마음 변하기 전에 후딱 진행해 주셔",
    ],
)
def test_a_request_to_book_is_a_yes_whatever_its_ending_and_its_hurry(text: str) -> None:
    assert at_the_read_back(text, out_of_scope=0.95) == [Op.AFFIRM]


@pytest.mark.parametrize("text", ["예약하지 마쇼", "얼른 취소해 주쇼", "마감되기 전에 바꿔 주쇼", "내일 예약해 주쇼"])
def test_other_requests_are_left_to_the_tagger(text: str) -> None:
    assert Op.AFFIRM not in at_the_read_back(text, out_of_scope=0.95)


def test_a_wish_to_move_what_is_not_booked_yet_books_nothing() -> None:
    assert at_the_read_back("예약 좀 미뤄 주쇼", start=0.84) == [Op.MODIFY]


def shall_it_be_cancelled(text: str, **acts: float) -> list[Op]:
    """What an answer to "shall I cancel it?" becomes."""
    confirming = draft(FRIDAY, phase=Phase.CONFIRMING, pending=Pending.CANCEL)
    return [
        one.op for one in compose(Tagging(acts, ()), Message("c", "m", text, "ko", ZONE, WEDNESDAY), confirming, DOMAIN)
    ]


@pytest.mark.parametrize("text", ["안 갈래요", "그냥 안 가려고요", "이번엔 못 갈 것 같아요", "네 안 갈게요"])
def test_who_does_not_come_cancels(text: str) -> None:
    assert shall_it_be_cancelled(text, deny=0.95) == [Op.AFFIRM]


@pytest.mark.parametrize("text", ["그만둘게요", "그냥 그만할래요", "예약해 주쇼"])
def test_who_stops_or_books_at_the_read_back_of_a_cancellation_is_asked_again(text: str) -> None:
    assert shall_it_be_cancelled(text, deny=0.95) == [Op.UNKNOWN]


@pytest.mark.parametrize("text", ["안 가는 건 아니에요", "취소 그만둘게요", "못 가게 될 뻔했는데 갈 수 있어요"])
def test_words_that_hold_more_than_staying_away_cancel_nothing(text: str) -> None:
    assert Op.AFFIRM not in shall_it_be_cancelled(text, deny=0.95)


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("yes and thank you so much, you've been great", Op.AFFIRM),
        ("Yep, cheers!", Op.AFFIRM),
        ("yes, thanks, but not Friday", Op.CLEAR),
        ("yes thank you, is there parking?", Op.UNKNOWN),
        ("thanks, yes we will see", Op.UNKNOWN),
    ],
)
def test_a_yes_with_thanks_is_one_however_unsure_the_tagger_is(text: str, op: Op) -> None:
    assert at_the_read_back(text, affirm=0.62) == [op]


@pytest.mark.parametrize(
    "text", ["I'll come", "no, we'll come", "we're still coming!", "leave it as it is", "oh no I'll be there, sorry"]
)
def test_who_comes_after_all_keeps_the_booking(text: str) -> None:
    conversation = draft(FRIDAY, phase=Phase.CONFIRMING, pending=Pending.CANCEL)
    message = Message("c", "m", text, "en", ZONE, WEDNESDAY)
    (operation,) = compose(Tagging({"affirm": 0.86}, ()), message, conversation, DOMAIN)
    assert operation.op is Op.DENY


@pytest.mark.parametrize(
    "text", ["yes, we won't come", "we're coming down with the flu", "I'd come but I can't, so yes"]
)
def test_who_does_not_come_keeps_nothing(text: str) -> None:
    conversation = draft(FRIDAY, phase=Phase.CONFIRMING, pending=Pending.CANCEL)
    message = Message("c", "m", text, "en", ZONE, WEDNESDAY)
    operations = compose(Tagging({"affirm": 0.9}, ()), message, conversation, DOMAIN)
    assert all(one.op is not Op.DENY for one in operations)


def test_of_a_yes_and_a_no_to_going_on_the_first_word_counts() -> None:
    asked = draft(FRIDAY, phase=Phase.SUSPENDED)
    said = Message("c", "m", "예, 하던 걸 마저 하지요", "ko", ZONE, WEDNESDAY)
    assert [one.op for one in compose(Tagging({"affirm": 0.9, "deny": 0.8}, ()), said, asked, DOMAIN)] == [Op.AFFIRM]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("sure, but one moment, I need to check with my flatmate", Op.CHITCHAT),
        ("yep, hold on though", Op.CHITCHAT),
        ("okay, let me just think about it", Op.CHITCHAT),
        ("네 좋은데 남편한테 물어보고 올게요", Op.CHITCHAT),
        ("yes, and that is on the ground floor, right?", Op.ASK),
        ("네, 저녁 일곱 시 맞죠?", Op.ASK),
        ("yes please, I can't wait to try it", Op.AFFIRM),
        ("yes, I'll check in with you at the door", Op.AFFIRM),
        ("네 확인했어요", Op.AFFIRM),
    ],
)
def test_a_yes_that_has_to_ask_somebody_first_is_not_said_yet(text: str, op: Op) -> None:
    assert at_the_read_back(text) == [op]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("네, 고맙습니다.", Op.AFFIRM),
        ("예 정말 감사해요~", Op.AFFIRM),
        ("고맙습니다", Op.CHITCHAT),
        ("네, 고맙지만 안 할래요", Op.CHITCHAT),
    ],
)
def test_a_korean_yes_with_thanks_is_a_yes_and_thanks_alone_are_none(text: str, op: Op) -> None:
    assert at_the_read_back(text, chitchat=0.8) == [op]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("a table in the shade please", Op.UNKNOWN),
        ("note the allergy please", Op.UNKNOWN),
        ("풍선 좀 달아 놓으시죠", Op.UNKNOWN),
        ("go ahead then", Op.START),
        ("그럼 잡아 두시죠", Op.START),
    ],
)
def test_a_wish_that_is_taken_for_booking_books_only_in_words_that_do(text: str, op: Op) -> None:
    assert at_the_read_back(text, start=0.9) == [op]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("okay, cancel it", Op.CANCEL),
        ("right, scrap the whole thing", Op.CANCEL),
        ("네 그냥 취소할게요", Op.CANCEL),
        ("yes, and please don't cancel it", Op.AFFIRM),
    ],
)
def test_a_yes_that_calls_the_booking_off_books_nothing(text: str, op: Op) -> None:
    assert at_the_read_back(text) == [op]


def test_a_no_that_only_asks_for_time_changes_nothing() -> None:
    assert at_the_read_back("아마 될 텐데 팀장님께 여쭤볼게요", deny=0.6) == [Op.CHITCHAT]


@pytest.mark.parametrize(
    "text",
    [
        "yes, once my wife agrees",
        "ok, provided it's quiet",
        "maybe yes",
        "definitely maybe",
        "fine, whatever, not sure",
        "confirm with my boss first",
        "looks like rain",
        "okay hmm",
        "indeed? hmm",
        "네?",
        "응?",
        "맞는지 볼게요",
        "당연히 아니죠",
        "변경하고 확정할게요",
        "네 남편이 좋다고 하면요",
        "okay, one quick question",
        "that's too much, wow",
        "I'm fine, thanks",
        "네 여쭤볼 게 있어요",
        "좋은 건지 잘 모르겠네요",
        "예약은 이따가 할게요",
        "ok I'll decide tomorrow",
        "sure, we'll see",
    ],
)
def test_a_yes_that_is_left_open_books_nothing(text: str) -> None:
    assert at_the_read_back(text) == [Op.CHITCHAT]


@pytest.mark.parametrize(
    "text",
    [
        "yes please, if you don't mind",
        "yes, if that's okay",
        "hmm, yes, book it",
        "looks like everything is right, yes",
        "can you book it?",
        "네, 예약해 주실래요?",
        "네 물론이죠",
        "당연하죠",
    ],
)
def test_a_polite_yes_books_for_all_its_ifs_and_question_marks(text: str) -> None:
    assert at_the_read_back(text) == [Op.AFFIRM]


def test_a_doubted_yes_with_many_thanks_books() -> None:
    assert at_the_read_back("Yes, please, and many thanks for the help.", affirm=0.6, chitchat=0.6) == [
        Op.AFFIRM,
        Op.CHITCHAT,
    ]


@pytest.mark.parametrize("text", ["Please don't remove it", "no, don't cancel anything!", "please keep it in"])
def test_who_asks_that_nothing_be_taken_out_changes_nothing_and_books_nothing(text: str) -> None:
    assert at_the_read_back(text, cancel_change=0.7) == [Op.CHITCHAT]


def test_who_asks_not_to_cancel_says_no_to_the_cancellation() -> None:
    held = draft(FRIDAY, phase=Phase.CONFIRMING, pending=Pending.CANCEL)
    message = Message("c", "m", "please don't cancel the booking", "en", ZONE, WEDNESDAY)
    (no,) = compose(Tagging({"chitchat": 0.9}, ()), message, held, DOMAIN)
    assert no.op is Op.DENY


@pytest.mark.parametrize(
    ("text", "acts", "op"),
    [
        ("hmm, hold on, yes. Yes, confirm it please", {"affirm": 1.0, "start": 0.9}, Op.AFFIRM),
        ("이젠 안 바꿀게요. 예약해 주세요", {"deny": 0.8}, Op.AFFIRM),
        ("아직 못 정했어요, 물어볼게요. 예약해 주세요", {"deny": 0.8}, Op.CHITCHAT),
        ("please don't book it yet. yes, book it", {"deny": 0.9}, Op.DENY),
        ("is it still free? yes, book it", {"ask": 0.9}, Op.ASK),
    ],
)
def test_the_last_sentence_books_in_so_many_words_unless_something_forbids_it(
    text: str, acts: dict[str, float], op: Op
) -> None:
    assert at_the_read_back(text, **acts) == [op]


@pytest.mark.parametrize(
    ("text", "ops"),
    [
        ("actually it's fine, go ahead with the change", [Op.AFFIRM, Op.START]),
        ("다시 보니 맞네요. 그렇게 바꿔 주세요", [Op.AFFIRM, Op.START]),
        ("it's fine", [Op.AFFIRM]),
    ],
)
def test_a_change_that_was_turned_down_and_is_wanted_after_all_is_carried_out(text: str, ops: list[Op]) -> None:
    asked = draft(FRIDAY, pending=Pending.MODIFY, asked="what_to_change")
    message = Message("c", "m", text, "en", ZONE, WEDNESDAY)
    assert [one.op for one in compose(Tagging({"affirm": 1.0}, ()), message, asked, DOMAIN)] == ops


@pytest.mark.parametrize(
    ("text", "books"),
    [
        ("my cousin thinks four is a crowd, but I'm sure it's fine", False),
        ("my cousin thinks four is a crowd. Yes, go ahead and confirm it", True),
        ("my cousin says yes", True),
    ],
)
def test_an_opinion_beside_what_others_say_is_no_yes(text: str, *, books: bool) -> None:
    assert (Op.AFFIRM in at_the_read_back(text)) is books


@pytest.mark.parametrize(
    ("text", "books"),
    [
        ("no, hold on, yes, go ahead and book it", True),
        ("wait, hmm, yep, book it please", True),
        ("no, wait, yes, but not yet", False),
        ("no, yes, I mean later", False),
    ],
)
def test_of_a_wavering_answer_the_last_word_counts(text: str, *, books: bool) -> None:
    assert (at_the_read_back(text, chitchat=0.9) == [Op.AFFIRM]) is books


@pytest.mark.parametrize(
    "text",
    [
        "the twins are in too, we'd fill nine seats",
        "my nephew is in as well so 6 chairs",
        "조카들도 좋다네요 그럼 여섯이겠네요",
    ],
)
def test_a_number_that_nobody_understood_is_asked_about_and_not_booked_over(text: str) -> None:
    assert Op.AFFIRM not in at_the_read_back(text, affirm=0.85)


def test_a_plain_yes_may_tell_of_a_number() -> None:
    assert at_the_read_back("yes please, it's for her 40th, all 4 of them", affirm=0.95) == [Op.AFFIRM]


@pytest.mark.parametrize(
    "text", ["아 그날 결혼식 있네 그날은 않되요", "아차 그때는 못 가는데", "oh hang on we won't make that"]
)
def test_words_by_which_it_will_not_do_are_no_yes(text: str) -> None:
    assert Op.AFFIRM not in at_the_read_back(text, affirm=0.85)
