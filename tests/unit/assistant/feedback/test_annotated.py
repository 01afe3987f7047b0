"""The form in which people write what an utterance means."""

import pytest

from assistant.feedback.annotated import BadAnnotation, checked, read, write
from nlu.labels import labels_for
from nlu.types import Kind, Role, Span, Tagging

LABELS = labels_for({"date": Kind.DATE, "time": Kind.TIME})


@pytest.mark.parametrize(
    "line",
    [
        "deny|No, at [8](time) instead of [7](time.old)",
        "affirm+start|네, [내일](date) 예약할게요",
        "inform|[7](number)",
        "clear_all|forget it | all of it",
    ],
)
def test_a_line_is_written_as_it_was_read(line: str) -> None:
    assert write(*read(line)) == line


def test_spans_know_their_places_in_the_plain_text() -> None:
    text, tagging = read("deny|No, at [8](time) instead of [7](time.old)")
    assert text == "No, at 8 instead of 7"
    assert tagging == Tagging({"deny": 1.0}, (Span("time", Role.VALUE, 7, 8, "8"), Span("time", Role.OLD, 20, 21, "7")))


@pytest.mark.parametrize(
    ("line", "said", "wrong"),
    [
        ("agree|yes", "yes", "'agree' is no act"),
        ("|at [8](hour)", "at 8", "'hour' is no label"),
        ("|at [8](time.new)", "at 8", "'new' is no role"),
        ("|at [9](time)", "at 8", "says 'at 9'"),
        ("|at [8] (time)", "at 8", "says"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_the_reason(line: str, said: str, wrong: str) -> None:
    with pytest.raises(BadAnnotation, match=wrong):
        checked(line, LABELS, said)


def test_brackets_of_the_users_own_cannot_be_written() -> None:
    with pytest.raises(BadAnnotation, match="square brackets"):
        write("at [8]", Tagging({}, ()))
