"""What the policy sees of a conversation."""

from assistant.act import ACTIONS
from assistant.adapters import policy
from assistant.tracker import FORM, LOOP_CLOSED, loop_events, missing, readback, slot_events, view
from assistant.types import WHAT_TO_CHANGE, Phase, Slot, Status
from tests.support.annotated import DOMAIN, FRIDAY, draft


def test_slots_are_missing_in_the_order_of_the_domain() -> None:
    assert missing(draft({"time": "19:00"}), DOMAIN) == ("restaurant", "date", "party_size", "name")


def test_a_slot_under_discussion_comes_first_even_when_it_holds_a_value() -> None:
    assert missing(draft(FRIDAY, attempt="party_size"), DOMAIN) == ("party_size",)


def test_the_phone_is_missing_only_for_a_large_party() -> None:
    assert missing(draft(FRIDAY), DOMAIN) == ()
    assert missing(draft({**FRIDAY, "party_size": "8"}), DOMAIN) == ("phone",)


def test_candidates_of_an_optional_slot_are_asked_about() -> None:
    conversation = draft(FRIDAY).with_slots({"seating": Slot(Status.CANDIDATES, candidates=("hall", "room"))})
    assert missing(conversation, DOMAIN) == ("seating",)


def test_a_draft_counts_as_heard_only_while_it_is_what_was_read_back() -> None:
    conversation = draft(FRIDAY, phase=Phase.CONFIRMING)
    assert view(conversation, DOMAIN)["heard"] is False
    heard = draft(FRIDAY, phase=Phase.CONFIRMING, read_back=readback(conversation))
    assert view(heard, DOMAIN)["heard"] is True
    assert view(heard.with_slots({"time": Slot(Status.FILLED, value="20:00")}), DOMAIN)["heard"] is False


def test_the_view_names_what_was_asked_but_no_values() -> None:
    assert view(draft(FRIDAY, asked="time"), DOMAIN)["asked"] == "slot"
    assert view(draft(FRIDAY, asked=WHAT_TO_CHANGE), DOMAIN)["asked"] == WHAT_TO_CHANGE
    assert "Kim" not in str(view(draft(FRIDAY), DOMAIN))


def test_after_the_first_events_of_a_turn_only_changes_are_told() -> None:
    before = view(draft(FRIDAY), DOMAIN)
    after = {**before, "phase": "confirming"}
    assert slot_events(before, after) == [{"event": "slot", "name": "phase", "value": "confirming"}]
    assert len(slot_events(None, before)) == len(before)


def test_the_loop_stays_open_while_it_asks_and_closes_when_nothing_is_missing() -> None:
    assert LOOP_CLOSED not in loop_events("time")
    assert LOOP_CLOSED in loop_events(None)


def test_every_action_that_a_policy_may_choose_can_be_carried_out() -> None:
    assert policy.ACTIONS - {"action_listen", "action_default_fallback"} == set(ACTIONS)
    assert policy.FORM == FORM
