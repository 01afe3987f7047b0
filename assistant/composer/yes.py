"""Whether a yes that books is meant. It is weighed more strictly than anything else: what it does cannot be talked back.

Knows the words and the phase; does not know slots or values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.composer.farewell import yes_until_then
from assistant.types import WHAT_TO_CHANGE, Conversation, Message, Op, Operation, Pending, Phase, Quote, Scope
from nlu.folded import folded
from nlu.rules.assent import may_assent, may_deny
from nlu.rules.korean_cancelling import booking_kept, cancelled, stops
from nlu.rules.negation import turned_down
from nlu.values.english_words import canonical
from nlu.values.korean_numerals import to_number

SURE_YES = 0.75
"""Below it a yes commits nothing. Of 17 right yeses on tests/heldout/dev the least sure has 0.81."""
SURE_NO = 0.5
"""Below it a no beside a question is none: "wait, what would it cost me?"."""
DRESSED = re.compile(
    r"[<>{}\[\]|`#=\\\"“”「」＂♯⋕]|(?<![a-z가-힣]);|;(?! [a-z가-힣])"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\u00ad\u200b-\u200f\u202a-\u202e\ufeff]|\w: ",
    re.IGNORECASE,
)
"""Signs of a text made for programs: markup, quotes, a label, characters that nobody sees. No yes that books looks so."""
TAKEN_BACK = re.compile(
    r"(?:(?<!can't )(?<!cannot )(?<!can not )\b(?:wait|hold on|hang on|stop|not yet|"
    r"actually,? no|don'?t(?: book(?: it)?)?)"
    r"|(?:^|[\s,.])(?:잠깐만?요?|잠시만요?|아니요?|아뇨|아니다|아니에요|하지\s?마(?:세요|요)?))[\s!.,~…ㅠㅜㅋ]*$"
)
"""Last words that take a yes back; "can't wait" is none."""
THOUGHT_BETTER = re.compile(
    r"\b(?:(?:say|said|it's|is|be) (?:a )?no\b(?! (?:problem|trouble|worries|bother|rush|hurry|need|more|other|longer|one|such))"
    r"|no after all|not after all|chang(?:ed|ing) (?:my|our) minds?|second thoughts?|take (?:that|it|my yes) back"
    r"|(?:rather|better) not|have to decline|must decline|think better of it|thought better of it)"
    r"|아니라고\s?(?:해야|할게|할래|하겠)|안\s?(?:되겠|하겠|할래|할게|하는\s?게|하기로)|(?:맘|마음|생각)이\s?(?:바뀌|변했|달라)|다시\s?생각해\s?(?:보니|보겠|볼게|봐야)"
)
"""Words of somebody who said yes and thinks better of it: "yes, certainly... oh, I have to say no after all"."""
HELD_BACK = re.compile(
    r"(?<!why )\b(?:don'?t|do not|mustn'?t|must not|shouldn'?t|should not|not to|rather not|rather you didn'?t|not)"
    r"(?: (?:just|yet|actually|really|go and|want to|want you to|wish to|ready to|going to|gonna))*"
    r" (?:book|confirm|go ahead|proceed|finali[sz]e|reserve|commit|place it|lock it|make (?:the|that|this|a)"
    r" (?:booking|reservation)|do (?:it|that)|send it|submit)\b|\b(?:hold off|not (?:just )?yet)\b"
    r"|(?:확정|예약|진행|접수|결정|처리|확인)(?:을|를|은|는|도)?\s?(?:하|시키)?지(?:는|도|를)?\s?(?:좀\s)?(?:말(?!고)|마(?!자))"
)
"""Words that forbid what a yes would do: "please don't book it yet, I must ask", `확정하지는 말아 주세요`."""
ASKS_FIRST = re.compile(
    r"(?<!can't )(?<!cannot )(?<!can not )\b(?:wait|hold on|hang on|one (?:sec(?:ond)?|moment|minute)|not so fast"
    r"|(?:just|give me) a (?:sec(?:ond)?|moment|minute))\b"
    r"|\b(?:let me|lemme) (?:just |quickly |first )*(?:ask|check|think|see|talk|speak|run it by|confirm|make sure|verify)\b"
    r"|\b(?:i|we)(?:'ll| will| need to| have to| should| must|'d better| gotta) (?:just |quickly |first )*"
    r"(?:ask|check with|think (?:about|it)|talk to|speak to|run it by|confirm with|make sure)\b"
    r"|(?:잠깐|잠시)만|(?:물어|여쭤|확인해|상의해|얘기해|생각해|의논해)\s?(?:볼|보고|볼게|봐야|볼께|보겠|본\s?다음|보구)"
)
"""Words of somebody who has to ask or think first. Where nothing but a yes was understood beside them, it is not said yet."""
LEFT_OPEN = re.compile(
    r"\b(?:once|as soon as|provided|assuming|unless|until|depending on|only if)\b"
    r"|\bif\b(?! (?:you (?:don'?t mind|please|could|would|can|will|like|wish|want|so)|possible"
    r"|(?:that|it)(?:'s| is) (?:ok|okay|fine|all right|alright|possible)|i may))"
    r"|\bwe'll see\b(?! you\b)|\b(?:maybe|perhaps|not (?:quite |really |entirely |so )?sure|unsure|undecided|dunno|don'?t know)\b"
    r"|\bhmm*\W*$"
    r"|\b(?:confirm|check|verify|clear (?:it|this)|discuss (?:it|this)) with (?:my|the|our|him|her|them)\b"
    r"|\blooks? like\b(?! (?:that's|it's|everything|all|we're|a plan|we have|the right))|\bdone with\b|\bwhat (?:deal|do you)\b"
    r"|(?:맞는지|되는지|괜찮은지|괜찮을지|어떤지)\s?(?:좀\s)?(?:볼게|볼께|보고|확인|생각|물어)|(?:변경|수정)하고\s|(?:바꾸|고치)고\s|(?:당연히|물론|절대로?|확실히)\s?아[니닌닙녀냐]"
    r"|(?:하|되|오|가|으|라고 하|좋다고 하|괜찮으)면(?:요|은)?[\s.!~]*$"
    r"|\b(?:a|one|1|quick|another|good) (?:\w+ )?question\b|\bhave (?:some )?questions\b|\bwhatever\b"
    r"|\bthat(?:'s|s| is) (?:a lot|too (?:much|many)|quite a lot|expensive|pricey|steep)\b"
    r"|^\W*i'?m (?:good|fine|ok|okay)(?:,? (?:thanks|thank you|thx))?\W*$|\banother (?:booking|table|reservation|one)\b"
    r"|(?<!아무 )질문(?:이|도)?\s?(?:하나\s?|좀\s?)?(?:있|드)|(?:물어볼|여쭤볼|부탁드릴)\s?(?:게|거|것)"
    r"|[가-힣]지(?:는|도|가)?\s?(?:잘\s?)?(?:모르|몰라|헷갈)"
)
"""Words that leave a yes open: a condition, a doubt, somebody who is to be asked. Nothing is booked; the question stays."""
ONLY_ASKS = re.compile(
    r"(?!.*(?:book|confirm|go ahead|please|reserve|예약|확정|해\s?[주줘]|부탁|진행|할까요))"
    r"\W*\S{1,12}(?:\s\S{1,12})?\s?\?+\W*(?:hm+\W*)?"
)
"""A word or two with a question mark, `네?`: whoever says so has not understood."""
CONFIRMS_LATER = re.compile(
    r"(?:확정|확인|예약|진행|결정|답)(?:은|는|을|를)?\s?(?:내일|모레|이따가?|조금\s?(?:이따|있다|뒤|후)|좀\s?(?:이따|있다)|주말|저녁|밤|오후|다음\s?주)(?:에|쯤|까지|은|는)*\s?(?:다시\s)?"
    r"(?:할게|할께|하겠|드릴게|드리겠|줄게|하려|할\s?(?:거|생각|예정))"
    r"|\b(?:i|we)(?:'ll| will) (?:confirm|decide|book|let you know)(?: it| that| this)?"
    r" (?:tomorrow|later|tonight|soon|next week|on \w+day)\b"
)
"""Words of somebody who will say yes another time, whatever day they name."""
CALLS_OFF = re.compile(
    r"(?<!don't )(?<!not )(?<!never )\b(?:cancel|scrap|drop) (?:it|that|this|everything|it all"
    r"|(?:the|this|that|my|our) (?:whole )?(?:thing|booking|reservation))\b"
    r"|(?<!don't )\bcall it off\b|(?<![가-힣])(?:그냥\s|다\s|전부\s)?취소"
    r"\s?(?:해\s?(?:주|줘)|할게|할래|하겠|하죠|하자|요\s*[.!]*$)"
)
"""Words that drop what a yes would book: "fine, cancel it"."""
CHECKS = re.compile(
    r"\b(?:right|correct|yes|ok|okay|isn'?t it|is it|is that (?:right|correct|so))\s*\?[\s?!]*$"
    r"|(?:맞죠|맞지요?|맞나요|맞는\s?거죠|이죠|이지요?|인\s?거죠)\s*\?[\s?!]*$"
)
"""The end of a message that asks whether something was understood right; a yes before it is none yet."""
PUT_OFF = re.compile(
    r"(?:다음에|담에|나중에|이따가?)\s*(?:다시|또|따로)?\s*(?:예약|연락|전화|올|하|할)[가-힣]*[\s!.~ㅎㅋㅠㅜ]*$"
    r"|\b(?:next|another|some other) (?:time|day)[\s!.]*$|\b(?:book|reserve|do|call|come back)\b[^.!?]{0,12}\blater[\s!.]*$"
)
"""Last words that leave the booking for another time, though they speak of booking: `다음에 다시 예약할게요`."""
STOPPED = re.compile(r"그만\s?(?:두|둘|둬|하자|할게|할래)|관두|관둘|관둬|없던\s?(?:일|걸)|때려\s?치|집어\s?치")
NAMED = re.compile(r"예약|취소")
"""Who stops in the middle of a change stops the change, and cancels no booking unless they say so: `아니야 그만두자`."""
NEVER_MIND = re.compile(
    r"^[아어앗\s,.]*(?:아니|아뇨|아녜|ㄴㄴ|노노)[^?]*없던\s?(?:일|걸)|취소(?:는|은|를|도)?\s(?:그냥\s)?없던\s?(?:일|걸)"
)
"""Who says no and forgets it at the read-back of a cancellation forgets the cancellation: `아니에요, 없던 일로 할게요`."""
WRONG = re.compile(
    r"(?:틀린|잘못된|이상한|안\s?맞는)\s?(?:게|거|것|곳|데|부분|점)[가-힣]*\s*(?:있|하나|몇|좀)|틀렸|틀리네|잘못\s?(?:됐|되었|들어|적)"
    r"|\b(?:something|one thing)(?:'s| is) (?:wrong|off|not right)\b|\bthere(?:'s| is) (?:a|one|some) (?:mistake|error)\b"
)
"""Words that something was understood wrong: whoever says so says no yes."""
RESERVED = re.compile(
    r"\b(?:but|except|apart from|other than|instead|rather|only (?:the|that|make|change))\b|\bas long as\b"
    r"|(?:^|[\s,.])(?:근데|그런데|다만|단지)(?=[\s,])|[가-힣]\s?(?:말고|빼고|대신)(?=[\s,.])|는데(?=[\s,.])"
)
"""Words that hold something back from a yes. Where nothing but a yes was understood beside them, something was missed."""
EARLIER = re.compile(
    r"\b(?:already|earlier|before|beforehand|in advance|previous(?:ly)?|(?:last|next) (?:question|message|turn|time|reply|one))\b"
    r"|아까|이미|벌써|방금|진작|미리|앞서|지난번|전에|다음 (?:질문|말|메시지)"
)
ANSWERED = re.compile(
    r"\b(?:answer\w*|repl(?:y|ied)|response|said|told|confirmed|agreed|approved|accepted|consent(?:ed)?)\b"
    r"|(?:라고|다고) ?(?:했|말|답|대답|할)|(?:확인|확정|동의|승인|대답|답변|컨펌|말)했|말씀드렸|대답은|답은|했잖"
)
"""A yes of another moment is told with words of both kinds: "I already confirmed this", `아까 네라고 했잖아요`."""
YES_NOW = re.compile(
    r"\W*(?:(?:yes|yep|yeah|yup|ya|ok|okay|sure|right|correct|confirm(?:ed)?|agreed|approved|perfect|great|fine)\b"
    r"(?!\s+(?:was|were|is|has|had|would)\b)"
    r"|(?:네|넵|넹|예|응|어|ㅇㅇ|ㅇㅋ|맞아요?|맞습니다|그래요?|좋아요?|좋습니다|오케이|확정)(?:[\s,.!~]|$))"
)
"""First words that say yes themselves; what follows may then tell of anything."""

SAYS_TO_BOOK = re.compile(
    r"\b(?:book\w*|reserv\w*|confirm\w*|go ahead|go for it|proceed|do (?:it|that)|lock|finali[sz]e|place it|submit|send it"
    r"|carry on|sign (?:me|us) up|put (?:it|me|us) (?:in|down|through)|yes|yep|yeah|yup|ok|okay|sure|right|correct|perfect|good"
    r"|great|fine)\b"
    r"|예약|예매|잡아|진행|확정|접수|처리|해\s?(?:주|줘)|부탁(?:해|드|합|이)|(?<![가-힣])(?:네|넵|응|예|콜)(?![가-힣])|좋|그래|그대로|맞"
)
"""One of these must stand in a message that books without a plain yes: "a quiet corner please" asks for something else."""

SIGN = r"[\s!~.\u200d\ufe0f\u2640\u2642\U0001f3fb-\U0001f3ff]"
"""What may stand beside a sign: marks, and what gives it a colour or a sex."""
NODS = re.compile(rf"{SIGN}*(?:[👍👌🙆✅⭕🆗💯]{SIGN}*)+")
SHAKES = re.compile(rf"{SIGN}*(?:[👎🙅❌🚫]{SIGN}*)+")
"""Messages of nothing but signs of a yes, or of a no."""
YES_ALONE = re.compile(
    r"[ㅋㅎ\s]*(?:(?:굳|굿|웅|응|넹|넵|넴|ㅇㅇ|ㅇㅋ|ㅇㅋㄷㅋ|조아|좋아|마자|맞아|그르지|글치|콜|오케|오키|오케이|하모|그려|얍|옙|고럼)\s?){1,3}"
    r"(?:요|용|여|염|이요|이에요|임|입니다)?(?:[\s,]*부탁(?:요|해요|해여|드려요|드립니다|드릴게요|합니다))?[\s!.~ㅎㅋ^♥♡]*"
)
"""Messages of nothing but a casual Korean yes, which may ask for it too."""
YES_WITH_THANKS = re.compile(
    r"(?:네+|넵|넹|예|응|그래요?)[\s,.!~]*(?:(?:정말|너무|대단히|그럼)\s)?(?:고맙|고마|감사)[가-힣]{1,5}(?:요)?[\s!.~ㅎ^♥♡]*"
)
"""Messages of nothing but a Korean yes and thanks."""
MOVED = re.compile(r"(?:미뤄|미룰|늦춰|늦출|당겨|당길|옮겨|옮길)[가-힣\s]*(?:주|줘|요|게|래|싶)")
"""A wish that it be moved, at the read-back of a booking that is yet to be made: `예약 좀 미뤄 주쇼`."""
HURRY = (
    r"(?:(?:더|다른\s?사람이?|남(?:한테|들?이)?|누가|또|마음|맘|생각|자리|다|가득|제가|내가)\s?)*"
    r"(?:바뀌|마감\s?(?:되|하)|차|뺏기|놓치|까먹|잊(?:어버리)?|늦|없어지|끝나|나가|변하|채가|취소되)기\s?전에"
)
"""Why it is to be done at once: `더 바뀌기 전에`."""
AS_READ = r"(?:현재|지금|위|말씀하신|읽어\s?주신)\s?(?:의\s)?(?:내용|그)?\s?대로|(?:변경|수정)\s?(?:사항\s?)?없이"
"""That nothing of what was read back changes."""
BOOK_IT = re.compile(
    rf"(?:(?:네|넵|예|응|아|자|그럼|그러면|{HURRY}|얼른|빨리|후딱|어서|그냥|그대로|이대로|그렇게|그걸로|{AS_READ}|바로|당장|지금|싸게|퍼뜩|언능|좀|고맙(?:습니다|소|네요?|구려)|고마워요?|감사(?:합|드립)니다|감사(?:해|드려)요)[\s,.!~]*)*"
    r"(?:(?:예약|진행|확정|접수|처리)\s?하(?:십시오|시죠|시지요|세요)"
    r"|(?:(?:예약|진행|확정|접수|처리|자리)(?:을|를|도)?\s?)?(?:좀\s?)?(?:해|잡아|넣어|예약해|진행해)\s?"
    r"(?:주(?:쇼|십쇼|셔(?:요|유|라)?|이소|시게(?:나|요)?|세요|세용|시오|소|구려|라|십시오|시죠)|줍쇼|줘(?:요|유|라|잉)?|다오))[\s.!~ㅎㅋ^]*"
)
"""Messages of nothing but a request to book what was read back, polite or not, at once or not."""
_PLEASE = r"(?:please|kindly|thanks|thank you|then|so|just|now|you can|you may)"
_WISHES = (
    r"(?:allergies|allergy|requests?|wishes|requirements?|needs|preferences?|questions?|changes|remarks|comments"
    r"|restrictions?|objections?|notes?|additions?|concerns?|worries|problems?|issues?|intolerances?)"
)
_NONE = (
    r"(?:no|zero|without) (?:(?:other|further|more|special|dietary|food|additional|particular|known)(?:,| and| or)? )*"
    rf"{_WISHES}"
)
NOTHING_SO_BOOK = re.compile(
    rf"\W*(?:(?:the |our |my )?(?:guests?|clients?|party|customer|group|we|i|he|she|they|there|nobody|no one|mr \w+|mrs \w+)"
    rf" (?:has|have|is|are|had|got)(?: got)? )?"
    rf"(?:{_NONE}(?:(?:,| and| or|, and| nor) (?:{_NONE}|{_WISHES}))*|nothing (?:else |more |further )?(?:to add|to report"
    rf"|from (?:me|us|my side|our side)|on (?:my|our) side))"
    rf"(?: (?:from (?:me|us|our side|my side)|at all|this time|to add|on our side))?[\s,.!;–—-]+(?:and |so )?"
    rf"(?:{_PLEASE}[\s,]+)*(?:confirm(?: it| the (?:booking|reservation))?|proceed|go ahead|book (?:it|away|the table)|go on"
    rf"|continue|carry on|finali[sz]e(?: it)?|lock it in|reserve it)(?:[\s,]+{_PLEASE})*[\s.!]*"
)
"""Messages that have nothing to add and ask for what was read back: "no further wishes, please confirm"."""
ENDS_IN_YES = re.compile(
    r"(?P<rest>.*[.!…]\s+)?(?:yes|yep|yeah|yup)(?:,? (?:please|indeed|thank you|thanks))?[\s.!]*", re.DOTALL
)
"""A message whose last sentence is a yes and nothing else."""
YES_BOOK = re.compile(
    r"(?:yes|yep|yeah|yup|ok|okay)[\s,]+(?:please )?(?:go ahead(?: and (?:book|confirm|reserve)(?: it| that)?)?"
    r"|(?:book|confirm|reserve) (?:it|that|the table|us in))"
    r"(?: please| now| then)*[\s.!]*"
)
WAVERS = re.compile(
    r"\W*(?:(?:no|nope|wait|hold on|hang on|hmm+|um+|uh|oh|sorry|actually|ah|well|ok|okay|nah)\b[\s,.!…–—-]+)+"
    r"(?P<last>(?:yes|yep|yeah|yup|ok|okay)\b.*)"
)
"""Words of wavering, and the last that counts: "no, wait, yes, book it"."""
NOT_KNOWN_YET = re.compile(
    r"(?:알아야|물어봐야|확인해야|들어봐야|정해야)[가-힣\s]{0,16}(?:수\s?있|할\s?것|알\s?것|답)|아직(?:은|도)?\s?(?:잘\s)?(?:모르겠|몰라|못\s?정했|결정을?\s?못)"
)
"""Words of somebody who cannot say yet."""
OTHERS_SAY = re.compile(
    r"\b(?:my|our|a|the|some|his|her) (?:\w+ ){0,2}\w+ (?:claims?|says?|said|thinks?|thought|reckons?|finds?|worries"
    r"|insists?|swears?|told|warned)\b"
    r"|\b(?:he|she|they|somebody|someone|people) (?:claims?|says?|said|thinks?|reckons?|finds?|worr(?:y|ies)|insists?"
    r"|swears?|told|warned)\b"
)
EXPLICIT = re.compile(
    r"\b(?:yes|yep|yeah|yup|book|confirm|go ahead|reserve|please do|do it|sounds good|perfect|correct|that's right)\b"
)
"""What others say, and words that book in spite of it."""
NUMBERS = re.compile(
    r"(?<![\d:.,-])(?P<digits>\d{1,2})(?!\d|:\d|st|nd|rd|th)"
    r"|(?P<native>둘|셋|넷|다섯|여섯|일곱|여덟|아홉)(?=이|요|[\s,.!]|$)|(?P<counted>두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:명|분)(?![간전])"
)
"""Numbers of people and hours."""
CONTRADICTS = re.compile(
    r"[안않]\s?(?:돼|되|됩|될|된)|못\s?(?:가|갈|와|올|갑|옵|간|온)|불가능|곤란"
    r"|\b(?:can'?t|cannot|won'?t|couldn'?t) (?:make|do|come|be there|have)\b"
    r"|\b(?:doesn'?t|won'?t|don'?t) work\b"
)
"""Words by which what was read back will not do."""
GO_ON = re.compile(
    r"\b(?:go (?:ahead|on)|proceed|carry on|(?:make|do|apply|confirm|send|submit|save) (?:it|that|the change|this"
    r"|them)|change it|book it)\b"
    r"|(?:변경|수정|진행|예약|확정)\s?(?:해|부탁|할게|하세요|하시면)|바꿔\s?(?:주|줘)|그렇게\s?(?:해|바꿔)"
)
"""Words that want a change carried out."""
LAST_SENTENCE = re.compile(r"(?P<rest>.*[.!…~ㅋㅎ])\s+(?P<last>[^.!…]+[.!…]*)", re.DOTALL)
"""The last sentence of several."""
YES_AND_THANKS = re.compile(
    r"(?:yes|yep|yeah|yup|perfect|correct)(?:,? please)?[\s,.!]*(?:and )?(?:many |a thousand )?"
    r"(?:thank you|thanks|thank u|thx|cheers|ta|can'?t wait|(?:so|really|very) excited|looking forward)\b[^?]*"
)
"""A message that says yes and thanks, or is glad, and may go on to praise."""
CANNOT_WAIT = re.compile(r"\b(?:can'?t|cannot) wait\b")
"""Denies nothing."""
WAITS = re.compile(
    r"(?:아|어|음|앗|엇|저기)?[\s,.~…]*(?:(?:잠깐|잠시)만?|기다려)(?:\s?(?:요|욤|여|만요))?"
    r"(?:\s?(?:기다려|있어|계셔)\s?(?:봐|보세|주세|줘|줄래|주실래)?(?:요|여)?)?"
    r"(?:[\s,.]*[가-힣\s]{0,12}(?:확인|물어|상의|얘기|생각|의논)[가-힣\s]{0,5}(?:올게|볼게|할게|보고|올께|볼께|오겠|보겠)[가-힣]{0,3})?[\s!.,~…ㅠㅜㅋㅎ]*"
)
"""Messages of nothing but a request to wait, which say neither yes nor no."""
LEAVES_ALL = re.compile(
    r"(?:\W|\b(?:please|no|wait|hey|oh|but)\b)*(?:(?:do not|don'?t|never|you needn'?t|no need to)"
    r" (?:you )?(?:even )?(?:cancel|delete|remove|drop|lose|scrap|erase|clear|touch|take out)"
    r" (?:it|that|this|them|anything|any of (?:it|that)|the (?:booking|reservation|name|date|time|seat|table))"
    r"|(?:please )?(?:leave|keep) (?:it|that|this|them) in)(?: please| though| then| for me)?[\s.!]*"
)
"""Messages of nothing but that nothing is to be taken out."""
SAYS_WHETHER = frozenset((Op.AFFIRM, Op.DENY, Op.START, Op.CANCEL, Op.UNKNOWN, Op.CHITCHAT))
"""What an answer to "shall I cancel it?" may have been taken for where it only says whether."""
COMES = re.compile(
    r"(?:\W|(?:no|nope|nah|wait|actually|oh|sorry|hmm?|well|ok|okay|never mind|nvm|changed my mind|of course|please)\b)*"
    r"(?:(?:i|we)(?:'ll| will|'re| are|'m| am|'d| would)(?: (?:still|all|both|definitely|like to|be|going to|gonna))*"
    r" (?:come|coming|there|make it|keep it|keep the (?:booking|table|reservation))"
    r"|(?:leave|keep) (?:it|the (?:booking|table|reservation)|everything|things)(?: (?:as|like|how|the way) (?:it"
    r"|they|things) (?:is|was|are|were))?)"
    r"(?:[\s,.!]+(?:after all|then|please|thanks|thank you|anyway|instead|on|in place|sorry|of course))*[\s.!]*"
)
"""An answer to "shall I cancel it?" of a guest who comes."""
ALONE = (
    (NODS, Op.AFFIRM),
    (SHAKES, Op.DENY),
    (YES_ALONE, Op.AFFIRM),
    (YES_WITH_THANKS, Op.AFFIRM),
    (WAITS, Op.CHITCHAT),
)


def weigh_yes(operations: Iterable[Operation], message: Message, conversation: Conversation) -> list[Operation]:
    """The operations of a message, in which a yes at the readback stays only where it is plain and stands.

    "Yes, and is there a fee?" wants an answer first, which may change the mind: its yes is none. "Yes, no wait don't" is a no.
    A doubtful yes, one heard in a word or two that say none ("Beatriz"), one dressed up for a program, one that is only told of
    ("my answer to your next question is yes"), or one with a reservation that was not understood ("all fine except ...") is
    asked about.

    Args:
        operations: as read.
        message: its words.
        conversation: at any other moment than the readback nothing is changed, but that a change is given up with it.
    """
    words, heard = message.text.strip(), list(operations)
    refuses = heard and all(one.op is Op.DENY or (one.op is Op.CANCEL and one.scope is not Scope.SLOT) for one in heard)
    if refuses and conversation.pending is Pending.MODIFY and STOPPED.search(words) and not NAMED.search(words):
        return [replace(heard[0], op=Op.CANCEL, scope=Scope.CHANGE)]
    if _changes_after_all(words, heard, conversation):
        return [_said(Op.AFFIRM, message), _said(Op.START, message)]
    if conversation.phase is not Phase.CONFIRMING:
        return _resumes(words, heard) if conversation.phase is Phase.SUSPENDED else heard
    if (meant := next((op for pattern, op in ALONE if pattern.fullmatch(words)), None)) is not None:
        return [_said(meant, message)]
    if asks_to_book(message, conversation):
        return [_said(Op.AFFIRM, message)]
    if conversation.pending is not Pending.CANCEL and _books_at_last(words, heard):
        return [_said(Op.AFFIRM, message)]
    if conversation.pending is Pending.CANCEL and (stops(words) or _books_instead(words)):
        return [_said(Op.UNKNOWN, message)]
    if conversation.pending is Pending.CANCEL and (cancelled(words) or _keeps_booking(words, heard)):
        return [_said(Op.AFFIRM if cancelled(words) else Op.DENY, message)]
    if refuses and conversation.pending is Pending.CANCEL and NEVER_MIND.search(words):
        return [_no(heard[0])]
    if conversation.pending is not Pending.CANCEL and yes_until_then(words):
        return [_said(Op.AFFIRM, message), *(one for one in heard if one.op is Op.SET)]
    if LEAVES_ALL.fullmatch(folded(words)):
        return [_said(Op.DENY if conversation.pending is Pending.CANCEL else Op.CHITCHAT, message)]
    vague = all(one.op is Op.DENY or (one.op is Op.UNKNOWN and not one.topic) for one in heard)
    asks = ASKS_FIRST.search(folded(words)) and not may_deny(words)
    if vague and (asks or NOT_KNOWN_YET.search(words)):
        return [_said(Op.CHITCHAT, message)]
    said = next((one for one in heard if _books(one)), None)
    if said and conversation.pending is Pending.CREATE and MOVED.search(words) and all(map(_books, heard)):
        return [replace(said, op=Op.MODIFY, everything=False)]
    rest = [one for one in heard if not _books(one)]
    if said and CONFIRMS_LATER.search(folded(words)):
        return [_said(Op.CHITCHAT, message)]
    if said and PUT_OFF.search(words.casefold()):
        leave = replace(said, op=Op.CANCEL, scope=Scope.TASK, everything=False)
        return [leave if conversation.pending is Pending.CREATE else _no(said), *rest]
    if said and WRONG.search(folded(words)):
        return [_no(said), *rest]
    if any(one.op is Op.AFFIRM for one in heard) and _takes_back(words, conversation.pending):
        return [_no(one) if one.op is Op.AFFIRM else one for one in heard if one.op is not Op.START]
    plain = said and all(map(_books, heard)) and not DRESSED.search(words)
    if said and plain and conversation.pending is not Pending.CANCEL and CALLS_OFF.search(folded(words)):
        drops = replace(said, op=Op.CANCEL, scope=Scope.TASK, everything=False)
        return [drops if conversation.pending is Pending.CREATE else _no(said)]
    if said and CHECKS.search(folded(words)):
        return [Operation(Op.ASK, topic=message.text, quote=said.quote, confidence=said.confidence)]
    if (
        said
        and all(_books(one) or one.op in (Op.CHITCHAT, Op.DENY) for one in heard)
        and ASKS_FIRST.search(folded(words))
    ):
        return [_said(Op.CHITCHAT, message)]
    if said and OTHERS_SAY.search(folded(words)) and not EXPLICIT.search(folded(words)):
        return [_said(Op.CHITCHAT, message)]  # "a colleague claims six won't fit, but I'm sure it's fine" books nothing
    if said and all(_books(one) or one.op is Op.CHITCHAT for one in heard) and _is_left_open(words):
        return [_said(Op.CHITCHAT, message)]  # it was understood, so it is no "Sorry, I didn't get that"
    if any(one.op is Op.ASK for one in heard):
        doubtful = [one for one in heard if one.op is Op.DENY and one.confidence < SURE_NO]
        return [one for one in heard if one.op is not Op.AFFIRM and one not in doubtful]
    if heard and all(one.op in (Op.AFFIRM, Op.START) for one in heard) and RESERVED.search(words.casefold()):
        return [_asked_again(heard[0])]
    sure_words = YES_NOW.match(folded(words)) or EXPLICIT.search(folded(words))
    if said and CONTRADICTS.search(folded(words)) and not sure_words:
        return [_asked_again(said), *rest]  # `크리스마스에 비행기 타네요 그날은 않돼요`
    if said and all(_books(one) or one.op is Op.CHITCHAT for one in heard) and _tells_a_number(words, conversation):
        return [_asked_again(said)]  # "my cousins are in as well, that's five": something was missed
    # "Friday at seven is right. Book it": of two words that book the plainer one is enough.
    sure = max((one.confidence for one in heard if _books(one)), default=0.0)
    if _ends_in_yes(words, heard) or _says_yes_and_thanks(words, heard):
        sure = max(sure, SURE_YES)
    if not (any(one.op is Op.AFFIRM for one in heard) or SAYS_TO_BOOK.search(folded(words))):
        return [_asked_again(one) if _books(one) else one for one in heard]
    return [_doubted(replace(one, confidence=sure), words) if _books(one) else one for one in heard]


def _tells_a_number(words: str, conversation: Conversation) -> bool:
    """Whether a message that does not begin with a yes names a number that is not held: nothing was understood of it."""
    plain = folded(words)
    if YES_NOW.match(plain) or EXPLICIT.search(plain):
        return False
    ends = ((slot.value or "").rpartition("-")[2].partition(":")[0] for slot in conversation.slots.values())
    held = {int(one) for one in ends if one.isdecimal()}  # the day of the month, the hour, the people
    hours = {one % 12 for one in held}
    said = (to_number(next(filter(None, one.groups()))) for one in NUMBERS.finditer(canonical(plain)))
    return any(one not in held | hours for one in said)


def _is_left_open(words: str) -> bool:
    """Whether a yes is put under a condition, doubted, or asked back."""
    plain = folded(words)
    return LEFT_OPEN.search(plain) is not None or ONLY_ASKS.fullmatch(plain) is not None


def _resumes(words: str, heard: list[Operation]) -> list[Operation]:
    """The answer to "shall we go on?": of a yes and a no in one message the first word counts."""
    yes = any(one.op is Op.AFFIRM for one in heard) and YES_NOW.match(words.casefold())
    return [one for one in heard if one.op is not Op.DENY] if yes else heard


def _takes_back(words: str, pending: Pending) -> bool:
    """Whether the message takes its own yes back: "yes, no wait don't". Who cancels has changed their mind before."""
    better = pending is not Pending.CANCEL and THOUGHT_BETTER.search(folded(words))
    return bool(better or HELD_BACK.search(folded(words)) or TAKEN_BACK.search(words.casefold()))


def asks_to_book(message: Message, conversation: Conversation) -> bool:
    """Whether the message asks in so many words for what was read back, and says nothing else: `얼른 예약해 주쇼`.

    Args:
        message: its words.
        conversation: at the read-back of a cancellation such words do not cancel.
    """
    waits = conversation.phase is Phase.CONFIRMING and conversation.pending is not Pending.CANCEL
    words = message.text.strip()
    return waits and bool(BOOK_IT.fullmatch(words) or NOTHING_SO_BOOK.fullmatch(folded(words)))


def _changes_after_all(words: str, heard: Iterable[Operation], conversation: Conversation) -> bool:
    """Whether a guest who turned a change down, and was asked what else to change, wants it as it is."""
    asked = conversation.asked == WHAT_TO_CHANGE and conversation.pending is Pending.MODIFY
    return asked and all(one.op is Op.AFFIRM for one in heard) and GO_ON.search(folded(words)) is not None


def _books_at_last(words: str, heard: Iterable[Operation]) -> bool:
    """Whether the last of several sentences asks for the booking in so many words: "no wait, yes. Yes, book it"."""
    found, wavers = LAST_SENTENCE.fullmatch(words), WAVERS.fullmatch(folded(words))
    if not all(one.op in SAYS_WHETHER and one.scope is not Scope.SLOT and not one.topic for one in heard):
        return False
    if wavers and YES_BOOK.fullmatch(wavers["last"]):
        return True
    if found is None:
        return False
    rest, last = folded(found["rest"]), found["last"]
    if "?" in rest or HELD_BACK.search(rest):
        return False
    if YES_BOOK.fullmatch(folded(last)):
        return True
    open_yet = ASKS_FIRST.search(rest) or LEFT_OPEN.search(rest) or CALLS_OFF.search(rest) or WRONG.search(rest)
    return "예약" in last and BOOK_IT.fullmatch(last) is not None and not open_yet


def _books_instead(words: str) -> bool:
    """Whether an answer to "shall I cancel it?" asks for a booking: what it wants is not clear."""
    return "예약" in words and BOOK_IT.fullmatch(words) is not None


def _said(op: Op, message: Message) -> Operation:
    """What a message says as a whole."""
    return Operation(op, quote=Quote(0, len(message.text), message.text))


def _keeps_booking(words: str, heard: Iterable[Operation]) -> bool:
    """Whether an answer leaves the booking as it is, and changes or asks nothing."""
    comes = booking_kept(words) or COMES.fullmatch(folded(words))
    return bool(comes) and all(one.op in SAYS_WHETHER and one.scope is not Scope.SLOT for one in heard)


def _books(one: Operation) -> bool:
    """Whether it books what was read back: "yes", or "book it"."""
    return one.op is Op.AFFIRM or (one.op is Op.START and not one.everything)


def _ends_in_yes(words: str, heard: Iterable[Operation]) -> bool:
    """Whether the last sentence says yes in so many words, behind nothing but a remark that turns nothing down."""
    found = ENDS_IN_YES.fullmatch(words.casefold())
    remark = all(_books(one) or (one.op is Op.CHITCHAT and not one.topic) for one in heard)
    return found is not None and remark and not turned_down(found["rest"] or "")


def _says_yes_and_thanks(words: str, heard: Iterable[Operation]) -> bool:
    """Whether a message says yes and thanks, and nothing else that was understood or is held back."""
    plain = folded(words)
    remark = all(_books(one) or (one.op is Op.CHITCHAT and not one.topic) for one in heard)
    down = turned_down(CANNOT_WAIT.sub("", plain))
    return bool(YES_AND_THANKS.fullmatch(plain)) and remark and not (down or RESERVED.search(plain))


def told_of(words: str) -> bool:
    """Whether a message tells of a yes that was or will be said, and does not say one itself."""
    words = words.casefold()
    return not YES_NOW.match(words) and any(
        EARLIER.search(sentence) and ANSWERED.search(sentence) for sentence in re.split(r"[.!?\n]", words)
    )


def _no(yes: Operation) -> Operation:
    return replace(yes, op=Op.DENY, scope=None)


def _doubted(yes: Operation, words: str) -> Operation:
    if yes.confidence >= SURE_YES and may_assent(words) and not DRESSED.search(words) and not told_of(words):
        return yes
    return _asked_again(yes)


def _asked_again(yes: Operation) -> Operation:
    """What stands for a yes that is not plain, so that it is asked for once more."""
    return Operation(Op.UNKNOWN, quote=yes.quote, confidence=yes.confidence)
