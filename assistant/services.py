"""Which service that a domain does not have a question asks after: "do you do whitening?", `미백도 하시나요?`. Answers nothing.

Only words for doing ask after a service; "do you have ...?" and `... 되나요?` may mean a car park or a card just as well.
"""

from __future__ import annotations

import re
from typing import Final

from assistant.domain import Domain, Use
from nlu.types import Kind, Moment
from nlu.values import normalise

_ENGLISH: Final = re.compile(
    r"(?:.*[.!?,]\s*)?(?:(?:hi|hello|hey|and|also|so|oh|ok|okay|um+|well|by the way|just wondering)\b[\s,]*)*"
    r"(?:do|does|can|could|would) (?:you|u|ya|they|y'all)(?: guys| all| also| even| still| perhaps| happen to)*"
    r" (?:do|offer|provide|perform) (?:any |an? |some )?(?P<what>[a-z][a-z' -]*?)"
    r"(?: here| there| too| also| as well| at all| by any chance| at your place| please)*\s*\?+",
    re.IGNORECASE | re.DOTALL,
)
_KOREAN: Final = re.compile(
    r"(?:.*[.!?,]\s*)?(?:(?:혹시|그럼|그러면|근데|그런데|거기|거기서|여기|여기서|안녕하세요|저기)\s*)*"
    r"(?P<what>[가-힣A-Za-z]+(?: [가-힣A-Za-z]+)?)\s*(?:같은 (?:것도|거도|거|것)\s*)?"
    r"(?:(?:제공|취급)\s*)?(?:하시나요|하나요|하시는지요|하시는가요|하시죠|하세요|하십니까|합니까|하시는지|해요|해\s?주시나요|해\s?주나요|해\s?주세요)\s*\?+",
    re.DOTALL,
)
_PARTICLE: Final = re.compile(r"(?:도|은|는|이|가|을|를)$")
_ELSEWHERE: Final = re.compile(r"(?:까지|부터|에서|에도|에는|에만|에|으로|로|하고|랑|만|마다|씩|게|때|해서|면)$")
"""Endings of words that tell when, where, how or with whom something is done, not what."""
_NO_SERVICE: Final = re.compile(
    r"\b(?:it|that|this|so|one|ones|them|anything|something|everything|what|which|who|when|where|how|why|you|me|us|my|"
    r"same[- ]day|bookings?|appointments?|reservations?|discounts?|deals?|promotions?|refunds?|vouchers?|coupons?|gift|cards?|"
    r"cash|payments?|parking|deliver(?:y|ies)|take(?:away|out)|walk-?ins?|weekends?|holidays?|memberships?|loyalty|wifi)\b"
    r"|뭐|무엇|무슨|어떤|어떻게|어디|언제|누가|누구|얼마|몇|왜|어느|이거|그거|저거|이것|그것|예약|할인|이벤트|상품권|쿠폰|적립|환불|결제|"
    r"카드|현금|영수증|주차|발렛|배달|포장|영업|운영|휴무|오픈|문(?=[을은도]|$)|주말|공휴일|회원|와이파이|추천|생각|어때",
    re.IGNORECASE,
)
"""Words for what a place may do beside its services: whether it does is for its FAQ to say."""


def asked_after(text: str, domain: Domain, moment: Moment) -> str:
    """The words for a service that the domain does not have, where the message asks whether it is done; else empty.

    Args:
        text: the message.
        domain: with its services; where it has none, nothing is asked after.
        moment: now, for words that are a day or a time ("do you do Sundays?").
    """
    message = text.strip()
    found = _ENGLISH.fullmatch(message) or _KOREAN.fullmatch(message)
    if not found or domain.used_for(Use.SERVICE) is None:
        return ""
    what = _PARTICLE.sub("", found["what"].strip())
    if not what or _NO_SERVICE.search(found["what"]) or _ELSEWHERE.search(what):
        return ""
    lists = [spec.choices for spec in domain.slots if spec.kind is Kind.CHOICE]
    readings = [normalise(what, kind, moment) for kind in (Kind.DATE, Kind.TIME)]
    readings += [normalise(what, Kind.CHOICE, moment, choices) for choices in lists]
    return what if all(reading.reason for reading in readings) else ""
