"""What every store promises about the outbox."""

from datetime import datetime

import pytest

from bot.domain.errors import LeaseLost
from bot.domain.ticket import Place
from bot.messages import Address, Card, MessageRef, Moment, Post
from bot.queues import Outbound, Receipt
from tests.conftest import LEASE, AnyStore
from tests.support.samples import HOUR, MINUTE, NOW, a_post, a_request, a_ticket

REF = MessageRef("C1", "1.1")


def test_a_post_comes_back_as_it_was_stored(store: AnyStore) -> None:
    post = a_post("p", card=Card("T", (Moment(NOW),)), to=Address("", "", "U1"))
    put(store, post)
    assert claim(store) == [Outbound(post, post.to, None, False, NOW)]


def test_a_post_leaves_only_if_its_unit_of_work_commits(store: AnyStore) -> None:
    with pytest.raises(ZeroDivisionError), store.unit_of_work() as uow:
        uow.outbox.put([a_post("p")])
        raise ZeroDivisionError
    assert claim(store) == []


def test_a_key_that_is_known_is_left_as_it_is(store: AnyStore) -> None:
    put(store, a_post("p"), a_post("p", lane="other"))
    put(store, a_post("p", card=Card("Another")))
    put(store, a_post("p", workspace="T2"))
    assert [(each.post.workspace, each.post.card.title) for each in claim(store)] == [
        ("T1", "A ticket"),
        ("T2", "A ticket"),
    ]
    with store.unit_of_work() as uow:
        uow.outbox.put([])


def test_a_sent_post_is_never_claimed_again_and_its_key_stays_known(store: AnyStore) -> None:
    put(store, a_post("p"))
    store.outbox.sent(take(store), REF, NOW)
    put(store, a_post("p"))
    assert claim(store, NOW + HOUR) == []


def test_a_post_waits_for_its_time(store: AnyStore) -> None:
    put(store, a_post("p", not_before=NOW + HOUR), a_post("q", not_before=NOW - HOUR))
    assert [each.post.key for each in claim(store)] == ["q"]
    assert "p" in [each.post.key for each in claim(store, NOW + HOUR)]


def test_what_still_waits_for_its_time_can_be_taken_back_and_its_key_stays_known(store: AnyStore) -> None:
    put(store, a_post("a_b:1", not_before=NOW + HOUR), a_post("a_b:2"), a_post("axb:1", not_before=NOW + HOUR))
    put(store, a_post("a_b:1", workspace="T2", not_before=NOW + HOUR))
    with store.unit_of_work() as uow:
        uow.outbox.take_back("T1", "a_b:")
    put(store, a_post("a_b:1"))
    left = [(each.post.workspace, each.post.key) for each in claim(store, NOW + HOUR)]
    assert left == [("T1", "a_b:2"), ("T1", "axb:1"), ("T2", "a_b:1")]


def test_an_update_goes_to_the_message_it_updates(store: AnyStore) -> None:
    put(store, a_post("p"), a_post("u", update_of="p"))
    assert send(store, REF) == ["p"]
    assert [(each.post.key, each.target) for each in claim(store)] == [("u", REF)]


def test_an_update_of_an_update_goes_to_the_same_message(store: AnyStore) -> None:
    put(store, a_post("p"), a_post("u", update_of="p"))
    assert [send(store, REF), send(store, None)] == [["p"], ["u"]]
    put(store, a_post("v", update_of="u"))
    assert [each.target for each in claim(store)] == [REF]


def test_a_reply_goes_to_the_thread_of_its_post(store: AnyStore) -> None:
    put(store, a_post("p", to=Address(person="U1")), a_post("r", to=Address(), in_thread_of="p"))
    assert send(store, MessageRef("D1", "1.1")) == ["p"]
    assert [each.to for each in claim(store)] == [Address("D1", "1.1")]


def test_a_reply_to_a_reply_goes_to_the_root_of_the_thread(store: AnyStore) -> None:
    put(store, a_post("p", to=Address("C1", "1.0")), a_post("q", in_thread_of="p"), a_post("r", in_thread_of="q"))
    assert [send(store, MessageRef("C1", m)) for m in ("1.1", "1.2")] == [["p"], ["q"]]
    assert [each.to for each in claim(store)] == [Address("C1", "1.0")]


def test_what_refers_to_a_dropped_post_is_dropped_with_it(store: AnyStore) -> None:
    put(store, a_post("p"), a_post("u", update_of="p"), a_post("r", in_thread_of="p"), a_post("x"))
    assert [each.post.key for each in claim(store)] == ["p", "x"]
    store.outbox.drop(take(store, NOW + LEASE), "channel is gone")
    assert claim(store) == []
    assert [each.post.key for each in claim(store, NOW + LEASE + LEASE)] == ["x"]


def test_what_refers_to_a_post_nobody_knows_goes_to_its_own_address_or_nowhere(store: AnyStore) -> None:
    put(store, a_post("u", update_of="?"), a_post("r", in_thread_of="?"), a_post("n", in_thread_of="?", to=Address()))
    assert [(each.post.key, each.to) for each in claim(store)] == [("r", Address("C1"))]


def test_of_updates_nobody_tried_to_send_only_the_newest_is_sent(store: AnyStore) -> None:
    put(store, a_post("p", lane="L"))
    put(store, a_post("u1", update_of="p", lane="L"))
    put(store, a_post("u2", update_of="p", lane="L"), a_post("u3", update_of="p", lane="L"), a_post("x", lane="L"))
    put(store, a_post("u1", update_of="p", lane="L"))
    assert [send(store, REF) for _ in range(4)] == [["p"], ["u3"], ["x"], []]


def test_an_update_that_was_tried_is_not_superseded(store: AnyStore) -> None:
    put(store, a_post("p", lane="L"))
    send(store, REF)
    put(store, a_post("u1", update_of="p", lane="L"))
    store.outbox.retry(take(store), NOW, "rate limited")
    put(store, a_post("u2", update_of="p", lane="L"))
    assert [send(store, None), send(store, None)] == [["u1"], ["u2"]]


def test_a_parked_post_holds_up_its_lane_and_a_dropped_one_does_not(store: AnyStore) -> None:
    put(store, a_post("a", lane="L"), a_post("b", lane="L"))
    store.outbox.park(take(store), NOW + HOUR, "missing_scope")
    assert claim(store) == []
    assert [each.queue for each in store.outbox.parked()] == ["outbox"]
    with store.unit_of_work() as uow:
        uow.outbox.wake("T2")
    assert claim(store) == []
    with store.unit_of_work() as uow:
        uow.outbox.wake("T1")
    store.outbox.drop(take(store), "never")
    assert [each.post.key for each in claim(store)] == ["b"]


@pytest.mark.parametrize(("why", "doubted"), [("rate limited", False), ("ambiguous: timed out", True)])
def test_a_retry_says_whether_the_try_may_have_got_through(store: AnyStore, why: str, doubted: bool) -> None:
    put(store, a_post("p"))
    store.outbox.retry(take(store), NOW + MINUTE, why)
    assert [each.maybe_sent for each in claim(store, NOW + MINUTE)] == [doubted]


def test_a_doubt_stays_until_the_post_is_sent(store: AnyStore) -> None:
    put(store, a_post("p"))
    store.outbox.retry(take(store), NOW, "ambiguous: timed out")
    store.outbox.retry(take(store), NOW + MINUTE, "rate limited while looking for it")
    assert [(each.maybe_sent, each.first_tried_at) for each in claim(store, NOW + MINUTE)] == [(True, NOW)]


def test_a_lease_that_ran_out_leaves_a_doubt(store: AnyStore) -> None:
    put(store, a_post("p"))
    lost = take(store)
    assert [(each.maybe_sent, each.first_tried_at) for each in claim(store, NOW + LEASE)] == [(True, NOW)]
    with pytest.raises(LeaseLost):
        store.outbox.sent(lost, REF, NOW)
    with pytest.raises(LeaseLost):
        store.outbox.drop(lost, "never")


def test_the_post_that_anchors_a_ticket_begins_its_thread_without_a_new_revision(store: AnyStore) -> None:
    put(store, a_post("p", anchors=1), ticket=Place("C1", "", "0.9"))
    send(store, REF)
    with store.unit_of_work() as uow:
        ticket = uow.tickets.get("T1", 1)
        assert (ticket.place, ticket.revision) == (Place("C1", "1.1", "0.9"), 0)
        found = uow.tickets.in_thread("T1", "C1", "1.1")
        assert found is not None


def test_a_ticket_with_a_thread_keeps_it(store: AnyStore) -> None:
    put(store, a_post("p", anchors=1, to=Address("C2")), ticket=Place("C1", "0.9"))
    send(store, MessageRef("C2", "2.2"))
    assert place_of(store) == Place("C1", "0.9")


def test_an_anchor_joins_the_thread_that_began_before_it(store: AnyStore) -> None:
    put(store, a_post("p", anchors=1), ticket=Place("C1", "0.9"))
    assert [each.to for each in claim(store)] == [Address("C1", "0.9")]


def test_saving_a_ticket_read_before_it_was_anchored_keeps_the_thread(store: AnyStore) -> None:
    put(store, a_post("p", anchors=1), ticket=Place("C1"))
    with store.unit_of_work() as uow:
        ticket = uow.tickets.get("T1", 1)
    send(store, REF)
    with store.unit_of_work() as uow:
        uow.tickets.save(ticket)
    assert place_of(store) == Place("C1", "1.1")


def test_finished_rows_are_forgotten_after_a_while(store: AnyStore) -> None:
    put(store, a_post("p"), a_post("q"))
    send(store, REF)
    store.inbox.put([a_request("a"), a_request("b")], NOW)
    ((receipt, _),) = store.inbox.claim(NOW, 1)
    store.inbox.finish(receipt, "handled")
    assert (store.purge(NOW), store.purge(NOW + MINUTE), store.purge(NOW + MINUTE)) == (0, 2, 0)
    assert list(store.inbox.put([a_request("a"), a_request("b")], NOW)) == [True, False]


def put(store: AnyStore, *posts: Post, ticket: Place | None = None) -> None:
    with store.unit_of_work() as uow:
        if ticket is not None:
            uow.tickets.add(a_ticket(place=ticket))
        uow.outbox.put(posts)


def take(store: AnyStore, at: datetime = NOW) -> Receipt:
    ((receipt, _),) = store.outbox.claim(at, 1)
    return receipt


def claim(store: AnyStore, at: datetime = NOW) -> list[Outbound]:
    return [outbound for _, outbound in store.outbox.claim(at, 100)]


def send(store: AnyStore, ref: MessageRef | None) -> list[str]:
    claimed = store.outbox.claim(NOW, 1)
    for receipt, _ in claimed:
        store.outbox.sent(receipt, ref, NOW)
    return [outbound.post.key for _, outbound in claimed]


def place_of(store: AnyStore) -> Place:
    with store.unit_of_work() as uow:
        return uow.tickets.get("T1", 1).place
