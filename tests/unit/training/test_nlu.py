"""The training data of the tagger in every language: labels known, every class present often enough, no contradictions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from nlu.labels import ACTS, NUMBER, Labels, join, labels_for
from nlu.types import Role
from training.examples import Example, contradictions, count, read_kinds, read_rasa
from training.generate import Grammar, generate, read_grammar
from training.grammar import references

DOMAIN: Final = Path(__file__).parents[3] / "domains" / "restaurant"
QUESTIONS: Final = ("restaurant", "date", "time", "party_size", "name", "phone", "what_to_change")
REF_ROLES: Final = (Role.CLEAR, Role.KEEP, Role.CHANGE, Role.RESTORE, Role.COPY)
NAMED_BY: Final = {
    "en": {
        "restaurant": r"restaurant|place|venue|location|spot",
        "date": r"\b(date|day)",
        "time": r"time|hour",
        "party_size": r"party|people|count|guests|group|many|size|person",
        "name": r"name",
        "phone": r"phone|contact|mobile|number$",
        "seating": r"seat|terrace|\bsit\b|table|area",
    },
    "ko": {
        "restaurant": r"식당|가게|장소|음식점|레스토랑|매장|지점|거기",
        "date": r"날짜|일자|요일|^날$|그날|같은 날|예약일|방문일",
        "time": r"시간|시각|타임|그때",
        "party_size": r"인원|사람 수|명수|머릿수|몇 명",
        "name": r"이름|성함|예약자|성명",
        "phone": r"번호|연락처|전화",
        "seating": r"자리|좌석",
    },
}
REMOVAL_WORDS: Final = {
    "en": re.compile(r"cancel|remov|delet|clear|drop|forget|take .*(off|away)|undo|erase|lose|no longer"),
    "ko": re.compile(r"취소|지우|지워|지웠|빼|삭제|치워|없애|없던|비우|비워"),
}
SLOT_WORDS: Final = {
    "en": re.compile(r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|name|phone|\w+day)\b"),
    "ko": re.compile(r"\d|(한|두|세|네|다섯|여섯) ?(명|시|살|분)|요일|이름|번호|인원|날짜"),
}
CANCELLING: Final = frozenset({"cancel", "cancel_booking", "cancel_task", "cancel_change", "undo", "restart"})


@dataclass(frozen=True, slots=True)
class Data:
    """What one language has: utterances written by hand, a grammar and what it draws."""

    lang: str
    written: list[Example]
    grammar: Grammar
    drawn: list[Example]


@pytest.fixture(scope="module")
def labels() -> Labels:
    return labels_for(read_kinds(DOMAIN / "slots.yml"))


@pytest.fixture(scope="module", params=("en", "ko"))
def data(request: pytest.FixtureRequest, labels: Labels) -> Data:
    lang: str = request.param
    written = read_rasa(DOMAIN / "data" / f"nlu.{lang}.yml", lang, labels)
    grammar = read_grammar(DOMAIN / f"grammar.{lang}.yml", labels)
    return Data(lang, written, grammar, generate(grammar, lang, 4000, labels, seed=7))


def test_there_are_many_utterances_and_none_is_written_twice(data: Data) -> None:
    said = Counter((example.text.lower(), tuple(sorted(example.hints.items()))) for example in data.written)
    assert len(data.written) >= 2000
    assert [words for words, times in said.items() if times > 1] == []


def test_the_same_words_never_mean_two_things(data: Data) -> None:
    assert contradictions([*data.written, *data.drawn]) == []


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_examples(act: str, data: Data) -> None:
    assert count(data.written)[f"{data.lang}: {act}"] >= 25
    assert count(data.drawn)[f"{data.lang}: {act}"] >= 15


def test_every_span_label_has_examples(labels: Labels, data: Data) -> None:
    by_hand, by_grammar = count(data.written), count(data.drawn)
    for span in labels.spans:
        name = f"{data.lang}: [{join(*span)}]"
        assert by_hand.get(name, 0) >= 4, name
        assert by_grammar.get(name, 0) >= 5, name


@pytest.mark.parametrize("role", REF_ROLES)
def test_every_slot_is_named_in_every_role(role: Role, data: Data) -> None:
    named = Counter(
        slot
        for example in data.written
        for span in example.spans
        if span.label == "slot_ref" and span.role is role
        for slot, words in NAMED_BY[data.lang].items()
        if re.search(words, span.text.lower())
    )
    assert {slot: named[slot] for slot in NAMED_BY[data.lang] if named[slot] < 8} == {}


@pytest.mark.parametrize("asked", QUESTIONS)
def test_every_question_has_answers(asked: str, data: Data) -> None:
    assert sum(asked in example.hints.get("asked", ()) for example in data.written) >= 40


@pytest.mark.parametrize("asked", ["date", "time", "party_size"])
def test_questions_are_also_answered_with_bare_numbers(asked: str, data: Data) -> None:
    answers = [example for example in data.written if asked in example.hints.get("asked", ())]
    assert any(span.label == NUMBER for example in answers for span in example.spans)


def test_removals_are_a_tenth_of_what_is_asked_for(data: Data) -> None:
    operations = sum(len(example.spans) + len(example.acts or ()) for example in data.written)
    assert 0.10 <= sum(removals(example) for example in data.written) / operations <= 0.15


def test_many_utterances_only_look_like_a_removal(data: Data) -> None:
    assert sum(looks_like_a_removal(example) for example in data.written) >= 120


def test_values_inside_plain_english_questions_are_not_labelled(labels: Labels) -> None:
    written = read_rasa(DOMAIN / "data" / "nlu.en.yml", "en", labels)
    wrong = [
        example.text
        for example in written
        if example.acts == ("ask",)
        and "asked" not in example.hints
        and any(span.role is Role.VALUE for span in example.spans)
    ]
    assert wrong == []


def test_the_grammar_has_no_list_that_nothing_uses(data: Data) -> None:
    grammar = data.grammar
    used = {name for phrases in grammar.lists.values() for nodes in phrases for name in references(nodes)}
    used |= {name for template in grammar.templates for name in references(template.nodes)}
    assert sorted(set(grammar.lists) - used) == []


def test_the_grammar_does_not_run_dry(data: Data) -> None:
    assert len(data.drawn) == 4000


def removals(example: Example) -> int:
    """Operations that take a value away and bring no other."""
    successors = {span.label for span in example.spans if span.role is Role.VALUE}
    gone = [
        span
        for span in example.spans
        if span.role is Role.CLEAR or (span.role is Role.OLD and not successors & {span.label, NUMBER})
    ]
    return len(gone) + ("clear_all" in (example.acts or ()))


def looks_like_a_removal(example: Example) -> bool:
    """Words of removing, or values in a question or a remark, where nothing is to be removed or stored."""
    acts = set(example.acts or ())
    if example.clears or acts & CANCELLING:
        return False
    talk = bool(acts & {"ask", "chitchat", "out_of_scope"}) and not example.spans
    text = example.text.lower()
    return bool(REMOVAL_WORDS[example.lang].search(text)) or (talk and bool(SLOT_WORDS[example.lang].search(text)))
