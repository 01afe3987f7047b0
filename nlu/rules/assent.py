"""Whether a short message holds a word that can say yes.

A tagger that meets a word it never learnt at "Shall I book it?" takes it for what is usually said there: XX
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.distance import OSA

from nlu.folded import folded

LONGEST: Final = 3
"""Words of a message that is looked at; a longer one says more than a word, and the tagger has more to go by."""
SLIP_FROM: Final = 5
"""Letters of a word in which one slip is forgiven; shorter ones are too near to names ("Finn", "Jess")."""

_ENGLISH: Final = frozenset(
    re.findall(
        r"\S+",
        """
        yes yep yup yeah yea yeh ya yah yas yis yse yesh yessir yus ye yh y aye k kk ok oke okay okey oki okie okeydokey
        dokey alright aight sure right correct confirm confirmed confirming agree agreed approve approved accept
        accepted perfect perfecto great gr8 fine good gud nice lovely super superb cool excellent wonderful awesome
        amazing brilliant fab fabulous fantastic ace grand absolutely definitely certainly indeed exactly totally
        precisely affirmative positive positively course go proceed continue do book booked booking reserve make lock
        send submit finalise finalize complete place seal ship tick check checks roger amen please pls plz sounds looks
        works work let's lets bang spot bingo deal done set si sí oui ja da mhm mm mmhm mhmm huh so that that's thats it
        it's its same true accurate legit bet notes problem objections objection issues changes mistakes is are am will
        """,
    )
)
_KOREAN: Final = re.compile(
    r"(?<![가-힣])(?:"
    r"(?:[네넵넴넹녜눼예옙얍응엉웅옹잉어ㅇ]+|야스|예스|예쓰|예압|오야|암|(?:하모)+예?|하이고|콜+|굳+|굿+|고고씽?|기여|기다)"
    r"(?:[네에예넨냐엡ㅔ]*)(?:요|여|염|이요|이에요|유)?(?![가-힣])"
    r"|그래|그려|그럼|그러[셔슈제죠지]|그렇|그르[지치]|글[치쵸]|그류|그라[믄입제지]|그리\s?하|그리해|그거|그걸로|그대로|이대로|기지|가즈|갑[니시]"
    r"|갠춘|괜찮|나이스|맞(?!춤)|마[자쟈즈](?![가-힣]{3})|당근|당연|두말|딱|레츠|문제\s?없|물론|바로|부탁|오[우]?케|오키|옳|완벽|(?:틀린|바꿀|고칠|잘못된|빠진|흠잡을)\s?(?:거|것|게|데|곳)\s?없|이상\s[무없]|인정"
    r"|틀림|오류|정확|제대로|조[아음씀](?:요|여|용|유|니다|조아)*옹?(?![가-힣])|쪼아|쬬아|좋|진행|퍼펙트|확인|접수|추진|야\s맞"
    r")"
    r"|예약|확정|취소|변경|바꿔|바까|옮겨|지워|없애|날려|맞[아습네다심슴어]|[ㅇㄱ][ㅇㅋㄱㅊ]|ㅇㅈ|ㅊㅅ|잡아|좋|해\s?(?:줘|주|쥬)|하[시세]|합시다|할게|할께"
)

_DENIES: Final = re.compile(
    r"아니|아뇨|아녀|아냐|아녜|ㄴㄴ|(?<![가-힣])(?:노+|놉|놉요|노노|논|안|못)(?![가-힣])|안\s?[돼되됩할해하]|싫|됐|틀[렸린리려]|말고|말아|없|잘못|별로|글쎄|그만|취소|빼"
    r"|\b(?:no+|nope|nop|nah|naw|non|nein|not|never|neither|none|wrong|incorrect|don'?t|cancel|stop|wait)\b|n't\b"
)
_LETTERS: Final = re.compile(r"[a-zí']+\d?[a-z]*")
_DRAWN_OUT: Final = re.compile(r"(.)\1{2,}$|(?<=[^o])(.)\2$")


def may_assent(text: str) -> bool:
    """Whether a message can be a yes: it is longer than three words, or one of its words can say yes, a slip forgiven.

    Args:
        text: the whole message.
    """
    plain = folded(text)
    return len(plain.split()) > LONGEST or bool(_KOREAN.search(plain)) or any(map(_says_yes, _LETTERS.findall(plain)))


def may_deny(text: str) -> bool:
    """Whether any word of a message can say no, in either language; `노아` and "Noa" have none.

    Args:
        text: the whole message.
    """
    return _DENIES.search(folded(text)) is not None


def _says_yes(word: str) -> bool:
    short = _DRAWN_OUT.sub(lambda drawn: drawn[1] or drawn[2], word)
    if word in _ENGLISH or short in _ENGLISH:
        return True
    return len(word) >= SLIP_FROM and any(
        len(known) >= SLIP_FROM and OSA.distance(word, known, score_cutoff=1) <= 1 for known in _ENGLISH
    )
