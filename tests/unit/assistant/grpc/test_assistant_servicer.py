from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import grpc
import pytest

from assistant.errors import BadRelease
from assistant.pb import assistant_pb2 as pb
from assistant.reloading import Reloaded
from assistant.types import Op

OK = {"conversation_id": "c", "message_id": "m"}


async def test_a_message_is_answered_with_the_conversation_and_the_replies(running):
    answer = await running.assistant.Converse(pb.ConverseRequest(**OK, text="a table, please"))
    assert [reply.text for reply in answer.replies] == ["heard a table, please", "and?"]
    assert answer.conversation.conversation_id == "c"
    assert answer.conversation.state == pb.CONVERSATION_STATE_COLLECTING


async def test_a_streamed_answer_is_the_text_in_pieces_and_then_the_response(running):
    events = [event async for event in running.assistant.StreamConverse(pb.ConverseRequest(**OK, text="hello"))]
    assert "".join(event.partial for event in events[:-1]) == "heard hello\nand?"
    assert [event.WhichOneof("event") for event in events] == ["partial", "partial", "final"]
    assert events[-1].final.conversation.version == 1


async def test_a_piece_is_sent_while_the_turn_goes_on_and_no_piece_twice(running):
    running.turns.pieces = ("heard", " hello", "\nand?")
    running.turns.release.clear()
    call = running.assistant.StreamConverse(pb.ConverseRequest(**OK, text="hello"))
    assert [(await call.read()).partial for _ in running.turns.pieces] == list(running.turns.pieces)
    running.turns.release.set()
    last = await call.read()
    assert await call.read() is grpc.aio.EOF
    assert "\n".join(reply.text for reply in last.final.replies) == "".join(running.turns.pieces)


async def test_a_turn_whose_listener_leaves_is_stored_all_the_same(running):
    running.turns.pieces = ("heard",)
    running.turns.release.clear()
    call = running.assistant.StreamConverse(pb.ConverseRequest(**OK, text="hello"))
    await call.read()
    call.cancel()
    await asyncio.sleep(0.05)
    running.turns.release.set()
    answer = await running.assistant.Converse(pb.ConverseRequest(**OK, text="hello"))
    assert answer.conversation.version == 1
    assert running.turns.ran == [OK["message_id"]]


async def test_a_streamed_answer_fails_like_any_other(running, failing):
    failure = await failing(running.assistant.StreamConverse(pb.ConverseRequest(**OK, text=" ")).read())
    assert (failure.code, failure.field) == (grpc.StatusCode.INVALID_ARGUMENT, "text")


@pytest.mark.parametrize(
    "text",
    ["/affirm", '/inform{"time": "19:00"}', "😀🎉", "\u202eroloc", "שלום", "x" * 2000, "😀" * 2000, "a\x07b", "7"],
    ids=[
        "command",
        "command with entities",
        "emoji",
        "override",
        "Hebrew",
        "longest",
        "longest emoji",
        "bell",
        "digit",
    ],
)
async def test_odd_text_is_an_ordinary_message(running, text):
    answer = await running.assistant.Converse(pb.ConverseRequest(**OK, text=text))
    assert answer.replies[0].text == f"heard {text.replace(chr(7), ' ')}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n\t\u3000"}, "text"),
        ({"text": "\u200b\ufeff"}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "hi\0"}, "text"),
        ({"text": "\0"}, "text"),
        ({"conversation_id": ""}, "conversation_id"),
        ({"conversation_id": "x" * 129}, "conversation_id"),
        ({"conversation_id": "a\nb"}, "conversation_id"),
        ({"conversation_id": "  "}, "conversation_id"),
        ({"message_id": ""}, "message_id"),
        ({"message_id": "a\0b"}, "message_id"),
        ({"user_id": "x" * 129}, "user_id"),
        ({"locale": "fr"}, "locale"),
        ({"locale": "english"}, "locale"),
        ({"time_zone": "Asia/Atlantis"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "Asia"}, "time_zone"),
        ({"time_zone": "a\0b"}, "time_zone"),
        ({"now": {"seconds": 0}}, "now"),
        ({"now": {"seconds": 2**62}}, "now"),
        ({"now": {"seconds": 4133980800}}, "now"),
        ({"now": {"seconds": 1781067600, "nanos": -5}}, "now"),
    ],
)
async def test_a_bad_field_of_a_message_is_refused_by_name(running, failing, change, field):
    failure = await failing(running.assistant.Converse(pb.ConverseRequest(**{**OK, "text": "hello", **change})))
    assert (failure.code, failure.field) == (grpc.StatusCode.INVALID_ARGUMENT, field)
    assert failure.reason == "BAD_REQUEST"
    assert not running.turns.messages


async def test_the_clients_clock_counts_where_the_server_allows_it(run):
    moment = datetime(2026, 6, 12, 3, 0, tzinfo=UTC)
    request = pb.ConverseRequest(**OK, text="hello", now={"seconds": int(moment.timestamp())})
    async with run(client_clocks=True) as running:
        await running.assistant.Converse(request)
        assert running.turns.messages[0].now == moment


async def test_the_clients_clock_is_not_even_looked_at_elsewhere(run):
    async with run(client_clocks=False) as running:
        await running.assistant.Converse(pb.ConverseRequest(**OK, text="hello", now={"seconds": -(2**62)}))
        assert running.turns.messages[0].now == running.service.parts.clock.now()


async def test_the_venues_zone_stands_in_for_a_missing_one(running):
    await running.assistant.Converse(pb.ConverseRequest(**OK, text="hello"))
    assert running.turns.messages[0].time_zone == "Asia/Seoul"


@pytest.mark.parametrize(
    ("locale", "text", "language"),
    [("ko-KR", "hello", "ko"), ("EN_us", "안녕하세요", "en"), ("", "안녕하세요", "ko"), ("", "hello", "en")],
)
async def test_a_message_is_answered_in_the_language_asked_for_or_its_own(running, locale, text, language):
    answer = await running.assistant.Converse(pb.ConverseRequest(**OK, text=text, locale=locale))
    assert answer.conversation.locale == language


async def test_slots_are_set_in_canonical_form_and_read_back(running):
    slots = {"party_size": "2+1", "phone": "01012345678", "time": "19:00", "restaurant": "hanok_table", "name": " Kim "}
    answer = await running.assistant.SetSlots(pb.SetSlotsRequest(conversation_id="c", slots=slots))
    assert answer.slots["party_size"].value == "3"
    assert dict(answer.slots["party_size"].parts) == {"adults": "2", "children": "1"}
    assert answer.slots["phone"].value == "010-1234-5678"
    assert answer.slots["name"].value == "Kim"
    assert answer.slots["date"].status == pb.SLOT_STATUS_EMPTY
    assert await running.assistant.GetConversation(pb.GetConversationRequest(conversation_id="c")) == answer


async def test_slots_reach_the_turn_in_the_order_of_the_domain(running, domain):
    slots = {"phone": "010-1234-5678", "time": "19:00", "restaurant": "hanok_table", "date": "2026-06-12"}
    await running.assistant.SetSlots(pb.SetSlotsRequest(conversation_id="c", slots=slots))
    assert [operation.slots[0] for operation in running.turns.commands[0].operations] == [
        "restaurant",
        "date",
        "time",
        "phone",
    ]


@pytest.mark.parametrize(
    ("slots", "field"),
    [
        ({}, "slots"),
        ({"nope": "1"}, "slots.nope"),
        ({"time": "19:00", "nope": "1"}, "slots.nope"),
        ({"date": "tomorrow"}, "slots.date"),
        ({"date": "20260612"}, "slots.date"),
        ({"date": "2026-02-30"}, "slots.date"),
        ({"date": "٢٠٢٦-٠٦-١٢"}, "slots.date"),
        ({"time": "7pm"}, "slots.time"),
        ({"time": "24:00"}, "slots.time"),
        ({"time": "19:00\n"}, "slots.time"),
        ({"party_size": "four"}, "slots.party_size"),
        ({"party_size": "-1"}, "slots.party_size"),
        ({"party_size": "99999"}, "slots.party_size"),
        ({"party_size": ""}, "slots.party_size"),
        ({"phone": "call me"}, "slots.phone"),
        ({"restaurant": "Hanok Table"}, "slots.restaurant"),
        ({"seating": "roof"}, "slots.seating"),
        ({"name": "  "}, "slots.name"),
        ({"name": "x" * 61}, "slots.name"),
        ({"name": "a\nb"}, "slots.name"),
    ],
)
async def test_a_value_that_is_not_canonical_is_refused_by_slot(running, failing, slots, field):
    failure = await failing(running.assistant.SetSlots(pb.SetSlotsRequest(conversation_id="c", slots=slots)))
    assert (failure.code, failure.field) == (grpc.StatusCode.INVALID_ARGUMENT, field)
    assert not running.turns.commands


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, "names"),
        ({"names": ["time"], "all": True}, "names"),
        ({"all": True, "all_except": ["time"]}, "names"),
        ({"names": ["nope"]}, "names[0]"),
        ({"names": ["time", "nope"]}, "names[1]"),
        ({"all_except": ["nope"]}, "all_except[0]"),
        ({"names": ["time"], "expected_version": -1}, "expected_version"),
        ({"names": ["time"], "request_id": "x" * 129}, "request_id"),
        ({"names": ["time"], "conversation_id": ""}, "conversation_id"),
    ],
)
async def test_a_clear_that_cannot_be_meant_is_refused_by_field(running, failing, change, field):
    failure = await failing(running.assistant.ClearSlots(pb.ClearSlotsRequest(**{"conversation_id": "c", **change})))
    assert (failure.code, failure.field) == (grpc.StatusCode.INVALID_ARGUMENT, field)


@pytest.mark.parametrize(
    ("change", "slots", "everything"),
    [
        ({"names": ["time", "date", "time"]}, ("time", "date"), False),
        ({"all": True}, (), True),
        ({"all_except": ["restaurant"]}, ("restaurant",), True),
    ],
)
async def test_a_clear_becomes_one_operation(running, change, slots, everything):
    await running.assistant.SetSlots(pb.SetSlotsRequest(conversation_id="c", slots={"time": "19:00"}))
    await running.assistant.ClearSlots(pb.ClearSlotsRequest(conversation_id="c", **change))
    (operation,) = running.turns.commands[-1].operations
    assert (operation.op, operation.slots, operation.everything) == (Op.CLEAR, slots, everything)


async def test_undo_and_redo_become_operations(running):
    await running.assistant.SetSlots(pb.SetSlotsRequest(conversation_id="c", slots={"time": "19:00"}))
    await running.assistant.UndoChange(pb.UndoChangeRequest(conversation_id="c"))
    await running.assistant.RedoChange(pb.RedoChangeRequest(conversation_id="c", request_id="r"))
    assert [command.operations[0].op for command in running.turns.commands[1:]] == [Op.UNDO, Op.REDO]
    assert running.turns.commands[2].request_id == "r"


async def test_a_stale_version_aborts_and_changes_nothing(running, failing):
    await running.assistant.SetSlots(pb.SetSlotsRequest(conversation_id="c", slots={"time": "19:00"}))
    request = pb.ClearSlotsRequest(conversation_id="c", names=["time"], expected_version=7)
    failure = await failing(running.assistant.ClearSlots(request))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ABORTED, "STALE_VERSION")
    answer = await running.assistant.GetConversation(pb.GetConversationRequest(conversation_id="c"))
    assert answer.version == 1


async def test_a_message_id_with_another_text_is_refused(running, failing):
    await running.assistant.Converse(pb.ConverseRequest(**OK, text="hello"))
    failure = await failing(running.assistant.Converse(pb.ConverseRequest(**OK, text="bye")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ALREADY_EXISTS, "KEY_REUSED")


@pytest.mark.parametrize("method", ["GetConversation", "ClearSlots", "UndoChange", "RedoChange", "EndConversation"])
async def test_an_unknown_conversation_is_not_found(running, failing, method):
    kind = getattr(pb, f"{method}Request")
    request = kind(conversation_id="c", **({"all": True} if method == "ClearSlots" else {}))
    failure = await failing(getattr(running.assistant, method)(request))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "NOT_FOUND")


async def test_an_ended_conversation_is_marked_so_and_can_be_ended_again(running):
    await running.assistant.Converse(pb.ConverseRequest(**OK, text="hello"))
    for _ in range(2):
        await running.assistant.EndConversation(pb.EndConversationRequest(conversation_id="c"))
    async with running.service.store.unit() as unit:
        assert (await unit.load("c")).ended
    assert (await running.assistant.GetConversation(pb.GetConversationRequest(conversation_id="c"))).version == 1


async def test_an_erased_conversation_is_gone(running, failing):
    await running.assistant.Converse(pb.ConverseRequest(**OK, text="hello"))
    await running.assistant.DeleteConversation(pb.DeleteConversationRequest(conversation_id="c"))
    failure = await failing(running.assistant.GetConversation(pb.GetConversationRequest(conversation_id="c")))
    assert failure.code is grpc.StatusCode.NOT_FOUND


async def test_consent_to_training_is_given_withdrawn_or_left_as_it_is(running):
    for number, consent in enumerate([{}, {"training_consent": True}, {"training_consent": False}]):
        request = pb.ConverseRequest(conversation_id="c", message_id=f"m{number}", text="hello", **consent)
        await running.assistant.Converse(request)
    assert [message.training_consent for message in running.turns.messages] == [None, True, False]


async def test_a_profile_is_kept_in_canonical_form(running, failing):
    slots = {"party_size": "2+1", "phone": "010 1234 5678"}
    kept = await running.assistant.PutProfile(pb.PutProfileRequest(user_id="u", slots=slots))
    assert dict(kept.slots) == {"party_size": "2+1", "phone": "010-1234-5678"}
    assert await running.assistant.GetProfile(pb.GetProfileRequest(user_id="u")) == kept
    failure = await failing(running.assistant.GetProfile(pb.GetProfileRequest(user_id="v")))
    assert failure.code is grpc.StatusCode.NOT_FOUND
    failure = await failing(running.assistant.PutProfile(pb.PutProfileRequest(user_id="u", slots={"nope": "x"})))
    assert failure.field == "slots.nope"


async def test_feedback_is_kept_for_a_message_that_was_answered(running, failing):
    await running.assistant.Converse(pb.ConverseRequest(**OK, text="drop the time"))
    corrected = [pb.Operation(name="clear", slots=["time"], text="the time", start=5, end=13)]
    request = pb.SubmitFeedbackRequest(**OK, rating=-1, corrected_operations=corrected, comment="it kept it")
    await running.assistant.SubmitFeedback(request)
    request.message_id = "other"
    assert (await failing(running.assistant.SubmitFeedback(request))).code is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rating": 2}, "rating"),
        ({"comment": "x" * 2001}, "comment"),
        ({"corrected_operations": [{"name": "explode"}]}, "corrected_operations[0].name"),
        ({"corrected_operations": [{"name": "clear", "slots": ["nope"]}]}, "corrected_operations[0].slots[0]"),
        ({"corrected_operations": [{"name": "adjust", "delta": "later"}]}, "corrected_operations[0].delta"),
        ({"corrected_operations": [{"name": "set", "confidence": float("nan")}]}, "corrected_operations[0].confidence"),
        ({"corrected_operations": [{"name": "clear"}] * 51}, "corrected_operations"),
        ({"message_id": ""}, "message_id"),
    ],
)
async def test_feedback_that_cannot_be_used_is_refused_by_field(running, failing, change, field):
    failure = await failing(running.assistant.SubmitFeedback(pb.SubmitFeedbackRequest(**{**OK, **change})))
    assert (failure.code, failure.field) == (grpc.StatusCode.INVALID_ARGUMENT, field)


async def test_the_domain_is_described_in_either_language(running):
    english = await running.assistant.GetDomain(pb.GetDomainRequest())
    korean = await running.assistant.GetDomain(pb.GetDomainRequest(locale="ko-KR"))
    assert [slot.name for slot in english.slots][:3] == ["restaurant", "date", "time"]
    assert [venue.name for venue in korean.venues] == ["한옥테이블", "모닝컵"]
    phone = next(slot for slot in english.slots if slot.name == "phone")
    assert (phone.required, phone.required_when) == (False, "when party_size is 8 or more")
    assert phone.prompt.endswith("Which number can we reach you at?")
    assert "Morning Cup" in english.slots[0].prompt
    assert "모닝컵" in korean.slots[0].prompt
    hanok = english.venues[0]
    assert [hours.weekday for hours in hanok.hours] == [2, 3, 4, 5, 6, 7]
    assert (hanok.hours[0].opens, hanok.hours[0].last_seating, hanok.hours[0].closes) == ("11:30", "21:00", "22:00")
    assert "ask_time" in english.acts


async def test_a_domain_in_an_unknown_language_is_refused(running, failing):
    failure = await failing(running.assistant.GetDomain(pb.GetDomainRequest(locale="xx")))
    assert (failure.code, failure.field) == (grpc.StatusCode.INVALID_ARGUMENT, "locale")


async def test_a_reload_tells_the_release_and_the_one_before(running):
    async def reload() -> Reloaded:
        return Reloaded("v2", "v1")

    running.server.late.service = replace(running.service, reload=reload)
    answer = await running.assistant.ReloadModels(pb.ReloadModelsRequest())
    assert (answer.version, answer.previous) == ("v2", "v1")


async def test_a_reload_that_is_refused_says_why(running, failing):
    async def reload() -> Reloaded:
        raise BadRelease("release v2: tagger/model.onnx was altered; v1 goes on")

    running.server.late.service = replace(running.service, reload=reload)
    failure = await failing(running.assistant.ReloadModels(pb.ReloadModelsRequest()))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "BAD_RELEASE")
    assert failure.message == "release v2: tagger/model.onnx was altered; v1 goes on"


async def test_a_reload_needs_a_token_where_the_server_wants_one(run, failing):
    async with run(tokens="sesame") as running:
        failure = await failing(running.assistant.ReloadModels(pb.ReloadModelsRequest()))
        assert failure.code is grpc.StatusCode.UNAUTHENTICATED
        known = running.assistant.ReloadModels(pb.ReloadModelsRequest(), metadata=(("authorization", "Bearer sesame"),))
        assert (await failing(known)).code is grpc.StatusCode.FAILED_PRECONDITION
