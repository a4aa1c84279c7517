"""What it takes to speak with one Teams tenant, and whom to believe."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

PATH = "/teams/messages"
LOGIN = "https://login.microsoftonline.com"
OPENID = "https://login.botframework.com/v1/.well-known/openidconfiguration"
GRAPH = "https://graph.microsoft.com/v1.0"
ISSUER = "https://api.botframework.com"
SCOPE = "https://api.botframework.com/.default"
# Microsoft's public cloud and its government clouds (Bot Connector's and Teams' own hosts).
HOSTS = (
    "smba.trafficmanager.net",
    "botframework.com",
    "smba.infra.gcc.teams.microsoft.com",
    "smba.infra.gov.teams.microsoft.us",
    "smba.infra.dod.teams.microsoft.us",
)


@dataclass(frozen=True, slots=True)
class TeamsAccess:
    """One app in one tenant: its id and secret (Entra), the tenant's id, which is the workspace too.

    `admins`: e-mail addresses, in lower case, of who may set the bot up. `service_url`: one more service that is
    taken for Microsoft's. `login_url`, `openid_url`, `issuer`: where tokens come from and who signs them, `graph_url`:
    where messages are read again; a cloud of its own has its own.
    """

    app_id: str
    secret: str = field(repr=False)
    tenant: str
    admins: frozenset[str] = frozenset()
    service_url: str = ""
    login_url: str = LOGIN
    openid_url: str = OPENID
    issuer: str = ISSUER
    graph_url: str = GRAPH

    @property
    def bot(self) -> str:
        """Our own id in a conversation."""
        return f"28:{self.app_id}"

    def is_microsofts(self, service_url: str) -> bool:
        """Whether a service address is one of Microsoft's (https only), or the one named besides."""
        if self.service_url and service_url.rstrip("/") == self.service_url.rstrip("/"):
            return True
        parts = urlsplit(service_url)
        host = (parts.hostname or "").lower()
        return parts.scheme == "https" and any(host == one or host.endswith(f".{one}") for one in HOSTS)


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def emails(words: str) -> frozenset[str]:
    """E-mail addresses from a list with commas, in lower case."""
    return frozenset(one.strip().lower() for one in words.split(",") if one.strip())
