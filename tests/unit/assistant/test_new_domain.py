"""A new domain from the template."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.domain import load_domain
from assistant.errors import BadDomain, BadRequest
from assistant.new_domain import TEMPLATES, make_domain
from assistant.scenarios.files import load_all
from assistant.settings import ROOT
from nlu.labels import labels_for
from training.configuration import read_config
from training.examples import contradictions, read_kinds, read_rasa
from training.tagger_settings import Config


def test_the_template_makes_a_domain_that_loads(tmp_path: Path) -> None:
    folder, config = make_domain("clinic", tmp_path)
    domain = load_domain(folder)
    assert (domain.name, domain.languages, config) == ("clinic", ("en", "ko"), None)
    assert "assistant_id: maitre-clinic" in (folder / "config.yml").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clinic"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_examples_of_the_template_can_be_learnt(language: str) -> None:
    labels = labels_for(read_kinds(TEMPLATES / "domain/slots.yml"))
    rows = read_rasa(TEMPLATES / f"domain/data/nlu.{language}.yml", language, labels)
    assert len(rows) > 10
    assert contradictions(rows) == []


def test_a_training_config_is_written_where_there_are_some(tmp_path: Path) -> None:
    (tmp_path / "training/configs/tagger").mkdir(parents=True)
    (tmp_path / "domains").mkdir()
    _, config = make_domain("clinic", tmp_path / "domains")
    assert config is not None
    read = read_config(config, Config)
    assert (read.domain, read.out) == ("domains/clinic", "runs/tagger-clinic")


def test_dialogues_are_written_where_there_are_tests(tmp_path: Path) -> None:
    for name in ("tests", "domains"):
        (tmp_path / name).mkdir()
    make_domain("clinic", tmp_path / "domains")
    first = tmp_path / "tests/scenarios-clinic/first.yaml"
    assert [one.id for one in load_all([first.parent])] == ["first"]
    first.write_text(first.read_text().replace("id: first", "id: second"))
    make_domain("dentist", tmp_path / "domains", "clinic")
    assert [one.id for one in load_all([tmp_path / "tests/scenarios-dentist"])] == ["second"]


def test_an_existing_domain_may_be_the_beginning(tmp_path: Path) -> None:
    make_domain("clinic", tmp_path)
    folder, _ = make_domain("dentist", tmp_path, "clinic")
    assert (folder / "slots.yml").read_bytes() == (tmp_path / "clinic/slots.yml").read_bytes()


@pytest.mark.parametrize("name", ["", "Salon", "1st", "hair salon", "../up", "a" * 65, "미용실"])
def test_a_bad_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadRequest, match="lower-case"):
        make_domain(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "clinic").mkdir()
    with pytest.raises(BadRequest, match="there already"):
        make_domain("clinic", tmp_path)
    assert list((tmp_path / "clinic").iterdir()) == []


def test_a_source_that_cannot_be_taken_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="no domain folder"):
        make_domain("clinic", tmp_path, "nowhere")
    make_domain("broken", tmp_path)
    (tmp_path / "broken/booking.yml").write_text("venues: [")
    with pytest.raises(BadDomain, match=r"booking.yml:1"):
        make_domain("clinic", tmp_path, "broken")
    assert [path.name for path in tmp_path.iterdir()] == ["broken"]


def test_the_command_says_in_one_sentence_what_is_wrong(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["new-domain", "Clinic", "--path", str(tmp_path)])
    assert done.exit_code == 2
    assert done.output.startswith("NAME: ")
    done = CliRunner().invoke(app, ["new-domain", "clinic", "--path", str(tmp_path / "no")])
    assert done.exit_code == 2
    assert "--path" in done.output


def test_the_rules_are_the_same_in_every_domain_that_ships() -> None:
    folders = [TEMPLATES / "domain", ROOT / "domains/restaurant", ROOT / "domains/salon"]
    for name in ("data/rules.yml", "data/stories.yml"):
        assert len({(folder / name).read_bytes() for folder in folders}) == 1
