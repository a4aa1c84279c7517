"""The sandbox starts, answers, ends, and says what to do when it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.errors import Permanent
from bot.messages import Address, Card
from bot.platforms.slack.adapter import SlackChat
from bot.platforms.slack.sandbox import IT_LIAISON, LIAISON, MARKETER, MARKETING, TEAM, Sandbox
from tests.support.local_slack import find_binary, free_port
from tests.support.workspace import wait_for

ROOT = Path(__file__).parents[2]
STARTER = """
import sys, time
from pathlib import Path
from bot.platforms.slack.sandbox import Sandbox
box = Sandbox(int(sys.argv[1]), Path(sys.argv[2]))
box.start()
print(box.pid, flush=True)
time.sleep(60)
"""


def test_the_ready_made_workspace_can_be_spoken_to() -> None:
    with Sandbox(free_port(), find_binary()) as sandbox:
        chat = SlackChat(sandbox.access.bot_token, sandbox.api_url)
        assert chat.identity.workspace == TEAM
        assert chat.channel_name(TEAM, MARKETING) == "marketing"
        assert {one.id for one in chat.members(TEAM, MARKETING)} >= {MARKETER, LIAISON}
        assert MARKETER not in {one.id for one in chat.members(TEAM, IT_LIAISON)}
        assert chat.post(TEAM, Address(MARKETING), Card(text=("hello",)), "k").message
        pid = sandbox.pid
    assert pid is not None
    assert sandbox.pid is None
    assert not runs(pid)


def test_a_port_in_use_is_named_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Permanent) as refused:
            Sandbox(port, find_binary()).start()
    assert str(port) in refused.value.words
    assert "SANDBOX_PORT" in refused.value.mend


def test_a_sandbox_that_is_not_installed_says_how(tmp_path: Path) -> None:
    with pytest.raises(Permanent) as refused:
        Sandbox(free_port(), tmp_path / "missing").start()
    assert "make install" in refused.value.mend


def test_it_ends_when_the_program_is_killed() -> None:
    command = [sys.executable, "-c", STARTER, str(free_port()), str(find_binary())]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        assert runs(pid)
        starter.send_signal(signal.SIGKILL)
    wait_for(lambda: not runs(pid))


def runs(pid: int) -> bool:
    """Whether a process is there (a zombie that nobody has waited for does not count)."""
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
