"""The English training data of the tagger: every label known, every class present often enough, no contradictions."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from nlu.labels import ACTS, Labels, join, labels_for
from nlu.types import Role
from training.examples import Example, contradictions, count, read_kinds, read_rasa
from training.generate import Grammar, generate, read_grammar
from training.grammar import references

DOMAIN: Final = Path(__file__).parents[3] / "domains" / "restaurant"
NAMED_BY: Final = {
    "restaurant": r"restaurant|place|venue|location|spot",
    "date": r"\b(date|day)",
    "time": r"time|hour",
    "party_size": r"party|people|count|guests|group|many|size|person",
    "name": r"name",
    "phone": r"phone|contact|mobile|number$",
    "seating": r"seat|terrace|\bsit\b|table|area",
}
REF_ROLES: Final = (Role.CLEAR, Role.KEEP, Role.CHANGE, Role.RESTORE, Role.COPY)
REMOVAL_WORDS: Final = re.compile(r"cancel|remov|delet|clear|drop|forget|take .*(off|away)|undo|erase|lose|no longer")
SLOT_WORDS: Final = re.compile(r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|name|phone|\w+day)\b")


@pytest.fixture(scope="module")
def labels() -> Labels:
    return labels_for(read_kinds(DOMAIN / "slots.yml"))


@pytest.fixture(scope="module")
def written(labels: Labels) -> list[Example]:
    return read_rasa(DOMAIN / "data" / "nlu.en.yml", "en", labels)


@pytest.fixture(scope="module")
def grammar(labels: Labels) -> Grammar:
    return read_grammar(DOMAIN / "grammar.en.yml", labels)


@pytest.fixture(scope="module")
def drawn(grammar: Grammar, labels: Labels) -> list[Example]:
    return generate(grammar, "en", 4000, labels, seed=7)


def removals(example: Example) -> int:
    """Operations that take a value away and bring no other."""
    successors = {span.label for span in example.spans if span.role is Role.VALUE}
    gone = [
        span
        for span in example.spans
        if span.role is Role.CLEAR or (span.role is Role.OLD and not successors & {span.label, "number"})
    ]
    return len(gone) + ("clear_all" in (example.acts or ()))


def looks_like_a_removal(example: Example) -> bool:
    """Words of removing, or values in a question or a remark, where nothing is to be removed or stored."""
    acts = set(example.acts or ())
    if example.clears or acts & {"cancel", "cancel_booking", "cancel_task", "cancel_change", "undo", "restart"}:
        return False
    talk = bool(acts & {"ask", "chitchat", "out_of_scope"}) and not example.spans
    text = example.text.lower()
    return bool(REMOVAL_WORDS.search(text)) or (talk and bool(SLOT_WORDS.search(text)))


def test_there_are_many_utterances_and_none_is_written_twice(written: list[Example]) -> None:
    said = Counter((example.text.lower(), tuple(sorted(example.hints.items()))) for example in written)
    assert len(written) >= 2000
    assert [words for words, times in said.items() if times > 1] == []


def test_the_same_words_never_mean_two_things(written: list[Example], drawn: list[Example]) -> None:
    assert contradictions([*written, *drawn]) == []


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_examples(act: str, written: list[Example], drawn: list[Example]) -> None:
    assert count(written)[f"en: {act}"] >= 25
    assert count(drawn)[f"en: {act}"] >= 15


def test_every_span_label_has_examples(labels: Labels, written: list[Example], drawn: list[Example]) -> None:
    by_hand, by_grammar = count(written), count(drawn)
    for span in labels.spans:
        assert by_hand.get(f"en: [{join(*span)}]", 0) >= 4, join(*span)
        assert by_grammar.get(f"en: [{join(*span)}]", 0) >= 5, join(*span)


@pytest.mark.parametrize("role", REF_ROLES)
def test_every_slot_is_named_in_every_role(role: Role, written: list[Example]) -> None:
    named = Counter(
        slot
        for example in written
        for span in example.spans
        if span.label == "slot_ref" and span.role is role
        for slot, words in NAMED_BY.items()
        if re.search(words, span.text.lower())
    )
    assert {slot: named[slot] for slot in NAMED_BY if named[slot] < 8} == {}


@pytest.mark.parametrize("slot", ["restaurant", "date", "time", "party_size", "name", "phone", "what_to_change"])
def test_every_question_has_answers(slot: str, written: list[Example]) -> None:
    assert sum(slot in example.hints.get("asked", ()) for example in written) >= 40


def test_removals_are_a_tenth_of_what_is_asked_for(written: list[Example]) -> None:
    operations = sum(len(example.spans) + len(example.acts or ()) for example in written)
    assert 0.10 <= sum(removals(example) for example in written) / operations <= 0.15


def test_many_utterances_only_look_like_a_removal(written: list[Example]) -> None:
    assert sum(looks_like_a_removal(example) for example in written) >= 120


def test_values_inside_plain_questions_are_not_labelled(written: list[Example]) -> None:
    wrong = [
        example.text
        for example in written
        if example.acts == ("ask",)
        and "asked" not in example.hints
        and any(span.role is Role.VALUE for span in example.spans)
    ]
    assert wrong == []


def test_the_grammar_has_no_list_that_nothing_uses(grammar: Grammar) -> None:
    used = {name for phrases in grammar.lists.values() for nodes in phrases for name in references(nodes)}
    used |= {name for template in grammar.templates for name in references(template.nodes)}
    assert sorted(set(grammar.lists) - used) == []


def test_the_grammar_does_not_run_dry(drawn: list[Example]) -> None:
    assert len(drawn) == 4000
