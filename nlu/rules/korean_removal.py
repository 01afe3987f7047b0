"""Korean verbs that take something out (`지우다`, `빼다`, `취소하다`), and whether a clause denies or wishes them.

Korean says it behind what is named: `시간은 지울 필요 없어요`, `날짜는 해제하고 싶어요`. Only the first such verb speaks of what
stands in front of it. Knows words; does not know slots or models.
"""

from __future__ import annotations

import re
from typing import Final

_HONOUR: Final = r"(?:시|셔)?"
_NOUN: Final = r"(?:삭제|취소|제거|변경|해제|초기화|리셋|철회|제외|무시|수정)"
"""Nouns that `하다` makes a verb of removal, or of a change."""
_OBJECT: Final = r"(?:을|를|은|는|도|까지|만)?\s?"
_AUX: Final = r"(?:(?:워|려|애|내|야|여|해|빼)\s?(?:두|놓|버리)|하)?"
_STEM: Final = r"(?:지우|지워|빼|없애|비우|비워|날리|날려|버리|건드리|손대|바꾸|바꿔|치우|잊|잃|까먹)"
"""A verb of removal as it stands before `-지`, `-면`, `-는` and the like, with what `두다` and `버리다` add to it."""
_DOING: Final = rf"(?:{_STEM}(?:\s?(?:두|놓|버리|드리)|먹)?|{_NOUN}{_OBJECT}하)(?:시)?"
_TO_DO: Final = (
    r"(?:(?:지울|지우실|뺄|빼실|없앨|없애실|비울|비우실|날릴|날리실|버릴|건드릴|건드리실|바꿀|바꾸실|치울|잊을"
    r"|(?:지워|비워|빼|날려|없애|바꿔)\s?(?:둘|두실|놓을|놓으실|버릴|버리실))"
    rf"|{_NOUN}{_OBJECT}(?:할|하실))"
)
"""The same as it stands before `필요`, `것`, `생각`."""
_DONE: Final = (
    r"(?:지운|뺀|없앤|비운|날린|버린|건드린|바꾼|(?:지워|비워|빼)\s?(?:둔|놓은|달란|달라고\s?한)"
    rf"|{_NOUN}{_OBJECT}(?:한|하신|해\s?달라고\s?한))"
)
_MATTER: Final = (
    r"(?:거|것|게|건|걸|말|말씀|뜻|얘기|이야기|소리|의미|의도|취지)(?:이|은|는|가|도)?\s?(?:절대\s?|전혀\s?)?"
)
_IS_NOT: Final = r"(?:아니(?!면)|아녔|아녜|아녀|아닙|아닌|아님|아냐|아이라|아인|없)"
_MEANT: Final = (
    rf"(?:{_DOING}(?:는|려는|려던|려고\s?(?:한|하는|했던)|라는|란|라고\s?(?:한|하는|했던)|자는|잔)"
    rf"|(?:지워|비워|빼|없애|날려|바꿔|(?:{_NOUN}{_OBJECT})해)\s?(?:달라는|달란|달라고\s?(?:한|하는|했던)|주라는|주란))"
)
_NOT_ASKED: Final = r"(?!\s?(?:될까|되나|되겠|되냐|됩니까|(?:돼|되)(?:요|나요)?\s?\?))"
"""`빼면 안 될까요?` asks politely for what `빼면 안 돼요` forbids."""

_DENIED: Final = "|".join(
    (
        rf"{_DOING}지\s?(?:는\s?|도\s?|를\s?|좀\s?|만\s?)*(?:마|말|않(?!으면)|못)",
        rf"{_DOING}고\s?싶(?:지(?:는|가|도)?\s?(?:는\s?)?않|은\s?(?:건|게|생각|마음|맘)[가-힣]{{0,2}}\s?(?:{_IS_NOT}))",
        rf"{_DOING}면\s?(?:절대\s?|진짜\s?)?안\s?{_NOT_ASKED}(?:되|돼|된|됩)|{_DOING}면\s?(?:곤란|큰일|싫)",
        rf"{_DOING}기(?:는|가|도|엔|에는)?\s?(?:좀\s?|너무\s?)?(?:싫|그래|그렇|아깝|아쉽|애매|어려|어렵|힘들)",
        rf"{_DOING}는\s?(?:건|것은|거는)\s?(?:좀\s?|너무\s?)?(?:싫|그래|그렇|안\s?(?:돼|되|됩)|별로|곤란)",
        rf"{_TO_DO}\s?(?:필요|것|거|생각|이유|까닭|의도|마음|맘|계획|정도)[까지진는은도가이]{{0,4}}\s?{_IS_NOT}",
        rf"{_NOUN}\s?(?:할\s?)?필요[까지진는은도가이]{{0,4}}\s?없",
        rf"{_DONE}\s?(?:적|기억)(?:은|이|도)?\s?없",
        rf"{_MEANT}\s?{_MATTER}{_IS_NOT}",
        rf"{_DOING}(?:라고|라\s?(?:말|한)|란\s?말)[가-힣\s]{{0,4}}(?:안\s?[했한]|적\s?없|한\s?적)",
        rf"{_NOUN}(?:는|은|가|이)?\s?(?:절대\s?)?(?:아니(?!면)|아닙|아녜|아녔|아님|아냐)",
        rf"{_NOUN}(?:는|은|를|을|도)?\s?안\s?(?:해도|하셔도|할\s?(?:게|께|래|거|것|겁)|하(?:기로|려|고\s?싶|는\s?(?:걸로|게|쪽)))",
        r"안\s?(?:(?:지워|빼|없애|비워|날려|바꿔|건드려|지우셔|빼셔|비우셔|바꾸셔)도"
        r"|(?:지울|뺄|없앨|비울|날릴|바꿀|건드릴)\s?(?:게|께|래|거|것|겁)"
        r"|(?:지우|빼|없애|비우|날리|바꾸|건드리)(?:기로|려고|고\s?싶|는\s?(?:걸로|게|쪽)))",
    )
)
_ANY: Final = (
    r"지우|지워|지울|지운|빼(?!곡|어|앗)|뺄|뺍|뺐|없애|없앨|비우|비워|비울|날리|날려|날릴|버리|버려|건드|손대|바꾸|바꿔|바꿀|치우|치워"
    rf"|잊|잃|까먹|{_NOUN}"
)
_FIRST: Final = re.compile(rf"(?P<denied>{_DENIED})|(?:{_ANY})")
"""The first verb of removal of a clause, and whether it is denied."""

_PART: Final = r"(?:\s?(?:설정|등록|입력|지정|선택|정보|부분|칸|값|항목|기록|요청|예약|내용))?"
_ADVERBS: Final = (
    r"(?:(?:다시|일단|우선|그냥|걍|좀|잠시|아예|싹|아직|먼저|이제|지금은|나중에\s?(?:정|말씀)[가-힣]*|모두|전부|다|둘\s?다)"
    r"[\s,]*)*"
)
_REQUEST: Final = (
    r"(?:주[가-힣]{0,5}|줘[가-힣]?|줄래[가-힣]?|줄\s?수\s?있[가-힣]{1,4}|달라[가-힣]{0,3}|드릴게요"
    r"|봐[가-힣]?|둬[가-힣]?|두[죠자세]?[가-힣]{0,2}|놔[가-힣]?|놓[가-힣]{1,3}|버[려리][가-힣]{0,3})"
)
_WISH: Final = (
    r"(?:고\s?싶[가-힣]{1,4}|(?:는|을|ㄹ)?\s?(?:게|것이|편이|쪽이)\s?(?:더\s?)?(?:낫|좋|나을|나아)[가-힣\s]{0,6}"
    r"|는\s?(?:걸로|거로|것으로|쪽으로)(?:\s?[가-힣]{1,6})?|자|죠|지요|려고[가-힣]{0,3}|겠[가-힣]{1,3}|렵니다)"
)
_VERBAL: Final = (
    rf"(?:(?:지워|빼|비워|없애|날려|치워)(?:\s?{_REQUEST}|요|용|여)?"
    rf"|(?:지우|빼|비우|없애|날리|치우){_WISH}|(?:지울|뺄|비울|없앨|날릴|치울)(?:게|께|래)(?:요|용|여)?|(?:지웁|뺍|비웁|없앱)시다"
    rf"|(?:지워|비워|빼|없애)(?:버리|두|놓){_WISH}|(?:지웠|뺐|비웠|없앴)으면\s?(?:해|좋겠|싶)[가-힣]{{0,3}})"
)
_NOMINAL: Final = (
    r"(?:삭제|제거|해제|초기화|리셋|철회)(?:를|을|좀)?\s?"
    rf"(?:해(?:\s?{_REQUEST}|요|용)?|하{_WISH}|할(?:게|께|래)(?:요|용)?|합시다|부탁[가-힣]{{0,5}}|바랍?[가-힣]{{1,3}}|요|용)?"
)
_BLANK: Final = (
    r"(?:공란|빈칸|공백|백지|미정)(?:으로|로|상태로)(?:\s?(?:다시\s?)?(?:해|둬|두|놔|남겨|돌려|바꿔|바꾸|처리해?|변경해?|할|하)"
    rf"(?:\s?{_REQUEST}|{_WISH}|요|용|게요?|께요?)?)?"
)
_UNSET: Final = r"미정(?:이에요|예요|입니다|이야|이요|인데요|임)"
_PLAIN: Final = rf"(?:{_VERBAL}|{_NOMINAL}|{_BLANK}|{_UNSET})(?:요|용)?"
_WISHED: Final = re.compile(rf"^{_PART}(?:은|는|이|가|을|를|만|도)?\s*{_ADVERBS}{_PLAIN}[\s.!~,ㅠㅜㅎ^]*$")
_LEAD: Final = (
    r"(?:(?:네|넵|넹|예|아|아니|어|음|저|저기|저기요|그럼|그러면|근데|그런데|그냥|걍|일단|우선"
    r"|잠깐만?요?|죄송(?:하지만|한데요?)?|미안)[\s,.…~]+)*"
)
_OBJECT_WORDS: Final = r"(?P<object>[^\s,.!?]{1,12}?(?:\s(?!말고|빼고|대신|아니)[^\s,.!?]{1,8})??)"
_LIST_WORDS: Final = r"(?P<object>[가-힣]{1,6}(?:[\s,]+(?!말고|빼고|대신|아니)[가-힣\d]{1,6}){1,6}?)"
_WHOLE, _LIST = (
    re.compile(rf"{_LEAD}{words}{_PART}(?:은|는|이|가|을|를|만|도)?\s*{_ADVERBS}{_PLAIN}[\s.!~,ㅠㅜㅎ^]*")
    for words in (_OBJECT_WORDS, _LIST_WORDS)
)
"""Messages of nothing but a wish that one thing, or a list of things, goes."""
_TWO_SIDED: Final = re.compile(r"말고|빼고|빼곤|제외|외에|남기|두고|대신|아니|나머지|말아|만\s")
"""Words of an object that says more than what is to go."""


def spared_behind(behind: str) -> bool:
    """Whether the words behind what is named deny the first verb of removal among them.

    Args:
        behind: what follows what is named, up to the end of its clause. `빼고 시간은 지우지 마세요` takes out and spares nothing.
    """
    first = _FIRST.search(behind)
    return first is not None and first["denied"] is not None


def wished_away(behind: str) -> bool:
    """Whether the words behind what is named are nothing but a plain wish that it goes, to the message's end.

    Args:
        behind: all that follows what is named.
    """
    return _WISHED.search(behind) is not None


def removed_list(text: str) -> str | None:
    """The list of what a message wants gone, where it is nothing but that wish: `날짜 시간 인원 이 세 개 비워줘`; else None."""
    whole = _LIST.fullmatch(text.strip())
    return None if whole is None or _TWO_SIDED.search(whole["object"]) else whole["object"]


def removed_object(text: str) -> str | None:
    """What a message wants gone, where it is nothing but one plain wish: `룸은 그냥 빼죠`, `이름은 공란으로`; else None.

    Args:
        text: a whole message.
    """
    whole = _WHOLE.fullmatch(text.strip())
    if whole is None or _TWO_SIDED.search(whole["object"]):
        return None
    return whole["object"]
