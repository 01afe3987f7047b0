"""What a span says beyond the place where the tagger cut it."""

from __future__ import annotations

import pytest

from assistant.composer.heard import Heard
from assistant.types import Message
from nlu.types import Moment, Role, Span
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, Talk, draft


def _name(text: str, words: str) -> str | None:
    start = text.index(words)
    span = Span("name", Role.VALUE, start, start + len(words), words)
    message = Message("c", "m", text, "ko", ZONE, WEDNESDAY)
    scene = Heard(message, draft(FRIDAY), DOMAIN, Moment(WEDNESDAY, ZONE))
    spec = DOMAIN.slot("name")
    assert spec is not None
    return scene.read_span(span, spec).exact


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("이름은 나소연 선생님으로 부탁해요", "나소", "나소연"),
        ("한미라", "한미", "한미라"),
        ("네 김고은 맞아요", "김고", "김고은"),
        ("제 이름은 다니엘 이에요", "다니엘 이", "다니엘"),
        ("Anna 라고 합니다", "Anna 라", "Anna"),
        ("이름만 박으로", "박으", "박"),
        ("제 이름은 한수자올시다", "한수자올", "한수자"),
        ("내 이름은 조동만이올시다.", "조동만이올", "조동만"),
        ("이름은 올가 김이에요", "올가 김이", "올가 김"),
        ("그럼 반달이라고 해주세요", "반달이", "반달"),
        ("송이든", "송", "송이든"),
        ("정하늘이라는 이름으로 부탁을 드립니다", "정하늘이", "정하늘"),
        ("루카라는 이름으로 해 주시면 됩니다", "루카라", "루카"),
        ("제 이름이야 최유리지요", "최유리지", "최유리"),
    ],
)
def test_a_name_that_was_cut_wrong_is_read_whole(text: str, tagged: str, name: str) -> None:
    assert _name(text, tagged) == name


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("김준이에요", "김준"),
        ("허준은 아니에요", "허준"),
        ("이수라고 해요", "이수"),
        ("이수라 하오", "이수"),
        ("허준님으로요", "허준"),
        ("김민수요", "김민수"),
        ("마이클 이요", "마이클"),
        ("김미라는 제 동생이에요", "김미라"),
    ],
)
def test_an_ending_is_not_taken_for_a_part_of_the_name(text: str, tagged: str) -> None:
    assert _name(text, tagged) == tagged


@pytest.mark.parametrize(
    ("text", "tagged", "sizes"),
    [("3명에서 4명으로 변경", "3명에서 4명", ("4",)), ("3명에서 4명 정도요", "3명에서 4명", ("3", "4"))],
)
def test_from_one_number_to_another_is_a_range_only_without_the_particle_of_direction(
    text: str, tagged: str, sizes: tuple[str, ...]
) -> None:
    assert _sizes(text, tagged) == sizes


@pytest.mark.parametrize(
    ("text", "tagged", "size"),
    [
        ("친구 둘이랑 가요", "친구 둘", "3"),
        ("저 빼고 네 명이요", "네 명", "5"),
        ("친구 둘이 가요", "친구 둘", "2"),
        ("저희 둘이랑 쌍둥이요", "저희 둘", "4"),
    ],
)
def test_the_speaker_counts_where_the_words_around_say_so(text: str, tagged: str, size: str) -> None:
    assert _sizes(text, tagged) == (size,)


def _sizes(text: str, tagged: str) -> tuple[str, ...]:
    spec = DOMAIN.slot("party_size")
    assert spec is not None
    message = Message("c", "m", text, "ko", ZONE, WEDNESDAY)
    scene = Heard(message, draft(FRIDAY), DOMAIN, Moment(WEDNESDAY, ZONE))
    start = text.index(tagged)
    return scene.read_span(Span("party_size", Role.VALUE, start, start + len(tagged), tagged), spec).values


def test_the_speaker_counts_beside_english_company_too() -> None:
    assert _sizes("I'll come with my two brothers", "my two brothers") == ("3",)
    assert _sizes("We'll come with two friends, so six", "two friends") == ("2",)


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("소피아 로렌스예요", "소피아 로렌", "소피아 로렌스"),
        ("니코구요", "니코구", "니코"),
        ("제 이름 하소이로 해 주세요", "하소", "하소이"),
        ("박은구예요", "박은구", "박은구"),
    ],
)
def test_a_name_of_another_country_is_read_whole(text: str, tagged: str, name: str) -> None:
    assert _name(text, tagged) == name


@pytest.mark.parametrize(
    ("text", "tagged", "parts"),
    [
        ("we'll be seven, three of them kids", "seven", {"adults": "4", "children": "3"}),
        ("two adults plus a toddler, so three", "three", {"adults": "2", "children": "1"}),
        ("저랑 남편, 아이들까지 다섯이요", "다섯", {"adults": "2", "children": "3"}),
        ("seven please. Are kids welcome?", "seven", {}),
    ],
)
def test_the_children_of_a_sum_are_told_beside_it(text: str, tagged: str, parts: dict[str, str]) -> None:
    spec = DOMAIN.slot("party_size")
    assert spec is not None
    scene = Heard(Message("c", "m", text, "ko", ZONE, WEDNESDAY), draft({}), DOMAIN, Moment(WEDNESDAY, ZONE))
    start = text.index(tagged)
    span = Span("party_size", Role.VALUE, start, start + len(tagged), tagged)
    assert scene.read_span(span, spec).parts == parts


@pytest.mark.parametrize(
    ("text", "tagged", "size"),
    [
        ("eight dancers plus our coach please", "eight dancers plus", "9"),
        ("four of us and my boss", "four of us", "5"),
        ("어른 둘, 아이 없이요", "어른 둘, 아이", "2"),
    ],
)
def test_who_stands_right_behind_the_people_counts_too(text: str, tagged: str, size: str) -> None:
    assert _sizes(text, tagged) == (size,)


def test_of_a_name_that_begins_within_a_word_all_of_the_answer_is_read() -> None:
    spec = DOMAIN.slot("name")
    assert spec is not None
    message = Message("c", "m", "아델 뒤랑이에요", "ko", ZONE, WEDNESDAY)
    scene = Heard(message, draft({}, asked="name"), DOMAIN, Moment(WEDNESDAY, ZONE))
    assert scene.read_span(Span("name", Role.VALUE, 1, 2, "델"), spec).exact == "아델 뒤랑"


@pytest.mark.parametrize(
    ("annotated", "name"),
    [
        ("|Ko [Hyunjin](name)", "Ko Hyunjin"),
        ("|the name's No [Hyunjin](name)", "No Hyunjin"),
        ("|No [Hyunjin](name) please", "Hyunjin"),
        ("|Hello [Hyunjin](name)", "Hyunjin"),
        ("|under [oh hyunjin](name)", "Oh Hyunjin"),
        ("|[oh hyunjin](name)", "Oh Hyunjin"),
        ("|[oh hyunjin](name) here", "Hyunjin"),
        ("|[장세](name)이", "장세이"),
        ("modify|Im Seul", "Im Seul"),
    ],
)
def test_a_family_name_that_looks_like_another_word_belongs_to_the_name(annotated: str, name: str) -> None:
    talk = Talk(draft({key: value for key, value in FRIDAY.items() if key != "name"}))
    talk.hear(annotated, asked="name")
    assert talk.values["name"] == name
