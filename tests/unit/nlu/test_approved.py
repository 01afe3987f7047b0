"""Whether words that turn something down turn that down in turn."""

from __future__ import annotations

import pytest

from nlu.approved import approved


@pytest.mark.parametrize(
    ("marked", "right"),
    [
        ("[일요일] 말고는 안 돼요", True),
        ("[일요일] 아니면 안 됩니다", True),
        ("[8시] 외에는 시간이 없어요", True),
        ("[8시]밖에 안 되네요", True),
        ("[일요일] 말고 다른 날은 힘들어요", True),
        ("[홀] 아니면 안 갈래요", True),
        ("[홀] 없으면 안 가요", True),
        ("[일요일]이 안 될 이유가 없죠", True),
        ("[일요일]도 나쁘지 않아요", True),
        ("[일요일]은 문제없어요", True),
        ("[성함] 틀린 거 아니에요", True),
        ("[인원]이 잘못된 건 아니고요", True),
        ("[일요일]이 싫은 건 아니에요", True),
        ("[날짜]가 틀렸다는 소리는 아니에요", True),
        ("[홀]에 불만인 건 아니고요", True),
        ("[8시]가 마음에 안 드냐고요? 절대 아니에요", True),
        ("남들은 [8시]가 늦대요. 그래도 안 바꿀 거예요.", True),
        ("[일요일]은 별로래요. 전 그대로 갈게요", True),
        ("잘못된 건 식당이지 [8시]가 아니에요", True),
        ("[8시]는 문제가 아니에요", True),
        ("[8시]가 문제 아니에요?", False),
        ("[일요일]은 빼 주세요. 시간은 그대로 둘게요", False),
        ("we've nothing against [Sunday]", True),
        ("[Sunday] ain't a problem", True),
        ("I won't say I regret [Sunday]", True),
        ("it's Ben who is wrong, not [Sunday]", True),
        ("[Sunday] is awful for the others. It stays.", True),
        ("drop [Sunday]. The time stays", False),
        ("[일요일]보다 좋은 날은 없죠", True),
        ("[8시]가 빠지면 안 돼요", True),
        ("[일요일] 아닌 날은 싫어요", True),
        ("[일요일] 말고는 다 괜찮아요", False),
        ("[일요일]은 안 돼요", False),
        ("[일요일] 아니면 토요일이요", False),
        ("[일요일] 말고 토요일이요", False),
        ("[성함] 틀린 거 아니에요?", False),
        ("[일요일]은 못 가요", False),
        ("[인원]이 잘못됐어요", False),
        ("[일요일]은 싫어요", False),
        ("we can't do any other day than [Sunday]", True),
        ("nothing else but [8] works for us", True),
        ("no hour but [eight] will do", True),
        ("there's nothing wrong with [Sunday]", True),
        ("I don't mind [Sunday] at all", True),
        ("I wouldn't say no to [8]", True),
        ("[Sunday] isn't a problem", True),
        ("[Sunday] couldn't be better", True),
        ("I can't wait for [Sunday]", True),
        ("don't even think of dropping [Sunday]", True),
        ("nobody said [Sunday] was off", True),
        ("not that I'm against the [hall]", True),
        ("hardly a better day than [Sunday]", True),
        ("we can't live without the [hall]", True),
        ("without the [hall] we won't come", True),
        ("any day other than [Sunday] is fine", False),
        ("not [Sunday], it's no good", False),
        ("we can't come on [Sunday]", False),
        ("[Sunday] is a problem", False),
        ("[Sunday] isn't going to work", False),
        ("I do mind [Sunday]", False),
        ("I don't think [Sunday] works", False),
        ("do it without the [hall]", False),
        ("there is something wrong with [Sunday]", False),
        ("there's no way we can do [Sunday]", False),
    ],
)
def test_a_negated_complaint_approves(marked: str, *, right: bool) -> None:
    head, _, rest = marked.partition("[")
    words, _, tail = rest.partition("]")
    assert approved(head + words + tail, len(head), len(head) + len(words)) is right
