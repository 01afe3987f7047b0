"""Questions after a service that a domain does not have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.act import Scene, Stage, perform
from assistant.domain import load_domain
from assistant.possible import Possible
from assistant.respond import render
from assistant.services import asked_after
from assistant.types import Conversation, Effects
from nlu.types import Moment
from tests.support.fakes import FakeBookings

SALON, RESTAURANT = (load_domain(Path("domains", name)) for name in ("salon", "restaurant"))
NOW = datetime(2026, 6, 10, 14, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("do you do whitening?", "whitening"),
        ("Hi! Do you guys also offer hot stone massages here?", "hot stone massages"),
        ("do they do any waxing too?", "waxing"),
        ("미백도 하시나요?", "미백"),
        ("혹시 속눈썹 연장도 해 주시나요?", "속눈썹 연장"),
        ("네일 같은 것도 해요?", "네일"),
        ("안녕하세요, 왁싱은 하세요?", "왁싱"),
        ("두피 문신 제공하시나요?", "두피 문신"),
    ],
)
def test_a_service_that_is_not_there_is_found_in_the_question(text: str, what: str) -> None:
    assert asked_after(text, SALON, Moment(NOW, "Asia/Seoul")) == what


@pytest.mark.parametrize(
    "text",
    [
        "do you do perms?",
        "do you do Sundays?",
        "do you offer discounts?",
        "do you do that?",
        "can you do 3 pm?",
        "do you have parking?",
        "how do you do?",
        "do you do whitening",
        "펌도 하시나요?",
        "미나 쌤도 하세요?",
        "화요일에도 하세요?",
        "몇 시까지 하시나요?",
        "할인도 하시나요?",
        "주차 되나요?",
        "뭐 하세요?",
        "미백 해 주세요",
    ],
)
def test_a_question_after_something_else_asks_after_no_service(text: str) -> None:
    assert asked_after(text, SALON, Moment(NOW, "Asia/Seoul")) == ""


def test_where_there_are_no_services_none_is_asked_after() -> None:
    assert asked_after("do you do whitening?", RESTAURANT, Moment(NOW, "Asia/Seoul")) == ""


@pytest.mark.parametrize(
    ("text", "locale", "said"),
    [
        ("do you do whitening?", "en", 'We don\'t have "whitening". Possible: Cut, Blow-dry'),
        ("미백도 하시나요?", "ko", '"미백"은 저희에게 없어요. 커트, 드라이'),
        ("주차 되나요?", "ko", "네, 건물 주차장을"),
        ("할인도 하시나요?", "ko", "확실히 알지 못해요"),
    ],
)
async def test_a_question_is_answered_by_the_faq_or_the_services_there_are(text: str, locale: str, said: str) -> None:
    scene = Scene(SALON, FakeBookings(), NOW, text, locale)
    stage = await perform("action_answer", Stage(Conversation("c", time_zone="Asia/Seoul"), Effects()), scene)
    replies = " ".join(reply.text for reply in render(stage, Possible(SALON, NOW), locale))
    assert said in replies
