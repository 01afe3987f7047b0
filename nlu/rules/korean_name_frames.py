"""Where a Korean sentence frames a name: `예약자 이름을 엘레나 코스타로 바꿔 주세요`, `그레타 린드크비스트 이름으로 잡아 주세요`.

A tagger that never met a foreign name cuts it to pieces; the words around it say where it begins and ends. Knows the frames; does
not know whether what stands in one is a name.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.values.korean_people import COMPANY

_OF_THE_NAME: Final = r"(?<![가-힣])(?:예약\s?)?(?:이름|성함|예약자(?:명|\s?이름|\s?성함)?|명의)"
_NO_NAME: Final = r"(?!비밀|나중|미정|아직|다음|필요|없|상관|그대로|아까|똑같|동일|같|모르|안\s|뭐|누구)"
_COPULA: Final = (
    r"(?:이에요|예요|입니다|이고요?|이며|이요|이?라고\s?(?:합니다|해요|하는데요|합니당)|이?랍니다"
    r"|(?<!이)(?:에요|고요?(?=[\s,.])|요))"
)
_ENDS: Final = r"(?=\s*[,.!~/]|\s*$|\s(?:전화|연락처|번호|폰|01\d)|(?<=고)\s)"
_CHANGED: Final = (
    r"(?:바꿔|바꾸|바꿀|변경|수정|고쳐|고치|정정|등록|해\s?(?:주|줘)|하[래겠려]|할[게래]|적어|올려|넣어|잡아|부탁|예약)"
)
_FRAMES: Final = (
    re.compile(
        rf"{_OF_THE_NAME}(?:을|를|은|는|만)?\s(?:(?:그냥|좀|다시)\s)?{_NO_NAME}(?P<name>[가-힣]{{2,8}}?(?:\s[가-힣]{{2,8}}?){{0,2}}?)"
        rf"(?<!에서)(?:으로|로)\s?(?:(?:좀|다시|새로)\s)?{_CHANGED}"
    ),
    re.compile(
        rf"{_OF_THE_NAME}(?:은|는|이|:)\s{_NO_NAME}(?P<name>[가-힣]{{2,8}}?(?:\s[가-힣]{{2,8}}?)?){_COPULA}{_ENDS}"
    ),
    re.compile(
        rf"{_OF_THE_NAME}(?:은|는|이|:)\s{_NO_NAME}(?P<name>[가-힣]{{2,8}}\s[가-힣]{{2,8}}|[가-힣]{{2,5}}야){_ENDS}"
    ),
    re.compile(
        r"(?:^|[,.!~]\s*|(?:요|고|구|로|에|명|분|시|반|일|대신)\s)(?!대신)(?P<name>[가-힣]{2,8}(?<![은는을를])(?:\s[가-힣]{2,8}(?<!라는)){0,2}?)"
        r"\s?(?:이름|명의|성함)(?:으로|로)(?=요|\s|[,.!~]|$|부탁|해|잡|예약|하)"
    ),
    re.compile(
        rf"{_OF_THE_NAME}(?:으로|로)\s?{_CHANGED}[가-힣\s]*?(?:요|여|용|게|다|줘|지)[\s,.!]+(?P<name>[가-힣]{{2,8}}?){_COPULA}{_ENDS}"
    ),
)
"""Wishes to change the name into another one or to book under it, and words that tell it."""
_ELSE: Final = re.compile(r"말고|아니|대신|빼|지[우워]|에서|라[는고]$")
_THEIRS: Final = re.compile(
    r"(?:^|\s)(?:[제내저]|다른|같은|원래|아까|새|회사|우리|저희|본인|그|이|딸|아들|팀|부서|예약|예약자|여친|남친|여자친구|남자친구"
    rf"|{'|'.join(sorted(COMPANY, key=len, reverse=True))})$"
)
"""Whose name it is, which is none."""


def framed_name(text: str) -> tuple[int, int] | None:
    """Where the name stands that a message frames, half open; None where there is none.

    Args:
        text: the whole message.
    """
    for frame in _FRAMES:
        found = frame.search(text)
        if found and not _ELSE.search(found["name"]) and not _THEIRS.search(found["name"]):
            return found.span("name")
    return None
