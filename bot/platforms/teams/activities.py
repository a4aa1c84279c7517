"""What happens in Teams, as requests in our own words; what people press and submit stands in invokes.py."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.messages import Came, Request
from bot.platforms.teams.markup import calls, plain
from bot.ports.places import CHANNEL, DIRECT, GROUP

Json = Mapping[str, Any]

ROOT = ";messageid="
FEW_WORDS = 4
ALMOST = 0.8
BOTS = "28:"  # what the ids of bots begin with
KINDS = {"personal": DIRECT, "groupChat": GROUP, "channel": CHANNEL}
HOME_WORDS = frozenset({"home", "my page"})
GONE = frozenset({"teamDeleted", "teamHardDeleted", "teamArchived"})
BACK = frozenset({"teamUnarchived", "teamRestored"})
# "ask Sam to …", "ask @Sam …" is a request about somebody, while "ask who …" is a question to us.
_TO_SOMEBODY = re.compile(r"(?i:ask) (?:@|(?:[A-Z][\w'-]+ ){1,2}(?:to|for|whether|if)\b|(?:him|her|them) )")


@dataclass(frozen=True, slots=True)
class Heard:
    """An activity with what is said around it: our own id, the words that commands begin with, the time received.

    `siblings`: all channels we know of the activity's team.
    """

    activity: Json
    us: str
    commands: Collection[str]
    received: datetime
    siblings: Sequence[str] = ()

    def of(self, *names: str) -> Any:
        """A value by its path, None if something on the way is missing."""
        value: Any = self.activity
        for name in names:
            value = value.get(name) if isinstance(value, Mapping) else None
        return value

    def text(self, *names: str) -> str:
        """A value by its path, as text."""
        return str(self.of(*names) or "")

    @property
    def workspace(self) -> str:
        """The tenant, which the gate has checked."""
        return self.text("channelData", "tenant", "id") or self.text("conversation", "tenantId")

    @property
    def person(self) -> str:
        """Who did it."""
        return self.text("from", "id")

    @property
    def conversation(self) -> str:
        """The conversation, in a channel without its thread."""
        return self.text("conversation", "id").partition(ROOT)[0]

    @property
    def root(self) -> str:
        """The message that begins the thread."""
        return self.text("conversation", "id").partition(ROOT)[2]

    @property
    def kind(self) -> str:
        """Channel, group or direct conversation."""
        return KINDS.get(self.text("conversation", "conversationType"), CHANNEL if self.root else DIRECT)

    @property
    def at(self) -> datetime:
        """When it happened."""
        return moment(self.text("timestamp")) or self.received

    def request(self, came: Came, key: str, conversation: str = "") -> Request:
        """A request at the place of this activity."""
        return Request(
            workspace=self.workspace,
            platform="teams",
            key=key,
            came=came,
            actor="" if self.text("from", "id") == self.us else self.text("from", "id"),
            at=self.at,
            conversation=conversation or self.conversation,
            is_direct=self.kind == DIRECT,
        )


def read(heard: Heard) -> Sequence[Request]:
    """The requests in an activity; none in what is not for us, above all whatever a bot did."""
    reader = _READERS.get(heard.text("type"))
    by_bot = heard.text("from", "id").startswith(BOTS)
    return () if reader is None or (by_bot and heard.text("type").startswith("message")) else reader(heard)


def moment(stamp: str) -> datetime | None:
    """An ISO time stamp of Teams', None if it is none."""
    try:
        read_as = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return read_as.astimezone(UTC) if read_as.tzinfo else read_as.replace(tzinfo=UTC)


def files(activity: Json) -> tuple[str, ...]:
    """Links to the files of a message; the message's own HTML and cards are none."""
    found = activity.get("attachments")
    kept = [one for one in (found if isinstance(found, list) else []) if isinstance(one, Mapping)]
    return tuple(
        str(one["contentUrl"])
        for one in kept
        if one.get("contentUrl")
        and not str(one.get("contentType")).startswith(("text/html", "application/vnd.ms-card"))
    )


def _message(heard: Heard) -> Sequence[Request]:
    """Words; with a command in front, when they are for us, that command."""
    message = heard.text("id")
    text, for_us = plain(heard.activity, heard.us), calls(heard.activity, heard.us)
    if not message or not (text or for_us or files(heard.activity)):
        return ()
    key = f"message:{heard.conversation}:{message}"
    word, _, rest = text.partition(" ")
    if for_us or heard.kind == DIRECT:
        if text.lower() in HOME_WORDS:
            return (heard.request(Came.HOME, key),)
        is_command = word.lower() in heard.commands or _is_misspelt(text, heard.commands)
        if is_command and not _TO_SOMEBODY.match(text):
            return (replace(heard.request(Came.COMMAND, key), name=word.lower(), text=rest.strip()),)
    written = replace(heard.request(Came.MESSAGE, key), text=text, message=message, thread=_thread(heard, message))
    return (replace(written, calls_us=for_us, files=files(heard.activity)),)


def _is_misspelt(text: str, commands: Collection[str]) -> bool:
    """A few words that begin almost as a command does: better answered with what was meant than with a ticket."""
    words = text.lower().split()
    few = 0 < len(words) <= FEW_WORDS and "?" not in text
    return few and bool(difflib.get_close_matches(words[0], commands, n=1, cutoff=ALMOST))


def _edit(heard: Heard) -> Sequence[Request]:
    message = heard.text("id")
    key = f"edit:{heard.conversation}:{message}:{heard.text('timestamp')}"
    edited = replace(heard.request(Came.EDIT, key), text=plain(heard.activity, heard.us), message=message)
    calls_us = calls(heard.activity, heard.us)
    return (replace(edited, thread=_thread(heard, message), calls_us=calls_us, files=files(heard.activity)),)


def _deletion(heard: Heard) -> Sequence[Request]:
    message = heard.text("id")
    gone = heard.request(Came.DELETION, f"deletion:{heard.conversation}:{message}:{heard.text('timestamp')}")
    return (replace(gone, message=message, thread=_thread(heard, message)),)


def _thread(heard: Heard, message: str) -> str:
    """The thread a message answers in; empty for one that begins its own."""
    return heard.root if heard.root != message else ""


def _update(heard: Heard) -> Sequence[Request]:
    """The bot came or went, with a team or a channel."""
    event = heard.text("channelData", "eventType")
    if _names_us(heard, "membersRemoved") or event in GONE:
        return _left(heard)
    if _names_us(heard, "membersAdded"):
        return () if heard.kind == DIRECT else (heard.request(Came.JOINED, _event(heard, heard.conversation)),)
    if event in BACK:
        return [heard.request(Came.JOINED, _event(heard, one), one) for one in heard.siblings]
    if event == "channelDeleted":
        channel = heard.text("channelData", "channel", "id")
        return (heard.request(Came.LEFT, _event(heard, channel), channel),) if channel else ()
    return ()


def _installation(heard: Heard) -> Sequence[Request]:
    """Somebody added the app for themselves: their page; it was removed from a team: it leaves all its channels."""
    if heard.text("action").startswith("remove"):
        return _left(heard)
    is_mine = heard.kind == DIRECT and heard.text("action").startswith("add")
    return (heard.request(Came.HOME, _event(heard, "home")),) if is_mine else ()


def _left(heard: Heard) -> Sequence[Request]:
    if heard.kind == DIRECT:
        return ()
    everywhere = dict.fromkeys([heard.conversation, *heard.siblings])
    return [heard.request(Came.LEFT, _event(heard, one), one) for one in everywhere]


def _event(heard: Heard, what: str) -> str:
    return f"event:{heard.text('id') or heard.text('timestamp')}:{what}"


def _names_us(heard: Heard, list_name: str) -> bool:
    people = heard.of(list_name)
    return any(isinstance(one, Mapping) and one.get("id") == heard.us for one in people or ())


_READERS: dict[str, Callable[[Heard], Sequence[Request]]] = {
    "message": _message,
    "messageUpdate": _edit,
    "messageDelete": _deletion,
    "conversationUpdate": _update,
    "installationUpdate": _installation,
}
