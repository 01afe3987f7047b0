"""What a run consists of."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.stages import Stage, plan_of, stages

ABSENT = Path("absent")


def of(name: str) -> dict[str, Stage]:
    return {stage.name: stage for stage in stages(plan_of(name, ABSENT))}


def names(stage: Stage) -> set[str]:
    return {str(path) for path in stage.needs}


def test_the_restaurant_has_every_stage() -> None:
    assert list(of("restaurant")) == ["data", "tagger", "policy", "llama", "evaluate", "report", "promote"]


def test_a_domain_without_settings_of_its_own_has_no_language_model_and_its_own_folders() -> None:
    plan = plan_of("salon", ABSENT)
    assert plan.config.domain == "domains/salon"
    assert plan.config.scenarios == plan.config.canary == ["tests/scenarios-salon"]
    assert "llama" not in of("salon")
    assert plan.out == Path("runs/train/salon")


@pytest.mark.parametrize("name", ["restaurant", "salon"])
def test_every_stage_is_made_from_what_is_there_or_what_earlier_ones_make(name: str) -> None:
    made: set[Path] = set()
    for stage in of(name).values():
        missing = [path for path in stage.needs if not path.is_file() and path not in made]
        assert not missing, f"{stage.name} needs {missing}"
        made |= set(stage.makes)


def test_code_counts_as_far_as_a_stage_imports_it() -> None:
    found = of("restaurant")
    assert {"training/train_tagger.py", "training/mixture.py", "nlu/pieces.py"} <= names(found["tagger"])
    assert not {"training/report.py", "training/evaluate.py", "assistant/serving.py"} & names(found["tagger"])
    assert "assistant/serving.py" in names(found["evaluate"])


def test_what_users_said_is_learnt_from_by_the_tagger_alone(tmp_path: Path) -> None:
    domain = tmp_path / "cafe"
    (domain / "data").mkdir(parents=True)
    for name in ("slots.yml", "config.yml", "domain.yml", "data/rules.yml", "data/nlu.en.yml", "data/reviewed.en.yml"):
        (domain / name).touch()
    settings = Path("training/configs/train/any.yml").read_text(encoding="utf-8")
    written = settings.replace("domains/{domain}", str(domain)).replace("tagger/{domain}", "tagger/salon")
    (tmp_path / "cafe.yml").write_text(written)
    found = of(str(tmp_path / "cafe.yml"))
    assert str(domain / "data/reviewed.en.yml") in names(found["data"])
    assert not {str(domain / "data/reviewed.en.yml"), str(domain / "data/nlu.en.yml")} & names(found["policy"])
    assert str(domain / "data/rules.yml") in names(found["policy"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("canary:", "canaries:"), r"mine\.yml:6: canaries: .* did you mean 'canary'"),
        (('alpaca: ""', 'alpaca: "'), r"mine\.yml:\d: this is not YAML"),
        (("domains/{domain}", "domains/nowhere"), r"mine\.yml:1: domain: domains/nowhere holds no slots\.yml"),
    ],
)
def test_settings_that_cannot_be_used_are_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    text = Path("training/configs/train/any.yml").read_text(encoding="utf-8").split("\n", 1)[1]
    (tmp_path / "mine.yml").write_text(text.replace(*change))
    with pytest.raises(ValueError, match=said):
        plan_of(str(tmp_path / "mine.yml"), ABSENT)


def test_a_domain_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="domains/atlantis holds no slots"):
        plan_of("atlantis", ABSENT)
