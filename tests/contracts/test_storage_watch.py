"""What every store promises about many tickets at once: those with a clock to be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.escalation import Escalation, Reason
from bot.domain.events import What
from bot.domain.people import Side
from bot.domain.sla import ClockKind
from bot.messages import MessageRef
from bot.ports import Watched
from tests.conftest import AnyStore
from tests.support.samples import DAY, HOUR, MINUTE, NOW, a_clock, a_post, a_ticket


def test_a_ticket_is_due_once_however_many_of_its_clocks_are(store: AnyStore) -> None:
    add(store, 3)
    look_at(store, 1, NOW, NOW - MINUTE)
    look_at(store, 2, NOW - HOUR, None)
    look_at(store, 3, NOW + MINUTE, None)
    assert due(store, NOW, 10) == [2, 1]
    assert due(store, NOW, 1) == [2]
    assert due(store, NOW - DAY, 10) == []


def test_a_due_ticket_comes_with_all_its_clocks_and_their_looks(store: AnyStore) -> None:
    add(store, 1)
    look_at(store, 1, None, NOW)
    with store.unit_of_work() as uow:
        (one,) = uow.watch.claim(NOW, 10)
        assert one.ticket.number == 1
        assert list(zip(one.clocks, one.look_at, strict=True)) == [
            (a_clock(kind=ClockKind.FIRST_RESPONSE), NOW),
            (a_clock(), None),
        ]


def test_what_was_looked_at_is_stored_with_its_events_ladder_and_next_looks(store: AnyStore) -> None:
    add(store, 2)
    for number in (1, 2):
        look_at(store, number, NOW, NOW)
    with store.unit_of_work() as uow:
        seen = uow.watch.claim(NOW, 10)
        uow.watch.save([passed(one) for one in seen])
    assert due(store, NOW + DAY, 10) == [1, 2]
    with store.unit_of_work() as uow:
        assert uow.tickets.get("T1", 2).revision == seen[1].ticket.revision == 1
        assert [clock.is_breached for clock in uow.clocks.of("T1", 2)] == [True, True]
        assert What.BREACHED in [event.what for event in uow.log.events("T1", 2)]
        assert uow.escalations.of("T1", 1) == [escalation(1)]
        assert [one.ladder for one in uow.watch.claim(NOW + DAY, 10)] == [[escalation(1)], [escalation(2)]]


def test_of_updates_of_many_messages_put_at_once_each_gives_way_to_its_own_newer_one(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.outbox.put([a_post(one) for one in "abc"])
    for receipt, item in store.outbox.claim(NOW, 10):
        store.outbox.sent(receipt, MessageRef("C1", item.post.key), NOW)
    with store.unit_of_work() as uow:
        uow.outbox.put([a_post(f"{one}:1", update_of=one) for one in "ab"])
        uow.outbox.put([a_post(f"{one}:{number}", update_of=one) for number in (2, 3) for one in "ab"])
        uow.outbox.put([a_post("c:1", update_of="c")])
    assert sorted(item.post.key for _, item in store.outbox.claim(NOW, 10)) == ["a:3", "b:3", "c:1"]


def passed(one: Watched) -> Watched:
    one.ticket.note_sla(What.BREACHED, NOW, ClockKind.RESOLUTION, "due time passed")
    clocks = [clock.breach(NOW) for clock in one.clocks]
    return Watched(one.ticket, clocks, [NOW + DAY, None], [escalation(one.ticket.number)])


def escalation(number: int) -> Escalation:
    return Escalation("T1", number, "breach", Side.IT, Reason.BREACH, "late", "", NOW, look_at=NOW)


def due(store: AnyStore, now: datetime, limit: int) -> list[int]:
    with store.unit_of_work() as uow:
        return numbers(uow.watch.claim(now, limit))


def numbers(found: Iterable[Watched]) -> list[int]:
    return [one.ticket.number for one in found]


def add(store: AnyStore, count: int) -> None:
    with store.unit_of_work() as uow:
        for _ in range(count):
            uow.tickets.add(a_ticket())


def look_at(store: AnyStore, number: int, resolution: datetime | None, first: datetime | None) -> None:
    with store.unit_of_work() as uow:
        clocks = [a_clock(), a_clock(kind=ClockKind.FIRST_RESPONSE)]
        uow.clocks.save("T1", number, clocks, [resolution, first])
