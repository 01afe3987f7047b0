"""What a message says of the name as a whole: that it is none of theirs, or whose it is in so many words.

Each function sees what was made of the message so far, and gives what stands for all of it, or None.
"""

from __future__ import annotations

import re

from assistant.composer.heard import OTHER_WORDS
from assistant.composer.pieces import doubted, set_to, whole
from assistant.composer.seen import REMARKS, Operations, Seen
from assistant.types import Op, Operation
from nlu.folded import folded
from nlu.rules.assent import may_assent, may_deny
from nlu.rules.negation import never_said, not_known, not_under_it, unfit
from nlu.types import Kind, Reading, Role, Span
from nlu.values.english_words import is_english
from nlu.values.korean_foreign_names import foreign_name
from nlu.values.korean_full_names import ROMANISED, full_name

CALLED = re.compile(
    r"(?:(?:아|음|네|넵|그리고|그럼|참)[\s,]+)*(?:예약\s?)?(?:이름|네임|성함|예약자(?:명|\s?이름)?)(?:은|는|이)?\s"
    r"(?!비밀|나중|미정|아직|다음|필요|없|상관|그대로|아까|똑같|동일|같|모르|안\s|뭐|누구)(?P<name>[가-힣]{1,6}?)"
    r"(?:이에요|예요|에요|입니다|이요|요|이라고\s?해요|라고\s?해요|\s?맞아요|\s?맞습니다|\s?맞음)[\s.!~ㅎㅋ^]*"
)
"""A message that says whose name it is."""
CALLED_ANEW = re.compile(
    r"[^.!?]{0,12}(?:이름|성함)[가-힣]{0,2}\s[^!?]{0,10}?(?:잘못|틀|다르|아니)[가-힣]{0,4}\s?[가-힣]{0,8}"
    r"(?:[\s.,!]+(?:저는|저|전|제\s이름은|저희는)\s|[.!]\s)"
    r"(?P<name>[가-힣]{2,6}?)(?:이에요|예요|에요|입니다|이라고\s?해요|라고\s?해요|이라구요|라구요|라고요)[\s.!~ㅎㅋㅠㅜ]*"
)
"""A message that says whose name it is, since another one was understood."""
RATHER = re.compile(
    r"(?<![가-힣])(?P<old>[가-힣]{2,8}?(?:\s[가-힣]{2,8}?)?)(?:이|가)?\s?(?:아니고요?|아니라|말고요?)[\s,]+(?P<name>[가-힣]{2,8}?(?:\s[가-힣]{2,8}?)?)"
    r"(?:이에요|예요|에요|입니다|이요|요|(?:으)?로\s?[가-힣\s]+)[\s.!~ㅎㅋㅠㅜ]*$"
)
"""The held name, and who it is instead: `잉그리드 아니고 잉에보르그예요`."""
FROM_TO = re.compile(
    r"(?:(?:아|앗|저|죄송한데|죄송해요|혹시)[\s,]+)*(?:예약\s?)?(?:이름|성함|예약자(?:명)?)(?:을|를|은|만)?\s[가-힣A-Za-z]{1,8}(?:\s[가-힣A-Za-z]{1,8})?에서\s"
    r"(?P<name>[가-힣A-Za-z]{1,8}(?:\s[가-힣A-Za-z]{1,8})?)(?:으로|로)\s?(?:좀\s)?(?:바꿔|바꾸|변경|고쳐|수정|정정)[가-힣\s]*[\s.!~?ㅎㅋ]*"
)
"""A message that changes one name into another: `이름을 안나에서 한나로 바꿔 주세요`."""
FOREIGN = re.compile(
    r"(?!(?:제|저희|내|우리|예약자|이름|성함)\s)[가-힣]{2,6}\s[가-힣]{2,6}?(?:이에요|예요|입니다|이요|요)[\s.!~]*"
)
"""Two words with a copula: first and last name, `이자벨 로랑이에요`."""
FOREIGN_WISH = re.compile(
    r"(?!(?:제|저희|내|우리|예약자|이름|성함|다른|그냥)\s)[가-힣]{1,5}(?![은는을를엔])[가-힣]\s(?!이름|성함|명의|예약|자리|시간|번호)(?P<last>[가-힣]{2,6}?)(?<!라는)"
    r"(?:이?라고|(?:\s(?:이름|명의|성함))?(?:으)?로)\s?(?:예약\s?|등록\s?)?(?:해|하[래라자죠]|할게|적어|남겨|부탁|올려|넣어)[가-힣\s]{0,8}[\s.!~]*"
)
"""The same in a wish, of which the tagger must have seen a piece: `카를로스 멘데스라고 해 주세요`."""
SAID_TWICE = re.compile(
    r"(?P<name>[가-힣]{2,6})(?:이?요|이?에요|예요)[\s,.]+(?:그냥\s)?(?P=name)(?:이?요|이?에요|예요)?[\s.!~]*"
)
"""A name and the same name: `켄지요 그냥 켄지`."""
ASKED_WISH = re.compile(
    r"(?:(?:그냥|그럼|일단|저는|음)\s)*(?!그걸|이걸|그거|아까|방금|다른)(?P<name>[가-힣]{2,7}?)(?:으)?로\s?(?:예약\s?|등록\s?)?(?:해|적어|올려|넣어|부탁)\s?"
    r"(?:주세요|주세여|주십시오|줘요?|드려요|드립니다)(?:[\s,.!~]+[^?]{2,40})?"
)
"""What the name is to be, and a remark."""
ALONE = re.compile(
    r"(?:(?:아|음|네|그럼|그냥|일단)[\s,]+)?(?!그[거걸것게쪽분냥대렇]|거기|여기|이[거걸것쪽]|저[거걸것쪽]|아까|방금)[가-힣]{2,6}"
    r"(?:(?:이?요|이?에요|예요|입니다)?|이?라[고구꼬]\s?(?:해|적어|불러|올려|써)[가-힣\s]{1,6}|으?로(?:요|\s?(?:예약\s?|등록\s?)?(?:해|부탁|올려|넣어|적어)[가-힣\s]{0,6}))[\s.!~ㅎㅋ^]*"
    r"|(?=[^aeiouy]*[aeiouy])[^\W\d_]{2,}(?: [^\W\d_]{2,})?[\s.!]*",
    re.IGNORECASE,
)
"""A message of a word or two that may be a name, and no more."""


def name_denied(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """A guest who never said the held name, or books under none of theirs, takes it back: `존이라고 한 적 없는데요`."""
    scene = seen.scene
    spec = scene.first(Kind.NAME)
    held = scene.conversation.value(spec.name) if spec is not None else None
    if spec is None or held is None:
        return None
    text = scene.message.text
    if not (never_said(text, held) or not_under_it(text) or unfit(text, held) or not_known(text, held)):
        return None
    about = [one for one in operations if spec.name in one.slots]
    if any(one.op in (Op.SET, Op.CLEAR) and one.value and one.value.candidates != (held,) for one in about):
        return None
    others = (one for one in operations if one.op in (Op.SET, Op.ADJUST) and one not in about)
    return (*others, Operation(Op.CLEAR, (spec.name,), quote=whole(scene)))


def _answers_name(seen: Seen, name: str) -> bool:
    """Whether the name was asked, and nothing but remarks was seen in the answer."""
    return seen.scene.conversation.asked == name and not any(_is_value(one, seen) for one in seen.spans)


def _is_value(span: Span, seen: Seen) -> bool:
    """Whether a span is a value of its slot, or names one: of `[전이레]입니다`, a day to the tagger, it is none."""
    spec = seen.scene.spec(span.label)
    return spec is None or not seen.scene.read(span.text, spec).reason


def name_told(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """A Korean name that a message gives in so many words and nothing else, whatever it was taken for: `예약 네임은 닉이에요`."""
    spec, text = seen.scene.first(Kind.NAME), seen.scene.message.text
    if spec is None or "?" in text:
        return None
    first = CALLED.fullmatch(text) if not seen.scene.conversation.slot(spec.name).holds else None
    other = RATHER.search(text)
    if other is not None and not other["old"].endswith(seen.scene.conversation.value(spec.name) or other["old"] + "?"):
        other = None
    twice = SAID_TWICE.fullmatch(text.strip())
    wish = ASKED_WISH.fullmatch(text.strip()) if _answers_name(seen, spec.name) else None
    named = twice or wish
    if named and seen.scene.reads_otherwise(named["name"], spec):
        named = None
    found = first or named or CALLED_ANEW.fullmatch(text) or FROM_TO.fullmatch(text) or other
    unread = [one for one in operations if one.value is not None and one.value.reason]
    taken_for = {*REMARKS, Op.ASK, Op.DONT_CARE, *((Op.AFFIRM, Op.DENY) if other is not None else ())}
    if found is None or any(one.op not in taken_for and one not in unread for one in operations):
        return None
    reading = seen.scene.read(found["name"], spec)
    return (doubted(set_to(spec, reading, None), seen.scene),) if reading.exact else None


def name_alone(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """The answer to "what name?" that the tagger takes for a yes, a no, or nothing at all: `노아`, `비둘기로 해 주세요`.

    It is none where a word of it can say yes or no, is one of the language, points at something, or is another slot's value.
    """
    scene, words = seen.scene, seen.scene.message.text.strip()
    asked = scene.spec(scene.conversation.asked or "")
    if asked is None or asked.kind is not Kind.NAME or "?" in words:
        return None
    first, _, last = words.strip(" .!").partition(" ")
    full = first.istitle() and last.istitle() and first.casefold() in ROMANISED
    full = full and not (first.casefold() in {*OTHER_WORDS, "ok", "do"} and is_english(last.casefold()))  # "No Thanks"
    if full and all(one.op in (*REMARKS, Op.MODIFY, Op.AFFIRM) for one in operations):
        return (doubted(set_to(asked, Reading((words.strip(" .!"),)), None), scene),)  # "Im Chan"
    wish = FOREIGN_WISH.fullmatch(words)
    piece = wish and not full_name(wish["last"]) and any(one.label == asked.name for one in seen.tagging.spans)
    bare = words.strip(" .!~")
    said_so = piece or FOREIGN.fullmatch(words) or (" " in bare and foreign_name(bare))
    if said_so and all(_says_little(one, asked.name) for one in operations):
        whole_name = scene.read(words, asked)
        return (doubted(set_to(asked, whole_name, None), scene),) if whole_name.exact else None
    taken_for = {one.op for one in operations}
    unread = all(one.role is Role.VALUE and not _is_value(one, seen) for one in seen.spans)
    if not unread or any(one.topic for one in operations):
        return None
    if len(taken_for) > 1 or not taken_for <= {Op.AFFIRM, Op.DENY, Op.UNKNOWN}:
        return None
    if not ALONE.fullmatch(words) or may_deny(words) or (Op.AFFIRM in taken_for and may_assent(words)):
        return None
    if all(is_english(word) for word in folded(words).split()):
        return None
    reading = scene.read(words, asked)
    if not reading.exact or scene.reads_otherwise(words, asked):
        return None
    return (doubted(set_to(asked, reading, None), scene),)


def _says_little(one: Operation, name: str) -> bool:
    """Whether an operation is a remark, a piece of a name, or a value that is none: the tagger cut foreign names to pieces."""
    return one.op in (Op.UNKNOWN, Op.CHITCHAT) or (
        one.op is Op.SET and one.value is not None and (one.slots == (name,) or bool(one.value.reason))
    )
