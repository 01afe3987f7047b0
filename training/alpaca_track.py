"""Rows of the task *track*: annotated utterances, and turns that were logged and exported, as prompts with their answers.

The answer is what the composer makes of the annotation; a row whose answer cannot be read back as just that is left out.
Knows conversations and operations; does not know files of the data set.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.composer.compose import compose
from assistant.composer.from_spans import THAT
from assistant.composer.numbers import NUMBER
from assistant.domain import Domain
from assistant.errors import BadRequest
from assistant.feedback.candidates import conversation_of, message_of, read_reviewed
from assistant.prompts import as_record, track_prompt
from assistant.track import read, write
from assistant.types import Conversation, Message, Op, Operation, Producer
from nlu.types import Role, Span, Tagging
from training.alpaca_contexts import Stock, draw_conversation
from training.alpaca_rows import AlpacaRow, Part
from training.examples import DataError, Example

_HALF_LABELLED = re.compile(
    r"\?|\b(?:yes|yeah|yep|no|nope|not|ok|okay|sure|thanks?|hi|hello|hey|book|booking|reserv\w*|table|want|need|like"
    r"|could|can|please|change|make|actually|sorry|instead|cancel|confirm)\b",
    re.I,
)
"""Words of acts. Rows without acts that hold one say more than their labels, and would teach to overlook it."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What looks like a clear, by language."""

    patterns: Mapping[str, re.Pattern[str]]

    def part(self, text: str, lang: str, operations: Sequence[Operation], spans: Sequence[Span] = ()) -> Part:
        """What a row is for.

        Args:
            text: the message.
            lang: `en` or `ko`.
            operations: what it asks for.
            spans: its annotation, where there is one.
        """
        if any(one.op is Op.CLEAR for one in operations):
            return Part.CLEAR
        turned_down = any(span.role in (Role.OLD, Role.CLEAR, Role.KEEP) for span in spans)
        return Part.HARD_NEGATIVE if turned_down or self.patterns[lang].search(text.lower()) else Part.PLAIN


def with_refs(domain: Domain, refs: Mapping[str, Sequence[str]]) -> Domain:
    """The domain with more words that name its slots: what a tagger's lexicon lacks, the model can learn.

    Raises:
        ValueError: a slot is unknown.
    """
    for name in refs:
        if domain.slot(name) is None:
            raise ValueError(f"refs: {name!r} is no slot of {domain.name}")
    slots = tuple(
        replace(spec, refs={**spec.refs, "rows": tuple(refs[spec.name])}) if spec.name in refs else spec
        for spec in domain.slots
    )
    return replace(domain, slots=slots)


def rows_of(examples: Iterable[Example], stock: Stock, looks: Looks, rng: random.Random) -> Iterator[AlpacaRow]:
    """The rows of annotated utterances, each in a conversation that is drawn for it.

    Args:
        examples: their annotation is trusted; where acts are not labelled, only plain answers are used.
        stock: what values are drawn from.
        looks: what looks like a clear.
        rng: decides draws.
    """
    for example in examples:
        if example.acts is None and _HALF_LABELLED.search(example.text):
            continue
        placed = draw_conversation(example, stock, rng)
        tagging = Tagging(dict.fromkeys(example.acts or (), 1.0), example.spans)
        operations = compose(tagging, placed.message, placed.conversation, stock.domain)
        if _says_less(operations, example):
            continue
        part = looks.part(example.text, example.lang, operations, example.spans)
        row = make_row(placed.message, placed.conversation, operations, stock.domain, example.source, part)
        if row is not None:
            yield replace(row, dialogue=f"{example.lang} {example.template}")


def rows_of_turns(path: Path, domain: Domain, looks: Looks) -> Iterator[AlpacaRow]:
    """The rows of reviewed turns: what a person decided that they mean, never what users say that they mean.

    Args:
        path: `FILE.turns.jsonl` of `assistant review`.
        domain: the slots.
        looks: what looks like a clear.

    Raises:
        DataError: the file is not UTF-8, a line is no turn or was not reviewed, an operation or slot is unknown, or words
            that an operation rests on are not in the text; the message names file and line.
    """
    check_text(path)
    try:
        candidates = read_reviewed(path)
    except BadRequest as wrong:
        raise DataError(str(wrong)) from wrong
    lines = [number for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if line.strip()]
    for number, candidate in zip(lines, candidates, strict=True):
        where = f"{path}:{number}"
        operations = candidate.operations
        _check(operations, candidate.text, domain, where)
        for name in candidate.context.slots:
            if domain.slot(name) is None:
                raise DataError(f"{where}: context.slots: {name!r} is no slot of {domain.name}")
        if candidate.lang not in domain.languages:
            raise DataError(f"{where}: lang: {candidate.lang!r} is none of {', '.join(domain.languages)}")
        part = looks.part(candidate.text, candidate.lang, operations)
        row = make_row(message_of(candidate), conversation_of(candidate), operations, domain, where, part)
        if row is not None:
            yield replace(row, dialogue=candidate.id.rpartition("-")[0] or candidate.id, user=True)


def check_text(path: Path) -> None:
    """Refuse a file that is no text; a missing one is not this function's business.

    Raises:
        DataError: a line is not UTF-8; names file and line.
    """
    if not path.is_file():
        return
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: not UTF-8 ({wrong.reason}); save the file as UTF-8") from wrong


def make_row(
    message: Message,
    conversation: Conversation,
    operations: Sequence[Operation],
    domain: Domain,
    source: str,
    part: Part,
) -> AlpacaRow | None:
    """A row, or None where the answer would not be read back as these operations."""
    answer = write(operations)
    if meaning(read(answer, message, conversation, domain)) != meaning(operations):
        return None
    prompt = track_prompt(message.text, conversation, domain)
    instruction, given = as_record(prompt)
    return AlpacaRow(instruction, given, answer, prompt.task, conversation.locale, source, source, part)


def meaning(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """The operations without who read them and how surely, and without what a remark leaves alone: only the reply names that."""
    return tuple(
        replace(one, slots=() if one.op is Op.CHITCHAT else one.slots, confidence=1.0, producer=Producer.LLAMA)
        for one in operations
    )


def _says_less(operations: Sequence[Operation], example: Example) -> bool:
    """Whether the conversation that was drawn made the composer understand less than was annotated."""
    if "unknown" in (example.acts or ()) or any(one.op is not Op.UNKNOWN for one in operations):
        return False
    pointing = any(one.topic in (THAT, NUMBER) for one in operations)
    kept = any(span.role is Role.KEEP for span in example.spans)
    return not (pointing or kept)


def _check(operations: Sequence[Operation], text: str, domain: Domain, where: str) -> None:
    for one in operations:
        for name in one.slots:
            if domain.slot(name) is None:
                raise DataError(f"{where}: operations: {name!r} is no slot of {domain.name}")
        if one.quote and text[one.quote.start : one.quote.end] != one.quote.text:
            raise DataError(f"{where}: operations: the words {one.quote.text!r} do not stand where the quote says")
