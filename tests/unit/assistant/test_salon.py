"""A domain with services and staff: lengths, people and closing time, without a word of Python for it."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.act import booked_slots, booking_request
from assistant.booking import rules, seating
from assistant.booking.rules import Broken
from assistant.booking.seating import Span
from assistant.domain import Use, load_domain
from assistant.errors import BadDomain
from assistant.lookahead import wanted_work
from assistant.new_domain import make_domain
from assistant.possible import Possible
from assistant.settings import ROOT
from assistant.types import Conversation, Day, NewValue, Op, Operation, Slot, Status, Work
from assistant.values import apply_values

SALON = load_domain(ROOT / "domains" / "salon")
(MAIN,) = SALON.book.venues
ZONE = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 6, 10, 14, tzinfo=ZONE)
FRIDAY, SUNDAY = date(2026, 6, 12), date(2026, 6, 14)


def at(hour: int, minute: int = 0, day: date = FRIDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def filled(**values: str) -> dict[str, Slot]:
    return {name: Slot(Status.FILLED, value=value) for name, value in values.items()}


def to(slot: str, value: str) -> Operation:
    return Operation(Op.SET, (slot,), value=NewValue((value,)))


def test_services_and_people_are_choices_of_their_slots() -> None:
    service, stylist = SALON.used_for(Use.SERVICE), SALON.used_for(Use.STAFF)
    assert service is not None
    assert stylist is not None
    assert [choice.id for choice in service.choices] == list(SALON.book.services)
    assert [choice.id for choice in stylist.choices] == [table.id for table in MAIN.tables]
    assert SALON.used_for(Use.PARTY) is None


def test_a_service_takes_as_long_as_it_says_and_ends_by_closing() -> None:
    assert seating.span_of(SALON.book, at(15), "perm") == Span(at(15), at(17))
    assert seating.span_of(SALON.book, at(15), "cut") == Span(at(15), at(15, 30))
    perm = SALON.book.length("perm")
    assert rules.seating_hours(MAIN, SUNDAY.weekday(), perm) == (time(10), time(16))
    assert rules.check_time(SALON.book, MAIN, SUNDAY, time(16, 30), NOW, length=perm) == Broken(rules.HOURS, "16:00")
    assert rules.check_time(SALON.book, MAIN, SUNDAY, time(17, 30), NOW) is None


def test_a_start_is_free_while_somebody_is() -> None:
    taken = {"mina": [Span(at(15), at(16))], "junho": [Span(at(15), at(15, 30))]}

    def free(service: str, staff: str = "") -> dict[time, int]:
        return seating.largest_parties(SALON.book, MAIN, FRIDAY, NOW, taken, service, staff)

    assert time(15) in free("cut")
    assert time(15) not in free("cut", "mina")
    assert time(15, 30) in free("cut", "junho")
    assert time(14) not in free("perm", "mina")
    assert time(13) in free("perm", "mina")
    span = seating.span_of(SALON.book, at(15), "cut")
    assert [table.id for table in seating.free_tables(MAIN, 1, span, taken)] == ["sora"]
    assert list(seating.free_tables(MAIN, 1, span, taken, "mina")) == []


@pytest.mark.parametrize(
    ("service", "staff", "reason"),
    [("", "", rules.UNKNOWN_SERVICE), ("shave", "", rules.UNKNOWN_SERVICE), ("cut", "bob", rules.UNKNOWN_STAFF)],
)
def test_unknown_work_is_refused_by_name(service: str, staff: str, reason: str) -> None:
    assert rules.check_work(SALON.book, MAIN, service, staff) == Broken(reason)
    assert rules.check_work(SALON.book, MAIN, "cut", "mina") is None


def test_a_time_that_the_new_stylist_or_service_cannot_do_is_cleared() -> None:
    days = (
        Day("main", FRIDAY, {"15:00": 1}, Work("cut", "junho")),
        Day("main", FRIDAY, {"14:00": 1}, Work("cut", "mina")),
        Day("main", FRIDAY, {"13:00": 1}, Work("perm", "junho")),
    )
    possible = Possible(SALON, NOW, days)
    draft = filled(service="cut", stylist="junho", date=FRIDAY.isoformat(), time="15:00")
    for operation in (to("stylist", "mina"), to("service", "perm")):
        after, effects = apply_values(draft, [operation], possible, message_id="m", booked={})
        assert after["time"].status is Status.CLEARED
        assert [(one.slot, one.reason) for one in effects.dropped] == [("time", rules.FULL)]
    after, _ = apply_values(draft, [to("name", "Kim")], possible, message_id="m", booked={})
    assert after["time"].value == "15:00"


def test_a_turn_looks_up_all_work_that_it_may_come_to() -> None:
    before = Conversation("c", slots=filled(service="cut", stylist="mina"))
    looked = wanted_work(before, [to("service", "perm")], SALON)
    assert set(looked) == {Work(service, staff) for service in ("cut", "perm") for staff in ("", "mina")}
    assert wanted_work(Conversation("c"), [], load_domain(ROOT / "domains" / "restaurant")) == (Work(),)


def test_a_booking_carries_service_and_stylist_there_and_back() -> None:
    slots = filled(
        service="cut", stylist="mina", date=FRIDAY.isoformat(), time="15:00", name="Kim", phone="010-1234-5678"
    )
    request = booking_request(Conversation("c", slots=slots), SALON)
    assert (request.venue, request.party, request.work) == ("main", 1, Work("cut", "mina"))
    assert {name: slot.value for name, slot in booked_slots(request, SALON).items()} == {
        name: slot.value for name, slot in slots.items()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_domain("clinic", tmp_path)[0]


def edit(folder: Path, file: str, old: str, new: str) -> int:
    """Replaces text that occurs once and tells the line it was on."""
    text = (folder / file).read_text()
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
    (folder / file).write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "words"),
    [
        ("slots.yml", "    choices: services\n", "    choices: staff\n", "slots.service.choices", "choices: services"),
        ("slots.yml", "    role: service\n", "", "slots.service.choices", "role service only"),
        ("slots.yml", "    kind: phone\n", "", "slots.phone", "missing"),
        ("booking.yml", "minutes: 30", "minutes: 0", "services.0.minutes", "must be 1 or more, not 0"),
        ("booking.yml", "minutes: 30", "minutes: half", "services.0.minutes", "must be a whole number, not 'half'"),
        ("booking.yml", "id: lee,", "id: kim,", "venues.0.staff.1.id", "twice"),
        ("booking.yml", "aliases: [Lee,", "aliases: [Kim,", "venues.0.staff.1", "names kim"),
        ("booking.yml", "    staff:\n", "    tables: {1: 2}\n    staff:\n", "venues.0.staff", "remove `tables` or `staff`"),
        ("booking.yml", "start_step: 30 ", "sitting: 30\nstart_step: 30 ", "sitting", "remove `sitting` or `services`"),
        ("booking.yml", 'closes: "18:00"', 'closes: "02:00"', "venues.0.hours.0.closes", "last_seating"),
        ("responses/en.yml", "{values}.\"\nopen", "{valuse}.\"\nopen", "changed", "{valuse} is not filled"),
        ("responses/en.yml", "  rephrase: ", "  rephrased: ", "says", "missing"),
        ("responses/ko.yml", "  service: \"어떤 서비스를", "  servcie: \"어떤 서비스를", "asks.servcie", "no such slot"),
        ("responses/ko.yml", "approximately: ", "aproximately: ", "aproximately", "did you mean 'approximately'"),
        ("responses/en.yml", "joins: {", "joins: [", "", "not YAML"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_domain_is_named_with_file_line_and_key(
    folder: Path, file: str, old: str, new: str, key: str, words: str
) -> None:
    edit(folder, file, old, new)
    with pytest.raises(BadDomain) as raised:
        load_domain(folder)
    where, _, said = str(raised.value).partition(": ")
    assert where.split(":")[0] == file
    assert int(where.split(":")[1]) > 0
    assert said.startswith(key)
    assert words in said


def test_services_need_a_slot_that_asks_for_them(folder: Path) -> None:
    edit(
        folder,
        "slots.yml",
        "    choices: services\n    required: true\n",
        "    choices: services\n    required: false\n",
    )
    with pytest.raises(BadDomain, match="role service and `required: true`"):
        load_domain(folder)
