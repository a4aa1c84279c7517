"""`policy apply` and `decision export` on the database of a bot, and on the practice workspace's."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.domain.policy import Asked
from bot.domain.review import Edition, under
from bot.files import policy_text
from bot.now import utc_now
from bot.practice import SANDBOX_FILE
from storage.engine import make_engine
from storage.store import Store
from tests.builders import TEAM, a_channel
from tests.support.command_line import type_command
from tests.support.policies import draft_policy
from tests.support.samples import NOW, a_ticket


@pytest.mark.parametrize("name", ["liaison.db", SANDBOX_FILE])
def test_a_policy_is_put_before_both_sides_of_the_workspace_that_runs(tmp_path: Path, name: str) -> None:
    store, changed = a_workspace(tmp_path, name), tmp_path / "policy.yaml"
    changed.write_text(policy_text.template().replace("below: 1000,", "below: 2000,"))
    told = type_command(tmp_path, {}, "policy", "apply", str(changed))
    assert told.stdout.startswith("✓ Technology selection: version 1 waits for the yes of both sides")
    assert "who approves which amount changed" in told.stdout
    assert ("(the practice workspace of `make run`, in" in told.stderr) == (name == SANDBOX_FILE)
    with store.unit_of_work() as uow:
        latest = uow.policies.latest(TEAM)
        assert latest is not None
        assert (latest.version, latest.in_force_at) == (1, None)
        assert latest.policy.bands[0].below == 2000
    store.close()


def test_a_broken_policy_is_not_put_before_anybody(tmp_path: Path) -> None:
    store, broken = a_workspace(tmp_path, "liaison.db"), tmp_path / "policy.yaml"
    broken.write_text(policy_text.template().replace("weight: 25", "weight: 5"))
    told = type_command(tmp_path, {}, "policy", "apply", str(broken))
    assert told.returncode == 1
    assert "add up to 80" in told.stderr
    with store.unit_of_work() as uow:
        assert uow.policies.latest(TEAM) is None
    store.close()


def test_a_decision_is_exported_as_markdown(tmp_path: Path) -> None:
    store = a_workspace(tmp_path, "liaison.db")
    with store.unit_of_work() as uow:
        ticket = uow.tickets.add(a_ticket(workspace=TEAM, title="Klaviyo"))
        asked = Asked("crm", Decimal(12000))
        uow.reviews.add(under(Edition(3, draft_policy(), "U4", NOW), asked, (TEAM, ticket.number, 1), "U3", NOW))
    store.close()
    file = tmp_path / "record.md"
    told = type_command(tmp_path, {}, "decision", "export", "IT-1", "--to", str(file))
    assert told.stdout.startswith("✓ The record of IT-1 is in")
    assert file.read_text().startswith("# Decision: Klaviyo (IT-1)")
    assert "under the policy version 3, rule CORE-SYSTEM" in file.read_text()


def a_workspace(folder: Path, name: str) -> Store:
    """The database of a bot, or of the practice workspace, which holds one workspace with its managers."""
    (folder / "data").mkdir()
    store = Store(make_engine(f"sqlite:///{folder / 'data' / name}"), utc_now)
    store.migrate()
    with store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel())
        for role in (Role.MARKETING_MANAGER, Role.IT_MANAGER):
            uow.workspaces.give(TEAM, role, [f"U-{role}"])
    return store
