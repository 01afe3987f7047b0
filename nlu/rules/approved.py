"""Whether words that sound like a no turn the no down, and so approve: "Friday isn't a problem", `금요일 말고는 안 돼요`.

Knows how people say so, by negated complaints, praise and "nothing but"; does not know what is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded

_NOT: Final = (
    r"\b(?:can'?t|cannot|can not|couldn'?t|won'?t|don'?t|doesn'?t|isn'?t|aren'?t|not|no|none|nothing|nobody|never)\b"
)
_AHEAD: Final = re.compile(
    rf"(?:{_NOT}[^.!?;]{{0,40}}?\b(?:other|else)\b[^.!?;]{{0,16}}?\b(?:than|but|except)"
    r"|\b(?:wouldn'?t|would not|couldn'?t|never) (?:dream|think) of any(?:thing|where|one)?(?: other)?"
    r"(?: time| day| place| hour)? (?:but|other than|except)"
    r"|\b(?:nothing|none|no \w+|n't (?:\w+ ){1,2}any\w*(?: \w+)?) (?:but|except|besides)"
    r"|\bnot the one who (?:wanted|asked for|picked|chose|booked|suggested)"
    r"|\b(?:when|if|how) (?:places|restaurants|people|they|others|some)(?: \w+)? (?:drop|remove|cut"
    r"|take (?:away|out)|lose|scrap|cancel)"
    r"|\bnot (?:at all )?(?:mad|angry|upset|sad|unhappy) (?:about|at|with|over)"
    r"|\b(?:nothing|not anything|never anything)(?:'s| is| was)?(?: at all)? (?:wrong|bad|the matter|amiss) (?:with|about)"
    r"|\bnothing (?:against|bad to say (?:about|of))|\bwrong,? not"
    r"|\b(?:can'?t|cannot|can not|couldn'?t|won'?t|wouldn'?t|not going to|don'?t) say"
    r" (?:that )?i (?:dislike|hate|mind|regret|don'?t (?:like|want)|object to)"
    r"|\b(?:no|not (?:a|an|any)|n't (?:have )?(?:a|an|any)|without|zero)"
    r" (?:issues?|problems?|objections?|complaints?|trouble|quarrel) (?:with|about|to|against)"
    r"|\b(?:don'?t|doesn'?t|wouldn'?t|won'?t|didn'?t|do not|would not|never)(?: really| actually)?"
    r" (?:mind|object to|say no to|turn down|complain about|regret)"
    r"|\b(?:can'?t|cannot|can not|couldn'?t)"
    r" (?:wait for|live without|do without|go without|fault|complain about|beat|skip|miss|argue with)"
    r"|\b(?:not|isn'?t|doesn'?t mean) that (?:i|we)(?:'m|'re| am| are)? (?:against|opposed to|unhappy with|tired of)"
    r"|\b(?:don'?t|do not|never|wouldn'?t|won'?t)(?: you| even| ever)*"
    r" (?:(?:think|dream|talk) (?:of|about) \w+ing|consider \w+ing|dare (?:to )?\w+)"
    r"|\b(?:hardly|no|never|isn'?t|not) (?:(?:a|an|any) )?(?:better|nicer|finer)(?: \w+)? (?:than|but))"
    r"(?: on| at| for)?(?: the| a)? $"
)
_STILL: Final = re.compile(r"(?<!not )\bstill (?:just |only |the )?$")
"""Right in front of what has not changed: "still four of us"."""
_BEHIND: Final = re.compile(
    r"(?: (?:isn'?t|is not|ain'?t|was not|wasn'?t|won'?t be|wouldn'?t be|aren'?t|is no|poses no|is never)|'s (?:not|no))"
    r"(?: really| at all)?(?: a| an| any| the)?"
    r" (?:problem|issue|trouble|bother|mistake|error|bad (?:idea|choice|day|time|spot)|wrong\b|that bad)"
    r"| (?:couldn'?t|could not|can'?t|cannot) (?:be|get|have been) (?:any )?(?:better|improved|nicer|beaten)"
    r"| (?:isn'?t|is not|ain'?t|was never|is never|won'?t be|will not be) (?:up for|open to|under|in|going)"
    r" (?:debate|discussion|negotiation|question|doubt|dispute|change|changes|anywhere)\b"
    r"| (?:isn'?t|is not|ain'?t|wasn'?t|won'?t be) (?:at all |really |even )?(?:too|that|so|overly|very) "
    r"(?:early|late|soon|far|bad|small|big|many|few|cold|hot|noisy|expensive)\b(?![^.!]*\?)"
    r"| (?:is|are|stays?) (?:non-? ?negotiable|not negotiable|beyond (?:question|doubt|dispute)|here to stay)\b"
)
_PRAISED: Final = re.compile(
    r"(?:'s| is| was| would be| looks| sounds)"
    r"(?: (?:stupid|so|really|super|such|an?|the|just|absolutely|honestly|ridiculously|pretty|very|actually|still))*"
    r" (?:good|great|perfect|ideal|amazing|awesome|brilliant|lovely|gorgeous|spot on|excellent|fab(?:ulous)?)\b"
    r"(?! (?:if|except)\b)(?![^.!]*(?:\?|\b(?:but|though|sadly|unfortunately)\b))"
    r"|(?:'s| is| was)(?: still| exactly| just)* (?:what|where|the one|the thing|how)(?: that)?"
    r" (?:we|i)(?: still)? (?:want|need|like|love|asked)\w*\b"
    r"|,? or (?:nothing|never|bust|not at all)\b"
    r"|,? (?:can'?t|cannot|couldn'?t|won'?t) (?:come|get here|arrive) (?:soon|fast|quick)(?:ly)? enough\b"
    r"|(?:시|분|요일|욜|일|명)?(?:은|는|이|가|에)?[^.!?안못아없]{0,12}(?:개좋|개꿀|최고|딱\s?(?:이|좋)|완벽|짱이|대박)(?![^.!]*(?:\?|지만|는데|아니))"
    r"|(?:이|은|는|에)?\s?(?:왜\s)?(?:이렇게|이리|일케|이케)\s?(?:안\s?[와오]|더디)"
    r"|[^.!?,]{0,8}?(?:실망|후회|불만)[가-힣]{0,3}\s?(?:적|일)(?:이|은)?\s?(?:한\s?번도\s)?없"
)
"""Praise behind what is named, or longing for it."""
_WITHOUT: Final = re.compile(r"\bwithout (?:the |a )?$")
_NOT_COME: Final = re.compile(
    r"[, ]+(?:we|i|he|she|they) (?:won'?t|can'?t|wouldn'?t|couldn'?t|don'?t|will not) (?:come|eat|book|go|sit|do)"
)
_NOBODY_SAID: Final = re.compile(r"\b(?:nobody|no one|who) (?:said|says|claimed)(?: that)? $")
_NOT_THAT: Final = re.compile(r"\b(?:not|isn'?t) (?:that|because|as if|as though)(?: on| at| for)?(?: the| a)? $")
_IS_SO: Final = re.compile(r"(?:'s| (?:is|was|are|were|doesn'?t|won'?t|wouldn'?t|isn'?t|looks|seems|sounds))\b")
"""Around what is complained of by nobody: "it's not that [Friday] is bad"; "not that Friday" is another thing."""
_IS_WRONG: Final = re.compile(r" (?:is|was|were|are) (?:off|wrong|out|bad|gone|cancelled)\b(?![^.!]*\?)")
_NOT_THIS_ONE: Final = re.compile(r"(?:틀린|잘못된|이상한|문제인)\s?(?:건|것은|게|쪽은|사람은)\s[^.!?]{1,10}지[\s,]+$")
"""In front of what is not wrong: `틀린 건 이모지 [테라스]가 아니죠`."""
_KEPT_AFTER_ALL: Final = re.compile(
    r"(?:^|[.!?…;,]\s*|\s(?=(?:but|so) ))(?:(?:but|and|so|still|anyway|please|just|i like it|i love it|no matter)[\s,]+)*"
    r"(?:(?:it|that|this) (?:stays|is staying)"
    r"|i(?:'m| am) keeping (?:it|that|this)(?: all)?"
    r"|(?:we|i)(?:'re|'m| are| am) not (?:changing|moving|dropping|removing) (?:it|that|anything|a thing)"
    r"|i(?:'ll| will) keep it(?: all)?"
    r"|(?:(?:eh|meh|oh well|whatever),? )?(?:(?:i|we)(?:'d|'ll| will|'re)? )?(?:still )?(?:have|take|want|keep|love"
    r"|fancy) (?:it|that)(?: though| anyway| all the same| still)"
    r"|(?:eh|meh|oh well|whatever),? (?:i|we)(?:'ll| will) (?:have|take|keep|do) (?:it|that)"
    r"|still (?:want|love|fancy|like) (?:it|that)"
    r"|(?:keep|leave) (?:it|that|this|them)(?: one)? (?:in|on|there|as is|as it is|as it was|alone|untouched)"
    r"|(?:don'?t|do not|never)(?: you| u| ya)?(?: dare| even| ever)* (?:remove|take|drop|delete|touch|cancel|scrap|lose|clear)"
    r" (?:it|that|this|them)(?: (?:out|off|away))?)"
    r"(?: (?:for now|for the moment|then|please|though|anyway|all the same|thanks))*[\s.!…:)]*$"
    r"|(?<![가-힣])(?:(?:일단|그냥|그래도|계속|그대로)\s)+(?:남겨|놔|냅|살려)\s?(?:둬|두|놔|주|줘)[가-힣\s]*[\s.!~ㅋㅎ]*$"
    r"|(?:그래도|근데|하지만|그렇지만|전|저는|저흰|우린|난|나는|[.!?…~ㅋㅎ,])\s*(?:(?:그냥|꼭|저는|전|난)\s)*"
    r"(?:안\s?(?:옮길|바꿀|뺄|지울|변경할|고칠)\s?(?:거예요|거에요|겁니다|래요|게요)|그대로\s?(?:갈게요|둘게요|할게요|가요|두세요|갈래요))[\s.!~ㅋㅎ]*$"
)
"""Last words of a message by which what it speaks of stays: "8:30 sounds horrible to everybody, it stays"."""
_ASKED_BACK: Final = re.compile(
    r"[^.!?]{0,10}(?:냐고|냐구|느냐고)요?\s?\?+\s*(?:(?:아|에이|음)[\s,]+)?(?:전혀|절대|당연히|물론)?\s?아[니닙뇨녜]"
)
"""Behind what somebody may think: `토요일이 불만이냐고요? 전혀 아니에요`."""
_PARTICLE: Final = r"(?:은|는|이|가|도|을|를|에는|에도|엔|에)?"
_KOREAN: Final = re.compile(
    rf"{_PARTICLE}\s?(?:말고는|말곤|말고\s다른|아니면|아니고(?:는|선)|이?외에?는?|이?외엔|밖에(?:는|\s)?|빼고(?:는|\s다른)|빼곤|빼면)"
    r"[^.!?,]{0,14}?(?:안\s?[돼되됩될맞나가갈해]|생각|못|없|불가|힘들|어려|어렵|곤란|무리|싫)"
    rf"|{_PARTICLE}\s?(?:그렇게\s|별로\s|전혀\s)?(?:나쁘지|싫지|틀리지|이상하지)\s?(?:는\s)?않"
    rf"|{_PARTICLE}\s?(?:전혀\s|아무\s)?(?:문제(?:는|가)?\s?(?:없|되지\s?않|안\s?[돼되됩])|상관\s?없)"
    rf"|(?:시|일|요일|명)?(?:이?면\s|{_PARTICLE}\s?)(?:(?:저희|우리|저|전|저한테|저희한테|우리한테|전혀|하나도|별로|그렇게)(?:는|엔|도)?\s)*"
    r"(?:안\s?(?:이르|일러|늦|빠르|빨라|나쁘|나빠|불편|춥|추워|멀|부담)|(?:이르|늦|빠르|불편하|춥|멀|부담스럽)지\s?(?:는\s|도\s)?않)(?![^.!]*\?)"
    rf"|{_PARTICLE}\s?(?:마음에\s)?(?:안\s?[될되돼된맞드]|어렵|힘들|곤란하|불편하|나쁘|싫|틀[린렸]|잘못|못\s?[가오올갈]|별로|불만(?:이|은)?(?:\s?있는)?)[가-힣]{{0,3}}\s?(?:이유(?:가|는)?\s?없"
    r"|(?:다는\s)?(?:것|거|건|게|뜻|말|의도|얘기|이야기|소리|의미)(?:은|는|이|가)?\s?(?:전혀\s|절대\s)?아[니닌님녜닙냐](?![^.!]*\?))"
    rf"|{_PARTICLE}\s?(?:대해서?(?:는)?\s)?(?:저[는도]\s|전혀\s|아무\s)?(?:불만|이의|이견|아쉬움|후회|유감)(?:은|는|이|가|도)?\s?(?:하나도\s|전혀\s)?없(?![^.!]*\?)"
    rf"|{_PARTICLE}\s?(?:빼|없애|지우|치우)는\s?(?:집|곳|데|식당|가게|사람)"
    rf"|{_PARTICLE}\s?(?:더\s|더는\s|다시\s)?(?:따질|말할|두말할|고민할|의논할|재볼|바꿀|양보할)\s?(?:것|거|필요|생각|마음|이유|여지)(?:은|는|도|이|가|조차)?\s?(?:전혀\s)?없"
    rf"|{_PARTICLE}\s?문제(?:가|는|도|인\s?건)?\s?아[니닌님녜닙냐](?![^.!]*\?)"
    rf"|{_PARTICLE}\s?(?:빠지|없으|없|날아가|사라지|없어지|취소되|지워지|바뀌)면\s?(?:절대\s)?(?:안\s?[돼되됩가갈와올]|못|곤란|섭섭|싫)"
    r"|보다\s?(?:더\s?)?(?:좋|나은|괜찮|맞)[가-힣]*\s?(?:날|시간|때|곳|자리|데)?[가-힣]{0,2}\s?(?:없|어디)"
    rf"|{_PARTICLE}\s?아닌\s(?:날|시간|때|곳|데|자리)[은는엔에이가]{{0,2}}\s?(?:다\s)?(?:싫|안|못|곤란|힘들)"
)


def approved(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) are said to be right, or the only ones, in words that sound like a no.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    before = plain[:start]
    missed = _WITHOUT.search(before) and _NOT_COME.match(plain, end)
    denied = _NOBODY_SAID.search(before) and _IS_WRONG.match(plain, end)
    denied = denied or (_NOT_THAT.search(before) and _IS_SO.match(plain, end))
    said_to_last = _STILL.search(before) and not _IS_WRONG.match(plain, end)
    if _KEPT_AFTER_ALL.search(plain, end) or _ASKED_BACK.match(plain, end) or _NOT_THIS_ONE.search(before):
        return True
    return bool(
        missed
        or denied
        or said_to_last
        or _AHEAD.search(before)
        or _BEHIND.match(plain, end)
        or _PRAISED.match(plain, end)
        or _KOREAN.match(plain, end)
    )
