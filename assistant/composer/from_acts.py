"""Operations from acts: what a message does as a whole, given what was asked and what it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.composer.act_operations import ACT_OPERATIONS, CANCELS
from assistant.composer.from_spans import THAT
from assistant.composer.heard import Heard
from assistant.composer.let_go import ASKS_YOU_TO
from assistant.composer.numbers import SLOT_REF, resolve
from assistant.composer.pieces import whole
from assistant.composer.regained import means_undo
from assistant.composer.removal import done_without
from assistant.types import Op, Operation, Phase, Scope
from nlu.folded import folded
from nlu.rules.all_but import leaves_out, speaks_of_all
from nlu.rules.booked import speaks_of_booking, wants_booking
from nlu.rules.giving_up import gives_up
from nlu.rules.korean_hearsay import only_told
from nlu.rules.korean_reported import cancelling_turned_down, names_restart, restart_turned_down
from nlu.types import Kind, Role, Span, Tagging
from nlu.values.text import has_hangul

BEGINS_ANEW = ("restart", "clear_all")
"""Acts that drop all that is held."""
DROPS = frozenset({"cancel", "cancel_task"})
"""Acts that drop what was said so far."""
HISTORY = frozenset({"undo", "redo"})
ALL_ERASED = re.compile(r"(?<![가-힣])(?:다|전부|모두|싹|몽땅|전체)\s?(?:다\s?)?(?:지워|지우|비워|비우|삭제)")
STOPS = re.compile(r"예약|취소|그만|관두|관둬|안\s?[가할갈]|접")
"""Korean words that take all values away, and those that give the booking up."""
BOOKING_ENDED = re.compile(
    r"(?=.*(?<![가-힣])(?:이\s)?예약(?!금|\s?(?:시간|날짜|인원|이름|정보|내용|내역)))"
    r".*(?<![가-힣])(?:다|전부|모두|싹|몽땅|전체|통째로)\s?(?:다\s?)?취소"
)
"""The whole booking that is to be cancelled, whatever of it was said to be all: `몽땅 다 취소해 줘요, 이 예약`."""
WHETHER_LATER = re.compile(
    r"(?:나서|[한은]\s?(?:뒤|후|다음)에?|이?후에|나중에)(?:도|라도)?\s(?:날짜|시간|인원|이름|예약)?[을를도은는]?\s?"
    r"(?:변경|수정|취소|바꾸|바꿀|고치|고칠)[가-힣\s]{0,6}(?:가능|되나|돼|될까|되는|수\s?있)[가-힣]*\?"
)
"""A question whether something may still be changed then: `예약한 뒤에 변경도 되나요?`."""
GIVES_UP = CANCELS | {"cancel_change"}
IS_CHECKED = re.compile(
    r"(?:\bright|\bcorrect|\bisn't it|\bdoesn't it|\bno)\?\W*$|(?:[거맞그]|하는\s?거|되는\s?거|있는\s?거)(?:죠|지요)\?*\W*$"
)
"""A message that only makes sure of something."""
LIKE = re.compile(
    r"\b(?:same|again|usual|repeat|identical|copy|duplicate|like|another|last time|before|previous(?:ly)?|had"
    r"|as (?:last|always|ever|i did|we did|the other))\b"
)
"""English words by which something is to be as before."""
IF_NOT = re.compile(
    r"\?[^.!?]*\b(?:if not|otherwise|if (?:you|that|it|they) (?:can'?t|cannot|don'?t|isn'?t|doesn'?t|aren'?t))\b[^.!?]*"
    r"\b(?:forget|never ?mind|don'?t worry|skip)\b"
    r"|\?[^.!?]*(?:안\s?되면|아니면|안\s?된다면)[^.!?]*(?:됐|괜찮|신경|말아|마세요|그냥)"
)
"""What is given up is only what was asked for."""
TELL_AGAIN = re.compile(
    r"다시\s?(?:한\s?번\s?|좀\s?)?(?:말(?:씀)?해|말씀|알려|들려|불러|읽어|보여|확인해)"
    r"|\b(?:say|repeat|read|tell me|show me|run through) (?:it|that|this|everything)"
    r"(?: (?:once more|again|back|out))*\b(?!.*\b(?:undo|restore)\b)"
)
"""A wish to hear what is held once more: `다시 한번 말해 주세요`."""
LAST_CHANGE = re.compile(
    r"(?:방금|지금|아까)\s?(?:바꾼|변경한|고친|수정한|한)\s?(?:거|것|건|변경)(?:만|을|를|은|는)?\s?(?:다시\s)?취소"
    r"|\bcancel (?:just |only )?the (?:last )?change\b"
)
"""Words that take back the last change, whatever else they name: `예약 말고 방금 바꾼 것만 취소해 주세요`."""
SWAPPED_ELSEWHERE = re.compile(
    r"\b(?:swap|swapped|switch|switched|trade|traded) (?:(?:a|my|his|her|their|our) )?(?:shifts?|duty|duties|days"
    r"|weekends?|classes|roles|jobs|seats"
    r"|places) ?(?!and\b)"
)
"""What people exchange among themselves."""
PUT_BACK = re.compile(r"되돌|돌려\s?(?:놔|놓|주|줘)|원래대로")
"""Words that take a change back, where nothing was taken back before."""
ENDS_IT = re.compile(
    r"취소|그만|없던|관두|안\s?(?:가|갈|할|하)|못\s?(?:가|갈)|됐|필요\s?없|\b(?:cancel\w*|forget|never ?mind|nvm|scrap|drop"
    r"|call(?:ing)? off"
    r"|not coming|no longer|stop|quit|don'?t)\b"
)
"""Words that end a booking, or its draft."""
PUTS_IN_AGAIN = re.compile(
    r"(?:없앤|지운|되돌린|취소한|뺀|사라진)\s?(?:거|것|건|값)[가-힣]?\s?(?:도로|다시)\s?(?:넣|살려|돌려|채워|해)"
    r"|\b(?:put|bring)(?: \w+){0,3} back\b[^.!?]*\b(?:removed|undid|undone|took (?:out|back|away)|reverted)\b"
    r"|\b(?:put|bring) back what\b"
)
"""Behind an undo: what it took away is to be there again."""
WHETHER_UNDONE = re.compile(
    r"(?:되돌릴|돌릴|취소할|복구할)\s?수\s?(?:도|가|는)?\s?있(?:나|어|는|을|습)[^.!]*\?"
    r"|\b(?:can|could|may|is it possible to|is there a way to)\b[^.!?]*\b(?:undo|revert|go back"
    r"|take (?:it|something|things) back)\b[^.!?]*\b(?:if|later|afterwards|in case|mistakes?)\b[^.!]*\?"
)
"""A question whether something could be undone: `실수하면 되돌릴 수 있나요?`."""
PRAISES_STAFF = re.compile(
    r"(?:직원|종업원|사장|서버|매니저|알바)[가-힣\s]{0,10}(?:친절|고마|고맙|최고|감사|상냥|좋았|좋으)"
    r"|\b(?:staff|waiters?|waitress(?:es)?|servers?|team|people|manager|host(?:ess)?)\b[^.!?]{0,20}\b(?:kind|friendly|lovely|nice|great|helpful"
    r"|wonderful|sweet|the best|amazing)\b"
)
"""Words of somebody who praises people, and wants to talk to none."""
LEAST = {"handoff": 0.7, "clear_all": 0.8}
"""Below it nobody is handed over and nothing is emptied: the conversation, or all that was said, would be gone for a guess."""


def from_acts(tagging: Tagging, spans: Sequence[Span], scene: Heard) -> Iterable[Operation]:
    """The operations of the acts that hold.

    Args:
        tagging: the acts with their confidence.
        spans: of the message; an act may be about what they name.
        scene: the message and what is held.
    """
    moved = "redo" if scene.conversation.future else "undo"
    for act, confidence in tagging.acts.items():
        if act == "clear_all" and BOOKING_ENDED.search(scene.message.text):
            act = "cancel_task"
        if act in ("modify", "cancel_task", "cancel_booking") and WHETHER_LATER.search(scene.message.text):
            continue
        if act == "cancel_booking" and "cancel_task" in tagging.acts and scene.conversation.phase is not Phase.BOOKED:
            continue  # of two things that it may be, the draft, of which nobody else knows
        if act == "cancel_task" and tagging.acts.keys() & HISTORY:
            continue  # "cancel what I did before that": of two things that it may be, the one that loses less
        if act in HISTORY and tagging.acts.keys() >= HISTORY and act != moved:
            continue  # `방금 거 복구해 주세요` is one of the two
        if confidence < LEAST.get(act, 0.0):
            continue
        if act == "handoff" and PRAISES_STAFF.search(folded(scene.message.text)):
            act = "chitchat"
        if act == "cancel_task" and _edits_the_name(spans, scene):
            continue
        if act in CANCELS and only_told(scene.message.text):
            act = "chitchat"  # of somebody else's booking; a guest's own is not dropped for a story
        if act == "cancel_booking" and LAST_CHANGE.search(scene.message.text):
            if "undo" in tagging.acts:
                continue
            act = "undo"
        if act in CANCELS and cancelling_turned_down(scene.message.text):
            act = "chitchat"
        if act in GIVES_UP and IS_CHECKED.search(scene.message.text):
            act = "ask"  # "the booking itself stays, right?" drops nothing
        if act in GIVES_UP and IF_NOT.search(folded(scene.message.text)):
            continue  # "can we bring a cake? if not, forget about it"
        if act == "cancel_task" and ALL_ERASED.search(scene.message.text) and not STOPS.search(scene.message.text):
            act = "clear_all"  # `에휴 그냥 다 지워줘` takes the values away, and goes on
        if act == "clear_all" and not speaks_of_all(scene.message.text):
            continue
        if act == "ask" and ASKS_YOU_TO.search(folded(scene.message.text)):
            continue
        if act in DROPS and scene.conversation.phase is not Phase.BOOKED and not gives_up(scene.message.text):
            act = "chitchat"  # "this is taking forever" drops nothing
        if act in HISTORY and TELL_AGAIN.search(folded(scene.message.text)):
            act = "chitchat"  # what is held is read once more, and nothing is done again
        if act == "undo" and scene.conversation.future and PUTS_IN_AGAIN.search(folded(scene.message.text)):
            act = "redo"
        if act in HISTORY and WHETHER_UNDONE.search(folded(scene.message.text)):
            act = "ask"
        if act == "redo" and not scene.conversation.future and PUT_BACK.search(scene.message.text):
            act = "undo"
        if act == "swap" and (tagging.acts.keys() & HISTORY or SWAPPED_ELSEWHERE.search(folded(scene.message.text))):
            continue  # "undo that, he swapped shifts"
        if act in BEGINS_ANEW and restart_turned_down(scene.message.text):
            act = "chitchat"  # "처음부터 다시 하란 말은 하지 마세요"
        if act == "copy" and not (has_hangul(scene.message.text) or LIKE.search(folded(scene.message.text))):
            act = "chitchat"  # "my last booking elsewhere got cancelled" repeats nothing
        if act == "restart" and _only_sets(spans, scene):
            continue
        if act == "start" and scene.conversation.phase is Phase.BOOKED and _edits(spans, scene):
            continue
        operation = _from_act(act, spans, scene)
        if operation is not None:
            yield replace(operation, quote=whole(scene), confidence=confidence)


def _edits_the_name(spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a message gives a name and has no word that ends anything: `안 쓰던 이름이네요. 조아라로 바꿔 주세요`."""
    named = any(span.role is Role.VALUE and span.label in scene.named(Kind.NAME) for span in spans)
    return named and ENDS_IT.search(folded(scene.message.text)) is None


def _edits(spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a message after a booking changes it, and wants no other one: "we'll need seats for five now"."""
    whole_wish = any(span.label in scene.named(Kind.CHOICE) or span.label in scene.named(Kind.DATE) for span in spans)
    some = any(span.role is Role.VALUE for span in spans)
    text = scene.message.text
    if any(span.role in (Role.DELTA, Role.OLD, Role.CLEAR) for span in spans):
        return True  # "my sister joins us on Sunday, one more please": a new booking has nothing to change yet
    return speaks_of_booking(text) or (some and not whole_wish and not wants_booking(text))


def _only_sets(spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a Korean message sets a value and has no word for beginning anew: `아니 두 명 말고 네 명으로 해줘요`."""
    if not has_hangul(scene.message.text) or not any(span.role is Role.VALUE for span in spans):
        return False
    replaces = any(span.role is Role.OLD for span in spans)
    return not names_restart(scene.message.text, replaces=replaces)


def _from_act(act: str, spans: Sequence[Span], scene: Heard) -> Operation | None:
    if act == "unknown" and spans:
        return None  # something was understood after all
    if act == "redo" and means_undo(scene):
        act = "undo"
    if act in ACT_OPERATIONS:
        operation = ACT_OPERATIONS[act]
        return replace(operation, topic=scene.message.text) if operation.op is Op.ASK else operation
    match act:
        case "cancel":
            named = any(span.role in (Role.OLD, Role.CLEAR) for span in spans)
            return None if named else Operation(Op.CANCEL, scope=Scope.OPEN)
        case "clear_all":
            kept = [span for span in spans if span.role is Role.KEEP and span.label == SLOT_REF]
            if kept and not any(resolve(span, scene) for span in kept):
                return Operation(Op.UNKNOWN, topic=THAT)  # something stays, and it is not known what
            # "Restaurant, day, hour: throw all three out" lists what goes; "all but the day" what stays.
            listed = () if leaves_out(scene.message.text) else _listed(spans, scene)
            return Operation(Op.CLEAR, listed or _kept(spans, scene), everything=not listed)
        case "copy":
            if any(span.role is Role.COPY for span in spans):
                return None
            return Operation(Op.COPY, tuple(spec.name for spec in scene.domain.slots if spec.kind is not Kind.DATE))
        case "dont_care" | "skip":
            asked = scene.spec(scene.conversation.asked or "")
            if act == "skip" and not spans and (wish := done_without(scene)) is not None:
                return wish
            if asked is None or any(span.role is Role.ANY for span in spans):
                return None
            return Operation(Op.DONT_CARE if act == "dont_care" else Op.SKIP, (asked.name,))
    return None


def _listed(spans: Sequence[Span], scene: Heard) -> tuple[str, ...]:
    """The slots that a message names."""
    return tuple(dict.fromkeys(name for span in spans if span.label == SLOT_REF for name in resolve(span, scene)))


def _kept(spans: Sequence[Span], scene: Heard) -> tuple[str, ...]:
    """The slots that "everything except ..." leaves alone, named or shown by their value."""
    named = _listed([span for span in spans if span.role is not Role.CLEAR], scene)
    shown = [span.label for span in spans if span.role in (Role.KEEP, Role.VALUE) and scene.spec(span.label)]
    return tuple(dict.fromkeys([*named, *shown]))
