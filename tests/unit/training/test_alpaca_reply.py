"""Rows of the task reply: no values, exactly the placeholders of the text, nothing that the guard would stop."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.phrase import Guard
from assistant.respond import Line
from assistant.types import Conversation, Outcome
from nlu.types import Moment
from tests.support.annotated import DOMAIN, WEDNESDAY, ZONE
from training.alpaca_reply import GROUPS, read_wordings, reply_rows
from training.examples import DataError

FOLDER = Path(__file__).parents[3] / "domains" / "restaurant"


def texts(language: str) -> dict[str, str]:
    groups = DOMAIN.responses[language].model_dump()
    return {f"{group}.{name}": text for group in GROUPS for name, text in groups[group].items()}


def test_a_row_says_what_a_text_is_for_and_how_it_is_said() -> None:
    rows = {(row.input, row.output) for row in reply_rows(DOMAIN, FOLDER) if row.lang == "en"}
    assert ("asks.time time", "What time would you like?") in rows
    assert ("choose.default name {slot} {choices}", "Which {slot} do you mean: {choices}?") in rows


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_a_model_may_word_has_at_least_six_other_wordings(language: str) -> None:
    wordings = read_wordings(FOLDER / f"paraphrases.{language}.yml", texts(language))
    keys = [key for key, _, _ in wordings]
    phrased = DOMAIN.responses[language].phrased
    due = [key for key in texts(language) if any(key == one or key.startswith(f"{one}.") for one in phrased)]
    assert [key for key in due if keys.count(key) < 6] == []
    assert len({sentence for _, sentence, _ in wordings}) > 0.98 * len(wordings)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_guard_lets_every_wording_through_that_a_model_may_use(language: str) -> None:
    guard = Guard(DOMAIN, Outcome(Conversation("c", locale=language)), Moment(WEDNESDAY, ZONE))
    stopped = []
    for key, sentence, where in read_wordings(FOLDER / f"paraphrases.{language}.yml", texts(language)):
        asked = key.split(".")[-1]
        slots = (asked,) if DOMAIN.slot(asked) else ()
        line = Line("asked", texts(language)[key], {}, key, slots)
        said = re.split(r"(?<=[.!?…])\s+", sentence)
        if guard.allows(line):
            stopped += [
                (where, one, fault) for at, one in enumerate(said) if (fault := guard.fault(one, line, said[:at]))
            ]
            stopped += [] if guard.whole(said, line) else [(where, sentence, "not whole")]
    assert stopped == []


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"asks:\n  colour:\n  - Which?\n", r"en.yml:2: 'asks.colour'"),
        (b"asks:\n  time:\n  - At {time}?\n", r"en.yml:3: .*\['time'\]"),
        (b"asks:\n  restaurant:\n  - 'Which of {choices}, {choices}?'\n", r"en.yml:3"),
        (b"asks:\n  time: When?\n", r"en.yml:2: asks.time: expected a list"),
        (b"- asks\n", r"en.yml:1: expected keys"),
        (b"asks: [\n", r"en.yml:2: this is not YAML"),
        (b"asks:\n  time:\n  - \xff\n", r"en.yml:3: byte 0xff is no UTF-8"),
    ],
)
def test_a_wording_that_does_not_fit_its_text_is_refused(content: bytes, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "paraphrases.en.yml"
    path.write_bytes(content)
    with pytest.raises(DataError, match=complaint):
        read_wordings(path, texts("en"))


def test_a_domain_without_wordings_has_its_own_texts(tmp_path: Path) -> None:
    assert read_wordings(tmp_path / "paraphrases.en.yml", texts("en")) == []
