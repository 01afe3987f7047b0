"""What a Korean message speaks of and does not ask for."""

from __future__ import annotations

import pytest

from nlu.rules.korean_reported import cancelling_turned_down, names_restart, only_promised, restart_turned_down, retold


def _retold(marked: str) -> bool:
    """Whether the words in brackets are only told again."""
    start, end = marked.index("["), marked.index("]") - 1
    return retold(marked.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    "marked",
    [
        "빼 달라고 한 건 [날짜]뿐이에요 인원은 그대로죠",
        "제가 지워 달라고 한 건 [시간]뿐이에요",
        "취소해 달라고 한 건 [룸]뿐이었어요",
        "아까 빼 달라던 건 [이름]만이었어요",
        "삭제해 달라고 말씀드린 것은 [전화번호] 하나입니다",
        "비워 달라고 했던 건 딱 [인원]뿐이죠",
        "지운 건 [시간]뿐이에요",
        "없애 달라고 부탁한 건 [날짜]뿐인데요",
    ],
)
def test_the_only_thing_that_somebody_wanted_gone_is_told_again(marked: str) -> None:
    assert _retold(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[날짜]만 빼 주세요",
        "[시간]만 빼 달라고 했잖아요",
        "빼 달라고 한 건 [날짜]예요 시간이 아니라",
        "빼 달라고 한 김에 [날짜]도 빼 주세요",
        "[이름]은 지워 달라니까요",
    ],
)
def test_who_insists_on_a_wish_still_has_it(marked: str) -> None:
    assert not _retold(marked)


@pytest.mark.parametrize(
    "text",
    [
        "처음부터 다시 하란 말은 하지 마세요ㅎㅎ 양기석이에요",
        "처음부터 다시 하라는 건 아니에요",
        "다시 하라고 하진 마세요 이름은 한서요",
        "처음부터 다시 하라고 하면 저 울어요",
        "다 지우고 처음부터 하라는 뜻은 아니에요",
        "다시 처음부터 하란 소리는 말아 주세요",
        "처음으로 돌아가란 말은 아니에요",
        "처음부터 다시 할 필요는 없죠",
        "처음부터 다시 하기는 싫어요",
    ],
)
def test_a_restart_that_nobody_is_to_voice_is_turned_down(text: str) -> None:
    assert restart_turned_down(text)


@pytest.mark.parametrize(
    "text",
    [
        "처음부터 다시 할게요",
        "처음부터 다시 하란 말이에요",
        "아니 처음부터 다시 하자고요",
        "취소하지 말고 처음부터 다시 해 주세요",
        "처음부터 다시 하면 안 될까요?",
    ],
)
def test_a_restart_that_is_wanted_is_not_turned_down(text: str) -> None:
    assert not restart_turned_down(text)


@pytest.mark.parametrize(
    ("text", "replaces", "named"),
    [
        ("아니 두 명 말고 네 명으로 해줘요 처남네도 온대요", True, False),
        ("아니 6명 말고 4명으로 다시 해줘요", True, False),
        ("이번엔 네 명이요", False, False),
        ("다시요. 한옥테이블 17일", False, True),
        ("아니다 처음 게 맞네요. 7시에 두 명요", False, False),
        ("전부 지우고 다시 할게요", False, True),
        ("6명 말고 처음부터 다시 4명으로요", True, True),
    ],
)
def test_beginning_anew_needs_a_word_for_it(text: str, replaces: bool, named: bool) -> None:
    assert names_restart(text, replaces=replaces) is named


@pytest.mark.parametrize(
    "text",
    [
        "아침 일찍이라 못 가게 되면 꼭 미리 말할게요",
        "못 가게 되면 꼭 미리 말할게요",
        "7시에 못 가면 미리 연락할게요",
        "금요일에 못 가게 되면 알려드릴게요",
        "인원이 줄면 미리 말씀드리겠습니다",
        "한 명 못 오면 전화할게요",
        "취소하게 되면 하루 전에는 말할게요",
        "네, 혹시 7시가 안 되면 나중에 다시 연락드릴게요",
    ],
)
def test_what_a_guest_will_say_should_something_happen_is_a_promise(text: str) -> None:
    assert only_promised(text)


@pytest.mark.parametrize(
    "text",
    [
        "못 가게 됐어요",
        "금요일에 못 가면 토요일로 해 주세요",
        "네 명이고요 늦으면 전화할게요",
        "8시로 바꿔 주시면 연락드릴게요",
        "자리가 없으면 취소할게요",
        "7시로 해 주세요 늦으면 말할게요",
    ],
)
def test_a_wish_beside_a_promise_is_no_promise(text: str) -> None:
    assert not only_promised(text)


@pytest.mark.parametrize(
    "text",
    [
        "예약을 취소하려는 것은 아니오니 오해 없으시기 바랍니다.",
        "취소하라는 거 아니에요 인원만 바꾼 거예요",
        "취소한다는 말은 아니에요",
        "취소하겠다는 뜻이 아닙니다",
        "취소하고자 하는 것은 결코 아닙니다",
        "취소해 달라는 게 아니라 시간만 바꾸려고요",
        "취소할 생각은 전혀 없어요",
        "취소를 하려던 건 아니었어요",
        "예약을 취소하고 싶다는 이야기는 아니에요",
    ],
)
def test_cancelling_that_is_denied_is_turned_down(text: str) -> None:
    assert cancelling_turned_down(text)


@pytest.mark.parametrize(
    "text",
    [
        "예약 취소해 주세요",
        "변경하려는 게 아니라 취소하려는 거예요",
        "취소하려는 건 아니었는데 그냥 취소할게요",
        "취소하려는 거 아니면 뭐겠어요",
    ],
)
def test_cancelling_that_is_wanted_after_all_is_not_turned_down(text: str) -> None:
    assert not cancelling_turned_down(text)
