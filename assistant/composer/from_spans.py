"""Operations from spans: what a tagged value, old value, change or name of a slot asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.composer.english_party import adults_anew, brought_along, children_anew, grown_only
from assistant.composer.heard import Heard
from assistant.composer.meant import CLAUSE_END, SAID_GOES
from assistant.composer.numbers import NUMBER, SLOT_REF, names_held, resolve, vouched
from assistant.composer.offered import pointed_at, points
from assistant.composer.pieces import SURE, adjust, quote_of, resting_on, set_to, unknown
from assistant.composer.refs import PRONOUNS, slot_in_front
from assistant.composer.regained import as_it_was, kept_day
from assistant.composer.spans import moves, told_apart
from assistant.composer.twice import ALL_THE_SAME
from assistant.composer.untagged import meals_named
from assistant.domain import SlotSpec
from assistant.types import WHAT_TO_CHANGE, Op, Operation, Slot, Status
from assistant.values import moved
from nlu.folded import folded
from nlu.rules.negation import removed, turned_down
from nlu.types import Ambiguity, Delta, Kind, Reading, Role, Span, Tagging
from nlu.values import read_delta, reasons
from nlu.values.english_words import is_english
from nlu.values.text import has_hangul

THAT = "that"
"""Topic of an `unknown`: words that point at something, and it is not clear at what."""
DOUBT = "doubt"
"""Topic of an `unknown`: words that are hardly a value, and all that there is."""
NOON = "12:00"
AFTER_WHAT = re.compile(r"\b(?:after|before|following)\W*$")
"""Last words of a day that is counted from another one."""
BESIDE_A_DAY = re.compile(r"\b(?:day|evening|night|week) (?:after|before) (?!that\b|then\b|this\b)[a-z]")
"""A day that is called by the one beside it."""
OR_ANY = re.compile(r"이?든(?:지|가)?(?![가-힣])|이나(?=\s)")
"""Right behind one of several that are all the same."""
FROM_TODAY = re.compile(r"(?:오늘|지금)\s?(?:부터|로부터|기준)|\bfrom (?:today|now)\b")
"""A stretch of time that is not counted from the day that is held."""
SUCCEEDS = re.compile(r"[\s,–—-]*(?:(?:but|at|on|for|by|it's)\s)*")
"""All that stands between what is turned down and what takes its place: "not at [6], at [7]"."""
ARE = re.compile(r"(?:이고|이구|이며|이에요|예요|입니다|이요)[\s,.]")
"""Right behind those who do come: `[여섯 명]이고 부모님은 안 오세요`."""
ONE_AFTER = re.compile(r"\b(?:one|week) after(?: that)?\W*$")
"""What follows a weekday that is turned down, seven days on."""
TO_LATER = re.compile(r"(?<=[뒤후])로(?=\s|요|$).*")
"""The particle of a day that something is moved to, and what follows it."""
ZERO = re.compile(r"(?<![\d:.])0(?![\d:.])|\b(?:zero|nought|naught|nil)\b|(?<![가-힣])(?:영|제로)(?:으?로|이라|명|\s)")
SAME_DAY = re.compile(r"\bsame (?:day|weekday)\b")
"""The day of the week stays, whatever week is named beside it."""
JOINS = re.compile(
    r"(?: (?:is|are|will|will be|wants?|want|would like|can|also|to|now))*"
    r" (?:join(?:ing)?|com(?:e|ing) (?:too|along|as well|with)|tag(?:ging)? along)\b"
)
"""Right behind people who come on top."""
TURNS = re.compile(
    r"(?:으로|로|이요|요)?[\s,.…-]*(?:(?:oh|um+|hm+|well|아|음)[\s,.…-]+)*"
    r"(?:(?:no|wait|actually|sorry|scratch that|hang on)\b"
    r"|아니(?:다|요|야|에요)?(?![가-힣])|아녜요|잠깐)"
)
"""A change of mind right behind a value."""
TELLS_WHEN = re.compile(r"[날일월주년요욜때녁심침낮밤전후레늘시분초말녘]|\d|그|이거|저거")
"""What Korean words for a day or an hour have."""
FEAST = re.compile(r"\b(?:birthday|bday|anniversary|wedding|party|graduation)\b")
"""A day that is celebrated, which is no day to come."""
IN_PLACE_OF = re.compile(r",? (?:instead of|rather than|in place of|not)(?: the| at)? ")
"""Between a value and the one that it replaces."""
SURE_OF_NAME = 0.75
"""Below it a name beside other wishes is somebody spoken of ("Dr. Park prefers the terrace"), not one that is turned down."""


def from_spans(spans: Sequence[Span], tagging: Tagging, scene: Heard) -> Iterable[Operation]:
    """The operations of spans, in the order of the words.

    Args:
        spans: of the message, with numbers in their slots already.
        tagging: for its acts.
        scene: the message and what is held.
    """
    renewed = {span.label for span in spans if _renews(span, spans, scene)}
    clears_all = "clear_all" in tagging.acts
    for span in spans:
        if span.label == SLOT_REF and not _is_explained(span, spans, scene):
            yield from _from_ref(span, renewed | _kept_later(span, spans, scene), tagging, scene)
        elif span.label == NUMBER:
            if span.role is not Role.OLD:
                yield unknown(scene, NUMBER, span)
        else:
            spec = scene.spec(span.label)
            if spec is None or (span.role is Role.KEEP and (clears_all or scene.conversation.slot(spec.name).holds)):
                continue
            if (fewer := staying_away(span, spec, spans, scene)) is not None:
                yield fewer
            elif (joining := _joining(span, spec, scene)) is not None:
                yield joining
            elif spec.kind is Kind.COUNT and len(spans) == 1 and (more := brought_along(scene)) is not None:
                yield adjust(*more, span)
            elif (later := _same_day_of(span, spec, scene)) is not None:
                yield later
            elif (day := counted_on(span, spec, spans, scene)) is not None:
                yield set_to(spec, day, span)
            elif span.role is Role.OLD:
                # "Not Amina, go back to what it was" names what is undone: the history knows what was there.
                if not tagging.acts.keys() & {"undo", "redo"}:
                    yield from _from_old(span, spec, renewed, scene)
            elif span.role is Role.DELTA:
                yield from_delta(span, spec, scene)
            elif spec.dont_care and span.role is Role.VALUE and _is_any(span, spec, scene):
                yield resting_on(span, Operation(Op.DONT_CARE, (spec.name,)))
            elif span.role is not Role.VALUE or not _is_given_up(span, spec, _cleared(span, spans), scene):
                yield from _from_value(span, spec, spans, tagging, scene)


def _is_any(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    """Whether a value is one of several that are all the same to the guest: `룸이든 [홀]이든 상관없어요`."""
    several = len(scene.read(span.text, spec).values) > 1 or OR_ANY.match(scene.message.text, span.end)
    return bool(several) and ALL_THE_SAME.search(folded(scene.message.text[span.end :])) is not None


def _is_explained(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a pronoun is what the words right behind it name, and nothing else: `[그거] [제 이름] 아니에요 빼주세요`."""
    behind = next((one for one in spans if one.start >= span.end), None)
    if behind is None or behind.label != SLOT_REF or behind.role is not span.role:
        return False
    return span.text.casefold() in PRONOUNS and not scene.message.text[span.end : behind.start].strip()


def _cleared(span: Span, spans: Sequence[Span]) -> list[Span]:
    """The words behind the span that name a slot to be emptied."""
    return [one for one in spans if one.role is Role.CLEAR and one.start >= span.end]


def _kept_later(span: Span, spans: Sequence[Span], scene: Heard) -> set[str]:
    """The slots that stay by words behind the span: of "drop the name too. No, leave the name" the last word counts."""
    later = (one for one in spans if one.start >= span.end and one.label == SLOT_REF and one.role is Role.KEEP)
    return {name for one in later for name in resolve(one, scene)}


def _renews(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a value is a new one: not "how many", and not the one that is held and then taken out."""
    spec = scene.spec(span.label)
    if spec is None or span.role is not Role.VALUE:
        return span.role in (Role.VALUE, Role.DELTA)
    reason = scene.read_span(span, spec).reason
    unsure = span.confidence < SURE or spec.kind is Kind.NAME
    if reason == reasons.VAGUE or (reason == reasons.UNREADABLE and unsure):
        return False
    later = _cleared(span, spans)
    return not (later and (names_held(span.text, spec, scene) or _is_given_up(span, spec, later, scene)))


def _is_given_up(span: Span, spec: SlotSpec, later: Sequence[Span], scene: Heard) -> bool:
    """Whether a value's slot is left open after a change of mind: "make it six, no, leave the number of people open"."""
    text = folded(scene.message.text)
    return any(TURNS.match(text, span.end) and spec.name in resolve(one, scene) for one in later)


def _from_value(
    span: Span, spec: SlotSpec, spans: Sequence[Span], tagging: Tagging, scene: Heard
) -> Iterable[Operation]:
    if points(span.text):
        one = pointed_at(span.text, spec, scene.conversation.slot(spec.name))
        yield set_to(spec, Reading((one,)), span) if one else unknown(scene, THAT, span)
        return
    if spec.kind is Kind.DATE and (day := kept_day(span, scene)) is not None:
        yield set_to(spec, Reading((day,)), span)
        return
    said = grown_only(span, adults_anew(span, scene.read_span(span, spec), spec, scene), spec, scene)
    reading = _in_the_half_of_its_day(children_anew(span, said, spec, spans, scene), spec, spans, scene)
    # Beside other values, words that are hardly a name are none: `최종 6명`.
    answers = scene.conversation.asked == spec.name and (spec.kind is not Kind.NAME or len(spans) == 1)
    if reading.reason == reasons.UNREADABLE:
        # "half past" on its own, or words that the tagger took for a value by mistake.
        delta = read_delta(span.text, spec.kind)
        if delta is not None and span.confidence < SURE and _is_said_beside(span, spec, spans, scene):
            return  # "tomorrow if possible, if not the day after"
        if delta is not None:
            yield adjust(spec, delta, span)
        elif answers and span.confidence >= SURE and not _is_said_beside(span, spec, spans, scene):
            yield set_to(spec, reading, span)
        return
    if spec.kind is Kind.NAME and span.confidence < SURE_OF_NAME:
        # A word of a remark is nobody's name, whatever was asked, nor is a small English one: "I'm on leave [soon]".
        plain = not answers and span.text.islower() and all(map(is_english, span.text.split()))
        if plain or "chitchat" in tagging.acts:
            yield unknown(scene, DOUBT, span)
            return
    open_choice = spec.kind is Kind.CHOICE and not scene.conversation.slot(spec.name).holds
    trusted = answers or open_choice or _stands_for_old(span, spans, scene) or vouched(span, spec, scene)
    if span.confidence < SURE and not trusted:
        yield unknown(scene, DOUBT, span)
        return
    old = [other for other in spans if other.role is Role.OLD and other.label == span.label]
    anew = bool(old) or (reading.bounds is not None and _is_named_before(span, spec, scene))
    yield replace(set_to(spec, _without(reading, old, spec, scene), span), rejects_old=anew)
    if spec.kind is Kind.DATE:
        yield from _part_of_day(span, spans, scene)


def _is_named_before(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    """Whether the slot is named in front of its value, so that what is held is to change: "make the time [in the morning]"."""
    return slot_in_front(CLAUSE_END.split(scene.message.text[: span.start])[-1], scene.domain) == spec.name


def _stands_for_old(span: Span, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether a value stands right behind one of its slot, or a number, that is turned down: "not the 9th, the 16th".

    Or in front of it: "could it be [nine] instead of [eight pm]?".
    """
    text = folded(scene.message.text)
    behind = next((one for one in spans if one.start >= span.end and one.label == span.label), None)
    if behind is not None and behind.role is Role.OLD and IN_PLACE_OF.fullmatch(text, span.end, behind.start):
        return True
    ahead = [one for one in spans if one.end <= span.start and one.role is Role.OLD]
    if not ahead or ahead[-1].label not in (span.label, NUMBER):
        return False
    return SUCCEEDS.fullmatch(text, ahead[-1].end, span.start) is not None


def _in_the_half_of_its_day(reading: Reading, spec: SlotSpec, spans: Sequence[Span], scene: Heard) -> Reading:
    """The reading; an hour whose half is open takes that of the part of the day which a date names: "[tomorrow night] at [8]".

    So it does of the one meal that the table is for: "can we do dinner on Saturday at [6:30]?".
    """
    if spec.kind is not Kind.TIME or reading.ambiguity is not Ambiguity.HALF or not reading.values:
        return reading
    meals = [bounds for words in meals_named(scene.message.text) if (bounds := scene.read(words, spec).bounds)]
    inside = tuple(value for value in reading.values if len(meals) == 1 and meals[0][0] <= value <= meals[0][1])
    if len(inside) == 1:
        return replace(reading, values=inside, ambiguity=Ambiguity.NONE)
    own = [span for span in spans if span.label == spec.name and span.role is Role.VALUE]
    turned = any(span.label == spec.name and span.role is Role.OLD for span in spans)
    days = (
        own if turned else [span for span in spans if span.label in scene.named(Kind.DATE) and span.role is Role.VALUE]
    )
    parts = [bounds for span in days if (bounds := scene.read(span.text, spec).bounds)]
    if len(parts) != 1 or parts[0][0] < NOON < parts[0][1]:
        return reading
    fitting = tuple(value for value in reading.values if (value >= NOON) is (parts[0][0] >= NOON))
    return replace(reading, values=fitting, ambiguity=Ambiguity.NONE) if len(fitting) == 1 else reading


def _without(reading: Reading, old: Sequence[Span], spec: SlotSpec, scene: Heard) -> Reading:
    """The reading without the values that the message itself turns down: `이번 토요일 말고 그 다음 토요일`."""
    gone = {scene.read(other.text, spec).exact for other in old}
    left = tuple(value for value in reading.values if value not in gone)
    if reading.ambiguity is Ambiguity.HALF or not left or len(left) == len(reading.values):
        return reading
    return replace(reading, values=left, ambiguity=reading.ambiguity if len(left) > 1 else Ambiguity.NONE)


def _is_said_beside(span: Span, spec: SlotSpec, spans: Sequence[Span], scene: Heard) -> bool:
    """Whether another span has a value for the slot: of "in the evening, after class" the second half is none."""
    others = (one for one in spans if one is not span and one.label == spec.name and one.role is Role.VALUE)
    return any(not scene.read_span(one, spec).reason for one in others)


def _part_of_day(span: Span, spans: Sequence[Span], scene: Heard) -> Iterable[Operation]:
    """The hours that a date's own words leave open, as in "tomorrow morning", where nothing else says a time."""
    for spec in scene.domain.slots:
        if spec.kind is not Kind.TIME or scene.conversation.slot(spec.name).holds:
            continue
        reading = scene.read(span.text, spec)
        if reading.bounds and not any(other.label in (spec.name, NUMBER) for other in spans):
            yield set_to(spec, reading, span)


def _from_old(span: Span, spec: SlotSpec, renewed: set[str], scene: Heard) -> Iterable[Operation]:
    """A value that is to go: with a successor it is a replacement, else the slot is cleared, if it is what is held."""
    if spec.name in renewed or (spec.kind is Kind.NAME and renewed and span.confidence < SURE_OF_NAME):
        return
    unread = bool(scene.read(span.text, spec).reason)
    when, korean = spec.kind in (Kind.DATE, Kind.TIME), has_hangul(span.text)
    elsewhere = FEAST.search(folded(span.text)) or (korean and not TELLS_WHEN.search(span.text))
    if unread and ((when and elsewhere) or (korean and spec.kind is Kind.COUNT)):
        return  # `아기 [수저]는 필요 없어요` takes no day away, nor does "not [Chloe's birthday]"
    another = (
        spec.kind is Kind.NAME and span.text.casefold() not in (scene.conversation.value(spec.name) or "").casefold()
    )
    if (unread and span.confidence < SURE) or (another and not turned_down(scene.message.text)):
        yield unknown(scene, DOUBT, span)  # words that are hardly a value, or a guest's friend, take none away
    elif unread or names_held(span.text, spec, scene):
        yield Operation(Op.CLEAR, (spec.name,), quote=quote_of(span), confidence=span.confidence)
    elif scene.conversation.slot(spec.name).holds:
        yield unknown(scene, THAT, span)


def staying_away(span: Span, spec: SlotSpec, spans: Sequence[Span], scene: Heard) -> Operation | None:
    """People who are counted only to say that they do not come: "[three of us] dropped out", `[애기 하나]는 안 데려가요`.

    The verb stands outside the span, so the words up to the next one are read as a change of the held party.
    """
    if spec.kind is not Kind.COUNT or span.role is Role.DELTA or scene.conversation.value(spec.name) is None:
        return None
    end = min((other.start for other in spans if other.start >= span.end), default=len(scene.message.text))
    clause = span.text + CLAUSE_END.split(scene.message.text[span.end : end])[0]
    delta = read_delta(clause, spec.kind)
    counted = scene.read(span.text, spec).values  # "[4명에서 1명] 빼 주세요" has two, and the last of them goes
    if delta is None or delta.sign > 0 or delta.amount == 0 or counted[-1:] != (str(delta.amount),):
        return None
    if _takes_all(delta, spec, scene):
        return None
    if SAID_GOES.match(scene.message.text, span.end) or ARE.match(scene.message.text, span.end):
        return None
    if span.role is Role.OLD and len(counted) == 1 and names_held(span.text, spec, scene):
        return None
    return adjust(spec, told_apart(delta, clause, scene.message.text[: span.start]), span)


def _takes_all(delta: Delta, spec: SlotSpec, scene: Heard) -> bool:
    """Whether a change would leave nobody, which is no change of a party: `여덟 명은 그대로고 빠진 사람 없어요`."""
    held = scene.conversation.value(spec.name)
    return spec.kind is Kind.COUNT and delta.sign < 0 and held is not None and delta.amount >= int(held)


def _joining(span: Span, spec: SlotSpec, scene: Heard) -> Operation | None:
    """People who come on top of the held party, by the verb behind them: "[their grandma and grandpa] are joining us"."""
    text = scene.message.text
    if spec.kind is not Kind.COUNT or span.role is not Role.VALUE or scene.conversation.value(spec.name) is None:
        return None
    if not JOINS.match(folded(text), span.end):
        return None
    delta = read_delta(span.text + CLAUSE_END.split(text[span.end :])[0], spec.kind)
    return adjust(spec, delta, span) if delta is not None and delta.sign > 0 else None


def _same_day_of(span: Span, spec: SlotSpec, scene: Heard) -> Operation | None:
    """The held day moved to the week that the message names: "next week, same day"."""
    if spec.kind is not Kind.DATE or span.role is Role.OLD or scene.conversation.value(spec.name) is None:
        return None
    delta = read_delta(f"{span.text} same day", spec.kind) if SAME_DAY.search(folded(scene.message.text)) else None
    return adjust(spec, delta, span) if delta is not None and scene.read(span.text, spec).bounds else None


def counted_on(span: Span, spec: SlotSpec, spans: Sequence[Span], scene: Heard) -> Reading | None:
    """A day counted from the one just turned down, or from the one that is held: "not tomorrow, the day after"."""
    if spec.kind is not Kind.DATE or span.role not in (Role.VALUE, Role.DELTA):
        return None
    held = scene.conversation.value(spec.name)
    if not AFTER_WHAT.search(span.text.casefold()) and (held is not None or not scene.read(span.text, spec).reason):
        return None
    before = next((one for one in reversed(spans) if one.label == span.label and one.end <= span.start), None)
    day = scene.read(before.text, spec).exact if before is not None and before.role is Role.OLD else held
    if before is not None and before.role is Role.OLD and ONE_AFTER.search(span.text.casefold()):
        return next((one for one in (scene.read(f"a week after {day}", spec),) if day and one.exact), None)
    whole = (scene.read(words, spec) for words in (f"{span.text} {day}", f"{day} {span.text}"))
    return next((reading for reading in whole if day and reading.exact and reading.exact != day), None)


def from_delta(span: Span, spec: SlotSpec, scene: Heard) -> Operation:
    """Words that move what is held; where nothing is held and they are a value of their own, that value."""
    delta = moves(span, spec.kind, scene)
    reading = scene.read(span.text, spec)
    if delta is not None and read_delta(span.text, spec.kind) is None and _takes_all(delta, spec, scene):
        return unknown(scene, DOUBT, span)  # `동생이 오면 아홉인데 안 온대요`
    beside = BESIDE_A_DAY.search(folded(span.text)) or FROM_TODAY.search(folded(span.text))
    if spec.kind is Kind.DATE and FROM_TODAY.search(folded(span.text)):
        reading = scene.read(TO_LATER.sub("", span.text), spec)
    if spec.kind is Kind.DATE and reading.exact and beside:
        return set_to(spec, reading, span)  # "the day after Chuseok" counts from no day that is held
    # "In fifteen days" moves a date that is held and is one where none is.
    held = scene.conversation.slot(spec.name).value
    if held is None and delta is not None and (told := _from_told(span, spec, delta, scene)):
        return told
    if held is None and spec.kind is Kind.DATE and reading.reason:
        # `사흘 뒤로` moves a day too; where there is none to move it is counted from today.
        reading = scene.read(TO_LATER.sub("", span.text), spec)
    if delta is None or (held is None and not reading.reason):
        unsure = spec.kind is Kind.COUNT and held is not None and not reading.reason
        if not reading.reason and not unsure:
            return set_to(spec, reading, span)
        if spec.kind is Kind.COUNT and not unsure:
            return unknown(scene, "", span)
        # "A bit later", "one person" who comes or does not: what is to change is said, and not by how much; that is asked.
        return resting_on(span, Operation(Op.MODIFY, (spec.name,)))
    return adjust(spec, delta, span)


def _from_told(span: Span, spec: SlotSpec, delta: Delta, scene: Heard) -> Operation | None:
    """The value that the words before the span tell, moved: "it lets out at noon, so [half an hour after that]"."""
    told = scene.read(scene.message.text[: span.start], spec).exact
    if (
        told is None
        or spec.kind not in (Kind.DATE, Kind.TIME, Kind.COUNT)
        or delta.clock_minute is not None
        or delta.without
    ):
        return None
    value = moved(spec, adjust(spec, delta, None).change, Slot(Status.FILLED, value=told))
    return resting_on(span, Operation(Op.SET, (spec.name,), value=value))


def _from_ref(span: Span, renewed: set[str], tagging: Tagging, scene: Heard) -> Iterable[Operation]:
    """Words that name a slot: what is to happen to it is the span's role."""
    names = resolve(span, scene)
    if span.role is Role.ANY and not names:
        names = _only_wish(scene)  # "sit us [anywhere]"
    heard = Operation(Op.MODIFY, names, quote=quote_of(span), confidence=span.confidence)
    if names and (back := as_it_was(span, names, scene)) is not None:
        yield resting_on(span, back)
        return
    if not names:
        if span.role in (Role.CLEAR, Role.CHANGE, Role.RESTORE) and not tagging.acts.keys() & {
            "undo",
            "redo",
            "cancel_change",
        }:
            yield unknown(scene, THAT, span)
        return
    match span.role:
        case Role.CLEAR if (nobody := _nobody(names, scene)) is not None:
            yield set_to(nobody, scene.read("0", nobody), span)
        case Role.CLEAR if not tagging.acts.keys() & {"undo", "redo"}:
            if span.confidence < SURE and not removed(scene.message.text, span.start, span.end):
                yield unknown(scene, DOUBT, span)  # a name of a slot alone ("{name}") takes nothing away
                return
            # "The party size is wrong, we are four" replaces: what has a successor is not cleared.
            if gone := tuple(name for name in names if name not in renewed):
                yield replace(heard, op=Op.CLEAR, slots=gone)
        case Role.ANY:
            # "날짜는 괜찮아요": where a value is needed and held, that is the one that is fine.
            if open_ := tuple(name for name in names if not _stays(name, scene)):
                yield replace(heard, op=Op.DONT_CARE, slots=open_)
        case Role.COPY:
            yield replace(heard, op=Op.COPY)
        case Role.RESTORE:
            yield replace(heard, op=Op.UNDO)
        case Role.CHANGE if not renewed & set(names):
            yield heard
        case Role.VALUE if scene.conversation.loose_number:
            spec = scene.spec(names[0])
            if spec is not None:
                yield set_to(spec, scene.read(scene.conversation.loose_number, spec), span)
        case Role.VALUE if scene.conversation.asked == WHAT_TO_CHANGE and not renewed & set(names):
            yield heard


def _nobody(names: Sequence[str], scene: Heard) -> SlotSpec | None:
    """The count that is to be zero, which is a number that cannot be had, and no wish to take it out: "write nought"."""
    spec = scene.spec(names[0]) if len(names) == 1 else None
    return spec if spec is not None and spec.kind is Kind.COUNT and ZERO.search(folded(scene.message.text)) else None


def _stays(name: str, scene: Heard) -> bool:
    """Whether a slot holds one value, and could not do with any."""
    spec = scene.spec(name)
    return spec is not None and not spec.dont_care and scene.conversation.value(name) is not None


def _only_wish(scene: Heard) -> tuple[str, ...]:
    """The slot of which any value will do, where the domain has one such slot."""
    wishes = tuple(spec.name for spec in scene.domain.slots if spec.dont_care)
    return wishes if len(wishes) == 1 else ()
