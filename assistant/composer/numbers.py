"""Whose number is it? Gives every bare number the slot that its old value, its neighbour or the question points to.

Numbers count only for the slot that was asked, or the one that a named old value points to; the rest stay loose.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from assistant.composer.heard import Heard
from assistant.composer.refs import PRONOUNS, named_slots, slot_begun, slot_in_front, slot_spoken_of, slots_pointed_at
from assistant.domain import SlotSpec, Use
from assistant.settle import in_question
from assistant.types import Status
from nlu.folded import folded
from nlu.rules.approved import approved
from nlu.rules.negation import kept, removed
from nlu.types import Ambiguity, Delta, Kind, Role, Span
from nlu.values import read_delta
from nlu.values.english_words import is_english

NUMBER = "number"
"""Label of a bare number."""
SLOT_REF = "slot_ref"
"""Label of words that name a slot."""
NUMERIC = (Kind.DATE, Kind.TIME, Kind.COUNT, Kind.PHONE)
"""Kinds that a bare number can answer."""


COUNTED = re.compile(
    r"\b(?:we(?:'?re| are|'ll be| will be)|there(?:'ll| will) be|there(?: are|'s)|makes? us|party of|group of|brings us to)"
    r"(?: (?:only|just|now|about|going to be|like|maybe|actually|still|all|really|down to|up to))*$"
    r"|\b(?:group|party|table|crowd|crew|squad|gang|team|number|numbers|head ?count|total|guest list|we)"
    r"(?:'s|'ve|'re| has| have| is| are| had)?(?: (?:now|just|since|suddenly|actually|sadly))*"
    r" (?:shrunk|shrank|shrinks|dropped|down|up|(?:gone|went|come|came|going|dwindled) (?:down|up)"
    r"|dwindled|grown|grew|increased|fallen|fell|reduced|cut"
    r"|swollen)(?: (?:down|up))? to(?: (?:just|only|about|a))*$"
    r"|(?:우리|저희)(?:는|가|도)?(?: (?:이제|다|총|모두|전부|합쳐서|그냥))*$"
    r"|(?<![가-힣])(?:총|도합|합계|합해서|합쳐서|다 ?해서|모두 ?해서)$"
    r"|(?:[가-힣](?<![시분반일월욜])까지|포함)"
    r"(?: ?(?:하면|해서|하여|합쳐서?|합하면|치면|넣어서?|넣으면|총|다|모두|전부|이제|이렇게))*$"
    r"|(?:\d|한|두|세|네|섯|곱|덟|홉|열) ?(?:명|분|사람)(?:이|은|도)? ?(?:더|못|안|빠|줄|늘)[가-힣 ]{0,10}[.,!…]*$"
    r"|(?:\d|한|두|세|네|섯|곱|덟|홉|열) ?(?:명|분|사람)[가-힣]{0,6} (?:[가-힣]{1,4} )?아니(?!면)[가-힣]{0,3}[.…]*$"
)
"""Words right before a number that make it one of people: "we're 4 now", `저희 넷이요`, `저까지 일곱`, `다섯 명 아니고 여섯`."""
_NO = r"(?:ㄴㄴ+|노노|땡|아니|아냐|아뇨|아니[야요다]|아니에요|no+|nope|nah|negative)"
_WAITS = (
    r"(?:wait|hold on|hang on|sorry|sry|oops|whoops|ugh|argh|omg|oh|um+|hmm+|actually|rather|my bad|그냥|걍|다시|that's|it's|at"
    r"|make it)"
)
NO = re.compile(rf"\W*(?:{_WAITS}\W+)*{_NO}\W*(?:\W{_WAITS}\W*|그냥\W*|걍\W*|다시\W*)*")
"""What says no before a number, and nothing else."""
I_MEAN = re.compile(
    r"\W*(?:(?:sorry|sry|i mean(?:t)?|please|pls|thanks|not that|instead|then|rather|my bad|oops)\b\W*)*"
)
"""All that may stand behind a number that puts another one right."""
BOTH_GO = re.compile(
    r"[\s,]*(?:\b(?:nor|or|and)\b|&)?[\s,]*(?:not|no|neither|nor|don'?t want)?(?: (?:on|at|for|the))*\s*"
)
"""All that stands between two values that are turned down together."""
AGAIN = re.compile(r"\b(?:nor|or|and|not|no|neither|don'?t)\b|&")
"""Words between two values of which one must stand there for it."""
MOVED_TO = re.compile(
    r"\b(?:mov|push|shift|bump|bring|pull|put|delay|postpon|reschedul)(?:e|es|ed|ing)?"
    r"(?: (?:it|us|that|this|me|everything|the|my|our|booking|reservation|table|dinner|lunch|back|forward|up|on))*"
    r" (?:to|till|until) $"
    r"|(?:^|[,.!;] |\b(?:bit|little|much|rather|and|but|make it|come|even) )(?:earlier|sooner|later)[\s,.:…-]+"
    r"(?:(?:like|say|maybe|at|around|about|so|perhaps|by) )*$"
)
"""Words right before an hour to which the booking is moved; a day would be said as one ("to the tenth")."""
HOURS = re.compile(r"\d|1[0-2]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve")
"""A number alone that may be an hour of the clock, or people, or a day."""
COUNTER = re.compile(
    r"(?:[a-z]+ )?(?:\d{1,3}|[가-힣]{1,5}|[a-z]+(?:-[a-z]+)?) ?(?:명|분|사람|people|persons|guests|ppl|pax|of us)"
)
"""A number and a word that counts nothing but people, after one word at most."""
NUMBER_WORD = re.compile(r"\d{1,2}|[a-z]+")
ITS_PLACE = re.compile(
    r" (?:o'clock |people )?(?:in|to take) (?:its|that one's|his|her|their) (?:place|stead)\b|,? in place of (?:it|that)\b"
)
"""Behind a value that takes the place of the one before it."""
NATIVE_ALONE = re.compile(r"하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열(?:하나|둘|셋|넷)?")
"""A Korean number alone in the form that counts people."""
SOLO_ALONE = re.compile(r"하나|둘|셋|넷")
"""Of these the ones that no hour and no day has: it would be `한 시`, `두 시`."""
SUM = re.compile(
    r"\b(?:so|that makes(?: it| us)?|makes(?: it| us)?|now|which is|i\.?e\.?|(?:so )?back to)[\s,:]*$|[=→]\s*$"
)
"""Words right before the outcome of what was just told."""
SETTLED = re.compile(r"\b(?:settle|opt|go|aim|shoot|push|try|plump) for(?: (?:the|about|around))? $")
"""Words right before what the guest decides on, whichever slot was asked."""
ONLY_MAKES = re.compile(r"(?<!you )(?<!we )\bcan(?: really| just)? only make (?:it (?:at|by|for) )?$")
"""Words right before the only hour at which somebody can come."""
BACK_TO = re.compile(r"\bback (?:down |up )?to(?: (?:the|my|our|being))?\s+$")
"""Words right before a value that was there before, and is wanted again."""
COMPANY = re.compile(
    r"\b(?:bail(?:ed|s)?|join(?:ed|s|ing)?|drop(?:ped|s) out|pulled out|backed out|(?:is|are|'s|was|got|fell|am) (?:sick|ill)"
    r"|(?:can'?t|cannot|couldn'?t|won'?t|not|isn'?t|is) (?:come|coming|make it|join|joining)|add(?:ing)? (?:me|him|her|us|them)"
    r"|(?:is|are|'s|'re) (?:in|out))\b"
)
"""People who come or stay away, whoever they are; a number that comes of it counts those who are left."""
VEHICLE = re.compile(r"\b(?:bus|train|tram|metro|subway|taxi|cab|plane|flight|ferry)\b")
OWN_NUMBER = re.compile(
    r"(?:that|this|the|my|whose)(?: (?:old|wrong|first|last|other))* (?:number|no|num)\.?|(?:그|이|저)\s?숫자"
)
"""Words that name a number, where it is to go: the one to call, or that of the people who were just spoken of."""
WHOSE_NUMBER = re.compile(r"\b(?:whose|what) (?:phone )?number (?:is|was) (?:that|this|it)\W+$")
"""Right in front of a pronoun that means the number to call."""
WEEKDAY_ALONE = re.compile(r"(?:the |that )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:그 ?)?[월화수목금토일]요일")
CLAUSE_END = re.compile(r"[,.!?;\n]|\b(?:but|and)\b")
MAKE_IT = re.compile(
    r"\b(?:make (?:it|that|us)|move (?:it|us) to|let's (?:do|say|go (?:for|with))|go (?:for|with)|so)(?: more like)? $"
)
"""Right in front of a number that is wished for."""
AT_AN_HOUR = re.compile(
    r"\b(?:at|until|till|til|by|before|after|past) (?:about |around )?(?:1[0-2]|[1-9])\b"
    r"(?![:.]?\d|st|nd|rd|th| ?(?:%|people|of us|guests|min|km|years?))"
)
"""Talk of an hour of the clock."""


def tells_of_company(words: str) -> bool:
    """Whether the words, folded, tell of people who come or stay away; a bus is none."""
    return COMPANY.search(words) is not None and VEHICLE.search(words) is None


def place_numbers(spans: Sequence[Span], scene: Heard) -> tuple[Span, ...]:
    """Give every bare number the slot that its old value, its neighbour or the question points to."""
    placed: list[Span] = []
    waiting: str | None = None  # the slot whose old value was just named and has no successor yet
    renewed = {span.label for span in spans if span.role is Role.VALUE}
    for place, span in enumerate(_freed(span, scene) for span in spans):
        span = _beside_counted(span, placed, spans, scene)
        if waiting and _succeeds(span, placed[-1], scene):
            span = replace(span, label=waiting, role=Role.VALUE)
        elif span.label == NUMBER and (span.role is Role.OLD or (span.role is Role.KEEP and holder(span, scene))):
            slot = holder(span, scene, renewed)
            span = replace(span, label=slot) if slot else span
        elif waiting and _in_its_place(span, waiting, scene):
            span = replace(span, label=waiting)
        elif waiting and _goes_too(span, placed[-1], scene):
            again = span.text == placed[-1].text
            span = replace(span, label=waiting if again else holder(span, scene) or NUMBER, role=Role.OLD)
        elif span.label == NUMBER:
            heir = waiting if waiting and _fits_after(span, placed[-1], scene) else None
            slot = (
                _introduced(spans, span, scene)
                or _counted(span, scene)
                or heir
                or _old_ahead(spans[place + 1 :], scene)
            )
            slot = slot or (_put_right(span, scene) if len(spans) == 1 else None)
            slot = (
                slot
                or _new_total(placed, span, scene)
                or _named(spans, span, scene)
                or _told(span, scene)
                or _moved_to(span, scene)
                or _beside_clock(span, scene)
                or _mentioned(spans, span, scene)
            )
            slot = slot or _said_again(span, placed) or _asked_number(span, scene) or _said_anew(span, scene)
            span = replace(span, label=slot or NUMBER, role=Role.VALUE)
        if span.role is Role.OLD:
            waiting = span.label if span.label not in (NUMBER, SLOT_REF) else None
        elif span.label == waiting:
            waiting = None
        placed.append(span)
    return tuple(placed)


def _said_again(span: Span, placed: Sequence[Span]) -> str | None:
    """The slot of the same number in front of it: "not 6. Seven, I told her [seven]"."""
    same = (one.label for one in placed if one.role is Role.VALUE and one.text.casefold() == span.text.casefold())
    return next((label for label in same if label not in (NUMBER, SLOT_REF)), None)


def _in_its_place(span: Span, slot: str, scene: Heard) -> bool:
    """Whether a bare number is to take the place of the old value before it: "seven is early, so eight in its place"."""
    spec = scene.spec(slot)
    if spec is None or span.role is not Role.VALUE or not NUMBER_WORD.fullmatch(span.text.casefold()):
        return False
    return bool(ITS_PLACE.match(folded(scene.message.text), span.end)) and not scene.read(span.text, spec).reason


def _succeeds(span: Span, old: Span, scene: Heard) -> bool:
    """Whether a value that the tagger calls old is the new one: it follows the held value of its slot and is not held.

    "Not Sunday, Saturday" while Sunday is held can only mean Saturday.
    """
    spec = scene.spec(old.label)
    if spec is None or span.role is not Role.OLD or span.label not in (old.label, NUMBER):
        return False
    if spec.kind is Kind.NAME:
        held = scene.conversation.value(spec.name)
        return held is not None and scene.read(old.text, spec).exact == held != scene.read(span.text, spec).exact
    if not names_held(old.text, spec, scene) or names_held(span.text, spec, scene):
        return False
    if _goes_too(span, old, scene):
        return False
    return not scene.read(span.text, spec).reason


def _fits_after(span: Span, old: Span, scene: Heard) -> bool:
    """Whether a bare number may succeed a value: "drop Friday and make it 8" says two things, and no day."""
    spec, text = scene.spec(old.label), scene.message.text
    if spec is not None and spec.kind is Kind.NAME:
        return False  # "without Tom we're 5"
    named = spec is not None and spec.kind is Kind.DATE and old.text.isascii() and not any(map(str.isdigit, old.text))
    return not (named and HOURS.fullmatch(span.text) and re.search(r"\band\b", text[old.end : span.start].casefold()))


def _goes_too(span: Span, old: Span, scene: Heard) -> bool:
    """Whether a bare number is turned down with the value before it, and is held elsewhere: "forget Friday and 7"."""
    if span.label in (NUMBER, old.label) and span.text == old.text:  # "10 is too early, take 10 out"
        return removed(scene.message.text, span.start, span.end)
    if span.label != NUMBER or holder(span, scene) in (None, old.label):
        return False
    between = folded(scene.message.text[old.end : span.start])
    together = BOTH_GO.fullmatch(between) and AGAIN.search(between)
    return bool(together) or removed(scene.message.text, span.start, span.end)


def _named(spans: Sequence[Span], number: Span, scene: Heard) -> str | None:
    """The slot that the message names beside the number, as in "the party size is wrong, we are 4", if it can take it."""
    for span in spans:
        if span.label != SLOT_REF or span.role not in (Role.VALUE, Role.CLEAR, Role.CHANGE):
            continue
        for name in resolve(span, scene):
            if _takes(name, number, scene):
                return name
    return None


def resolve(span: Span, scene: Heard) -> tuple[str, ...]:
    """The slots that words name, or that a pronoun points back to: those of the message before."""
    begun = slot_begun(scene.message.text, span.start, span.end, scene.domain)
    names = (begun,) if begun else named_slots(span.text, scene.domain)
    if names:
        return names
    mentioned = scene.conversation.mentioned
    if span.role is Role.CLEAR and OWN_NUMBER.fullmatch(folded(span.text)):
        return scene.held(Kind.PHONE) or tuple(name for name in scene.held(Kind.COUNT) if mentioned == (name,))
    if span.role is Role.RESTORE and OWN_NUMBER.fullmatch(folded(span.text)):
        return tuple(name for name in mentioned if name in (*scene.named(Kind.COUNT), *scene.named(Kind.PHONE)))
    if span.role is Role.CLEAR and WHOSE_NUMBER.search(folded(scene.message.text[: span.start])):
        return scene.held(Kind.PHONE)
    pronoun = PRONOUNS.get(span.text.casefold().strip(" .,!?"))
    if pronoun is None and folded(span.text).removeprefix("the ") == "where":
        venue = scene.domain.used_for(Use.VENUE)  # a name of the slot only by itself: "the number where we reach you"
        return (venue.name,) if venue else ()
    if pronoun is None:
        return _shown(span, scene)
    just_said = slot_spoken_of(scene.message.text[: span.start], scene.domain)
    if len(just_said) == 1 and not pronoun.several:
        return tuple(just_said)
    return mentioned if pronoun.several or len(mentioned) == 1 else ()


def _shown(span: Span, scene: Heard) -> tuple[str, ...]:
    """The slot of which the words name the held choice: `테라스 요청` while the terrace is held."""
    choices = (spec for spec in scene.domain.slots if spec.kind is Kind.CHOICE)
    return tuple(spec.name for spec in choices if names_held(span.text, spec, scene))


def _introduced(spans: Sequence[Span], number: Span, scene: Heard) -> str | None:
    """The slot that the number's own clause names in front of it, tagged or not: "amend the head count to 7"."""
    start = max((span.end for span in spans if span.end <= number.start and span.label != SLOT_REF), default=0)
    clause = CLAUSE_END.split(scene.message.text[start : number.start])[-1]
    in_front = slot_in_front(clause, scene.domain)
    return in_front if in_front and _takes(in_front, number, scene) else _only_slot(clause, number, scene)


def _mentioned(spans: Sequence[Span], number: Span, scene: Heard) -> str | None:
    """The one slot that the message names outside of its spans: "I gave you the wrong party size, it's 5"."""
    text = scene.message.text
    for span in spans:
        text = text[: span.start] + "," * (span.end - span.start) + text[span.end :]
    return _only_slot(text, number, scene)


def _only_slot(words: str, number: Span, scene: Heard) -> str | None:
    """The slot that the words point at, if they point at one only and it can take the number."""
    names = slots_pointed_at(words, scene.domain)
    return next((name for name in names if len(names) == 1 and _takes(name, number, scene)), None)


def _takes(name: str, number: Span, scene: Heard) -> bool:
    """Whether a number can be a value of the slot."""
    spec = scene.spec(name)
    return spec is not None and spec.kind in NUMERIC and not scene.read(number.text, spec).reason


def _counted(number: Span, scene: Heard) -> str | None:
    """The count that a number is for by the words before it, whatever was asked."""
    lead = number.text.rpartition(" ")[0]  # the tagger may have taken `총 다섯` whole
    before = folded(f"{scene.message.text[: number.start]}{lead}").rstrip()
    spec = scene.first(Kind.COUNT)
    if spec is None or not COUNTED.search(before) or scene.read(number.text, spec).reason:
        return None
    return spec.name


def _put_right(number: Span, scene: Heard) -> str | None:
    """The one slot of the message before whose hour or number of people a no puts right, whatever was asked since.

    "Wait no 11" after "like 10?" is the time, though the party was asked.
    """
    text = scene.message.text
    if not NO.fullmatch(text[: number.start].casefold()) or not I_MEAN.fullmatch(folded(text[number.end :])):
        return None
    specs = (scene.spec(name) for name in scene.conversation.mentioned)
    said = [spec for spec in specs if spec is not None and spec.kind in (Kind.TIME, Kind.COUNT)]
    fitting = [
        spec.name
        for spec in said
        if scene.conversation.slot(spec.name).holds
        and _takes(spec.name, number, scene)
        and not names_held(number.text, spec, scene)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _said_anew(number: Span, scene: Heard) -> str | None:
    """The one slot of the message before, whose number a no turns down and says anew, `ㄴㄴ 다섯` after `여섯`."""
    last = scene.conversation.mentioned
    before = scene.message.text[: number.start].casefold()
    again = len(last) == 1 and (NO.fullmatch(before) or BACK_TO.search(before)) is not None
    return last[0] if again and _takes(last[0], number, scene) else None


def _new_total(placed: Sequence[Span], number: Span, scene: Heard) -> str | None:
    """The count that just changed by some people and now is this number: "one more is coming, so five" while four are held."""
    last = placed[-1] if placed else None
    spec = scene.spec(last.label) if last and last.role is Role.DELTA else None
    held = scene.conversation.value(spec.name) if spec is not None and spec.kind is Kind.COUNT else None
    if last is None or spec is None or held is None:
        return None
    change, total = read_delta(last.text, spec.kind), scene.read(number.text, spec).exact
    return spec.name if change and total == _changed(held, change) else None


def _changed(held: str, change: Delta) -> str:
    """A held count after a change, as it is stored."""
    return str(int(held) + change.sign * change.amount)


def _told(number: Span, scene: Heard) -> str | None:
    """The count that comes of what the words before the number tell: "sis joined so 3", "dad said yes, five" while four come."""
    spec = scene.first(Kind.COUNT)
    if spec is None:
        return None
    before = scene.message.text[: number.start]
    change, total = read_delta(before.rstrip(" ,.:;-"), spec.kind), scene.read(number.text, spec).exact
    if change is None or total is None:
        sum_of = SUM.search(before.casefold())
        told = before[: sum_of.start()].rstrip(" ,.:;-") if sum_of and total else ""
        if not told:
            return None
        asked = scene.spec(scene.conversation.asked or "")
        anybody = tells_of_company(told.casefold()) and (asked is None or asked.kind not in (Kind.DATE, Kind.TIME))
        return spec.name if read_delta(told, spec.kind) or anybody else None
    held = scene.conversation.value(spec.name)
    return spec.name if held is not None and total == _changed(held, change) else None


def _left_over(number: Span, scene: Heard) -> str | None:
    """The count of which exactly this number is left or comes of what was just told: "two friends cancelled, so eight" of ten."""
    spec = scene.first(Kind.COUNT)
    before = scene.message.text[: number.start]
    sum_of, held = SUM.search(before.casefold()), scene.conversation.value(spec.name) if spec else None
    if spec is None or sum_of is None or held is None:
        return None
    change = read_delta(before[: sum_of.start()].rstrip(" ,.:;-"), spec.kind)
    total = _changed(held, change) if change else ""
    return spec.name if total == scene.read(number.text, spec).exact else None


def _moved_to(number: Span, scene: Heard) -> str | None:
    """The held time that the words before the number move to it: "push us back to nine"."""
    spec = scene.first(Kind.TIME)
    if spec is None or not scene.conversation.slot(spec.name).holds or not HOURS.fullmatch(number.text.casefold()):
        return None
    before = " ".join(scene.message.text[: number.start].casefold().split()) + " "
    return spec.name if MOVED_TO.search(before) and not scene.read(number.text, spec).reason else None


def _beside_clock(number: Span, scene: Heard) -> str | None:
    """The held time that a wish for a number is for, where the message speaks of the clock beside it.

    "I work until 5, so make it 7", "make it 9, the roads are icy at 8", and of 19:00 "nothing wrong with 7, but make it 8".
    """
    spec, text = scene.first(Kind.TIME), folded(scene.message.text)
    held = scene.conversation.value(spec.name) if spec is not None else None
    if spec is None or held is None or not MAKE_IT.search(text[: number.start]) or scene.read(number.text, spec).reason:
        return None
    others = text[: number.start] + " " * len(number.text) + text[number.end :]
    hour = re.search(
        rf"(?<![\d:.]){int(held[:2]) % 12 or 12}(?![\d:.])(?! (?:people|of us|guests|adults|kids))", others
    )
    return spec.name if AT_AN_HOUR.search(others) or hour else None


def vouched(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    """Whether the words in front of a value say that it is one of this slot, however unsure the tagger is.

    They are the slot's name (`인원만 6`), what counts people, or what moves a booking ("push it to 8"); a number with a counter
    of people vouches for itself (`오십명`), and so does one of several that are in question for the slot, or a whole message that
    is written as a name ("Bang Hyojin").
    """
    if {scene.read(span.text, spec).exact} & {*scene.conversation.slot(spec.name).candidates}:
        return True
    if spec.kind is Kind.COUNT and COUNTER.fullmatch(span.text.casefold()) and scene.read(span.text, spec).exact:
        return True
    if spec.kind is Kind.NAME and span.text == scene.message.text.strip(" .!"):
        return span.text.istitle() and not all(is_english(word) for word in span.text.casefold().split())
    clause = CLAUSE_END.split(scene.message.text[: span.start])[-1]
    if spec.name == slot_in_front(clause, scene.domain):
        return True
    if spec.kind is Kind.COUNT:
        return spec.name in (_counted(span, scene), _told(span, scene))
    return spec.kind is Kind.TIME and spec.name == _moved_to(span, scene)


def _freed(span: Span, scene: Heard) -> Span:
    """A number that the tagger gave to the asked slot, though none of what is in question there can be meant by it.

    "Four or five" after "between 11:30 and 2, what time?" is no time: it is free for the slot that can take it.
    """
    spec, slot = scene.spec(span.label), scene.conversation.slot(span.label)
    at = (scene.message.text, span.start, span.end)
    if span.label == NUMBER and span.role is Role.VALUE and (kept(*at) or approved(*at)):
        return replace(
            span, role=Role.KEEP if holder(span, scene) else span.role
        )  # "scratch Friday, two is still right"
    if spec is None or span.role is not Role.VALUE:
        return span
    if spec.kind is Kind.NAME and WEEKDAY_ALONE.fullmatch(span.text.casefold()):
        day = next((spec.name for spec in scene.domain.slots if spec.kind is Kind.DATE), span.label)
        return replace(span, label=day)  # nobody is called Saturday, whatever was asked
    if spec.kind is Kind.COUNT and ONLY_MAKES.search(folded(scene.message.text[: span.start])):
        time = scene.first(Kind.TIME)
        return replace(span, label=time.name) if time and HOURS.fullmatch(span.text.casefold()) else span
    if _answers_hour(span, spec, scene):
        return replace(span, label=NUMBER)  # "in that case I'd settle for 12" when the time was asked
    if spec.kind is Kind.TIME and HOURS.fullmatch(span.text.casefold()) and (people := _left_over(span, scene)):
        return replace(span, label=people)
    if spec.kind in NUMERIC and span.text.isalnum() and kept(scene.message.text, span.start, span.end):
        # "Leave it at three" while three people are held is no time: what stays is what is there.
        other = None if names_held(span.text, spec, scene) else holder(span, scene)
        return replace(span, label=other) if other else span
    if slot.status is not Status.CANDIDATES:
        return span
    reading = scene.read(span.text, spec)
    half = reading.ambiguity is Ambiguity.HALF and reading.values  # of a range of hours nothing is excluded yet
    excluded = half and not any(in_question(value, slot) for value in reading.values)
    return replace(span, label=NUMBER) if excluded and _open_count(span, scene) else span


def _answers_hour(span: Span, spec: SlotSpec, scene: Heard) -> bool:
    """Whether a bare number called people is what the guest decides on, while a time was asked."""
    asked = scene.spec(scene.conversation.asked or "")
    if spec.kind is not Kind.COUNT or asked is None or asked.kind is not Kind.TIME:
        return False
    return bool(HOURS.fullmatch(span.text.casefold()) and SETTLED.search(folded(scene.message.text[: span.start])))


def _beside_counted(span: Span, placed: Sequence[Span], spans: Sequence[Span], scene: Heard) -> Span:
    """A bare number called people, where others of the message are counted with their unit, is an hour: "2 ppl fri 7"."""
    spec, last = scene.spec(span.label), placed[-1] if placed else None
    time = scene.first(Kind.TIME)
    if spec is None or spec.kind is not Kind.COUNT or span.role is not Role.VALUE or time is None or last is None:
        return span
    counted = any(
        one.label == span.label and one.role is Role.VALUE and not HOURS.fullmatch(one.text.casefold())
        for one in placed
    )
    known = scene.conversation.slot(time.name).holds or any(one.label == time.name for one in spans)
    between = scene.message.text[last.end : span.start]
    beside = between.strip(" ,") == "" and (last.label != span.label or between.strip() == "")
    if counted and beside and not known and HOURS.fullmatch(span.text) and not scene.read(span.text, time).reason:
        return replace(span, label=time.name)
    return span


def _open_count(span: Span, scene: Heard) -> str | None:
    """The count that is still open and can take this number."""
    for spec in scene.domain.slots:
        slot = scene.conversation.slot(spec.name)
        if spec.kind is Kind.COUNT and not slot.value and scene.read(span.text, spec).values:
            return spec.name
    return None


def holder(span: Span, scene: Heard, renewed: Collection[str] = ()) -> str | None:
    """The slot that holds this number, if one does; one that is renewed in the same message first, then the one asked."""
    specs = [spec for spec in scene.domain.slots if spec.kind in (Kind.DATE, Kind.TIME, Kind.COUNT)]
    people = NATIVE_ALONE.fullmatch(span.text.strip()) is not None  # an hour would be said with `시`
    if SOLO_ALONE.fullmatch(span.text.strip()):
        specs = [spec for spec in specs if spec.kind is Kind.COUNT]
    specs.sort(
        key=lambda spec: (
            spec.name not in renewed,
            spec.name != scene.conversation.asked,
            people and spec.kind is not Kind.COUNT,
        )
    )
    return next((spec.name for spec in specs if names_held(span.text, spec, scene)), None)


def _old_ahead(later: Sequence[Span], scene: Heard) -> str | None:
    """The slot of an old value that follows the new one, as in "8 instead of 7"."""
    if later and later[0].role is Role.OLD:
        return holder(later[0], scene) if later[0].label == NUMBER else later[0].label
    return None


def _asked_number(span: Span, scene: Heard) -> str | None:
    """The slot whose candidates list this number, or else the one that is asked, if it can take a number."""
    for spec in scene.domain.slots:
        if set(scene.conversation.slot(spec.name).candidates) & set(scene.read(span.text, spec).values):
            return spec.name
    for name in (scene.conversation.attempt, scene.conversation.asked):
        asked = scene.spec(name) if name else None
        if asked is None or asked.kind not in NUMERIC:
            continue
        slot, reading = scene.conversation.slot(asked.name), scene.read(span.text, asked)
        if slot.status is Status.CANDIDATES and not any(in_question(value, slot) for value in reading.values):
            return _open_count(span, scene)
        if not reading.reason:
            return asked.name
    return None


def names_held(words: str, spec: SlotSpec, scene: Heard) -> bool:
    """Whether the words name the value that the slot holds now."""
    slot = scene.conversation.slot(spec.name)
    if not slot.holds:
        return False
    if spec.kind is Kind.NAME:
        return True  # there is one name; a guest who turns one down may spell it as they like, in either script
    reading = scene.read(words, spec)
    held = {slot.value} if slot.value else set(slot.candidates)
    if reading.bounds:
        first, last = reading.bounds
        if slot.bounds is not None:
            return first <= slot.bounds[0] and slot.bounds[1] <= last  # cut to the hours of the venue
        return any(first <= (value or "") <= last for value in held)
    if spec.kind is Kind.DATE and WEEKDAY_ALONE.fullmatch(words.casefold().strip(" .,!?")):
        # Of "forget the Friday" it is the next one only where another Friday is not the one that is held.
        days = {date.fromisoformat(value).weekday() for value in reading.values}
        return bool(days & {date.fromisoformat(value).weekday() for value in held if value})
    return bool(held & set(reading.values))
