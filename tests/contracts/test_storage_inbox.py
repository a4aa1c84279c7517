"""What every store promises about the inbox, and about claiming rows in general."""

from datetime import datetime
from typing import Any

import pytest

from bot.domain.errors import LeaseLost
from bot.messages import Request
from bot.ports import TicketFilter
from bot.queues import Receipt
from tests.conftest import LEASE, AnyStore
from tests.support.samples import HOUR, MINUTE, NOW, a_request, a_ticket


def test_a_request_comes_back_as_it_was_stored(store: AnyStore) -> None:
    request = a_request("m1", text="hé 😀", values={"a": "b"}, files=("x",), thread="1.0", calls_us=True)
    assert list(store.inbox.put([request], NOW)) == [True]
    assert claim(store) == [request]


def test_a_request_is_stored_once_per_workspace_and_key(store: AnyStore) -> None:
    assert list(put(store, "a", "b", "a")) == [True, True, False]
    assert list(put(store, "b", "c")) == [False, True]
    assert list(store.inbox.put([a_request("a", workspace="T2")], NOW)) == [True]
    assert list(store.inbox.put([], NOW)) == []
    assert [(each.workspace, each.key) for each in claim(store)] == [("T1", "a"), ("T1", "b"), ("T1", "c"), ("T2", "a")]


def test_a_request_that_was_handled_is_still_known(store: AnyStore) -> None:
    put(store, "a")
    store.inbox.finish(take(store), "handled")
    assert list(put(store, "a")) == [False]
    assert claim(store, NOW + HOUR) == []


def test_no_more_are_claimed_than_asked_for_and_the_oldest_first(store: AnyStore) -> None:
    put(store, "a", "b", "c")
    assert keys(store.inbox.claim(NOW, 2)) == ["a", "b"]
    assert keys(store.inbox.claim(NOW, 2)) == ["c"]


def test_a_held_request_waits_until_its_time(store: AnyStore) -> None:
    store.inbox.put([a_request("form")], NOW, held_until=NOW + MINUTE)
    assert claim(store, NOW) == []
    assert [each.key for each in claim(store, NOW + MINUTE)] == ["form"]


def test_a_released_request_is_ready_at_once_and_knows_its_view(store: AnyStore) -> None:
    store.inbox.put([a_request("form", text="x")], NOW, held_until=NOW + MINUTE)
    store.inbox.release("T2", "form", "V9")
    store.inbox.release("T1", "form", "V1")
    assert claim(store, NOW) == [a_request("form", text="x", view="V1")]
    store.inbox.release("T1", "form", "V2")
    store.inbox.release("T1", "unknown", "V2")
    assert claim(store, NOW + LEASE) == [a_request("form", text="x", view="V1")]


def test_a_claimed_row_is_nobody_elses_until_its_lease_runs_out(store: AnyStore) -> None:
    put(store, "a")
    first = take(store)
    assert store.inbox.claim(NOW + LEASE - MINUTE / 60, 1) == []
    second = take(store, NOW + LEASE)
    assert (first.attempts, second.attempts) == (1, 2)
    assert second.fence > first.fence


def test_who_lost_the_lease_can_settle_nothing(store: AnyStore) -> None:
    put(store, "a")
    lost, ours = take(store), take(store, NOW + LEASE)
    with pytest.raises(LeaseLost):
        store.inbox.finish(lost, "handled")
    with pytest.raises(LeaseLost):
        store.inbox.retry(lost, NOW, "again")
    with pytest.raises(LeaseLost):
        store.inbox.park(lost, NOW, "mend me")
    store.inbox.finish(ours, "handled")
    with pytest.raises(LeaseLost):
        store.inbox.finish(ours, "twice")


def test_a_late_settlement_counts_while_nobody_else_has_claimed_the_row(store: AnyStore) -> None:
    put(store, "a")
    store.inbox.finish(take(store), "handled")
    assert claim(store, NOW + LEASE + HOUR) == []


def test_a_row_to_be_tried_again_waits_until_its_time(store: AnyStore) -> None:
    put(store, "a")
    store.inbox.retry(take(store), NOW + MINUTE, "rate limited")
    assert claim(store, NOW) == []
    assert take(store, NOW + MINUTE).attempts == 2


def test_rows_of_one_lane_are_handled_in_their_order(store: AnyStore) -> None:
    lane = {"conversation": "C1", "thread": "1.0"}
    store.inbox.put([a_request("a", **lane), a_request("b", **lane), a_request("c", **lane), a_request("x")], NOW)
    assert keys(claimed := store.inbox.claim(NOW, 10)) == ["a", "x"]
    assert claim(store) == []
    store.inbox.retry(claimed[0][0], NOW + MINUTE, "again")
    assert claim(store) == []
    store.inbox.finish(take(store, NOW + MINUTE), "handled")
    assert keys(store.inbox.claim(NOW, 10)) == ["b"]


def test_lanes_of_two_workspaces_do_not_meet(store: AnyStore) -> None:
    lane = {"conversation": "C1", "thread": "1.0"}
    store.inbox.put([a_request("a", **lane), a_request("b", workspace="T2", **lane)], NOW)
    assert keys(store.inbox.claim(NOW, 10)) == ["a", "b"]


def test_a_parked_request_does_not_hold_up_its_lane(store: AnyStore) -> None:
    lane = {"conversation": "C1", "thread": "1.0"}
    store.inbox.put([a_request("a", **lane), a_request("b", **lane)], NOW)
    store.inbox.park(take(store), NOW + HOUR, "no scope")
    second = take(store)
    assert second.id == 2
    assert claim(store, NOW + HOUR) == [a_request("a", **lane)]  # b's lease ran out by then, and a is earlier


def test_of_one_lane_only_one_row_is_in_work_even_after_parking(store: AnyStore) -> None:
    lane = {"conversation": "C1", "thread": "1.0"}
    store.inbox.put([a_request("a", **lane), a_request("b", **lane)], NOW)
    store.inbox.park(take(store), NOW + MINUTE / 2, "no scope")
    second = take(store)
    assert claim(store, NOW + MINUTE / 2) == []
    store.inbox.finish(second, "handled")
    assert [each.key for each in claim(store, NOW + MINUTE / 2)] == ["a"]


def test_parked_rows_are_listed_with_their_reason(store: AnyStore) -> None:
    put(store, "a", "b")
    receipt = take(store)
    store.inbox.park(receipt, NOW + HOUR, "missing_scope: reinstall the app")
    (parked,) = store.inbox.parked()
    assert (parked.queue, parked.id, parked.workspace) == ("inbox", receipt.id, "T1")
    assert (parked.why, parked.since) == ("missing_scope: reinstall the app", NOW)
    assert store.outbox.parked() == []


def test_waking_makes_the_parked_rows_of_one_workspace_ready(store: AnyStore) -> None:
    store.inbox.put([a_request("a"), a_request("b", workspace="T2")], NOW)
    for receipt, _ in store.inbox.claim(NOW, 2):
        store.inbox.park(receipt, NOW + HOUR, "no scope")
    assert (store.inbox.wake("T1", NOW), store.inbox.wake("T1", NOW)) == (1, 0)
    assert [each.key for each in claim(store)] == ["a"]
    assert [each.workspace for each in store.inbox.parked()] == ["T2"]


def test_a_unit_of_work_settles_its_row_when_it_commits(store: AnyStore) -> None:
    put(store, "a")
    with store.inbox.working_on(take(store))() as uow:
        uow.tickets.add(a_ticket())
    assert claim(store, NOW + HOUR) == []
    assert count_tickets(store) == 1


def test_a_unit_of_work_that_fails_leaves_its_row_claimed(store: AnyStore) -> None:
    put(store, "a")
    receipt = take(store)
    with pytest.raises(ZeroDivisionError), store.inbox.working_on(receipt)() as uow:
        uow.tickets.add(a_ticket())
        raise ZeroDivisionError
    assert count_tickets(store) == 0
    store.inbox.retry(receipt, NOW, "failed")
    assert [each.key for each in claim(store)] == ["a"]


def test_a_unit_of_work_whose_lease_is_lost_stores_nothing(store: AnyStore) -> None:
    put(store, "a")
    lost, ours = take(store), take(store, NOW + LEASE)
    with pytest.raises(LeaseLost), store.inbox.working_on(lost)() as uow:
        uow.tickets.add(a_ticket())
    assert count_tickets(store) == 0
    with store.inbox.working_on(ours)() as uow:
        uow.tickets.add(a_ticket())
    with pytest.raises(LeaseLost), store.inbox.working_on(ours)() as uow:
        uow.tickets.add(a_ticket())
    assert count_tickets(store) == 1


def put(store: AnyStore, *names: str, **given: Any) -> list[bool]:
    return list(store.inbox.put([a_request(name, **given) for name in names], NOW))


def take(store: AnyStore, at: datetime = NOW) -> Receipt:
    ((receipt, _),) = store.inbox.claim(at, 1)
    return receipt


def claim(store: AnyStore, at: datetime = NOW) -> list[Request]:
    return [request for _, request in store.inbox.claim(at, 100)]


def keys(claimed: Any) -> list[str]:
    return [request.key for _, request in claimed]


def count_tickets(store: AnyStore) -> int:
    with store.unit_of_work() as uow:
        return len(uow.tickets.search("T1", TicketFilter()))
