"""What Korean says behind a word decides whether it stays."""

import pytest

from nlu.rules.korean_keeping import checked_from, kept_behind, only_second


@pytest.mark.parametrize(
    "behind",
    [
        "은 그대로 두고 인원만 지워 주세요",
        "는 놔두고 날짜만 빼 주세요",
        "는 냅두고요",
        "은 두고 나머지를 지워 줘",
        "는 냅둬유",
        "만은 남기고 싹 지워요",
        " 변경 없어요",
        "은 이미 확정이에요",
        "은 고정입니다",
        "은 문제없어요",
        "은 남겨주세요",
        "은 바뀐 거 없습니다",
        "은그대로두고인원만빼줘",
    ],
)
def test_what_stays_or_is_fine_is_kept(behind: str) -> None:
    assert kept_behind(behind)


@pytest.mark.parametrize(
    "behind",
    [
        "은 안 괜찮은데요 빼 주세요",
        "은 안 맞는데요",
        "은 그대로 취소해 주세요",
        "은 지우고 시간은 그대로 두세요",
        "을 남기고 싶지 않아요 지워 주세요",
        "은 빼 주세요",
        "은 확정이 아니에요",
        "은 문제없나요?",
        "은 괜찮으니까 빼 주세요",
    ],
)
def test_what_goes_is_not_kept(behind: str) -> None:
    assert not kept_behind(behind)


@pytest.mark.parametrize(
    ("between", "behind"),
    [
        (" 말고 ", "을 지워 달라고요"),
        ("은 괜찮은데 ", "가 안 되겠네"),
        ("는 좋은데 ", "이 별로예요"),
        ("은 맞고 ", "이 틀렸어요"),
        ("이 아니라 ", "을 취소해요"),
        (" 취소 아니고 ", " 취소요"),
        ("말고", "빼줘"),
    ],
)
def test_not_this_but_that_takes_out_only_that(between: str, behind: str) -> None:
    assert only_second(between, behind)


@pytest.mark.parametrize(
    ("between", "behind"),
    [
        ("이랑 ", " 지워요"),
        (" 말고 ", "도 빼 주세요"),
        ("은 빼고 ", "도 빼요"),
        (" 말고요, ", "도요"),
        ("은 안 맞는데 ", "은 틀렸어요"),
    ],
)
def test_two_things_that_both_go_are_no_contrast(between: str, behind: str) -> None:
    assert not only_second(between, behind)


@pytest.mark.parametrize(
    "text",
    [
        "6시 반 맞죠?",
        "다섯 명이라고 했죠",
        "10시 예약 맞나요?",
        "토요일 맞아요?",
        "두 명으로 돼 있죠?",
        "일요일도 여나요?",
        "토요일에도 하나요",
        "월요일 영업하나요?",
        "오늘 마감인가요",
    ],
)
def test_a_question_that_checks_is_one(text: str) -> None:
    assert checked_from(text) == 0


@pytest.mark.parametrize(
    "text", ["네 맞아요", "6시 반이 맞아요", "맞습니다", "다 맞지", "맞죠? 근데 8시로 바꿔 주세요"]
)
def test_an_answer_or_a_change_is_no_check(text: str) -> None:
    assert checked_from(text) is None


def test_a_check_begins_with_its_own_sentence() -> None:
    assert checked_from("한옥테이블로 할게요. 월요일에도 하나요?") == len("한옥테이블로 할게요. ")
