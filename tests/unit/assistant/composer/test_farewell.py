"""A yes that says goodbye until then books, and one that says goodbye until another day changes the day."""

from __future__ import annotations

import pytest

from assistant.composer.compose import compose
from assistant.types import Message, Op, Operation, Pending, Phase
from nlu.types import Tagging
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, draft


def answer(text: str, phase: Phase = Phase.CONFIRMING, pending: Pending = Pending.CREATE) -> tuple[Operation, ...]:
    """What a message becomes that the tagger takes for a friendly remark."""
    held = draft(FRIDAY, phase=phase, pending=pending)
    return compose(Tagging({"chitchat": 0.9}, ()), Message("c", "m", text, "en", ZONE, WEDNESDAY), held, DOMAIN)


@pytest.mark.parametrize(
    "text",
    [
        "Yes, cheers! See you there.",
        "Perfect, see you soon",
        "ok thanks so much, we'll see you then",
        "yep, can't wait, see you all there!",
        "네 그럼 그때 봬요",
        "네, 고마워요. 그날 뵐게요!",
        "응 기대돼요~",
    ],
)
def test_a_yes_with_thanks_and_a_farewell_books(text: str) -> None:
    assert [one.op for one in answer(text)] == [Op.AFFIRM]


@pytest.mark.parametrize("text", ["See you then", "그때 뵐게요", "Lovely to see you", "Great, see what you can do"])
def test_a_farewell_alone_is_no_yes(text: str) -> None:
    assert Op.AFFIRM not in [one.op for one in answer(text)]


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("Great, see you on Sunday!", "date", "2026-06-14"),
        ("ok, see you tomorrow then", "date", "2026-06-11"),
        ("yes thanks, see you at 8 pm", "time", "20:00"),
        ("네 일요일에 봬요", "date", "2026-06-14"),
        ("yes, so excited for tomorrow night", "date", "2026-06-11"),
        ("ok, I'm putting Saturday in my diary", "date", "2026-06-13"),
        ("네 내일이 너무 기대돼요", "date", "2026-06-11"),
        ("네 감사합니다 8시에 뵐게요", "time", "20:00"),
    ],
)
def test_the_day_or_hour_of_a_farewell_is_heard(text: str, slot: str, value: str) -> None:
    change = next(one for one in answer(text) if one.op is Op.SET)
    assert change.slots == (slot,)
    assert change.value is not None
    assert change.value.candidates[0] == value


def test_while_details_are_gathered_a_farewell_sets_nothing() -> None:
    assert all(one.op is not Op.SET for one in answer("ok, see you tomorrow", Phase.COLLECTING))


def test_a_farewell_at_the_question_whether_to_cancel_cancels_nothing() -> None:
    assert Op.AFFIRM not in [one.op for one in answer("yes thanks, see you then", pending=Pending.CANCEL)]
