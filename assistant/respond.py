"""Puts a turn into words: what changed, what was refused, what is asked. Renders only what the stage holds.

Texts come from `responses/<language>.yml`; values are written by `assistant.wording`. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.act import AGAIN, SUMMARY, Stage
from assistant.domain import Domain, SlotSpec, Use
from assistant.possible import Possible
from assistant.responses import Responses
from assistant.types import Dropped, Flag, Pending, Refusal, Reply, Said, Slot, Status
from assistant.wording import fit_particles, join, say_slot, say_value

DEFAULT = "default"
SUMMARIES = frozenset({"readback", "booked", "modified", "kept", "show_booking", "ask_resume", "handoff"})
"""Acts that say the whole draft."""


@dataclass(frozen=True, slots=True)
class Line:
    """One reply before its facts are filled in.

    `key` is that of its text in `responses/<language>.yml`, as in `asks.time`, or empty where the reply is put together of
    several; `facts` are the values of the placeholders in `template`, ready to be read; `slots` the ones concerned.
    """

    act: str
    template: str
    facts: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    slots: tuple[str, ...] = ()
    quick_replies: tuple[str, ...] = ()

    @property
    def reply(self) -> Reply:
        """The reply as the domain words it."""
        return Reply(fit_particles(self.template.format_map(self.facts)), self.act, self.quick_replies)


def lines(stage: Stage, possible: Possible, language: str) -> tuple[Line, ...]:
    """What a turn has to say in the user's language, what was done first, the question last.

    Args:
        stage: the turn after its last action.
        possible: the domain and the rules, for naming hours and days.
        language: `en` or `ko`.
    """
    voice = _Voice(stage, possible, possible.domain, language, possible.domain.responses[language])
    noted = " ".join(voice.effects())
    done = [Line("noted", "{noted}", {"noted": noted})] if noted else []
    said = [voice.line(one) for one in stage.said]
    return (*done, *(line for line in said if line.reply.text))


def render(stage: Stage, possible: Possible, language: str) -> tuple[Reply, ...]:
    """The replies of a turn as the domain words them; arguments as for `lines`."""
    return tuple(line.reply for line in lines(stage, possible, language))


@dataclass(frozen=True, slots=True)
class _Voice:
    """One language speaking about one stage."""

    stage: Stage
    possible: Possible
    domain: Domain
    language: str
    texts: Responses

    # --- what was done ---------------------------------------------------------------------------------------------

    def effects(self) -> Iterable[str]:
        """One sentence for everything that the user must not miss."""
        effects = self.stage.effects
        for happened, text in (
            (effects.undone, self.texts.undone),
            (effects.redone, self.texts.redone),
            (effects.restarted, self.texts.restarted),
        ):
            if happened:
                yield text
        yield from self._changes(effects.changed)
        yield from self._kept(effects.kept)
        places = [spec.name for spec in self.domain.slots]
        yield from (self._dropped(one) for one in sorted(effects.dropped, key=lambda one: places.index(one.slot)))
        for refusal in effects.refusals:
            yield from self._refused(refusal)

    def _changes(self, changed: tuple[str, ...]) -> Iterable[str]:
        specs = [spec for spec in self.domain.slots if spec.name in changed]
        any_will_do = [spec for spec in specs if self._slot(spec).status is Status.DONT_CARE]
        yield from (self.texts.dont_care.format(slot=self._label(spec)) for spec in any_will_do)
        held = [spec for spec in specs if self._slot(spec).status is Status.FILLED]
        copied = [spec for spec in held if Flag.COPIED in self._slot(spec).flags]
        if copied:
            yield self.texts.copied.format(values=self._values(copied))
        plain = [spec for spec in held if spec not in copied]
        # A readback says them all a moment later; only what was inferred is worth saying twice.
        if self._reads_back():
            plain = [spec for spec in plain if Flag.INFERRED in self._slot(spec).flags]
        if plain:
            yield self.texts.changed.format(values=self._values(plain))
        asked = {one.slot for one in self.stage.said}
        opened = [one for one in specs if self._slot(one).status is Status.CANDIDATES and one.name not in asked]
        if opened and self.texts.open:
            values = join((self._in_question(spec) for spec in opened), self.texts.joins["list"])
            yield self.texts.open.format(values=values)

    def _kept(self, kept: tuple[str, ...]) -> Iterable[str]:
        """What was said to stay; a readback or a refusal that names it says so anyway."""
        told = {one.slot for one in self.stage.effects.refusals}
        held = [spec for spec in self.domain.slots if spec.name in kept and spec.name not in told]
        if held and not self._reads_back():
            yield self.texts.kept.format(value=self._values(held))

    def _reads_back(self) -> bool:
        return any(one.act in SUMMARIES for one in self.stage.said)

    def _dropped(self, one: Dropped) -> str:
        spec = self._spec(one.slot)
        reason = one.reason if one.reason in self.texts.dropped else DEFAULT
        if not one.value:
            return self.texts.dropped["asked_plain"].format(slot=self._label(spec))
        return self.texts.dropped[reason].format(
            slot=self._label(spec), value=self._say(spec, one.value), venue=self._venue()
        )

    def _refused(self, refusal: Refusal) -> Iterable[str]:
        spec = self._spec(refusal.slot)
        keys = (f"{spec.name}.{refusal.reason}", refusal.reason, DEFAULT)
        text = next(self.texts.refused[key] for key in keys if key in self.texts.refused)
        first, last = self.possible.seating_hours(self.stage.conversation.slots)
        when = self.domain.used_for(Use.TIME)
        yield text.format(
            slot=self._label(spec),
            text=refusal.text,
            value=self._say(spec, refusal.value) if refusal.value else refusal.text,
            limit=self._limit(refusal, spec),
            venue=self._venue(),
            first=self._say(when, first) if when else first,
            last=self._say(when, last) if when else last,
        )
        if refusal.kept:
            yield self.texts.kept.format(value=self._say(spec, refusal.kept))
        if refusal.alternatives:
            yield self.texts.alternatives.format(choices=self._choices(spec, refusal.alternatives))

    def _limit(self, refusal: Refusal, spec: SlotSpec) -> str:
        counted = spec.minimum is not None or not refusal.limit or refusal.limit.isdecimal()
        return refusal.limit if counted else self._say(spec, refusal.limit)

    # --- what is said ----------------------------------------------------------------------------------------------

    def line(self, said: Said) -> Line:
        """One thing that an action said, with its buttons."""
        if said.slot:
            return self._question(said)
        key, quick, words = said.act, self.texts.quick.get(said.act, ()), said.words
        if said.act == "readback":
            pending = self.stage.conversation.pending
            again = f"readback_{AGAIN}_{pending}" if words == AGAIN else ""
            key = again if again in self.texts.says else f"readback_{pending}"
        elif said.act == "answer" and SUMMARY in words:
            words, key = self._recalled(words), key if self._summary() else "nothing_noted"
        elif said.act == "answer" and not words:
            key = "no_answer"
        elif said.act == "chitchat" and (here := f"chitchat_{self.stage.conversation.phase}") in self.texts.says:
            key = here
        elif said.act == "ask_meaning" and not said.words:
            key = "ask_meaning_plain"
        elif said.act == "handoff" and not self._summary():
            key = "handoff_empty"
        if said.act in ("ask_what_to_change", "ask_meaning"):
            quick = self._labels()
        facts = {"summary": self._summary(), "words": words}
        return Line(said.act, self.texts.says[key], facts, f"says.{key}", (), quick)

    def _recalled(self, answer: str) -> str:
        """An answer that tells the draft; nothing where a readback tells it a moment later."""
        return "" if self._reads_back() else answer.replace(SUMMARY, self._summary())

    def _question(self, said: Said) -> Line:
        spec = self._spec(said.slot)
        slot = self._slot(spec)
        refused = next((one for one in self.stage.effects.refusals if one.slot == spec.name), None)
        if slot.status is Status.CANDIDATES:
            return self._choice(spec, slot, said.act)
        if refused is not None or self.stage.conversation.attempt == spec.name:
            key, text = self._text("instead", self.texts.instead, spec)
            offers = tuple(self._say(spec, value) for value in refused.alternatives) if refused else ()
            return Line(said.act, text, {"slot": self._label(spec)}, key, (spec.name,), offers)
        offered = tuple(choice.id for choice in spec.choices)
        key, text = self._text("asks", self.texts.asks, spec)
        if self._was_taken_off_a_booking(spec):
            key, text = "", f"{self.texts.says['explain_cleared_booking']} {text}"
        facts = {"slot": self._label(spec), "choices": self._choices(spec, offered)}
        return Line(said.act, text, facts, key, (spec.name,), tuple(self._say(spec, value) for value in offered))

    def _text(self, group: str, texts: Mapping[str, str], spec: SlotSpec) -> tuple[str, str]:
        """The key and the text of a group for a slot, its own or that for any."""
        name = spec.name if spec.name in texts else DEFAULT
        return f"{group}.{name}", texts[name]

    def _was_taken_off_a_booking(self, spec: SlotSpec) -> bool:
        conversation = self.stage.conversation
        return conversation.pending is Pending.MODIFY and self._slot(spec).status is Status.CLEARED

    def _choice(self, spec: SlotSpec, slot: Slot, act: str) -> Line:
        facts = {"slot": self._label(spec)}
        if slot.bounds is not None:
            first, last = (self._say(spec, bound) for bound in slot.bounds)
            facts |= {"from": first, "to": last}
            return Line(act, self.texts.choose["range"], facts, "choose.range", (spec.name,))
        buttons = tuple(self._say(spec, value) for value in slot.candidates)
        facts["choices"] = join(buttons, self.texts.joins["or"])
        return Line(act, self.texts.choose[DEFAULT], facts, f"choose.{DEFAULT}", (spec.name,), buttons)

    # --- pieces ----------------------------------------------------------------------------------------------------

    def _summary(self) -> str:
        filled = [spec for spec in self.domain.slots if self._slot(spec).status is Status.FILLED]
        return self._values(filled)

    def _values(self, specs: Iterable[SlotSpec]) -> str:
        said = (say_slot(spec, self._slot(spec), self.domain, self.language, self.texts) for spec in specs)
        return join(said, self.texts.joins["list"])

    def _in_question(self, spec: SlotSpec) -> str:
        """A slot and what is in question for it: "date (Friday, June 12 or Friday, June 19)", "time (11:30 am - 2 pm)"."""
        slot = self._slot(spec)
        ends = " - ".join(self._say(spec, bound) for bound in slot.bounds or ())
        return f"{self._label(spec)} ({ends or self._choices(spec, slot.candidates)})"

    def _choices(self, spec: SlotSpec, values: Iterable[str]) -> str:
        return join((self._say(spec, value) for value in values), self.texts.joins["or"])

    def _labels(self) -> tuple[str, ...]:
        return tuple(self._label(spec) for spec in self.domain.slots if self._slot(spec).holds)

    def _say(self, spec: SlotSpec, value: str) -> str:
        return say_value(spec, value, self.domain, self.language, self.texts)

    def _label(self, spec: SlotSpec) -> str:
        return spec.labels[self.language]

    def _slot(self, spec: SlotSpec) -> Slot:
        return self.stage.conversation.slot(spec.name)

    def _spec(self, name: str) -> SlotSpec:
        return next(spec for spec in self.domain.slots if spec.name == name)

    def _venue(self) -> str:
        venues = self.possible.venues(self.stage.conversation.slots)
        return join((venue.names[self.language] for venue in venues), self.texts.joins["or"])
