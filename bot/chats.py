"""The chats of a company, wired: Slack, Microsoft Teams, or both side by side."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.errors import Invalid
from bot.now import real_now
from bot.platforms.handlers import Handlers
from bot.platforms.memory import Memory
from bot.platforms.reception import Reception
from bot.platforms.slack.access import SlackAccess
from bot.platforms.slack.adapter import SlackChat
from bot.platforms.slack.edge import SlackEdge
from bot.platforms.switchboard import Reveal, Switchboard
from bot.platforms.teams.access import PATH, TeamsAccess, emails
from bot.ports.places import KeptFile
from bot.settings import Settings
from bot.web.site import HttpEdge
from handlers.parts import always
from handlers.routing import ACTION_OF, COMMAND_OF, check_form, opens_form

if TYPE_CHECKING:
    from bot.platforms.teams.parts import TeamsParts

KeepFile = Callable[[KeptFile], str]

EVENTS_PATH = "/slack/events"
DOORS = Handlers(opens_form, check_form)


@dataclass(frozen=True, slots=True)
class Chats:
    """The chats as the core sees them, and where they come in. Each is absent where it is not configured."""

    board: Switchboard
    reception: Reception
    access: SlackAccess | None
    slack: SlackChat | None
    teams: TeamsParts | None

    def listen(self) -> SlackEdge | None:
        """Where Slack comes in."""
        if self.slack is None or self.access is None:
            return None
        return SlackEdge(self.reception, self.slack, self.access, DOORS, real_now)

    def posted(self, slack: SlackEdge | None) -> Mapping[str, HttpEdge]:
        """Who answers what the chats post to us, by path."""
        edges: dict[str, HttpEdge] = {}
        if slack is not None and self.access is not None and not self.access.app_token:
            edges[EVENTS_PATH] = slack.handle_http
        if self.teams is not None:
            edges[PATH] = self.teams.edge.handle_http
        return edges


def make_chats(
    settings: Settings,
    memory: Memory,
    access: SlackAccess | None,
    reception: Reception,
    keep_file: KeepFile,
    reveal: Reveal,
) -> Chats:
    """The chats that are configured. `access`: to Slack; `keep_file`: keeps a file for Teams, and gives its address;
    `reveal`: finds who asked anonymously.

    Raises Invalid where half of Teams' settings are missing.
    """
    slack = SlackChat(access.bot_token, access.api_url, pace=access.pace) if access else None
    teams = _teams(settings, memory, reception, keep_file)
    board = Switchboard(slack, {settings.teams_tenant_id: teams.chat} if teams else {}, reveal)
    return Chats(board, reception, access, slack, teams)


def teams_access(settings: Settings) -> TeamsAccess:
    """The app in Teams that the settings name. Raises Invalid where something of it is missing."""
    secret = settings.teams_app_secret.get_secret_value()
    for name, value in (("TEAMS_APP_SECRET", secret), ("TEAMS_TENANT_ID", settings.teams_tenant_id)):
        if not value:
            raise Invalid(f"Teams needs {name} beside TEAMS_APP_ID. docs/teams.md says where it stands.")
    return TeamsAccess(
        settings.teams_app_id,
        secret,
        settings.teams_tenant_id,
        emails(settings.teams_admins),
        settings.teams_service_url,
        settings.teams_login_url.rstrip("/"),
        settings.teams_openid_url,
        settings.teams_issuer,
        settings.teams_graph_url.rstrip("/"),
    )


def _teams(settings: Settings, memory: Memory, reception: Reception, keep_file: KeepFile) -> TeamsParts | None:
    """What speaks with Teams; Microsoft's packages are loaded only where it is configured."""
    if not settings.has_teams:
        return None
    with warnings.catch_warnings(action="ignore"):  # of parts of Microsoft's packages that nobody uses here
        from bot.platforms.teams.parts import Words, make_parts  # noqa: PLC0415 - takes long to load

    words = Words(frozenset(COMMAND_OF), _fetches)
    return make_parts(teams_access(settings), memory, words, keep_file, (reception, DOORS, real_now))


def _fetches(action: str) -> bool:
    """Whether the button of an action opens a form, whatever it is pressed on."""
    return action in ACTION_OF and ACTION_OF[action].opens_form is always
