"""Words that were for somebody else in the room."""

from __future__ import annotations

import pytest

from nlu.rules.overheard import without_overheard
from nlu.types import Role, Span, Tagging


def _tagged(text: str, words: str, label: str = "slot_ref", role: Role = Role.CLEAR) -> Tagging:
    start = text.index(words)
    return Tagging({"clear_all": 0.9}, (Span(label, role, start, start + len(words), words, 0.99),))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("put that away! sorry, I was talking to my daughter", "that"),
        ("take it off now. oops, that was for the dog", "it"),
        ("drop it! I wasn't speaking to you", "it"),
        ("그거 내려놔! 죄송해요 동생한테 한 말이에요", "그거"),
        ("야 그거 치워, 아 강아지에게 한 얘기였어요", "그거"),
    ],
)
def test_what_was_for_somebody_else_is_a_remark(text: str, words: str) -> None:
    assert without_overheard(_tagged(text, words), text) == Tagging({"chitchat": 1.0}, ())


def test_what_is_said_after_it_is_for_us() -> None:
    text = "get down! sorry, that was for my son. 7 pm please"
    tagging = without_overheard(_tagged(text, "7 pm", "time", Role.VALUE), text)
    assert [span.text for span in tagging.spans] == ["7 pm"]
    assert tagging.acts == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("take the time out, I was talking to my wife and she has to work", "the time"),
        ("시간은 빼 주세요, 아내한테 말했더니 안 된대요", "시간"),
        ("drop the name, sorry", "the name"),
    ],
)
def test_who_was_only_talked_with_changes_nothing(text: str, words: str) -> None:
    assert without_overheard(_tagged(text, words), text) == _tagged(text, words)
