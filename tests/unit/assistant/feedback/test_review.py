"""The review: what comes first, what a reviewer may decide, and that users' corrections are never taken as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from assistant.feedback.annotated import BadAnnotation, write
from assistant.feedback.candidates import Candidate, Context, Held, Opinion
from assistant.feedback.review import Entry, accepted, corrected, queue, repeated
from assistant.feedback.written import Written
from assistant.types import Op, Operation, Phase, Status
from nlu.labels import labels_for
from nlu.types import Tagging
from tests.support.annotated import DOMAIN, ZONE, Talk, draft, tag

LABELS = labels_for({spec.name: spec.kind for spec in DOMAIN.slots})
NOW = datetime.fromisoformat("2026-06-10T14:00:00+09:00")
AFFIRM = Opinion(-1, (Operation(Op.AFFIRM),))
WRITTEN = {"en": [Written("affirm", "yes please", "yes please"), Written("inform", "at [8](time)", "at 8")]}


class Reads:
    """A tagger that reads what the test wrote; unknown messages have no tags."""

    def __init__(self, *lines: str) -> None:
        self.taggings = dict(map(tag, lines))

    def tag(self, text: str, context: str) -> Tagging:
        return self.taggings.get(text, Tagging({"unknown": 1.0}, ()))


def candidate(line: str, **fields: object) -> Candidate:
    """A message that was understood as annotated, while a booking for seven o'clock was being made."""
    text, _ = tag(line)
    operations = Talk(draft({"time": "19:00"})).operations(line)
    context = Context(phase=Phase.COLLECTING, slots={"time": Held(Status.FILLED, "19:00")})
    plain = Candidate(f"id {text}", text, "en", NOW, ZONE, context, operations, 0.9, Opinion(), False)
    return replace(plain, **fields)  # type: ignore[arg-type]


def entries(*candidates: Candidate, reads: Reads | None = None) -> list[Entry]:
    eyes = reads or Reads(*(write(one.text, tag(f"|{one.text}")[1]) for one in candidates))
    return queue(candidates, DOMAIN, eyes, WRITTEN)


def test_badly_rated_disputed_and_uncertain_messages_come_first() -> None:
    lines = ["|at [8](time) then", "|at [9](time) then", "|at [6](time) then", "|at [5](time) then"]
    sure, doubtful, disputed, bad = (candidate(line) for line in lines)
    found = entries(
        sure,
        replace(doubtful, confidence=0.4),
        replace(disputed, disagrees=True),
        replace(bad, disagrees=True, feedback=Opinion(-1)),
        reads=Reads(*lines),
    )
    assert [entry.candidate.text for entry in found] == ["at 5 then", "at 6 then", "at 9 then", "at 8 then"]


def test_what_is_new_comes_before_what_our_data_have_already() -> None:
    lines = ["affirm|yes please", "affirm|absolutely, go ahead"]
    found = entries(*map(candidate, lines), reads=Reads(*lines))
    assert [entry.candidate.text for entry in found] == ["absolutely, go ahead", "yes please"]
    assert found[1].like == WRITTEN["en"][0]


def test_an_accepted_message_keeps_its_tags_and_forgets_what_users_said() -> None:
    line = "|at [8](time)"
    (entry,) = entries(candidate(line, feedback=AFFIRM, disagrees=True), reads=Reads(line))
    kept, turn = accepted(entry)
    assert kept == "inform|at [8](time)"
    assert (turn.reviewed, turn.disagrees, turn.feedback) == (True, False, Opinion())
    assert turn.operations == entry.candidate.operations


def test_what_the_tagger_reads_otherwise_today_cannot_be_accepted() -> None:
    (entry,) = entries(candidate("|at [8](time)"), reads=Reads("deny|at 8"))
    with pytest.raises(BadAnnotation, match="differently today"):
        accepted(entry)


def test_a_correction_is_composed_where_the_message_was_said() -> None:
    (entry,) = entries(candidate("affirm|an hour later would do"))
    line, turn = corrected("|[an hour later](time.delta) would do", entry, DOMAIN, LABELS)
    assert line == "inform|[an hour later](time.delta) would do"
    (adjust,) = turn.operations
    assert (adjust.op, adjust.change and adjust.change.amount) == (Op.ADJUST, 60)
    assert turn.reviewed


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("|at [8](hour)", "is no label"),
        ("|at eight", "the message is 'at 8'"),
        ("agree|at 8", "is no act"),
        ("|[at](date) 8", "nothing comes of this line"),
    ],
)
def test_a_correction_that_cannot_be_used_is_refused(line: str, wrong: str) -> None:
    (entry,) = entries(candidate("affirm|at 8"))
    with pytest.raises(BadAnnotation, match=wrong):
        corrected(line, entry, DOMAIN, LABELS)


def test_words_that_many_corrected_messages_share_need_a_reviewer_who_insists() -> None:
    said = [candidate(f"chitchat|{word}, purple heron tonight", feedback=AFFIRM) for word in ("hm", "well", "so", "ah")]
    honest = candidate("affirm|yes please", feedback=AFFIRM)
    found = {entry.candidate.text: entry for entry in entries(*said, honest)}
    assert "'purple heron tonight' stands in 4 messages" in found["so, purple heron tonight"].warning
    assert found["yes please"].warning == ""
    with pytest.raises(BadAnnotation, match="nowhere in our data"):
        corrected("affirm|so, purple heron tonight", found["so, purple heron tonight"], DOMAIN, LABELS)
    _, turn = corrected(
        "affirm|so, purple heron tonight", found["so, purple heron tonight"], DOMAIN, LABELS, insists=True
    )
    assert [one.op for one in turn.operations] == [Op.AFFIRM]


def test_words_that_our_data_have_are_not_suspicious() -> None:
    said = [candidate("affirm|yes please", id=str(number), feedback=AFFIRM) for number in range(5)]
    assert repeated(said, WRITTEN) == {}
