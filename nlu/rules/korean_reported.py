"""What a Korean message speaks of and does not ask for: a wish told again, one that nobody is to voice, one that may never come.

`빼 달라고 한 건 날짜뿐이에요`, `처음부터 다시 하란 말은 하지 마세요`, `못 가게 되면 미리 말할게요`. Korean quotes a wish with
`-달라고` and `-란 말`, and makes a promise depend on `-면`. Knows words and endings; does not know slots or acts.
"""

from __future__ import annotations

import re
from typing import Final

_RETOLD: Final = re.compile(
    r"(?:(?:지워|빼|비워|없애|날려|바꿔|고쳐|(?:삭제|취소|제거|해제|변경|초기화)(?:를|을)?\s?해)\s?"
    r"달(?:라고\s?(?:말\s?)?(?:한|했던|말한|말씀드린|부탁한|부탁드린)|라\s?한|라던|란)"
    r"|(?<![가-힣])(?:지운|뺀|비운|없앤|날린|(?:삭제|취소|제거|해제|변경|초기화)한))\s?(?:건|것은|거는|게|것이)\s?(?:그냥\s|딱\s)?$"
)
"""Right in front of what somebody wanted gone, told again."""
_ONLY: Final = re.compile(r"\s?(?:하나\s?)?(?:뿐|만\s?(?:이|입|요|인)|밖에|하나(?:이|입|예|에|였|인|죠))")
"""Right behind it: that, and nothing else."""
_BEGIN_ANEW: Final = r"(?:처음|첨|다시|새로|원점|초기화|리셋)[가-힣\s]{0,12}?"
_SPOKEN: Final = (
    r"(?:하|시작하|돌아가|가|되돌리|되돌아가|지우|예약하|말하|입력하|적)(?:시)?"
    r"(?:라는|란|라고|라|자는|잔|자고|려는|려던|는)(?:\s?(?:말씀|말|소리|건|거|게|것|뜻|얘기|이야기|의미))?(?:은|는|이|가|을|도|까지)?"
)
_VOICED_BY_NOBODY: Final = re.compile(
    rf"{_BEGIN_ANEW}(?:{_SPOKEN}\s?(?:절대\s?|제발\s?|좀\s?|진짜\s?)?(?:하지|하진|아니|아닌|아닙|아녜|아님|아냐|말아|마세|마시|마요|말고|싫|안\s?[했하]|없)"
    r"|(?:하|시작하|돌아가)(?:기|지)(?:는|가|도|까지)?\s?(?:는\s?)?(?:싫|마|말|않|귀찮|힘들|못)"
    r"|(?:할|시작할|돌아갈)\s?(?:필요|생각|마음|것|거|건|정도)[까지진는은도가이]{0,4}\s?(?:없|아니|아닙|아녜)"
    r"|하라(?:고\s?하)?(?:시)?면\s?(?:저\s|진짜\s|정말\s)?(?:울|곤란|큰일|싫|화|힘들|기절|쓰러)|부터는\s?(?:싫|아니|말))"
)
"""To begin anew, and that nobody wants or is to say it; `처음부터 다시 하란 말이에요` does want it."""
_FIRST: Final = r"처음(?!\s?(?:게|것|거|건|그|말|대로|이[라에고]|에는|엔|에\s))"
"""The beginning, and not what was said first: `처음 게 맞아요`."""
_ANEW: Final = re.compile(
    rf"{_FIRST}|첨부터|첨으로|새로|리셋|초기화|원점|백지|무르|물러|엎|갈아|(?<![가-힣])(?:다|전부|모두|싹|몽땅)\s|다시(?!는)|\breset\b|\brestart\b"
)
_ANEW_FOR_SURE: Final = re.compile(
    rf"{_FIRST}|첨부터|첨으로|리셋|초기화|원점|백지|엎|(?:다|전부|모두|싹|몽땅)\s?(?:지우|취소|없|날)"
)
"""Words for beginning anew, and those of them that cannot mean one value said again (`6명 말고 4명으로 다시 해줘요`)."""
_CANCELLED_BY_NOBODY: Final = re.compile(
    r"취소(?:를|을|는)?\s?(?:(?:하|되|시키)(?:시)?(?:려는|려던|라는|란|자는|잔|는|고\s?싶은|고자\s?하는|겠다는|고\s?싶다는|려고\s?한다는|자고\s?하는)|한다는|해\s?달라는|될)\s?"
    r"(?:것|거|건|게|말씀|말|뜻|얘기|이야기|소리|의도|의미)(?:은|는|이|가|도)?\s?(?:절대\s?|전혀\s?|결코\s?)?아[니닙녜님냐](?!면)"
    r"|취소(?:할|하려는|하실)\s?(?:생각|마음|의사|의도|뜻|계획)(?:은|이|는)?\s?(?:전혀\s?|추호도\s?)?(?:없|아니|아닙)"
)
_CANCELLED_AFTER_ALL: Final = re.compile(r"취소(?:를)?\s?(?:해\s?(?:주|줘)|할게|하겠(?!다는)|부탁|합니다|요)")
"""That the booking is to be cancelled is denied; words that cancel it all the same."""
_WHY: Final = r"(?:[^.!?]{1,24}?(?:[이]?라서?|[아어여해]서|니까|느라|때문에)\s)?"
_WORD: Final = r"(?:(?![가-힣]*(?:고|고요|구요|는데|은데|세요|요|로|으로)[\s,])[가-힣\d:]{1,8},?\s)"
_TELL: Final = (
    r"(?:(?:말|말씀|연락|전화|알려|얘기|이야기|문자|통보|통지|톡|카톡)(?:은|을|를|도)?\s?)(?:꼭\s?|다시\s?)?"
    r"(?:드릴|할|줄|해\s?줄|해\s?드릴|넣을|남길|드리겠|하겠|주겠)(?:게|께|거)?(?:요|여|유|습니다|예요)?|알릴게요?|알리겠습니다"
)
_PROMISED: Final = re.compile(
    rf"(?:(?:네|넵|예|아|음|그럼|그리고|혹시|만약에?|만일)[\s,.]+)*{_WHY}{_WORD}{{0,4}}(?![가-힣]{{0,8}}주시?면)[가-힣]{{1,8}}(?:면|거든)[,\s]\s?"
    rf"(?:(?:꼭|미리|바로|그때|다시|나중에|얼른|빨리|당연히|반드시|따로|제가|최대한|먼저|하루\s?전에는?|전날에?는?|당일에?는?)[\s,]+)*"
    rf"(?:{_TELL})[\s.!~ㅎㅋ^]*"
)
"""Nothing but what the guest will say, should something come about."""


def retold(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) are all that somebody once wanted gone: `빼 달라고 한 건 [날짜]뿐이에요`.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    return _RETOLD.search(text[:start]) is not None and _ONLY.match(text, end) is not None


def restart_turned_down(text: str) -> bool:
    """Whether the message speaks of beginning anew only to refuse it: `처음부터 다시 하란 말은 하지 마세요`."""
    return _VOICED_BY_NOBODY.search(text) is not None


def cancelling_turned_down(text: str) -> bool:
    """Whether the message denies that anything is to be cancelled: `예약을 취소하려는 것은 아니오니`."""
    return _CANCELLED_BY_NOBODY.search(text) is not None and _CANCELLED_AFTER_ALL.search(text) is None


def names_restart(text: str, *, replaces: bool) -> bool:
    """Whether any word of a Korean message means beginning anew.

    Args:
        text: the whole message.
        replaces: whether it replaces a value, so that `다시` may mean no more than that value.
    """
    return (_ANEW_FOR_SURE if replaces else _ANEW).search(text) is not None


def only_promised(text: str) -> bool:
    """Whether a whole message only promises a word, should something happen: `못 가게 되면 꼭 미리 말할게요`."""
    return _PROMISED.fullmatch(text.strip()) is not None
