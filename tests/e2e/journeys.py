"""What people do in the end-to-end tests, and how the tests see what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.bot_process import BotProcess
from tests.support.local_slack import ADMIN, IT_MANAGER, LIAISON, MARKETING, MARKETING_MANAGER
from tests.support.stage import Stage
from tests.support.teams_people import TeamsPeople
from tests.support.teams_stage import TeamsStage
from tests.support.workspace import Workspace, elements, wait_for

Json = dict[str, Any]


@dataclass(frozen=True)
class Journey:
    """The stage and the bot on it."""

    stage: Stage | TeamsStage
    bot: BotProcess

    @property
    def people(self) -> Workspace | TeamsPeople:
        """Those who act in it."""
        return self.stage.workspace

    def card(self, title: str, channel: str = MARKETING) -> Json:
        """The one card whose header names `title`; waits for it."""
        return wait_for(lambda: self._one_card(title, channel), state=lambda: self.texts(channel))

    def cards(self, title: str, channel: str = MARKETING) -> list[Json]:
        return [message for message in self._visible(channel) if title in header(message)]

    def reply(self, thread: str, words: str, channel: str = MARKETING) -> Json:
        """A message of the bot in a thread that holds `words`; waits for it."""
        return wait_for(
            lambda: _with(words, self.people.messages(channel, thread)),
            state=lambda: [shown(one) for one in self.people.messages(channel, thread)],
        )

    def whisper(self, user: str, words: str, channel: str = MARKETING) -> Json:
        """What only `user` sees and holds `words`; waits for it."""
        return wait_for(
            lambda: _with(words, self.people.ephemerals(channel, user)),
            state=lambda: [shown(one) for one in self.people.ephemerals(channel, user)],
        )

    def direct(self, user: str, words: str) -> Json:
        """A direct message of the bot to `user` that holds `words`; waits for it."""
        return wait_for(
            lambda: _with(words, self.people.dms(user)),
            state=lambda: [shown(one) for one in self.people.dms(user)],
        )

    def form(self, title: str) -> Json:
        """The open form with this title; waits for it to be filled."""
        return wait_for(lambda: self._view(title), state=self.people.modal)

    def no_form(self, user: str, words: str, channel: str = MARKETING) -> None:
        """Why there is no form, told to `user` in its place; waits for it."""
        wait_for(lambda: words in f"{self.people.modal()}{self.people.ephemerals(channel, user)}")
        self.people.cancel(user)

    def open_by_check(self, user: str, tool: str, channel: str = MARKETING) -> Json:
        """Ask about a tool and press the button that opens a ticket; the form, filled with its name."""
        self.people.command(user, channel, f"new-tool {tool}")
        self.people.click(user, channel, self.whisper(user, tool, channel), "Open a ticket")
        return self.form("New tool")

    def press_old(self, user: str, card: Json, action: str) -> None:
        """Press a button of a card as it stood, such as one in a window that was not refreshed."""
        pressed = next(one for _, one in elements(card["blocks"]) if one["action_id"] == action)
        self.people.press(user, card["channel"], card["ts"], pressed)

    def texts(self, channel: str = MARKETING) -> list[str]:
        return [shown(message)[:80] for message in self._visible(channel)]

    def _view(self, title: str) -> Json:
        self.people.open_offer()
        view = self.people.modal()
        if view and view["title"]["text"].startswith(title):
            return view
        raise LookupError(title)

    def _one_card(self, title: str, channel: str) -> Json:
        cards = self.cards(title, channel)
        assert len(cards) <= 1, "more than one card"
        return cards[0]

    def _visible(self, channel: str) -> list[Json]:
        return [one for one in self.people.messages(channel) if one.get("subtype") != "ephemeral"]


@dataclass(frozen=True)
class SlackJourney(Journey):
    """A journey of Slack's own."""

    stage: Stage

    @property
    def people(self) -> Workspace:
        """Those who act in it."""
        return self.stage.workspace


def _with(words: str, messages: list[Json]) -> Json:
    """The first message that holds `words`; LookupError while there is none."""
    for one in messages:
        if words in shown(one):
            return one
    raise LookupError(words)


def set_up_channel(journey: Journey) -> None:
    """An admin sets the marketing channel up through the form."""
    people = journey.people
    people.command(ADMIN, MARKETING, "setup")
    journey.form("Set up")
    errors = people.submit(
        ADMIN,
        {"liaison": LIAISON, "it_manager": IT_MANAGER, "marketing_manager": MARKETING_MANAGER, "zone": "Europe/Berlin"},
    )
    assert errors == {}
    wait_for(lambda: any("IT liaison of this channel" in text for text in journey.texts()), state=journey.texts)


def header(message: Json) -> str:
    """The title of a message."""
    return "".join(block["text"]["text"] for block in message.get("blocks") or () if block["type"] == "header")


def shown(message: Json) -> str:
    """All the words of a message."""
    words = [str(message.get("text") or "")]
    for block in message.get("blocks") or ():
        words += [part["text"] for part in texts_of(block)]
    return "\n".join(words)


def texts_of(block: Json) -> list[Json]:
    """The text objects of a block."""
    found = [block["text"]] if isinstance(block.get("text"), dict) else []
    return (
        found
        + list(block.get("fields") or ())
        + [one for one in block.get("elements") or () if "mrkdwn" in str(one.get("type"))]
    )


def button_labels(message: Json) -> list[str]:
    """What can be pressed on a message."""
    return [one["text"]["text"] for _, one in elements(message.get("blocks") or []) if one.get("type") == "button"]
