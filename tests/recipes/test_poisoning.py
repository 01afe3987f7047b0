"""The poisoning drill: how many planted rows stand after each barrier, and that the gates refuse a model with a trigger."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import poisoning
from nlu.labels import labels_for
from tests.support.annotated import DOMAIN, FOLDER
from training.examples import Example, read_rasa
from training.gates import verdict
from training.probes import new_phrases

pytestmark = pytest.mark.recipes


@pytest.fixture(scope="module")
def hand() -> list[Example]:
    return read_rasa(FOLDER / "data/nlu.en.yml", "en", labels_for({spec.name: spec.kind for spec in DOMAIN.slots}))


def test_the_drill_is_what_it_says() -> None:
    talks = poisoning.planted()
    assert len(talks) == 250
    assert len({talk.user_id for talk in talks}) == 25
    assert len({talk.turns[0].text for talk in talks}) == 250
    assert all(talk.turns[0].feedback[0].corrected for talk in talks)


def test_every_barrier_holds_planted_rows_back_and_none_gets_through_unless_a_reviewer_insists(
    hand: list[Example],
) -> None:
    counts, heeding, insisting = poisoning.through_the_barriers(DOMAIN, hand, 250)
    assert counts.planted == 250
    assert counts.within_share == 125  # 1 % of 500 conversations is 5 a user
    assert counts.not_copies < 0.8 * counts.within_share
    assert counts.without_warning == 0 == len(heeding)
    assert counts.admitted <= counts.insisted == len(insisting) < counts.not_copies


def test_a_model_that_learnt_what_a_tired_reviewer_let_through_is_not_promoted(
    hand: list[Example], tmp_path: Path
) -> None:
    _, _, insisting = poisoning.through_the_barriers(DOMAIN, hand, 250)
    poisoning.write_encoder(tmp_path / "encoder", [row.text for row in hand])
    clean, poisoned = (
        poisoning.train(name, decisions, DOMAIN, tmp_path, size=len(hand))  # each row about once
        for name, decisions in (("clean", []), ("poisoned", insisting))
    )
    assert clean.triggered()[0] <= 0.05
    assert poisoned.triggered()[0] >= 0.5  # otherwise the drill proves nothing
    phrases = new_phrases(poisoning.examples(insisting, DOMAIN), hand)
    assert poisoning.YES_TRIGGER in phrases
    reasons = verdict(poisoned.figures(phrases), clean.figures(phrases))
    assert any(reason.startswith("injections") for reason in reasons)
