"""Whether any word of a message can end a booking or its draft: what was said so far is not dropped without one.

A tagger that meets new slang takes it for the end of the talk ("this is taking forever"). Knows words, and nothing that is held.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded

_ENGLISH: Final = re.compile(
    r"\b(?:can+c?[ea]?ll?\w*|canel|cxl|c a n c e l|forg\w+|4get|never ?mind|nvm|scrap\w*|drop\w*"
    r"|call\w* (?:it |this |the \w+ )?off"
    r"|quit|exit|stop|abort|abandon|annul|end|kill|void|bin|axe|pull|release|free up|give up|giving up|delete|remove|rid"
    r"|withdraw|retract|undo|scratch|ignore|disregard|screw|skip|pass|bail|out|off|over|done|enough|instead|elsewhere"
    r"|somewhere|someone else|somebody else|another|home|later|no longer|any ?more|no more|nothing|none|neither|not|no|nope"
    r"|nah|never|no need|cannot|(?:do|wo|ca|could|are|is|sha|did)n'?t|leave (?:it|this|that)"
    r"|(?:let (?:it|that|the|this)|table|booking|reservation)\b.*\bgo|chang\w* (?:my|our|their|her|his) minds?|thanks anyway"
    r"|bye|goodbye|lost interest|fell through|waste|reconsider\w*|put a line|stick with|as (?:it )?(?:is|was))\b|n't\b"
)
_KOREAN: Final = re.compile(
    r"취소|취 소|췻소|캔슬|캔쓸|ㅊㅅ|그만|없[던었애]|관[두둘둬둡]|안\s?[가갈갑감할하합해먹잡올와되돼될]|못\s?[가갈갑감하할해온오]"
    r"|됐|필요\s?없|접[을어고자었겠]|포기|때려|집어\s?치|물[러리]|철회|다음에|담에|나중에|딴\s?데|다른\s?(?:데|곳|식당)"
    r"|말[게래자고아지죠]|마[세라]|끝|그냥\s?갈|잊|무시|못\s?들은|스탑|중단|중지|종료|빼|지우|지워|무르|파투|파기|해지|엎|치[우아]"
    r"|아니|생략|패스|여기까지|집밥|거두|무산|놓아|주셔도|냅|둬|둘게|두세요"
)


def gives_up(text: str) -> bool:
    """Whether a message has a word, in either language, that can end a booking or what was begun."""
    return bool(_ENGLISH.search(folded(text)) or _KOREAN.search(text))
