"""The parts that speak with Teams, put together."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.platforms.handlers import Handlers
from bot.platforms.memory import Memory
from bot.platforms.reception import Reception
from bot.platforms.teams.access import TeamsAccess
from bot.platforms.teams.adapter import KeepFile, TeamsChat
from bot.platforms.teams.edge import Doors, TeamsEdge
from bot.platforms.teams.kept import Kept
from bot.platforms.teams.line import Line
from bot.ports import Now


@dataclass(frozen=True, slots=True)
class Words:
    """What Teams must know of the registry: the words commands begin with, and which buttons open a form."""

    commands: Collection[str]
    opens_form: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class TeamsParts:
    """The chat as the core sees it, and where Teams comes in."""

    chat: TeamsChat
    edge: TeamsEdge


def make_parts(
    access: TeamsAccess, memory: Memory, words: Words, keep_file: KeepFile, door: tuple[Reception, Handlers, Now]
) -> TeamsParts:
    """All parts for one tenant; nothing is asked of Teams before it is needed. `door`: where requests are stored, what
    is known of their handlers, the time.
    """
    reception, handlers, now = door
    kept = Kept(memory, memory, memory, memory)
    chat = TeamsChat(access, Line(access), kept, words.opens_form, keep_file)
    return TeamsParts(chat, TeamsEdge(chat, kept, Doors(reception, handlers, words.commands, now)))
