"""A tenant of Microsoft Teams for tests: who and what there is, and Microsoft's signature on what it says."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from html import escape
from itertools import count
from threading import RLock
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.support.local_slack import ADMIN, GENERAL, GUEST, IT_MANAGER, IT_PRIVATE, LIAISON, MARKETING, PEOPLE

Json = dict[str, Any]

TENANT = "11111111-2222-3333-4444-555555555555"
APP = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
SECRET = "the-secret-of-the-app"
BOT = f"28:{APP}"
ISSUER = "https://issuer.test"
TEAM = GENERAL  # a team's id is that of its first channel
KEY_ID = "key-1"
ZONE = "Europe/Berlin"
FIRST_MESSAGE = 1_764_000_000_000


def email(person: str) -> str:
    """Somebody's address."""
    return f"{person.lower()}@acme.example"


@dataclass
class Message:
    """What stands in a conversation. `card`: an Adaptive Card; `root`: of its thread, empty for one that begins it."""

    id: str
    conversation: str
    author: str
    text: str = ""
    root: str = ""
    card: Json | None = None
    versions: list[Json] = field(default_factory=list)


@dataclass
class World:
    """People, channels (with their members) and messages. Its methods may be called from any thread."""

    people: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    withheld: set[str] = field(default_factory=set)  # groups that did not consent to reading
    blocked: set[str] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)
    lock: RLock = field(default_factory=RLock)
    _ids: Any = field(default_factory=lambda: count(FIRST_MESSAGE))

    def next_id(self) -> str:
        """The id of a new message: a time in milliseconds."""
        return str(next(self._ids))

    def direct(self, person: str) -> str:
        """The id of somebody's conversation with the bot; begun if there is none."""
        with self.lock:
            name = f"a:{person}"
            self.channels.setdefault(name, {"kind": "personal", "name": "", "team": "", "members": [person]})
            return name

    def here(self, conversation: str) -> list[Message]:
        """What stands in a conversation, oldest first."""
        with self.lock:
            return [one for one in self.messages if one.conversation == conversation]

    def message(self, conversation: str, message: str) -> Message:
        """One message. LookupError."""
        found = [one for one in self.here(conversation) if one.id == message]
        if not found:
            raise LookupError(f"no message {message} in {conversation}")
        return found[0]

    def shown(self, message: Message) -> Json:
        """A message as Graph shows it."""
        told: Json = {"id": message.id, "body": {"contentType": "html", "content": f"<p>{escape(message.text)}</p>"}}
        told |= {"lastModifiedDateTime": datetime.now(UTC).isoformat(), "deletedDateTime": None, "attachments": []}
        if message.author == BOT:
            content = json.dumps(message.card, indent=2)
            card = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
            return told | {"from": {"application": {"id": APP}}, "attachments": [card]}
        return told | {"from": {"user": {"id": self.people[message.author]["aad"]}}}

    def member(self, person: str) -> Json:
        """Somebody as the roster tells of them."""
        role = "guest" if self.people[person].get("guest") else "user"
        who = self.people[person]
        return {
            "id": person,
            "aadObjectId": who["aad"],
            "name": who["name"],
            "email": email(person),
            "userPrincipalName": email(person),
            "tenantId": TENANT,
            "userRole": role,
        }


def acme() -> World:
    """The tenant the journeys play in: Slack's people and channels under the same ids, which mean nothing to a bot."""
    people: dict[str, Json] = {
        one: {"name": name, "aad": f"aad-{one}", "guest": one == GUEST} for one, _, name, _ in PEOPLE
    }
    everyone = list(people)
    channels: dict[str, Json] = {
        MARKETING: {"kind": "channel", "name": "marketing", "team": TEAM, "members": everyone},
        GENERAL: {"kind": "channel", "name": None, "team": TEAM, "members": everyone},
        IT_PRIVATE: {"kind": "channel", "name": "it-liaison", "team": IT_PRIVATE, "members": [LIAISON, IT_MANAGER]},
    }
    return World(people, channels)


ADMINS = email(ADMIN)


@cache
def own_key(name: str) -> rsa.RSAPrivateKey:
    """A key, made once in a test run, for making one takes a while."""
    return rsa.generate_private_key(65537, 2048)


@dataclass
class Signer:
    """Microsoft's keys: what it signs is good, whatever it says."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: own_key(KEY_ID))

    @property
    def keys(self) -> Json:
        """The public half, as it is published."""
        public = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": KEY_ID, "use": "sig", "alg": "RS256", "endorsements": ["msteams"]}]}

    def token(self, service_url: str, **claims: object) -> str:
        """A token as the Bot Connector sends it; `claims` take the place of its own."""
        now = int(time.time())
        told: Json = {"iss": ISSUER, "aud": APP, "iat": now, "nbf": now, "exp": now + 3600, "serviceurl": service_url}
        kept = {name: value for name, value in (told | claims).items() if value is not None}
        return jwt.encode(kept, self.key, algorithm="RS256", headers={"kid": KEY_ID})


def mentions(text: str, world: World) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """Text with `<@id>` in it as Teams sends it, and its mention entities."""
    entities = []
    for person in {*world.people, BOT}:
        name = "IT Liaison" if person == BOT else world.people[person]["name"]
        if f"<@{person}>" in text:
            text = text.replace(f"<@{person}>", f"<at>{name}</at>")
            entities.append({"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": person, "name": name}})
    return text, entities
