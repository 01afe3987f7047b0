"""The commands that play and talk, against the fake server; each runs in this process as the command line would run it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant.cli import app

RIGHT = """\
id: T1
title: "all [is] right"
clock: 2026-06-10T14:00:00+09:00
time_zone: Asia/Seoul
turns:
  - say: {en: "set time 19:00", ko: "set time 19:00; say 네"}
    slots: {time: "19:00"}
    state: collecting
"""
BAD = RIGHT + "    stat: x\n"
WRONG = RIGHT.replace("id: T1", "id: T2").replace('slots: {time: "19:00"}', 'slots: {time: "20:00"}')


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "right.yaml").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    return tmp_path


def run(*arguments, **more):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], **more)


def test_all_right_is_0_and_anything_wrong_is_1(server, folder):
    assert run("test", folder / "right.yaml", "--target", server.target).exit_code == 0
    done = run("test", folder, "--target", server.target)
    assert done.exit_code == 1, done.stderr
    assert "time=20:00" in done.stdout


def test_only_and_lang_choose_what_is_played(server, folder):
    done = run("test", folder, "--target", server.target, "--only", "T1", "--lang", "ko,en", "--json", "-")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert [(one["id"], one["mode"]) for one in found["scenarios"]] == [("T1", "en"), ("T1", "ko")]
    assert found["target"] == server.target


def test_results_are_written_to_a_file(server, folder):
    run("test", folder / "right.yaml", "--target", server.target, "--json", folder / "out.json", "--repeat", 2)
    found = json.loads((folder / "out.json").read_text())
    assert found["repeats"] == 2
    assert found["totals"]["all"]["turns"] == 6
    assert found["unstable"] == []


def test_a_slot_that_the_domain_has_not_is_2_and_named_before_a_server_is_started(tmp_path):
    (tmp_path / "odd.yaml").write_text(RIGHT.replace("slots: {time:", "slots: {tiem:"), encoding="utf-8")
    done = run("test", tmp_path / "odd.yaml")
    assert done.exit_code == 2
    assert "odd.yaml:7: turns.0.slots.tiem: in the domain restaurant 'tiem' is not known here" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.yaml"], "nowhere.yaml: there is no such file or folder"),
        (["{folder}", "--only", "T9"], "--only: there is no scenario 'T9'; there are T1, T2"),
        (["{folder}", "--lang", "fr"], "--lang: 'fr'"),
        (["{folder}/bad.yaml"], "bad.yaml:9: turns.0.stat: 'stat' is not known here; did you mean 'start'?"),
    ],
)
def test_unusable_input_is_2_and_named(folder, arguments, said):
    arguments = [argument.format(folder=folder) for argument in arguments]
    if "bad" in arguments[0]:
        (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    done = run("test", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_server_that_does_not_answer_is_2_and_named(folder, unused_tcp_port, monkeypatch):
    monkeypatch.setattr("assistant.commands.test.READY_WITHIN", 0.3)
    done = run("test", folder, "--target", f"127.0.0.1:{unused_tcp_port}")
    assert done.exit_code == 2
    assert f"127.0.0.1:{unused_tcp_port}: nobody answers" in done.stderr


def test_chat_sends_what_is_typed_and_shows_reply_and_slots(server):
    typed = "set time 19:00\n\nsay [hello] there\nfail\nclear time\n"
    done = run("chat", "--target", server.target, "--now", "2026-06-10T14:00:00+09:00", "--user", "u", input=typed)
    assert done.exit_code == 0
    assert [request.text for request in server.requests] == [
        "set time 19:00",
        "say [hello] there",
        "fail",
        "clear time",
    ]
    assert {(request.user_id, request.now.ToJsonString()) for request in server.requests} == {
        ("u", "2026-06-10T05:00:00Z")
    }
    assert "time 19:00" in done.stdout
    assert "[hello] there" in done.stdout
    assert "INTERNAL: internal error" in done.stdout
    assert "time cleared" in done.stdout


def test_chat_says_when_there_is_no_server(unused_tcp_port):
    done = run("chat", "--target", f"127.0.0.1:{unused_tcp_port}", input="hi\n")
    assert done.exit_code == 1
    assert "no server answers there" in done.stderr


@pytest.mark.parametrize("arguments", [["--lang", "fr"], ["--now", "noon"], ["--now", "2026-06-10T14:00:00"]])
def test_chat_refuses_what_it_cannot_use(arguments):
    done = run("chat", *arguments)
    assert done.exit_code == 2
    assert arguments[0] in done.stderr
