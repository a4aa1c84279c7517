"""The Teams adapter on a stage, without a bot around it."""

from __future__ import annotations

from bot.platforms.teams.access import TeamsAccess, emails
from bot.platforms.teams.adapter import TeamsChat
from bot.platforms.teams.kept import Kept
from bot.platforms.teams.line import Line
from bot.ports.places import CHANNEL, Acquaintance, KeptFile, Place
from tests.support.memory_places import MemoryPlaces
from tests.support.teams_connector import Connector
from tests.support.teams_world import APP, SECRET, TENANT, ZONE


def access_of(connector: Connector) -> TeamsAccess:
    """What leads to a connector."""
    told = connector.environment()
    return TeamsAccess(
        APP,
        SECRET,
        TENANT,
        emails(told["TEAMS_ADMINS"]),
        told["TEAMS_SERVICE_URL"],
        told["TEAMS_LOGIN_URL"],
        told["TEAMS_OPENID_URL"],
        told["TEAMS_ISSUER"],
        told["TEAMS_GRAPH_URL"],
    )


def chat_on(connector: Connector, memory: MemoryPlaces) -> TeamsChat:
    """The adapter, which has heard of all channels and people; buttons named `fetch_…` open forms."""
    for name, one in connector.world.channels.items():
        memory.keep(Place(TENANT, name, CHANNEL, connector.service_url, "", one["team"]))
    memory.meet([Acquaintance(TENANT, one, "", zone=ZONE) for one in connector.world.people])
    access = access_of(connector)
    kept = Kept(memory, memory, memory, memory)
    return TeamsChat(access, Line(access), kept, lambda name: name.startswith("fetch_"), address_of)


def address_of(file: KeptFile) -> str:
    """Where a file would be found."""
    return f"https://bot.example/files/{file.name}"
