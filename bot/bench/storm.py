"""One round of the kill test. Imported late, for it needs the tests' folder."""

from __future__ import annotations

import asyncio
import json
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bot.bench.crowd import Act, make_acts, play
from bot.bench.database import fresh_database, open_furnished
from bot.bench.fleet import EVENTS_PATH, UP_S, Fleet, is_up
from bot.bench.program import wait_until
from bot.bench.promises import due_now, promise, unkept
from bot.bench.settings import bot_settings, get
from bot.bench.sizes import Sizes
from bot.bench.tally import Round, Seen, Tally, Ticket, count
from bot.domain.kinds import QUESTION
from bot.domain.people import Role
from bot.domain.workspace import Channel
from bot.now import utc_now
from bot.ports import TicketFilter
from storage.store import Store
from tests.support import local_slack as town
from tests.support.local_slack import LocalSlack, acme
from tests.support.strict_slack import Faults, StrictSlack

# Several channels and liaisons, as a team of this size has: one person is not pinged thousands of times.
PLACES = {
    town.MARKETING: town.LIAISON,
    town.GENERAL: town.IT_MANAGER,
    "C11EVENTS": town.MARKETING_MANAGER,
    "C12BRAND": town.ADMIN,
}
WRITERS = (town.MARKETER, town.MARKETER_2, town.GUEST)
BAD = 0.05  # of all calls, for each way of going wrong
RETRY_PAUSE_S = 4.0
LAST_TRY_S = 10.0  # the time-out of an acknowledgement, the longest pause, and some more
WORKED_OFF_S = 300.0  # a post that fails again and again waits longer each time
POLL_S = 0.25
SHORTEST_S = 2.0  # for which a bot is up on average
MOST = 1_000_000
CARD = re.compile(r"\b(IT-\d+) · ")

Json = dict[str, Any]
Tell = Callable[[str], None]


def play_round(one: Round, folder: Path, sizes: Sizes, tell: Tell) -> Seen:
    """Let the crowd loose on bots that are killed, wait until all is worked off, and count."""
    began = time.monotonic()
    acts = make_acts(sizes.messages, sizes.commands, list(PLACES), sizes.seed)
    with _town(one, sizes.seed) as (slack, proxy), fresh_database(one.backend, folder) as url:
        store = _furnished(url)
        settings = bot_settings(proxy.environment(), url, folder)
        with Fleet(one.bots, folder, one.mode, sizes.lease_s, settings) as fleet:
            _let_in(one, proxy, fleet)
            tell(f"{one.name}: {len(acts)} messages and commands, {sizes.kills} kills")
            _storm(slack, proxy, fleet, acts, sizes)
            tell(f"{one.name}: waiting until all is worked off")
            late = _late(store, proxy, fleet, acts)
        tally = _count(slack, proxy, store, acts, (*late, *_unkept(store, proxy)))
        store.close()
        return Seen(sum(1 for act in acts if act.title), fleet.kills, time.monotonic() - began, tally)


@contextmanager
def _town(one: Round, seed: int) -> Iterator[tuple[LocalSlack, StrictSlack]]:
    everyone = [person[0] for person in town.PEOPLE]
    known = (town.MARKETING, town.GENERAL)
    extra = [
        {"id": name, "name": name.lower(), "members": [*everyone, town.BOT]} for name in PLACES if name not in known
    ]
    faults = Faults(seed=seed, limited=BAD, failed=BAD, lost=BAD, retry_pause=RETRY_PAUSE_S)
    with (
        LocalSlack(acme("socket" if one.mode == "socket" else "events", extra_channels=extra)) as slack,
        StrictSlack(slack, faults) as proxy,
    ):
        yield slack, proxy


def _furnished(url: str) -> Store:
    now = utc_now()
    channels = [
        due_now(Channel(town.TEAM, name, name.lower(), listening=True, liaison=liaison), now)
        for name, liaison in PLACES.items()
    ]
    store = open_furnished(url, channels, {Role.LIAISON: list(PLACES.values()), Role.ADMIN: [town.ADMIN]})
    promise(store, town.TEAM, now)
    return store


def _let_in(one: Round, proxy: StrictSlack, fleet: Fleet) -> None:
    """Wait until all bots are there; over HTTP also tell the proxy where."""
    if one.mode == "socket":
        wait_until(lambda: proxy.sockets >= one.bots, UP_S, "all bots are connected")
        return
    for url in fleet.urls:
        wait_until(partial(is_up, url), UP_S, "all bots answer")
    proxy.forward_to = fleet.urls[0] + EVENTS_PATH


def _storm(slack: LocalSlack, proxy: StrictSlack, fleet: Fleet, acts: list[Act], sizes: Sizes) -> None:
    """The crowd and the kills at once, until both are through."""

    def go_to(url: str) -> None:
        if proxy.forward_to is not None:
            proxy.forward_to = url + EVENTS_PATH

    mean_s = max(SHORTEST_S, len(acts) / sizes.per_s / max(1, sizes.kills))
    killing = threading.Thread(
        target=fleet.harass, args=(sizes.kills, mean_s, random.Random(sizes.seed), go_to), name="kills"
    )
    killing.start()
    try:
        asyncio.run(play(slack.base_url, WRITERS, acts, sizes.per_s))
    finally:
        killing.join()


def _late(store: Store, proxy: StrictSlack, fleet: Fleet, acts: list[Act]) -> tuple[str, ...]:
    """Wait until nothing is on its way and both queues are empty; what is left of them when the time is up."""

    def is_over() -> bool:
        fleet.check()
        return not _on_the_way(proxy, len(acts)) and not any(_left(store)) and not _unkept(store, proxy)

    end = time.monotonic() + WORKED_OFF_S
    while not is_over():
        if time.monotonic() > end:
            inbox, outbox = _left(store)
            return (f"{inbox} requests and {outbox} posts are still waiting",)
        time.sleep(POLL_S)
    return ()


def _left(store: Store) -> tuple[int, int]:
    health = store.check()
    return health.inbox, health.outbox


def _unkept(store: Store, proxy: StrictSlack) -> list[str]:
    """Agendas and breaches that are not posted yet."""
    with store.unit_of_work() as uow:
        questions = uow.tickets.search(town.TEAM, TicketFilter(kind=QUESTION.key, limit=MOST))
    return unkept([ticket.name for ticket in questions], PLACES, frozenset(_posted(proxy)))


def _on_the_way(proxy: StrictSlack, expected: int) -> bool:
    """Whether something that people did is not delivered, and may still be tried again."""
    ours = [one for one in proxy.deliveries if _text_of(one.payload)]
    now = time.monotonic()
    waiting = [one for one in ours if one.acked_at is None and "event" in one.payload]
    return len(ours) < expected or any(not one.sent or now - one.sent[-1] < LAST_TRY_S for one in waiting)


def _text_of(payload: Json) -> str:
    """What a person wrote; nothing for all other deliveries."""
    if "command" in payload:
        return str(payload["text"])
    event = payload.get("event") or {}
    return "" if event.get("bot_id") or event.get("user") not in WRITERS else str(event.get("text") or "")


def _count(slack: LocalSlack, proxy: StrictSlack, store: Store, acts: list[Act], late: tuple[str, ...]) -> Tally:
    titles = {act.text: act.title for act in acts}
    asked = {act.title: False for act in acts if act.title}
    for one in proxy.deliveries:
        title = titles.get(_text_of(one.payload))
        if title:
            asked[title] = asked[title] or one.acked_at is not None
    with store.unit_of_work() as uow:
        found = uow.tickets.search(town.TEAM, TicketFilter(limit=10 * len(acts) + 10))
    tickets = [Ticket(ticket.name, ticket.title) for ticket in found]
    return count(asked, tickets, _cards(slack), _posted(proxy), late)


def _cards(slack: LocalSlack) -> list[str]:
    """The ticket of each card that stands in a channel."""
    cards = []
    for channel in PLACES:
        messages = json.loads(get(f"{slack.base_url}/_control/messages/{channel}"))["messages"]
        heads = [_head(message) for message in messages if message.get("subtype") != "ephemeral"]
        cards += [match[1] for head in heads if (match := CARD.search(head))]
    return cards


def _head(message: Mapping[str, Any]) -> str:
    blocks = message.get("blocks") or [{}]
    return str(blocks[0].get("text", {}).get("text", "")) if blocks[0].get("type") == "header" else ""


def _posted(proxy: StrictSlack) -> list[str]:
    """The keys of all messages that the server took, also where the bot was not told."""
    calls = proxy.calls_of("chat.postMessage")
    return [str(call.args["metadata"]["event_payload"]["key"]) for call in calls]
