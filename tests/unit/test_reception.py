"""What comes in is stored in groups, and everybody who waits learns how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from bot.domain.errors import StoreUnavailable
from bot.messages import Came, Request
from bot.platforms.reception import BATCH, HOLD, Reception

NOW = datetime(2025, 11, 24, 9, tzinfo=UTC)


class Inbox:
    """Arrivals that can be made to wait, and to fail."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, datetime | None]] = []
        self.keys: set[str] = set()
        self.released: list[tuple[str, str, str]] = []
        self.gate = Event()
        self.gate.set()
        self.fails = False

    def put(self, requests: Sequence[Request], now: datetime, held_until: datetime | None = None) -> Sequence[bool]:
        self.gate.wait(5)
        if self.fails:
            raise StoreUnavailable("away")
        self.calls.append((len(requests), held_until))
        news = [request.key not in self.keys for request in requests]
        self.keys |= {request.key for request in requests}
        return news

    def release(self, workspace: str, key: str, view: str) -> None:
        self.released.append((workspace, key, view))


def request(key: object) -> Request:
    return Request("T1", "slack", str(key), Came.MESSAGE, "U1", NOW)


async def settled(reception: Reception, inbox: Inbox, count: int) -> list[bool]:
    """Take one, and while it is being stored `count` more."""
    inbox.gate.clear()
    first = asyncio.create_task(reception.take(request("first")))
    await asyncio.sleep(0)
    rest = [asyncio.create_task(reception.take(request(key))) for key in range(count)]
    await asyncio.sleep(0)
    assert reception.busy
    inbox.gate.set()
    return list(await asyncio.gather(first, *rest))


def test_what_waits_during_a_commit_shares_the_next_one() -> None:
    async def scenario() -> None:
        inbox = Inbox()
        reception = Reception(inbox, lambda: NOW)
        assert all(await settled(reception, inbox, 30))
        assert [count for count, _ in inbox.calls] == [1, 30]
        await reception.close()

    asyncio.run(scenario())


def test_a_commit_takes_two_hundred_at_most() -> None:
    async def scenario() -> None:
        inbox = Inbox()
        reception = Reception(inbox, lambda: NOW)
        await settled(reception, inbox, BATCH + 50)
        assert [count for count, _ in inbox.calls] == [1, BATCH, 50]
        await reception.close()

    asyncio.run(scenario())


def test_a_known_request_is_no_news_and_wakes_nobody() -> None:
    async def scenario() -> None:
        reception, woken = Reception(Inbox(), lambda: NOW), list[str]()
        reception.on_arrival = lambda: woken.append("woken")
        assert await reception.take(request("a"))
        assert not await reception.take(request("a"))
        assert woken == ["woken"]
        await reception.close()

    asyncio.run(scenario())


def test_a_held_request_has_three_seconds_and_a_commit_of_its_own() -> None:
    async def scenario() -> None:
        inbox = Inbox()
        reception = Reception(inbox, lambda: NOW)
        await asyncio.gather(reception.take(request("a")), reception.take(request("b"), held=True))
        assert sorted(inbox.calls, key=str) == sorted([(1, None), (1, NOW + HOLD)], key=str)
        assert timedelta(seconds=3) == HOLD
        await reception.release(request("b"), "V1")
        assert inbox.released == [("T1", "b", "V1")]
        await reception.close()

    asyncio.run(scenario())


def test_everybody_in_a_failed_commit_learns_of_it_and_the_next_one_is_tried() -> None:
    async def scenario() -> None:
        inbox = Inbox()
        reception = Reception(inbox, lambda: NOW)
        inbox.fails = True
        tasks = [asyncio.create_task(reception.take(request(key))) for key in range(3)]
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(one) for one in ended] == [StoreUnavailable] * 3
        inbox.fails = False
        assert await reception.take(request("later"))
        await reception.close()

    asyncio.run(scenario())


def test_what_waits_is_stored_before_the_reception_closes() -> None:
    async def scenario() -> None:
        inbox = Inbox()
        reception = Reception(inbox, lambda: NOW)
        task = asyncio.create_task(reception.take(request("a")))
        await asyncio.sleep(0)
        await reception.close()
        assert inbox.keys == {"a"}
        assert await task

    asyncio.run(scenario())


def test_somebody_who_gave_up_waiting_harms_nobody() -> None:
    async def scenario() -> None:
        inbox = Inbox()
        reception = Reception(inbox, lambda: NOW)
        inbox.gate.clear()
        gone, stays = (asyncio.create_task(reception.take(request(key))) for key in "ab")
        await asyncio.sleep(0)
        gone.cancel()
        inbox.gate.set()
        assert await stays
        with pytest.raises(asyncio.CancelledError):
            await gone
        await reception.close()

    asyncio.run(scenario())
