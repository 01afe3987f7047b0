"""One turn: what is stored, what is said, what is booked, and what happens when a part is missing."""

from dataclasses import replace

import pytest

from assistant.errors import BadRequest, Forbidden, KeyReused, NotFound, NotPossible, StaleWrite
from assistant.turn import Parts, change, converse
from assistant.types import Command, Flag, Message, NewValue, Op, Operation, Pending, Phase, Producer, When
from assistant.understand import Assist
from tests.support.annotated import DOMAIN, FRIDAY, WEDNESDAY, ZONE, draft
from tests.support.fakes import AnnotatedTagger, FakeLlama, FakeStore, ScriptedPolicy, StoppedClock


class World:
    """A service made of fakes, and one conversation in it."""

    def __init__(self, *script: str) -> None:
        self.store = FakeStore()
        self.policy = ScriptedPolicy(list(script))
        self.parts = Parts(DOMAIN, self.store, AnnotatedTagger(), self.policy, StoppedClock())

    def message(self, text: str, message_id: str = "m1") -> Message:
        return Message("c", message_id, text, "en", ZONE, WEDNESDAY, "guest")

    def confirming(self) -> None:
        """The draft of Friday was just read back."""
        self.store.conversations["c"] = draft(phase=Phase.CONFIRMING, read_back=dict(sorted(FRIDAY.items())))


def command(**fields: object) -> Command:
    clear = Operation(Op.CLEAR, ("time",), producer=Producer.API)
    return replace(Command("c", (clear,), "r1"), **fields)  # type: ignore[arg-type]


async def test_a_missing_slot_is_asked_and_what_was_said_is_kept() -> None:
    world = World("booking_form")
    outcome = await converse(world.message("start|[Hanok Table](restaurant), please"), world.parts)
    assert outcome.conversation.value("restaurant") == "hanok_table"
    assert [reply.act for reply in outcome.replies] == ["noted", "ask_date"]
    assert world.store.conversations["c"] == outcome.conversation


async def test_a_yes_books_exactly_what_was_read_back() -> None:
    world = World("action_commit", "action_report_done")
    world.confirming()
    outcome = await converse(world.message("affirm|yes"), world.parts)
    (booking,) = world.store.bookings.made
    assert (booking.request.venue, booking.request.time, booking.request.party) == ("hanok_table", "19:00", 4)
    assert outcome.conversation.phase is Phase.BOOKED
    assert outcome.conversation.commits.created == 1


async def test_a_declined_booking_is_never_said_to_be_booked() -> None:
    world = World("action_commit", "action_reopen", "booking_form")
    world.confirming()
    world.store.bookings.declines = "full"
    outcome = await converse(world.message("affirm|yes"), world.parts)
    assert world.store.bookings.made == []
    assert not {"booked", "readback"} & {reply.act for reply in outcome.replies}
    assert outcome.conversation.asked == "time"


async def test_the_same_message_id_returns_the_stored_answer_and_books_nothing_again() -> None:
    world = World("action_commit", "action_report_done")
    world.confirming()
    first = await converse(world.message("affirm|yes"), world.parts)
    assert await converse(world.message("affirm|yes"), world.parts) == first
    assert len(world.store.bookings.made) == 1


async def test_the_same_message_id_with_other_words_is_refused() -> None:
    world = World("booking_form")
    await converse(world.message("start|a table"), world.parts)
    with pytest.raises(KeyReused):
        await converse(world.message("deny|no"), world.parts)


async def test_consent_to_training_is_kept_until_a_message_withdraws_it() -> None:
    world = World("booking_form")
    said = []
    for number, consent in enumerate([None, True, None, False, None]):
        message = replace(world.message("chitchat|hello", f"m{number}"), training_consent=consent)
        said.append((await converse(message, world.parts)).conversation.training_consent)
    assert said == [False, True, True, False, False]


@pytest.mark.parametrize("given", [True, False])
async def test_consent_is_given_and_withdrawn_after_the_end_too_and_the_words_are_refused(given: bool) -> None:
    world = World()
    world.store.conversations["c"] = ended = replace(draft(), ended=True, training_consent=not given)
    message = replace(world.message("chitchat|about my data"), training_consent=given)
    with pytest.raises(NotPossible, match="what the message says about training is kept"):
        await converse(message, world.parts)
    assert world.store.conversations["c"] == replace(ended, training_consent=given)
    assert world.store.turns == {}


async def test_nobody_else_gives_consent_after_the_end() -> None:
    world = World()
    world.store.conversations["c"] = replace(draft(), ended=True, user_id="somebody")
    with pytest.raises(Forbidden):
        await converse(replace(world.message("chitchat|hello"), training_consent=True), world.parts)
    assert not world.store.conversations["c"].training_consent


async def test_a_commit_whose_answer_is_lost_is_never_called_booked_and_never_made_twice() -> None:
    world = World("action_commit", "action_report_unknown", "action_listen", "action_commit", "action_report_done")
    world.confirming()
    world.store.bookings.silent = True
    first = await converse(world.message("affirm|yes"), world.parts)
    assert [reply.act for reply in first.replies] == ["outcome_unknown"]
    assert first.conversation.phase is Phase.CONFIRMING
    world.store.bookings.silent = False
    second = await converse(world.message("affirm|yes", "m2"), world.parts)
    assert second.conversation.phase is Phase.BOOKED
    assert len(world.store.bookings.made) == 1


async def test_a_booking_system_that_does_not_answer_leaves_the_conversation_going() -> None:
    world = World("booking_form")
    world.store.bookings.silent = True
    outcome = await converse(world.message("|[Friday](date) at [7 pm](time)"), world.parts)
    assert (outcome.degraded, outcome.conversation.value("time")) == (True, "19:00")


async def test_an_edit_after_a_lost_answer_changes_the_booking_that_was_made() -> None:
    world = World("action_commit", "action_report_unknown", "action_listen", "booking_form", "action_readback")
    world.confirming()
    world.store.bookings.silent = True
    await converse(world.message("affirm|yes"), world.parts)
    world.store.bookings.silent = False
    edited = (await converse(world.message("|make it [8 pm](time)", "m2"), world.parts)).conversation
    assert (edited.pending, edited.value("time"), edited.commits.created) == (Pending.MODIFY, "20:00", 1)


async def test_nothing_is_changed_while_the_outcome_is_still_not_known() -> None:
    world = World("action_commit", "action_report_unknown", "action_listen", "action_commit", "action_report_unknown")
    world.confirming()
    world.store.bookings.silent = True
    await converse(world.message("affirm|yes"), world.parts)
    edited = await converse(world.message("|make it [8 pm](time)", "m2"), world.parts)
    assert edited.conversation.value("time") == "19:00"
    assert edited.replies[-1].act == "outcome_unknown"


async def test_another_user_cannot_go_on_with_a_conversation() -> None:
    world = World("booking_form")
    world.store.conversations["c"] = draft(user_id="somebody else")
    with pytest.raises(Forbidden):
        await converse(world.message("affirm|yes"), world.parts)


async def test_without_the_policy_nothing_is_committed_and_the_reply_says_so() -> None:
    world = World()
    world.confirming()
    world.policy.down = True
    outcome = await converse(world.message("affirm|yes"), world.parts)
    assert outcome.degraded
    assert world.store.bookings.made == []
    assert outcome.replies[-1].act == "degraded"
    assert outcome.conversation.phase is Phase.CONFIRMING


async def test_a_policy_without_a_rule_counts_as_missing() -> None:
    world = World("action_default_fallback")
    world.confirming()
    outcome = await converse(world.message("affirm|yes"), world.parts)
    assert (outcome.degraded, world.store.bookings.made) == (True, [])


async def test_without_the_policy_the_next_missing_slot_is_still_asked() -> None:
    world = World()
    world.policy.down = True
    outcome = await converse(world.message("|[Hanok Table](restaurant)"), world.parts)
    assert (outcome.degraded, outcome.conversation.asked) == (True, "date")


async def test_a_booking_made_before_the_policy_went_away_is_told() -> None:
    world = World("action_commit")
    world.confirming()

    class Gone(ScriptedPolicy):
        async def next_action(self, events):  # type: ignore[no-untyped-def]
            if not self.script:
                self.down = True
            return await super().next_action(events)

    parts = replace(world.parts, policy=Gone(["action_commit"]))
    outcome = await converse(world.message("affirm|yes"), parts)
    assert (outcome.degraded, outcome.conversation.phase) == (True, Phase.BOOKED)
    assert "booked" in {reply.act for reply in outcome.replies}


async def test_a_question_with_an_answer_is_answered_and_the_next_slot_is_asked_once() -> None:
    world = World("booking_form", "action_listen", "action_answer", "booking_form")
    world.store.conversations["c"] = draft({"restaurant": "hanok_table", "date": "2026-06-12", "time": "19:00"})
    outcome = await converse(world.message("ask|[4 people](party_size). is there parking?"), world.parts)
    assert [reply.act for reply in outcome.replies] == ["noted", "answer", "ask_name"]


async def test_the_same_place_as_last_time_comes_from_the_users_last_booking() -> None:
    world = World("action_commit", "action_report_done", "action_listen", "booking_form")
    world.store.conversations["c"] = draft(
        user_id="guest", phase=Phase.CONFIRMING, read_back=dict(sorted(FRIDAY.items()))
    )
    await converse(world.message("affirm|yes"), world.parts)
    again = replace(world.message("start|[same place](slot_ref.copy) as last time", "m2"), conversation_id="d")
    slot = (await converse(again, world.parts)).conversation.slot("restaurant")
    assert (slot.value, slot.flags) == ("hanok_table", {Flag.COPIED})


async def test_the_policy_never_sees_the_users_words() -> None:
    world = World("booking_form")
    await converse(world.message("|under [Kim Minsu](name)"), world.parts)
    assert "Minsu" not in str(world.policy.seen)


async def test_a_program_may_clear_a_slot() -> None:
    world = World("booking_form")
    world.store.conversations["c"] = draft()
    outcome = await change(command(), world.parts)
    assert outcome.conversation.version == 1
    assert outcome.conversation.asked == "time"


async def test_a_program_that_saw_an_older_version_changes_nothing() -> None:
    world = World()
    world.store.conversations["c"] = draft(version=3)
    with pytest.raises(StaleWrite):
        await change(command(expected_version=2), world.parts)
    assert world.store.conversations["c"].version == 3


async def test_a_program_cannot_clear_where_there_is_no_conversation() -> None:
    with pytest.raises(NotFound):
        await change(command(), World().parts)


async def test_a_programs_change_that_is_refused_in_part_stores_nothing() -> None:
    world = World("booking_form")
    late = Operation(Op.SET, ("time",), value=NewValue(candidates=("23:30",)), producer=Producer.API)
    party = Operation(Op.SET, ("party_size",), value=NewValue(candidates=("3",)), producer=Producer.API)
    with pytest.raises(BadRequest) as refused:
        await change(command(operations=(late, party), create=True), world.parts)
    assert refused.value.field == "slots.time"
    assert world.store.conversations == {}


async def test_undo_by_a_program_needs_something_to_undo() -> None:
    world = World("action_nothing_to_undo")
    world.store.conversations["c"] = draft()
    with pytest.raises(NotPossible):
        await change(command(operations=(Operation(Op.UNDO, producer=Producer.API),)), world.parts)


async def test_a_conversation_that_has_ended_takes_no_more_messages() -> None:
    world = World()
    world.store.conversations["c"] = draft(ended=True)
    with pytest.raises(NotPossible):
        await converse(world.message("start|hello"), world.parts)


def helped(world: World, *answers: str, when: When = When.NEVER) -> FakeLlama:
    """Gives the world a language model that words replies, and says what it is to answer."""
    llama = FakeLlama(list(answers))
    world.parts = replace(world.parts, assist=Assist(llama, when, reply=True))
    return llama


async def test_what_a_language_model_words_is_stored_as_it_was_said() -> None:
    world, heard = World("booking_form"), list[str]()
    helped(world, "Lovely! Which day would you like to come?")
    parts = replace(world.parts, hear=heard.append)
    outcome = await converse(world.message("start|[Hanok Table](restaurant), please"), parts)
    assert outcome.replies[-1].text == "Lovely! Which day would you like to come?"
    assert "".join(heard) == "\n".join(reply.text for reply in outcome.replies)
    assert await converse(world.message("start|[Hanok Table](restaurant), please"), world.parts) == outcome
    assert outcome.model_version == "annotated@1 fake@1"


async def test_nothing_is_heard_of_a_turn_that_is_not_stored() -> None:
    world, heard = World("booking_form"), list[str]()

    async def refuse(*_: object, **__: object) -> None:
        raise StaleWrite("somebody was first")

    world.store.save = refuse  # type: ignore[method-assign]
    with pytest.raises(StaleWrite):
        await converse(world.message("start|a table"), replace(world.parts, hear=heard.append))
    assert heard == []


async def test_what_was_booked_is_told_by_the_domain_s_own_text() -> None:
    world = World("action_commit", "action_report_done")
    llama = helped(world, "All set, see you!")
    world.confirming()
    outcome = await converse(world.message("affirm|yes"), world.parts)
    assert (outcome.conversation.commits.created, llama.seen) == (1, [])
    assert outcome.replies[-1].text.startswith("Booked: ")


async def test_a_language_model_that_is_down_is_told_and_costs_the_turn_nothing() -> None:
    world = World("booking_form")
    llama = helped(world, when=When.ALWAYS)
    llama.down = True
    outcome = await converse(world.message("start|[Hanok Table](restaurant), please"), world.parts)
    assert outcome.degraded
    assert outcome.conversation.value("restaurant") == "hanok_table"
    assert len(llama.seen) == 1, "it is not asked for a reply after it failed to read"
