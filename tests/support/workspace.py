"""People at work in a local-slack workspace: they say, click, fill forms; the test sees what they see."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, TypeVar

import httpx

from tests.support.local_slack import LocalSlack
from tests.support.page import Page
from tests.support.view_form import Value, fill

Json = dict[str, Any]
T = TypeVar("T")

POLL_S = 0.02
COMMAND = "/itcheck"
ANSWER_TIMEOUT_S = 7.0


def wait_for(predicate: Callable[[], T], timeout: float = 10.0, state: Callable[[], object] | None = None) -> T:
    """The first true value of predicate, asked every 20 ms; LookupError or AssertionError mean "not yet".

    AssertionError after `timeout` seconds, with the last value (and what `state` tells).
    """
    end = time.monotonic() + timeout
    while True:
        last: object
        try:
            last = value = predicate()
        except (LookupError, AssertionError) as error:
            last = error
        else:
            if value:
                return value
        if time.monotonic() > end:
            told = "" if state is None else f"\nstate: {state()}"
            raise AssertionError(f"not so within {timeout} s; last seen: {last!r}{told}")
        time.sleep(POLL_S)


class Workspace:
    """A driver of one LocalSlack; a context manager. Users and channels are ids, messages Slack's objects."""

    def __init__(self, slack: LocalSlack) -> None:
        self.slack = slack
        self.bot = str(slack.app["botUserId"])
        self._http = httpx.Client(base_url=slack.base_url, timeout=30, trust_env=False)
        self._page = Page(slack.ui_url)

    def __enter__(self) -> Workspace:
        self._page.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._page.close()
        self._http.close()

    # What people do

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write a message; its ts."""
        answer = self._control("message", user=user, channel=channel, text=text, thread_ts=thread_ts)
        return str(answer["message"]["ts"])

    def say_dm(self, user: str, text: str, thread_ts: str | None = None) -> str:
        """Write to the bot directly; the message's ts."""
        return self.say(user, self.dm(user), text, thread_ts)

    def command(self, user: str, channel: str, text: str) -> None:
        """Type a slash command, "/itcheck …" or what follows it; returns when the bot has answered."""
        name, _, rest = text.partition(" ") if text.startswith("/") else (COMMAND, "", text)
        self._control("command", user=user, channel=channel, command=name, text=rest)

    def click(self, user: str, channel: str, message: str | Json, action: str, option: str | None = None) -> None:
        """Use an element of a message (its ts or itself), found by action_id or text; option is the choice.

        LookupError if it is not there. Returns when the bot has answered.
        """
        ts = message if isinstance(message, str) else str(message["ts"])
        chosen = _action(self.message(channel, ts).get("blocks") or [], action, option)
        self._control("interact", user=user, channel=channel, messageTs=ts, action=chosen)

    def press(self, user: str, channel: str, ts: str, element: Json) -> None:
        """Use an element as it once stood on a message, even if it is there no more."""
        action = {"type": element.get("type", "button")} | {
            k: element[k] for k in ("action_id", "value") if k in element
        }
        self._control("interact", user=user, channel=channel, messageTs=ts, action=action)

    def click_home(self, user: str, action: str, option: str | None = None) -> None:
        """Use an element of the user's App Home, found by action_id or text; does not wait for the bot."""
        chosen = _action(self.home(user)["blocks"], action, option)
        app = self.slack.app["appId"]
        self._page.send(
            {
                "t": "block_action",
                "channel": "",
                "messageTs": "",
                "user": user,
                "action": chosen,
                "appId": app,
            }
        )

    def react(self, user: str, channel: str, ts: str, name: str, present: bool = True) -> None:
        """Add a reaction, or take it away with present=False."""
        self._control("reaction", user=user, channel=channel, ts=ts, name=name, present=present)

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change the text of one's own message."""
        self._control("edit-message", user=user, channel=channel, ts=ts, text=text)

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        self._control("delete-message", user=user, channel=channel, ts=ts)

    def upload(
        self, user: str, channel: str, name: str, content: bytes, text: str = "", thread_ts: str | None = None
    ) -> str:
        """Share a file with a remark; the ts of the message that carries it."""
        form = {"user": user, "channel": channel, "text": text, "thread_ts": thread_ts or ""}
        answer = self._http.post("/_control/upload", data=form, files={"file": (name, content)})
        assert answer.is_success, answer.text
        return str(answer.json()["message"]["ts"])

    def open_offer(self) -> None:
        """Nothing: a command opens its form by itself."""

    def open_home(self, user: str) -> None:
        """Open the bot's App Home."""
        self._control("open-home", user=user)

    def submit(self, user: str, values: Mapping[str, Value] | None = None, untouched: bool = True) -> dict[str, str]:
        """Fill the open modal by label or block_id and submit it; the field errors {block_id: words} or {}.

        See view_form.fill for the values, `untouched`, and what Slack's client refuses by itself.
        """
        view = self.modal()
        assert view is not None, "no modal is open"
        state, refused = fill(view, values or {}, untouched)
        if refused:
            return refused
        turn = self._page.turn
        self._page.send({"t": "view_submit", "user": user, "values": state})
        return self._page.await_turn(turn, ANSWER_TIMEOUT_S) or {}

    def cancel(self, user: str) -> None:
        """Close the open modal."""
        turn = self._page.turn
        self._page.send({"t": "view_close", "user": user})
        self._page.await_turn(turn, ANSWER_TIMEOUT_S)

    # What they see

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Json]:
        """What everybody sees, oldest first: all of the channel, or one thread with its parent."""
        seen = [message for message in self._all(channel) if message.get("subtype") != "ephemeral"]
        return seen if thread_ts is None else [one for one in seen if thread_ts in (one["ts"], one.get("thread_ts"))]

    def message(self, channel: str, ts: str) -> Json:
        """One message, ephemeral ones too; LookupError if there is none."""
        for message in self._all(channel):
            if message["ts"] == ts:
                return message
        raise LookupError(f"no message {ts} in {channel}")

    def ephemerals(self, channel: str, user: str) -> list[Json]:
        """What only this user sees in the channel, oldest first."""
        return [message for message in self._all(channel) if message.get("ephemeral_to") == user]

    def dm(self, user: str) -> str:
        """The id of the user's conversation with the bot; opened if there is none."""
        known = self._dm(user)
        if known is None:
            head = {"Authorization": f"Bearer {self.slack.app['botToken']}"}
            self._http.post("/api/conversations.open", json={"users": user}, headers=head).raise_for_status()
            known = self._dm(user)
        assert known is not None, f"no conversation with {user}"
        return known

    def dms(self, user: str) -> list[Json]:
        """The messages between the bot and the user, oldest first; [] when they never spoke."""
        known = self._dm(user)
        return [] if known is None else self.messages(known)

    def home(self, user: str) -> Json:
        """The user's App Home view; LookupError while none is published."""
        return self._page.homes[user][self.slack.app["appId"]]

    def modal(self) -> Json | None:
        """The open modal's view, the topmost one, or None. The server knows one stack for all users."""
        return self._page.stack[-1] if self._page.stack else None

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0) -> T:
        """wait_for, which on failure also tells the last messages and the open modal."""
        return wait_for(predicate, timeout, self._told)

    def _told(self) -> Json:
        channels = [channel["id"] for channel in self._state()["channels"]]
        last = {name: [one["text"][:200] for one in self._all(name)[-5:]] for name in channels}
        return {"messages": last, "modal": self.modal()}

    def _dm(self, user: str) -> str | None:
        for channel in self._state()["channels"]:
            if channel["is_im"] and {user, self.bot} == set(channel["members"]):
                return str(channel["id"])
        return None

    def _state(self) -> Json:
        state: Json = self._http.get("/_control/state").raise_for_status().json()
        return state

    def _all(self, channel: str) -> list[Json]:
        found: list[Json] = self._http.get(f"/_control/messages/{channel}").raise_for_status().json()["messages"]
        return found

    def _control(self, verb: str, **body: object) -> Json:
        given = {key: value for key, value in body.items() if value is not None}
        answer = self._http.post(f"/_control/{verb}", json=given)
        assert answer.is_success, f"{verb}: {answer.text}"
        return dict(answer.json())


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element of the blocks with the block it stands in."""
    for block in blocks:
        inside = list(block.get("elements") or ()) if block["type"] == "actions" else []
        for element in [*inside, block.get("accessory")]:
            if element:
                yield block, element


def _action(blocks: list[Json], name: str, option: str | None) -> Json:
    for block, element in elements(blocks):
        label = (element.get("text") or {}).get("text")
        if name in (element.get("action_id"), label):
            return _used(block, element, option)
        if element["type"] == "overflow" and name in [one["text"]["text"] for one in element["options"]]:
            return _used(block, element, name)
    there = [(element.get("action_id"), (element.get("text") or {}).get("text")) for _, element in elements(blocks)]
    raise LookupError(f"no element {name!r}; there are {there}")


def _used(block: Json, element: Json, option: str | None) -> Json:
    action: Json = {
        "type": element["type"],
        "action_id": element.get("action_id"),
        "block_id": block.get("block_id"),
    }
    if element["type"] == "datepicker":
        return action | {"selected_date": option}
    if element["type"] == "button":
        return action | {"value": element.get("value"), "text": element["text"]}
    for one in element.get("options") or ():
        if option in (one["value"], one["text"]["text"]):
            return action | {"selected_option": one}
    raise LookupError(f"no option {option!r} in {element}")
