"""What the registry is made of: commands, buttons, forms, entries of a menu, other things that happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.messages import Came, Reply, Request
from bot.services.desk import Desk
from handlers.commands.help import Topic

Handler = Callable[[Desk, Request], Reply]
Check = Callable[[Request], Mapping[str, str]]


def always(request: Request) -> bool:
    """Every time."""
    return True


def never(request: Request) -> bool:
    """At no time."""
    return False


@dataclass(frozen=True, slots=True)
class Command:
    """`/itcheck NAME …`: how it is typed, what it does, whether it answers with a form, where help lists it."""

    name: str
    usage: str
    help: str
    handle: Handler
    opens_form: Callable[[Request], bool] = never
    aliases: tuple[str, ...] = ()
    topic: Topic = Topic.TICKETS


@dataclass(frozen=True, slots=True)
class Action:
    """A button, by its action's name."""

    name: str
    handle: Handler
    opens_form: Callable[[Request], bool] = never


@dataclass(frozen=True, slots=True)
class FormHandler:
    """A submitted form: its check gives the errors by field, before anything is stored."""

    name: str
    handle: Handler
    check: Check


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of a message's menu."""

    name: str
    label: str
    help: str
    handle: Handler


@dataclass(frozen=True, slots=True)
class Happening:
    """Something else that happens in the chat."""

    came: Came
    handle: Handler
