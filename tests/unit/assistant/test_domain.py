from __future__ import annotations

import shutil
from datetime import time
from pathlib import Path

import pytest
import yaml

from assistant.domain import Domain, Need, Use, load_domain
from assistant.errors import BadDomain
from assistant.settings import ROOT
from nlu.types import Kind

RESTAURANT = ROOT / "domains" / "restaurant"

SALON_BOOKING = """\
horizon_days: 30
occupancy_bucket: 15
sitting: 45
start_step: 15
venues:
  - id: salon
    name: {en: The Salon}
    time_zone: Europe/Paris
    hours:
      - {days: [mon, fri], opens: "09:00", last_seating: "17:15", closes: "18:00"}
    tables: {1: 3}
faq:
  - id: parking
    keywords: {en: [park]}
    questions: {en: ["Is there parking?", "Where can I park?"]}
    answer: {en: Behind the house.}
"""

SALON_SLOTS = """\
slots:
  stylist:
    kind: choice
    choices:
      - {id: anna, name: {en: Anna}}
      - {id: ben, name: {en: Ben}, aliases: [Benny]}
    role: wish
    required: false
    dont_care: true
    label: {en: stylist}
    description: {en: Who cuts}
    refs: {en: [stylist, hairdresser]}
  day:
    kind: date
    role: date
    required: true
    label: {en: day}
    description: {en: The day}
    refs: {en: [day]}
  hour:
    kind: time
    role: time
    required: true
    label: {en: hour}
    description: {en: The hour}
    refs: {en: [hour]}
"""


@pytest.fixture
def salon(tmp_path: Path) -> Path:
    folder = tmp_path / "salon"
    folder.mkdir()
    (folder / "booking.yml").write_text(SALON_BOOKING)
    (folder / "slots.yml").write_text(SALON_SLOTS)
    return folder


@pytest.fixture
def restaurant(tmp_path: Path) -> Path:
    folder = tmp_path / "restaurant"
    folder.mkdir()
    for name in ("booking.yml", "slots.yml"):
        shutil.copy(RESTAURANT / name, folder / name)
    return folder


def edit(folder: Path, file: str, old: str, new: str) -> int:
    """Replaces text that occurs once and tells the line it was on."""
    text = (folder / file).read_text()
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
    (folder / file).write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def complaint(folder: Path) -> BadDomain:
    with pytest.raises(BadDomain) as raised:
        load_domain(folder)
    return raised.value


def restaurant_domain() -> Domain:
    return load_domain(RESTAURANT)


def test_the_default_domain_is_read_whole() -> None:
    domain = restaurant_domain()
    assert domain.name == "restaurant"
    assert domain.languages == ("en", "ko")
    assert [slot.name for slot in domain.slots] == [
        "restaurant",
        "date",
        "time",
        "party_size",
        "name",
        "phone",
        "seating",
    ]
    assert [venue.id for venue in domain.book.venues] == ["hanok_table", "morning_cup"]
    hanok = domain.book.venues[0]
    assert sorted(hanok.hours) == [1, 2, 3, 4, 5, 6]
    assert hanok.hours[1].last_seating == time(21)
    assert (len(hanok.tables), hanok.largest_table) == (42, 12)
    assert domain.book.horizon_days == 60


def test_slots_are_found_by_what_the_booking_system_uses_them_for() -> None:
    domain = restaurant_domain()
    assert {role: slot.name for role in Use if (slot := domain.used_for(role))} == {
        Use.VENUE: "restaurant",
        Use.DATE: "date",
        Use.TIME: "time",
        Use.PARTY: "party_size",
        Use.NAME: "name",
        Use.PHONE: "phone",
        Use.WISH: "seating",
    }


def test_the_venues_are_the_choices_of_the_slot_that_asks_for_them() -> None:
    slot = restaurant_domain().slot("restaurant")
    assert slot is not None
    assert [choice.id for choice in slot.choices] == ["hanok_table", "morning_cup"]
    assert {"Hanok Table", "한옥테이블", "hanok"} <= set(slot.choices[0].names)
    assert slot.choice_labels["morning_cup"] == {"en": "Morning Cup", "ko": "모닝컵"}


def test_a_slot_may_be_required_from_a_count_on() -> None:
    phone = restaurant_domain().slot("phone")
    assert phone is not None
    assert phone.required.need is Need.WHEN
    assert not phone.required.holds({"party_size": "7"})
    assert phone.required.holds({"party_size": "8"})
    assert not phone.required.holds({"party_size": None})


def test_a_domain_need_not_be_a_restaurant(salon: Path) -> None:
    domain = load_domain(salon)
    assert [slot.kind for slot in domain.slots] == [Kind.CHOICE, Kind.DATE, Kind.TIME]
    assert domain.used_for(Use.VENUE) is None
    assert domain.used_for(Use.PARTY) is None
    assert domain.book.venues[0].largest_table == 1
    assert domain.faq[0].questions == {"en": ("Is there parking?", "Where can I park?")}
    assert domain.faq[0].answer == {"en": "Behind the house."}


def test_an_unknown_key_is_named_with_its_line(restaurant: Path) -> None:
    line = edit(restaurant, "slots.yml", "    minimum: 1\n", "    minimun: 1\n")
    assert complaint(restaurant).field == f"slots.yml:{line}: slots.party_size.minimun"


def test_a_missing_key_is_named_with_the_line_of_its_owner(restaurant: Path) -> None:
    line = edit(restaurant, "slots.yml", "  date:\n    kind: date\n", "  date:\n")
    wrong = complaint(restaurant)
    assert wrong.field == f"slots.yml:{line}: slots.date.kind"
    assert "missing" in wrong.description


def test_a_value_of_the_wrong_type_is_named(restaurant: Path) -> None:
    line = edit(restaurant, "booking.yml", "horizon_days: 60 ", 'horizon_days: "sixty" ')
    wrong = complaint(restaurant)
    assert wrong.field == f"booking.yml:{line}: horizon_days"
    assert "'sixty'" in wrong.description


def test_a_time_without_quotes_is_refused_with_advice(restaurant: Path) -> None:
    # YAML reads 11:30 without quotes as the number 690.
    line = edit(restaurant, "booking.yml", 'opens: "11:30"', "opens: 11:30")
    wrong = complaint(restaurant)
    assert wrong.field == f"booking.yml:{line}: venues.0.hours.0.opens"
    assert "in quotes" in wrong.description


@pytest.mark.parametrize("written", ["25:00", "7:00", "1130", "11:30:00", "noon!"])
def test_a_bad_time_is_refused(restaurant: Path, written: str) -> None:
    edit(restaurant, "booking.yml", 'opens: "11:30"', f'opens: "{written}"')
    assert f"'{written}'" in complaint(restaurant).description


def test_a_key_written_twice_is_refused_on_its_second_line(restaurant: Path) -> None:
    line = edit(restaurant, "slots.yml", "    minimum: 1\n", "    minimum: 1\n    minimum: 2\n")
    assert complaint(restaurant).field == f"slots.yml:{line + 1}: slots.party_size.minimum"


def test_text_that_is_not_yaml_is_refused_with_its_line(restaurant: Path) -> None:
    line = edit(restaurant, "booking.yml", "sitting: 120 ", "sitting: [120 ")
    assert complaint(restaurant).field.startswith(f"booking.yml:{line + 1}")


def test_an_empty_file_is_refused(restaurant: Path) -> None:
    (restaurant / "slots.yml").write_text("")
    assert complaint(restaurant).field.startswith("slots.yml:1")


def test_a_missing_file_is_named(restaurant: Path) -> None:
    (restaurant / "slots.yml").unlink()
    wrong = complaint(restaurant)
    assert wrong.field == "slots.yml:1"
    assert "no such file" in wrong.description


def test_bytes_that_are_no_text_are_refused(restaurant: Path) -> None:
    (restaurant / "slots.yml").write_bytes(b"\xff\xfe\x00slots")
    assert complaint(restaurant).field == "slots.yml:1"


def test_a_file_that_contains_itself_is_refused(restaurant: Path) -> None:
    (restaurant / "slots.yml").write_text("slots: &all\n  again: *all\n")
    assert complaint(restaurant).field.startswith("slots.yml:")


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "said"),
    [
        ("booking.yml", "id: morning_cup", "id: hanok_table", "venues.1.id", "twice"),
        ("booking.yml", "[the morning cup,", "[Hanok Table,", "venues.1", "already names hanok_table"),
        ("booking.yml", "[tue, wed,", "[tue, tue, wed,", "venues.0.hours.0.days", "tue"),
        ("booking.yml", 'last_seating: "21:00"', 'last_seating: "11:00"', "venues.0.hours.0.last_seating", "before"),
        ("booking.yml", 'closes: "22:00"', 'closes: "20:00"', "venues.0.hours.0.closes", "before"),
        ("booking.yml", "{2: 8, 4: 16,", "{2: 0, 4: 16,", "venues.0.tables.2", "must be 1 or more, not 0"),
        ("booking.yml", "name: {en: Morning Cup, ko: 모닝컵}", "name: {en: Cup}", "venues.1.name.ko", "missing"),
        ("slots.yml", "kind: phone", "kind: fax", "slots.phone.kind", "'fax'"),
        ("slots.yml", "kind: phone", "kind: name", "slots.phone.kind", "phone"),
        ("slots.yml", "role: phone", "role: name", "slots.phone.kind", "kind name"),
        ("slots.yml", "when: party_size", "when: name", "slots.phone.required.when", "'name'"),
        ("slots.yml", "at_least: 8", "atleast: 8", "slots.phone.required.atleast", "did you mean 'at_least'"),
        ("slots.yml", "choices: venues  ", "choices: places  ", "slots.restaurant.choices", "venues"),
        ("slots.yml", "maximum: 12", "maximum: 0", "slots.party_size.maximum", "0"),
        ("slots.yml", "minimum: 1\n", "minimum: 13\n", "slots.party_size.maximum", "minimum 13"),
        ("slots.yml", "label: {en: seating, ko: 자리}", "label: {en: seating}", "slots.seating.label.ko", "missing"),
        ("slots.yml", "ko: 좌석 위치", "ko: 좌석 위치, fr: place", "slots.seating.description.fr", "speaks en, ko"),
        ("slots.yml", "{id: room,", "{id: hall,", "slots.seating.choices.1.id", "twice"),
        ("slots.yml", "role: wish", "role: vish", "slots.seating.role", "did you mean 'wish'"),
        ("slots.yml", "    kind: phone", "    knd: phone", "slots.phone.knd", "did you mean 'kind'"),
        ("booking.yml", "start_step: 30", "start_stp: 30", "start_stp", "did you mean 'start_step'"),
        ("booking.yml", "sitting: 120", "services: []", "services", "there is no service; write one"),
        ("booking.yml", "{2: 8, 4: 16, 6: 6,", "{} # {", "venues.0.tables", "hanok_table has nothing to book"),
        (
            "slots.yml",
            "choices: venues  ",
            "choices: []  ",
            "slots.restaurant.choices",
            "nothing to choose from; write venues",
        ),
        (
            "slots.yml",
            "en: [seating, seat,",
            "en: [] # [seating, seat,",
            "slots.seating.refs.en",
            "is empty; write at least one",
        ),
        ("booking.yml", "sitting: 120", "sitting: four", "sitting", "must be a whole number, not 'four'"),
        (
            "slots.yml",
            "    minimum: 1\n",
            "    minimum: true\n",
            "slots.party_size.minimum",
            "must be a whole number, not true",
        ),
        (
            "booking.yml",
            "[the morning cup,",
            "[yes, the morning cup,",
            "venues.1.aliases.0",
            "put it in quotes, not true",
        ),
        ("booking.yml", "[tue, wed,", "[tues, wed,", "venues.0.hours.0.days.0", "did you mean 'tue'"),
        ("booking.yml", "{2: 8, 4: 16,", "[2, 4]  # {", "venues.0.tables", "must be keys with values"),
    ],
)
def test_what_does_not_fit_together_is_named(
    restaurant: Path, file: str, old: str, new: str, key: str, said: str
) -> None:
    line = edit(restaurant, file, old, new)
    wrong = complaint(restaurant)
    assert wrong.field.startswith(f"{file}:")
    assert wrong.field.endswith(f": {key}")
    assert abs(int(wrong.field.split(":")[1]) - line) <= 3
    assert said in wrong.description


def test_an_unknown_time_zone_is_refused(salon: Path) -> None:
    line = edit(salon, "booking.yml", "Europe/Paris", "Europe/Pariss")
    assert complaint(salon).field == f"booking.yml:{line}: venues.0.time_zone"


def test_a_domain_without_a_time_cannot_book(salon: Path) -> None:
    edit(salon, "slots.yml", "    role: time\n", "")
    assert "role time" in complaint(salon).description


def test_a_role_is_given_once(salon: Path) -> None:
    slots = yaml.safe_load(SALON_SLOTS)
    slots["slots"]["other_day"] = slots["slots"]["day"]
    (salon / "slots.yml").write_text(yaml.safe_dump(slots, sort_keys=False))
    assert complaint(salon).field.endswith("slots.other_day.role")


def test_several_venues_need_a_slot_that_tells_them_apart(salon: Path) -> None:
    booking = yaml.safe_load(SALON_BOOKING)
    booking["venues"].append({**booking["venues"][0], "id": "second", "name": {"en": "Second"}})
    (salon / "booking.yml").write_text(yaml.safe_dump(booking, sort_keys=False))
    assert "role venue" in complaint(salon).description
