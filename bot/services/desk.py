"""What every use case has at hand: the store, the clock, the detector, the directory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.abilities import MEMBERS_ONLY
from bot.domain.catalogue import Market, unlisted
from bot.domain.diligence import Answer, Question
from bot.domain.errors import NotAllowed
from bot.domain.first_meeting import FirstMeeting
from bot.domain.people import Person
from bot.domain.policy import Policy
from bot.domain.second_opinion import FactsReader, read_nothing
from bot.ports import Detector, Directory, InvitationUrl, Now, Reader, Sealer, UnitOfWorkFactory
from bot.services.intake.second_opinion import SecondOpinion
from bot.services.writer import Writer

FeedUrl = Callable[[str], str]
MeetingFile = Callable[[FirstMeeting], str]
Questionnaire = Callable[[Sequence[Question], Mapping[str, Answer]], str]


class Rulebook(Protocol):
    """The rules a tool is judged by, what is known of tools, and the time: a desk, or less than one."""

    @property
    def market(self) -> Market:
        """The tools there are."""

    @property
    def policy(self) -> Policy | None:
        """The policy that ships."""

    @property
    def questions(self) -> Sequence[Question]:
        """The questions of due diligence."""

    def at(self) -> datetime:
        """The present moment, in UTC."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A rulebook without a chat, for the command line."""

    now: Now
    market: Market
    policy: Policy | None
    questions: Sequence[Question]

    def at(self) -> datetime:
        """The present moment, in UTC."""
        return self.now()


def nowhere(token: str) -> str:
    """Where people can't reach us."""
    return ""


@dataclass(frozen=True, slots=True)
class Desk:
    """`unit_of_work` changes things, once per request (its commit also settles the request); `look` only reads.

    `second_opinion` is there only where a language model is configured; `invitation_url` tells where an agenda's
    invitation is found, where people can reach us; `market` knows the tools there are, with their categories;
    `read_facts` reads the day, reach and channels of a campaign out of some words; `policy` is the one that ships, as
    are the `questions` of due diligence; `questionnaire` makes a sheet (CSV) of some of them with the answers known;
    `reader` makes questions and articles comparable.
    `writer` is there only where a language model is configured, and writes only where the admin switched it on.
    `sealer` opens what the edge sealed, such as answers that nobody may read.
    `meeting_file` makes an invitation (iCalendar) of a first meeting.
    `feed_url` tells where a calendar is found by its token, empty where people can't reach us.
    """

    unit_of_work: UnitOfWorkFactory
    look: UnitOfWorkFactory
    now: Now
    detector: Detector
    directory: Directory
    second_opinion: SecondOpinion | None = None
    invitation_url: InvitationUrl | None = None
    market: Market = unlisted
    read_facts: FactsReader = read_nothing
    policy: Policy | None = None
    questions: Sequence[Question] = ()
    questionnaire: Questionnaire | None = None
    reader: Reader | None = None
    feed_url: FeedUrl = nowhere
    sealer: Sealer | None = None
    meeting_file: MeetingFile | None = None
    writer: Writer | None = None

    def at(self) -> datetime:
        """The present moment, in UTC."""
        return self.now()

    def person(self, workspace: str, person: str) -> Person:
        """Somebody, as the chat knows them. Asks the chat: never inside a unit of work."""
        return self.directory.person(workspace, person)

    def member(self, workspace: str, person: str) -> Person:
        """Somebody who is no guest; raises NotAllowed for one. Asks the chat."""
        found = self.person(workspace, person)
        if found.is_guest:
            raise NotAllowed(MEMBERS_ONLY)
        return found
