"""Asks a Rasa policy over HTTP which action comes next: our launcher, or Rasa's own server.

It turns every fault of that process into `PolicyUnavailable` and stops asking for a moment when it fails again and again.
It knows the names of the actions, and neither what they do nor what the events mean.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections import deque
from collections.abc import Callable, Sequence

import httpx

from assistant.errors import PolicyUnavailable
from assistant.ports import TrackerEvent
from assistant.tracker import FORM, LISTEN

ACTIONS = frozenset(
    {
        LISTEN,
        FORM,
        "action_answer",
        "action_ask_meaning",
        "action_ask_resume",
        "action_ask_what_to_change",
        "action_chitchat",
        "action_commit",
        "action_decline_out_of_scope",
        "action_default_fallback",
        "action_dropped",
        "action_handoff",
        "action_keep_booking",
        "action_nothing_to_confirm",
        "action_nothing_to_undo",
        "action_offer_choices",
        "action_readback",
        "action_reopen",
        "action_rephrase",
        "action_report_done",
        "action_report_unknown",
        "action_show_booking",
        "action_with_person",
    }
)
"""What a policy may ask for; a domain's `domain.yml` lists the same names."""


class Breaker:
    """Stops calls to a part that keeps failing, and lets a single one through to see whether it is back.

    Args:
        most: failures within `window` that open it.
        window: seconds.
        pause: seconds that it stays open.
        clock: monotonic seconds.
    """

    def __init__(
        self, *, most: int = 5, window: float = 10.0, pause: float = 2.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._window = window
        self._pause = pause
        self._clock = clock
        self._failures: deque[float] = deque(maxlen=most)
        self._open_until: float | None = None
        self._probing = False

    def allows(self) -> bool:
        """Whether a call may be made now. After a pause only the first asker may, until `record` says how it went."""
        if self._open_until is None:
            return True
        if self._probing or self._clock() < self._open_until:
            return False
        self._probing = True
        return True

    def release(self) -> None:
        """Takes back an allowed call that was broken off: it says nothing about the other side."""
        self._probing = False

    def record(self, *, success: bool) -> None:
        """Counts one call that was allowed."""
        now = self._clock()
        probed, self._probing = self._probing, False
        if success:
            self._failures.clear()
            self._open_until = None
            return
        self._failures.append(now)
        often = len(self._failures) == self._most and now - self._failures[0] <= self._window
        if probed or often:
            self._open_until = now + self._pause


class HttpPolicy:
    """The policy behind a URL.

    Args:
        url: where it listens, e.g. `http://127.0.0.1:5005`.
        token: what it wants to see; empty where it wants none.
        timeout: seconds for one prediction, all in all.
        breaker: when to stop asking.
        transport: how requests travel; tests put their own here.
    """

    def __init__(
        self,
        url: str,
        token: str,
        timeout: float,
        *,
        breaker: Breaker | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._timeout = timeout
        self._breaker = breaker or Breaker()
        self._client = httpx.AsyncClient(
            base_url=url,
            # Rasa's own server takes the token from the query only; `NONE` spares us our own events in the answer.
            params={"include_events": "NONE", **({"token": token} if token else {})},
            timeout=timeout,
            transport=transport,
            trust_env=False,  # a proxy has no place between us and our own process
            limits=httpx.Limits(keepalive_expiry=4.0),  # Rasa's server hangs up after five idle seconds
        )

    async def next_action(self, events: Sequence[TrackerEvent]) -> str:
        """The name of the next action.

        Args:
            events: Rasa tracker events, oldest first.

        Returns:
            One of `ACTIONS`.

        Raises:
            PolicyUnavailable: it is down, too slow, answers nonsense, or has just failed several times.
        """
        if not self._breaker.allows():
            raise PolicyUnavailable("the dialogue policy failed several times; it is left alone for a moment")
        try:
            async with asyncio.timeout(self._timeout):
                action = best_action(await self._ask(events))
        except PolicyUnavailable:
            self._breaker.record(success=False)
            raise
        except (TimeoutError, httpx.HTTPError) as fault:
            self._breaker.record(success=False)
            raise PolicyUnavailable(f"the dialogue policy does not answer: {type(fault).__name__}") from fault
        except BaseException:  # cancelled: nothing was learned, but a probe must not stay open
            self._breaker.release()
            raise
        self._breaker.record(success=True)
        return action

    async def _ask(self, events: Sequence[TrackerEvent]) -> bytes:
        response = await self._client.post("/model/predict", json=list(events))
        if response.status_code != httpx.codes.OK:
            raise PolicyUnavailable(f"the dialogue policy answers with status {response.status_code}")
        return response.content

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def best_action(body: bytes) -> str:
    """Reads the action with the highest score out of an answer of `/model/predict`.

    Args:
        body: JSON as Rasa's server sends it: `{"scores": [{"action": str, "score": float}, ...], "policy": str, ...}`.

    Returns:
        One of `ACTIONS`; of equal scores the first.

    Raises:
        PolicyUnavailable: the answer has another form, a score is not finite, none is above zero, or the action is unknown.
    """
    try:
        answer = json.loads(body)
        scores = [(str(entry["action"]), float(entry["score"])) for entry in answer["scores"]]
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise PolicyUnavailable("the dialogue policy's answer is not in Rasa's form") from fault
    if not scores or not all(math.isfinite(score) for _, score in scores):
        raise PolicyUnavailable("the dialogue policy's answer holds no usable scores")
    action, score = max(scores, key=lambda entry: entry[1])
    if score <= 0:
        raise PolicyUnavailable("the dialogue policy has no action for this")
    if action not in ACTIONS:
        raise PolicyUnavailable(f"the dialogue policy asks for an action that is not known: {action[:60]!r}")
    return action
