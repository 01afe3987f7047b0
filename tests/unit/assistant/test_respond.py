"""What the user reads: nothing that happened is kept quiet, nothing is said that is not stored."""

import string
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from assistant.act import ACTIONS, Scene, Stage, perform
from assistant.possible import Possible
from assistant.respond import render
from assistant.tracker import readback
from assistant.types import Effects, Flag, Phase, Refusal, Said, Slot, Status
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, Talk, draft, filled
from tests.support.fakes import FakeBookings

POSSIBLE = Possible(DOMAIN, WEDNESDAY)
SCENE = Scene(DOMAIN, FakeBookings(), WEDNESDAY, "", "en")


def texts(stage: Stage, language: str = "en") -> list[str]:
    return [reply.text for reply in render(stage, POSSIBLE, language)]


def after(talk: Talk, annotated: str, *said: Said) -> Stage:
    applied = talk.hear(annotated)
    return Stage(applied.conversation, applied.effects, said)


def test_an_inferred_half_of_the_day_is_said() -> None:
    stage = after(Talk(draft({"restaurant": "hanok_table", "date": "2026-06-11"})), "|at [7](time)")
    assert "7 pm" in texts(stage)[0]
    assert "저녁 7시" in texts(stage, "ko")[0]


def test_what_is_in_question_is_told_though_something_else_is_asked_first() -> None:
    talk = Talk(draft({}))
    stage = after(talk, "|[five](party_size) [on the 12th or the 13th](date)", Said("ask", "restaurant"))
    assert texts(stage)[0] == "Noted: 5 people. Still to be settled: date (Friday, June 12 or Saturday, June 13)."
    asked = replace(stage, said=(Said("ask", "date"),))
    assert texts(asked)[0] == "Noted: 5 people."


def test_a_removed_value_is_named() -> None:
    stage = after(Talk(draft()), "|drop [the time](slot_ref.clear)")
    assert texts(stage) == ["I removed the time (7 pm)."]


def test_removed_values_are_named_in_the_order_in_which_they_are_asked() -> None:
    stage = after(Talk(draft()), "clear_all|clear everything")
    assert texts(stage) == [
        "I removed the restaurant (Hanok Table). I removed the date (Friday, June 12). I removed the time (7 pm). "
        "I removed the party size (4 people). I removed the name (Kim Minsu)."
    ]


@pytest.mark.parametrize(
    ("phase", "said"),
    [(Phase.IDLE, "예약이라면 언제든 도와드릴게요!"), (Phase.COLLECTING, "네!"), (Phase.CONFIRMING, "네!")],
)
def test_small_talk_in_the_middle_of_a_booking_is_answered_briefly(phase: Phase, said: str) -> None:
    stage = Stage(replace(draft(), phase=phase), Effects(), (Said("chitchat"),))
    assert texts(stage, "ko") == [said]


def test_a_refusal_names_its_limit_and_what_is_kept() -> None:
    stage = after(Talk(draft()), "|make it [50 people](party_size)")
    assert "12" in texts(stage)[0]
    assert "4 people" in texts(stage)[0]


def test_a_time_outside_the_hours_names_the_last_seating() -> None:
    stage = after(Talk(draft()), "|at [11:30 pm](time)")
    assert "9 pm" in texts(stage)[0]
    assert "밤 9시" in texts(stage, "ko")[0]


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_a_readback_says_every_value(language: str) -> None:
    conversation = draft(FRIDAY).with_slots(
        {"party_size": Slot(Status.FILLED, value="3", parts={"adults": "2", "children": "1"})}
    )
    stage = await perform("action_readback", Stage(conversation, Effects()), SCENE)
    (said,) = texts(stage, language)
    wanted = {"en": ["Hanok Table", "June 12", "7 pm", "3 people", "adults: 2", "Kim Minsu"]}
    wanted["ko"] = ["한옥테이블", "6월 12일", "저녁 7시", "3명", "어른 2", "Kim Minsu"]
    assert [part for part in wanted[language] if part not in said] == []


@pytest.mark.parametrize(
    ("earlier", "answer", "said"),
    [
        ({}, "There is a lift.", "Shall I book it as I have it?"),
        ({"time": "18:00"}, "There is a lift.", "To confirm: Hanok Table"),
        ({}, "I have this: {summary}.", "To confirm: Hanok Table"),
    ],
)
async def test_after_an_answer_a_readback_that_was_heard_is_not_read_out_again(
    earlier: dict[str, str], answer: str, said: str
) -> None:
    conversation = draft(FRIDAY, phase=Phase.CONFIRMING, read_back=readback(draft(FRIDAY | earlier)))
    answered = Stage(conversation, Effects(), (Said("answer", words=answer),))
    assert texts(await perform("action_readback", answered, SCENE))[-1].startswith(said)


@pytest.mark.parametrize(
    ("held", "also", "said"),
    [
        (FRIDAY, (), "I have this: Hanok Table, Friday, June 12, 7 pm, 4 people, Kim Minsu."),
        ({}, (), "Nothing is noted yet."),
        (
            FRIDAY,
            (Said("readback"),),
            "To confirm: Hanok Table, Friday, June 12, 7 pm, 4 people, Kim Minsu. Shall I book it?",
        ),
    ],
)
def test_what_is_noted_is_told_once_on_request(held: dict[str, str], also: tuple[Said, ...], said: str) -> None:
    stage = Stage(draft(held), Effects(), (Said("answer", words="I have this: {summary}."), *also))
    assert texts(stage) == [said]


def test_choices_among_candidates_are_buttons() -> None:
    conversation = draft({"restaurant": "morning_cup"}).with_slots(
        {"time": Slot(Status.CANDIDATES, candidates=("07:00", "19:00"))}
    )
    (reply,) = render(Stage(conversation, Effects(), (Said("ask_time", slot="time"),)), POSSIBLE, "en")
    assert reply.quick_replies == ("7 am", "7 pm")


def test_what_is_about_is_said_with_the_value() -> None:
    conversation = draft(FRIDAY).with_slots(
        {"time": Slot(Status.FILLED, value="19:00", flags=frozenset({Flag.APPROXIMATE}))}
    )
    stage = Stage(conversation, Effects(changed=("time",)))
    assert "about 7 pm" in texts(stage)[0]


def test_a_question_without_an_answer_is_not_given_one() -> None:
    stage = Stage(draft(), Effects(), (Said("answer"),))
    assert "don't know" in texts(stage)[0]


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_every_action_can_be_put_into_words(language: str) -> None:
    for name in ACTIONS:
        conversation = draft(FRIDAY, booking_id="b0", booked=filled(FRIDAY), loose_number="6")
        bookings = FakeBookings()
        stage = await perform(name, Stage(conversation, Effects()), replace(SCENE, bookings=bookings, locale=language))
        assert all("{" not in text and "(으로" not in text for text in texts(stage, language)), name


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_refusal_can_be_put_into_words(language: str) -> None:
    for reason in DOMAIN.responses[language].refused:
        refusal = Refusal("time", reason, text="7", value="19:00", limit="21:00", kept="20:00", alternatives=("18:00",))
        (text,) = texts(Stage(draft(), Effects(refusals=(refusal,))), language)
        assert "{" not in text


def test_both_languages_say_the_same_things() -> None:
    folder = Path(__file__).parents[3] / "domains" / "restaurant" / "responses"
    english, korean = (yaml.safe_load((folder / f"{name}.yml").read_text()) for name in ("en", "ko"))

    def fields(texts: object, path: str = "") -> dict[str, set[str]]:
        if isinstance(texts, dict):
            return {key: value for name, one in texts.items() for key, value in fields(one, f"{path}.{name}").items()}
        parts = texts if isinstance(texts, list) else [texts]
        return {path: {name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name}}

    assert fields(english).keys() == fields(korean).keys()


def test_a_booked_reply_comes_only_after_the_commit() -> None:
    stage = Stage(draft(phase=Phase.CONFIRMING), Effects(), (Said("readback"),))
    assert not any("Booked" in text for text in texts(stage))
