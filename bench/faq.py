"""How often a question that nobody had in mind finds its FAQ entry, and how often one without an answer gets one.

python -m bench.faq                  # tests/data/faq_questions.yml
python -m bench.faq --wrong          # and every question that went wrong
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
import yaml

from assistant.domain import Domain, load_domain
from assistant.faq import find_answer
from assistant.settings import ROOT

QUESTIONS = ROOT / "tests" / "data" / "faq_questions.yml"
NONE = "none"


def found(question: str, domain: Domain, language: str) -> str:
    """The id of the entry whose answer a question gets, or `none`."""
    answer = find_answer(question, domain, language)
    return next((entry.id for entry in domain.faq if entry.answer.get(language) == answer), NONE) if answer else NONE


def main(
    questions: Annotated[Path, typer.Argument(help="Questions by language and entry.")] = QUESTIONS,
    wrong: Annotated[bool, typer.Option(help="List the questions that went wrong.")] = False,
) -> None:
    """Measure and print a table in Markdown."""
    domain = load_domain(ROOT / "domains" / "restaurant")
    print("| language | right entry | no entry though there is one | another entry | answered though there is none |")
    print("|---|---|---|---|---|")
    mistakes: list[str] = []
    for language, entries in yaml.safe_load(questions.read_text(encoding="utf-8")).items():
        got = [(entry, said, found(said, domain, language)) for entry, texts in entries.items() for said in texts]
        due = [one for one in got if one[0] != NONE]
        right = sum(entry == answer for entry, _, answer in due)
        missed = sum(answer == NONE for *_, answer in due)
        invented = sum(answer != NONE for entry, _, answer in got if entry == NONE)
        print(
            f"| {language} | {right}/{len(due)} | {missed} | {len(due) - right - missed} | {invented}/{len(got) - len(due)} |"
        )
        mistakes += [f"{language} {entry} -> {answer}: {said}" for entry, said, answer in got if entry != answer]
    if wrong:
        print(*mistakes, sep="\n")


if __name__ == "__main__":
    typer.run(main)
