"""The one renderer of Alpaca prompts: training and serving call it, `tests/data/prompts.golden.txt` pins its words.

A prompt is a row of segments. What a user wrote is a segment of its own, between double quotes and escaped, so it can
neither close its section nor become a control token: `token_ids` reads it with control tokens switched off besides.
Knows conversations and slots; does not know models, operations or what an answer looks like.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol

from tokenizers import Tokenizer

from assistant.domain import Domain, SlotSpec
from assistant.types import Conversation, Slot, Status
from nlu.types import Kind

VERSION: Final = 1
"""Goes into an adapter's manifest; raise it whenever a word of the rendering changes."""


class Task(StrEnum):
    """What the model is asked for."""

    TRACK = "track"
    """Operations, from a message."""
    REPLY = "reply"
    """A sentence with placeholders, from what was decided."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a prompt; `user` marks the words of a user, already escaped."""

    text: str
    user: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """All that the model is shown, except the token that begins every text, which is the backend's."""

    task: Task
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a reply has to say.

    `act` is the key of its text in `responses/<language>.yml`, as in `asks.time` or `dropped.closed`; `slots` are the ones
    concerned; `placeholders` are the names that the sentence must hold in braces, each once. Values never come in.
    """

    act: str
    slots: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()


class Encode(Protocol):
    """Turns text into token ids; with `special` off, a control token that is written out is read as plain letters."""

    def __call__(self, text: str, *, special: bool) -> list[int]:
        """The ids of a text, none added in front or behind."""


INSTRUCTIONS: Final = {
    (Task.TRACK, "en"): "List what the guest's words ask for.",
    (Task.TRACK, "ko"): "손님의 말이 무엇을 바라는지 적으세요.",
    (Task.REPLY, "en"): "Tell the guest this in English.",
    (Task.REPLY, "ko"): "손님에게 이것을 한국어로 말하세요.",
}
_HEAD: Final = "### Instruction:\n"
_MIDDLE: Final = "\n\n### Input:\n"
_TAIL: Final = "\n\n### Response:\n"

_MARKS: Final = frozenset('\\"#<>|')
"""What headers, quotes and control tokens are made of."""
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that nobody sees: controls, zero-width signs, half characters, separators of lines."""
_NAMED: Final = {"\n": "\\n", "\t": "\\t"}
_ESCAPED: Final = re.compile(r'\\(?:u\{(?P<code>[0-9a-f]{1,6})\}|(?P<named>[nt])|(?P<mark>[\\"#<>|]))')
_QUOTED: Final = re.compile(r'"(?P<words>(?:[^"\\]|\\.)*)"')
_PLAIN: Final = re.compile(r"[\w:.+-]+", re.ASCII)


def track_prompt(text: str, conversation: Conversation, domain: Domain) -> Prompt:
    """The prompt that asks for the operations of a message.

    Args:
        text: the message as it came in.
        conversation: what was asked and what is held before it.
        domain: the slots, whose order is that of the held values.
    """
    asked = conversation.attempt or conversation.asked or "none"
    pieces = [Segment(f"asked {asked} | {conversation.phase} {conversation.pending}\nheld")]
    for spec in domain.slots:
        slot = conversation.slot(spec.name)
        if slot.holds:
            pieces += [Segment(f" {spec.name}="), *_held(spec, slot)]
    if conversation.mentioned:
        pieces.append(Segment(f"\nlast {' '.join(conversation.mentioned)}"))
    if conversation.loose_number:
        pieces += [Segment("\nnumber "), *_quoted(conversation.loose_number)]
    pieces += [Segment("\nsaid "), *_quoted(text)]
    return _prompt(Task.TRACK, INSTRUCTIONS[Task.TRACK, _language(conversation.locale)], pieces)


def reply_prompt(points: Sequence[Point], language: str) -> Prompt:
    """The prompt that asks for a reply.

    Args:
        points: what was decided, in the order in which it is to be said; at least one.
        language: `en` or `ko`.
    """
    return _prompt(Task.REPLY, INSTRUCTIONS[Task.REPLY, language], [Segment("\n".join(_line(one) for one in points))])


def as_text(prompt: Prompt) -> str:
    """The prompt as one text, headers included, for servers that take text and for people."""
    return "".join(segment.text for segment in prompt.segments)


def as_record(prompt: Prompt) -> tuple[str, str]:
    """The instruction and the input, as an Alpaca row holds them."""
    instruction, _, rest = as_text(prompt).removeprefix(_HEAD).partition(_MIDDLE)
    return instruction, rest.removesuffix(_TAIL)


def from_record(task: Task, instruction: str, given: str) -> Prompt:
    """The prompt of an Alpaca row, segment for segment the one that `as_record` took apart.

    Args:
        task: of the row.
        instruction: of the row.
        given: the row's input; what stands between double quotes are a user's words.
    """
    pieces, end = [], 0
    for match in _QUOTED.finditer(given):
        pieces += [Segment(given[end : match.start()] + '"'), Segment(match["words"], user=True), Segment('"')]
        end = match.end()
    return _prompt(task, instruction, [*pieces, Segment(given[end:])])


def token_ids(prompt: Prompt, encode: Encode) -> list[int]:
    """The ids of a prompt: every segment is encoded on its own, users' words with control tokens off.

    Args:
        prompt: what to encode.
        encode: of the model's tokenizer; see `encoder`.
    """
    return [one for segment in prompt.segments for one in encode(segment.text, special=not segment.user)]


def encoder(tokenizer: Tokenizer) -> Encode:
    """The `Encode` of a `tokenizers` tokenizer.

    Args:
        tokenizer: for instance a transformers tokenizer's `backend_tokenizer`; it is copied and not changed.
    """
    content = json.loads(tokenizer.to_str())
    content.update(post_processor=None, truncation=None, padding=None)
    whole = Tokenizer.from_str(json.dumps(content))
    plain = Tokenizer.from_str(json.dumps(content | {"added_tokens": []}))

    def encode(text: str, *, special: bool) -> list[int]:
        return list((whole if special else plain).encode(text, add_special_tokens=False).ids)

    return encode


def escape(text: str) -> str:
    """User's words on one line, without a quote, header sign, angle, bar or hidden character, each written out instead."""
    return "".join(map(escape_character, text))


def unescape(text: str) -> str:
    """The words that `escape` wrote; a backslash that begins no escape stays as it is."""
    return _ESCAPED.sub(_restore, text)


@lru_cache(maxsize=4096)
def escape_character(character: str) -> str:
    """One character as `escape` writes it; those that look like a mark to Unicode (full-width `＃`) count as hidden."""
    if character in _MARKS:
        return f"\\{character}"
    if unicodedata.category(character) in _HIDDEN or _MARKS & set(unicodedata.normalize("NFKD", character)):
        return _NAMED.get(character) or f"\\u{{{ord(character):x}}}"
    return character


def _restore(match: re.Match[str]) -> str:
    if match["code"]:
        code = int(match["code"], 16)
        return chr(code) if code <= 0x10FFFF else match.group()
    return {"n": "\n", "t": "\t"}[match["named"]] if match["named"] else match["mark"]


def _prompt(task: Task, instruction: str, pieces: Sequence[Segment]) -> Prompt:
    """Headers around the input; neighbouring fixed pieces are one segment, so that one text has one way to be cut."""
    segments: list[Segment] = []
    for piece in (Segment(f"{_HEAD}{instruction}{_MIDDLE}"), *pieces, Segment(_TAIL)):
        if segments and not piece.user and not segments[-1].user:
            segments[-1] = Segment(segments[-1].text + piece.text)
        else:
            segments.append(piece)
    return Prompt(task, tuple(segments))


def _held(spec: SlotSpec, slot: Slot) -> list[Segment]:
    if slot.status is Status.DONT_CARE:
        return [Segment("any")]
    if slot.bounds is not None:
        return [Segment("..".join(slot.bounds))]
    if slot.candidates:
        return [Segment("/".join(slot.candidates))]
    value = slot.value or ""
    # Names are as users gave them, and other values may have come through the API.
    return _quoted(value) if spec.kind is Kind.NAME or not _PLAIN.fullmatch(value) else [Segment(value)]


def _quoted(words: str) -> list[Segment]:
    return [Segment('"'), Segment(escape(words), user=True), Segment('"')]


def _line(point: Point) -> str:
    return " ".join([point.act, *point.slots, *(f"{{{name}}}" for name in point.placeholders)])


def _language(locale: str) -> str:
    return "ko" if locale.lower().startswith("ko") else "en"
