"""What every use case has at hand: the store, the clock, the detector, the directory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Person
from bot.ports import Detector, Directory, InvitationUrl, Now, UnitOfWorkFactory
from bot.services.second_opinion import SecondOpinion


def no_category(tool: str) -> str:
    """Nothing is known of any tool."""
    return ""


@dataclass(frozen=True, slots=True)
class Desk:
    """`unit_of_work` changes things, once per request (its commit also settles the request); `look` only reads.

    `second_opinion` is there only where a language model is configured; `invitation_url` tells where an agenda's
    invitation is found, where people can reach us. `category_of` gives a tool's category by its name, an empty string
    for one it does not know.
    """

    unit_of_work: UnitOfWorkFactory
    look: UnitOfWorkFactory
    now: Now
    detector: Detector
    directory: Directory
    second_opinion: SecondOpinion | None = None
    invitation_url: InvitationUrl | None = None
    category_of: Callable[[str], str] = no_category

    def at(self) -> datetime:
        """The present moment, in UTC."""
        return self.now()

    def person(self, workspace: str, person: str) -> Person:
        """Somebody, as the chat knows them. Asks the chat: never inside a unit of work."""
        return self.directory.person(workspace, person)
