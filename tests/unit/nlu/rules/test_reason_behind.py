"""The later of two values is a reason where its clause tells of something, and a correction where it does not."""

from __future__ import annotations

import pytest

from nlu.rules.reason_behind import tells_why


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("[6:30], the film starts at [9]", True),
        ("[the 14th] please. My exam is on [the 15th]", True),
        ("[20:00]. Last spring it was [19:00]", True),
        ("[6:30], no, [7:30]", False),
        ("[6:30]. it's [7:30] actually", False),
        ("[six people], and the time is [8]", False),
        ("[6:30], or we could do [7:30]", False),
        ("[the 14th]. the [15th] would be better though", False),
        ("[6:30] and [7:30]", False),
        ("[10시]로 바꿔 주세요, [9시]엔 애가 자고 있어서요", True),
        ("[네 명]으로 줄여 주세요 [한 명]이 출장이래요", True),
        ("[7시]요. 누나라면 [8시]라고 했을 거예요", True),
        ("[10시]요. 아 [11시]라네요", False),
        ("[10시]요, 아니 [11시]로요", False),
        ("[네 명]이요. [다섯 명]이요", False),
    ],
)
def test_a_clause_that_explains_is_told_from_one_that_corrects(marked: str, *, why: bool) -> None:
    plain, places = "", []
    for part in marked.replace("]", "[").split("["):
        places.append((len(plain), len(plain) + len(part)))
        plain += part
    (_, wish_end), (start, end) = places[1], places[3]
    assert tells_why(plain, wish_end, start, end) is why
