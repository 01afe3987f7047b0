"""What is found before a run begins."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from assistant.errors import MaitreError
from training.ready import refuse_unready
from training.stages import Plan, plan_of


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """A run of the salon, with one dialogue."""
    shutil.copytree("domains/salon", tmp_path / "salon")
    (tmp_path / "dialogues").mkdir()
    shutil.copy("tests/scenarios-salon/H01_step_by_step.yaml", tmp_path / "dialogues/first.yaml")
    plan = plan_of("salon", tmp_path / "absent", tmp_path / "runs")
    dialogues = [str(tmp_path / "dialogues")]
    config = dataclasses.replace(plan.config, domain=str(tmp_path / "salon"), scenarios=dialogues, canary=dialogues)
    return dataclasses.replace(plan, config=config)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_domain_with_rows_and_a_dialogue_is_ready(plan: Plan) -> None:
    refuse_unready(plan)


def test_a_language_without_rows_is_told_before_anything_is_trained(plan: Plan) -> None:
    (Path(plan.config.domain) / "data/nlu.ko.yml").unlink()
    said = r"booking\.yml:15: venues\.0\.name\.ko: 'ko' is spoken here, but there is no .*salon/data/nlu\.ko\.yml; write rows"
    with pytest.raises(MaitreError, match=said):
        refuse_unready(plan)


def test_a_language_that_no_model_is_made_for_is_told(plan: Plan, tmp_path: Path) -> None:
    for path in (tmp_path / "salon").rglob("*.yml"):
        path.write_text(path.read_text().replace("ko: ", "fr: "))
    (tmp_path / "salon/responses/ko.yml").rename(tmp_path / "salon/responses/fr.yml")
    with pytest.raises(MaitreError, match=r"venues\.0\.name\.fr: 'fr' is no language that models are made for"):
        refuse_unready(plan)


def test_a_run_without_a_dialogue_to_judge_by_is_told(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "dialogues/first.yaml").unlink()
    (tmp_path / "dialogues").rmdir()
    with pytest.raises(ValueError, match=r"any\.yml: canary: no dialogue is in .*/dialogues; write one"):
        refuse_unready(plan)


def test_a_dialogue_of_another_domain_is_told_before_anything_is_trained(plan: Plan, tmp_path: Path) -> None:
    edit(tmp_path / "dialogues/first.yaml", "slots: {service: cut}", "slots: {service: cutt}")
    with pytest.raises(
        MaitreError, match=r"first\.yaml:11: turns\.1\.slots\.service: .*'cutt' .* did you mean 'cut'\?"
    ):
        refuse_unready(plan)
