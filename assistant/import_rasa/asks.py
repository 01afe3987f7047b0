"""The questions of a Rasa form: `utter_ask_<form>_<slot>` or `utter_ask_<slot>`, as far as they are plain text.

Knows Rasa's responses; what of a response cannot be taken over is reported.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.import_rasa.files import Part, Project
from assistant.import_rasa.report import Note, Report
from assistant.import_rasa.slots import Planned
from assistant.response_checks import faults

_BESIDE = {
    "buttons": "Maitre offers the choices of a slot itself; payloads are not carried over",
    "quick_replies": "Maitre offers the choices of a slot itself; payloads are not carried over",
    "image": "replies are text",
    "attachment": "replies are text",
    "elements": "replies are text",
    "custom": "replies are text",
    "translation": "a domain from Rasa speaks the language of config.yml; write the other one by hand",
}


def read_asks(project: Project, form: str, planned: Sequence[Planned], report: Report) -> dict[str, str]:
    """The question for each slot of ours that has one, by our name; the rest of the responses is reported.

    Raises:
        BadDomain: a response is no list of texts.
    """
    responses = dict(project.section("responses"))
    asks: dict[str, str] = {}
    used: set[str] = set()
    halved = {one.theirs for one in planned if sum(other.theirs == one.theirs for other in planned) > 1}
    for one in planned:
        names = [name for name in (f"utter_ask_{form}_{one.theirs}", f"utter_ask_{one.theirs}") if one.theirs]
        name = next((name for name in names if name in responses), "")
        if not name or one.theirs in halved:
            continue
        used.add(name)
        if _wants_yes_or_no(project, one.theirs):
            message = (
                f"response {name}: a yes or a no answers it in Rasa, but not here; write one that names what there is"
            )
            report.left.append(Note(responses[name].where, message))
            continue
        text = _text(name, responses[name], report)
        if text:
            asks[one.name] = text
    if others := [name for name in responses if name not in used]:
        told = ", ".join(others[:6]) + (" ..." if len(others) > 6 else "")
        message = f"{len(others)} responses that ask for none of these slots ({told}): Maitre has its own texts"
        report.left.append(Note(responses[others[0]].where, message))
    return asks


def _wants_yes_or_no(project: Project, slot: str) -> bool:
    """Whether an intent fills the slot ("do you want to sit outside?"): asked so here, a yes would lead to the same question."""
    mappings = next((part.pairs().get("mappings") for name, part in project.section("slots") if name == slot), None)
    kinds = [mapping.pairs().get("type") for mapping in mappings.items()] if mappings else []
    return any(kind is not None and kind.text == "from_intent" for kind in kinds)


def _text(name: str, response: Part, report: Report) -> str:
    """The first text of a response that stands without a condition or a channel of its own."""
    chosen = ""
    for variation in response.items():
        keys = {"text": variation} if variation.is_text else variation.pairs()
        for key in keys:
            if key in _BESIDE:
                report.left.append(Note(keys[key].where, f"response {name}: {key}: {_BESIDE[key]}"))
        if bound := next((key for key in ("condition", "channel") if key in keys), ""):
            report.left.append(
                Note(variation.where, f"response {name}: a text with a {bound}; a question has one wording")
            )
            continue
        text = " ".join(keys["text"].text.split()) if "text" in keys else ""
        if not text:
            continue
        if chosen:
            report.left.append(Note(variation.where, f"response {name}: another wording; the first is taken"))
        elif fault := next(iter(faults({"asks": {"default": text}}, ())), None):
            report.left.append(
                Note(variation.where, f"response {name}: {fault[1]}; the default question is asked instead")
            )
        else:
            chosen = text
    return chosen
