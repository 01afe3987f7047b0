"""One part of a split party counted anew: of two adults and three children, `아이는 둘만요` leaves two and two.

Knows how Korean says how many of them are which; what is held tells the rest.
"""

from __future__ import annotations

import re

from assistant.composer.heard import Heard
from assistant.composer.pieces import SURE, set_to
from assistant.domain import SlotSpec
from assistant.types import Op, Operation
from nlu.types import Kind, Reading, Role, Span
from nlu.values.korean_numerals import NATIVE, to_number
from nlu.values.korean_people import ADULTS, CHILDREN, ONE_OF_SEVERAL

PARTS = ("adults", "children")
_WHO = "|".join(sorted({*CHILDREN, *ADULTS} - ONE_OF_SEVERAL, key=len, reverse=True))
ANEW = re.compile(
    rf"(?:^|[\s,.])(?P<who>{_WHO})(?:들)?(?:(?P<topic>은|는|이|가)\s?|\s?(?=(?:\d|하나|둘|셋|넷|한|두|세|네)\s?명?만))"
    rf"(?:(?:\d{{1,2}}|{NATIVE}|하나|둘|셋|넷|다섯)(?:\s?명)?(?:이|가)?\s?아니(?:라|고)\s)?(?:이제\s|그럼\s|다\s?해서\s|다시\s|총\s|도로\s)?"
    rf"(?P<number>\d{{1,2}}|{NATIVE}|하나|둘|셋|넷|다섯|여섯)\s?(?:명|분)?\s?(?:뿐|만|다)?\s?"
    r"(?:(?:이|으로)?(?:요|에요|예요|여요|네요|고요|래요|라네요|랍니다)|입니다|(?:갑|옵)니다|(?:가|와|갈게|올게|데려가|데려갈게)요"
    r"|으?로(?:요|\s?(?:해|바꿔|고쳐|변경|부탁|할게|하면|하죠|갈게)[가-힣\s]{0,8})?)?[\s.!~ㅠㅜ]*$"
)
"""The last words of a message: one part of the party, and how many of them there are."""
TOPIC = ("은", "는")
"""Particles that set one part apart from the rest."""
COUNTED = re.compile(rf"\d|총|모두|전부|합(?:쳐|해|하면|계)|인원|(?:{NATIVE})\s?(?:명|분|사람)|\?")
"""Words before it that count as well, or ask."""


def counted_anew(scene: Heard, operations: list[Operation]) -> list[Operation]:
    """The operations; where the message says anew how many of one part of the held party come, that party stands for its words.

    Args:
        scene: the message and what is held.
        operations: what was made of the message.
    """
    found = ANEW.search(scene.message.text)
    spec = scene.first(Kind.COUNT)
    number = to_number(found["number"]) if found else None
    asks = any(one.op is Op.ASK for one in operations)
    if found is None or spec is None or number is None or asks or COUNTED.search(scene.message.text[: found.start()]):
        return operations
    if found["topic"] is None and found["who"] not in CHILDREN:
        return operations  # `어른 둘만` are all who come
    parts = _split(
        spec, scene, "children" if found["who"] in CHILDREN else "adults", number, whole=found["topic"] in TOPIC
    )
    if not parts:
        return operations
    start, text = found.start("who"), scene.message.text
    party = Reading((str(sum(map(int, parts.values()))),), parts=parts)
    kept = [one for one in operations if _of_another(one, spec, start)]
    return [*kept, set_to(spec, party, Span(spec.name, Role.VALUE, start, len(text), text[start:], SURE))]


def _split(spec: SlotSpec, scene: Heard, part: str, number: int, *, whole: bool) -> dict[str, str]:
    """The parts of the held party with so many in one of them; empty where they are not known.

    Of a party that is held without its parts, where `whole`, the rest are the others.
    """
    slot = scene.conversation.slot(spec.name)
    if all(name in slot.parts for name in PARTS):
        return {**slot.parts, part: str(number)}
    rest = int(scene.conversation.value(spec.name) or "0") - number
    other = PARTS[1 - PARTS.index(part)]
    return {part: str(number), other: str(rest)} if whole and rest > 0 else {}


def _of_another(one: Operation, spec: SlotSpec, start: int) -> bool:
    """Whether an operation is for another slot and rests on words in front of `start`."""
    before = one.quote is not None and one.quote.end <= start
    return before and bool(one.slots) and spec.name not in one.slots
