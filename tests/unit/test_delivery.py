"""What leaves for the chat gets there exactly once, and in its order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import Ambiguous, LeaseLost, Passing, Permanent, StoreUnavailable
from bot.messages import Address, Card, MessageRef, Post
from bot.queues import Receipt
from bot.services.delivery import AT_ONCE, BEGINS_WITHIN
from tests.builders import COLLEAGUE, LIAISON, MARKETER, MARKETING, TEAM, Office, a_tool, an_office
from tests.support.memory_chat import MemoryChat
from tests.support.memory_state import Row


class LossyChat(MemoryChat):
    """A chat that refuses some posts, and whose answers get lost: it posts, and says that it does not know."""

    refused: int = 0
    lost: int = 0
    asked: tuple[str, ...] = ()

    def post(self, workspace: str, to: Address, card: Card, key: str) -> MessageRef:
        self.asked += ("post",)
        if self.refused:
            self.refused -= 1
            raise Passing("Slack is busy.")
        ref = super().post(workspace, to, card, key)
        if self.lost:
            self.lost -= 1
            raise Ambiguous("No answer came.")
        return ref

    def find(self, *given: Any) -> MessageRef | None:
        self.asked += ("find",)
        return super().find(*given)


def test_a_post_is_sent_and_its_card_wiped_from_the_outbox() -> None:
    office = an_office()
    send(office, a_post("p"))
    assert office.channel() == ["p"]
    assert (row(office).state, row(office).item) == ("done", None)


def test_after_a_lost_answer_it_looks_before_it_posts_again() -> None:
    office, chat = lossy(lost=1)
    send(office, a_post("p"))
    office.wait(seconds=1)
    assert office.channel() == ["p"]
    assert chat.asked == ("post", "find")
    assert row(office).ref == office.posts()[0].ref


def test_what_did_not_get_through_is_posted_after_looking() -> None:
    office, chat = lossy()
    office.chat.fail_with = Ambiguous("No answer came.")
    send(office, a_post("p"))
    office.wait(seconds=1)
    assert office.channel() == ["p"]
    assert chat.asked == ("post", "find", "post")


def test_a_look_that_fails_is_repeated_before_anything_is_posted() -> None:
    office, chat = lossy(lost=1)
    send(office, a_post("p"))
    members = chat.rooms.pop(MARKETING)
    office.wait(seconds=1)
    chat.rooms[MARKETING] = members
    office.wait(minutes=10)
    assert (office.channel(), chat.asked) == (["p"], ("post", "find", "find"))


def test_a_post_whose_sender_died_is_looked_for_first() -> None:
    office, chat = lossy()
    send_nothing(office, a_post("p"))
    ((_, outbound),) = office.store.outbox.claim(office.clock.at, 1)
    chat.post(TEAM, outbound.to, outbound.post.card, outbound.post.key)
    office.wait(seconds=60)
    assert office.channel() == ["p"]


def test_what_is_in_the_chat_but_could_not_be_noted_is_not_posted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        monkeypatch.undo()
        raise StoreUnavailable("The database is away.")

    office = an_office()
    monkeypatch.setattr(office.store.outbox, "sent", away)
    send(office, a_post("p"))
    office.wait(seconds=1)
    assert office.channel() == ["p"]
    assert row(office).state == "done"


def test_a_sure_failure_is_tried_again_without_looking() -> None:
    office, chat = lossy()
    chat.fail_with = Passing("Slack is busy.")
    send(office, a_post("p"))
    office.wait(seconds=1)
    assert (office.channel(), chat.asked) == (["p"], ("post", "post"))


def test_who_says_when_to_come_back_is_not_disturbed_before() -> None:
    office, chat = lossy()
    chat.fail_with = Passing("Slack asks us to slow down.", 30)
    send(office, a_post("p"))
    office.wait(seconds=29)
    assert chat.asked == ("post",)
    office.wait(seconds=1)
    assert office.channel() == ["p"]


def test_what_somebody_has_to_mend_is_set_aside_with_what_to_do() -> None:
    office = an_office()
    office.chat.fail_with = Permanent("A scope is missing.", "scope", "Install the app again.")
    send(office, a_post("p"))
    (parked,) = office.store.outbox.parked()
    assert parked.why == "A scope is missing. Install the app again."
    office.wait(minutes=9)
    assert office.channel() == []
    office.wait(minutes=1)
    assert office.channel() == ["p"]


def test_an_update_of_a_message_somebody_deleted_is_given_up() -> None:
    office = an_office()
    send(office, a_post("p"))
    office.chat.said.clear()
    send(office, a_post("u", update_of="p"))
    assert (office.channel(), row(office, 1).state, office.store.outbox.parked()) == ([], "failed", [])


def test_a_card_is_updated_in_place() -> None:
    office = an_office()
    send(office, a_post("p"), a_post("other"))
    send(office, a_post("u", update_of="p"))
    assert office.channel() == ["u", "other"]


def test_an_update_whose_answer_was_lost_is_simply_made_again() -> None:
    office, chat = lossy()
    send(office, a_post("p"))
    chat.fail_with = Ambiguous("No answer came.")
    send(office, a_post("u", update_of="p"))
    office.wait(seconds=1)
    assert (office.channel(), chat.asked) == (["u"], ("post",))


def test_posts_of_one_lane_leave_in_their_order_whatever_fails() -> None:
    office = an_office()
    office.chat.fail_with = Passing("Slack is busy.")
    send(office, *[a_post(key, lane="IT-1") for key in "abc"])
    assert office.channel() == []
    office.wait(seconds=1)
    assert office.channel() == ["a", "b", "c"]


def test_what_is_said_in_a_thread_stands_in_the_order_it_was_said_whatever_fails() -> None:
    office, chat = lossy()
    office.says(MARKETER, "try Klaviyo", a_tool("Klaviyo"))
    chat.refused = 1
    office.submits(LIAISON, "answer", {"text": "one"}, ticket="IT-1")
    office.submits(LIAISON, "answer", {"text": "two"}, ticket="IT-1")
    office.wait(seconds=1)
    assert [line[-3:] for line in office.thread()[2:]] == ["one", "two"]


def test_a_lane_that_waits_holds_up_no_other() -> None:
    office = an_office()
    office.chat.fail_with = Permanent("Not here.", "channel:C9")
    send(office, a_post("a", lane="IT-1"), a_post("b", lane="IT-2"), a_post("c", lane="IT-1"))
    assert office.channel() == ["b"]


def test_a_reply_waits_for_the_post_whose_thread_it_goes_to() -> None:
    office = an_office()
    office.chat.fail_with = Passing("Slack is busy.")
    send(office, a_post("card"), a_post("ping", in_thread_of="card"))
    office.wait(seconds=1)
    card, ping = office.posts()
    assert (ping.thread, ping.key) == (card.ref.message, "ping")


def test_a_message_to_a_person_goes_to_them_directly() -> None:
    office = an_office()
    send(office, a_post("p", to=Address(person=COLLEAGUE)))
    assert (office.direct(COLLEAGUE), office.direct(MARKETER)) == (["p"], [])


def test_whoever_lost_a_row_goes_on_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        monkeypatch.undo()
        raise LeaseLost("Another worker has taken this over.")

    office = an_office()
    monkeypatch.setattr(office.store.outbox, "sent", lost)
    send(office, a_post("a"), a_post("b"))
    assert [row(office, index).state for index in (0, 1)] == ["claimed", "done"]


@pytest.mark.parametrize("error", [Passing("Busy."), Permanent("Gone.", "gone"), Permanent("Mend it.", "scope")])
def test_a_failure_of_whoever_lost_the_row_is_nobodys_business(error: Exception) -> None:
    office = an_office()
    send_nothing(office, a_post("a"))
    office.chat.fail_with = error
    ((receipt, outbound),) = office.store.outbox.claim(office.clock.at, 1)
    stale = Receipt(receipt.id, receipt.fence - 1, receipt.attempts)
    with pytest.raises(LeaseLost):
        office.sender._send(stale, outbound)
    assert row(office).state == "claimed"


def test_a_slow_chat_makes_the_sender_leave_the_rest_to_whoever_is_faster() -> None:
    class SlowChat(MemoryChat):
        def post(self, *given: Any) -> MessageRef:
            office.clock.at += BEGINS_WITHIN / 2 + timedelta(seconds=1)
            return super().post(*given)

    office = an_office()
    office.chat = SlowChat(office.chat.people, office.chat.rooms, office.chat.names, now=office.clock.at)
    send_nothing(office, *[a_post(key) for key in "abc"])
    office.sender.step()
    assert office.channel() == ["a", "b"]
    office.wait(minutes=2)
    assert office.channel() == ["a", "b", "c"]


def test_an_idle_sender_says_that_there_is_nothing_more() -> None:
    office = an_office()
    send_nothing(office, *[a_post(f"p{number}") for number in range(AT_ONCE + 1)])
    assert [office.sender.step() for _ in range(3)] == [True, True, False]


def lossy(lost: int = 0) -> tuple[Office, LossyChat]:
    office = an_office()
    chat = LossyChat(office.chat.people, office.chat.rooms, office.chat.names, now=office.clock.at)
    chat.lost = lost
    office.chat = chat
    return office, chat


def a_post(key: str, **given: Any) -> Post:
    plain: dict[str, Any] = {"to": Address(MARKETING), "card": Card(text=(key,)), "lane": f"lane of {key}"}
    return Post(TEAM, key, **(plain | given))


def send(office: Office, *posts: Post) -> None:
    send_nothing(office, *posts)
    office.run()


def send_nothing(office: Office, *posts: Post) -> None:
    with office.store.unit_of_work() as uow:
        uow.outbox.put(posts)


def row(office: Office, index: int = 0) -> Row:
    return office.store.state.outbox[index]
