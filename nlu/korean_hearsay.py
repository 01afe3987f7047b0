"""Whether a Korean message only tells what others do or what once happened: `다른 데서는 취소가 안 되더라고요`.

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


def only_told(text: str) -> bool:
    """Whether the message tells of something and asks for nothing.

    Args:
        text: a whole message in any language; what has no Korean hearsay in it tells nothing.
    """
    return bool(_TOLD.search(text)) and not _ASKED_FOR.search(text)
