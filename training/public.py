"""Reads the public data that a tagger may learn from beside the domain's own files.

RESTAURANTS-8K gives real English booking utterances with spans; the others give utterances that ask for nothing here.
Knows these formats; does not know models. None of these files is part of the repository: `training.train_tagger` goes
without them when the folder is missing.
"""

from __future__ import annotations

import csv
import json
import random
import re
from pathlib import Path
from typing import Any, Final

from nlu.labels import NUMBER
from nlu.types import Role
from training.examples import DataError, Example, Hints, mark

_SLOTS: Final = {"people": "party_size", "date": "date", "time": "time", "first_name": "name", "last_name": "name"}
_NUMERAL: Final = re.compile(
    r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen", re.I
)
_BEFORE_NUMERAL: Final = re.compile(r"\b(?:at|for|of|by|are|be|us|seat|party|time)\s+$", re.I)
_LEAD_OF_TIME: Final = re.compile(r"\b(?:around|about|after|before|past|by)\s+$", re.I)
_TAIL_OF_TIME: Final = re.compile(
    r"\s?[ap]\.?m\b\.?|\s?o'?clock|\s(?:in the (?:morning|afternoon|evening)|at night)", re.I
)
_TAIL_OF_PARTY: Final = re.compile(r"\s(?:people|persons?|guests?|of us|adults?|pax|folks)\b", re.I)
# What our own data label and RESTAURANTS-8K does not: values to be replaced, seating, names of restaurants.
_LEFT_OUT: Final = re.compile(
    r"\d|\b(?:instead|cancel|tomorrow|tonight|yesterday|weekend|noon|lunch|dinner|quarter|half|rather than|not|from"
    r"|outside|outdoors?|inside|indoors?|terrace|patio|garden|hall|room|fresh air"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|at (?:the )?(?-i:[A-Z])\w+)\b",
    re.I,
)

Place = tuple[str, Role, int, int]


def read_restaurants8k(path: Path) -> list[Example]:
    """Read RESTAURANTS-8K (proto3 JSON: a `startIndex` of 0 is left out).

    First and last names side by side become one name. A numeral alone, which only the question explains, becomes
    `number`. Articles, am or pm, "around" and "people" join the span that they belong to, as in our own data. Rows that
    name a value which the annotators left out (values to be replaced, seating, restaurants) are dropped, since we do
    label those, and so are rows without any span.

    Args:
        path: one of the `train_*.json`.

    Returns:
        English examples without acts; the requested slot is the asked one.

    Raises:
        DataError: a row is malformed.
    """
    examples = []
    for number, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        where = f"{path}: row {number}"
        try:
            text = row["userInput"]["text"]
            places = [_place(text, label) for label in row.get("labels", [])]
            requested = row.get("context", {}).get("requestedSlots", [])
            hints: Hints = {"asked": (_SLOTS[requested[0]],), "phase": ("collecting",)} if requested else {}
        except (KeyError, TypeError, IndexError) as error:
            raise DataError(f"{where}: {error!r} is missing or unknown") from error
        places = _merge_names(text, _without_overlaps(places))
        if places and not _leaves_out(text, places):
            places = [_bare(text, place, alone=len(places) == 1) for place in places]
            examples.append(Example(text, "en", None, mark(text, places), hints, where, text))
    return examples


def read_small_talk(data: Path, seed: int, wanted: int) -> list[Example]:
    """Draw utterances that are no booking: Korean chit-chat and commands to other devices, English intents of other trades.

    Args:
        data: the folder of public data.
        seed: decides the draw.
        wanted: how many per language.

    Returns:
        Examples without spans whose act is `chitchat` or `out_of_scope`. Rows that speak of bookings, changes or
        yes and no are left out: their label would be wrong here.
    """
    rng = random.Random(seed)
    korean = [(text, "chitchat") for text in _chit_chat(data / "ko_chitchat/ChatbotData.csv")]
    rng.shuffle(korean)
    commands = [(text, "out_of_scope") for text in _device_commands(data / "ko_sae4k/sae4k_v1.txt")]
    rng.shuffle(commands)
    english = _clinc(data / "clinc150/data_full_train_val.json")
    rng.shuffle(english)
    half = wanted // 2
    rows = [(text, act, "ko") for text, act in korean[:half] + commands[:half]]
    rows += [(text, act, "en") for text, act in english[:wanted]]
    return [Example(text, lang, (act,), (), {}, "small talk", text) for text, act, lang in rows]


def _place(text: str, label: dict[str, Any]) -> Place:
    start, end = label["valueSpan"].get("startIndex", 0), label["valueSpan"]["endIndex"]
    slot = _SLOTS[label["slot"]]
    while end > start and text[end - 1] in " .,;!?" and not text[start:end].lower().endswith(("a.m.", "p.m.")):
        end -= 1
    tail = {"time": _TAIL_OF_TIME, "party_size": _TAIL_OF_PARTY}.get(slot)
    while tail and (more := tail.match(text, end)):
        end = more.end()
    if slot == "time" and (lead := _LEAD_OF_TIME.search(text[:start])):
        start = lead.start()
    if slot == "date" and text[max(start - 4, 0) : start].lower() == "the " and text[start].isdigit():
        start -= 4
    return slot, Role.VALUE, start, end


def _without_overlaps(places: list[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: (place[0] != "time", place[2] - place[3])):
        if all(place[3] <= other[2] or place[2] >= other[3] for other in kept):
            kept.append(place)
    return sorted(kept, key=lambda place: place[2])


def _merge_names(text: str, places: list[Place]) -> list[Place]:
    merged: list[Place] = []
    for place in places:
        if merged and place[0] == merged[-1][0] == "name" and not text[merged[-1][3] : place[2]].strip():
            place = ("name", Role.VALUE, merged.pop()[2], place[3])
        merged.append(place)
    return merged


def _leaves_out(text: str, places: list[Place]) -> bool:
    rest = list(text)
    for _, _, start, end in places:
        rest[start:end] = " " * (end - start)
    return _LEFT_OUT.search("".join(rest)) is not None


def _bare(text: str, place: Place, *, alone: bool) -> Place:
    """A numeral that only the question explains: nothing but a few other words around it."""
    label, role, start, end = place
    is_bare = alone and label in ("time", "party_size") and _NUMERAL.fullmatch(text[start:end])
    if not is_bare or len(text.split()) > 4 or _BEFORE_NUMERAL.search(text[:start]):
        return place
    return NUMBER, role, start, end


def _chit_chat(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as file:
        rows = [row["Q"].strip() for row in csv.DictReader(file)]
    return [
        row
        for row in rows
        if not re.search(r"예약|취소|식당|맛집|몇\s?시|인원|\d|지워|바꾸|변경|맞아|아니|좋아|그래|알겠", row)
    ]


def _device_commands(path: Path) -> list[str]:
    rows = [row.split("\t")[0].strip() for row in path.read_text(encoding="utf-8-sig").splitlines()]
    return [
        row for row in rows if len(row) < 40 and not re.search(r"예약|식당|맛집|자리|인원|주차|음식|메뉴|배달", row)
    ]


def _clinc(path: Path) -> list[tuple[str, str]]:
    ours = re.compile(
        r"restaurant|reserv|cancel|^yes$|^no$|^maybe$|repeat|change_|food|meal|ingredient|how_busy|^date$|^time$|user_name"
        r"|next_holiday|calendar|reminder|reset|schedule|what_can_i|cook|calories|nutrition|directions|distance|book_|text|call"
    )
    talk = re.compile(
        r"greeting|goodbye|thank|tell_joke|fun_fact|are_you|hobbies|meaning_of_life|your_name|who_|do_you_have_pets|where_are"
    )
    rows = json.loads(path.read_text(encoding="utf-8"))["train"]
    return [
        (text, "chitchat" if talk.search(intent) else "out_of_scope")
        for text, intent in rows
        if not ours.search(intent)
    ]
