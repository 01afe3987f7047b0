"""What others would have is told from what the guest wants by what the guest says of it."""

from __future__ import annotations

import pytest

from nlu.rules.dismissed import dismissed


@pytest.mark.parametrize(
    ("marked", "goes"),
    [
        ("My aunt wants [Sunday], but I'm not changing it", True),
        ("our coach reckons [6 pm]. We don't.", True),
        ("Ben suggested [the terrace], ignore him", True),
        ("they voted for [noon]. Not happening", True),
        ("someone in our team chat posted 'drop [Sunday]'. Nobody asked", True),
        ("누가 [7시] 말고 다른 시간 하자고 했는데 무시하세요", True),
        ("My aunt wants [Sunday]", False),
        ("My aunt wants [Sunday], so Sunday it is", False),
        ("I want [Sunday], I don't like Mondays", False),
        ("make it [Sunday]. I won't be late", False),
        ("누나는 [7시]가 편하다는데 전 안 바꿀래요", True),
        ("친구들이 [테라스]래요. 신경 안 써요", True),
        ("누나는 [7시]가 편하대요", False),
        ("누나가 [7시]래요, 7시로 해 주세요", False),
        ("[7시]로 할게요, 안 늦을게요", False),
    ],
)
def test_a_wish_of_others_goes_where_the_guest_dismisses_it(marked: str, *, goes: bool) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    assert dismissed(marked.replace("[", "").replace("]", ""), start, end) is goes
