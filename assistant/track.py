"""Operations as the language model writes them, one on a line, and how its answer is read back and held to the user's words.

    set time "8시" not          (not: the value held so far was named and turned down)
    clear date "날짜"
    clear all except name
    affirm                      (no words: it rests on the message as a whole)

Words between quotes are the user's, escaped as in the prompt. Values come from the normaliser, never from the model: a
line that quotes words which the user did not say is dropped, and so is any line that cannot be read.
Knows this format; does not know models, prompts' headers or what an operation does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.composer.act_operations import ACT_OPERATIONS
from assistant.composer.compose import COMMAND
from assistant.composer.from_spans import THAT, from_delta, staying_away
from assistant.composer.heard import Heard
from assistant.composer.numbers import NUMBER
from assistant.composer.pieces import set_to
from assistant.composer.refs import named_slots
from assistant.domain import Domain, SlotSpec
from assistant.prompts import escape, escape_character, unescape
from assistant.state import OUT_OF_SCOPE
from assistant.types import Conversation, Message, Op, Operation, Producer, Quote, Scope
from nlu.types import Kind, Moment, Role, Span
from nlu.values import reasons

MOST_LINES: Final = 12
"""Lines of an answer that are read. The longest target of the restaurant's data has fewer."""
_ALL: Final = "all"
_EXCEPT: Final = "except"
_NOT: Final = " not"
_LINE: Final = re.compile(r'(?P<head>[a-z_0-9]+(?: [a-z_0-9]+)*)(?: "(?P<words>(?:[^"\\]|\\.)+)")?(?P<rejects> not)?')

_ALONE: Final = {
    **{
        "refuse" if act == OUT_OF_SCOPE else act: operation
        for act, operation in ACT_OPERATIONS.items()
        if operation.op is not Op.CANCEL
    },
    f"unknown {THAT}": Operation(Op.UNKNOWN, topic=THAT),
    f"unknown {NUMBER}": Operation(Op.UNKNOWN, topic=NUMBER),
    **{f"cancel {scope}": Operation(Op.CANCEL, scope=scope) for scope in Scope},
}
"""What a line without slots says."""
_WITH_SLOTS: Final = (Op.CLEAR, Op.DONT_CARE, Op.UNDO, Op.MODIFY, Op.COPY, Op.SKIP)
"""What is asked for slots that are named, without a value."""
_RELATIVE: Final = (Kind.DATE, Kind.TIME, Kind.COUNT)


def write(operations: Iterable[Operation]) -> str:
    """The operations as the model is taught to write them, one on a line; values are left out, they follow from the words."""
    return "\n".join(map(_written, operations))


def read(answer: str, message: Message, conversation: Conversation, domain: Domain) -> tuple[Operation, ...]:
    """The operations of an answer, each resting on the user's words; never raises, whatever the text.

    Args:
        answer: what the model wrote.
        message: the user's message, in which every quote must be found.
        conversation: what was asked and what is held.
        domain: the slots.

    Returns:
        The operations that hold, by `Producer.LLAMA`; perhaps none.
    """
    if message.text.lstrip().startswith(COMMAND):
        return ()
    scene = Heard(message, conversation, domain, Moment(message.now, message.time_zone))
    read_lines = [line for row in answer.split("\n")[:MOST_LINES] if (line := _Line.parse(row.strip(), domain))]
    lines = list(_grounded(read_lines, message.text))
    spans = [line.span(Role.VALUE) for line in lines if line.quote]
    found: list[Operation] = []
    for line in lines:
        operation = _operation(line, spans, scene)
        if operation is not None and operation not in found:
            found.append(operation)
    refused = [one for one in found if one.op is Op.CHITCHAT]
    if any(one.topic == OUT_OF_SCOPE for one in refused):
        found = refused  # nothing else of such a message is taken, as the composer has it
    return tuple(replace(one, producer=Producer.LLAMA) for one in found)


def grammar(domain: Domain, text: str) -> str:
    """The Lark grammar (llguidance) of the answers that `read` can take: the domain's slots, and quotes out of this text.

    Args:
        domain: the slots.
        text: the user's message; without any words in it there is nothing to quote.
    """
    alone = [_literal(words) for words in _ALONE]
    lines = [*alone, f"{_literal(f'{Op.CLEAR} {_ALL}')} ({_literal(f' {_EXCEPT} ')} slots)?"]
    rules = ['slots: slot (" " slot)*', f"slot: {_names(domain.slots)}"]
    if text:
        on_slots = " | ".join(_literal(f"{op} ") for op in _WITH_SLOTS)
        topics = " | ".join(_literal(f"{Op.UNKNOWN} {topic}") for topic in (THAT, NUMBER))
        lines += [f"{_literal('set ')} slot quote {_literal(_NOT)}?", f"({on_slots}) slots quote", f"({topics}) quote"]
        chunks = json.dumps([escape_character(one) for one in text], ensure_ascii=False)
        rules += [
            'quote: " \\"" WORDS "\\""',
            "WORDS: PIECE & /(.|\\n)+/",  # not empty
            f'PIECE: %regex {{"substring_chunks": {chunks}}}',
        ]
        movable = [spec for spec in domain.slots if spec.kind in _RELATIVE]
        if movable:
            lines.append(f"{_literal('adjust ')} movable quote")
            rules.append(f"movable: {_names(movable)}")
    start = f'start: line ("\\n" line){{0,{MOST_LINES - 1}}}'
    return "\n".join([start, f"line: {' | '.join(lines)}", *rules]) + "\n"


# --- one line ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an answer: its verb as an operation without value, the words it quotes, and where they stand."""

    operation: Operation
    words: str = ""
    quote: Quote | None = None

    @classmethod
    def parse(cls, row: str, domain: Domain) -> _Line | None:
        """A line as it is written; None where it is no line or names a slot that there is not."""
        match = _LINE.fullmatch(row)
        operation = _headed(match["head"], domain) if match else None
        if match is None or operation is None:
            return None
        if operation.op is Op.SET:
            operation = replace(operation, rejects_old=match["rejects"] is not None)
        elif match["rejects"]:
            return None
        return cls(operation, unescape(match["words"] or ""))

    def span(self, role: Role) -> Span:
        """The quoted words as the tagger would mark them."""
        quote = self.quote or Quote(0, 0, "")
        return Span(self.operation.slots[0] if self.operation.slots else "", role, quote.start, quote.end, quote.text)


def _headed(head: str, domain: Domain) -> Operation | None:
    """What stands before the quote, as an operation."""
    if head in _ALONE:
        return _ALONE[head]
    verb, *names = head.split(" ")
    everything = verb == Op.CLEAR and names[:1] == [_ALL]
    if everything:
        names = names[2:] if names[1:2] == [_EXCEPT] else names[1:]
        if not names and head != f"{Op.CLEAR} {_ALL}":
            return None
    if any(domain.slot(name) is None for name in names):
        return None
    names = list(dict.fromkeys(names))
    if verb in (Op.SET, Op.ADJUST):
        return Operation(Op(verb), tuple(names)) if len(names) == 1 else None
    if everything or (verb in _WITH_SLOTS and names):
        return Operation(Op(verb), tuple(names), everything=everything)
    return None


def _grounded(lines: Iterable[_Line], text: str) -> Iterator[_Line]:
    """The lines whose words the user said, with their places; what comes later on the page is looked for later in the text."""
    after = 0
    for line in lines:
        if not line.words:
            by_words = line.operation.op in (Op.SET, Op.ADJUST, *_WITH_SLOTS) and not line.operation.everything
            if not by_words or not line.operation.slots:
                yield replace(line, quote=Quote(0, len(text), text))
            continue
        start = _place(line.words, text, after)
        if start is not None:
            after = start + len(line.words)
            yield replace(line, quote=Quote(start, after, line.words))


def _place(words: str, text: str, after: int) -> int | None:
    """Where the words stand: from `after` on if they do, and as words of their own rather than inside another."""
    places = [place for place in range(len(text)) if text.startswith(words, place)]
    return min(places, key=lambda place: (place < after, _cuts(text, place, words), place), default=None)


def _cuts(text: str, place: int, words: str) -> bool:
    """Whether the place lies inside a longer word or number. A Korean particle may follow a word."""
    before, after = text[:place][-1:], text[place + len(words) :][:1]
    begins = before.isalnum() and words[0].isalnum()
    ends = after.isalnum() and (after.isdecimal() if words[-1].isdecimal() else after.isascii() and words[-1].isascii())
    return begins or (ends and words[-1].isalnum())


def _operation(line: _Line, spans: Sequence[Span], scene: Heard) -> Operation | None:
    """What a grounded line asks for; None where its words give no value."""
    operation, span = line.operation, line.span(Role.VALUE)
    spec = scene.spec(operation.slots[0]) if operation.slots else None
    if operation.op is Op.SET and spec is not None:
        return _setting(operation, spec, span, scene)
    if operation.op is Op.ADJUST and spec is not None:
        moved = staying_away(span, spec, spans, scene) or from_delta(line.span(Role.DELTA), spec, scene)
        return moved if moved.op in (Op.SET, Op.ADJUST) else None
    topic = scene.message.text if operation.op is Op.ASK else operation.topic
    return replace(operation, topic=topic, quote=line.quote)


def _setting(operation: Operation, spec: SlotSpec, span: Span, scene: Heard) -> Operation | None:
    loose = scene.conversation.loose_number
    if loose and spec.name in named_slots(span.text, scene.domain):
        return set_to(spec, scene.read(loose, spec), span)  # "the time", said of a number that was waiting
    reading = scene.read_span(span, spec)
    if reading.reason == reasons.UNREADABLE and scene.conversation.asked != spec.name:
        return None
    return replace(set_to(spec, reading, span), rejects_old=operation.rejects_old)


# --- writing -------------------------------------------------------------------------------------------------------


def _written(operation: Operation) -> str:
    quoted = f' "{escape(operation.quote.text)}"' if operation.quote and operation.quote.text else ""
    names = " ".join(operation.slots)
    match operation.op:
        case Op.SET:
            return f"set {names}{quoted}{_NOT if operation.rejects_old else ''}"
        case Op.CLEAR if operation.everything:
            return f"{Op.CLEAR} {_ALL} {_EXCEPT} {names}" if names else f"{Op.CLEAR} {_ALL}"
        case Op.CANCEL:
            return f"{Op.CANCEL} {operation.scope or Scope.OPEN}"
        case Op.START if operation.everything:
            return "restart"
        case Op.CHITCHAT if operation.topic == OUT_OF_SCOPE:
            return "refuse"
        case Op.CHITCHAT:
            return str(Op.CHITCHAT)
        case Op.UNKNOWN if operation.topic in (THAT, NUMBER):
            return f"{Op.UNKNOWN} {operation.topic}{quoted}"
    return f"{operation.op} {names}{quoted}" if names else str(operation.op)


def _names(specs: Iterable[SlotSpec]) -> str:
    return " | ".join(_literal(spec.name) for spec in specs)


def _literal(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
