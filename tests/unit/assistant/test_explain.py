"""An explanation shows what really happened, also what did not count; and the command names what it cannot use."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from rich.console import Console
from typer.testing import CliRunner

from assistant.cli import app
from assistant.commands.explain_screen import print_explanation
from assistant.explain import Explanation, PieceSeen, Situation, conversation_in, explain
from assistant.settings import ROOT
from assistant.types import Message, NewValue, Op, Pending, Phase, Refusal, Status
from nlu.types import Tagging
from tests.support.annotated import DOMAIN, WEDNESDAY, ZONE, tag

NOW = "2026-06-10T14:00:00+09:00"
needs_model = pytest.mark.skipif(
    not (ROOT / "models" / "tagger" / "manifest.json").is_file(), reason="no tagger is trained"
)


@dataclass(frozen=True, slots=True)
class AnnotatedEyes:
    """Sees the tags of the annotation; one piece a span, and one act that is too unlikely to count."""

    tagging: Tagging

    def tag(self, text: str, context: str) -> Tagging:
        return self.tagging

    def acts(self, text: str, context: str) -> Mapping[str, float]:
        return {"undo": 0.3, **self.tagging.acts}

    def pieces(self, text: str, context: str) -> Sequence[PieceSeen]:
        return [PieceSeen(span.text, f"B-{span.label}", span.confidence) for span in self.tagging.spans]


def explained(annotated: str, asked: str | None = None, **values: str) -> Explanation:
    text, tagging = tag(annotated)
    situation = Situation({name: NewValue((value,)) for name, value in values.items()}, asked)
    before, refused = conversation_in(situation, DOMAIN, WEDNESDAY, ZONE)
    assert not refused
    return explain(Message("c", "m", text, "en", ZONE, WEDNESDAY), before, DOMAIN, AnnotatedEyes(tagging))


def test_an_act_below_its_threshold_is_listed_and_does_not_count() -> None:
    told = explained("affirm|yes please")
    assert [(one.act, one.counts) for one in told.acts] == [("affirm", True), ("undo", False)]


def test_a_bare_number_is_read_for_every_slot_that_it_might_be_for() -> None:
    (number,) = explained("|[8](number)", asked="time").spans
    assert number.readings["time"].values == ("20:00", "08:00")
    assert number.readings["party_size"].values == ("8",)
    assert number.readings["phone"].reason == "unreadable"


def test_what_changed_is_told_slot_by_slot_and_what_did_not_is_left_out() -> None:
    told = explained("|make it [8](number) instead of [7](number.old)", asked="name", time="19:00", party_size="4")
    (change,) = told.changes
    assert (change.slot, change.before.value, change.after.value) == ("time", "19:00", "20:00")
    assert told.meaning == "inform"


def test_a_cleared_value_is_told_with_its_reason() -> None:
    told = explained("|forget [the time](slot_ref.clear)", time="19:00")
    assert [(one.slot, one.value, one.reason) for one in told.dropped] == [("time", "19:00", "asked")]
    assert told.changes[0].after.status is Status.CLEARED
    assert told.spans[0].names == ("time",)


def test_a_refused_value_is_told_and_the_old_one_stays() -> None:
    told = explained("|[11 pm](time) please", restaurant="hanok_table", time="19:00")
    assert [(one.slot, one.reason, one.kept) for one in told.refusals] == [("time", "hours", "19:00")]
    assert told.changes == ()


def test_a_change_of_a_held_value_is_read_as_such() -> None:
    told = explained("|[an hour later](time.delta)", time="19:00")
    assert told.spans[0].delta is not None
    assert [one.op for one in told.operations] == [Op.ADJUST]


def test_a_question_that_comes_along_is_told() -> None:
    told = explained("ask|[8 pm](time), and can we bring a dog?")
    assert (told.meaning, told.asks) == ("inform", True)


def test_a_conversation_that_changes_a_booking_has_one() -> None:
    values = {"time": NewValue(("19:00",))}
    before, _ = conversation_in(Situation(values, pending=Pending.MODIFY), DOMAIN, WEDNESDAY, ZONE)
    assert before.booking_id
    assert before.booked["time"].value == "19:00"
    before, _ = conversation_in(Situation(values), DOMAIN, WEDNESDAY, ZONE)
    assert (before.phase, before.booking_id) == (Phase.COLLECTING, "")


def test_a_conversation_that_confirms_was_read_back() -> None:
    values = {"time": NewValue(("19:00",))}
    before, _ = conversation_in(Situation(values, phase=Phase.CONFIRMING), DOMAIN, WEDNESDAY, ZONE)
    assert before.read_back == {"time": "19:00"}


def test_values_that_cannot_be_held_are_given_back() -> None:
    values = {"restaurant": NewValue(("hanok_table",)), "time": NewValue(("23:00",))}
    before, refused = conversation_in(Situation(values), DOMAIN, WEDNESDAY, ZONE)
    assert refused == [Refusal("time", "hours", "", "23:00", "21:00", alternatives=refused[0].alternatives)]
    assert before.value("time") is None


@pytest.mark.parametrize(
    ("annotated", "shown"),
    [
        ("|[an hour later](time.delta)", "+60 minutes"),
        ("|make that [half past](time)", "clock minute 30"),
        ("|[one child more](party_size.delta)", "+1 people, parts 1 children"),
        ("|[7 in the evening](time)", "filled 19:00"),
        ("|forget [the time](slot_ref.clear)", "names: time"),
        ("|[between 6 and 8 pm](time)", "18:00 to 20:00"),
        ("|[two adults and one child](party_size)", "3 (2 adults, 1 children)"),
        ("|[11 pm](time)", "refused: hours 20:00"),
        ("clear_all|everything", "clear"),
        ("cancel|cancel", "scope: open"),
        ("unknown|[7](number) [[[", "topic: number"),
    ],
)
def test_every_kind_of_operation_can_be_printed(annotated: str, shown: str) -> None:
    console = Console(width=200, record=True, file=io.StringIO())
    print_explanation(explained(annotated, restaurant="morning_cup", time="18:00", party_size="4"), console)
    assert shown in console.export_text()


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["explain", *arguments, "--now", NOW])
    return result.exit_code, result.output


@needs_model
def test_the_command_shows_every_step() -> None:
    code, output = run("forget the time", "--set", "time=19:00", "--set", "party_size=2+1")
    assert code == 0
    for shown in (
        "the tagger is told",
        "word pieces",
        "acts",
        "spans",
        "operations",
        "what the reducer did",
        "filled 19:00",
        "the policy hears",
    ):
        assert shown in output


@needs_model
def test_the_command_gives_programs_the_same_as_json() -> None:
    code, output = run("네", "--json")
    told = json.loads(output)
    assert (code, told["text"], told["context"]) == (0, "네", "none idle create :")
    assert len(told["acts"]) > 5


@needs_model
@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--set", "time"], "--set: 'time'; write SLOT=VALUE"),
        (["--set", "hour=7"], "--set: 'hour=7'; write SLOT=VALUE with one of restaurant, date, time"),
        (["--set", "time=7pm"], '--set time=7pm: is "7pm"; give a time as HH:MM'),
        (["--set", "time=23:00"], "--set time=23:00: the domain's rules refuse it (hours, limit 21:00)"),
        (["--asked", "hour"], "--asked: 'hour' is never asked"),
        (["--lang", "fr"], "--lang: 'fr'; write en or ko"),
    ],
)
def test_an_option_that_cannot_be_used_is_named_with_its_value(options: list[str], complaint: str) -> None:
    code, output = run("yes", *options)
    assert (code, complaint in output) == (2, True), output


def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_TAGGER", "nowhere")
    code, output = run("yes")
    assert code == 2
    assert output.startswith("ASSISTANT_TAGGER: nowhere")
