"""Korean answers to whether a booking is to be cancelled: `예약은 없던 일로요` cancels it, `그냥 갈게요` keeps it.

The answer often names no yes and no no, and a tagger takes either for the other. Knows words; does not know slots or models.
"""

from __future__ import annotations

import re
from typing import Final

_LEAD: Final = (
    r"(?:(?:네|넵|넹|예|응|어|ㅇㅇ|아|음|그럼|그러면|그래요?|그냥|걍|죄송(?:하지만|한데요?|해요)?|미안(?:하지만|한데요?|해요)?"
    r"|어쩔\s?수\s?없(?:네요?|죠|지요|으니))[\s,.…~]+)*"
)
_BOOKING: Final = (
    r"(?:(?:이번|그|이|제|내|저희|우리|그날|해당)\s?)?예약(?:\s?건|\s?자체)?(?:은|을|이)?"
    r"\s?(?:다|전부|그냥|아예|일단|모두)?\s?"
)
_ASKING: Final = (
    r"(?:줘|주(?:세요|세용|실래요|시겠어요|십시오|시면\s?(?:돼요|됩니다|감사하겠습니다|좋겠어요|좋겠습니다)))(?:요)?"
)
_DOING: Final = (
    rf"(?:해\s?{_ASKING}|해(?:요)?|할(?:게|께|래)(?:요|용|여)?|하(?:겠(?:습니다|어요)|자|죠|고\s?싶(?:어요?|습니다)|려고(?:요|합니다)?"
    r"|는\s?(?:걸로|게\s?좋겠)(?:\s?(?:할게|해\s?주세|어)?요)?)|합니다|부탁(?:해|드려|드립|드릴|합)?(?:요|니다|게요)?|바랍니다)"
)
_CANCELLED: Final = re.compile(
    rf"{_LEAD}(?:(?:{_BOOKING})?취소(?:를|로)?(?:\s?{_DOING}|\s?시켜\s?{_ASKING}|요|용|여|이요|입니다|예요|이에요)?"
    rf"|{_BOOKING}없던\s?(?:일|걸|것|거)로(?:\s?{_DOING}|요|용|여)?"
    rf"|{_BOOKING}(?:없애|지워|빼|날려)\s?{_ASKING})[\s.!~ㅠㅜㅎ^]*"
)
"""Nothing but a wish that the booking, or what was asked about, be cancelled."""
_NOT_GOING: Final = re.compile(
    rf"{_LEAD}(?:(?:이번(?:엔|에는|에)?|그날(?:은|엔)?|저희|우리|저는?|역시|아무래도|그날|거기)\s?)*"
    r"(?:안\s?(?:갈(?:래|게|께|랍니다|거예요|\s?거예요|\s?겁니다)|가(?:요|려고요?|기로\s?(?:했|할게)[가-힣]*|겠[가-힣]+)?|갑니다)"
    r"|못\s?(?:가(?:요|겠[가-힣]+|게\s?(?:됐|되었|돼)[가-힣]+)|갑니다|갈\s?(?:거|것)?\s?같[가-힣]+|갈\s?듯[가-힣]*))(?:요|용|여)?[\s.!~ㅠㅜㅎ^]*"
)
"""Nothing but that the guest does not come."""
_STOPS: Final = re.compile(
    rf"{_LEAD}(?:그만\s?(?:두|둘|둬|할|하|해)|관두|관둘)[가-힣]{{0,4}}(?:\s?(?:할게|볼게))?(?:요|용|여)?[\s.!~ㅠㅜㅎ^]*"
)
"""Nothing but that the guest stops, with the visit or with cancelling it."""
_KEPT: Final = re.compile(
    r"(?:그대로|그냥|원래대로|예약\s?(?:한\s?)?대로|하던\s?대로)\s?(?:예약(?:은|을)?\s?)?(?:두|둬|둘|놔|냅|내버려|유지)"
    r"|(?<![안못]\s)(?<![안못가-힣])(?:갈\s?(?:게|께|래|거예|거에|겁)|가(?:겠|려고|기로|도록))(?![가-힣\s]*(?:못|없))"
    r"|유지\s?(?:해|하|할|시켜|요|부탁)(?![가-힣\s]{0,4}(?:안|않|말|못|필요))|예약(?:은|을)?\s?(?:살려|남겨|놔\s?[두둬]|냅\s?[두둬])"
    r"|취소(?:는|를|도|까지)?\s?(?:하지|시키지)\s?(?:는\s?)?(?:마|말|않)|취소(?:는|를|도)?\s?안\s?(?:해|할|하)"
    r"|예약\s?(?:한\s?)?대로\s?(?:할|해|부탁)|^(?:(?:아|그냥|걍)\s)*그대로\s?(?:요|해\s?줘요?|해\s?주세요|할게요?)?[\s.!~]*$"
    r"|취소(?:는|를)?\s?(?:보류|(?:좀\s?)?(?:이따|나중|있다가?))"
)
"""Words that keep the booking, or put its end off."""
_AND_CANCELLED: Final = re.compile(
    r"취소(?:를|는)?\s?(?:하(?:고|겠|려|자|는\s?게)|해(?!도)|할(?:게|께|래)|요|부탁|합니다|진행)"
)
"""Words that cancel after all, whatever stands beside them: `취소하고 다른 데 갈게요`."""
_BECAUSE: Final = r"(?:[아어여해겨혀려와져쳐나라봐돼파워춰꿔]서|이라|때문에|니까|느라|[했됐었았]는데)(?:요)?"
_CANCELLED_BECAUSE: Final = re.compile(
    rf"(?P<reason>[^?]*[가-힣]\s?{_BECAUSE})[\s,]+(?:(?:부득이(?:하게)?|아쉽지만|죄송하지만|그냥|예약(?:을)?|이번(?:엔|에는|에)?)[\s,]+)*"
    rf"취소(?:를)?\s?(?:{_DOING}|해야\s?(?:할|될|돼|되|겠|하|합)[가-힣\s]{{0,9}}|요)[\s.!~ㅠㅜㅎ^]*"
)
"""Why, and that it is cancelled, with nothing named between them."""
_MUST_CANCEL: Final = re.compile(
    rf"{_LEAD}(?:(?:아무래도|결국|역시|저희|이번(?:엔|에는|에)?|그날(?:은)?|부득이(?:하게)?|아쉽지만|{_BOOKING})[\s,]*)*"
    r"취소(?:를)?\s?해야\s?(?:할|될|돼|되|겠|하|합)[가-힣\s]{0,9}[\s.!~ㅠㅜㅎ^]*"
)
"""Nothing but that the guest has to cancel."""


def cancelled(text: str) -> bool:
    """Whether an answer says nothing but that the booking is to be cancelled: `취소해 주세요`, `예약은 없던 일로`, `안 갈래요`.

    Args:
        text: a whole message, said where the cancelling of a booking waits for a yes.
    """
    last = re.split(r"[.!]\s+(?=(?:아니\s)?(?:네|예|응)(?![가-힣]))", text.strip())[-1]
    plain = re.sub(r"^아니\s(?=네|예|응)", "", last)  # `아뇨. 아니 네, 취소해 주세요`
    return _CANCELLED.fullmatch(plain) is not None or _NOT_GOING.fullmatch(text.strip()) is not None


def not_going(text: str) -> bool:
    """Whether a message says nothing but that the guest does not come: `못 가게 됐어요`, `아무래도 안 갈래요`."""
    return _NOT_GOING.fullmatch(text.strip()) is not None


def stops(text: str) -> bool:
    """Whether an answer says only that the guest stops, which may be the visit or the cancelling: `그만둘게요`.

    Args:
        text: as for `cancelled`.
    """
    return _STOPS.fullmatch(text.strip()) is not None


def booking_kept(text: str) -> bool:
    """Whether an answer keeps the booking: `그대로 둘게요`, `네, 취소하지 마세요`.

    Args:
        text: as for `cancelled`.
    """
    return _KEPT.search(text) is not None and _AND_CANCELLED.search(text) is None


def reason_to_cancel(text: str) -> int | None:
    """Where the reason ends for which a message cancels, as in `그날 일이 생겨서 취소할게요`; None where it does not.

    It is 0 where there is no reason: `아무래도 취소해야겠네요`. Nothing is named behind the reason, and what it
    names itself is no object of the cancelling: it is the booking that goes.

    Args:
        text: a whole message of somebody who has booked.
    """
    if _MUST_CANCEL.fullmatch(text.strip()):
        return 0
    found = _CANCELLED_BECAUSE.fullmatch(text.strip())
    return found.end("reason") if found else None
