"""The specification of the dialogue policy, as tables, against the trained model: every situation has one right action.

Each table is read from the top and the first row that fits decides. `*` fits everything; `!heard` means not heard.
"""

import asyncio
import itertools
import random
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from assistant.adapters.policy import ACTIONS, FORM, LISTEN, HttpPolicy
from assistant.adapters.policy_process import PolicyProcess

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "policy" / ".venv" / "bin" / "python"

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not PYTHON.exists(), reason="the policy's environment is not built (policy/.venv)"),
]

FIRST = """
phase                 | intent              | when                                         | action
handed_off            | *                   |                                              | action_with_person
*                     | handoff             |                                              | action_handoff
*                     | ask                 |                                              | action_answer
*                     | chitchat            |                                              | action_chitchat
*                     | out_of_scope        |                                              | action_decline_out_of_scope
*                     | nothing_to_undo     |                                              | action_nothing_to_undo
*                     | cancel_draft        |                                              | action_dropped
*                     | returned            |                                              | action_ask_resume
*                     | not_understood      | failures=3                                   | action_handoff
*                     | not_understood      | failures=2                                   | action_offer_choices
*                     | not_understood      |                                              | action_rephrase
suspended             | *                   |                                              | action_ask_resume
*                     | unclear             |                                              | action_ask_meaning
*                     | cancel_booking      |                                              | action_readback
*                     | start_over          |                                              | booking_form
booked                | affirm affirm_start |                                              | action_nothing_to_confirm
booked                | *                   |                                              | action_show_booking
idle                  | affirm              |                                              | action_nothing_to_confirm
idle                  | deny cancel_change modify |                                        | action_chitchat
*                     | inform              |                                              | booking_form
*                     | modify              |                                              | action_ask_what_to_change
idle                  | start affirm_start  |                                              | booking_form
collecting confirming | cancel_change       | pending=modify                               | action_keep_booking
collecting confirming | cancel_change       | pending=cancel                               | action_keep_booking
collecting            | cancel_change       |                                              | booking_form
confirming            | cancel_change       |                                              | action_ask_what_to_change
collecting            | deny                | asked=what_to_change                         | action_ask_what_to_change
collecting            | affirm              | asked=what_to_change complete                | action_readback
collecting            | start affirm_start  | asked=what_to_change complete !heard         | action_readback
collecting            | start affirm_start  | asked=what_to_change complete pending=cancel | action_readback
collecting            | start affirm_start  | asked=what_to_change complete                | action_commit
collecting            | *                   |                                              | booking_form
confirming            | deny                | pending=cancel                               | action_keep_booking
confirming            | deny                |                                              | action_ask_what_to_change
confirming            | affirm affirm_start | pending=cancel heard                         | action_commit
confirming            | *                   | pending=cancel                               | action_readback
confirming            | *                   | !complete                                    | booking_form
confirming            | *                   | !heard                                       | action_readback
confirming            | *                   |                                              | action_commit
"""

NEXT = """
after                                                       | when                                  | action
booking_form                                                | open                                  | action_listen
booking_form                                                |                                       | action_readback
action_commit                                               | outcome=done                          | action_report_done
action_commit                                               | outcome=declined                      | action_reopen
action_commit                                               |                                       | action_report_unknown
action_reopen                                               |                                       | booking_form
action_answer action_chitchat action_decline_out_of_scope   | phase=collecting asked=what_to_change | action_ask_what_to_change
action_answer action_chitchat action_decline_out_of_scope   | phase=collecting                      | booking_form
action_answer action_chitchat action_decline_out_of_scope   | phase=confirming                      | action_readback
action_answer action_chitchat action_decline_out_of_scope   | phase=suspended                       | action_ask_resume
action_rephrase action_offer_choices action_nothing_to_undo | phase=collecting asked=what_to_change | action_ask_what_to_change
action_rephrase action_offer_choices action_nothing_to_undo | phase=collecting                      | booking_form
action_rephrase action_offer_choices action_nothing_to_undo | phase=confirming                      | action_readback
action_rephrase action_offer_choices action_nothing_to_undo | phase=suspended                       | action_ask_resume
*                                                           |                                       | action_listen
"""

PHASES = ("idle", "collecting", "confirming", "booked", "handed_off", "suspended")
INTENTS = (
    *("inform", "start", "affirm", "affirm_start", "deny", "cancel_booking", "cancel_draft", "cancel_change"),
    *("start_over", "returned", "ask", "chitchat", "out_of_scope", "handoff", "not_understood", "unclear"),
    *("nothing_to_undo", "modify"),
)
PENDING = ("create", "modify", "cancel")
ASKED = ("none", "slot", "what_to_change", "resume")
OUTCOMES = ("none", "done", "declined", "unknown")
FAILURES = ("0", "1", "2", "3")
NOTHING = {"phase": "idle", "pending": "create", "complete": False, "heard": False, "failures": "0", "asked": "none"}
NOTHING |= {"outcome": "none"}

View = Mapping[str, str | bool]


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[1:]]


def fits(cell: str, value: str) -> bool:
    return cell == "*" or value in cell.split()


def holds(when: str, view: View) -> bool:
    for condition in when.split():
        name, _, value = condition.removeprefix("!").partition("=")
        if (view[name] == value if value else view[name] != condition.startswith("!")) is False:
            return False
    return True


def first_action(intent: str, view: View) -> str:
    return next(
        action
        for phase, intents, when, action in rows(FIRST)
        if fits(phase, str(view["phase"])) and fits(intents, intent) and holds(when, view)
    )


def next_action(after: str, view: View) -> str:
    return next(action for actions, when, action in rows(NEXT) if fits(actions, after) and holds(when, view))


def turn(view: View, intent: str) -> list[dict]:
    """How a turn begins: the turn before has listened, its form is closed, the view is told, the user has spoken."""
    return [
        {"event": "action", "name": LISTEN},
        {"event": "active_loop", "name": None},
        *({"event": "slot", "name": name, "value": value} for name, value in view.items() if name != "open"),
        {"event": "user", "text": "", "parse_data": {"intent": {"name": intent, "confidence": 1.0}, "entities": []}},
    ]


def done(action: str, *, is_open: bool = False) -> list[dict]:
    """What an action leaves behind that matters here: the form opens its loop, and closes it when nothing is missing."""
    events: list[dict] = [{"event": "action", "name": action}]
    if action == FORM:
        events.append({"event": "active_loop", "name": FORM})
        events.append({"event": "slot", "name": "requested_slot", "value": "date" if is_open else None})
        if not is_open:
            events.append({"event": "active_loop", "name": None})
    return events


def situations() -> Iterable[tuple[str, View]]:
    for phase, intent, pending, asked, complete, heard in itertools.product(
        PHASES, INTENTS, PENDING, ASKED, (True, False), (True, False)
    ):
        for failures in FAILURES if intent == "not_understood" else ("0",):
            told = {"phase": phase, "pending": pending, "asked": asked, "complete": complete, "heard": heard}
            yield intent, NOTHING | told | {"failures": failures}


def steps() -> Iterable[tuple[str, View]]:
    for after, phase, asked, outcome in itertools.product(sorted(ACTIONS - {LISTEN}), PHASES, ASKED, OUTCOMES):
        for is_open in (True, False) if after == FORM else (False,):
            yield after, NOTHING | {"phase": phase, "asked": asked, "outcome": outcome, "open": is_open}


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """A function from lists of tracker events to the actions that the trained policy takes."""
    model = tmp_path_factory.getbasetemp() / "policy-model.tar.gz"
    trainer = (PYTHON, ROOT / "policy" / "train.py", ROOT / "domains" / "restaurant", model)
    subprocess.run(trainer, check=True, capture_output=True)
    ours = PolicyProcess(PYTHON, model)
    with asyncio.Runner() as runner:
        runner.run(ours.start())
        policy = HttpPolicy(ours.url, ours.token, 10.0)

        async def decide(turns: list[list[dict]]) -> list[str]:
            return [await policy.next_action(events) for events in turns]

        yield lambda turns: runner.run(decide(turns))
        runner.run(policy.close())
        runner.run(ours.stop())


def differences(wanted: list[tuple[str, str, View]], given: list[str]) -> list[str]:
    return [
        f"{what} {dict(view)}: {action}, not {want}"
        for (what, want, view), action in zip(wanted, given, strict=True)
        if action != want
    ]


def test_every_situation_has_its_action(ask):
    wanted = [(intent, first_action(intent, view), view) for intent, view in situations()]
    given = ask([turn(view, intent) for intent, _, view in wanted])
    assert differences(wanted, given)[:20] == []


def test_every_action_is_followed_as_the_table_says(ask):
    wanted = [(after, next_action(after, view), view) for after, view in steps()]
    given = ask([turn(view, "chitchat") + done(after, is_open=bool(view["open"])) for after, _, view in wanted])
    assert differences(wanted, given)[:20] == []


def test_a_situation_that_no_rule_knows_falls_back_and_listens(ask):
    strange = turn(NOTHING, "no_such_intent")
    assert ask([strange, strange + done("action_default_fallback")]) == ["action_default_fallback", LISTEN]


def test_what_was_said_before_does_not_change_the_decision(ask):
    random.seed(7)
    all_situations = list(situations())
    wanted, turns = [], []
    for intent, view in random.sample(all_situations, 150):
        past = []
        for said, seen in random.sample(all_situations, 3):
            action = first_action(said, seen)
            past += turn(seen, said) + done(action, is_open=True)
        wanted.append((intent, first_action(intent, view), view))
        turns.append(past + turn(view, intent))
    assert differences(wanted, ask(turns))[:20] == []
    assert all(len(events) <= 60 for events in turns)


def test_nothing_is_committed_that_was_not_read_back():
    for intent, view in situations():
        if first_action(intent, view) == "action_commit":
            assert view["heard"]
            assert intent in ("affirm", "affirm_start", "start")


def test_every_turn_comes_to_an_end_within_eight_predictions():
    for intent, view in situations():
        for outcome, is_open in itertools.product(OUTCOMES, (True, False)):
            action, seen, taken = first_action(intent, view), {**view, "outcome": outcome, "open": is_open}, 1
            while action != LISTEN:
                action, taken = next_action(action, seen), taken + 1
            assert taken <= 8


def test_the_table_names_every_action_and_the_domain_knows_them():
    domain = (ROOT / "domains" / "restaurant" / "domain.yml").read_text()
    for action in ACTIONS - {LISTEN, FORM, "action_default_fallback"}:
        assert f"- {action}" in domain
        assert action in FIRST + NEXT
