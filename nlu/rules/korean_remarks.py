"""Korean idioms about the weather, the traffic and how one feels: `길 막혀요`, `배고파요`, `날 더워요`. They give no value.

A tagger takes the noun or the verb's stem for somebody's name, or `날` for the day. Knows words; does not know slots.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from nlu.types import Tagging

_MUCH: Final = r"\s?(?:(?:너무|많이|엄청|꽉|계속|좀|진짜|막|또|참|꽤|벌써|지금|완전)\s?){0,2}"
_TOPIC: Final = r"(?:이|가|도|은|는)?"
_REMARK: Final = re.compile(
    "(?<![가-힣])(?:"
    rf"(?:길|차|도로|고속도로|강변){_TOPIC}{_MUCH}(?:막[혀히힌힙혔]|밀[려리린립렸])"
    rf"|배{_TOPIC}{_MUCH}(?:고[파프픈픕팠]|불러|부르)|목{_TOPIC}{_MUCH}(?:말[라랐]|마[르른릅])"
    rf"|(?:비|눈){_TOPIC}{_MUCH}(?:와(?!이)|오[네는고니]|온[다대]|왔|옵|내[려리린립])|바람{_TOPIC}{_MUCH}(?:불|부네)"
    rf"|날(?:씨)?{_TOPIC}{_MUCH}(?:더[워우웠운]|추[워우웠운]|흐[리려린]|덥|춥|쌀쌀|맑|풀[려리렸])"
    rf"|잠{_TOPIC}{_MUCH}(?:와|오[네는고니]|온[다대]|옵)|졸[려리린립렸]|(?:덥|춥)[네다습]|더워|추워|피곤[해하합]|지[쳐쳤]|바[빠쁘쁩빴]"
    r")[가-힣]*"
)


_BACK_AGAIN: Final = re.compile(r"(?<![가-힣])도로\s(?=\S)")
"""The word for "back again" in front of what is restored, which looks like a name with a particle: `도로 7명으로 해 줘`."""
_NOBODY_MISSING: Final = re.compile(
    r"(?:한|1)\s?(?:명|분|사람)(?:도|이라도)\s?(?:다\s)?(?:빠짐\s?없[가-힣]*|(?:빠지|빼먹|빼놓|빠뜨리|빠트리)지\s?(?:않|말|마|못)[가-힣]*"
    r"|(?:안|못)\s?(?:빠지|빠져|빼먹)[가-힣]*|(?:빠지|빼먹|빼놓|빠뜨리)면\s?(?:안|큰일|섭섭|서운|곤란)[가-힣\s]*)"
)
"""Everybody comes, said by who does not stay away: `한 명도 빠짐없이 가요`."""


def without_remarks(tagging: Tagging, text: str, names: Collection[str], counts: Collection[str]) -> Tagging:
    """The tagging without the spans that lie in an idiom; where nothing else was seen, the message is a remark.

    Args:
        tagging: acts and spans of the text.
        text: a whole message.
        names: labels of names, and of words that name a slot; the weather and the traffic hold none.
        counts: labels of numbers of people; nobody is counted by who does not stay away.
    """
    nameless = _aside(_aside(tagging, text, _REMARK, names), text, _BACK_AGAIN, names)
    return _aside(nameless, text, _NOBODY_MISSING, counts)


def _aside(tagging: Tagging, text: str, idiom: re.Pattern[str], labels: Collection[str]) -> Tagging:
    """The tagging without spans of these labels that lie in an idiom of the text."""
    idioms = [found.span() for found in idiom.finditer(text)]
    kept = tuple(
        span
        for span in tagging.spans
        if span.label not in labels or not any(span.start < end and start < span.end for start, end in idioms)
    )
    if len(kept) == len(tagging.spans):
        return tagging
    gone = max(span.confidence for span in tagging.spans if span not in kept)
    acts = tagging.acts if tagging.acts or kept else {"chitchat": gone}
    return replace(tagging, acts=acts, spans=kept)
