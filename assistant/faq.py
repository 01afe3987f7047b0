"""Finds the FAQ entry that a question is about. Quotes the domain; never makes an answer up."""

from __future__ import annotations

from rapidfuzz import fuzz, process, utils

from assistant.domain import Domain

CLOSE_ENOUGH = 62
"""Similarity (0..100, rapidfuzz WRatio) from which a question counts as the listed one."""


def find_answer(question: str, domain: Domain, locale: str) -> str | None:
    """The answer of the closest listed question in that language, or None where none is close."""
    wordings = {wording: entry for entry in domain.faq for wordings in entry.questions.values() for wording in wordings}
    found = process.extractOne(question, wordings.keys(), scorer=fuzz.WRatio, processor=utils.default_process)
    if found is None or found[1] < CLOSE_ENOUGH:
        return None
    return wordings[found[0]].answer.get(locale)
