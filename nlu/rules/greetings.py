"""Greetings of other languages, which a tagger that never met them takes for names: "kia ora", "hola", "guten tag".

Knows the greetings; does not know who asked for a name.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded

_WORDS: Final = (
    r"(?:kia ora|kia orana|m[āa]lo e lelei|talofa|bula|hola|buenas(?: (?:tardes|noches))?|buenos d[ií]as|ol[aá]|bom dia"
    r"|boa (?:tarde|noite)|bonjour|bonsoir|salut|coucou|ciao|salve|buongiorno|buon giorno|buonasera|buona sera"
    r"|guten (?:tag|morgen|abend)|gr[uü](?:ss|ß|e)+ (?:gott|dich|euch)|servus|moin(?: moin)?|hallo|hej(?:san)?|hei|heisann"
    r"|god (?:dag|morgen|kveld)|goddag|ahoj|ahoy|cze[sś][cć]|dzie[nń] dobry|dobr[yý] (?:den|dan|dzie[nń])|zdravo"
    r"|privet|zdravstvuyte|dobry den|merhaba|selam|salaam(?: alaikum)?|salam(?: alaikum)?|as-?salamu? alaikum|shalom|marhaba"
    r"|namaste|namaskar(?:am)?|vanakkam|sat sri akaal|annyeong(?:haseyo| haseyo)?|annyong(?:haseyo)?|konnichiwa|konbanwa"
    r"|ohayou?(?: gozaimasu)?|ni ?hao|nei ho|lei ho|xin ch[aà]o|sawadd?ee(?: ?k(?:h?rap|ha|a))?|sawatdee|selamat (?:pagi|siang"
    r"|sore|malam|datang)|aloha|jambo|habari|sawubona|dia dhuit|shwmae|g'?day(?: mate| all)?|howdy(?: y'?all| folks)?"
    r"|ahoy there|kumusta|mabuhay|yia ?sas|kalimera|kalispera|geia sou|bok|sziasztok|szia|tere|sveiki|labas)"
)
_GREETING: Final = re.compile(rf"\W*{_WORDS}(?: (?:there|again|everyone|all|friends?|mate|team|to you))?\W*")


def greets(text: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` (half open) are a greeting, and no other words stand before them.

    Args:
        text: the whole message.
        start: where the words begin, 0..len(text).
        end: where they end.
    """
    plain = folded(text)
    return not re.search(r"\w", plain[:start]) and _GREETING.fullmatch(plain[start:end]) is not None


def only_greets(text: str) -> bool:
    """Whether a whole message is a greeting and nothing else."""
    return _GREETING.fullmatch(folded(text)) is not None
