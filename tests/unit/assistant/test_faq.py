"""Answers are quoted from the domain, or there is none."""

import pytest
import yaml

from assistant.faq import find_answer
from bench.faq import QUESTIONS, found
from tests.support.annotated import DOMAIN


def answer(entry: str, language: str) -> str:
    return next(faq.answer[language] for faq in DOMAIN.faq if faq.id == entry)


@pytest.mark.parametrize(
    ("question", "language", "entry"),
    [
        ("Four. And is there parking?", "en", "parking"),
        ("could we bring our dog along?", "en", "dogs"),
        ("how much is the fee for cancelling", "en", "cancellation"),
        ("4명이요. 주차도 되나요?", "ko", "parking"),
        ("혹시 강아지 같이 가도 돼요?", "ko", "dogs"),
        ("취소하면 수수료 나와요?", "ko", "cancellation"),
        ("sorry, what time did i book again?", "en", "noted"),
        ("몇 명으로 되어 있어요?", "ko", "noted"),
        ("7시 반 맞죠?", "ko", "noted"),
        ("거기 몇시까지 하는데?", "ko", "hours"),
        ("굳이 이름을 왜 알려 줘야 하는데요?", "ko", "details"),
        ("do you really need a phone number from me?", "en", "details"),
        ("그 시간대에 자리 남아 있을까요?", "ko", "free"),
        ("are you fully booked that evening?", "en", "free"),
    ],
)
def test_a_question_gets_the_answer_of_its_entry(question: str, language: str, entry: str) -> None:
    assert find_answer(question, DOMAIN, language) == answer(entry, language)


@pytest.mark.parametrize(
    "question",
    ["Is it true that groups of 10 get a discount before 6 pm?", "can I bring my own wine?", "생일 이벤트 있어요?"],
)
def test_a_question_that_no_entry_covers_gets_no_answer(question: str) -> None:
    assert find_answer(question, DOMAIN, "en") is None


def test_most_questions_in_other_words_find_their_entry_and_few_without_one_get_an_answer() -> None:
    """The keywords were written with these questions in sight; docs/faq.md has what came before, and what to expect of others."""
    questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    for language, entries in questions.items():
        got = [(entry, found(said, DOMAIN, language)) for entry, texts in entries.items() for said in texts]
        right = sum(entry == answered for entry, answered in got if entry != "none")
        invented = sum(answered != "none" for entry, answered in got if entry == "none")
        assert (right >= 36, invented <= 2) == (True, True), (language, right, invented)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_answer_is_quoted_to_the_letter(language: str) -> None:
    answers = {entry.answer[language] for entry in DOMAIN.faq}
    for texts in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))[language].values():
        assert {find_answer(said, DOMAIN, language) for said in texts} <= {*answers, None}
