"""Values of a story about the guest are no wish."""

from __future__ import annotations

import pytest

from nlu.rules.told_aside import busy_until, event_hour, explained, long_past, once_planned, own_event, speaks_from
from tests.support.marked import marked_words


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("Thursday morning, [right after my night] shift", True),
        ("at 6 pm, before my [evening] class", True),
        ("Saturday lunch, once the [morning] meeting is over", True),
        ("2 pm, when her [morning] lessons are done", True),
        ("after [lunch]", False),
        ("in the [evening], after class", False),
        ("after the [evening] please", False),
        ("the [night] shift team, ten of us", False),
    ],
)
def test_a_part_of_the_day_that_a_shift_or_a_class_is_called_by_is_told(marked: str, told: bool) -> None:
    assert own_event(*marked_words(marked)) is told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("we were supposed to be [six] but two cancelled", True),
        ("we used to be [ten]", True),
        ("there were going to be [5] of us", True),
        ("it should have been about [eight]", True),
        ("we are going to be [six]", False),
        ("I wrote three, it should've been [six]", False),
        ("sorry, that should have been [six of us], not eight", False),
        ("it ought to read, well, it should've been [six] instead of nine", False),
        ("we were [six] last time", False),
        ("we'd be [six]", False),
    ],
)
def test_a_number_that_was_planned_once_is_told(marked: str, told: bool) -> None:
    assert once_planned(*marked_words(marked)[:2]) is told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("I'm calling from work until [6]", True),
        ("you can reach me before [5]", True),
        ("I'm calling to book a table at [6]", False),
        ("until [6]", False),
    ],
)
def test_until_when_a_guest_can_be_heard_is_told(marked: str, told: bool) -> None:
    assert speaks_from(*marked_words(marked)[:2]) is told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("7 then, I finish work at [6]", True),
        ("the film ends at [8], make it 9", True),
        ("my flight lands at [6] so 8", True),
        ("내일 [여섯 시]에 출근해서요", True),
        ("8 then, our last lecture's around [half six]", True),
        ("my booking's at [6]", False),
        ("저희 마지막 회진이 [여섯 시쯤]이라", True),
        ("예약 시간이 [여섯 시]인데요", False),
        ("[일곱 시]에 그 앞 지나가요", True),
        ("[여섯 시]에 갈게요", False),
        ("dinner at [6]", False),
        ("we start at [7]", False),
    ],
)
def test_when_work_or_a_train_ends_is_told(marked: str, told: bool) -> None:
    assert event_hour(*marked_words(marked)) is told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("not saturday, sunday!! [saturday] is her family thing", True),
        ("not 7pm, 8pm - at [7pm] I have a meeting", True),
        ("not saturday, friday. [friday] is fine", False),
        ("not friday. no, [friday]", False),
    ],
)
def test_a_value_of_which_something_is_told_is_explained(marked: str, told: bool) -> None:
    assert explained(*marked_words(marked)) is told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("not Friday, I'm on stage till [3 in the morning]", True),
        ("my sister is at the dentist until [4]", True),
        ("27일은 안 되겠다. [새벽 3시]까지 공연이거든", True),
        ("I'm free until [4]", False),
        ("keep it until [4]", False),
        ("[3시]까지 가능해요", False),
    ],
)
def test_until_when_somebody_is_busy_is_told(marked: str, *, told: bool) -> None:
    assert busy_until(*marked_words(marked)) is told


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("last time we sat outside with [5] ppl, so cosy", True),
        ("last time we sat outside, so [5] ppl please", False),
    ],
)
def test_a_story_that_praises_is_a_story(marked: str, told: bool) -> None:
    text, start, _ = marked_words(marked)
    assert long_past(text, start) is told
