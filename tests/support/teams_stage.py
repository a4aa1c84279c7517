"""Everything a test of the whole bot in Teams needs: the connector and the people, in the shape of Slack's stage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.teams_connector import Connector
from tests.support.teams_people import TeamsPeople
from tests.support.teams_world import acme


@dataclass(frozen=True)
class TeamsProxy:
    """What stands between the bot and the people."""

    connector: Connector
    people: TeamsPeople

    @property
    def violations(self) -> list[str]:
        """What Teams would have refused or shown wrong."""
        return self.connector.world.violations

    def environment(self) -> dict[str, str]:
        """The settings that lead a bot here."""
        return self.connector.environment()

    def lead_to(self, port: int) -> None:
        """Post to the bot on this port of the loopback."""
        self.people.endpoint = f"http://127.0.0.1:{port}/teams/messages"

    def inject_shortcut(self, user: str, channel: str, ts: str, name: str) -> None:
        """Take a message action."""
        self.people.take_action(user, channel, ts, name)

    def inject_join(self, channel: str, user: str) -> None:
        """Add the bot to the team of a channel."""
        self.people.join(user, channel)


@dataclass(frozen=True)
class TeamsStage:
    """A tenant with its people."""

    proxy: TeamsProxy
    workspace: TeamsPeople


@contextmanager
def teams_stage() -> Iterator[TeamsStage]:
    """Start the connector of the Acme tenant, end it afterwards."""
    with Connector(acme()) as connector:
        people = TeamsPeople(connector)
        try:
            yield TeamsStage(TeamsProxy(connector, people), people)
        finally:
            people.close()
