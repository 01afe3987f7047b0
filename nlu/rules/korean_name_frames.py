"""Where a Korean sentence frames a name: `예약자 이름을 엘레나 코스타로 바꿔 주세요`, `이름은 스베틀라나 오를로바, 010-...`.

A tagger that never met a foreign name cuts it to pieces; the words around it say where it begins and ends. Knows the frames; does
not know whether what stands in one is a name.
"""

from __future__ import annotations

import re
from typing import Final

_OF_THE_NAME: Final = r"(?<![가-힣])(?:예약\s?)?(?:이름|성함|예약자(?:명|\s?이름|\s?성함)?|명의)"
_NO_NAME: Final = r"(?!비밀|나중|미정|아직|다음|필요|없|상관|그대로|아까|똑같|동일|같|모르|안\s|뭐|누구)"
_COPULA: Final = r"(?:이에요|예요|에요|입니다|이고요?|고요|이며|이요|요)"
_ENDS: Final = r"(?=\s*[,.!~/]|\s*$|\s(?:전화|연락처|번호|폰|01\d))"
_FRAMES: Final = (
    re.compile(
        rf"{_OF_THE_NAME}(?:을|를|은|는|만)?\s(?:(?:그냥|좀|다시)\s)?{_NO_NAME}(?P<name>[가-힣]{{2,8}}?(?:\s[가-힣]{{2,8}}?){{0,2}}?)"
        r"(?<!에서)(?:으로|로)\s?(?:(?:좀|다시|새로)\s)?"
        r"(?:바꿔|바꾸|바꿀|변경|수정|고쳐|고치|정정|등록|해\s?(?:주|줘)|적어|올려|넣어)"
    ),
    re.compile(rf"{_OF_THE_NAME}(?:은|는|이|:)\s{_NO_NAME}(?P<name>[가-힣]{{2,8}}?){_COPULA}{_ENDS}"),
    re.compile(rf"{_OF_THE_NAME}(?:은|는|이|:)\s{_NO_NAME}(?P<name>[가-힣]{{2,8}}\s[가-힣]{{2,8}}?){_COPULA}?{_ENDS}"),
)
"""A wish to change the name into another one, and words that tell it."""
_SHORT: Final = 3
"""Syllables of a Korean name, which a tagger knows where to end."""
_ELSE: Final = re.compile(r"말고|아니|대신|빼|지[우워]|에서")


def framed_name(text: str) -> tuple[int, int] | None:
    """Where the name stands that a message frames, half open; None where there is none, or one of three syllables at most.

    Args:
        text: the whole message.
    """
    for frame in _FRAMES:
        found = frame.search(text)
        if found and len(found["name"]) > _SHORT and not _ELSE.search(found["name"]):
            return found.span("name")
    return None
