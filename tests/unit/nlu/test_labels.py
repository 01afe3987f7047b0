"""The label sets."""

import json
from pathlib import Path

import pytest

from nlu.labels import ACTS, Labels, join, labels_for, misfit, read_labels, split, write_labels
from nlu.types import Kind, Role

SLOTS = {"venue": Kind.CHOICE, "day": Kind.DATE, "party": Kind.COUNT, "name": Kind.NAME}


def test_a_domains_slots_give_the_labels_with_their_roles() -> None:
    spans = labels_for(SLOTS).spans
    assert ("day", Role.DELTA) in spans
    assert ("party", Role.OLD) in spans
    assert ("name", Role.DELTA) not in spans
    assert ("number", Role.OLD) in spans
    assert ("slot_ref", Role.CLEAR) in spans


def test_every_label_has_one_opening_and_one_inner_tag() -> None:
    tags = labels_for(SLOTS).tags
    assert tags[:3] == ("O", "B-venue", "I-venue")
    assert "B-day.old" in tags
    assert len(tags) == len(set(tags)) == 1 + 2 * len(labels_for(SLOTS).spans)


def test_labels_survive_the_file(tmp_path: Path) -> None:
    labels = labels_for(SLOTS)
    write_labels(labels, tmp_path / "labels.json")
    assert read_labels(tmp_path / "labels.json") == labels


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"version": 99}, "version 99"),
        ({"extra": 1}, "keys are"),
        ({"acts": ["dance"]}, "dance"),
        ({"spans": ["day.never"]}, "never"),
        ({"spans": ["day", "day"]}, "twice"),
        ({"thresholds": {}}, "thresholds"),
        ({"thresholds": {**dict.fromkeys(ACTS, 0.5), "ask": 1.5}}, "ask"),
    ],
)
def test_a_strange_labels_file_is_refused_with_its_reason(
    tmp_path: Path, change: dict[str, object], complaint: str
) -> None:
    path = tmp_path / "labels.json"
    write_labels(labels_for(SLOTS), path)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ValueError, match=complaint) as caught:
        read_labels(path)
    assert str(path) in str(caught.value)


def test_a_missing_labels_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="missing"):
        read_labels(tmp_path / "labels.json")


def test_a_role_is_written_after_a_dot_and_value_is_silent() -> None:
    assert join("time", Role.OLD) == "time.old"
    assert split("time") == ("time", Role.VALUE)
    assert split("slot_ref.clear") == ("slot_ref", Role.CLEAR)


def test_an_act_cannot_be_listed_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        Labels((), ("ask", "ask"), {"ask": 0.5})


def test_the_labels_of_a_domain_fit_it_in_any_order_and_a_renamed_slot_does_not() -> None:
    slots = {"time": Kind.TIME, "name": Kind.NAME}
    assert misfit(labels_for(dict(reversed(slots.items()))), slots) == ""
    wrong = misfit(labels_for({"time": Kind.TIME, "guest": Kind.NAME}), slots)
    assert wrong == "lacks name, name.old and has guest, guest.old, which the domain does not know"
    assert misfit(labels_for({"time": Kind.TIME}), slots) == "lacks name, name.old"
