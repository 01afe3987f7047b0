"""Greetings of other languages are told from names."""

from __future__ import annotations

import pytest

from nlu.rules.greetings import greets, only_greets


@pytest.mark.parametrize(
    "text", ["Kia ora", "hola", "Guten Tag", "namaste", "annyeong haseyo", "g'day mate", "ahoj", "Bonjour"]
)
def test_a_greeting_begins_a_message(text: str) -> None:
    assert greets(f"{text}, a table for two", 0, len(text))
    assert only_greets(f"{text}!")


@pytest.mark.parametrize(
    ("text", "start", "end"), [("Ciao Chen", 0, 9), ("for Hola", 4, 8), ("Maria", 0, 5), ("Olafsson", 0, 8)]
)
def test_a_name_is_no_greeting(text: str, start: int, end: int) -> None:
    assert not greets(text, start, end)
