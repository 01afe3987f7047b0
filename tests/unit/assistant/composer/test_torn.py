"""Words that the tagger cut out of others, or took for what they are not, are no values."""

from __future__ import annotations

import pytest

from tests.support.annotated import FRIDAY, Talk, draft


@pytest.mark.parametrize(
    "annotated",
    [
        "|아이가 [열](party_size)이 나서 걱정이네요",
        "|[45](number),000 won is a lot",
        "|[본명](party_size.old) 말고요",
        "ask|장인어른이 [80](party_size)세예요, 계단 있나요?",
        "|our friends are away on a trip to Jeju [that day](slot_ref.clear)",
        "|three of them can't make it [that day](slot_ref.clear)",
        "|[이모](name.old)는 빼 주세요, 못 드시는 게 많아요",
        "|sorry, I'm all over [the place](slot_ref.clear) today",
        "|지난 주말엔 친구랑 [두 시간](time.delta) 줄을 섰어요",
    ],
)
def test_nothing_is_taken_from_them(annotated: str) -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear(annotated)
    assert {name: talk.values.get(name) for name in ("date", "time", "name", "party_size")} == {
        name: FRIDAY[name] for name in ("date", "time", "name")
    } | {"party_size": talk.values["party_size"]}


def test_a_day_that_will_not_do_is_still_given_up() -> None:
    talk = Talk(draft(FRIDAY))
    talk.hear("|[that day](slot_ref.clear) won't work, drop it", asked="date")
    assert talk.values.get("party_size") == "4"
