"""From the values found in a sentence to one reading: who is refused, who is corrected, who is an alternative.

Works on text in which each found value stands as a mark ("not X0X, X1X"). Does not know dates, times or counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from nlu.types import Ambiguity, Reading
from nlu.values import reasons

MARK: Final = r"X(\d+)X"
UNREADABLE: Final = Reading(reason=reasons.UNREADABLE)
VAGUE: Final = Reading(reason=reasons.VAGUE)

_MARK: Final = re.compile(MARK)
_REFUSED_BEFORE: Final = re.compile(
    r"(?:(?<!\bif )\bnot|n't|\bcannot|\bnever|\binstead of|\brather than|\bother than|\bexcept|\bbut not|"
    r"\banything but|\bno longer)"
    r"(?: (?:do|make|want|say|said|mean|need|come|it|for|on|at|in|the|be|a))*$"
)
_REFUSED_AFTER: Final = re.compile(
    r"^,? ?(?:(?:is|was|will|does|do|did)(?:n't| not)|won't|is (?:no good|wrong|out|off|bad|full|impossible)|"
    r"was wrong|no longer|doesn't work|can't|not possible|is not)\b"
)
_OR_ELSE: Final = r"(?:maybe|else|even|perhaps|possibly|otherwise|failing that|if not|alternatively|at a push)"
_OR: Final = re.compile(
    rf"^[ ,]*(?:(?:if possible|ideally|preferably)[ ,]+)?(?:(?:or|/|,)[ ,]*(?:{_OR_ELSE})?|{_OR_ELSE})[ ,]*(?:(?:on|at|the) ?)*$"
)
_TO: Final = re.compile(r"^ ?(?:-|~|to|until|till|through|thru|up to|and|up until)(?: the| on| at)? ?$")
_BETWEEN: Final = re.compile(r"\bbetween(?: the| on)?$")
_CORRECTED: Final = re.compile(
    r"\b(?:no|wait|sorry|actually|mean|meant|make|rather|scratch|instead|change|changed|correction|oops|but|better|"
    r"move|switch|update|it's)\b|->|=>"
)
MOVED: Final = re.compile(r"\b(?:chang(?:e|ing)|mov(?:e|ing)|switch|shift|reschedul(?:e|ing)|swap|bump)\b")
"""A change announced before two values: "from Friday to Saturday" is then no range."""
_BESIDE: Final = re.compile(r"^[ ,()\-]*(?:(?:on|the|of|at|which is|that's|that is|i\.e\.)[ ,]*)*$")
_AND: Final = re.compile(r"^[ ,]*(?:and|&|,)[ ,]*(?:on|at|the)? ?$")


@dataclass(slots=True)
class Draft:
    """A text whose values are being found one pattern after the other."""

    text: str
    found: list[Reading] = field(default_factory=list)

    def put(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], Reading | None]) -> None:
        """Replace each match by a mark for its reading, save a group `keep` before it; one that reads as None stays text."""

        def mark(match: re.Match[str]) -> str:
            reading = read(match)
            return match[0] if reading is None else (match.groupdict().get("keep") or "") + self.mark(reading)

        self.text = pattern.sub(mark, self.text)

    def mark(self, reading: Reading) -> str:
        """Keep a reading and give the mark that stands for it in the text."""
        self.found.append(reading)
        return f"X{len(self.found) - 1}X"

    def at(self, number: str) -> Reading:
        """The reading behind a mark's number."""
        return self.found[int(number)]

    def pieces(self) -> tuple[list[str], list[Reading]]:
        """The words around the marks (one more than there are marks), and the readings in the order of the text."""
        parts = _MARK.split(self.text)
        return parts[::2], [self.found[int(number)] for number in parts[1::2]]


def resolve(draft: Draft, join: Callable[[Reading, Reading], Reading]) -> Reading:
    """Bring the marked values of a sentence down to one reading.

    Refused values ("not X0") go; "X0 or X1" are candidates; "X0 to X1" is joined by `join`; after a correction
    ("no wait, X1") the last counts; values side by side must agree. Several unrelated values are unreadable.
    """
    gaps, items = _without_refused(*draft.pieces())
    if not items:
        return UNREADABLE
    between = gaps[1:-1]
    if any(_CORRECTED.search(gap) for gap in between):
        last = max(place for place, gap in enumerate(between) if _CORRECTED.search(gap))
        gaps, items, between = gaps[last + 1 :], items[last + 1 :], between[last + 1 :]
    if len(items) == 1 or MOVED.search(gaps[0]):
        return items[-1]
    if len(items) == 2 and (
        _TO.match(between[0]) and (between[0].strip() != "and" or _BETWEEN.search(gaps[0].strip()))
    ):
        return join(items[0], items[1])
    if all(gap.strip() == "," for gap in between) and agreed(items).exact:
        return agreed(items)  # "next Friday, the 19th"
    if all(_OR.match(gap) for gap in between) or all(_OR.match(gap) or _AND.match(gap) for gap in between):
        return either(items)
    if all(item == items[0] for item in items):
        return items[0]
    if all(_BESIDE.match(gap) for gap in between):
        return agreed(items)
    return UNREADABLE


def either(items: Sequence[Reading]) -> Reading:
    """All values of the items as candidates, in the order said."""
    values = tuple(dict.fromkeys(value for item in items for value in item.values))
    if any(not item.values for item in items) or not values:
        return next((item for item in items if item.reason), UNREADABLE)
    if len(values) == 1:
        return items[0]
    halves = any(item.ambiguity is Ambiguity.HALF for item in items)
    approximate = any(item.approximate for item in items)
    return Reading(values, Ambiguity.HALF if halves else Ambiguity.CHOICE, approximate=approximate)


def agreed(items: Sequence[Reading]) -> Reading:
    """The values on which all items agree; where they contradict each other, all of them, marked as unsure."""
    impossible = next((item for item in items if item.reason), None)
    if impossible is not None:
        return impossible
    ranges = [item.bounds for item in items if item.bounds]
    if ranges:
        items = [item for item in items if not item.bounds] or items[:1]
        inside = [value for item in items for value in item.values if all(low <= value <= high for low, high in ranges)]
        return Reading((inside[0],)) if len(set(inside)) == 1 else VAGUE
    shared = [value for value in items[0].values if all(value in item.values for item in items)]
    if len(shared) == 1:
        return Reading(tuple(shared))
    values = tuple(dict.fromkeys(value for item in items for value in item.values))
    return Reading(values, Ambiguity.UNSURE if len(values) > 1 else Ambiguity.NONE) if values else UNREADABLE


def _without_refused(gaps: list[str], items: list[Reading]) -> tuple[list[str], list[Reading]]:
    kept_gaps = [gaps[0]]
    kept: list[Reading] = []
    for place, item in enumerate(items):
        before, after = gaps[place].rstrip(), gaps[place + 1]
        if _REFUSED_BEFORE.search(before) or _REFUSED_AFTER.match(after):
            kept_gaps[-1] = f"{kept_gaps[-1]} {after}" if not kept else after
        else:
            kept.append(item)
            kept_gaps.append(after)
    return kept_gaps, kept
