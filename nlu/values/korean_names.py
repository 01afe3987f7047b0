"""Names in Korean answers: without lead-ins, titles, particles and endings (`제 이름은 김민수예요` is 김민수).

Knows endings, final consonants and common surnames; does not know who anybody is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from nlu.types import Reading
from nlu.values import reasons
from nlu.values.korean_endings import has_final_consonant
from nlu.values.korean_full_names import NOUNS, SURNAMES, TWO_SYLLABLE_SURNAMES, full_name
from nlu.values.korean_people import COMPANY
from nlu.values.korean_titles import TITLE_WORDS, TITLES

_LEAD = re.compile(
    r"(?:^|[\s,.])(?:제|저의|내|저희)?\s?(?:예약자\s?(?:분\s?)?(?:이름|성함|명)?|예약\s?(?:이름|성함|명)|이름|성함|성명|닉네임|별명|대표자)"
    r"(?:(?:은|는)요?\s?|[이가을를도]\s|\s?:\s?|\s)"
)
_LEAD_SELF = re.compile(r"^(?:.{0,20}\s)?(?:저는|나는|제가)\s|^(?:전|난|저)\s|^(?:저는|나는)")
_FILLER = re.compile(
    r"^(?:안녕하세요|안녕하십니까|여보세요|네|넵|예|아|어|음|그|아니|아니요|그냥|걍|기냥|일단|그럼|그러면"
    r"|알았어요?|알겠어요?|알겠습니다|알써|대신|차라리|아님|그래요|그럼요|좋아요|됐고|고마|그라믄)(?:[\s,.!~…]+|$)"
)
_CUT = re.compile(r"\s*(?:[,，;(]|\d|(?<=[가-힣A-Za-z])\s(?:전화|번호|연락처|휴대폰|핸드폰)|이고\s|이구요?\s)")
_QUOTED = re.compile(r"[\"“”「」『』<>〈〉《》]|(?<![A-Za-z가-힣])'|'(?![A-Za-z])")
_VERBS: Final = (
    r"(?:좀\s?)?(?:예약|변경|등록|부탁|수정)?\s?(?:좀\s?)?(?:을\s?)?(?:해|바꿔|고쳐|잡아|올려|넣어|적어|써|남겨|부탁|할|하|변경|등록|예약|불러|저장|기입|갈|정정)"
    r"[가-힣\s]*"
)
_REFUSED = re.compile(
    r"없어|없습|모르|모름|싫|비밀|안\s?알려|밝히|필요\s?없|말\s?안|안\s?할|말하기|왜|뭐|누구|몰라|^하(?:지라|것소|겄소|라우|시게|소|세|이소)$|(?<![가-힣])(?:제|내|저|그|아까|같은|본인)\s?(?:이름)?$|^(?:이름|성함)$|^다른(?:\s|$)|\s(?:사람|분)$"
)
_ONLY_ENDING = re.compile(r"(?:이?(?:에요|예요|요|여|라고요?)|입니다|으?로요?)?")
_SENTENCE = re.compile(r"(?<=[가-힣])[.!?~]+\s")
_NO_NAME: Final = frozenset({"네", "넵", "예", "네네", "넵넵", "예예", "아니", "아니요", "아뇨", "음", "아까 그"}) | {
    "최종", "최종적", "정정", "정리하면", "정리하", "요약하면", "결론", "마지막", "확정", "고정", "미정", "미정임",
    "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "미안", "미안미", "미안미안", "죄송", "쏘리",
    "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔", "환갑", "칠순", "팔순",
    "계산", "예약", "결제", "자동완성", "오타", "실수", "착각", "사람", "회원", "손님", "고객", "뿐", "것", "거", "건", "때문",
    "별명", "닉네임", "애칭", "가명", "본명", "실명", "예명", "별칭",
    "도로", "유월", "시월", "어제", "오늘", "내일", "모레", "글피", "그제", "그저께", "지금", "아까",
    "나머지", "나머진", "예정", "계획", "보류", "공란", "공백", "빈칸", "백지", "무효", "유지", "반대", "찬성", "별로",
}  # fmt: skip
"""Short answers, and words of a form that a guest may say where a name is asked; none of them is anybody's name."""
_STEM_END = re.compile(r"[가-힣][혀려워져쳐켜춰꿔]$")
"""A verb that has lost its ending, as in `길 막혀` and `졸려`; hardly a name ends so."""
_RELATION = re.compile(rf"^(?:제|내|우리|저희)\s(?:{'|'.join(COMPANY)})\s(?=\S)")
_NAMELY = re.compile(r"(?P<i>이)?라는\s(?:사람|분)(?:이에요|입니다|이요|요)?$")
_WORDS_AFTER = re.compile(rf"\s?(?:(?P<i>이)?라는\s?)?(?:이름|명의|성함|앞)\s?(?:으로|로)(?:\s?{_VERBS}|요)?$")
_QUOTING = re.compile(
    r"(?P<i>이)?(?:(?:라고|라구|라꼬)\s?|라\s(?=합|해|하는|하오|적|불러|부르))(?:요|합니다|하는데요|하오니|해요|해|하고요|불러|부르|적어|써|저장|남겨|예약|바꿔|올려|등록|부탁|했|말)[가-힣\s]*$"
)
_TOWARD = re.compile(rf"(?P<eu>으)?로(?:요|여|용|\s?{_VERBS})?$")
_SURELY = re.compile(r"(?:이?(?:죠|지요)|\s맞(?:아요|습니다|죠))$")
_FAMILIAR = re.compile(r"(?P<i>이)?야$")
_BE = re.compile(
    r"(?P<i>이)(?:에요|예요|여요|에용|예용|에염|예염|고요|구요|라구요|라고요|라서요|거든요|세요|죠|지요)$|(?P<no_i>)(?:예요|에요|예용|에용|여요|고요|구요|라구요|라고요|거든요|세요)$"
)
_FORMAL = re.compile(r"(?P<i>이)?(?:입니다|입니당|올시다|인데요|임다|이옵니다|입니다만)$")
_POLITE = re.compile(r"(?P<i>이)(?:요|여|용|욤|염)$|(?P<no_i>)(?:요|욤|염)$")
_CASUAL = re.compile(r"(?:여|용|염|임)$")
_TITLE = re.compile(r"\s?(?:고객님|손님|선생님|님|씨)(?:이|의|께서|은|는)?$")
_OFFICE = re.compile(rf"(?P<blank>\s)?(?:{TITLE_WORDS})(?:님|씨)?(?:이|의|께서|은|는|이세|이셔)?$")
_OFFICE_AHEAD = re.compile(
    rf"^(?:(?:저희|우리|제|저는)\s)?(?:{TITLE_WORDS})(?:님|인|은|는)?(?:\s(?!(?:{TITLE_WORDS})$)(?=[가-힣]{{2,4}}$)|(?P<glued>))"
)
"""An office in front of a name: `총무 하정우`; nothing else may follow."""
_NAME = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z.'’\- ]*")
_BOOKS = re.compile(r"(?:이가|이|가|께서)\s예약자(?:명)?$")
_ENDINGS: Final = (
    _WORDS_AFTER, _BOOKS, _NAMELY, _QUOTING, _TOWARD, _FORMAL, _SURELY, _BE, _POLITE, _FAMILIAR, _CASUAL, _OFFICE, _TITLE
)  # fmt: skip
_AROUND: Final = " .!?~…^,:-" + "".join(map(chr, range(ord("ㄱ"), ord("ㅣ") + 1)))
"""Signs and lone letters (`ㅋㅋ`) around an answer."""
_PICTURES: Final = frozenset({"So", "Sk"})
"""Categories of emoji, hearts and stars, which people put around a name."""
MOST_WORDS: Final = 4
LONGEST_ANSWER: Final = 80
"""Characters; a name with its ending is shorter, and the endings' patterns take quadratic time."""
MOST_LAYERS: Final = 8
"""How many endings and lead-ins are taken off, one inside the other."""


def read_name(text: str) -> Reading:
    """Read the name to book under.

    Args:
        text: cleaned Korean words, or Latin ones within Korean words.

    Returns:
        The name as said, Latin names with capital initials; or UNREADABLE.
    """
    plain = "".join(" " if unicodedata.category(char) in _PICTURES else char for char in _QUOTED.sub("", text))
    sentences = _SENTENCE.split(" ".join(plain.split()), MOST_LAYERS)
    introduced = [sentence for sentence in sentences if _LEAD.search(sentence)]
    for sentence in (*introduced, *sentences):
        name = _name_in(sentence)
        if name:
            return Reading(values=(name,))
    return Reading(reason=reasons.UNREADABLE)


def _name_in(sentence: str) -> str:
    """The name that a sentence gives, or nothing. Endings and lead-ins come off until none is left."""
    words, ended = sentence, False
    for _ in range(MOST_LAYERS):
        bare = _RELATION.sub("", _without_office(_body(words)))
        if len(bare) > LONGEST_ANSWER or _REFUSED.search(bare) or _ONLY_ENDING.fullmatch(bare):
            return ""
        ends = _without_ending(bare, familiar=not ended)
        ended = ended or ends != bare
        shorter = _capitals(_last_if_whole(ends).strip(_AROUND))
        if shorter == words:
            break
        words = shorter
    if _STEM_END.search(words) and (" " in words or not _complete(words)):
        return ""
    if words != sentence and words.endswith(("로", "야")) and not _name_in(words):
        return ""  # `내일로예요`
    known = words in _NO_NAME or words in NOUNS or words in COMPANY or words in TITLES or _NAME.fullmatch(words) is None
    return "" if known or len(words.split()) > MOST_WORDS else words


def _without_office(words: str) -> str:
    """The words without an office in front of them; where no blank is between, a whole name must be left."""
    office = _OFFICE_AHEAD.match(words)
    if office is None or (office["glued"] is not None and not full_name(words[office.end() :])):
        return words
    return words[office.end() :]


def _last_if_whole(words: str) -> str:
    """The last word alone where it is a whole Korean name and a phrase stands before it: `이름 바꿔 주세요 김민지로요`."""
    parts = words.split()
    return parts[-1] if len(parts) > 2 and _complete(parts[-1]) else words


def _body(text: str) -> str:
    """The words after a lead-in and a correction, up to a comma or a number."""
    words = text.strip(_AROUND)
    for cue in re.finditer(r"말고|말구|아니고|아니구|아니라", words):
        if words[cue.end() :].strip(" .,요"):
            words = words[cue.end() :].strip(" ,")
            break
    for _ in range(3):
        lead = _LEAD.search(words)
        if lead and words[lead.end() :].strip(" .,"):
            words = words[lead.end() :]
        words = _FILLER.sub("", words)
    words = _LEAD_SELF.sub("", words)
    cut = _CUT.search(words, 1) if words else None
    return (words[: cut.start()] if cut else words).strip(_AROUND)


def _without_ending(words: str, *, familiar: bool) -> str:
    """Take one ending off; a title goes only after the endings.

    Under another ending `야` and `로` are part of the name, `프리야예요`, `파울로예요`; `으로` never is.
    """
    for pattern in _ENDINGS:
        found = pattern.search(words)
        if found is None or (pattern in (_FAMILIAR, _TOWARD) and not familiar and not found.groupdict().get("eu")):
            continue
        shorter = _kept(words, found)
        if shorter is not None and shorter.strip():
            return shorter
    return words


def _kept(words: str, ending: re.Match[str]) -> str | None:
    """What is left without the ending, or None where the ending's sound does not fit, so that it is part of the name.

    After a vowel the copula's `이` is dropped and `-로` stands without `으`; hence `이소이요` is 이소이 and `존이요` is 존.
    """
    stem = words[: ending.start()]
    groups = ending.groupdict()
    closed = has_final_consonant(stem.rstrip())
    if groups.get("i"):
        if closed is False and not _complete(stem):
            return stem + "이"
        return stem
    if ending.re is _TOWARD:
        bare = ending.group() == "로" and closed is False and not _complete(stem)
        if bare or (len(stem) < 2 and not groups.get("eu")):
            return None
        if groups.get("eu") and closed is False:
            return None
    if ending.re is _OFFICE and not groups.get("blank") and not _complete(stem):
        return None  # "김대리" is whom they call so
    if ending.re is _TITLE and len(stem) < 2 and not ending.group().startswith((" ", "씨")):
        return None
    if ending.re is _BE and len(stem) < 2 and not ending.group().startswith(("예", "에")):
        return None
    if ending.re in (_CASUAL, _SURELY) and not _complete(stem):
        return None
    if ending.re is _FAMILIAR and len(stem) < 2:
        return None
    return stem


def _complete(stem: str) -> bool:
    """Whether the syllables are a whole Korean name already: a surname and two syllables."""
    name = stem.strip().split(" ")[-1]
    if name.startswith(TWO_SYLLABLE_SURNAMES):
        return len(name) >= 3
    return len(name) >= 3 and name[0] in SURNAMES


def _capitals(words: str) -> str:
    return re.sub(r"(?<![A-Za-z'’])[a-z](?=[a-z])", lambda match: match.group().upper(), words)
