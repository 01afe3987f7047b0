"""The Korean training data keep the label contract and cover every act, label and question."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from nlu.labels import ACTS, NUMBER, SLOT_REF, Labels, labels_for
from nlu.types import Role
from training.examples import Example, contradictions, read_kinds, read_rasa
from training.generate import generate, read_grammar

DOMAIN = Path(__file__).parents[3] / "domains" / "restaurant"
LANG = "ko"
REF_ROLES = (Role.CLEAR, Role.KEEP, Role.CHANGE, Role.RESTORE, Role.COPY)
REMOVAL_SHARE = (0.10, 0.15)
"""Operations that remove something without a successor, as a share of all operations: acts and spans."""


@pytest.fixture(scope="module")
def labels() -> Labels:
    return labels_for(read_kinds(DOMAIN / "slots.yml"))


@pytest.fixture(scope="module")
def written(labels: Labels) -> list[Example]:
    return read_rasa(DOMAIN / "data" / f"nlu.{LANG}.yml", LANG, labels)


@pytest.fixture(scope="module")
def drawn(labels: Labels) -> list[Example]:
    return generate(read_grammar(DOMAIN / f"grammar.{LANG}.yml", labels), LANG, 4000, labels, seed=7)


def test_there_are_enough_hand_written_utterances(written: list[Example]) -> None:
    assert len({example.text for example in written}) >= 900


def test_no_row_contradicts_another_in_the_same_context(written: list[Example]) -> None:
    assert contradictions(written) == []


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_25_hand_written_examples(written: list[Example], act: str) -> None:
    assert sum(act in (example.acts or ()) for example in written) >= 25


def test_every_label_with_every_role_is_both_written_and_drawn(
    written: list[Example], drawn: list[Example], labels: Labels
) -> None:
    for examples in (written, drawn):
        counts = Counter((span.label, span.role) for example in examples for span in example.spans)
        assert [span for span in labels.spans if counts[span] < 8] == []


def test_every_act_is_drawn(drawn: list[Example]) -> None:
    assert set(ACTS) <= {act for example in drawn for act in example.acts or ()}


@pytest.mark.parametrize("asked", ["restaurant", "date", "time", "party_size", "name", "phone", "what_to_change"])
def test_every_question_has_40_answers(written: list[Example], asked: str) -> None:
    assert sum(asked in example.hints.get("asked", ()) for example in written) >= 40


@pytest.mark.parametrize("asked", ["date", "time", "party_size"])
def test_questions_are_also_answered_with_bare_numbers(written: list[Example], asked: str) -> None:
    answers = [example for example in written if asked in example.hints.get("asked", ())]
    assert sum(span.label == NUMBER for example in answers for span in example.spans) >= 4


@pytest.mark.parametrize("role", REF_ROLES)
def test_every_slot_is_referred_to_8_times_with_every_role(written: list[Example], role: Role) -> None:
    slots = yaml.safe_load((DOMAIN / "slots.yml").read_text(encoding="utf-8"))["slots"]
    words = [span.text for example in written for span in example.spans if (span.label, span.role) == (SLOT_REF, role)]
    named = Counter(max(_slots_named(word, slots), default=(0, ""))[1] for word in words)
    assert [slot for slot in slots if named[slot] < 8] == []


def test_removals_are_a_tenth_to_a_seventh_of_all_operations(written: list[Example]) -> None:
    operations = sum(len(example.acts or ()) + len(example.spans) for example in written)
    share = sum(_removals(example) for example in written) / operations
    assert REMOVAL_SHARE[0] <= share <= REMOVAL_SHARE[1]


def test_at_least_120_rows_look_like_a_removal_or_a_value_and_are_none(written: list[Example]) -> None:
    traps = [
        example for example in written if not example.spans and set(example.acts or ()) <= {"ask", "chitchat", "deny"}
    ]
    removing = ("취소", "지우", "지워", "지웠", "빼", "삭제", "치워", "없어")
    looks = [
        example for example in traps if any(word in example.text for word in removing) or _has_number(example.text)
    ]
    kept = [example for example in written if any(span.role is Role.KEEP for span in example.spans)]
    assert len(looks) + len(kept) >= 120


def test_spans_hold_words_and_no_outer_blanks(written: list[Example], drawn: list[Example]) -> None:
    odd = [span.text for example in written + drawn for span in example.spans if span.text != span.text.strip()]
    assert odd == []


def _slots_named(word: str, slots: dict[str, dict[str, dict[str, list[str]]]]) -> list[tuple[int, str]]:
    """The slots whose Korean reference words occur in `word`, with the length of the longest that does."""
    found = []
    for slot, described in slots.items():
        fitting = [len(ref) for ref in described["refs"][LANG] if ref in word]
        if fitting:
            found.append((max(fitting), slot))
    return found


def _removals(example: Example) -> int:
    new = {span.label for span in example.spans if span.role is Role.VALUE}
    dropped = sum(span.role is Role.OLD and span.label not in new for span in example.spans)
    cleared = sum(span.role is Role.CLEAR for span in example.spans)
    return dropped + cleared + ("clear_all" in (example.acts or ()))


def _has_number(text: str) -> bool:
    counters = ("시", "명", "일", "살", "분", "월")
    return any(char.isdigit() for char in text) or any(
        f"{native} {unit}" in text for native in ("한", "두", "세", "네") for unit in counters
    )
