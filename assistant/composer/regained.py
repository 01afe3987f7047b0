"""A value that was there before and is wanted again: "no wait, 6 was right", "leave the time as it was", "same place as before".

Looks into the history of the draft and at the booking that is being changed. Does not know how a value is put back
(`assistant.state`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.composer.heard import Heard
from assistant.composer.numbers import NUMBER, SLOT_REF, WEEKDAY_ALONE, names_held
from assistant.composer.pieces import SURE
from assistant.composer.refs import named_slots
from assistant.domain import SlotSpec
from assistant.types import NewValue, Op, Operation, Pending, Phase, Scope
from nlu.folded import folded
from nlu.types import Kind, Role, Span

_RIGHT = (
    r"(?:the )?(?:right|rigth|rihgt|ritght|wright|correct|corect|corrct|better|beter|fine|ok|okay|good|best|perfect)"
    r"(?: (?:one|number|day|date|time|name|place))?"
)
WAS_RIGHT = re.compile(
    rf"\W? ?(?:(?:people|of us|guests|pm|am|o'clock) )?(?:was|were|had been)"
    rf"(?: (?:actually|just|all|perfectly|still|in fact|really|probably|much|totally|quite))* {_RIGHT}\b"
    r"(?!,? (?:for|but|until|if|with)\b)"
)
"""Right behind a value: it was good as it was."""
PREFERRED = re.compile(
    r"\b(?:i|we|he|she|they|everyone)(?:'d)?(?: (?:really|actually|all|still|much|always|kind of))*"
    r" (?:prefer(?:red)?|liked|(?:was|were) (?:happier|better off|happy) with)(?: the| having| being)?(?: first)? $"
)
"""Right in front of a value that was better."""
FORMER = re.compile(
    r"\b(?:the|our|my) (?:earlier|previous|old|first|original|former|initial) (?P<what>[a-z]+(?: size| number)?)"
    r" (?:was|were|is|suit(?:s|ed)|work(?:s|ed)|fit(?:s|ted)?|looked|seemed)\b[^.!?]{0,20}\b(?:better|fine|right|best"
    r"|ok|okay|good|perfect)\b"
)
"""Words for what a slot held before, which was better."""
WHAT_WAS = re.compile(
    r"\bback to (?:what|how|as|the way|where) (?:i|we|it|that|they) (?:had|was|were|said|wanted|asked)\b"
)
"""Words that bring back what was there before, where nothing was undone."""
PUT_BACK = re.compile(
    r"\b(?:change|turn|switch)\b[^.!?]{0,24}\bback\b|\b(?:was|were) (?:right|correct|fine|better) before\b"
)
"""Words that bring back what was changed, where nothing was undone."""
DENIES = re.compile(r"\b(?:not|never|if|whether|sure|doubt|neither|nor)\b|n't\b")
CLAUSE_END = re.compile(r"[,.!?;\n]|\b(?:but|and|nvm)\b")
SENTENCE = re.compile(r"[^.!?\n]*")
AS_IT_WAS = re.compile(
    r"\s*(?:back )?(?:to )?(?:just |exactly )?(?:as|where|how|like|what|the way) (?:it|they|that|this)(?: was| were"
    r"|'d been| had been)\b"
    r"|\s*stays? as (?:it|they) (?:was|were)\b|\s*(?:can |should |may |must )?(?:stay|remain) (?:as|how|like|where"
    r"|the way) (?:it|they) (?:was|were)\b"
)
"""Behind words for a slot: what it held before."""
DAY_OF_MONTH = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th|일)")
KEEPS_AHEAD = re.compile(
    r"\b(?:keep|leave it (?:on|at|for)|stay(?:ing)? (?:on|with)|stick(?:ing)? (?:to|with)|back to)(?: it)?(?: on)? $"
)
KEPT_BEHIND = re.compile(r"(?:으?로|은|는)?\s?(?:그냥\s|그대로\s)?(?:둘게|둘께|두[세자죠]|놔|유지|그대로)")
"""Around a day that stays."""
SAME = re.compile(
    r"\bsame (?P<what>place|restaurant|venue|spot|location|time|hour|table|seats?|(?:number of|how many) (?:people|guests)"
    r"|(?:head|(?:people|ppl|guest|person) ?)count"
    r"|party(?: size)?|people|name|phone(?: number)?)\b"
)
"""What is to be as in an earlier booking; "at the same time" is none."""
SAME_KOREAN = re.compile(
    r"(?:아까|저번|지난번|전에|방금|취소한|예약했던|원래)\s?(?:에\s?)?(?:그|갔던|예약한|예약했던|말한|했던)?\s?"
    r"(?P<what>식당|가게|음식점|레스토랑|시간|인원|이름)(?:으로|로|에|에서|이랑|하고)(?=\s|$)"
)
"""The same in Korean: `아까 그 식당으로`."""
AT_ONCE = re.compile(r"\b(?:at|all) the $")
"""Words that make "same time" mean together, where nothing is compared."""


def with_regained(spans: Sequence[Span], scene: Heard) -> tuple[Span, ...]:
    """The spans; a value that was held before and was right, the message says, is of the slot that held it.

    Args:
        spans: in the order of the words.
        scene: the message and the history.
    """
    return tuple(_regained(span, scene) for span in spans)


def _regained(span: Span, scene: Heard) -> Span:
    text = scene.message.text
    plain = folded(text)
    praised = WAS_RIGHT.match(plain, span.end) or PREFERRED.search(plain[: span.start])
    if span.label == SLOT_REF or not praised:
        return span
    clause = CLAUSE_END.split(plain[: span.start])[-1]
    rest = SENTENCE.match(text, span.end)
    asks = rest is not None and text[rest.end() : rest.end() + 1] == "?"
    if DENIES.search(clause) or asks:
        return span
    slots = [
        spec for spec in scene.domain.slots if span.label in (NUMBER, spec.name) and _held_before(span, spec, scene)
    ]
    if len(slots) != 1:
        return span
    return replace(span, label=slots[0].name, role=Role.VALUE, confidence=max(span.confidence, SURE))


def kept_day(span: Span, scene: Heard) -> str | None:
    """The day, ISO, that a kept day of the month is, or was before it was moved: "forget it, keep [the 11th]" of 11 September.

    Args:
        span: of a date.
        scene: the message and the history.
    """
    text, day = scene.message.text, DAY_OF_MONTH.fullmatch(folded(span.text))
    stays = KEEPS_AHEAD.search(folded(text[: span.start])) or KEPT_BEHIND.match(text, span.end)
    held, spec = scene.conversation.value(span.label), scene.spec(span.label)
    if stays and held and spec and WEEKDAY_ALONE.fullmatch(folded(span.text)):
        return held if names_held(span.text, spec, scene) else None
    if day is None or stays is None:
        return None
    past = (one.slots[span.label].value for one in reversed(scene.conversation.past) if span.label in one.slots)
    days = (scene.conversation.value(span.label), *past)
    return next((value for value in days if value and value.endswith(f"-{int(day[1]):02d}")), None)


def _held_before(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    """Whether the slot held what the words say, and does not hold it now."""
    snapshots = (*scene.conversation.past, *scene.conversation.future)  # of what was undone too
    earlier = {snapshot.slots[spec.name].value for snapshot in snapshots if spec.name in snapshot.slots}
    if spec.kind is Kind.NAME:
        exact = scene.read(span.text, spec).exact
        return exact in earlier and exact is not None and exact != scene.conversation.value(spec.name)
    return not names_held(span.text, spec, scene) and bool(earlier & set(scene.read(span.text, spec).values))


def former_slots(scene: Heard) -> tuple[str, ...]:
    """The slots of which the message praises what they held before: "the earlier time suited us better"."""
    found = FORMER.search(folded(scene.message.text))
    names = named_slots(found["what"], scene.domain) if found and "?" not in scene.message.text else ()
    past = scene.conversation.past
    return tuple(
        name
        for name in names
        if any(one.slots[name].value not in (None, scene.conversation.value(name)) for one in past if name in one.slots)
    )


def means_undo(scene: Heard) -> bool:
    """Whether words that bring something back bring back what was there before, since nothing was undone."""
    text = folded(scene.message.text)
    return not scene.conversation.future and bool(WHAT_WAS.search(text) or PUT_BACK.search(text))


def as_it_was(span: Span, names: Sequence[str], scene: Heard) -> Operation | None:
    """What puts the slots back that are to stay "as they were": the whole change ends, or these take the booking's values again.

    Args:
        span: words that name the slots.
        names: the slots.
        scene: the message, the history and the booking.
    """
    here = scene.conversation
    if span.role not in (Role.KEEP, Role.RESTORE, Role.COPY) or not AS_IT_WAS.match(
        folded(scene.message.text), span.end
    ):
        return None
    if here.pending is not Pending.MODIFY or not here.booked:
        changed = (one.slots[name].value for one in here.past for name in names if name in one.slots)
        return (
            Operation(Op.UNDO, tuple(names))
            if any(value != here.value(names[0]) for value in changed if value)
            else None
        )
    other = {spec.name for spec in scene.domain.slots if here.value(spec.name) != _booked(spec.name, scene)}
    if not other & set(names):
        return None
    if other <= set(names):
        return Operation(Op.CANCEL, scope=Scope.CHANGE)
    name = next(name for name in names if name in other)
    value = _booked(name, scene)
    return Operation(Op.SET, (name,), value=NewValue((value,))) if value else Operation(Op.CLEAR, (name,))


def _booked(name: str, scene: Heard) -> str | None:
    slot = scene.conversation.booked.get(name)
    return slot.value if slot else None


def same_again(spans: Iterable[Span], begins: bool, scene: Heard) -> tuple[str, ...]:
    """The slots that are to be as in the earlier booking, and that the new draft does not hold: "same place same time".

    Args:
        spans: what the tagger marked to be copied is left out.
        begins: whether the message begins a new draft.
        scene: the message and the earlier booking.
    """
    here, text = scene.conversation, folded(scene.message.text)
    if not here.booked or (here.phase is Phase.BOOKED and not begins):
        return ()
    marked = [span for span in spans if span.role is Role.COPY]
    found: list[str] = []
    for match in (*SAME.finditer(text), *SAME_KOREAN.finditer(text)):
        taken = any(span.start < match.end() and match.start() < span.end for span in marked)
        if taken or (AT_ONCE.search(text[: match.start()]) and "as " not in text[match.end() :]):
            continue
        found += named_slots(match["what"], scene.domain)
    new = begins or here.phase is Phase.IDLE
    return tuple(name for name in dict.fromkeys(found) if new or not here.slot(name).holds)
