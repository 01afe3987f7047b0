"""Logged conversations as training candidates: few per user, without personal data, without near-copies.

What comes in has consent already (`assistant.adapters.database.logs` reads nothing else). Knows no database and writes no
file; what a reviewer makes of the rows is the business of `assistant.feedback.review`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from typing import Final

from rapidfuzz import fuzz, process

from assistant.domain import Domain
from assistant.feedback import personal
from assistant.feedback.candidates import Candidate, Context, Opinion, context_of, dump
from assistant.feedback.logged import Feedback, LoggedConversation, LoggedTurn
from assistant.feedback.redact import Redactor, applied
from assistant.types import Conversation, Op, Operation, Outcome, Producer, Scope, Slot
from nlu.types import Kind, Moment
from nlu.values import normalise

MOST_PER_USER: Final = 20
"""Conversations of one user in one export."""
MOST_SHARE: Final = 0.01
"""Share of all conversations of an export that one user may give; the smaller of the two counts, but at least one."""
ALIKE: Final = 90.0
"""From this similarity on (0..100, `rapidfuzz.fuzz.ratio`) two messages count as copies."""
SHORT: Final = 12
"""Messages up to so many characters mean what was asked: they are compared only with those of the same context."""
PERSONAL: Final = (Kind.NAME, Kind.PHONE)


@dataclass
class Export:
    """The rows of one export, and what was left out on the way."""

    conversations: int = 0
    """Those with consent that had a message to use."""
    over_cap: int = 0
    """Conversations left out because their user had given enough."""
    copies: int = 0
    """Rows left out because another row says nearly the same."""
    unsafe: int = 0
    """Rows left out because something personal was still in them."""
    rows: list[Candidate] = field(default_factory=list)


def export(
    logged: Iterable[LoggedConversation],
    domain: Domain,
    ordinary: frozenset[str],
    *,
    key: bytes,
    since: datetime | None = None,
) -> Export:
    """Make training candidates.

    Args:
        logged: conversations with consent.
        domain: the slots.
        ordinary: words in small letters that are nobody's name; see `assistant.feedback.written`.
        key: random and thrown away afterwards: ids, replacements and the choice among a user's conversations follow
            from it, so that nobody can steer or undo them.
        since: messages before it are left out, timezone-aware.
    """
    conversations = [one for one in logged if _usable(one, since)]
    kept = within_share(conversations, key)
    result = Export(conversations=len(conversations), over_cap=len(conversations) - len(kept))
    for conversation in kept:
        for row in _rows(conversation, _usable(conversation, since), domain, ordinary, key):
            if row is None:
                result.unsafe += 1
            else:
                result.rows.append(row)
    rows = without_copies(result.rows)
    result.copies = len(result.rows) - len(rows)
    result.rows = rows
    return result


def within_share(conversations: Sequence[LoggedConversation], key: bytes) -> list[LoggedConversation]:
    """The conversations that are left when no user gives more than a share, chosen and put in order by the key.

    All who have no user id count as one user.
    """
    most = max(1, min(MOST_PER_USER, int(MOST_SHARE * len(conversations))))
    taken: Counter[str] = Counter()
    kept = []
    for conversation in sorted(conversations, key=lambda one: _hash(key, one.id)):
        taken[conversation.user_id] += 1
        if taken[conversation.user_id] <= most:
            kept.append(conversation)
    return kept


def without_copies(rows: Sequence[Candidate]) -> list[Candidate]:
    """The rows without near-copies of others; of two alike, the one that somebody thinks is wrong is kept."""
    kept: defaultdict[tuple[object, ...], dict[int, str]] = defaultdict(dict)
    chosen: list[int] = []
    for number in sorted(range(len(rows)), key=lambda at: (not rows[at].disagrees, rows[at].feedback.rating, at)):
        row = rows[number]
        words = _bare(row.text)
        short = len(words) <= SHORT
        group = kept[row.lang, *((row.context.asked, row.context.phase) if short else ())]
        if process.extractOne(words, group, scorer=fuzz.ratio, score_cutoff=ALIKE) is None:
            group[number] = words
            chosen.append(number)
    return [rows[number] for number in sorted(chosen)]


def _bare(text: str) -> str:
    """The words as they are compared: small, numbers all alike."""
    return " ".join("".join("0" if char.isdigit() else char for char in text.lower().strip(" .!?~")).split())


def _usable(conversation: LoggedConversation, since: datetime | None) -> list[LoggedTurn]:
    """The turns in which a user said something; changes by programs and the closing of a conversation are none."""
    return [
        turn
        for turn in conversation.turns
        if turn.text.strip()
        and turn.outcome.operations
        and all(one.producer is not Producer.API for one in turn.outcome.operations)
        and (since is None or turn.at >= since)
    ]


def _rows(
    conversation: LoggedConversation,
    turns: Sequence[LoggedTurn],
    domain: Domain,
    ordinary: frozenset[str],
    key: bytes,
) -> Iterable[Candidate | None]:
    name = _hash(key, conversation.id)
    redactor = Redactor(blake2b(f"names {conversation.id}".encode(), key=key[:64]).digest(), ordinary)
    redactor.learn(
        names=[*_given(conversation, domain, Kind.NAME), *_introduced(conversation, domain, ordinary)],
        phones=_given(conversation, domain, Kind.PHONE),
    )
    places = {turn.message_id: number for number, turn in enumerate(conversation.turns)}
    for turn in turns:
        number = places[turn.message_id]
        following = conversation.turns[number + 1].outcome if number + 1 < len(conversation.turns) else None
        row = _row(turn, following, f"{name}-{number + 1}", domain, redactor)
        yield None if redactor.knows(dump(replace(row, id="", model=""))) else row


def _row(turn: LoggedTurn, following: Outcome | None, name: str, domain: Domain, redactor: Redactor) -> Candidate:
    def kind_of(slot: str) -> Kind | None:
        spec = domain.slot(slot)
        return spec.kind if spec else None

    asked = kind_of(turn.before.asked or "")
    named = [
        one.quote
        for one in turn.outcome.operations
        if one.quote and one.op is Op.SET and one.slots and kind_of(one.slots[0]) is Kind.NAME
    ]
    plain = _printable(turn.text)
    edits = redactor.edits(plain, phone_asked=asked is Kind.PHONE, names=named)
    operations = tuple(redactor.operation(one, plain, edits, kind_of) for one in turn.outcome.operations)
    opinion = _opinion(turn.feedback)
    corrected = tuple(redactor.operation(one, plain, edits, kind_of) for one in opinion.corrected)
    return Candidate(
        id=name,
        text=applied(plain, edits),
        lang=turn.outcome.conversation.locale,
        now=turn.at.replace(minute=0, second=0, microsecond=0),
        zone=turn.outcome.conversation.time_zone,
        context=_context(turn.before, domain, redactor),
        operations=operations,
        confidence=round(min(one.confidence for one in operations), 4),
        feedback=replace(opinion, corrected=corrected, comments=tuple(map(redactor.text, opinion.comments))),
        disagrees=_disagrees(turn, opinion, following),
        model=turn.outcome.model_version,
    )


def _context(before: Conversation, domain: Domain, redactor: Redactor) -> Context:
    def shown(name: str, slot: Slot) -> Slot:
        spec = domain.slot(name)
        if spec is None or spec.kind not in PERSONAL:
            return slot
        value = redactor.value(slot.value, spec.kind) if slot.value is not None else None
        return replace(slot, value=value, candidates=tuple(redactor.value(one, spec.kind) for one in slot.candidates))

    return context_of(before, {name: shown(name, slot) for name, slot in before.slots.items()})


def _printable(text: str) -> str:
    """The text on one line, every character in its place: files of rows and of YAML hold it as it is."""
    return "".join(char if char.isprintable() else " " for char in text)


def _opinion(feedback: Sequence[Feedback]) -> Opinion:
    corrections = [one.corrected for one in feedback if one.corrected]
    return Opinion(
        rating=min((one.rating for one in feedback), default=0),
        corrected=corrections[-1] if corrections else (),
        comments=tuple(one.comment for one in feedback if one.comment),
    )


def _disagrees(turn: LoggedTurn, opinion: Opinion, following: Outcome | None) -> bool:
    said = turn.outcome.operations
    if opinion.corrected and sorted(map(_meaning, opinion.corrected)) != sorted(map(_meaning, said)):
        return True
    if len({one.producer for one in said}) > 1:
        return True
    touched = {slot for one in said for slot in one.slots}
    return following is not None and any(_takes_back(one, touched) for one in following.operations)


def _takes_back(operation: Operation, touched: set[str]) -> bool:
    """Whether the user's next words say that the last ones were misunderstood."""
    if operation.op is Op.UNDO or (operation.op is Op.CANCEL and operation.scope is Scope.CHANGE):
        return True
    return operation.op is Op.SET and operation.rejects_old and bool(touched & set(operation.slots))


def _meaning(operation: Operation) -> str:
    """What counts when two readings are compared: not the words, not who read them, not how surely."""
    value = operation.value.candidates if operation.value else ()
    change = (operation.change.unit, operation.change.amount, operation.change.clock_minute) if operation.change else ()
    scope = operation.scope or ""
    return repr((operation.op.value, sorted(operation.slots), operation.everything, value, change, str(scope)))


def _given(conversation: LoggedConversation, domain: Domain, kind: Kind) -> Iterable[str]:
    """What the conversation holds in slots of that kind, before, after and in every correction."""
    slots = {spec.name for spec in domain.slots if spec.kind is kind}
    for turn in conversation.turns:
        after = turn.outcome.conversation
        drafts = [turn.before.slots, after.slots, after.booked, *(one.slots for one in (*after.past, *after.future))]
        for slot in (draft[name] for draft in drafts for name in slots & draft.keys()):
            yield from (value for value in (slot.value, *slot.candidates) if value)
        yield from (value for name, value in (after.read_back or {}).items() if name in slots)
        for one in (*turn.outcome.operations, *after.held, *(op for said in turn.feedback for op in said.corrected)):
            if one.value and slots & set(one.slots):
                yield from one.value.candidates


def _introduced(conversation: LoggedConversation, domain: Domain, ordinary: frozenset[str]) -> Iterable[str]:
    """Names that are said without being taken: in passing, in comments, or in an answer that was not understood."""
    for turn in conversation.turns:
        if all(one.producer is Producer.API for one in turn.outcome.operations):
            continue
        text = _printable(turn.text)
        yield from personal.introduced(text, ordinary)
        for said in turn.feedback:
            yield from personal.introduced(said.comment, ordinary)
        spec = domain.slot(turn.before.asked or "")
        if spec is not None and spec.kind is Kind.NAME:
            answer = normalise(text, Kind.NAME, Moment(turn.at, turn.outcome.conversation.time_zone)).exact or ""
            yield " ".join(word for word in answer.split() if word.lower() not in ordinary)


def _hash(key: bytes, name: str) -> str:
    return blake2b(name.encode(), key=key[:64], digest_size=6).hexdigest()
