"""Plays a turn with the policy: ask for the next action, carry it out, tell the policy, until it wants to listen.

The policy decides every step. Without it the turn is degraded: the next missing slot is asked and nothing is committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.act import ACTIONS, DONE, Scene, Stage, perform
from assistant.errors import PolicyUnavailable
from assistant.ports import Policy, TrackerEvent
from assistant.state import Applied
from assistant.tracker import (
    FORM,
    LISTEN,
    LOOP_CLOSED,
    action_event,
    loop_events,
    missing,
    slot_events,
    user_event,
    view,
)
from assistant.types import Phase

MOST_ACTIONS = 8
"""Actions in a row before the turn is cut: more is a loop in the domain's rules, never a plan."""
WINDOW = 60
"""Tracker events that the policy sees at most (a bound from DESIGN section 2)."""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it: the stage after the last action, the tracker events of this turn, and whether the policy was missing."""

    stage: Stage
    events: tuple[TrackerEvent, ...]
    degraded: bool = False


async def play(applied: Applied, earlier: Sequence[TrackerEvent], scene: Scene, policy: Policy) -> Played:
    """Let the policy answer what the user meant, and then the question that came with it.

    Args:
        applied: the conversation after the reducer, and what the user meant.
        earlier: tracker events of the turns before, oldest first.
        scene: what actions are carried out with.
        policy: decides.
    """
    turn = _Turn(Stage(applied.conversation, applied.effects), list(earlier), [])
    try:
        for meaning in [applied.meaning, "ask"] if applied.asks else [applied.meaning]:
            await turn.answer(meaning, scene, policy)
    except PolicyUnavailable:
        return Played(await _without_policy(turn.stage, scene), tuple(turn.events), degraded=True)
    return Played(turn.stage, tuple(turn.events))


@dataclass
class _Turn:
    """How far the turn has come; what was done stays done when the policy goes away in the middle."""

    stage: Stage
    earlier: list[TrackerEvent]
    events: list[TrackerEvent]

    async def answer(self, meaning: str, scene: Scene, policy: Policy) -> None:
        """Play one meaning out, until the policy wants to listen."""
        self.stage = replace(self.stage, outcome="none")
        seen = view(self.stage.conversation, scene.domain)
        self.events += [action_event(LISTEN), LOOP_CLOSED, *slot_events(None, seen), user_event(meaning, 1.0)]
        for _ in range(MOST_ACTIONS):
            name = await policy.next_action([*self.earlier, *self.events][-WINDOW:])
            if name == LISTEN:
                return
            if name not in ACTIONS:
                raise PolicyUnavailable(f"the policy has no rule for {meaning!r} here and answers {name!r}")
            self.stage = await perform(name, self.stage, scene)
            self.events.append(action_event(name))
            if name == FORM:
                self.events += loop_events(self.stage.asks)
            now = view(self.stage.conversation, scene.domain, self.stage.outcome)
            self.events += slot_events(seen, now)
            seen = now
        raise PolicyUnavailable("the policy does not come to an end; check the rules of the domain for a loop")


async def _without_policy(stage: Stage, scene: Scene) -> Stage:
    """Tell what was done, ask the next missing slot, commit nothing, and leave a readback that was given as it is."""
    if stage.outcome == DONE:
        return await perform("action_report_done", stage, scene)
    if missing(stage.conversation, scene.domain) and stage.conversation.phase in (Phase.COLLECTING, Phase.IDLE):
        stage = await perform(FORM, stage, scene)
    return stage.say("degraded")
