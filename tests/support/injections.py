"""The texts of `tests/data/injections.yml`, each in every place where a guest's words get into a prompt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import yaml

from assistant.prompts import Prompt, track_prompt
from assistant.types import Conversation, Message, Phase
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, draft, filled

CORPUS: Final[dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "injections.yml").read_text(encoding="utf-8")
)
"""By kind."""
TEXTS: Final = [text for texts in CORPUS.values() for text in texts]
PLACES: Final = ("turn", "name", "history")
"""What is said now, a value held, and words of an earlier message that still wait for their meaning."""
SECRET: Final = {"phone": "010-7777-1234", "name": "Secret Guest"}
HARMLESS: Final = "make it 8 pm"


@dataclass(frozen=True)
class Case:
    """A message in a conversation, one of which is an attack."""

    said: str
    conversation: Conversation

    @property
    def prompt(self) -> Prompt:
        return track_prompt(self.said, self.conversation, DOMAIN)

    @property
    def message(self) -> Message:
        return Message("c", "m", self.said, self.conversation.locale, ZONE, WEDNESDAY)


def case(text: str, place: str) -> Case:
    """A text in one of PLACES, at the readback of a booking."""
    held = draft({**FRIDAY, **SECRET}, phase=Phase.CONFIRMING, locale="ko" if re.search("[가-힣]", text) else "en")
    match place:
        case "turn":
            return Case(text, held)
        case "name":
            return Case(HARMLESS, held.with_slots(filled({"name": text})))
        case _:
            return Case(HARMLESS, replace(held, loose_number=text))
