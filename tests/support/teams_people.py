"""People at work in Teams: they say, press, fill dialogs, which reaches the bot over HTTP, signed as by Microsoft.

The same doings as tests.support.workspace has for Slack, under the same names, so that the same journeys play on both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

import httpx

from tests.support.strict_cards import faults_of
from tests.support.teams_connector import ROOT, Connector
from tests.support.teams_view import actions, errors, is_key, seen, view, whispered
from tests.support.teams_world import BOT, TENANT, ZONE, Message, mentions
from tests.support.view_form import Value, fill
from tests.support.workspace import wait_for

Json = dict[str, Any]
T = TypeVar("T")

COMMAND = "/itcheck"
OFFER = "open-form"


class TeamsPeople:
    """A driver of one connector and the bot at `endpoint`, which is set when the bot is there."""

    def __init__(self, connector: Connector) -> None:
        self.bot = BOT
        self.endpoint = ""
        self._connector = connector
        self._world = connector.world
        self._http = httpx.Client(timeout=30, trust_env=False)
        self._ids = count(1)
        self._moments: list[tuple[str, Json]] = []
        self._dialog: Json | None = None
        self._opened: set[str] = set()
        self._asker = self._home_after = ""

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    # What people do

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write a message; its id."""
        message = Message(self._world.next_id(), channel, user, text, thread_ts or "")
        with self._world.lock:
            self._world.messages.append(message)
        if self.endpoint:
            self.send(self._written(message))
        return message.id

    def say_dm(self, user: str, text: str, thread_ts: str | None = None) -> str:
        """Write to the bot directly; the message's id."""
        return self.say(user, self.dm(user), text)

    def command(self, user: str, channel: str, text: str) -> None:
        """Call the bot with a command, "/itcheck …" or what follows it."""
        self._asker = user
        self.say(user, channel, f"<@{BOT}> {text.removeprefix(COMMAND).strip()}")

    def click(self, user: str, channel: str, message: str | Json, action: str, option: str | None = None) -> None:
        """Press a button of a message, found by its label or its action. LookupError if it is not there."""
        where = channel if isinstance(message, str) else str(message["channel"])
        ts = message if isinstance(message, str) else str(message["ts"])
        found = self._world.message(where, ts)
        there = list(actions(found.card or {}))
        for one in there:
            if action in (one["title"], one.get("verb"), (one.get("data") or {}).get("action")):
                self._press(user, found, one)
                return
        raise LookupError(f"no button {action!r}; there are {[one['title'] for one in there]}")

    def press(self, user: str, channel: str, ts: str, element: Json) -> None:
        """Press a button as it once stood on a message, even if it is there no more."""
        self._press(user, self._world.message(channel, ts), element["pressed"])

    def click_home(self, user: str, action: str, option: str | None = None) -> None:
        """Press a button of somebody's page, which is a message in their chat with the bot."""
        self.click(user, self.dm(user), self.home(user), action)

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change the text of one's own message."""
        message = self._world.message(channel, ts)
        message.text = text
        self.send(self._changed(message, "messageUpdate", "editMessage"))

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        message = self._world.message(channel, ts)
        message.text = ""  # its place stays, and with it its thread
        self.send(self._changed(message, "messageDelete", "softDeleteMessage") | {"text": ""})

    def open_offer(self) -> None:
        """Open the form that was offered for the last command, once."""
        user = self._asker
        if not user:
            return
        offers = [one for one in self._world.here(self.dm(user)) if one.card and any(map(_is_offer, actions(one.card)))]
        if offers and offers[-1].id not in self._opened:
            self._opened.add(offers[-1].id)
            self.click(user, self.dm(user), offers[-1].id, OFFER)

    def open_home(self, user: str) -> None:
        """Ask for one's page."""
        self._home_after = self.say_dm(user, "home")

    def take_action(self, user: str, channel: str, ts: str, name: str) -> None:
        """Take a message action."""
        message = self._world.message(channel, ts)
        author = {"user": {"id": self._world.people[message.author]["aad"]}}
        payload = {"id": ts, "replyToId": message.root, "from": author, "body": {"content": f"<p>{message.text}</p>"}}
        value = {"commandId": name, "messagePayload": payload}
        told = self._invoke(user, message, "composeExtension/fetchTask", value)
        self._note_dialog(user, channel, told)

    def cancel(self, user: str) -> None:
        """Close the open dialog."""
        self._dialog = None

    def upload(
        self, user: str, channel: str, name: str, content: bytes, text: str = "", thread_ts: str | None = None
    ) -> str:
        """Share a file with a remark; the id of the message that carries it."""
        message = Message(self._world.next_id(), channel, user, text, thread_ts or "")
        link = f"https://acme.sharepoint.example/{name}"
        file = {"contentType": "application/vnd.microsoft.teams.file.download.info", "contentUrl": link, "name": name}
        self.send(self._written(message) | {"attachments": [file]})
        return message.id

    def submit(self, user: str, values: Mapping[str, Value] | None = None, untouched: bool = True) -> dict[str, str]:
        """Fill the open dialog by label or field and send it; what is wrong by field, or {}."""
        assert self._dialog is not None, "no dialog is open"
        state, refused = fill(self.modal() or {}, values or {}, untouched)
        if refused:
            return refused
        return self.send_dialog(user, self._data(state))

    def dialog_data(self, view: Json, values: Mapping[str, Value]) -> Json:
        """What the open dialog would send, filled so."""
        return self._data(fill(view, values)[0])

    def send_dialog(self, user: str, data: Json) -> dict[str, str]:
        """Send a dialog with this data; what is wrong by field, or {}."""
        told = self._invoke(user, None, "task/submit", {"data": data})
        wrong = errors(told["task"]["value"]["card"]["content"]) if told else {}
        self._note_dialog(user, "", told)
        return wrong

    def pages(self, user: str) -> list[str]:
        """The addresses behind the buttons of the messages to somebody."""
        cards = [one.card for one in self._world.here(self.dm(user)) if one.card]
        return [one["url"] for card in cards for one in actions(card) if one["type"] == "Action.OpenUrl"]

    def stand(self, told: Json) -> None:
        """Let a message stand in its channel, as it does before Teams posts it to anybody."""
        where, _, _ = str(told["conversation"]["id"]).partition(ROOT)
        with self._world.lock:
            self._world.messages.append(Message(told["id"], where, told["from"]["id"], told["text"]))

    def find(self, user: str, words: str) -> list[str]:
        """What the search extension shows for some words: the titles, or why there is nothing."""
        typed = {"name": "words", "value": words} if words else {"name": "initialRun", "value": "true"}
        value = {"commandId": "search", "parameters": [typed]}
        told = self._invoke(user, None, "composeExtension/query", value)["composeExtension"]
        self._world.violations += [fault for one in told.get("attachments", ()) for fault in faults_of(one["content"])]
        shown = [str(one["preview"]["content"]["title"]) for one in told.get("attachments", ())]
        return [str(told["text"])] if told["type"] == "message" else shown

    def join(self, user: str, channel: str) -> None:
        """Add the bot to the team of a channel."""
        self.send(self._activity(user, channel, "conversationUpdate") | {"membersAdded": [{"id": BOT}]})

    # What they see

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Json]:
        """What everybody sees, oldest first: all of the channel, or one thread with its root."""
        here = [seen(one) for one in self._world.here(channel)]
        return here if thread_ts is None else [one for one in here if thread_ts in (one["ts"], one.get("thread_ts"))]

    def message(self, channel: str, ts: str) -> Json:
        """One message; LookupError if there is none."""
        return seen(self._world.message(channel, ts))

    def ephemerals(self, channel: str, user: str) -> list[Json]:
        """What only this user sees: the chat with the bot, and what dialogs and buttons told."""
        told = [seen(one) for one in self._world.here(self.dm(user)) if is_key(one, "told:")]
        return [*told, *(one for who, one in self._moments if who == user)]

    def dm(self, user: str) -> str:
        """The id of the user's conversation with the bot."""
        return self._world.direct(user)

    def dms(self, user: str) -> list[Json]:
        """The messages between the bot and the user, oldest first."""
        return self.messages(self.dm(user))

    def home(self, user: str) -> Json:
        """The user's page: the newest message of the bot in their chat; LookupError while there is none."""
        here = [one for one in self._world.here(self.dm(user)) if is_key(one, "home:") and one.id > self._home_after]
        return seen(here[-1])

    def modal(self) -> Json | None:
        """The open dialog as a form, or None."""
        return view(self._dialog["title"], self._dialog["card"]["content"]) if self._dialog else None

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0) -> T:
        """wait_for, which on failure also tells the open dialog."""
        return wait_for(predicate, timeout, self.modal)

    # How it reaches the bot

    def send(self, activity: Json, **claims: object) -> httpx.Response:
        """Post an activity with a good token, or one with other `claims`; told is what the bot answers."""
        token = self._connector.signer.token(activity.get("serviceUrl") or "", **claims)
        head = {"Authorization": f"Bearer {token}"}
        answer = self._http.post(self.endpoint, json=activity, headers=head)
        assert claims or answer.status_code < 400, f"{answer.status_code}: {answer.text}"
        return answer

    def activity(self, user: str, channel: str, text: str) -> Json:
        """A message as Teams would post it, said by nobody yet."""
        return self._written(Message(self._world.next_id(), channel, user, text))

    def _data(self, state: Json) -> Json:
        assert self._dialog is not None, "no dialog is open"
        held: Json = self._dialog["card"]["content"]["actions"][0]["data"]
        return {field: _answer(entry["value"]) for field, entry in state.items()} | held

    def _press(self, user: str, message: Message, action: Json) -> None:
        data = action.get("data") or {}
        if action["type"] == "Action.OpenUrl":
            return
        if (data.get("msteams") or {}).get("type") == "task/fetch":
            self._note_dialog(user, message.conversation, self._invoke(user, message, "task/fetch", {"data": data}))
            return
        told = {"type": action["type"], "verb": action["verb"], "data": data}
        answer = self._invoke(user, message, "adaptiveCard/action", {"action": told, "trigger": "manual"})
        self._moments.append((user, whispered(str(answer["value"]), message.conversation)))

    def _note_dialog(self, user: str, channel: str, told: Json) -> None:
        """A form stays open; a card that only says something is read and closed."""
        shown = told["task"]["value"] if told else None
        self._dialog = shown if shown and "view" in str(shown["card"]["content"].get("actions")) else None
        if shown and self._dialog is None:
            said = Message("0", channel, BOT, card=shown["card"]["content"])
            self._moments.append((user, seen(said)))

    def _invoke(self, user: str, message: Message | None, name: str, value: Json) -> Json:
        made = self._activity(user, message.conversation if message else self.dm(user), "invoke")
        if message is not None:
            made["replyToId"] = message.id
            if message.conversation in self._world.channels and made["conversation"]["conversationType"] == "channel":
                made["conversation"]["id"] += ROOT + (message.root or message.id)
        answer = self.send(made | {"name": name, "value": value})
        return dict(answer.json()) if answer.content else {}

    def _written(self, message: Message) -> Json:
        text, entities = mentions(message.text, self._world)
        made = self._activity(message.author, message.conversation, "message") | {"id": message.id}
        if made["conversation"]["conversationType"] == "channel":
            made["conversation"]["id"] += ROOT + (message.root or message.id)
        return made | {"text": text, "entities": entities, "textFormat": "plain"}

    def _changed(self, message: Message, kind: str, event: str) -> Json:
        made = self._written(message) | {"type": kind}
        return made | {"channelData": made["channelData"] | {"eventType": event}}

    def _activity(self, user: str, channel: str, kind: str) -> Json:
        place = self._world.channels[channel]
        who = self._world.people[user]
        made: Json = {"type": kind, "id": f"f:{next(self._ids)}", "channelId": "msteams"}
        made |= {"serviceUrl": self._connector.service_url, "timestamp": datetime.now(UTC).isoformat()}
        made |= {"from": {"id": user, "name": who["name"], "aadObjectId": who["aad"]}, "localTimezone": ZONE}
        made |= {"recipient": {"id": BOT, "name": "IT Liaison"}}
        conversation = {"id": channel, "conversationType": place["kind"], "tenantId": TENANT}
        data: Json = {"tenant": {"id": TENANT}}
        if place["team"]:
            data |= {"team": {"id": place["team"]}, "channel": {"id": channel}}
        return made | {"conversation": conversation, "channelData": data}


def _is_offer(action: Json) -> bool:
    return bool((action.get("data") or {}).get("action") == OFFER)


def _answer(entry: Json) -> str:
    """What Teams sends for a field: its text, or nothing."""
    option = entry.get("selected_option")
    chosen = option["value"] if option else entry.get("selected_date") or entry.get("value")
    return str(chosen or "")
