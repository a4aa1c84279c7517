"""What `doctor` says of a tenant, and the package the command line writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import manifest
from bot.domain.errors import Invalid
from bot.findings import Finding
from bot.platforms.teams.access import TeamsAccess
from bot.platforms.teams.checkup import check_up
from bot.ports.places import CHANNEL, Place
from tests.support.local_slack import MARKETING
from tests.support.memory_places import MemoryPlaces
from tests.support.teams_chat import access_of
from tests.support.teams_connector import Connector
from tests.support.teams_world import APP, TEAM, TENANT, acme

ADDRESS = "https://bot.example"


@pytest.fixture
def connector() -> Iterator[Connector]:
    with Connector(acme()) as started:
        yield started


def found(access: TeamsAccess, memory: MemoryPlaces, address: str = ADDRESS) -> dict[str, Finding]:
    told = check_up(access, memory, [(MARKETING, "marketing")], address)
    return {one.what: one for one in told}


def known(connector: Connector) -> MemoryPlaces:
    memory = MemoryPlaces()
    memory.keep(Place(TENANT, MARKETING, CHANNEL, connector.service_url, "marketing", TEAM))
    return memory


def test_a_tenant_that_is_well_has_nothing_to_mend(connector: Connector) -> None:
    seen = found(access_of(connector), known(connector))
    assert [one.what for one in seen.values() if one.well is False] == []
    assert {name for name, one in seen.items() if one.well} == {
        "Teams app", "Microsoft's keys", "Teams admins", "Channel marketing"
    }  # fmt: skip
    assert f"{ADDRESS}/teams/messages" in seen["Address"].words


def test_each_thing_that_is_not_well_says_what_mends_it(connector: Connector) -> None:
    access = access_of(connector)
    wrong = replace(access, secret="wrong", app_id="liaison", openid_url="http://127.0.0.1:9/openidconfiguration")
    seen = found(replace(wrong, admins=frozenset()), MemoryPlaces(), "http://bot.example")
    sick = {name for name, one in seen.items() if one.well is False}
    assert sick == {"TEAMS_APP_ID", "Teams app", "Microsoft's keys", "Address", "Channel marketing"}
    assert all(seen[name].mend for name in sick)
    assert seen["Teams admins"].well is None


def test_a_channel_the_app_was_removed_from_is_named(connector: Connector) -> None:
    memory = known(connector)
    del connector.world.channels[MARKETING]
    seen = found(access_of(connector), memory)["Channel marketing"]
    assert (seen.well, "Add the app" in seen.mend) == (False, True)


def test_the_command_line_writes_the_package_or_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, out = typer.Typer(), tmp_path / "app.zip"
    app.callback()(lambda: None)
    manifest.register(app)
    words = ["manifest", "teams", "--out", str(out)]
    monkeypatch.setenv("TEAMS_APP_ID", APP)
    monkeypatch.setenv("PUBLIC_URL", "http://bot.example")
    assert isinstance(CliRunner().invoke(app, words).exception, Invalid)
    monkeypatch.setenv("PUBLIC_URL", ADDRESS)
    assert CliRunner().invoke(app, words).exit_code == 0
    assert out.read_bytes().startswith(b"PK")
