"""Korean words that say what stays (`금요일은 그대로 두고`, `날짜 말고 시간을 빼 주세요`), and questions that only check.

Korean says it behind what is named, often with a contrast to what follows. Knows words; does not know slots or models.
"""

from __future__ import annotations

import re
from typing import Final

_PARTICLE: Final = (
    r"^\s*(?:은|는|이|가|을|를|만은|만|도|까지)?\s*(?:다|정말|아주|딱|계속|일단|그냥|고마|이미|벌써|전혀"
    r"|지금|현재|원래)?\s*"
)
_KEPT_BEHIND: Final = re.compile(
    _PARTICLE + r"(?:그대로(?!\s*(?:(?:둘|유지할)\s?수\S*\s?없|취소|삭제|제거|빼|지우|지워|없애|날려))"
    r"|(?:놔|냅|남겨|살려|그냥)\s?(?:두(?!지)|둬|뒤)"
    r"|두(?:고|시고)(?![가-힣])|남기(?:고|시고)(?!\s*싶)|건드리지|손대지|유지(?!하지|할 필요)|킵"
    r"|(?:남겨|살려)\s?(?:줘|주|달|놔)|(?:확정|고정)(?:이에요|예요|이야|이고|이니|입니다|임|할게|됐|해\s?(?:줘|주|둬))"
    r"|(?:맨\s?)?(?:처음|아까|원래|전)에?\s?(?:말씀\s?드린|말씀드렸던|말한|말했던|얘기한|정한|정했던|했던)?\s?(?:거\s?)?(?:그?대로)"
    r"|문제\s?없(?!나|을까|는지|겠)|(?:변경|수정|변동|바꿀|바뀐|달라진)[가-힣\s]{0,5}없)"
)
"""What is named is to stay."""
_APPROVED_BEHIND: Final = re.compile(
    _PARTICLE + r"(?:괜찮|좋|맞|문제\s?없)(?:은데|는데|고(?!\s*싶)|지만)(?:요)?|" + _PARTICLE + r"(?:되는데|오케이)"
)
"""What is named is fine, and a contrast follows."""
_CONTRAST: Final = re.compile(
    r"^\s*(?:은|는|을|를)?\s*(?:(?:취소|삭제)\s*)?(?:말고|아니고|아이고|이\s?아니라|가\s?아니라|빼라는\s?게\s?아니라|지우라는\s?게\s?아니라)\s*(?:그\s|제\s)?$"
)
"""Between two things that a message seems to take out: the first is not meant, the second is."""
_PREFERRED: Final = re.compile(
    r"^\s*(?:이|가|은|는|로|으로)?\s*(?:더|훨씬|제일|차라리|아무래도|오히려)?\s*(?:(?:나을|낫겠|낫네|낫다|낫습|나아|좋겠|좋을|편할|편하겠|괜찮을)(?!까)|(?:된|가능하|괜찮)(?:대|다네|다고\s?(?:하|해|합))|(?:됐|되었)(?:어요|네요|습니다|는데|거든)|맞(?:네|아요?[\s.!,~]|다|습니다)(?![^.!]*\?))"
)
"""What is named would be better than what there is, or is right, or will do as others say."""
_IS_NOT: Final = re.compile(
    r"^\s*(?:은|는|이|가)?\s*(?:아님|아니고|아니구|아니라|아닙니다|말고"
    r"|(?:아니에요|아녜요|아냐)(?!\s*\?))"
)
_ALSO: Final = re.compile(r"^\s*(?:도|까지)")
_CHECKED: Final = re.compile(
    r"(?:맞(?:죠|지요|나요?|는\s?거죠|는지요?|습니까|(?:지|아|아요|는교|능교)(?=\s*\?))"
    r"|라고\s?(?:했|말했|말씀드렸|그랬)(?:죠|나요|지\s*\?|던가요)|(?:되어|돼)\s?있(?:죠|나요|는\s?거죠)|들어갔(?:죠|나요)|적혔(?:죠|나요)"
    r"|마감(?:인가요|인지요|됐나요|되나요|했나요|하나요)|만석인가요|(?:여나요|여세요|여는지요?|열어요(?=\s*\?)|[욜일날](?:에)?도\s?하나요|영업\s?(?:하나요|하시죠|해요(?=\s*\?))|쉬나요|쉬는\s?날이(?:죠|에요(?=\s*\?)|예요(?=\s*\?))))"
    r"[\s?!.~ㅎㅋㅠㅜ^]*$"
)
"""The end of a question whether something was understood right, or whether the place is open."""
_SENTENCE_END: Final = re.compile(r"[.!?\n]+\s+")


def kept_behind(behind: str) -> bool:
    """Whether the words right behind what is named say that it stays."""
    return bool(_KEPT_BEHIND.search(behind))


def preferred(behind: str) -> bool:
    """Whether the words right behind a value call it the better one: `8시가 나을 듯요`."""
    return bool(_PREFERRED.search(behind))


def is_not(behind: str) -> bool:
    """Whether the words right behind a value say that it is not the one: `7시 아님`."""
    return bool(_IS_NOT.search(behind))


def only_second(between: str, behind: str) -> bool:
    """Whether of two things named one after the other only the second is to go: `날짜 말고 시간을 빼 주세요`.

    Args:
        between: the words between them; they may call the first one fine, `시간은 괜찮은데 날짜가 안 되겠네`.
        behind: the words behind the second; `시간도` adds it to the first.
    """
    return bool(_APPROVED_BEHIND.search(between) or _CONTRAST.search(between)) and not _ALSO.search(behind)


def checked_from(text: str) -> int | None:
    """Where the sentence begins that only asks if something is so; None where none ends the message.

    `7시 반 맞죠?` and `일요일도 여나요?` want no change, whatever values they name.
    """
    begins = [0, *(sentence.end() for sentence in _SENTENCE_END.finditer(text))]
    return next((at for at in reversed(begins) if _CHECKED.search(text[at:])), None)
