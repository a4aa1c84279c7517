"""What every store promises about tickets."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import Conflict, NotFound
from bot.domain.events import What
from bot.domain.sla import Priority
from bot.domain.ticket import Place, Ticket, WaitingFor
from bot.ports import TicketFilter
from tests.conftest import AnyStore
from tests.support.samples import DAY, HOUR, NOW, a_clock, a_ticket


def test_tickets_are_numbered_from_one_in_each_workspace(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        numbers = [uow.tickets.add(a_ticket(workspace=of)).number for of in ("T1", "T1", "T2")]
    assert numbers == [1, 2, 1]


def test_a_ticket_comes_back_as_it_was_stored(store: AnyStore) -> None:
    full = a_ticket(
        topic="canva", priority=Priority.HIGH, liaison="U9", followers=("U2", "U3"), facts={"cost": "10 €"},
        starts_on=date(2026, 12, 1), level=2, outcome="yes", finished_at=NOW + HOUR, cycle=3,
        place=Place("C1", "1.0", "1.1"), waiting_for=WaitingFor.VENDOR,
    )  # fmt: skip
    add(store, full)
    assert get(store, 1) == full


def test_a_number_that_was_not_given_out_is_not_found(store: AnyStore) -> None:
    with store.unit_of_work() as uow, pytest.raises(NotFound):
        uow.tickets.get("T1", 1)


def test_saving_writes_the_change_and_its_events_and_clears_them(store: AnyStore) -> None:
    add(store, a_ticket())
    with store.unit_of_work() as uow:
        ticket = uow.tickets.get("T1", 1)
        ticket.assign("U9", NOW, "U8", "her turn")
        uow.tickets.save(ticket)
        assert ticket.pending == []
    with store.unit_of_work() as uow:
        assert [event.what for event in uow.log.events("T1", 1)] == [What.OPENED, What.ASSIGNED]
    assert (get(store, 1).liaison, get(store, 1).revision) == ("U9", 1)


def test_one_unit_of_work_may_save_a_ticket_twice(store: AnyStore) -> None:
    add(store, a_ticket())
    with store.unit_of_work() as uow:
        ticket = uow.tickets.get("T1", 1)
        for title in ("First", "Second"):
            ticket.title = title
            uow.tickets.save(ticket)
        assert uow.tickets.get("T1", 1).title == "Second"


def test_a_ticket_changed_by_somebody_else_meanwhile_is_a_conflict(store: AnyStore) -> None:
    add(store, a_ticket())
    old = get(store, 1)
    with store.unit_of_work() as uow:
        uow.tickets.save(uow.tickets.get("T1", 1))
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.tickets.save(old)


def test_a_ticket_that_is_not_there_cannot_be_saved(store: AnyStore) -> None:
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.tickets.save(a_ticket(number=7))


def test_an_exception_undoes_the_whole_unit_of_work(store: AnyStore) -> None:
    with pytest.raises(ZeroDivisionError), store.unit_of_work() as uow:
        uow.tickets.add(opened())
        uow.occurrences.claim("T1", "agenda", "2026-W47", NOW)
        raise ZeroDivisionError
    with store.unit_of_work() as uow:
        assert uow.tickets.search("T1", TicketFilter()) == []
        assert uow.log.events("T1", 1) == []
        assert uow.occurrences.last("T1", "agenda") is None
        uow.lock_intake("T1")
        assert uow.tickets.add(a_ticket()).number == 1


def test_the_newest_ticket_of_a_thread_is_found(store: AnyStore) -> None:
    add(
        store,
        a_ticket(place=Place("C1", "1.0")),
        a_ticket(place=Place("C1", "1.0")),
        a_ticket(place=Place("C2", "1.0")),
    )
    with store.unit_of_work() as uow:
        found = uow.tickets.in_thread("T1", "C1", "1.0")
        assert found is not None
        assert found.number == 2
        assert uow.tickets.in_thread("T2", "C1", "1.0") is None
        assert uow.tickets.in_thread("T1", "C1", "") is None


SEARCHES = {
    "everything": (TicketFilter(), [6, 5, 4, 3, 2, 1]),
    "a page": (TicketFilter(limit=2, offset=1), [5, 4]),
    "by kind": (TicketFilter(kind="campaign"), [2]),
    "by topic": (TicketFilter(topic="canva"), [3, 1]),
    "by open topic": (TicketFilter(topic="canva", only_open=True), [1]),
    "by requester": (TicketFilter(requester="U2"), [3, 2]),
    "by liaison": (TicketFilter(liaison="U9"), [4]),
    "involving a requester and follower": (TicketFilter(involving="U2"), [5, 3, 2]),
    "involving a liaison": (TicketFilter(involving="U9"), [4]),
    "by source message": (TicketFilter(source_message="1.1"), [1]),
    "by channel": (TicketFilter(conversation="C2"), [6]),
    "opened since": (TicketFilter(opened_since=NOW + DAY), [6]),
    "starting from": (TicketFilter(starts_from=date(2026, 12, 2)), [4]),
    "starting until": (TicketFilter(starts_until=date(2026, 12, 1)), [2]),
    "starting between": (TicketFilter(starts_from=date(2026, 12, 1), starts_until=date(2026, 12, 2)), [4, 2]),
    "several at once": (TicketFilter(requester="U1", topic="canva", only_open=True), [1]),
    "nothing": (TicketFilter(requester="U2", liaison="U9"), []),
}


@pytest.mark.parametrize("case", SEARCHES)
def test_tickets_are_searched(store: AnyStore, case: str) -> None:
    closed = a_ticket(topic="canva", requester="U2")
    closed.resolve("done", "U9", NOW)
    waiting = a_ticket(followers=("U2",))
    waiting.wait(WaitingFor.REQUESTER, "U9", NOW)
    add(
        store,
        a_ticket(topic="canva", place=Place("C1", "", "1.1")),
        a_ticket(kind="campaign", requester="U2", starts_on=date(2026, 12, 1)),
        closed,
        a_ticket(liaison="U9", starts_on=date(2026, 12, 2)),
        waiting,
        a_ticket(place=Place("C2"), opened_at=NOW + DAY),
        a_ticket(workspace="T2", topic="canva", requester="U2", liaison="U9"),
    )
    wanted, numbers = SEARCHES[case]
    with store.unit_of_work() as uow:
        assert [ticket.number for ticket in uow.tickets.search("T1", wanted)] == numbers


def test_who_is_involved_follows_the_ticket(store: AnyStore) -> None:
    add(store, a_ticket(liaison="U9", followers=("U2",)))
    with store.unit_of_work() as uow:
        ticket = uow.tickets.get("T1", 1)
        ticket.liaison, ticket.followers = "U8", ("U3",)
        uow.tickets.save(ticket)
        involved = [
            who for who in ("U1", "U2", "U3", "U8", "U9") if uow.tickets.search("T1", TicketFilter(involving=who))
        ]
    assert involved == ["U1", "U3", "U8"]


def test_late_tickets_have_an_open_clock_that_was_breached(store: AnyStore) -> None:
    add(store, a_ticket(), a_ticket(), a_ticket())
    late = a_clock().breach(NOW + HOUR)
    with store.unit_of_work() as uow:
        for number, clock in ((1, a_clock()), (2, late), (3, late.meet(NOW + HOUR))):
            uow.clocks.save("T1", number, [clock], [None])
    with store.unit_of_work() as uow:
        assert [each.number for each in uow.tickets.search("T1", TicketFilter(only_late_at=NOW + DAY))] == [2]


def test_another_workspace_sees_and_changes_nothing(store: AnyStore) -> None:
    add(store, opened())
    with store.unit_of_work() as uow:
        assert uow.tickets.search("T2", TicketFilter()) == []
        assert uow.log.events("T2", 1) == []
        with pytest.raises(NotFound):
            uow.tickets.get("T2", 1)
        with pytest.raises(Conflict):
            uow.tickets.save(replace(uow.tickets.get("T1", 1), workspace="T2"))


def opened() -> Ticket:
    ticket = a_ticket()
    ticket.open()
    return ticket


def add(store: AnyStore, *tickets: Ticket) -> None:
    with store.unit_of_work() as uow:
        for ticket in tickets:
            if ticket.workspace == "T1" and not ticket.pending:
                ticket.open()
            uow.tickets.add(ticket)


def get(store: AnyStore, number: int) -> Ticket:
    with store.unit_of_work() as uow:
        return uow.tickets.get("T1", number)
