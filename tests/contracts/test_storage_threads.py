"""What every store promises when many work with it at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, Lock
from typing import TypeVar

from bot.domain.errors import Conflict, LeaseLost
from bot.ports import TicketFilter, Watched
from tests.conftest import LEASE, AnyStore
from tests.support.samples import NOW, a_clock, a_post, a_request, a_ticket

T = TypeVar("T")
THREADS = 8


def at_once(work: Callable[[int], T], threads: int = THREADS) -> list[T]:
    """Run work(0) to work(threads - 1) in as many threads that start together; their results."""
    barrier = Barrier(threads)

    def run(number: int) -> T:
        barrier.wait(timeout=30)
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def test_tickets_opened_at_once_are_numbered_without_gaps_or_doubles(store: AnyStore) -> None:
    def open_some(_: int) -> list[int]:
        numbers = []
        for attempt in range(6):
            with suppress(ZeroDivisionError), store.unit_of_work() as uow:
                number = uow.tickets.add(a_ticket()).number
                if attempt % 2:
                    raise ZeroDivisionError
                numbers.append(number)
        return numbers

    numbers = [number for mine in at_once(open_some) for number in mine]
    assert sorted(numbers) == list(range(1, 3 * THREADS + 1))


def test_a_search_after_the_intake_lock_sees_every_ticket_there_is(store: AnyStore) -> None:
    def open_unless_there(_: int) -> bool:
        with store.unit_of_work() as uow:
            uow.lock_intake("T1")
            if uow.tickets.search("T1", TicketFilter(topic="canva", only_open=True)):
                return False
            uow.tickets.add(a_ticket(topic="canva"))
            return True

    assert sum(at_once(open_unless_there)) == 1


def test_no_change_to_a_ticket_is_lost(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.tickets.add(a_ticket())

    def change(number: int) -> None:
        for attempt in range(4):
            with store.unit_of_work() as uow:
                ticket = uow.tickets.get("T1", 1)
                ticket.join(f"U{number}.{attempt}", NOW, "")
                uow.tickets.save(ticket)

    at_once(change)
    with store.unit_of_work() as uow:
        assert len(uow.tickets.get("T1", 1).followers) == 4 * THREADS
        assert len(uow.log.events("T1", 1)) == 4 * THREADS


def test_of_many_who_save_the_same_revision_one_wins(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.tickets.add(a_ticket())
    seen = []
    for _ in range(THREADS):
        with store.unit_of_work() as uow:
            seen.append(uow.tickets.get("T1", 1))

    def save(number: int) -> bool:
        try:
            with store.unit_of_work() as uow:
                uow.tickets.save(seen[number])
        except Conflict:
            return False
        return True

    assert sum(at_once(save)) == 1


def test_a_request_put_by_many_at_once_is_new_to_one(store: AnyStore) -> None:
    keys = [f"k{number}" for number in range(40)]

    def put(number: int) -> int:
        order = keys if number % 2 else keys[::-1]
        return sum(store.inbox.put([a_request(key) for key in order], NOW))

    assert sum(at_once(put)) == len(keys)
    assert len(store.inbox.claim(NOW, 100)) == len(keys)


def test_two_claimers_never_get_the_same_row(store: AnyStore) -> None:
    store.inbox.put([a_request(f"k{number}") for number in range(60)], NOW)

    def work(_: int) -> list[str]:
        handled = []
        while claimed := store.inbox.claim(NOW, 3):
            for receipt, request in claimed:
                store.inbox.finish(receipt, "handled")
                handled.append(request.key)
        return handled

    handled = [key for mine in at_once(work) for key in mine]
    assert len(handled) == len(set(handled))
    assert store.inbox.claim(NOW + LEASE, 100) == []
    assert len(handled) == 60


def test_posts_of_one_lane_leave_in_their_order_however_many_send(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.outbox.put([a_post(f"{lane}{n:02}", lane=lane) for n in range(12) for lane in "abc"])
    sent: list[str] = []
    guard = Lock()

    def work(_: int) -> None:
        while len(sent) < 36:
            for receipt, outbound in store.outbox.claim(NOW, 2):
                with guard:
                    sent.append(outbound.post.key)
                store.outbox.sent(receipt, None, NOW)

    at_once(work, 4)
    for lane in "abc":
        assert [key for key in sent if key[0] == lane] == [f"{lane}{n:02}" for n in range(12)]


def test_of_all_who_held_a_row_only_the_last_one_settles_it(store: AnyStore) -> None:
    store.inbox.put([a_request("k")], NOW)
    held = [store.inbox.claim(NOW + LEASE * n, 1)[0][0] for n in range(THREADS)]

    def settle(number: int) -> bool:
        try:
            with store.inbox.working_on(held[number])() as uow:
                uow.tickets.add(a_ticket())
        except LeaseLost:
            return False
        return True

    assert at_once(settle) == [False] * (THREADS - 1) + [True]
    with store.unit_of_work() as uow:
        assert len(uow.tickets.search("T1", TicketFilter())) == 1


def test_a_slot_is_claimed_by_one_of_many(store: AnyStore) -> None:
    def claim(_: int) -> bool:
        with store.unit_of_work() as uow:
            return uow.occurrences.claim("T1", "agenda", "2026-W47", NOW)

    assert sum(at_once(claim)) == 1


def test_a_due_ticket_is_handled_by_one_of_many(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for _ in range(12):
            number = uow.tickets.add(a_ticket()).number
            uow.clocks.save("T1", number, [a_clock()], [NOW])

    def sweep(_: int) -> list[int]:
        handled = []
        for _ in range(20):
            with store.unit_of_work() as uow:
                due = uow.watch.claim(NOW, 1)
                uow.watch.save([Watched(one.ticket, one.clocks, [None]) for one in due])
                handled += [one.ticket.number for one in due]
        return handled

    assert sorted(number for mine in at_once(sweep) for number in mine) == list(range(1, 13))
