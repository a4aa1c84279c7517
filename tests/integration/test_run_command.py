"""The command line as a person meets it: one start, one end, and words that say what to do."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from bot.domain.escalation import Escalation, Reason
from bot.domain.people import Side
from bot.domain.workspace import Channel
from bot.now import utc_now
from bot.platforms.slack.manifest import SCOPES
from storage.engine import make_engine
from storage.store import Store
from tests.support.command_line import ROOT, Practice, clean_environment, is_running, type_command
from tests.support.local_slack import MARKETING, TEAM, free_port
from tests.support.samples import HOUR, a_post, a_ticket
from tests.support.stage import Stage, strict_stage
from tests.support.workspace import wait_for

# A second start takes 3 s at most on a quiet machine; the bound leaves room for a busy one.
SECOND_START_S = 30.0  # far above the second and a half it takes: a machine may be busy
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "secret"}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """A bot with its practice workspace that runs meanwhile."""
    with Practice(tmp_path_factory.mktemp("running")) as running:
        yield running


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A workspace behind the strict proxy."""
    with strict_stage() as stage:
        yield stage


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, what it wrote to standard output and to standard error."""

    code: int
    out: str
    err: str


Typed = Callable[..., Ended]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """`python -m bot …` in this process, which is quicker: (settings, arguments …) -> how it ended."""

    def type_here(settings: dict[str, str], *arguments: str) -> Ended:
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            patch.setattr(sys, "argv", ["bot", *arguments])
            patch.setattr(os, "environ", clean_environment(tmp_path, settings))
            with pytest.raises(SystemExit) as ended:
                main()
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return type_here


def test_ctrl_c_ends_bot_and_sandbox_and_a_second_start_is_quick(tmp_path: Path) -> None:
    with Practice(tmp_path) as first:
        children = first.children()
        assert children
        assert first.interrupt() == 0
        assert "Stopped. The sandbox starts fresh next time." in first.said
    wait_for(lambda: not any(map(is_running, children)))
    for port in (first.port, first.sandbox_port):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
    with Practice(tmp_path, first.settings) as second:
        print(f"\nsecond start: {second.took_s:.2f} s until the welcome")
        assert second.took_s < SECOND_START_S
        assert f"Open     http://127.0.0.1:{first.sandbox_port}\n" in second.said
        assert second.interrupt() == 0


def test_a_second_process_on_the_same_data_folder_is_refused(practice: Practice, tmp_path: Path) -> None:
    settings = {"DATA_DIR": practice.data_folder, "PORT": str(free_port()), "SANDBOX_PORT": str(free_port())}
    said = refused(tmp_path, settings)
    assert f"IT Liaison runs already on the data folder {practice.data_folder}." in said
    assert "Stop that one first (Ctrl-C)" in said


@pytest.mark.parametrize("setting", ["PORT", "SANDBOX_PORT"])
def test_a_port_that_is_taken_is_named_with_what_to_set(setting: str, practice: Practice, tmp_path: Path) -> None:
    taken = str(practice.port)
    said = refused(tmp_path, {"PORT": str(free_port()), "SANDBOX_PORT": str(free_port()), setting: taken})
    assert taken in said
    assert setting in said.partition(taken)[2]


def test_a_data_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    said = refused(tmp_path, {})
    assert f"{tmp_path / 'data'} can't be written" in said
    assert "DATA_DIR" in said


def test_a_sandbox_that_is_not_installed_says_what_to_run(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for part in ("bot", "handlers", "storage", "prompts"):
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    said = refused(tmp_path, {"PYTHONPATH": str(copy), "PORT": str(free_port())})
    assert "The Slack sandbox is not installed" in said
    assert "make install" in said


@pytest.mark.parametrize(("option", "allowed"), [("--mode", "socket, http"), ("--role", "all, web, worker, scheduler")])
def test_an_unknown_word_for_an_option_is_answered_with_the_known_ones(option: str, allowed: str, typed: Typed) -> None:
    assert typed({}, "run", option, "banana") == Ended(1, "", f"✗ {option} is one of {allowed}, not “banana”.\n")


def test_a_demo_that_runs_faster_is_for_the_sandbox_only(typed: Typed) -> None:
    ended = typed(TOKENS, "run", "--speed", "600")
    assert (ended.code, ended.out) == (1, "")
    assert "--speed is for the sandbox only: real chats live in real time." in ended.err


def test_a_speed_out_of_reach_is_refused(typed: Typed) -> None:
    words = "✗ --speed is a number from 1 (real time) to 3600 (an hour a second).\n"
    assert typed({}, "run", "--speed", "0") == Ended(1, "", words)


def test_http_mode_asks_for_its_signing_secret(tmp_path: Path) -> None:
    settings = {**TOKENS, "SLACK_SIGNING_SECRET": "", "PORT": str(free_port())}
    said = refused(tmp_path, settings, "--mode", "http")
    assert "HTTP mode needs SLACK_SIGNING_SECRET" in said
    assert "Basic Information" in said


def test_socket_mode_asks_for_its_app_token(tmp_path: Path) -> None:
    said = refused(tmp_path, {**TOKENS, "SLACK_APP_TOKEN": "", "PORT": str(free_port())})
    assert "Socket Mode needs SLACK_APP_TOKEN" in said
    assert "connections:write" in said


def test_the_manifest_is_json_with_every_scope_and_command(typed: Typed) -> None:
    printed = typed({}, "manifest", "slack")
    assert printed.code == 0
    manifest = json.loads(printed.out)
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == {scope.name for scope in SCOPES}
    assert manifest["features"]["slash_commands"][0]["command"] == "/itcheck"
    assert manifest["settings"]["socket_mode_enabled"]


def test_the_manifest_for_http_asks_for_the_public_address(typed: Typed) -> None:
    printed = typed({}, "manifest", "slack", "--mode", "http")
    assert printed.code == 1
    assert "PUBLIC_URL" in printed.err


def test_doctor_without_tokens_is_content_and_tells_the_way_to_a_real_workspace(typed: Typed) -> None:
    told = typed({}, "doctor")
    assert told.code == 0
    assert "the bot starts the practice workspace" in told.out
    assert "README" in told.out
    assert told.out.endswith("All is well.\n")


def test_doctor_with_everything_in_place_finds_nothing(stage: Stage, typed: Typed) -> None:
    told = typed(stage.proxy.environment(), "doctor")
    assert told.code == 0, told.out
    for words in ("It opens the workspace Acme", f"All {len(SCOPES)} are granted", "Socket Mode can be used", "Clock"):
        assert words in told.out
    assert "✗" not in told.out


def test_doctor_with_a_revoked_token_says_how_to_get_another(stage: Stage, typed: Typed) -> None:
    stage.proxy.revoke()
    try:
        told = typed(stage.proxy.environment(), "doctor")
    finally:
        stage.proxy.restore()
    assert told.code == 1
    assert "✗ Bot token" in told.out
    assert "SLACK_BOT_TOKEN" in told.out
    assert told.out.endswith("1 to mend.\n")


def test_doctor_names_a_missing_scope_with_its_reason(stage: Stage, typed: Typed) -> None:
    whole = stage.proxy.scopes
    stage.proxy.scopes = whole - {"reactions:read"}
    try:
        told = typed(stage.proxy.environment(), "doctor")
    finally:
        stage.proxy.scopes = whole
    assert told.code == 1
    assert "Missing: reactions:read (open a ticket for a message somebody marked" in told.out
    assert "install the app again" in told.out


def test_doctor_lists_a_parked_post_with_its_cause(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    store = Store(make_engine(f"sqlite:///{tmp_path / 'data' / 'liaison.db'}"), utc_now)
    store.migrate()
    with store.unit_of_work() as uow:
        uow.outbox.put([a_post("greeting", workspace=TEAM)])
    [(receipt, _)] = store.outbox.claim(utc_now(), 1)
    store.outbox.park(receipt, utc_now() + HOUR, f"I am not in the channel {MARKETING}.")
    store.close()
    told = typed({}, "doctor")
    assert told.code == 1
    assert "✗ Waiting in the outbox" in told.out
    assert f"I am not in the channel {MARKETING}. (since " in told.out
    assert "tried again" in told.out


def test_doctor_lists_an_escalation_that_found_nobody(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    store = Store(make_engine(f"sqlite:///{tmp_path / 'data' / 'liaison.db'}"), utc_now)
    store.migrate()
    with store.unit_of_work() as uow:
        uow.workspaces.save_channel(Channel(TEAM, MARKETING, listening=True))
        ticket = uow.tickets.add(a_ticket(workspace=TEAM))
        asked = Escalation(TEAM, ticket.number, "asked:1", Side.IT, Reason.PROCESS, "it is stuck", "U1", utc_now())
        uow.escalations.save(asked.park("nobody is named as CIO"))
    store.close()
    told = typed({}, "doctor")
    assert told.code == 1
    assert "✗ Escalation of IT-1: it is stuck; nobody is named as CIO (asked " in told.out
    assert "→ Name somebody with /itcheck people." in told.out


def refused(folder: Path, settings: dict[str, str], *options: str) -> str:
    """What `run` says when it gives up: in words on standard error, without a traceback."""
    ended = type_command(folder, settings, "run", *options)
    assert ended.returncode == 1, ended.stdout
    assert ended.stderr.startswith("✗ ")
    assert "Traceback" not in ended.stderr
    return ended.stderr


TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "banana"}, "PORT can't be used"),
        (TOKENS | {"DATABASE_URL": "nonsense"}, "DATABASE_URL is no"),
        (
            {"DATABASE_URL": "mysql://x/y", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"},
            "SQLite or Postgre",
        ),
        (TOKENS | {"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none"}, "Check DATABASE_URL"),
    ],
)
def test_settings_that_cannot_be_used_are_named(tmp_path: Path, settings: dict[str, str], words: str) -> None:
    result = type_command(tmp_path, settings, "run")
    assert result.returncode == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr
