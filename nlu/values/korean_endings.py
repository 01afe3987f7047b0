"""Final consonants and the polite tails of Korean answers (`-이요`, `-으로 해 주세요`).

Knows sounds and endings; does not know values.
"""

from __future__ import annotations

import re
from typing import Final

PARTICLE_AHEAD: Final = (
    r"(?=$|[^가-힣]|이|에|엔|은|는|으로|로|부터|까지|쯤|경|정도|요|여|용|예|입|인데|만|도|날|을|를|의|나|께|중|랑|하고|말고|아니"
    r"|오전|오후|아침|점심|저녁|낮|밤|새벽)"
)
"""A lookahead: what may follow a short word for it to be a word of its own, not the head of a longer one."""

_TAIL = re.compile(
    r"(?:(?:으로|로|에|에는|은|는|쯤|정도)?\s?(?:이요|이에요|예요|에요|이예요|입니다|입니당|이여|여|요|용|이용|임)?"
    r"|(?:으로|로)?\s?(?:좀\s?)?(?:할게요|할께요|해\s?주세요|해줘요?|바꿔\s?주세요|바꿔줘요?|부탁해요|부탁드려요"
    r"|부탁드립니다|하겠습니다|변경해\s?주세요|예약해\s?주세요|예약할게요|주세요|갈게요|가요|갑니다))[\s.!?~,…^ㅎㅋㅠㅜ]*"
)
_LEAD = re.compile(
    r"(?:(?:아|어|음|그럼|그러면|네|넵|예|그냥|아니|아니요|아뇨|저희|우리|저희는|총|총원|대충|대략|얼추|아마|약|한|다해서|전부|모두|합쳐서|인원수?는?|인원은|사람은|시간은|날짜는)"
    r"[\s,.…]+){0,3}"
)


def has_final_consonant(text: str) -> bool | None:
    """Whether the last syllable ends in a consonant (받침); None where the last character is no Hangul syllable."""
    if not text or not "가" <= text[-1] <= "힣":
        return None
    return (ord(text[-1]) - ord("가")) % 28 != 0


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but a lead-in and a polite tail surrounds `text[start:end]`: the words are an answer in themselves."""
    return _LEAD.fullmatch(text, 0, start) is not None and _TAIL.fullmatch(text, end) is not None
