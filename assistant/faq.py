"""Finds the FAQ entry that a question is about: keywords say which entries can be, BM25 over their wordings which one is.

Quotes the domain; makes nothing up. Similar function words ("can I bring my own wine" against "can I bring my dog") must
never lend an answer to another question, which is why a keyword has to be there.
"""

from __future__ import annotations

import re

from rank_bm25 import BM25Okapi

from assistant.domain import Domain, Faq

STEM = 5
"""Letters of an English word that count in ranking: "cancelling" and "cancellation" are about the same thing."""
_WORDS = re.compile(r"[a-z0-9]+|[가-힣]+")


def find_answer(question: str, domain: Domain, locale: str) -> str | None:
    """The answer of the entry that the question is about, or None where no entry is.

    Args:
        question: the user's message; it may hold more than the question.
        domain: its `faq`.
        locale: the language of the answer.
    """
    possible = [entry for entry in domain.faq if _names(entry, question)]
    if not possible:
        return None
    return max(possible, key=lambda entry: _likeness(question, entry, possible)).answer.get(locale)


def _names(entry: Faq, question: str) -> bool:
    text = question.casefold()
    return any(re.search(_pattern(word), text) for words in entry.keywords.values() for word in words)


def _pattern(keyword: str) -> str:
    """English keywords begin a word; Korean ones stand anywhere, and their blanks may be missing (`몇시까지`)."""
    if keyword.isascii():
        return rf"\b{re.escape(keyword.casefold())}"
    return r"\s*".join(re.escape(part) for part in keyword.split())


def _likeness(question: str, entry: Faq, possible: list[Faq]) -> float:
    """How close the question comes to the closest wording of the entry, among the wordings of all possible entries."""
    wordings = [(one.id, terms(wording)) for one in possible for said in one.questions.values() for wording in said]
    scores = BM25Okapi([said for _, said in wordings]).get_scores(terms(question))
    return max(float(score) for (owner, _), score in zip(wordings, scores, strict=True) if owner == entry.id)


def terms(text: str) -> list[str]:
    """English words cut to their stem, Korean words as pairs of syllables: both survive endings."""
    found: list[str] = []
    for word in _WORDS.findall(text.casefold()):
        if word.isascii():
            found.append(word[:STEM])
        else:
            found += [word[place : place + 2] for place in range(max(1, len(word) - 1))]
    return found
