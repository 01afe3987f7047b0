"""One message with all that its words may refer to: the conversation, the domain and the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.domain import Domain, SlotSpec
from assistant.types import Conversation, Message
from nlu.folded import folded
from nlu.rules.company import company_around, with_the_speaker
from nlu.types import Kind, Moment, Reading, Span
from nlu.values import normalise
from nlu.values.english_people import CHILDREN as ENGLISH_CHILDREN
from nlu.values.english_people import ONE
from nlu.values.korean_endings import has_final_consonant
from nlu.values.korean_full_names import ROMANISED, SURNAMES, full_name
from nlu.values.korean_people import CHILDREN, COMPANY
from nlu.values.text import has_hangul

_BLANK = re.compile(r"\s")
_WORD = re.compile(r"[가-힣]+")
_SENTENCE_END = re.compile(r"[,.!?\n]")
_FULL_STOP = re.compile(r"[.!?\n]+")
_CHILD = re.compile(rf"\b{ENGLISH_CHILDREN}\b|{'|'.join(sorted(CHILDREN, key=len, reverse=True))}")
_LOOSE_SYLLABLE = re.compile(r"[가-힣A-Za-z]{2}\s[이라]$")
"""A name, a blank, and the head of `이에요` or `라고 해요`."""
_HEADS = ("으", "입", "올", "이올", "이입")
"""What begins an ending and hardly ends a name: `박[으]로`, `[입]니다`, `[이올]시다`."""
_CUTE = ("용", "염")
_ENDING_HEADS = ("구", "고")
_FOREIGN = 4
"""Letters of a name, blanks and all, from which on it is no Korean one."""
_INTERJECTION = re.compile(r"(oh|no|so|ok) [a-z]+")
_UNDER_IT = re.compile(r"\b(?:under|name(?: is|'s)?|by|for)(?: the name(?: of)?)? $")
"""A surname that is a sigh elsewhere, and what stands right in front of a name."""
_LAST_WORD = re.compile(r"(?<!\S)([A-Z][a-z]+) $")
OTHER_WORDS = frozenset(("no", "so", "oh", "in", "an", "min", "ma", "sun"))
"""Family names that are words of English as well: behind "the name's" they are names."""
_ALL_OF_IT = 3
"""Syllables of a Korean name, family name and all."""
_MOST_LEFT_OUT = 3
"""Syllables of a name that the tagger leaves out at most."""
_NAME_WORDS = 3
"""Words of a message that is hardly more than a name."""
_WITH_NAMES = ("씨", "님", "네", "군", "양")
"""What stands behind names and belongs to none."""
_QUOTED_OR_COPULA = re.compile(r"이(?:라고|라구|에요)|(?:이라|(?<!이)라)는$|(?:이지|(?<!이)지)요(?![가-힣])")
"""Endings whose head belongs to them and to no name: `반달[이]라고`, `올가 김[이]에요`, `박지수[라]는 이름으로`."""
_COPULA = re.compile(r"이(?:고|지|라|네|다|나|야|요)")
"""Endings of two syllables behind a family name, which may look like a given name."""
_SO_MANY = re.compile(
    r"(?:we (?:are|is) )?(?P<number>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:[a-z]+ ){0,2}"
    r"(?!(?:hours|minutes|mins|days|weeks|months|years|courses|dishes|menus|chairs|tables|seats|stars|bottles|glasses|plates|times|nights|o)\b)[a-z]+s"
)
"""A number and those who come, whatever they are called."""
_NAMED_AHEAD = re.compile(r"(?:예약자(?:명)?|이름|성함)(?:은|는)?\s?[:\-]?\s?$")
_ALONE = re.compile(r"[가-힣]{1,4}\s?(?=[,/|\n]|$)")
"""Around a name that is told between commas or bars."""
_NAME_ENDS = re.compile(
    r"(?:이?[요오]|이?에요|예요|입니다|이?라|이?랍니다|이?고|이며|임|이야|야|님|씨|(?:으)?로)(?![가-힣])"
)
"""What ends a name, and is no part of it."""
_IS_SO = re.compile(r"[가-힣]{2}(?:이?요|이?에요|예요|입니다)$")
"""The end of a longer name with its copula."""
_SHORT_NAME = re.compile(r"[가-힣]{2}")
_BESIDES_ME = re.compile(r"(?<![가-힣])(?:저|나)(?:는|를)?\s?(?:빼고|말고|제외하고|빼면)\s?$")
_COMPANY = re.compile(r"이?랑|하고|과|와(?!요)|에\s?(?:저|나)까지")
"""What counts the speaker in, before or behind the people: `저 빼고 [네 명]`, `[친구 둘]이랑`."""
_AND_THEM = re.compile(
    rf"(?:이?랑|하고|과|와)\s?(?:우리\s|저희\s)?(?:{'|'.join(sorted((*COMPANY, *CHILDREN), key=len, reverse=True))})"
    r"(?:\s?(?:하나|둘|셋|(?:\d|한|두|세|네)\s?명))?"
)
"""Those who come with the people before them: `[저희 둘]이랑 쌍둥이요`."""
_AND_OURS = re.compile(
    rf" ?(?:,? (?:and|plus)|\+|&)? ?(?:my|our|his|her) (?:{ONE}|{ENGLISH_CHILDREN})\b(?!'s| (?:is|are|has|have|will))"
)
"""The same in English: "[four of us] plus my boss"."""
_DANGLES = re.compile(r" (?:and|n|&|plus|\+)$")
"""The end of a span that the tagger cut before the last of the people: "[2 ppl, me n] my boyfriend"."""
WITHOUT_THEM = r"(?:들)?(?:은|는|이|가|도)?\s?(?:없이|없어요?|없는\s?(?:걸|것|거)|없고|빼고|제외하고)"
_WITHOUT_THEM = re.compile(WITHOUT_THEM)
"""Right behind those who do not come: `[어른 셋, 아이] 없이`."""
_AFTER_CONSONANT = ("은", "을")
"""Particles that stand behind a consonant only: the `은` of `김고은 맞아요` belongs to the name."""
_TO = re.compile(r"으?로(?![가-힣])")
_ENDING = re.compile(r"[이가은는을를도만로와과랑님씨의께한에야예요여용욥]|입니|으로|하고|라\s?[가-힣]")
"""What may follow a name of two syllables; any other syllable belongs to it."""


def _is_cut(name: str, tail: str, whole: str) -> bool:
    """Whether a foreign name lacks its last syllable, `[엠마 클라]크예요`, or has the head of an ending, `[레오구]요`."""
    if full_name(name):
        return False
    more = whole.removeprefix(name)
    lacks = whole.startswith(name) and whole != name + tail and 0 < len(more) <= _MOST_LEFT_OUT
    foreign = len(name) >= _FOREIGN or name[0] not in SURNAMES
    return (lacks and foreign and more not in _WITH_NAMES) or (
        len(whole) > 1 and name.removeprefix(whole) in _ENDING_HEADS
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """One message with all that its words may refer to."""

    message: Message
    conversation: Conversation
    domain: Domain
    moment: Moment
    _readings: dict[tuple[str, str], Reading] = field(default_factory=dict, repr=False, compare=False)
    """What was read already: the same span is asked about more than once on its way through the composer."""

    def read(self, words: str, spec: SlotSpec) -> Reading:
        """The words as a value of that slot."""
        known = self._readings.get((words, spec.name))
        if known is None:
            known = self._readings[words, spec.name] = normalise(words, spec.kind, self.moment, spec.choices)
        return known

    def reads_otherwise(self, words: str, spec: SlotSpec) -> bool:
        """Whether the words are a value of a slot of another kind than this one."""
        return any(not self.read(words, one).reason for one in self.domain.slots if one.kind is not spec.kind)

    def read_span(self, span: Span, spec: SlotSpec) -> Reading:
        """The span as a value of that slot; where the tagger cut into a word, the whole word if it says as much and more.

        `다섯 명` out of `네다섯 명` is the case in point: `네` looks like a yes. And `3명에서 4명` is a range no more
        where the particle behind it says which way it goes, `3명에서 4명으로`.
        """
        reading = self.read(span.text, spec)
        if (len(reading.values) > 1 or reading.bounds) and (to := _TO.match(self.message.text, span.end)):
            moved = self.read(span.text + to[0], spec)
            reading = moved if moved.exact else reading
        if spec.kind is Kind.COUNT and reading.reason and (people := _SO_MANY.fullmatch(folded(span.text))):
            reading = self.read(people["number"], spec)  # "4 golf buddies"
        if spec.kind is Kind.NAME:
            return self._whole_name(span, spec, reading)
        if spec.kind is not Kind.COUNT:
            return reading
        text = self.message.text
        besides, company = _BESIDES_ME.search(text[: span.start]), _COMPANY.match(text, span.end)
        if besides or company:
            around = (besides[0] if besides else "") + span.text + (company[0] if company else "")
            together = self.read(around, spec)
            reading = together if together.exact else reading
        if (none := _WITHOUT_THEM.match(text, span.end)) and (whole := self.read(span.text + none[0], spec)).exact:
            return whole
        if (them := _AND_THEM.match(text, span.end)) and (whole := self.read(span.text + them[0], spec)).exact:
            return whole
        if ours := _AND_OURS.match(folded(text), span.end):
            if _DANGLES.search(folded(span.text)) and (whole := self.read(text[span.start : ours.end()], spec)).exact:
                reading = whole
            if more := self._more(span, ours.end(), spec, reading):
                return more
        if (clause := company_around(text, span.start, span.end)) and (whole := self.read(clause, spec)).exact:
            return whole
        if (all_of_us := with_the_speaker(text, span.start, span.end)) and (whole := self.read(all_of_us, spec)).exact:
            return whole
        if reading.exact and not reading.parts and (parted := self._parted(span, spec, reading)):
            return parted
        head = _BLANK.split(text[: span.start])[-1]
        if not head:
            return reading
        whole = self.read(head + span.text, spec)
        return whole if set(whole.values) > set(reading.values) else reading

    def _more(self, span: Span, end: int, spec: SlotSpec, reading: Reading) -> Reading | None:
        """The count with the people right behind the span, up to `end`, if they come on top: "[11 players] plus our coach"."""
        whole = self.read(self.message.text[span.start : end], spec)
        on_top = whole.exact is not None and (reading.exact is None or int(whole.exact) > int(reading.exact))
        return whole if on_top else None

    def _parted(self, span: Span, spec: SlotSpec, reading: Reading) -> Reading | None:
        """The count with the adults and children that its sentence tells of beside it: "[six], two of them kids"."""
        text = self.message.text
        start = max((end.end() for end in _FULL_STOP.finditer(text, 0, span.start)), default=0)
        sentence = _FULL_STOP.split(text[start:])[0]
        if not _CHILD.search(folded(sentence.replace(span.text, ""))):
            return None
        whole = self.read(sentence, spec)
        told = whole.parts.get("adults", "0") != "0" and whole.values == reading.values
        return whole if told else None

    def _whole_name(self, span: Span, spec: SlotSpec, reading: Reading) -> Reading:
        """A Korean name whose last syllable the tagger left out, or to which it added the head of an ending.

        `[방소]연 님으로` is 방소연; `[마이클 이]에요` is 마이클; of `아[멜리] 로랑이에요` all of the message is the name.
        """
        if reading.exact and self._begins_with_surname(span, spec):
            return replace(reading, values=(span.text.title(),))
        cut_into = has_hangul(self.message.text[span.start - 1 : span.start]) and has_hangul(span.text)
        if cut_into and self.conversation.asked == spec.name and len(self.message.text.split()) <= _NAME_WORDS:
            all_of_it = self.read(self.message.text, spec)
            return all_of_it if all_of_it.exact and span.text in all_of_it.exact else reading
        if reading.exact and (family := self._family_name(span)):
            return replace(reading, values=(f"{family} {reading.exact}",))
        answer = self.message.text.strip(" .!~")
        if (
            self.conversation.asked == spec.name
            and len(answer) == _ALL_OF_IT
            and answer.startswith(span.text)
            and full_name(answer)
        ):
            return replace(reading, values=(answer,))  # `권제이`
        tail = _WORD.match(self.message.text, span.end)
        if tail is None:
            return reading
        if _LOOSE_SYLLABLE.search(span.text):
            rest = _SENTENCE_END.split(self.message.text[span.end :])[0]
            whole = self.read(span.text + rest, spec)
            return whole if whole.exact == span.text[:-2].rstrip() else reading
        held = self.conversation.value(spec.name)
        if held and held != span.text and held.startswith(span.text) and self.message.text.startswith(held, span.start):
            return self.read(held, spec)
        whole = self.read(span.text + tail[0], spec)
        if _is_cut(span.text, tail[0], whole.exact or ""):
            return whole
        if whole.exact and tail[0] in _CUTE and span.text == f"{whole.exact}예":
            return whole  # `[민지예]용`
        if whole.exact and span.text.removeprefix(whole.exact) in _HEADS:
            return whole
        head = _QUOTED_OR_COPULA.search(span.text + tail[0], len(span.text) - 2)
        if head and head.start() < len(span.text):
            said = self.read(span.text + _SENTENCE_END.split(self.message.text[span.end :])[0], spec)
            return said if said.exact == span.text[: head.start()] else reading
        if len(span.text) == 1 and full_name(span.text + tail[0]) and not _COPULA.fullmatch(tail[0]):
            return whole  # `[송]이든`
        named = _NAMED_AHEAD.search(self.message.text[: span.start]) and not _NAME_ENDS.match(tail[0])
        if named and _ALONE.match(self.message.text, span.end):
            return self.read(f"{span.text}{tail[0]}", spec)  # `예약자 [페트]로프 /`
        if (
            self.conversation.asked == spec.name
            and len(span.text) == len("문그")
            and _IS_SO.search(tail[0])
            and not _ENDING.match(tail[0])
        ):
            return whole if whole.exact else reading  # `[문그]레이스요`
        misfit = (tail[0] in _AFTER_CONSONANT or tail[0].startswith("이로")) and has_final_consonant(span.text) is False
        cut = _SHORT_NAME.fullmatch(span.text) and (misfit or not _ENDING.match(self.message.text, span.end))
        more = whole.exact is not None and len(whole.exact) == 3 and whole.exact.startswith(span.text)
        return whole if cut and more else reading

    def _begins_with_surname(self, span: Span, spec: SlotSpec) -> bool:
        """Whether a name begins with a surname that is a sigh or a no elsewhere: "under oh jihun", "the name's No Minwoo"."""
        sigh = _INTERJECTION.fullmatch(folded(span.text))
        alone = self.conversation.asked == spec.name and span.text == self.message.text.strip()
        under = _UNDER_IT.search(folded(self.message.text[: span.start])) is not None
        return sigh is not None and (under or (alone and sigh[1] == "oh"))

    def _family_name(self, span: Span) -> str:
        """A Korean family name right in front of a given one, which the tagger took for another word: "Do [Eunsu]"."""
        found = _LAST_WORD.search(self.message.text[: span.start])
        if found is None or " " in span.text or not span.text[:1].isupper() or found[1].casefold() not in ROMANISED:
            return ""
        given = found.start() and _UNDER_IT.search(folded(self.message.text[: found.start()]))
        return found[1] if given or found[1].casefold() not in OTHER_WORDS else ""

    def spec(self, name: str) -> SlotSpec | None:
        """The slot of that name."""
        return self.domain.slot(name)

    def first(self, kind: Kind) -> SlotSpec | None:
        """The first slot of a kind, in the domain's order."""
        return next((spec for spec in self.domain.slots if spec.kind is kind), None)

    def named(self, kind: Kind) -> tuple[str, ...]:
        """The names of all slots of a kind."""
        return tuple(spec.name for spec in self.domain.slots if spec.kind is kind)

    def held(self, kind: Kind) -> tuple[str, ...]:
        """The names of those that hold something."""
        return tuple(name for name in self.named(kind) if self.conversation.slot(name).holds)
