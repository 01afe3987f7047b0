"""Says a turn's reply: the domain's texts, or a language model's wording of them where the guard lets it through.

The model is given no value and no word of the user, only which text is due; values are filled in here. It words questions
and small talk that the domain lists (`phrased` in `responses/<language>.yml`): what was booked, changed, taken out or
refused is told by the domain's own texts, because no guard can be sure of a deed. Sentences are said as soon as they hold
all that the domain's text holds, its facts and its question; before that the domain's text is said in their place.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from assistant.composer.refs import named_slots
from assistant.domain import Domain
from assistant.errors import LlamaUnavailable
from assistant.faq import terms
from assistant.ports import Llama
from assistant.prompts import Point, reply_prompt
from assistant.respond import Line
from assistant.types import Outcome, Reply
from assistant.understand import Assist
from assistant.wording import fit_particles
from nlu.types import Kind, Moment
from nlu.values import normalise, reasons

Hear = Callable[[str], None]
"""Takes the next piece of the reply; the pieces joined are the replies, one on a line."""

MOST_SENTENCES = 2
LONGEST_SENTENCE = 160
"""Characters before the facts are filled in; the longest of the domain's own questions has 81."""
AM = "am"
"""The verb, in what the assistant says; a guest who answers with it means half of the day."""
MOST_COURTESY = 4
"""Words of a sentence that need not be to the matter: "Happy to help!", `네, 알겠습니다.`."""
SHORTEST_MATTER = 4
"""Letters of an English term that tells what a sentence is about."""
SMALL_TALK = "says.chitchat"
"""Key of the texts that ask nothing; with `_` and more behind it they are for one phase."""
WINDOW = 2
"""Words that are read together when a sentence is searched for dates, times and numbers."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}(?P<particle>\([가-힣]{1,3}/[가-힣]{1,2}\))?")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_LETTERS = {"en": r"A-Za-z", "ko": r"가-힣ㄱ-ㅎㅏ-ㅣ"}
_WORD = re.compile(r"[^\s.,!?…;:\"“”'‘’~]+(?:'[^\s.,!?…;:\"“”~]+)?")
_NAME_IN_ENGLISH = re.compile(r"(?<![.!?…:] )(?<!^)(?<=\s)(?!I\b)[A-Z]")
_NAME_IN_KOREAN = re.compile(r"(?<!고객)(?<!손)(?<!\s)(?:님|씨)")
_NO_VALUE = frozenset({reasons.UNREADABLE, reasons.VAGUE})


def unheard(text: str) -> None:
    """Nobody listens before the turn is over."""


async def speak(
    lines: Sequence[Line],
    outcome: Outcome,
    domain: Domain,
    moment: Moment,
    assist: Assist | None,
    left: float,
    hear: Hear,
) -> Outcome:
    """Say the reply of a turn that is stored.

    Args:
        lines: what there is to say.
        outcome: the turn as stored, with the domain's texts as replies.
        domain: whose texts, venues and names these are.
        moment: the user's now; relative words are looked for as well.
        assist: the language model, if any.
        left: seconds that it may take for all of it; 0: it is not asked.
        hear: gets every piece as soon as it is certain.

    Returns:
        The outcome with the replies as they were said.
    """
    voice = assist if assist and assist.reply and left > 0 else None
    guard = Guard(domain, outcome, moment)
    deadline = asyncio.get_running_loop().time() + left
    replies: list[Reply] = []
    degraded = outcome.degraded
    for place, line in enumerate(lines):
        said = _Said(hear, "\n" if place else "")
        if voice is not None and guard.allows(line):
            try:
                async with asyncio.timeout_at(deadline):
                    await _word(line, voice.llama, guard, said)
            except (LlamaUnavailable, TimeoutError):
                voice, degraded = None, True
        if not said.sentences:
            said.say(line.template, line)
        replies.append(Reply(said.text, line.act, line.quick_replies))
    return replace(outcome, replies=tuple(replies), degraded=degraded)


@dataclass
class _Said:
    """What was said of one reply: the sentences as they came, and the text with its facts."""

    hear: Hear
    lead: str
    text: str = ""
    sentences: tuple[str, ...] = ()

    def say(self, sentence: str, line: Line) -> None:
        """One more sentence, filled in, to whoever listens."""
        filled = fit_particles(sentence.format_map(line.facts))
        self.hear(f"{' ' if self.text else self.lead}{filled}")
        self.text = f"{self.text} {filled}" if self.text else filled
        self.sentences = (*self.sentences, sentence)


async def _word(line: Line, llama: Llama, guard: Guard, said: _Said) -> None:
    """Say what the model makes of a line, up to the first sentence that does not pass; nothing while something is missing."""
    prompt = reply_prompt([Point(line.key, line.slots, placeholders(line.template))], guard.language)
    passed: list[str] = []
    async with aclosing(_sentences(llama.stream(prompt))) as sentences:
        async for sentence in sentences:
            if len(passed) == MOST_SENTENCES or guard.fault(sentence, line, passed):
                return
            passed.append(sentence)
            if guard.whole(passed, line):
                for one in passed[len(said.sentences) :]:
                    said.say(one, line)


async def _sentences(pieces: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """The sentences of a text that comes piece by piece; one that grows too long is given as it stands."""
    rest = ""
    try:
        async for piece in pieces:
            *ended, rest = _SENTENCE_END.split(rest + piece)
            for sentence in ended:
                if sentence.strip():
                    yield sentence.strip()
            if len(rest) > LONGEST_SENTENCE:
                break
        if rest.strip():
            yield rest.strip()
    finally:
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()  # the model stops as soon as nobody wants the rest


def placeholders(template: str) -> tuple[str, ...]:
    """The names that stand in braces, in order, each once."""
    return tuple(dict.fromkeys(match[1] for match in _PLACEHOLDER.finditer(template)))


class Guard:
    """Judges sentences of a language model; lets through what neither states a fact nor names anybody.

    Args:
        domain: texts, venues and choices.
        outcome: the turn; its language counts, and the values that it holds are not to be spelt out.
        moment: the user's now.
    """

    def __init__(self, domain: Domain, outcome: Outcome, moment: Moment) -> None:
        self.language = outcome.conversation.locale
        self._texts = domain.responses[self.language]
        self._domain = domain
        self._moment = moment
        held = (slot.value or "" for slot in outcome.conversation.slots.values())
        self._names = tuple(name.casefold() for name in (*_named(domain), *held) if len(name) > 1)
        self._foreign = re.compile(rf"[^\s,.!?…~:;'’\"“”\-{_LETTERS[self.language]}]")

    def allows(self, line: Line) -> bool:
        """Whether the domain lets a model word this line."""
        return any(line.key == key or line.key.startswith(f"{key}.") for key in self._texts.phrased)

    def fault(self, sentence: str, line: Line, before: Sequence[str]) -> str:
        """Why a sentence must not be said; empty where it may.

        Args:
            sentence: as the model wrote it, with placeholders.
            line: what it words.
            before: the sentences of the same line that have passed already.
        """
        if line.key.startswith(SMALL_TALK) and "?" in sentence and "?" not in line.template:
            return "a question in small talk: the user's yes would answer it"
        used = [match[1] for text in (*before, sentence) for match in _PLACEHOLDER.finditer(text)]
        if not set(used) <= set(placeholders(line.template)) or len(set(used)) < len(used):
            return "a placeholder that is not in the text, or twice"
        words = _PLACEHOLDER.sub(" ", sentence)
        if len(sentence) > LONGEST_SENTENCE:
            return "too long"
        if any(character.isnumeric() for character in words):
            return "a digit"
        if self._foreign.search(words) or not (
            _PLACEHOLDER.search(sentence) or re.search(f"[{_LETTERS[self.language]}]", words)
        ):
            return "the wrong language or sign"
        name = _NAME_IN_KOREAN if self.language == "ko" else _NAME_IN_ENGLISH
        if name.search(words) or any(_stands(words.casefold(), one) for one in self._names):
            return "a name"
        if any(_begins(words.casefold(), one.casefold()) for one in self._texts.unsaid):
            return "a deed or a fact"
        if any(self._valued(window) for window in _windows(words)):
            return "a date, time or number"
        if not self._slots(words) <= self._slots(line.template) | set(line.slots):
            return "another slot"
        if len(words.split()) > MOST_COURTESY and not _matter(words) & _matter(line.template):
            return "beside the matter"
        return ""

    def whole(self, sentences: Sequence[str], line: Line) -> bool:
        """Whether the sentences say all that the line's own text says: its facts, its question, something of its matter."""
        text = " ".join(sentences)
        if set(placeholders(text)) != set(placeholders(line.template)) or ("?" in line.template) > ("?" in text):
            return False
        due = _matter(line.template)
        return bool(text) and (not due or bool(due & _matter(text)))

    def _slots(self, text: str) -> set[str]:
        return set(named_slots(_PLACEHOLDER.sub(" ", text), self._domain))

    def _valued(self, words: str) -> bool:
        if words.casefold() == AM:
            return False
        readings = (normalise(words, kind, self._moment) for kind in (Kind.DATE, Kind.TIME, Kind.COUNT))
        return any(reading.reason not in _NO_VALUE for reading in readings)


def _matter(text: str) -> frozenset[str]:
    """What a text is about, roughly: its terms without the shortest English words, which stand everywhere."""
    found = terms(_PLACEHOLDER.sub(" ", text))
    return frozenset(term for term in found if not term.isascii() or len(term) >= SHORTEST_MATTER)


def _named(domain: Domain) -> Iterator[str]:
    for venue in domain.book.venues:
        yield from (*venue.names.values(), *venue.aliases)
    for spec in domain.slots:
        for choice in spec.choices:
            yield from choice.names


def _stands(text: str, name: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", text)) if name.isascii() else name in text


def _begins(text: str, word: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word)}", text)) if word.isascii() else word in text


def _windows(words: str) -> Iterator[str]:
    found = _WORD.findall(words)
    for size in range(1, WINDOW + 1):
        yield from (" ".join(found[place : place + size]) for place in range(len(found) - size + 1))
