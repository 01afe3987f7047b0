"""Rasa's examples as rows of ours: marks, what an intent means, and what is better left out."""

from pathlib import Path

import pytest
import yaml

from assistant.import_rasa.files import Part, Project
from assistant.import_rasa.names import act_of, counts_people, kinds_of
from assistant.import_rasa.nlu import Example, Marker, opens, read_examples, write_rows
from assistant.import_rasa.report import Report
from assistant.import_rasa.slots import Planned
from assistant.import_rasa.values import Said, Source, Values
from nlu.types import Kind

NOTHING = Values({}, {}, (), duckling=False)


def project(nlu: str = "[]", rules: str = "[]", forms: str = "{}") -> Project:
    def part(text: str) -> Part:
        return Part("x.yml", 1, yaml.compose(text, Loader=yaml.SafeLoader))

    return Project(Path("p"), "en", part("{}"), {"forms": [part(forms)]}, part(nlu).items(), part(rules).items(), [])


def source(entity: str, role: str = "", intents: tuple[str, ...] = ()) -> Source:
    return Source(entity, role, "", intents, ())


def example(text: str, *marks: tuple[int, Said], intent: str = "inform") -> Example:
    return Example(intent, text, marks, "x.yml:1")


CITY = (
    Planned("origin", Kind.CHOICE, None, "origin", sources=(source("city", "from"),)),
    Planned("target", Kind.CHOICE, None, "target", sources=(source("city", "to"),)),
)
COUNTS = (
    Planned("rooms", Kind.COUNT, None, "rooms", sources=(source("number"),)),
    Planned("people", Kind.COUNT, None, "people", sources=(source("number"),)),
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[gastro pub](cuisine:gastropub)", Said("gastro pub", "cuisine", value="gastropub")),
        ("[Kim](doctor)", Said("Kim", "doctor")),
        ('[7]{"entity": "number", "role": "old"}', Said("7", "number", "old")),
        ('[7]{"entity": "n", "role": "r", "group": "1", "value": "seven"}', Said("7", "n", "r", "1", "seven")),
        ('[Rome][{"entity": "city"}, {"entity": "capital"}]', Said("Rome", "city")),
    ],
)
def test_every_form_of_annotation_is_read(written: str, said: Said) -> None:
    found, _ = read_examples(project(f"- {{intent: inform, examples: '- at {written} please'}}"), Report())
    assert [(one.text, one.marks) for one in found] == [(f"at {said.words} please", ((3, said),))]


def test_a_role_that_tells_slots_apart_is_spent_on_it() -> None:
    told = example("to Rome", (3, Said("Rome", "city", "to")))
    assert Marker(CITY, NOTHING).row(told, "inform") == "to [Rome](target)"


def test_a_row_whose_slot_cannot_be_told_is_left_out() -> None:
    planned = [Planned(one.name, one.kind, None, one.theirs, sources=(source("city"),)) for one in CITY]
    marker = Marker(planned, NOTHING)
    assert marker.row(example("Rome", (0, Said("Rome", "city"))), "inform") is None
    assert list(marker.dropped_rows.values()) == [["x.yml:1"]]


def test_a_number_for_several_counts_is_a_number_that_the_context_decides() -> None:
    assert Marker(COUNTS, NOTHING).row(example("2", (0, Said("2", "number"))), "inform") == "[2](number)"


def test_the_intent_of_a_mapping_tells_slots_apart() -> None:
    planned = [
        Planned("rooms", Kind.COUNT, None, "rooms", sources=(source("number", intents=("give_rooms",)),)),
        Planned("people", Kind.COUNT, None, "people", sources=(source("number", intents=("give_people",)),)),
    ]
    told = example("2", (0, Said("2", "number")), intent="give_people")
    assert Marker(planned, NOTHING).row(told, "inform") == "[2](people)"


def test_an_old_value_stays_old() -> None:
    told = example("not 2", (4, Said("2", "number", "old")))
    assert Marker(COUNTS[:1], NOTHING).row(told, "inform") == 'not [2]{"entity": "rooms", "role": "old"}'


def test_a_row_with_a_value_that_duckling_would_find_is_left_out_but_not_a_remark() -> None:
    marker = Marker(COUNTS[:1], Values({}, {}, (), duckling=True))
    assert marker.row(example("two please"), "inform") is None
    assert marker.row(example("how are the two of you?"), "chitchat") == "how are the two of you?"
    assert Marker(COUNTS[:1], NOTHING).row(example("two please"), "inform") == "two please"


def test_the_intent_that_opens_the_form_starts_a_booking() -> None:
    rules = """
    - steps:
      - intent: want_it
      - action: the_form
    - steps:
      - intent: want_other
      - action: utter_hello
      - action: the_form
    - steps:
      - or: [{intent: hungry}, {intent: thirsty}]
      - action: the_form
    """
    assert opens(project(rules=rules, forms="{the_form: {required_slots: [x]}}")) == {
        "want_it": "the_form", "hungry": "the_form", "thirsty": "the_form",
    }  # fmt: skip


def test_the_same_words_are_written_once() -> None:
    told = [example("yes", intent="affirm"), Example("affirm", "Yes!", (), "x.yml:2")]
    (block,) = write_rows(project(), "f", told, (), NOTHING, Report())
    assert (block.act, block.rows) == ("affirm", ("yes",))


@pytest.mark.parametrize(
    ("intent", "act"),
    [
        ("thank_you", "chitchat"), ("botChallenge", "chitchat"), ("faq/opening_hours", "ask"), ("stop", "cancel"),
        ("human_handoff", "handoff"), ("cancel_reservation", "cancel_booking"), ("change_booking", "modify"),
        ("book_table", "start"), ("provide_name", "inform"), ("check_booking", ""), ("rate_us", ""),
    ],
)  # fmt: skip
def test_common_names_of_intents_are_known(intent: str, act: str) -> None:
    assert act_of(intent) == act


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("num_people", (Kind.COUNT,)), ("numberOfGuests", (Kind.COUNT,)), ("guest_name", (Kind.NAME,)),
        ("restaurant_name", ()), ("contact-number", (Kind.PHONE,)), ("mobile_number", (Kind.PHONE,)),
        ("pickup_date", (Kind.DATE,)), ("date_time", (Kind.DATE, Kind.TIME)), ("예약_시간", (Kind.TIME,)), ("cuisine", ()),
    ],
)  # fmt: skip
def test_common_names_of_slots_are_known(name: str, kinds: tuple[Kind, ...]) -> None:
    assert kinds_of(name) == kinds


def test_a_number_of_people_is_told_from_other_numbers() -> None:
    assert counts_people("party_size")
    assert not counts_people("num_rooms")


def test_an_unknown_intent_is_what_the_rules_make_of_it_or_is_left_out() -> None:
    rules = "[{steps: [{intent: hungry}, {action: ours}]}, {steps: [{intent: ill}, {action: theirs}]}]"
    forms = "{ours: {required_slots: [x]}, theirs: {required_slots: [y]}}"
    told = [example(f"I am {intent}", intent=intent) for intent in ("hungry", "ill", "sad")]
    report = Report()
    blocks = write_rows(project(rules=rules, forms=forms), "ours", told, (), NOTHING, report)
    assert [(block.act, block.rows) for block in blocks] == [("start", ("I am hungry",))]
    assert [note.what.split(":")[0] for note in report.left] == [
        "intent ill with 1 examples",
        "intent sad with 1 examples",
    ]


def test_an_unknown_intent_gives_values_or_asks_by_its_examples() -> None:
    told = [
        example("Rome", (0, Said("Rome", "city", "to")), intent="my_city"),
        example("is there a lift?", intent="building"),
    ]
    blocks = write_rows(project(), "f", told, CITY, NOTHING, Report())
    assert [(block.act, block.rows) for block in blocks] == [
        ("inform", ("[Rome](target)",)),
        ("ask", ("is there a lift?",)),
    ]
