"""Whether a yes that books is meant. It is weighed more strictly than anything else: what it does cannot be talked back.

Knows the words and the phase; does not know slots or values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.types import Conversation, Message, Op, Operation, Phase, Quote

SURE_YES = 0.75
"""Below it a yes commits nothing. Of 17 right yeses on tests/heldout/dev the least sure has 0.81."""
DRESSED = re.compile(
    r"[<>{}\[\]|`#;=\\\"“”「」＂♯⋕]|[\x00-\x08\x0b\x0c\x0e-\x1f\u00ad\u200b-\u200f\u202a-\u202e\ufeff]|\w: "
)
"""Signs of a text made for programs: markup, quotes, a label, characters that nobody sees. No yes that books looks so."""
PAUSE = re.compile(r"(?<!can't )(?<!cannot )(?<!can not )\b(?:wait|hold on|hang on|one sec(?:ond)?|before)\b|잠깐|잠시")
"""Words that put a yes off until what follows is answered."""
TAKEN_BACK = re.compile(
    r"(?:(?<!can't )(?<!cannot )(?<!can not )\b(?:wait|hold on|hang on|stop|not yet|"
    r"actually,? no|don'?t(?: book(?: it)?)?)"
    r"|(?:^|[\s,.])(?:잠깐만?요?|잠시만요?|아니요?|아뇨|아니다|아니에요|하지\s?마(?:세요|요)?))[\s!.,~…ㅠㅜㅋ]*$"
)
"""Last words that take a yes back; "can't wait" is none."""

SIGN = r"[\s!~.\u200d\ufe0f\u2640\u2642\U0001f3fb-\U0001f3ff]"
"""What may stand beside a sign: marks, and what gives it a colour or a sex."""
NODS = re.compile(rf"{SIGN}*(?:[👍👌🙆✅⭕🆗💯]{SIGN}*)+")
SHAKES = re.compile(rf"{SIGN}*(?:[👎🙅❌🚫]{SIGN}*)+")
"""Messages of nothing but signs of a yes, or of a no."""


def weigh_yes(operations: Iterable[Operation], message: Message, conversation: Conversation) -> list[Operation]:
    """The operations of a message, in which a yes at the readback stays only where it is plain and stands.

    "OK wait, how do I get there?" wants an answer first, so its yes is none. "Yes, book it, no wait don't" is a no. A doubtful
    yes, or one dressed up for a program, is asked about.

    Args:
        operations: as read.
        message: its words.
        conversation: at any other moment than the readback nothing is changed.
    """
    if conversation.phase is not Phase.CONFIRMING:
        return list(operations)
    words, heard = message.text.strip(), list(operations)
    if NODS.fullmatch(words) or SHAKES.fullmatch(words):
        return [
            Operation(Op.AFFIRM if NODS.fullmatch(words) else Op.DENY, quote=Quote(0, len(message.text), message.text))
        ]
    if any(one.op is Op.AFFIRM for one in heard) and TAKEN_BACK.search(words.casefold()):
        return [_no(one) if one.op is Op.AFFIRM else one for one in heard if one.op is not Op.START]
    if any(one.op is Op.ASK for one in heard) and PAUSE.search(words.casefold()):
        return [one for one in heard if one.op is not Op.AFFIRM]
    return [_doubted(one, words) if one.op is Op.AFFIRM else one for one in heard]


def _no(yes: Operation) -> Operation:
    return replace(yes, op=Op.DENY)


def _doubted(yes: Operation, words: str) -> Operation:
    if yes.confidence >= SURE_YES and not DRESSED.search(words):
        return yes
    return Operation(Op.UNKNOWN, quote=yes.quote, confidence=yes.confidence)
