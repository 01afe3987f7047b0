"""What a Korean message only tells: what others do (`다른 데서는 취소가 안 되더라고요`), or what once was.

Korean marks hearsay and remembered things at the verb. Knows endings; does not know slots or acts.
"""

from __future__ import annotations

import re
from typing import Final

_TOLD: Final = re.compile(
    r"(?:더라고요?|더라구요?|더라니까요?|더라|[ㄴ는]?다던데요?|[ㄴ는]?다네요|는대요|한대요|했대요|[았었]대요|된대요|많대요|(?<=[가-힣])대요)(?=[\s,.!?~…ㅋㅎ]|$)"
)
"""Endings of what was seen or heard elsewhere."""
_ASKED_FOR: Final = re.compile(
    r"주세[요용]|줘|주시|주실|부탁|할게|할래|할께|하고\s?싶|싶[어은]|하자|해라|합시다|바랍니다|바라요|지워|빼요|취소요|취소!|없던\s?(?:일|걸)"
)
"""Words of a wish: then the telling is the reason."""

_ONCE: Final = re.compile(
    r"지난\s?(?:달|해|번|주|봄|여름|가을|겨울)(?!에\s?말|에\s?예약)|저번|작년|재작년|예전|옛날|몇\s?(?:달|년|주)\s?전|전번"
)
"""When something was, in front of it."""
_WAS: Final = re.compile(
    r"[^,.!?\n]{0,12}?[가-힣](?<=[갔왔했였었렸졌탔봤먹앉])(?:었)?(?:는데|거든|더니|더라|고요?|어요|지만|을\s?때)(?![가-힣]*\s?(?:그걸로|그대로|그렇게))"
)
"""A verb of the past behind it, in the same clause."""
_STORY_ENDS: Final = re.compile(
    r"[갔왔했았었였졌렸봤](?:어요|습니다|네요|거든요|지요|죠|더라고요|는데요?)[\s.!~ㅎㅋㅠㅜ]*$"
)
"""The end of a message that tells what was."""
_PARTS: Final = re.compile(r"[.!?\n]|이번|오늘은|지금은")


def of_the_past(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) belong to a story of another time: `지난달에 [아홉 명]이 모였었는데`.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    before = _PARTS.split(text[:start])[-1]
    return bool(_ONCE.search(before) and _WAS.match(text, end))


def only_told(text: str) -> bool:
    """Whether the message tells of something and asks for nothing.

    Args:
        text: a whole message in any language; what has no Korean hearsay in it tells nothing.
    """
    told = _TOLD.search(text) or (_ONCE.search(text) and _STORY_ENDS.search(text))
    return bool(told) and not _ASKED_FOR.search(text)
