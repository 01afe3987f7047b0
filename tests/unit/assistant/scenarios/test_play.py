from __future__ import annotations

import pytest

from assistant.client import connected
from assistant.errors import Unavailable
from assistant.scenarios.files import Scenario
from assistant.scenarios.play import play

BASE = {"id": "T1", "clock": "2026-06-10T14:00:00+09:00", "time_zone": "Asia/Seoul"}


def scenario(*turns, **more):
    return Scenario.model_validate(
        {**BASE, **more, "turns": [{"state": "collecting", **turn} for turn in turns]}, strict=False
    )


async def played(server, what, mode="en", name="n"):
    async with connected(server.target) as client:
        return await play(client, what, mode, name=name)


def wrong(result):
    return {turn.number: [one.what for one in turn.differences] for turn in result.turns if not turn.right}


async def test_every_turn_is_compared_and_a_wrong_one_does_not_stop_the_play(server):
    what = scenario(
        {"say": {"en": "set time 19:00"}, "slots": {"time": "19:00"}},
        {"say": {"en": "clear time"}, "slots": {"time": "19:00"}},
        {"say": {"en": "hello"}, "slots": {}, "cleared": ["time"]},
    )
    result = await played(server, what)
    assert wrong(result) == {2: ["slots", "cleared"]}
    assert [turn.said for turn in result.turns] == ["set time 19:00", "clear time", "hello"]


async def test_mixed_takes_the_languages_in_turns_and_expects_a_name_in_the_script_that_gave_it(server):
    name = {"en": "Kim", "ko": "김"}
    what = scenario(
        {"say": {"en": "set name Kim", "ko": "set name 김"}, "slots": {"name": name}},
        {"say": {"en": "hello", "ko": "안녕하세요 가"}, "slots": {"name": name}},
        {"say": {"en": "clear name", "ko": "clear name"}, "slots": {}, "cleared": ["name"]},
        {"say": {"en": "set name Kim", "ko": "set name 김; say 네"}, "slots": {"name": name}},
    )
    result = await played(server, what, "mixed")
    assert result.right
    assert [turn.language for turn in result.turns] == ["en", "ko", "en", "ko"]
    assert result.turns[-1].wanted.slots == {"name": "김"}


async def test_a_turn_without_a_text_in_the_language_is_left_out(server):
    what = scenario(
        {"say": {"en": "set time 1"}, "slots": {"time": "1"}},
        {"say": {"ko": "set time 2; say 네"}, "slots": {"time": "2"}, "fresh": True},
        {"say": {"en": "hello", "ko": "say 네"}, "slots": {"time": "2"}, "fresh": False},
    )
    assert [turn.number for turn in (await played(server, what, "ko")).turns] == [2, 3]


async def test_the_message_carries_its_clock_and_no_language(server):
    clock = "2026-06-10T15:01:00+09:00"
    what = scenario({"say": {"en": "a"}, "slots": {}}, {"say": {"en": "b"}, "slots": {}, "clock": clock})
    await played(server, what)
    first, second = server.requests
    assert first.now.ToJsonString() == "2026-06-10T05:00:00Z"
    assert second.now.ToJsonString() == "2026-06-10T06:01:00Z"
    assert (first.locale, first.time_zone) == ("", "Asia/Seoul")


async def test_start_fills_slots_and_books_before_bookings_are_counted(server):
    start = {"slots": {"party_size": 3}, "party": {"adults": 2, "children": 1}, "booked": True}
    party = {"adults": 2, "children": 1}
    none = {"created": 0, "modified": 0, "cancelled": 0}
    what = scenario(
        {"say": {"en": "hello"}, "slots": {"party_size": 3}, "party": party, "state": "booked", "bookings": none},
        start=start,
    )
    assert (await played(server, what)).right


async def test_fresh_opens_another_conversation_with_the_start_of_the_file_or_its_own(server):
    what = scenario(
        {"say": {"en": "set date 1"}, "slots": {"time": "1", "date": "1"}},
        {"say": {"en": "hello"}, "slots": {"time": "1"}, "fresh": True},
        {"say": {"en": "hello"}, "slots": {}, "fresh": True, "start": {}, "user": "other"},
        start={"slots": {"time": "1"}},
    )
    result = await played(server, what)
    assert result.right
    assert len({turn.conversation for turn in result.turns}) == 3
    assert [request.user_id for request in server.requests] == ["n-user", "n-user", "n-user-other"]


async def test_a_call_is_made_with_the_versions_that_were_seen_and_its_status_is_compared(server):
    clear = {"rpc": "ClearSlots", "names": ["time"]}
    what = scenario(
        {
            "call": {**clear, "expected_version": "start"},
            "version_change": 1,
            "slots": {},
            "cleared": ["time"],
        },
        {
            "call": {**clear, "expected_version": "start"},
            "code": "ABORTED",
            "version_change": 0,
            "slots": {},
            "cleared": ["time"],
        },
        {
            "call": {"rpc": "SetSlots", "slots": {"name": {"en": "Kim", "ko": "김"}}, "expected_version": "current"},
            "slots": {"name": {"en": "Kim", "ko": "김"}},
            "cleared": ["time"],
        },
        start={"slots": {"time": "1"}},
    )
    result = await played(server, what, "ko")
    assert wrong(result) == {}
    assert result.turns[-1].wanted.slots == {"name": "김"}


async def test_values_that_start_cannot_set_are_a_difference_of_the_first_turn(server):
    what = scenario({"say": {"en": "hello"}, "slots": {}}, start={"slots": {"nope": "1"}})
    assert wrong(await played(server, what)) == {1: ["start"]}


async def test_a_message_that_fails_is_a_difference(server):
    what = scenario({"say": {"en": "fail"}, "slots": {}})
    assert wrong(await played(server, what)) == {1: ["code"]}


async def test_nobody_can_be_seated_at_a_full_start_while_the_scenario_is_played(server):
    free = []
    what = scenario(
        {"say": {"en": "hello"}, "slots": {}},
        fixtures={"full": [{"restaurant": "here", "date": "2026-06-12", "time": "19:00"}]},
    )

    async def watch(turn):
        free.append(server._free("here", "2026-06-12"))

    async with connected(server.target) as client:
        await play(client, what, "en", name="n", watch=watch)
    assert free == [[]]


async def test_nothing_of_a_scenario_is_left_behind(server):
    earlier = {"restaurant": "here", "date": "2026-06-13", "time": "19:00", "party_size": 2}
    what = scenario(
        {"say": {"en": "Yes."}, "slots": {"time": "1"}, "state": "booked"},
        {"say": {"en": "fail"}, "slots": {}, "fresh": True},
        fixtures={"full": [{"restaurant": "here", "date": "2026-06-12", "time": "19:00"}]},
        start={"slots": {"time": "1"}, "profile": {"name": "Kim"}, "earlier_booking": earlier},
    )
    await played(server, what)
    assert server.standing() == []
    assert len(server.bookings) > 3
    assert server.conversations == {}
    assert server.profiles == {"n-user": {}}


async def test_a_server_that_is_not_there_is_named(unused_tcp_port):
    async with connected(f"127.0.0.1:{unused_tcp_port}") as client:
        with pytest.raises(Unavailable, match=f"127.0.0.1:{unused_tcp_port}: nobody answers"):
            await client.wait_until_serving(0.3)
