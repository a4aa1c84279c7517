"""A Bot Connector for tests: Bot Framework's REST over HTTP on the loopback, with its bad days.

It also publishes the keys its tokens are signed with, and gives the bot its own token for the right secret.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.strict_cards import faults_of
from tests.support.teams_world import ADMINS, APP, BOT, ISSUER, SECRET, TENANT, Message, Signer, World

Json = dict[str, Any]
Answer = tuple[int, Json | list[Any]]

ROOT = ";messageid="
MOST_BYTES = 28_000
PASS = "the-pass-of-the-bot"
PAGE = 4


@dataclass
class Fault:
    """What happens to the next calls whose method and path match: refused with a status, or done and not told."""

    match: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    after: bool = False  # the work is done first
    times: int = 1


class Connector:
    """The service of one tenant; a context manager. `faults` are used up; `calls` are method and path, in order."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.signer = Signer()
        self.faults: list[Fault] = []
        self.calls: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Ours", (Handler,), {"connector": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Connector:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def service_url(self) -> str:
        """Where the bot is told to speak."""
        return f"{self.url}/service/"

    def environment(self) -> dict[str, str]:
        """The settings that lead a bot here."""
        return {
            "PUBLIC_URL": "https://bot.example",
            "TEAMS_APP_ID": APP,
            "TEAMS_APP_SECRET": SECRET,
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_ADMINS": ADMINS,
            "TEAMS_SERVICE_URL": self.service_url,
            "TEAMS_LOGIN_URL": f"{self.url}/login",
            "TEAMS_OPENID_URL": f"{self.url}/v1/.well-known/openidconfiguration",
            "TEAMS_ISSUER": ISSUER,
            "TEAMS_GRAPH_URL": f"{self.url}/graph/v1.0",
        }

    def fault(self, call: str) -> Fault | None:
        """The fault for a call, used up by it."""
        with self.world.lock:
            found = next((one for one in self.faults if re.search(one.match, call)), None)
            if found is not None:
                found.times -= 1
                if found.times <= 0:
                    self.faults.remove(found)
            return found

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """What the service answers to one call."""
        if path == "/v1/.well-known/keys":
            return 200, self.signer.keys
        if path == f"/login/{TENANT}/oauth2/v2.0/token":
            return _token(body)
        if headers.get("authorization") != f"Bearer {PASS}":
            return _error(401, "Unauthorized")
        for pattern, methods in _ROUTES.items():
            found = re.fullmatch(pattern, path)
            if found and method in methods:
                told = json.loads(body) if body else {}
                with self.world.lock:
                    return methods[method](self, *(unquote(one) for one in found.groups()), told)
        return _error(404, "NotFound")

    def create(self, told: Json) -> Answer:
        """Begin a conversation with one person."""
        person = told["members"][0]["id"]
        if told.get("tenantId") != TENANT or person not in self.world.people:
            return _error(400, "BadArgument")
        if person in self.world.blocked:
            return _error(403, "ConversationBlockedByUser")
        return 201, {"id": self.world.direct(person)}

    def post(self, where: str, told: Json) -> Answer:
        """A new message, in a thread where the conversation's id says so."""
        conversation, _, root = where.partition(ROOT)
        refused = self._refused(conversation, told)
        if refused:
            return refused
        if root and not any(one.id == root for one in self.world.here(conversation)):
            return _error(404, "ActivityNotFoundInConversation")
        made = Message(self.world.next_id(), conversation, BOT, told.get("text") or "", root, _card(told))
        self.world.messages.append(made)
        return 201, {"id": made.id}

    def update(self, where: str, message: str, told: Json) -> Answer:
        """Another card in the place of one."""
        conversation = where.partition(ROOT)[0]
        refused = self._refused(conversation, told)
        if refused:
            return refused
        for one in self.world.here(conversation):
            if one.id == message and one.author == BOT:
                one.versions.append(one.card or {})
                one.text, one.card = told.get("text") or "", _card(told)
                return 200, {"id": message}
        return _error(404, "ActivityNotFoundInConversation")

    def member(self, conversation: str, person: str, _: Json) -> Answer:
        """One member, by id or by the id in Entra."""
        channel = self.world.channels.get(conversation)
        if channel is None:
            return _error(404, "ConversationNotFound")
        for one in channel["members"]:
            if one in self.world.people and person in (one, self.world.people[one]["aad"]):
                return 200, self.world.member(one)
        return _error(404, "MemberNotFoundInConversation")

    def members(self, conversation: str, _: Json, token: str = "") -> Answer:
        """A page of members, which is shorter than what was asked for."""
        channel = self.world.channels.get(conversation)
        if channel is None:
            return _error(404, "ConversationNotFound")
        start = int(token or 0)
        here = [one for one in channel["members"] if one in self.world.people]
        page: Json = {"members": [self.world.member(one) for one in here[start : start + PAGE]]}
        return 200, page | ({"continuationToken": str(start + PAGE)} if start + PAGE < len(here) else {})

    def team(self, team: str, _: Json) -> Answer:
        """A team with its id in Entra."""
        return 200, {"id": team, "name": "Marketing", "aadGroupId": f"group-{team}"}

    def history(self, group: str, channel: str, _: Json) -> Answer:
        """What begins a thread in a channel, newest first; only where the team consented."""
        if group in self.world.withheld:
            return _error(403, "Forbidden")
        roots = [one for one in self.world.here(channel) if not one.root]
        return 200, {"value": [self.world.shown(one) for one in reversed(roots)]}

    def replies(self, group: str, channel: str, root: str, _: Json) -> Answer:
        """What stands in a thread, newest first."""
        inside = [one for one in self.world.here(channel) if one.root == root]
        return 200, {"value": [self.world.shown(one) for one in reversed(inside)]}

    def one(self, group: str, channel: str, message: str, _: Json) -> Answer:
        """One message that begins a thread."""
        found = [one for one in self.world.here(channel) if one.id == message and not one.root]
        return (200, self.world.shown(found[0])) if found else _error(404, "NotFound")

    def channels(self, team: str, _: Json) -> Answer:
        """A team's channels; the first has no name."""
        here = [(name, one) for name, one in self.world.channels.items() if one["team"] == team]
        return 200, {"conversations": [{"id": name, "name": one["name"]} for name, one in here]}

    def _refused(self, conversation: str, told: Json) -> Answer | None:
        if conversation not in self.world.channels:
            return _error(404, "ConversationNotFound")
        if conversation in self.world.blocked:
            return _error(403, "BotNotInConversationRoster")
        if len(json.dumps(told, ensure_ascii=False).encode()) > MOST_BYTES:
            self.world.violations.append(f"too big: {len(json.dumps(told))}")
            return _error(413, "MessageSizeTooBig")
        self.world.violations += faults_of(_card(told))
        return None


def _card(told: Json) -> Json | None:
    attached = told.get("attachments") or []
    return attached[0]["content"] if attached else None


def _token(body: bytes) -> Answer:
    told = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    good = {"grant_type": "client_credentials", "client_id": APP, "client_secret": SECRET}
    if any(told.get(name) != value for name, value in good.items()):
        return 401, {"error": "invalid_client"}
    return 200, {"token_type": "Bearer", "expires_in": 3600, "access_token": PASS}


def _error(status: int, code: str) -> Answer:
    return status, {"error": {"code": code, "message": code}}


_GRAPH = "/graph/v1.0/teams/([^/]+)/channels/([^/]+)/messages"
_HERE = "/service/v3/conversations"
_ROUTES: dict[str, dict[str, Callable[..., Answer]]] = {
    _HERE: {"POST": Connector.create},
    f"{_HERE}/([^/]+)/activities": {"POST": Connector.post},
    f"{_HERE}/([^/]+)/activities/([^/]+)": {"PUT": Connector.update},
    f"{_HERE}/([^/]+)/pagedMembers": {"GET": Connector.members},
    f"{_HERE}/([^/]+)/members/([^/]+)": {"GET": Connector.member},
    "/service/v3/teams/([^/]+)": {"GET": Connector.team},
    "/service/v3/teams/([^/]+)/conversations": {"GET": Connector.channels},
    _GRAPH: {"GET": Connector.history},
    f"{_GRAPH}/([^/]+)": {"GET": Connector.one},
    f"{_GRAPH}/([^/]+)/replies": {"GET": Connector.replies},
}


class Handler(BaseHTTPRequestHandler):
    """One connection to the connector of its class."""

    protocol_version = "HTTP/1.1"
    connector: Connector

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing is printed."""

    def _answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        parts = urlsplit(self.path)
        call = f"{method} {unquote(parts.path)}"
        self.connector.calls.append(call)
        fault = self.connector.fault(call)
        if fault is None or fault.after:
            status, told = self._told(method, parts.path, parts.query, body)
        if fault is not None and not fault.status:  # the connection breaks before the answer
            self.close_connection = True
            return
        if fault is not None:
            status, told = fault.status, {"error": {"code": "Fault"}}
        self._send(status, told, fault.headers if fault else {})

    def _told(self, method: str, path: str, query: str, body: bytes) -> Answer:
        token = parse_qs(query).get("continuationToken", [""])[0]
        if token and path.endswith("/pagedMembers"):
            return self.connector.members(unquote(path.split("/")[-2]), {}, token)
        return self.connector.answer(method, path, body, {k.lower(): v for k, v in self.headers.items()})

    def _send(self, status: int, told: Json | list[Any], headers: Mapping[str, str]) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
