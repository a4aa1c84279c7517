"""What every store promises about clocks, the event log and conversations."""

from datetime import datetime

from bot.domain.events import Event, What
from bot.domain.sla import ClockKind
from bot.domain.ticket import Entry, Place
from tests.conftest import AnyStore
from tests.support.samples import DAY, HOUR, MINUTE, NOW, a_clock, a_ticket


def test_clocks_come_back_by_kind_and_cycle(store: AnyStore) -> None:
    add(store)
    first = a_clock(kind=ClockKind.FIRST_RESPONSE).meet(NOW + MINUTE)
    resolution = a_clock().pause(NOW + MINUTE, "waiting for requester")
    following = a_clock(kind=ClockKind.NEXT_RESPONSE).meet(NOW + MINUTE)
    clocks = [first, following, following.again(NOW + HOUR), resolution]
    with store.unit_of_work() as uow:
        uow.clocks.save("T1", 1, clocks, [None] * 4)
    with store.unit_of_work() as uow:
        assert sorted(uow.clocks.of("T1", 1), key=str) == sorted(clocks, key=str)
        assert uow.clocks.of("T2", 1) == []


def test_saving_a_clock_again_replaces_it(store: AnyStore) -> None:
    add(store)
    for clock in (a_clock(), a_clock().meet(NOW + MINUTE)):
        with store.unit_of_work() as uow:
            uow.clocks.save("T1", 1, [clock], [NOW])
    with store.unit_of_work() as uow:
        assert list(uow.clocks.of("T1", 1)) == [clock]


def test_events_come_back_whole_and_in_order(store: AnyStore) -> None:
    ticket = a_ticket()
    told = [Event(What.OPENED, NOW, "U1", "", {"intake": "command"}), Event(What.NOTED, NOW, "U2", "why")]
    ticket.pending.extend(told)
    with store.unit_of_work() as uow:
        uow.tickets.add(ticket)
    with store.unit_of_work() as uow:
        assert list(uow.log.events("T1", 1)) == told


def test_what_happened_in_a_channel_is_told_oldest_first(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for place, at in ((Place("C1"), NOW + HOUR), (Place("C1"), NOW), (Place("C2"), NOW), (Place("C1"), NOW - DAY)):
            ticket = a_ticket(place=place, opened_at=at)
            ticket.open()
            ticket.note("U9", at)
            uow.tickets.add(ticket)
    with store.unit_of_work() as uow:
        happened = uow.log.happened("T1", "C1", [What.OPENED, What.BREACHED], NOW)
        assert [(ticket.number, event.what) for ticket, event in happened] == [(2, What.OPENED), (1, What.OPENED)]
        assert uow.log.happened("T2", "C1", [What.OPENED], NOW) == []


def test_a_message_is_kept_once_and_notes_always(store: AnyStore) -> None:
    add(store)
    message = Entry("U1", "hello", NOW + MINUTE, "1.1", files=("plan.pdf",))
    note = Entry("U9", "hm", NOW, internal=True)
    with store.unit_of_work() as uow:
        assert [uow.log.keep("T1", 1, entry) for entry in (message, message, note, note)] == [True, False, True, True]
    with store.unit_of_work() as uow:
        assert list(uow.log.entries("T1", 1)) == [note, note, message]
        assert uow.log.entries("T2", 1) == []


def test_an_edited_message_has_its_new_text_and_time(store: AnyStore) -> None:
    keep(store, "hello")
    assert change(store, "hello!", NOW + MINUTE) == [1]
    assert entry(store) == Entry("U1", "hello!", NOW, "1.1", edited_at=NOW + MINUTE)


def test_of_two_edits_the_later_one_stays_whatever_came_first(store: AnyStore) -> None:
    keep(store, "one")
    change(store, "three", NOW + HOUR)
    change(store, "two", NOW + MINUTE)
    assert entry(store).text == "three"


def test_a_deleted_message_loses_its_text_and_stays_deleted(store: AnyStore) -> None:
    keep(store, "hello")
    assert change(store, None, NOW + MINUTE) == [1]
    assert change(store, "back again", NOW + HOUR) == [1]
    assert entry(store) == Entry("U1", "", NOW, "1.1", deleted_at=NOW + MINUTE)


def test_the_change_of_a_message_that_is_nobodys_tells_so(store: AnyStore) -> None:
    keep(store, "hello")
    with store.unit_of_work() as uow:
        assert uow.log.change("T1", "C1", "9.9", "x", NOW) in ([], ())
        assert uow.log.change("T1", "C2", "1.1", "x", NOW) in ([], ())
        assert uow.log.change("T2", "C1", "1.1", "x", NOW) in ([], ())
        assert uow.log.change("T1", "C1", "", "x", NOW) in ([], ())
    assert entry(store).text == "hello"


def test_a_message_that_opened_two_tickets_is_followed_in_both(store: AnyStore) -> None:
    add(store, 2)
    with store.unit_of_work() as uow:
        for number in (1, 2):
            uow.log.keep("T1", number, Entry("U1", "we try Klaviyo for the sale", NOW, "1.1"))
    assert change(store, None, NOW) == [1, 2]
    with store.unit_of_work() as uow:
        assert [uow.log.entries("T1", number)[0].text for number in (1, 2)] == ["", ""]


def add(store: AnyStore, count: int = 1) -> None:
    with store.unit_of_work() as uow:
        for _ in range(count):
            uow.tickets.add(a_ticket())


def keep(store: AnyStore, text: str) -> None:
    add(store)
    with store.unit_of_work() as uow:
        uow.log.keep("T1", 1, Entry("U1", text, NOW, "1.1"))


def change(store: AnyStore, text: str | None, at: datetime) -> list[int]:
    with store.unit_of_work() as uow:
        return list(uow.log.change("T1", "C1", "1.1", text, at))


def entry(store: AnyStore) -> Entry:
    with store.unit_of_work() as uow:
        return uow.log.entries("T1", 1)[0]
