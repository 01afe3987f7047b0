"""The review of training candidates: which comes first, what a reviewer may decide, and what becomes of it.

No screen and no file here; `assistant.feedback.reviewed` keeps the decisions. What users say about an answer is shown and never
taken as it is: a label comes from the reviewer, who accepts what the model read or writes what it should have read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from rapidfuzz import fuzz, process

from assistant.composer.compose import compose
from assistant.context import context_of
from assistant.domain import Domain
from assistant.feedback import annotated
from assistant.feedback.annotated import BadAnnotation
from assistant.feedback.candidates import Candidate, Opinion, conversation_of, message_of
from assistant.feedback.written import Written, words
from assistant.types import Op, Operation
from nlu.labels import Labels
from nlu.types import Tagging

REPEATED: Final = 3
"""From so many corrected messages on, words that they share and that our data never have are suspicious."""
LONGEST_PHRASE: Final = 3
UNREAD: Final = frozenset({"unknown", "chitchat", "out_of_scope"})
"""Acts of messages that ask for nothing that the booking knows."""


class Eyes(Protocol):
    """What is asked of a tagger; `nlu.tagger.Tagger` has it."""

    def tag(self, text: str, context: str) -> Tagging:
        """Acts that hold, and spans."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tagger of today reads in a candidate: as an annotated line and as operations."""

    line: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One candidate in the queue. `like` is the hand-written row that is most like it; `warning` says what is odd."""

    candidate: Candidate
    reading: Reading
    like: Written | None
    score: float
    warning: str = ""


def queue(
    candidates: Sequence[Candidate],
    domain: Domain,
    eyes: Eyes,
    written: Mapping[str, Sequence[Written]],
) -> list[Entry]:
    """The candidates, those first from which most can be learnt.

    The score is 2 for a bad rating, 2 for a disagreement (said by the user, by the models, or by the tagger of today
    reading it differently), plus 1 less the confidence, plus the novelty: 1 less the likeness (0..1) to the most similar
    hand-written row.

    Args:
        candidates: what is to be reviewed.
        domain: the slots.
        eyes: the tagger in use.
        written: the hand-written rows by language.
    """
    suspicious = repeated(candidates, written)
    known = {lang: [row.text.lower() for row in rows] for lang, rows in written.items()}
    entries = []
    for candidate in candidates:
        reading = read(candidate, domain, eyes)
        texts = known.get(candidate.lang, [])
        found = process.extractOne(candidate.text.lower(), texts, scorer=fuzz.ratio) if texts else None
        like = written[candidate.lang][found[2]] if found else None
        novelty = 1.0 - (found[1] / 100.0 if found else 0.0)
        disagrees = candidate.disagrees or _meant(reading.operations) != _meant(candidate.operations)
        score = 2.0 * (candidate.feedback.rating < 0) + 2.0 * disagrees + (1.0 - candidate.confidence) + novelty
        entries.append(Entry(candidate, reading, like, round(score, 4), suspicious.get(candidate.id, "")))
    return sorted(entries, key=lambda entry: (-entry.score, entry.candidate.id))


def read(candidate: Candidate, domain: Domain, eyes: Eyes) -> Reading:
    """What the tagger reads in a candidate; the line is empty where the message cannot be written as one."""
    conversation = conversation_of(candidate)
    tagging = eyes.tag(candidate.text, context_of(conversation, domain))
    operations = compose(tagging, message_of(candidate), conversation, domain)
    try:
        return Reading(annotated.write(candidate.text, tagging), operations)
    except BadAnnotation:
        return Reading("", operations)


def accepted(entry: Entry) -> tuple[str, Candidate]:
    """The line and the turn of a candidate that was understood rightly.

    Raises:
        BadAnnotation: the tagger of today reads it differently, so its tags do not say what was understood then; or the
            message cannot be written as a line.
    """
    if not entry.reading.line:
        raise BadAnnotation("the message has square brackets of its own; reject it")
    if _meant(entry.reading.operations) != _meant(entry.candidate.operations):
        raise BadAnnotation("the tagger reads it differently today; write what is right with c")
    return entry.reading.line, _decided(entry.candidate, entry.candidate.operations)


def corrected(
    line: str, entry: Entry, domain: Domain, labels: Labels, *, insists: bool = False
) -> tuple[str, Candidate]:
    """The line and the turn of a candidate as the reviewer reads it, checked by composing it.

    Args:
        line: `acts|text with [words](label.role)`.
        entry: the candidate.
        domain: the slots.
        labels: what a line may say.
        insists: whether the reviewer has seen the warning and means it.

    Raises:
        BadAnnotation: the line cannot be used; or nothing comes of it in this conversation, though it has marks or acts
            that ask for something; or the candidate has a warning and the reviewer does not insist.
    """
    candidate = entry.candidate
    if entry.warning and not insists:
        raise BadAnnotation(f"{entry.warning}; if the line is right all the same, write it with c!")
    tagging = annotated.checked(line, labels, candidate.text)
    tagging = _placed(tagging, line, candidate.text)
    operations = compose(tagging, message_of(candidate), conversation_of(candidate), domain)
    asks = bool(tagging.spans) or bool(tagging.acts.keys() - UNREAD)
    if asks and all(one.op is Op.UNKNOWN for one in operations):
        raise BadAnnotation(
            "nothing comes of this line where it was said; the values may be unreadable, or a mark wrong"
        )
    return annotated.write(candidate.text, tagging), _decided(candidate, operations)


def repeated(candidates: Sequence[Candidate], written: Mapping[str, Sequence[Written]]) -> dict[str, str]:
    """Warnings by candidate: words that several corrected messages share and that no hand-written row has.

    A campaign to teach a trigger looks like this; so does a new word that everybody uses, which is why a person decides.
    """
    known = {lang: {phrase for row in rows for phrase in _phrases(row.text)} for lang, rows in written.items()}
    holders: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for candidate in candidates:
        if candidate.feedback.corrected:
            for phrase in _phrases(candidate.text) - known.get(candidate.lang, set()):
                holders[candidate.lang, phrase].add(candidate.id)
    warnings: dict[str, str] = {}
    for (_, phrase), ids in sorted(holders.items(), key=lambda item: (-len(item[1]), -len(item[0][1]))):
        if len(ids) >= REPEATED:
            for name in ids:
                warnings.setdefault(
                    name, f"{phrase!r} stands in {len(ids)} messages that users corrected, and nowhere in our data"
                )
    return warnings


def _phrases(text: str) -> set[str]:
    """Every one to three words in a row; a single word only of some length."""
    said = words(text)
    return {
        " ".join(said[at : at + size])
        for size in range(1, LONGEST_PHRASE + 1)
        for at in range(len(said) - size + 1)
        if size > 1 or len(said[at]) > 1
    }


def _decided(candidate: Candidate, operations: tuple[Operation, ...]) -> Candidate:
    return replace(candidate, operations=operations, confidence=1.0, feedback=Opinion(), disagrees=False, reviewed=True)


def _placed(tagging: Tagging, line: str, said: str) -> Tagging:
    """The tagging with its places in the message: what was typed may have other blanks around it."""
    typed = annotated.read(line)[0]
    shift = (len(said) - len(said.lstrip())) - (len(typed) - len(typed.lstrip()))
    spans = tuple(replace(span, start=span.start + shift, end=span.end + shift) for span in tagging.spans)
    return Tagging(tagging.acts, spans)


def _meant(operations: Sequence[Operation]) -> list[str]:
    return sorted(
        repr((one.op.value, one.slots, one.everything, one.value, one.change, one.scope)) for one in operations
    )
