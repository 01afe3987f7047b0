"""What a message says of who comes, beside or instead of values: a child that stays away, an aunt who joins, twice as many.

Each function sees what was made of the message so far, and gives what stands for all of it, or None.
"""

from __future__ import annotations

import re

from assistant.composer.english_party import brought_along, doubled
from assistant.composer.numbers import SLOT_REF
from assistant.composer.pieces import adjust, doubted, set_to
from assistant.composer.seen import Operations, Seen, only_remarks
from assistant.types import Op, Operation
from nlu.folded import folded
from nlu.rules.absent import absent
from nlu.rules.booked import wants_booking
from nlu.rules.korean_company import stays_away
from nlu.types import Delta, Kind, Reading
from nlu.values import read_delta
from nlu.values.english_people import CHILDREN
from nlu.values.english_words import canonical
from nlu.values.korean_numerals import NATIVE, to_number
from nlu.values.korean_people import CHILDREN as KOREAN_CHILDREN

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
KOREAN_KIDS = "|".join(sorted(KOREAN_CHILDREN, key=len, reverse=True))
OF_THEM = re.compile(
    r"(?:\W|\b(?:oh|and|but|btw|also|by the way|actually)\b)*(?P<number>\d|one|two|three|four|five|six) of (?:them|us|those)"
    rf" (?:are|r|is|will be) (?:(?:an?|just|only|actually|still|little|small) )*{CHILDREN}\W*(?:btw|by the way)?\W*"
    rf"|(?:\W|(?:아|참|그리고|근데)\s)*(?:(?:그\s?중|(?:\d|{NATIVE}|둘|셋|넷|다섯)\s?(?:명|분)?\s?중)(?:에|에서)?\s?)?(?P<korean>\d|{NATIVE}|하나|둘|셋|넷|다섯)\s?(?:명|분)?(?:은|는|이|가)\s?"
    rf"(?:{KOREAN_KIDS})(?:들)?(?:이에요|예요|입니다|이요|요|임|야|이야|래요|이래요)?"
    r"[\W\sㅎㅋ]*"
    rf"|(?:\W|(?:아|참|그리고|근데)\s)*그\s?중(?:에|에서)?\s?(?:{KOREAN_KIDS})(?:들)?(?:이|가|은|는)?\s?(?P<of_them>\d|{NATIVE}|하나|둘|셋|넷|다섯)"
    r"\s?(?:명|분)?(?:이에요|예요|입니다|이요|요|임|야|이야|래요|이래요|있어요)?[\W\sㅎㅋ]*"
)
"""A message that only says how many of the party are children."""
TAKES_BACK = re.compile(
    r"\W*(?:(?:oh|ok|okay|wait|sorry|no|actually)\W+)*(?:cancel|undo|scratch|forget|ignore) that"
    r"[\s,.:;–—-]+[^?]*\b(?:after all|again|back in)\b"
    r"|\W*(?:(?:아|앗|어)\W+)*(?:그거|방금\s?거|그건)\s?(?:취소|없던|되돌)[^?]*(?:온대|오신대|간대|가신대|올\s?수\s?있|온다네|오기로)"
)
"""What was just changed is taken back, since somebody comes or does not after all."""
LAST_WEEK = re.compile(r"\b(?:last (?:year|month|week|weekend|time|night|\w+day)|yesterday|the other day)\b")
"""When a story happened, and nobody comes: "last Sunday we queued at another place"."""
SUPPOSED = re.compile(
    r"\b(?:if|might|may|maybe|perhaps|could|unless|in case|not sure|wonder|joking|kidding|cancel\w*)\b|취소|농담|[빼뺄]"
    r"|\b(?:last (?:year|month|week|weekend|time|\w+day)|used to|back then)\b"
    r"|\bbail(?:ed|s|ing)? on (?!us\b|me\b|dinner|lunch|it\b|this\b|the (?:dinner|lunch|table|booking))"
    r"|\b(?:to|at|for|of) (?:my|his|her|our|their|the) (?:graduation|wedding|concert|recital|game|match|play|exam|project|meeting"
    r"|funeral|race|trip|show)\b"
    r"|(?:졸업식|결혼식|입학식|돌잔치|발표회|학예회|운동회|공연|경기|시합|면접|장례식|제사|여행)(?:은|는|에|에는|엔|도)\s"
    r"|작년|재작년|지난\s?(?:번|달|해|주)|저번|예전"
    r"|(?:면|[을갈올할일]지도|수도|을지|는지|까요?)(?=[\s.!]|$)"
)
"""Words of what may be so and is not yet, or was so at another time."""


def fewer(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """A remark that a child of the held party, or none of its children, comes; it need not sound like a request."""
    if not only_remarks(operations) or seen.scene.message.text.rstrip().endswith("?"):
        return None
    for spec in seen.scene.domain.slots:
        delta = read_delta(seen.scene.message.text, spec.kind) if spec.kind is Kind.COUNT else None
        parts = seen.scene.conversation.slot(spec.name).parts
        gone = (delta.without, *delta.parts) if delta is not None and delta.sign < 0 else ()
        if delta is not None and any(int(parts.get(part, "0")) > 0 for part in gone):
            return (doubted(adjust(spec, delta, None), seen.scene),)
    return None


def absent_by_name(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """Guests called by their names who do not come, none of them whom the booking is for: "Minjae can't come" is one fewer."""
    scene, names = seen.scene, absent(seen.scene.message.text)
    spec, name = scene.first(Kind.COUNT), scene.first(Kind.NAME)
    held = scene.conversation.value(spec.name) if spec is not None else None
    if spec is None or name is None or held is None or not 0 < len(names) < int(held):
        return None
    booked_by = (scene.conversation.value(name.name) or "").casefold()
    if any(one.op not in (Op.CHITCHAT, Op.UNKNOWN, Op.DENY) and one.slots != (name.name,) for one in operations):
        return None
    if any(one.casefold() in booked_by for one in names):
        return None
    return (doubted(adjust(spec, Delta("people", len(names), -1), None), scene),)


def away(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """A remark that so many of the held party do not come: `두 분이 불참하시게 되었습니다`."""
    spec, words = seen.scene.first(Kind.COUNT), seen.scene.message.text
    held = seen.scene.conversation.value(spec.name) if spec is not None else None
    if spec is None or held is None or not only_remarks(operations) or not stays_away(words):
        return None
    delta = read_delta(words, spec.kind)
    if delta is None or delta.sign >= 0 or delta.amount >= int(held):
        return None
    return (doubted(adjust(spec, delta, None), seen.scene),)


def more(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """A remark about whom the guest brings along."""
    if not only_remarks(operations) or LAST_WEEK.search(folded(seen.scene.message.text)):
        return None
    brought = brought_along(seen.scene)
    return (doubted(adjust(*brought, None), seen.scene),) if brought is not None else None


def company_changed(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """A sentence beside values, in which nothing was seen, that tells who comes on top or stays away: "my aunt is joining us"."""
    scene, text = seen.scene, seen.scene.message.text
    spec = scene.first(Kind.COUNT)
    held = scene.conversation.value(spec.name) if spec is not None else None
    if spec is None or held is None or any(spec.name in one.slots for one in operations):
        return None
    if any(one.op not in (Op.CHITCHAT, Op.UNKNOWN, Op.SET, Op.CLEAR) or one.everything for one in operations):
        return None
    if any(
        one.op is Op.CLEAR and {*scene.named(Kind.DATE), *scene.named(Kind.TIME)} & {*one.slots} for one in operations
    ):
        return None  # "my wife has to work on Saturday, that day won't do": she is the reason, and comes
    children = int(scene.conversation.slot(spec.name).parts.get("children", "0"))
    for sentence in SENTENCE.finditer(text):
        wishes = (span for span in seen.tagging.spans if span.label != SLOT_REF)
        seen_in_it = any(span.start < sentence.end() and sentence.start() < span.end for span in wishes)
        if seen_in_it or "?" in sentence[0] or SUPPOSED.search(folded(sentence[0])) or wants_booking(sentence[0]):
            continue
        delta = read_delta(sentence[0].strip(), spec.kind)
        fewer = delta is not None and delta.sign < 0
        none_of_them = delta is not None and delta.without == "children" and children > 0
        if delta is None or not (delta.amount or none_of_them) or (fewer and delta.amount >= int(held)):
            continue
        if any(one.op is Op.CLEAR for one in operations) and not (delta.parts or none_of_them):
            continue  # "day, hour, place: throw all three out" counts nobody
        if not (fewer and delta.parts.get("children", 0) > children):
            rest = (one for one in operations if one.op in (Op.SET, Op.CLEAR))
            return (*rest, doubted(adjust(spec, delta, None), scene))
    return None


def who_they_are(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """How many of the held party are children, where that is all: "two of them are kids", `그중 둘은 아이예요`."""
    spec, found = seen.scene.first(Kind.COUNT), OF_THEM.fullmatch(folded(seen.scene.message.text))
    held = seen.scene.conversation.value(spec.name) if spec is not None else None
    if spec is None or found is None or held is None:
        return None
    korean = found["korean"] or found["of_them"]
    children = to_number(korean) if korean else int(canonical(found["number"]))
    if not children or children > int(held):
        return None
    parts = {"adults": str(int(held) - children), "children": str(children)}
    return (doubted(set_to(spec, Reading((held,), parts=parts), None), seen.scene),)


def back_in(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """The last change of the party taken back, and why: "cancel that, he's coming after all" adds nobody on top."""
    spec = seen.scene.first(Kind.COUNT)
    if spec is None or seen.scene.conversation.mentioned != (spec.name,):
        return None
    if not TAKES_BACK.match(folded(seen.scene.message.text)) or any(one.op is Op.SET for one in operations):
        return None
    return (doubted(Operation(Op.UNDO), seen.scene),)


def twice_as_many(operations: Operations, seen: Seen) -> tuple[Operation, ...] | None:
    """A held party that is to be doubled."""
    grown = doubled(seen.scene) if not any(one.op in (Op.SET, Op.ASK) for one in operations) else None
    return (doubted(adjust(*grown, None), seen.scene),) if grown is not None else None
