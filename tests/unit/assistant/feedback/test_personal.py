"""What counts as personal in a text."""

import pytest

from assistant.feedback.personal import addresses, introduced, numbers

ORDINARY = frozenset("i mr need a table for please is my name will you friday it yes thank 고객님 손님 네".split())  # noqa: SIM905


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("My name is dana reyes", ["dana reyes"]),
        ("it is for Mr. Okafor", ["Okafor"]),
        ("Yes I need a table Friday", []),
        ("제 이름은 도경완이에요", ["도경완"]),
        ("박현철씨 이름으로 해 주세요", ["박현철"]),
        ("고객님", []),
    ],
)
def test_names_are_found_where_they_are_introduced(text: str, names: list[str]) -> None:
    assert sorted(set(introduced(text, ORDINARY))) == sorted(names)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("call 010-1234-5678.", ["01012345678"]),
        ("010-1234-5678, four of us", ["01012345678"]),
        ("공일공 일이삼사 오육칠팔이요", ["01012345678"]),
        ("010-1111-3333이에요", ["01011113333"]),
        ("zero one zero, double five one two, three four five six", ["01055123456"]),
        ("on 2026-06-12 or 12/06/2026", []),
    ],
)
def test_numbers_are_found_however_they_are_said(text: str, digits: list[str]) -> None:
    assert [number.digits for number in numbers(text)] == digits


@pytest.mark.parametrize("text", ["a.b@c-d.co.kr", "mina at gmail dot com", "https://x.example/a?b", "@mina_k"])
def test_addresses_are_found_whole(text: str) -> None:
    assert [(0, len(text))] == addresses(text)
