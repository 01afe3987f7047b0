"""A party that the words sum up though the tagger saw none: `학생들까지 아홉 명이고요`, `다 해서 여섯 명이에요`.

Knows how Korean sums people up; the number itself is read by the normaliser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.domain import SlotSpec
from assistant.heard import Heard
from assistant.types import Operation
from nlu.types import Kind, Span

SUMMED = re.compile(
    r"(?:[가-힣]{1,6}(?<![시분반일월욜])까지|포함(?:해서|하면|하여)?|(?<![가-힣])(?:총|도합|다\s?해서|합쳐서|합해서))\s(?:하면\s|해서\s|총\s|모두\s)?"
    r"(?P<count>[0-9가-힣]{1,4}\s?(?:명|분|사람))(?:이고|이구|이에요|이요|이라|입니다|이니까|예요|요|으로|[\s,.!]|$)"
)
"""Words that sum people up, the number and its counter, and an ending that states it."""


def summed_up(scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    """The count's slot and the words of its value, where nothing of the message was taken for a count.

    Args:
        scene: the message.
        spans: what the tagger saw; a count among them has been heard.
        operations: what was made of them.
    """
    spec = next((spec for spec in scene.domain.slots if spec.kind is Kind.COUNT), None)
    found = SUMMED.search(scene.message.text)
    if spec is None or found is None or any(spec.name in one.slots for one in operations):
        return None
    if any(span.label == spec.name for span in spans) or not scene.read(found["count"], spec).exact:
        return None
    return spec, found["count"]
