"""Whether Hangul words look like a foreign name, which no list of family names knows: `프레야 올센`, `위고`.

Names from other languages have syllables that Korean words hardly have. Knows those, and nouns that have them too.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.values.text import listed

_LOAN: Final = frozenset(
    "프트크르브츠쉬슈셰첼켈펠벤넬렌랜롤릭릴롬뤼뤽블클플즌슨턴톤튼틴딘핀펄페케커퍼버베벨벳엘첸켄쿠카타파레랄델닐닉빅믹맥잭젠샤섀티피룩뮐밀첵콜"
    "폴펜멘헨헬휴뷔위앙랭뵈괴뮈렉디쩐"
)
"""Syllables of foreign names."""
_NOUNS: Final = re.compile(
    "|".join(
        listed(
            "테라스 테이블 카드 카페 카톡 카카오 파티 티켓 크리스마스 케이크 케익 와이파이 프로필 프라이빗 커플 커피 버스"
            " 파스타 쿠폰 페이 레스토랑 스테이크 메뉴 코스 세트 서비스 콜키지 파킹 발레 테스트 버튼 캔슬 캐치 리셋 타임"
            " 파일 프린트 체크 픽스 트윈 베이비 버전 카운트 티비 피자 위치 위층 휴무 휴일 휴대 휴가 타고 타는 파는 크게"
            " 크고 버려 버리 베고 카메라 페북 플랜 콜라 폴더 디저트 디너 어디"
        )
    )
)
"""Words with such syllables that name nobody."""
_ENDING: Final = re.compile(
    r"(?:요|게|서|까|줘|해|을|를|은|는|에|도|의|죠|네요|고요|세요|줘여|세여|해여|면|지만|부터|까지|라고|[는은인던]데)$"
)
_WORDS: Final = re.compile(r"[가-힣]{2,8}(?: [가-힣]{2,8}){0,2}")


def foreign_name(words: str) -> bool:
    """Whether one to three words of Hangul look like a foreign name.

    Args:
        words: without an ending of their own: `미나 베커`, not `미나 베커예요`.
    """
    if _WORDS.fullmatch(words) is None or _NOUNS.search(words):
        return False
    if any(_ENDING.search(word) for word in words.split()):
        return False
    return bool(_LOAN & set(words))
