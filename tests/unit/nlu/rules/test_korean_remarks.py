"""Idioms about the weather, the traffic and how one feels hold no name, and who does not stay away is not counted."""

from __future__ import annotations

import pytest

from nlu.rules.korean_remarks import without_remarks
from nlu.types import Role, Span, Tagging


def _heard(marked: str, label: str, **acts: float) -> Tagging:
    """What is left of the one span in brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    span = Span(label, Role.VALUE, start, end, text[start:end], 0.9)
    return without_remarks(Tagging(acts, (span,)), text, {"name", "slot_ref"}, {"party_size"})


@pytest.mark.parametrize(
    ("marked", "label"),
    [
        ("[길 막]혀요", "name"),
        ("[차 막혀]요", "name"),
        ("[배고파]요", "name"),
        ("[눈] 와요", "name"),
        ("[목말]라요", "name"),
        ("[날] 더워요", "slot_ref"),
        ("[도로] 해 주세요", "name"),
        ("[한 명]도 빠짐없이 갑니다", "party_size"),
        ("[한 명]도 빼먹지 말고 다 오래요", "party_size"),
    ],
)
def test_an_idiom_alone_is_a_remark(marked: str, label: str) -> None:
    assert _heard(marked, label) == Tagging({"chitchat": 0.9}, ())


@pytest.mark.parametrize(
    ("marked", "label"),
    [
        ("[배두나]요", "name"),
        ("[차은우]예요", "name"),
        ("[길은혜]입니다", "name"),
        ("[비와이]로 해주세요", "name"),
        ("[날]은 좋아요", "slot_ref"),
        ("비가 와서 [한 명]은 못 온대요", "party_size"),
    ],
)
def test_names_and_people_who_are_counted_stay(marked: str, label: str) -> None:
    assert len(_heard(marked, label).spans) == 1


def test_what_else_the_message_says_stands() -> None:
    assert _heard("네 [길 막]혀요", "name", affirm=0.9) == Tagging({"affirm": 0.9}, ())
