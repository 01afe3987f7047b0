"""What a message takes out by its words alone, where it is one plain wish: `룸은 그냥 빼죠`, `이름은 공란으로`.

A tagger that has not met an ending may take such a wish for a question or for a name, and what a guest cancels a booking for
for what is cancelled. Knows what is held; `korean_removal` and `korean_cancelling` in `nlu.rules` read the words themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.composer.heard import Heard
from assistant.composer.numbers import names_held
from assistant.composer.pieces import SURE
from assistant.composer.refs import named_slots
from assistant.domain import SlotSpec
from assistant.types import Op, Operation, Phase
from nlu.folded import folded
from nlu.rules.korean_cancelling import reason_to_cancel
from nlu.rules.korean_removal import removed_list, removed_object
from nlu.rules.korean_unnamed import own_name_given_up
from nlu.types import Kind, Span, Tagging
from nlu.values.korean_numerals import NATIVE

SHOWN_BY_VALUE = (Kind.DATE, Kind.TIME, Kind.CHOICE)
"""Kinds whose held value names its slot; of people `네 명 빼 주세요` takes out as many."""
AROUND = re.compile(
    r"(?:이|그|저)?\s?(?:두|세|네|다섯|\d)\s?(?:개|가지|군데|칸)(?:\s?(?:다|모두|전부))?|[이랑하고와과및의은는을를도만]|^(?:제|내|그|저희|예약|방금|아까|지금)\s?"
)
"""What may stand around the names of slots: particles, and whose they are."""
OBJECT = re.compile(r"[을를은는도만]")
"""Particles that make what stands before them the object, or the topic, of what is cancelled."""

NUMERAL = re.compile(rf"\d|(?:{NATIVE}|둘|셋|넷|몇|일행|전부|모두|반)(?=$|[^가-힣]|명|분|사람|이|은|는|만|도|다)")
"""A number of people; who is only named with the reason (`애가 아파서`) is not counted."""


NO_MORE_OF = re.compile(
    r"(?:\W|(?:ok|okay|and|so|please|sorry|oh|actually|hi|hello|well|um|hmm)\b)*"
    r"(?:no|without|skip|leave out|(?:do|would) you mind if (?:we|i) (?:skip(?:ped)?|le(?:ave|ft) out|drop(?:ped)?"
    r"|didn'?t (?:give|leave|use))"
    r"|is it (?:ok|okay|fine|all right|alright) (?:to (?:skip|leave out)|if (?:we|i) (?:skip|leave out|drop)))"
    r" (?:(?:the|a|any|my|our) )?(?P<what>[a-z ]{3,24}?)(?: (?:please|thanks|thank you|then|this time|for now|needed"
    r"|at all))*[\s.!?]*"
)
"""A message that wants nothing but to do without what it names."""


OUT_OF_BOOKING = re.compile(r"예약에서\s?[가-힣]{1,6}(?:들)?(?:은|는|을|를|만|도)?\s?(?:빼|제외|빠지|빠져)")
"""Somebody who is taken out of a booking that stands."""
BOTH_OF_THEM = re.compile(
    r"(?<![가-힣])그\s?(?:둘|두\s?(?:개|가지)|셋|세\s?(?:개|가지)|것들)(?:은|는|을|를|만|다)?\s?(?:다\s|모두\s|그냥\s|좀\s)?(?:빼|지워|비워|삭제|없애)"
)
"""Those things just named, which are to go; no people."""
SENTENCE_END = re.compile(r"[.!?…]+\s")
WORD = re.compile(r"\S+")
PARTICLE = re.compile(r"(?:이랑|랑|도|은|는|이|가|을|를|하고|와|과)[.,!]?$")


def booking_cancelled(tagging: Tagging, scene: Heard) -> Tagging:
    """The tagging; of a guest who has booked and cancels for a reason the booking goes, not what the reason names.

    The assistant asks before it cancels one. `금요일은 출장이라 취소할게요` may still mean the day.

    Args:
        tagging: acts and spans of the message.
        scene: the message and the phase.
    """
    if OUT_OF_BOOKING.search(scene.message.text):
        return replace(tagging, acts={act: sure for act, sure in tagging.acts.items() if act != "cancel_booking"})
    understood = tagging.acts.keys() - {"chitchat", "unknown"} and not tagging.spans
    if scene.conversation.phase is not Phase.BOOKED or "ask" in tagging.acts or understood:
        return tagging
    end = reason_to_cancel(scene.message.text)
    if end is None or not all(span.end <= end and _is_of_the_reason(span, scene) for span in tagging.spans):
        return tagging
    sure = min((span.confidence for span in tagging.spans), default=SURE)
    return Tagging({"cancel_booking": sure}, ())


def _is_of_the_reason(span: Span, scene: Heard) -> bool:
    """Whether a span is no object, and no number of people, some of whom may be cancelled."""
    spec = scene.spec(span.label)
    counted = spec is not None and spec.kind is Kind.COUNT and NUMERAL.search(span.text) is not None
    return not (counted or OBJECT.match(scene.message.text, span.end))


def done_without(scene: Heard) -> Operation | None:
    """What becomes of a message that only wants to do without something, "no name please"; None where it names no slot.

    Args:
        scene: the message, what was asked and what is held.
    """
    found = NO_MORE_OF.fullmatch(folded(scene.message.text))
    if found is None:
        return None
    refs = {ref for spec in scene.domain.slots for own in spec.refs.values() for ref in own}
    names = named_slots(found["what"], scene.domain) if found["what"].strip() in refs else ()
    held = tuple(name for name in names if scene.conversation.slot(name).holds)
    if held:
        return Operation(Op.CLEAR, held)
    if names == (scene.conversation.asked,):
        return Operation(Op.SKIP, names)
    return Operation(Op.CHITCHAT, names) if names else None


def taken_out(scene: Heard) -> tuple[str, ...]:
    """The held slots that the message takes out, and nothing else; empty where it says anything more.

    Args:
        scene: the message and what is held.
    """
    if pair := BOTH_OF_THEM.search(scene.message.text):
        return _named_before(scene.message.text[: pair.start()], scene)
    last = SENTENCE_END.split(scene.message.text.rstrip(" .!?~"))[-1].strip()
    words = removed_object(scene.message.text) or removed_object(last)
    if words is None and own_name_given_up(scene.message.text):
        return scene.held(Kind.NAME)
    if words is None:
        listed = removed_list(scene.message.text)
        names = named_slots(listed, scene.domain) if listed else ()
        if not (listed and names and _only_names(listed, [spec for spec in scene.domain.slots if spec.name in names])):
            return ()
        return tuple(name for name in names if scene.conversation.slot(name).holds)
    slots = {spec.name: spec for spec in scene.domain.slots}
    names = named_slots(words, scene.domain)
    if names and _only_names(words, [slots[name] for name in names]):
        return tuple(name for name in names if scene.conversation.slot(name).holds)
    shown = (spec for spec in slots.values() if spec.kind in SHOWN_BY_VALUE)
    return tuple(spec.name for spec in shown if names_held(words, spec, scene))


def _named_before(words: str, scene: Heard) -> tuple[str, ...]:
    """The slots of which the words name what is held: `금요일도 4시도 안 된대요`."""
    said = [word for one in WORD.findall(words) for word in (one, PARTICLE.sub("", one))]
    shown = (spec for spec in scene.domain.slots if spec.kind in SHOWN_BY_VALUE)
    return tuple(spec.name for spec in shown if any(names_held(word, spec, scene) for word in said))


def _only_names(words: str, specs: list[SlotSpec]) -> bool:
    """Whether nothing but the names of these slots stands in the words: `날씨` is more than `날`."""
    refs = sorted((ref for spec in specs for own in spec.refs.values() for ref in own), key=len, reverse=True)
    rest = words.casefold()
    for ref in refs:
        rest = rest.replace(ref.casefold(), "")
    return not AROUND.sub("", rest).strip()
