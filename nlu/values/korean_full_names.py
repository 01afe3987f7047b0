"""Whole Korean names, a family name and a given one, as they stand alone in a telegram: `정우성`, `남궁민`.

Knows family names, the syllables of given ones, and nouns that look like both; does not know who anybody is.
"""

from __future__ import annotations

from typing import Final

from nlu.values.korean_titles import TITLES
from nlu.values.text import listed

SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마"
    "길연위표명기반왕금옥육인맹제모탁국어은편용"
)
ROMANISED: Final = frozenset(
    listed(
        "kim lee yi park choi jung jeong kang cho jo yoon yun jang lim im han oh seo suh shin sin kwon hwang ahn an song ryu "
        "yoo yu hong jeon jun ko goh moon yang son bae baek heo hur nam shim sim no noh roh ha kwak gwak sung seong cha joo ju "
        "woo ku koo min na jin ji eom um chae won bang cheon gong hyun ham byun yeom yeo chu do so seok sun ma gil yeon wi pyo "
        "myung ki ban wang ok yook in maeng je mo tak kook eo"
    )
)
"""Family names in Latin letters, as people write them."""
TWO_SYLLABLE_SURNAMES: Final = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방")
_GIVEN: Final = frozenset(
    "가강건검겸경고관광교구국권규균근금기길나남늘다단담대덕도동라란람랑래련령로린림명무문미민범별병보복봄봉비빈빛상새샘서석선설섭성세소솔솜송"
    "수숙순슬승시식신아안애양언엽영연예옥완용우욱운웅원월유윤율은음의이인일임자재정제조종주준중지진찬창채천철춘태택필하학한해향혁현협형혜호홍화"
    "환효훈휘희혼나온리오름누여울든사롬루득겨양"
)
"""Syllables of given names."""
NOUNS: Final = frozenset({
    "한정식", "한식집", "고기집", "한옥집", "소고기", "양고기", "김치찜", "김치전", "양념장", "간장", "조용한", "최대한",
    "가능한", "이용자", "이인용", "유아용", "성인용", "성인석", "유아석", "고정석", "원형석", "안내문", "이번주", "정말로",
    "오전중", "오후중", "주차장", "주차권", "전화기", "인원수", "방문자", "주문서", "지하철", "추가석", "이태원", "성수동",
    "한남동", "연남동", "안국동", "서초동", "신사동", "제주도", "강원도", "한강진", "이동식", "채식인", "우선은", "이제는",
    "한국인", "고기전", "여자애", "남자애", "우리애", "신용", "현금", "정도", "조금", "일정", "성인", "유아", "노인", "전원",
    "인원", "주일", "한시에", "한우전", "공지", "장소", "주소", "시간", "이상", "이하", "이후", "이전", "정식", "한식",
    "양식", "일식", "중식", "주말", "오늘은", "이중에", "고민중", "이동중", "지금은", "우천시", "차이나", "이모네",
})  # fmt: skip
"""Words that look like a name, and are none."""
_PARTICLES: Final = tuple("은는이가을를도만로")
"""What may stand behind a noun: `인원은`."""


def full_name(word: str) -> bool:
    """Whether a word is a family name and a given name that people have, and no noun that looks so.

    Args:
        word: one word without its ending; `정우성` is a name, `고기집` and `이태원` are none.
    """
    noun = word[:-1] if word.endswith(_PARTICLES) else word
    if not word or {word, noun} & NOUNS or word in TITLES:
        return False
    if word.startswith(TWO_SYLLABLE_SURNAMES):
        return 3 <= len(word) <= 4 and set(word[2:]) <= _GIVEN
    return word[0] in SURNAMES and len(word) == 3 and set(word[1:]) <= _GIVEN
