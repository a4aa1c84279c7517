"""Chat-neutral words: what people ask of us (Request) and what we say (Card, Form, Page).

Text is a tuple of spans. A plain string in it is always shown as it is, escaped by each platform, so that nothing
a person wrote can ping a channel or break out of its place. Mentions, links and times are spans of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from string import Formatter
from typing import Literal

from bot.attachments import Document, Picture


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, to be pinged or named as the platform does it."""

    person: str
    span: Literal["mention"] = "mention"


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel's name, linked."""

    conversation: str
    span: Literal["channel"] = "channel"


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    words: str
    span: Literal["strong"] = "strong"


@dataclass(frozen=True, slots=True)
class Code:
    """Words to be typed as they stand, such as a command."""

    words: str
    span: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Link:
    """A web address with its label."""

    url: str
    label: str
    span: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class ThreadLink:
    """A link to a message in the chat."""

    conversation: str
    message: str
    label: str
    span: Literal["thread"] = "thread"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, shown in the reader's zone where the platform can, else in `zone`."""

    at: datetime
    zone: str = "UTC"
    span: Literal["moment"] = "moment"


Span = str | Mention | Channel | Strong | Code | Link | ThreadLink | Moment
Text = tuple[Span, ...]
_parsed = lru_cache(maxsize=1024)(lambda template: tuple(Formatter().parse(template)))  # our own templates are few


def say(template: str, **parts: Span | Text) -> Text:
    """Text from a template of ours: `say("Hello {who}", who=Mention("U1"))`. Parts are never parsed."""
    spans: list[Span] = []
    for literal, name, _, _ in _parsed(template):
        spans.extend([literal] if literal else [])
        if name:
            part = parts[name]
            spans.extend(part if isinstance(part, tuple) else (part,))
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, shown side by side."""

    label: str
    value: Text


class Style(StrEnum):
    """How a button looks: one primary at most."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `action` names a handler, `value` says on what; a `url` only opens a page."""

    label: str
    action: str
    value: str = ""
    style: Style = Style.PLAIN
    confirm: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines under it; a line may carry one button."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list."""

    text: Text
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One message, its words around a picture, which a whisper only says in words; or a file with its text."""

    title: str = ""
    text: Text = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    buttons: tuple[Button, ...] = ()
    more: tuple[Button, ...] = ()  # pressed now and then: in a menu
    note: Text = ()
    alt: str = ""
    picture: Picture | None = None
    file: Document | None = None


class FieldKind(StrEnum):
    """How a form's field is filled in."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field: the label people see and the value that comes back."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `value` is what stands in it at first."""

    key: str
    label: str
    kind: FieldKind = FieldKind.LINE
    value: str = ""
    hint: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    most: int = 300


@dataclass(frozen=True, slots=True)
class Form:
    """A form to fill in. `name` is its handler's; `context` comes back with the answers unchanged."""

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    submit: str = "Send"
    intro: Text = ()
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: a conversation (and thread in it), or a person directly."""

    conversation: str = ""
    thread: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message that exists: its conversation and its id there."""

    conversation: str
    message: str


@dataclass(frozen=True, slots=True)
class Post:
    """A message on its way out. Its key is unique for ever: the same key is never posted twice.

    `update_of`: the key of the post it replaces in place. `in_thread_of`: the key of the post whose thread it
    goes to. `anchors`: the ticket whose thread begins with this message. `lane`: posts of one lane leave in
    their order. `not_before`: it waits until then, and holds up the rest of its lane.
    """

    workspace: str
    key: str
    to: Address
    card: Card
    lane: str
    update_of: str = ""
    in_thread_of: str = ""
    anchors: int | None = None
    not_before: datetime | None = None


class Came(StrEnum):
    """What kind of thing a person did."""

    COMMAND = "command"
    ACTION = "action"
    FORM = "form"
    SHORTCUT = "shortcut"
    MESSAGE = "message"
    EDIT = "edit"
    DELETION = "deletion"
    REACTION = "reaction"
    HOME = "home"
    JOINED = "joined"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a person did, as any chat platform would tell it. `key` is unique: the same act, the same key.

    `name`: the sub-command, button action, form or reaction. `value`: what a button carries. `about_author`
    and `about_text`: the message a shortcut or reaction points at. `view`: where an opened form stands.
    `reply_to`: an address of the platform's for answering only this person.
    """

    workspace: str
    platform: str
    key: str
    came: Came
    actor: str
    at: datetime
    name: str = ""
    text: str = ""
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    conversation: str = ""
    is_direct: bool = False
    thread: str = ""
    message: str = ""
    about_author: str = ""
    about_text: str = ""
    calls_us: bool = False
    files: tuple[str, ...] = ()
    view: str = ""
    reply_to: str = ""

    @property
    def lane(self) -> str:
        """Requests of one lane are handled in their order: those of one thread, else each by itself."""
        root = self.thread or self.message
        return f"{self.conversation}:{root}" if self.conversation and root else self.key


@dataclass(frozen=True, slots=True)
class Reply:
    """What only the person who asked gets to see: a card, a filled form, or their Home. At most once each."""

    card: Card | None = None
    form: Form | None = None
    home: Card | None = None
    replaces: bool = False


NOTHING = Reply()
