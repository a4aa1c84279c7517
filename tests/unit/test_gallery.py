"""Pictures on their way out: drawn once, shown in place, and never in the way of their words."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.attachments import Picture
from bot.charts import Bar, Bars, Chart
from bot.domain.errors import Ambiguous, Passing, Permanent
from bot.messages import Address, Card, MessageRef, Post, say
from bot.services.gallery import Gallery
from storage.codec import dump_post, load_post
from tests.builders import MARKETING, TEAM, Office, an_office
from tests.support.memory_chat import MemoryChat

CHART = Bars("Title", "two bars: one and two", "pieces", (Bar("a", "x", 1.0), Bar("b", "x", 2.0)))


@dataclass
class Studio:
    """Draws nothing and keeps it: the ports Painter and Files. `fails`: what it raises, one a call."""

    fails: list[Exception] = field(default_factory=list)
    drawn: list[Chart] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def png(self, chart: Chart) -> bytes:
        self.drawn.append(chart)
        return b"png"

    def keep(self, workspace: str, name: str, content: bytes, alt: str) -> str:
        if self.fails:
            raise self.fails.pop(0)
        self.kept.append(f"{workspace}:{content.decode()}:{alt}")
        return f"F{len(self.kept)}"


class PickyChat(MemoryChat):
    """A chat that does not know a picture yet for so many posts."""

    unknown: int = 0

    def post(self, workspace: str, to: Address, card: Card, key: str) -> MessageRef:
        if card.picture and card.picture.handle and self.unknown:
            self.unknown -= 1
            raise Permanent("It cannot show this.", "content")
        return super().post(workspace, to, card, key)


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture
def office(studio: Studio) -> Office:
    office = an_office()
    office.gallery = Gallery(studio, studio)
    return office


def send(office: Office, *keys: str) -> None:
    with office.store.unit_of_work() as uow:
        uow.outbox.put([a_post(key) for key in keys])
    office.run()


def a_post(key: str, update_of: str = "") -> Post:
    card = Card(text=say("The words"), picture=Picture(CHART))
    return Post(TEAM, key, Address(MARKETING), card, lane="one", update_of=update_of)


def shown(office: Office) -> list[str]:
    """The handles of the pictures that are shown."""
    return [one.card.picture.handle for one in office.posts() if one.card.picture]


def test_a_picture_is_drawn_when_its_message_leaves_and_not_before(office: Office, studio: Studio) -> None:
    with office.store.unit_of_work() as uow:
        uow.outbox.put([a_post("p")])
    assert studio.drawn == []
    office.run()
    assert studio.drawn == [CHART]
    assert studio.kept == ["T1:png:two bars: one and two"]
    assert shown(office) == ["F1"]


def test_the_same_picture_is_drawn_once_for_all_its_messages(office: Office, studio: Studio) -> None:
    send(office, "first", "second")
    assert shown(office) == ["F1", "F1"]
    assert len(studio.drawn) == 1


def test_an_update_shows_its_picture_too(office: Office) -> None:
    send(office, "first")
    with office.store.unit_of_work() as uow:
        uow.outbox.put([a_post("second", update_of="first")])
    office.run()
    assert shown(office) == ["F1"]


@pytest.mark.parametrize("error", [Passing("Slack is busy."), Ambiguous("The answer was lost.")])
def test_a_picture_that_could_not_be_brought_is_tried_again_with_its_words(
    office: Office, studio: Studio, error: Passing
) -> None:
    studio.fails = [error]
    send(office, "p")
    assert shown(office) == []
    office.wait(minutes=1)
    assert shown(office) == ["F1"]


def test_after_three_tries_the_words_leave_without_their_picture(office: Office, studio: Studio) -> None:
    studio.fails = [Passing("The file server is away.")] * 5
    send(office, "p")
    for _ in range(3):
        office.wait(minutes=1)
    assert office.channel() == ["The words"]
    assert shown(office) == [""]


def test_a_picture_that_may_not_be_sent_does_not_hold_up_its_words(office: Office, studio: Studio) -> None:
    studio.fails = [Permanent("Slack wants the scope files:write for this.", "scope:files:write")]
    send(office, "p")
    assert (office.channel(), shown(office)) == (["The words"], [""])


@pytest.mark.parametrize(("unknown", "handle"), [(1, "F1"), (2, "F1"), (3, "")])
def test_a_chat_that_does_not_know_the_picture_yet_is_given_a_moment(
    office: Office, studio: Studio, unknown: int, handle: str
) -> None:
    chat = PickyChat(people=office.chat.people, rooms=office.chat.rooms)
    chat.unknown = unknown
    office.chat = chat
    send(office, "p")
    for _ in range(3):
        office.wait(minutes=1)
    assert shown(office) == [handle]
    assert len(studio.kept) == 1


def test_a_picture_survives_the_outbox_as_it_is() -> None:
    post = a_post("p")
    assert load_post(dump_post(post)) == post
