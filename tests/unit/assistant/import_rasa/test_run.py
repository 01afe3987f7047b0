"""A Rasa 3 project becomes a domain, or is refused with file, line and key."""

import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from assistant.cli import app
from assistant.domain import Domain, load_domain
from assistant.domain_slots import Use
from assistant.errors import BadRequest
from assistant.import_rasa.run import Imported, import_rasa
from assistant.settings import ROOT
from nlu.labels import labels_for
from nlu.types import Kind
from training.examples import contradictions, read_kinds, read_rasa

CLINIC = ROOT / "tests/data/rasa_clinic"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the clinic's project, to break."""
    return Path(shutil.copytree(CLINIC, tmp_path / "Rasa-Clinic"))


@pytest.fixture
def domains(tmp_path: Path) -> Path:
    (tmp_path / "domains").mkdir()
    return tmp_path / "domains"


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def told(made: Imported, where: str, words: str) -> bool:
    notes = (*made.report.carried, *made.report.assumed, *made.report.left)
    return any(note.where == where and words in note.what for note in notes)


def test_the_form_of_a_project_becomes_a_domain_that_loads(domains: Path) -> None:
    made = import_rasa(CLINIC, domains, "clinic")
    domain = load_domain(made.folder)
    assert domain.languages == ("en",)
    assert [(slot.name, slot.kind, slot.role) for slot in domain.slots] == [
        ("visit", Kind.CHOICE, None),
        ("doctor", Kind.CHOICE, None),
        ("date", Kind.DATE, Use.DATE),
        ("time", Kind.TIME, Use.TIME),
        ("party_size", Kind.COUNT, Use.PARTY),
        ("name", Kind.NAME, Use.NAME),
    ]
    visitors = domain.slot("party_size")
    assert visitors is not None
    assert (visitors.minimum, visitors.maximum) == (1, 4)
    assert [path.name for path in domains.iterdir()] == ["clinic"]
    assert not (made.folder / "data/nlu.ko.yml").exists()


def test_values_come_from_the_slot_the_lookup_table_and_the_synonyms(domains: Path) -> None:
    domain = load_domain(import_rasa(CLINIC, domains, "clinic").folder)
    visit, doctor = domain.slot("visit"), domain.slot("doctor")
    assert visit is not None
    assert doctor is not None
    assert [choice.names for choice in visit.choices] == [
        ("check-up", "checkup"),
        ("cleaning",),
        ("whitening", "brightening", "bleaching"),
    ]
    assert [choice.id for choice in doctor.choices] == ["dr_kim", "dr_lee", "dr_park"]


def test_a_question_is_taken_over_where_it_is_plain_text(domains: Path) -> None:
    domain: Domain = load_domain(import_rasa(CLINIC, domains, "clinic").folder)
    asks = domain.responses["en"].asks
    assert asks["doctor"] == "Which dentist would you like?"
    assert asks["visit"] == "What is it: a check-up, a cleaning or whitening?"
    assert asks["name"] == "What name should I put the booking under?"


def test_the_policy_knows_the_slots_and_keeps_its_rules(domains: Path) -> None:
    folder = import_rasa(CLINIC, domains, "clinic").folder
    written = yaml.safe_load((folder / "domain.yml").read_text(encoding="utf-8"))
    slots = ["visit", "doctor", "date", "time", "party_size", "name"]
    assert written["forms"]["booking_form"]["required_slots"] == slots
    assert [next(iter(entity)) for entity in written["entities"]] == [*slots, "number", "slot_ref"]
    assert list(written["slots"])[-len(slots) :] == slots
    rules = (ROOT / "assistant/templates/domain/data/rules.yml").read_bytes()
    assert (folder / "data/rules.yml").read_bytes() == rules


def test_the_examples_can_be_learnt_and_contradict_nothing(domains: Path) -> None:
    folder = import_rasa(CLINIC, domains, "clinic").folder
    rows = read_rasa(folder / "data/nlu.en.yml", "en", labels_for(read_kinds(folder / "slots.yml")))
    assert contradictions(rows) == []
    assert {act for row in rows for act in row.acts or ()} >= {"start", "affirm", "deny", "cancel_booking", "ask"}


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("domain/forms.yml:15", "form insurance_form"),
        ("domain/slots.yml:22", "two slots"),
        ("domain/slots.yml:33", "yes and no"),
        ("domain/slots.yml:38", "any text"),
        ("domain/slots.yml:46", "no kind for Duckling's email"),
        ("domain/slots.yml:32", "mapping custom"),
        ("domain/responses.yml:5", "buttons"),
        ("domain/responses.yml:9", "condition"),
        ("domain/responses.yml:12", "channel"),
        ("domain/responses.yml:21", "{visit} is not filled in"),
        ("domain/forms.yml:22", "action action_book"),
        ("data/nlu.yml:13", "group 1"),
        ("data/nlu.yml:14", "entity symptom"),
        ("data/nlu.yml:18", "role helper"),
        ("data/nlu.yml:21", "means something else in data/nlu.yml:5"),
        ("data/nlu.yml:22", "a command"),
        ("data/nlu.yml:25", "one that became two"),
        ("data/nlu.yml:40", "intent rate_us"),
        ("data/nlu.yml:60", "regex insurance_number"),
        ("data/rules.yml:3", "3 stories and rules"),
        ("config.yml:4", "pipeline"),
        ("credentials.yml", "channels"),
    ],
)
def test_what_was_left_or_assumed_is_told_with_its_place(domains: Path, where: str, words: str) -> None:
    assert told(import_rasa(CLINIC, domains, "clinic"), where, words)


def test_a_korean_project_makes_a_korean_domain(project: Path, domains: Path) -> None:
    replace(project / "config.yml", "language: en", "language: ko")
    replace(project / "domain/slots.yml", "values: [check-up, cleaning, whitening]", "values: [검진, 스케일링]")
    domain = load_domain(import_rasa(project, domains, "clinic").folder)
    assert domain.languages == ("ko",)
    visit, day = domain.slot("visit"), domain.slot("date")
    assert visit is not None
    assert day is not None
    assert [(choice.id, choice.names[0]) for choice in visit.choices] == [("visit_1", "검진"), ("visit_2", "스케일링")]
    assert day.labels == {"ko": "날짜"}


def test_a_project_without_a_day_and_a_time_gets_both(project: Path, domains: Path) -> None:
    replace(project / "domain/forms.yml", "appointment, visitors, ", "")
    made = import_rasa(project, domains, "clinic")
    assert [slot.name for slot in load_domain(made.folder).slots][-2:] == ["date", "time"]
    assert told(made, "slots.yml", "no booking without a date")


def test_a_slot_whose_name_means_something_here_is_renamed(project: Path, domains: Path) -> None:
    replace(project / "domain/forms.yml", "[visit,", "[time,")
    replace(project / "domain/slots.yml", "  visit:\n", "  time:\n")
    domain = load_domain(import_rasa(project, domains, "clinic").folder)
    assert [(slot.name, slot.kind) for slot in domain.slots][:1] == [("time_2", Kind.CHOICE)]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("domain/slots.yml", "type: categorical", "type: [", r"^domain/slots\.yml:\d+: this is not YAML"),
        ("domain/slots.yml", "- {type: from_entity, entity: visit}", "  7", r"slots\.yml:16: slots\.visit\.mappings: a list"),
        ("domain/slots.yml", "values: [check-up, cleaning, whitening]", "type: text", r"14: slots\.visit\.type: .*twice"),
        ("domain/forms.yml", 'version: "3.1"', 'version: "2.0"', r"^domain/forms\.yml:1: version: '2\.0' is not Rasa 3"),
        ("domain/forms.yml", "required_slots: [insurance]", "insurance: []", r"forms\.yml:15: forms\.insurance_form: .*migrate"),
        ("config.yml", "language: en", "language: de", r"^config\.yml:3: language: 'de' is not spoken here"),
        ("config.yml", "language: en", "", r"^config\.yml:1: language: this key is missing"),
        ("data/nlu.yml", '"role": "old"}', '"role": }', r"^data/nlu\.yml:17: .*no annotation"),
        ("data/nlu.yml", "- intent: affirm", "- intnet: affirm", r"^data/nlu\.yml:26: nlu\.3: a block of nlu"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_and_nothing_is_written(
    project: Path, domains: Path, file: str, old: str, new: str, message: str
) -> None:
    replace(project / file, old, new)
    with pytest.raises(BadRequest, match=message):
        import_rasa(project, domains)
    assert list(domains.iterdir()) == []


def test_a_project_without_a_form_is_refused(project: Path, domains: Path) -> None:
    (project / "domain/forms.yml").write_text('version: "3.1"\nforms: {}\n')
    with pytest.raises(BadRequest, match=r"domain/forms\.yml:1: forms: there is no form"):
        import_rasa(project, domains)


def test_markdown_of_rasa_1_and_2_is_refused(project: Path, domains: Path) -> None:
    shutil.rmtree(project / "data")
    (project / "data").mkdir()
    (project / "data/nlu.md").write_text("## intent:greet\n- hi\n")
    with pytest.raises(BadRequest, match=r"data/nlu\.md is Markdown of Rasa 1 or 2; .*rasa data migrate"):
        import_rasa(project, domains)


@pytest.mark.parametrize("missing", ["config.yml", "data", "domain"])
def test_a_folder_that_is_no_project_is_refused(project: Path, domains: Path, missing: str) -> None:
    shutil.rmtree(project / missing) if (project / missing).is_dir() else (project / missing).unlink()
    with pytest.raises(BadRequest, match=f"is no Rasa project: it has no {missing}"):
        import_rasa(project, domains)


def test_a_domain_that_is_there_is_never_written_over(project: Path, domains: Path) -> None:
    (domains / "rasa_clinic").mkdir()
    with pytest.raises(BadRequest, match="there already"):
        import_rasa(project, domains)
    assert list((domains / "rasa_clinic").iterdir()) == []


def test_the_command_prints_the_account_and_how_to_go_on(domains: Path) -> None:
    done = CliRunner().invoke(app, ["import-rasa", str(CLINIC), "--name", "clinic", "--path", str(domains)])
    assert done.exit_code == 0
    for part in ("Carried over:", "Assumed:", "Not carried over:", "Left for you to write:", "docs/import-rasa.md"):
        assert part in done.output
    again = CliRunner().invoke(app, ["import-rasa", str(CLINIC), "--name", "clinic", "--path", str(domains)])
    assert again.exit_code == 2
    assert again.output.startswith("NAME: ")
    assert again.output.rstrip().endswith("nothing was made")


def test_a_question_that_a_yes_answers_in_rasa_is_not_taken_over(project: Path, domains: Path) -> None:
    filled = "    - {type: from_entity, entity: doctor}\n"
    replace(project / "domain/slots.yml", filled, f"{filled}    - {{type: from_intent, intent: affirm, value: kim}}\n")
    made = import_rasa(project, domains, "clinic")
    asks = load_domain(made.folder).responses["en"].asks
    assert "doctor" not in asks
    assert "visit" in asks or "name" in asks
    assert told(made, "domain/responses.yml:8", "a yes or a no answers it in Rasa")
