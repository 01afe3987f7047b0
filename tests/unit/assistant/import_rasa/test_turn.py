"""An imported domain takes turns: its values are read, its questions asked, in its one language."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.composer.compose import compose
from assistant.domain import Domain, load_domain
from assistant.import_rasa.run import import_rasa
from assistant.settings import ROOT
from assistant.turn import Parts, converse
from assistant.types import Conversation, Message, Operation
from tests.support.annotated import WEDNESDAY, ZONE, tag
from tests.support.fakes import FakeStore, ScriptedPolicy, StoppedClock


@dataclass
class Tagger:
    """Reads the tags that the test wrote into the text, for the domain at hand."""

    domain: Domain
    version: str = "annotated@1"

    def understand(self, message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        text, tagging = tag(message.text)
        return compose(tagging, replace(message, text=text), conversation, self.domain)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    domain = load_domain(import_rasa(ROOT / "tests/data/rasa_clinic", tmp_path, "clinic").folder)
    return Parts(domain, FakeStore(), Tagger(domain), ScriptedPolicy(["booking_form"] * 3), StoppedClock())


def message(text: str, number: int = 1, locale: str = "en") -> Message:
    return Message("c", f"m{number}", text, locale, ZONE, WEDNESDAY, "guest")


async def test_values_are_read_by_every_name_that_rasa_knew(parts: Parts) -> None:
    outcome = await converse(message("start|[bleaching](visit) for [two](party_size)"), parts)
    assert (outcome.conversation.value("visit"), outcome.conversation.value("party_size")) == ("whitening", "2")
    assert outcome.replies[-1].text == "Which dentist would you like?"


async def test_a_message_in_a_language_that_the_domain_does_not_speak_is_answered_in_its_own(parts: Parts) -> None:
    outcome = await converse(message("[내일](date)", locale="ko"), parts)
    assert outcome.conversation.value("date") == "2026-06-11"
    assert outcome.conversation.locale == "en"
    assert outcome.replies[-1].text.startswith("What is it")
