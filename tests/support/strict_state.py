"""What the strict proxy knows and remembers: faults to play, calls, violations, deliveries."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.support.local_slack import LocalSlack

Json = dict[str, Any]

EVENTS = "events_api"
COMMANDS = "slash_commands"
INTERACTIVE = "interactive"


@dataclass(frozen=True)
class Faults:
    """What goes wrong, and how often: rates from 0 to 1, drawn from one seeded source; times in seconds.

    limited answers 429, failed 500, lost closes the connection after the server did its work; methods
    narrows these three to some methods. cut ends the connection right after a delivery; repeated delivers
    again what was acknowledged. tries is how often an event is delivered in all (one that a broken connection
    swallowed does not count); commands and clicks are never retried, as in Slack, but may be repeated. For
    picture_delay after its upload a file is refused in a message.
    """

    seed: int = 0
    limited: float = 0.0
    failed: float = 0.0
    lost: float = 0.0
    methods: frozenset[str] | None = None
    retry_after: int = 1
    cut: float = 0.0
    repeated: float = 0.0
    repeated_kinds: frozenset[str] = frozenset({EVENTS})
    ack_timeout: float = 3.0
    tries: int = 4
    retry_pause: float = 0.2
    trigger_age: float = 3.0
    picture_delay: float = 0.0


@dataclass(frozen=True)
class Call:
    """One call: its arguments, the answer, the HTTP status (0: connection closed), monotonic time."""

    method: str
    args: Json
    answer: Json
    status: int
    at: float


@dataclass(frozen=True)
class Violation:
    """What Slack would not have taken: where (a method, an answer), the error code, the messages."""

    where: str
    code: str
    messages: tuple[str, ...] = ()


@dataclass
class Delivery:
    """One payload for the bot: its key (event or trigger id), when it was sent and acknowledged."""

    key: str
    kind: str
    payload: Json
    raw: tuple[bytes, dict[str, str]] | None = None
    sent: list[float] = field(default_factory=list)
    acked_at: float | None = None
    answer: Json | None = None


@dataclass
class HookUrl:
    """A response_url: where it leads, how often it was used."""

    target: str
    uses: int = 0


class State:
    """Shared by the parts of one proxy; touched by its event loop only, read by tests."""

    def __init__(self, upstream: LocalSlack, faults: Faults, scopes: frozenset[str], base_url: str) -> None:
        self.upstream = upstream
        self.faults = faults
        self.scopes = scopes
        self.base_url = base_url
        self.revoked: set[str] = set()
        self.removed: set[str] = set()
        self.joined: set[str] = set()
        self.archived: set[str] = set()
        self.lit = asyncio.Event()
        self.lit.set()
        self.calls: list[Call] = []
        self.violations: list[Violation] = []
        self.withheld: list[Json] = []
        self.deliveries: list[Delivery] = []
        self.crashes: list[BaseException] = []
        self.ack_times: list[tuple[str, float]] = []
        self.triggers: dict[str, float | None] = {}
        self.hooks: dict[str, HookUrl] = {}
        self._random = random.Random(faults.seed)
        self._spread = random.Random(faults.seed)
        self._http: aiohttp.ClientSession | None = None

    @property
    def http(self) -> aiohttp.ClientSession:
        """The client for the server and the bot; opened inside the running loop at its first use."""
        if self._http is None:
            self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._http

    @property
    def down(self) -> bool:
        """Whether Slack is dark."""
        return not self.lit.is_set()

    async def close(self) -> None:
        """Close the client."""
        if self._http is not None:
            await self._http.close()

    def chance(self, rate: float) -> bool:
        """Whether something of this rate happens now."""
        return rate > 0 and self._random.random() < rate

    def between(self, low: float, high: float) -> float:
        """A number between the two, for what should not all happen at once."""
        return self._spread.uniform(low, high)

    def violate(self, where: str, code: str, messages: tuple[str, ...] | list[str] = ()) -> None:
        """Remember a violation."""
        self.violations.append(Violation(where, code, tuple(messages)))

    def acknowledge(self, delivery: Delivery, sent: float, answer: Json | None) -> None:
        """Remember that the bot acknowledged what was sent to it at `sent`."""
        now = time.monotonic()
        self.ack_times.append((delivery.key, now - sent))
        if delivery.acked_at is None:
            delivery.acked_at, delivery.answer = now, answer
