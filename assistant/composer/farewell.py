"""A yes that says goodbye until then: "yes, thanks a lot! See you on Sunday", `네 감사합니다, 일요일에 봬요`.

Knows the words of a farewell in both languages, and that whoever expects to come on another day or at another hour than what was
read back has not said yes to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from assistant.composer.heard import Heard
from assistant.domain import SlotSpec
from assistant.types import Op, Operation, Phase
from nlu.folded import folded
from nlu.types import Kind, Span

_DAY: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|today)"
_DAY_KO: Final = (
    r"(?:(?:그때|그날|내일|모레|이따가?|곧|오늘|다음\s?주)(?:에)?|(?:[월화수목금토일]요일|주말|저녁|점심)(?:에)?)"
)
_HOUR: Final = r"(?:at|around) \d{1,2}(?::\d\d)?(?: ?[ap]m)?"
_THANKS: Final = (
    r"(?:thank you|thanks|thx|cheers|very|so|really|all|again|everyone|guys|and|much|bye|to (?:it|that|you all)"
    r"|a (?:lot|bunch|million)|can'?t wait|cannot wait|looking forward(?: to it)?"
    r"|have a (?:good|great|nice|lovely) (?:day|one|evening))"
)
_SEE_YOU: Final = (
    r"(?:(?:i|we)(?:'ll| will) )?(?:see|meet) (?:you|u|ya)(?: (?:all|guys|then|there|soon))*"
    rf"(?:,? (?:(?:on|this|next) )?{_DAY})?(?: {_HOUR})?(?: then)?"
)
_YES: Final = r"(?:yes|yep|yeah|yup|ok(?:ay)?|sure|perfect|great|correct|sounds (?:good|great|perfect))(?: please)?"
_YES_KO: Final = r"(?:네+|넵|넹|예|응|그래요?|좋아요?|좋습니다)"
_SEE_YOU_KO: Final = (
    r"(?:(?:뵐게|뵐께|봬|뵈어|봐|만나)요|뵙겠습니다|뵙죠|(?:많이\s)?기대(?:돼|되네|할게|하고 있을게)요|기대됩니다)"
)
_THANKS_KO: Final = r"(?:정말|너무|대단히|그럼|많이|(?:고맙|고마|감사)[가-힣]{1,5}|수고하세요|\d{1,2}시(?:\s?반)?에?)"
_YES_UNTIL_THEN: Final = re.compile(
    rf"\W*{_YES}(?=.*\b(?:see|meet) )(?:[\s,.!]+(?:{_THANKS}|{_SEE_YOU}))+[\s.!)]*"
    rf"|{_YES_KO}(?=.*(?:뵐|뵙|봬|뵈|봐요|만나|기대))(?:[\s,.!~]+(?:{_THANKS_KO}|{_DAY_KO}|{_SEE_YOU_KO}))+[\s.!~ㅎㅋ^♥♡]*"
)
_UNTIL: Final = re.compile(
    r"\b(?:see (?:you|u|ya)|meet you|be there|coming|come)(?: (?:all|guys|then|there))*,?"
    rf" (?P<en>(?:(?:on|at|this|next)\b|{_DAY}\b)[\w: ]{{0,24}}?)(?: (?:then|thanks|thank you))*(?=[.,!?]|$)"
    r"|\b(?:excited (?:for|about)|looking forward to|can'?t wait (?:for|until|till)|put(?:ting)?|writing (?:down|in)|noted)"
    rf" (?P<ahead>{_DAY}\b[\w: ]{{0,12}}?)(?: in (?:my|our|the) (?:diary|calendar|planner|agenda))?(?=[.,!?]|$)"
    r"|(?P<ahead_ko>[가-힣]{1,6}(?:\s(?:아침|점심|저녁|밤|오전|오후))?)(?:이|가)\s?(?:너무\s|정말\s|벌써\s|많이\s)*기대"
    r"|(?P<ko>[가-힣\d][가-힣\d: ]{0,16}?)(?:에)?\s?(?:뵐게|뵐께|뵙겠|뵙죠|봬|뵈어|만나(?:요|죠)|갈게|갈께|가겠)"
)
"""When somebody who says goodbye, that they come or that they are glad of it expects to come."""


def yes_until_then(words: str) -> bool:
    """Whether a message is nothing but a yes, thanks and a farewell; "see you then" alone is no yes.

    Args:
        words: the whole message.
    """
    return _YES_UNTIL_THEN.fullmatch(folded(words)) is not None


def day_of_farewell(
    scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]
) -> tuple[SlotSpec, str] | None:
    """The date's slot and the day on which somebody who is read a booking back expects to come.

    Args:
        scene: the message and the phase.
        spans: what the tagger saw; it takes such a day for a remark.
        operations: what was made of them; none of them may be about the day.
    """
    return _until(Kind.DATE, scene, operations)


def hour_of_farewell(
    scene: Heard, spans: Iterable[Span], operations: Iterable[Operation]
) -> tuple[SlotSpec, str] | None:
    """The time's slot and the hour at which they expect to come, as `day_of_farewell` has the day.

    Args:
        scene: the message and the phase.
        spans: what the tagger saw.
        operations: none of them may be about the time.
    """
    return _until(Kind.TIME, scene, operations)


def _until(kind: Kind, scene: Heard, operations: Iterable[Operation]) -> tuple[SlotSpec, str] | None:
    if scene.conversation.phase is not Phase.CONFIRMING:
        return None
    spec, found, made = scene.first(kind), _UNTIL.search(folded(scene.message.text)), list(operations)
    if spec is None or found is None:
        return None
    if any(spec.name in one.slots for one in made) or any(one.op in (Op.DENY, Op.ASK, Op.CANCEL) for one in made):
        return None
    words = found["en"] or found["ahead"] or found["ahead_ko"] or found["ko"]
    return (spec, words) if scene.read(words, spec).values else None
