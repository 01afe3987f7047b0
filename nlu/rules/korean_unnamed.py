"""Names that a Korean message gives to somebody without saying who: `제 이름은 지워 주세요. 사위 이름으로 하지요`.

Knows words for people; does not know slots or what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.values.korean_people import CHILDREN, COMPANY
from nlu.values.korean_titles import TITLES
from nlu.values.text import has_hangul

_WHO: Final = "|".join(sorted({*COMPANY, *CHILDREN, *TITLES}, key=len, reverse=True))
_THEIRS: Final = re.compile(
    rf"(?<![가-힣])(?:{_WHO})(?:님|분)?(?:의)?\s?(?:이름|명의|성함)(?:으로|로)"
    r"(?![가-힣\s]{0,3}[가-힣]{3}(?:이요|이에요|예요|입니다))"
)
"""Whose name it is to be, which is not said."""
_OWN_GOES: Final = re.compile(
    rf"(?:(?:네|예|아|아니|음|저기요?|그럼|그냥)[\s,.]+)*(?:제|내|저의|본인)\s?이름(?:은|을)?\s?"
    rf"(?:말고|빼고|빼(?:\s?주세요)?|지우고|지우시고|지워(?:\s?주(?:세요|시오|고))?)[\s,.]+{_THEIRS.pattern}"
    r"\s?(?:해|하|할|바꿔|바꾸|바꿀|부탁|예약)[가-힣]{0,6}(?:\s(?:거|주|줘|드)[가-힣]{0,5})?[\s.!~]*"
)
"""Nothing but that the speaker's own name goes for somebody else's."""
_WHAT_NAME: Final = re.compile(
    r"(?:닉네임|별명|가명|애칭|예명|본명|아이디|영어\s?이름|성만|이름만|이름)[^.!?]{0,14}\?\s*(?:그럼\s|그러면\s)?$"
)
"""A question which name will do, right in front of one."""


def asks_about_names(before: str) -> bool:
    """Whether the words in front of something ask which kind of name will do: `닉네임도 돼요?`."""
    return _WHAT_NAME.search(before) is not None


def somebody_unnamed(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) are cut out of whose name it is to be, `[사]위 이름으로`.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    if not has_hangul(text):  # a list this long costs a tenth of a millisecond in a message that cannot hold it
        return False
    return any(found.start() <= start and end <= found.end() for found in _THEIRS.finditer(text))


def own_name_given_up(text: str) -> bool:
    """Whether the speaker's name goes for that of somebody who is not named: `제 이름 말고 딸 이름으로 할게요`."""
    return _OWN_GOES.fullmatch(text.strip()) is not None
