"""Times of day in Korean words: `저녁 7시 반`, `십구시`, `6시 이후`, `점심쯤`, `두 시간 뒤`.

Knows the clock and the parts of the day; does not know opening hours, so an hour without a half of the day keeps both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from korean_datetime import parse_time

from nlu.types import Ambiguity, Moment, Reading
from nlu.values import reasons
from nlu.values.elapsed import minutes_later
from nlu.values.korean_endings import stands_alone
from nlu.values.korean_mentions import Mention, Rule, find, holding, is_range, narrowest
from nlu.values.korean_numerals import to_number
from nlu.values.korean_offsets import time_ahead

PARTS: Final = {
    "이른아침": ("07:00", "09:00"), "아침": ("07:00", "11:30"), "오전": ("07:00", "11:30"), "새벽": ("00:00", "06:00"),
    "점심": ("11:30", "14:00"), "낮": ("11:30", "17:00"), "오후": ("12:00", "18:00"),
    "늦은오후": ("15:00", "18:00"), "이른저녁": ("17:00", "19:00"), "저녁": ("17:00", "21:00"),
    "늦은저녁": ("19:00", "21:00"), "퇴근후": ("18:00", "21:00"), "밤": ("19:00", "23:59"),
}  # fmt: skip
"""What a part of the day means when no clock time is said with it; both ends included."""

_SYNONYMS: Final = {
    "한낮": "낮", "대낮": "낮", "심야": "밤", "한밤중": "밤", "한밤": "밤", "am": "오전", "pm": "오후",
    "런치": "점심", "디너": "저녁", "아침일찍": "이른아침", "오후늦게": "늦은오후", "저녁늦게": "늦은저녁",
    "저녁일찍": "이른저녁", "퇴근하고": "퇴근후", "퇴근길": "퇴근후", "퇴근시간": "퇴근후", "초저녁": "이른저녁", "오밤중": "밤",
}  # fmt: skip
_LAST: Final = "23:59"
_FIRST: Final = "00:00"


class _Bound(StrEnum):
    """Which side of the clock time is meant."""

    AT = "at"
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class _Clock:
    """A clock time as said: `hour` 0..24, whether its half of the day is open, and what stands around it."""

    hour: int
    minute: int
    open: bool
    bound: _Bound = _Bound.AT
    approximate: bool = False
    earlier: int = 0
    """Minutes to take off: `7시 10분 전`."""
    valid: bool = True


_NATIVE_HOUR: Final = (
    r"(?:열\s?(?:세|네|다섯|여섯|일곱|여덟|아홉)|스물\s?(?:한|두|세|네)|스무)(?=\s?시)"
    r"|열\s?한|열\s?하나|열\s?두|열\s?둘|다섯|여섯|일곱|여덟|여덜|아홉|열"
)
_SHORT_HOUR: Final = r"(?:(?<![가-힣])|(?<=[녁침심전후벽밤낮일욜레피에날쯤]))(?:한|두|세|네)"
_SINO_HOUR: Final = r"이십[일이삼사]?|십[일이삼사오육칠팔구]?|(?<![가-힣])(?:영|공|육|칠|팔|구)"
_HOUR: Final = rf"(?P<hour>(?<![\d.:])\d{{1,2}}|{_NATIVE_HOUR}|{_SHORT_HOUR}|{_SINO_HOUR})"
_SINO_MINUTE: Final = r"[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구]"
_MINUTE: Final = (
    rf"(?:\s?(?P<half>반)(?!찬|갑|드시|말)|\s?(?P<minute>\d{{1,3}}|{_SINO_MINUTE})\s?분(?!\s?(?:뒤|후|일찍|늦|전))"
    rf"|\s?(?P<bare>\d{{2}})(?!\s?(?:명|분|인|사람|시|일|월|\d|:))|\s?정각)?"
    rf"(?:\s?(?:되기\s?)?(?P<off>\d{{1,2}}|{_SINO_MINUTE})\s?분\s?전)?"
)
_NOT_HOUR: Final = r"(?!간|즌|장|청|민|내|외|점|설|험|행|력|계|봉|리즈|녀|루|스템|름|풍)"
_MARKED: Final = re.compile(rf"{_HOUR}\s?시{_NOT_HOUR}{_MINUTE}")
_COLON: Final = re.compile(r"(?<![\d:.])(?P<hour>\d{1,2})\s?[:;]\s?(?P<minute>\d{2})(?![\d:])")
_LATIN: Final = re.compile(r"(?<![\d:.])(?P<hour>\d{1,2})(?P<minute>)(?=\s?[ap]\.?m)", re.IGNORECASE)
_AFTER_LATIN: Final = re.compile(
    r"(?:(?<=[ap]m\s)|(?<=[ap]m))(?P<hour>\d{1,2})(?P<minute>)(?![\d:]|\s?시)", re.IGNORECASE
)
_BARE: Final = re.compile(
    rf"(?<![\d.:가-힣])(?P<hour>\d{{1,2}}|{_NATIVE_HOUR}|하나|둘|셋|넷)(?P<minute>)(?P<half>\s?반)?(?![\d.:])"
)
_FIXED: Final = re.compile(r"(?P<noon>정오)|(?P<midnight>자정)")
_FIRST_OF_RANGE: Final = re.compile(r"(?<![\d:.~-])(?P<hour>\d{1,2})(?P<minute>)(?=\s?[~∼〜–-]\s?\d{1,2}\s?시(?!간))")
_PART: Final = re.compile(
    r"이른\s?아침|아침\s?일찍|오후\s?늦게|저녁\s?늦게|저녁\s?일찍|퇴근\s?(?:후|시간|길)|퇴근하고|초저녁|오밤중|런치|디너|아침(?!고요)|오전|새벽|점심|오후|늦은\s?오후|이른\s?저녁|늦은\s?저녁|저녁(?!노을)|한밤중|심야|대낮|한낮"
    r"|(?:(?<![가-힣])|(?<=오늘)|(?<=내일)|(?<=요일)|(?<=모레))(?:낮|밤)(?![가-힣](?<![에이엔쯤열아일여한두세네다으늦요중시]))"
    r"|(?<![A-Za-z])[AaPp]\.?[Mm]\.?(?![A-Za-z])"
)
_NEAR: Final = 10
_ABOUT_BEHIND = re.compile(r"\s?(?:에\s?)?(?:쯤|정도|경|즈음|쯔음|무렵|께|언저리|가량|전후|안팎)")
_ABOUT_AHEAD = re.compile(r"(?<![가-힣])(?:약|대략|얼추|대충|한)\s?(?:[가-힣]{1,3}\s?)?$")
_AFTER = re.compile(
    r"\s?(?:쯤)?\s?(?:좀\s|쫌\s|조금\s)?(?:이후|후|넘어|넘으|지나|보다\s?(?:늦|뒤|나중|이후)|부터(?!\s?(?:\d+|한|두|세|네)\s?시간))"
)
_BEFORE = re.compile(
    r"\s?(?:쯤)?\s?(?:좀\s|조금\s)?(?:이전|전(?![가-힣])|전에|전으로|전까지|전이|전엔|전쯤|까지|보다\s?(?:이른|일찍|빠른|빨리|전)|안으로|안에|이내)"
)
_VAGUE = re.compile(
    r"아무\s?때|언제|나중|이따|늦게|일찍|늦은|이른|다른\s?(?:시간|때)|만\s?아니면|빼고|제외|몇\s?시|상관"
)
_NOW = re.compile(r"(?<![가-힣])(?:지금|당장)(?![가-힣](?<![은요이바당]))")


def read_time(text: str, moment: Moment) -> Reading:
    """Read a time of day.

    Args:
        text: cleaned Korean words, a span or a whole sentence.
        moment: the user's now and zone, for `두 시간 뒤`.

    Returns:
        A clock time; both halves of the day where it is open; a stretch for a part of the day or a bound; or a reason.
    """
    parts = find(text, (Rule(_PART, _part),))
    clocks = find(text, _CLOCKS)
    if not clocks:
        return _without_clock(text, parts, moment)
    standing = holding(text, clocks)
    if not standing:
        return Reading(reason=reasons.VAGUE)
    if any(not clock.value.valid for clock in standing):
        return Reading(reason=reasons.NO_SUCH_TIME)
    settled = [_settled(text, clock, parts) for clock in standing]
    if len(standing) >= 2 and is_range(text, standing[0], standing[1]):
        return _range(settled[0], settled[1])
    if len(settled) == 1 and standing[0].value.bound is not _Bound.AT:
        return _bounded(standing[0].value.bound, settled[0])
    return _listed(settled, approximate=any(clock.value.approximate for clock in standing))


def _part(match: re.Match[str]) -> str:
    word = re.sub(r"[\s.]", "", match.group()).lower()
    return _SYNONYMS.get(word, word)


def _fixed(match: re.Match[str]) -> _Clock:
    return _around(match, 12 if match["noon"] else 0, 0, open_=False)


def _marked(match: re.Match[str]) -> _Clock | None:
    written = match["hour"]
    hour = 0 if written in ("영", "공") else to_number(written)
    if hour is None:
        return None
    groups = match.groupdict()
    minute = 30 if groups.get("half") else _minute(groups.get("minute") or groups.get("bare") or "0")
    earlier = _minute(groups.get("off") or "0")
    open_ = 1 <= hour <= 12 and not written.startswith("0")
    return _around(match, hour, minute, open_=open_, earlier=earlier)


def _bare_hour(match: re.Match[str]) -> _Clock | None:
    """A number that is the whole answer: `일곱이요`."""
    return _marked(match) if stands_alone(match.string, match.start(), match.end()) else None


def _minute(text: str) -> int:
    number = to_number(text)
    return 0 if number is None else number


def _around(match: re.Match[str], hour: int, minute: int, *, open_: bool, earlier: int = 0) -> _Clock:
    text, end = match.string, match.end()
    about = _ABOUT_BEHIND.match(text, end)
    end = about.end() if about else end
    bound = _Bound.AFTER if _AFTER.match(text, end) else _Bound.BEFORE if _BEFORE.match(text, end) else _Bound.AT
    before = text[max(0, match.start() - _NEAR) : match.start()]
    ahead = _ABOUT_AHEAD.search(before)
    if re.search(r"늦어도\s?(?:\S+\s)?$", before):
        bound = _Bound.BEFORE
    elif re.search(r"(?:빨라도|일러도|빠르면)\s?(?:\S+\s)?$", before):
        bound = _Bound.AFTER
    return _Clock(
        hour=hour % 24,
        minute=minute,
        open=open_,
        bound=bound,
        approximate=about is not None or ahead is not None,
        earlier=earlier,
        valid=hour <= 24 and minute <= 59 and not (hour == 24 and minute > 59),
    )


_CLOCKS: Final = (
    Rule(_COLON, _marked),
    Rule(_MARKED, _marked),
    Rule(_LATIN, _marked),
    Rule(_AFTER_LATIN, _marked),
    Rule(_FIRST_OF_RANGE, _marked),
    Rule(_FIXED, _fixed),
    Rule(_BARE, _bare_hour),
)


def _settled(text: str, clock: Mention[_Clock], parts: list[Mention[str]]) -> tuple[str, ...]:
    """The clock's values, the likelier first: one, or both halves of the day where no part of the day decides."""
    said = clock.value
    if not said.open:
        return (_shown(said.hour, said.minute - said.earlier),)
    before = [part for part in parts if part.end <= clock.start]
    after = [part for part in parts if part.start >= clock.end]
    part = before[-1].value if before else after[0].value if after else None
    if part is None:
        halves = (said.hour % 12, said.hour % 12 + 12)
        likely = halves if said.hour in (10, 11) else halves[::-1]
        return tuple(_shown(hour, said.minute - said.earlier) for hour in likely)
    plain = part.removeprefix("이른").removeprefix("늦은").replace("퇴근후", "저녁")
    found = parse_time(f"{plain} {said.hour}시", now=datetime(2000, 1, 1))
    hour = found.hour if found is not None else said.hour
    return (_shown(hour, said.minute - said.earlier),)


def _shown(hour: int, minute: int) -> str:
    total = (hour * 60 + minute) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"


def _listed(settled: list[tuple[str, ...]], *, approximate: bool) -> Reading:
    narrowed = narrowest(settled)
    values = narrowed or tuple(dict.fromkeys(value for both in settled for value in both))
    is_open = any(len(both) > 1 for both in ([narrowed] if narrowed else settled))
    ambiguity = Ambiguity.HALF if is_open else Ambiguity.CHOICE if len(values) > 1 else Ambiguity.NONE
    return Reading(values=values, ambiguity=ambiguity, approximate=approximate)


def _bounded(bound: _Bound, values: tuple[str, ...]) -> Reading:
    ambiguity = Ambiguity.HALF if len(values) > 1 else Ambiguity.NONE
    ends = (values[0], _LAST) if bound is _Bound.AFTER else (_FIRST, values[0])
    return Reading(bounds=ends, ambiguity=ambiguity)


def _range(first: tuple[str, ...], second: tuple[str, ...]) -> Reading:
    """Both ends of a range; an open end follows the other one, so that the range runs forward."""
    pairs = [(start, end) for start in first for end in second if start <= end]
    if not pairs:
        return Reading(bounds=(first[0], _LAST))
    ambiguity = Ambiguity.HALF if len(first) > 1 and len(second) > 1 else Ambiguity.NONE
    return Reading(bounds=_shortest(pairs), ambiguity=ambiguity)


def _shortest(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    def length(pair: tuple[str, str]) -> int:
        (start_hour, start_minute), (end_hour, end_minute) = (end.split(":") for end in pair)
        return (int(end_hour) - int(start_hour)) * 60 + int(end_minute) - int(start_minute)

    return min(pairs, key=length)


def _without_clock(text: str, parts: list[Mention[str]], moment: Moment) -> Reading:
    now = moment.now.astimezone(ZoneInfo(moment.zone))
    ahead = time_ahead(text)
    if ahead is not None:
        return Reading(values=(f"{minutes_later(now, ahead):%H:%M}",))
    standing = holding(text, parts)
    if standing:
        stretches = [PARTS[part.value] for part in standing]
        return Reading(bounds=(min(start for start, _ in stretches), max(end for _, end in stretches)))
    if _VAGUE.search(text):
        return Reading(reason=reasons.VAGUE)
    if _NOW.search(text):
        return Reading(values=(f"{now:%H:%M}",))
    return Reading(reason=reasons.UNREADABLE)
