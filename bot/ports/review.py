"""What the core needs of the store for reviews of tools: the policy, the reviews, sign-offs and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.answers import Given
from bot.domain.cost_sheet import CostSheet
from bot.domain.own_questions import OwnQuestion
from bot.domain.project import Project
from bot.domain.review import Edition, Review
from bot.domain.signoff import SignOff


class Policies(Protocol):
    """The policies of a workspace, in editions."""

    def add(self, workspace: str, edition: Edition) -> None:
        """Store an edition. Raises Conflict if this version is there already."""

    def get(self, workspace: str, version: int) -> Edition | None:
        """One edition, locked for this unit of work."""

    def latest(self, workspace: str) -> Edition | None:
        """The newest edition, in force or not."""

    def in_force(self, workspace: str) -> Edition | None:
        """The edition that holds: of those signed by both sides the newest."""

    def enforce(self, workspace: str, version: int, at: datetime) -> None:
        """From now on an edition holds."""


class Reviews(Protocol):
    """The reviews of tickets, in versions."""

    def add(self, review: Review) -> None:
        """Store a version. Raises Conflict if somebody else added it."""

    def of(self, workspace: str, number: int) -> Sequence[Review]:
        """All versions of a ticket's review, oldest first."""

    def save(self, review: Review) -> None:
        """Store what became of a version."""


class SignOffs(Protocol):
    """Who was asked for a yes or no on what, and said what. A subject is a review (`review:12`) or `policy`."""

    def ask(self, workspace: str, subject: str, signoffs: Sequence[SignOff]) -> None:
        """Store what is asked now."""

    def of(self, workspace: str, subject: str) -> Sequence[SignOff]:
        """Everything that was asked and not taken back, in the order of asking."""

    def answer(self, workspace: str, subject: str, signoff: SignOff) -> None:
        """Store a signature. Raises Conflict if there is one already, or it is not asked any more."""

    def take_back(self, workspace: str, subject: str) -> None:
        """Whatever is unanswered is not asked any more."""


class Answers(Protocol):
    """What was answered to the questions of due diligence, in versions that stay."""

    def add(self, workspace: str, given: Sequence[Given]) -> None:
        """Store versions of answers. Raises Conflict if somebody else added one of them."""

    def of(self, workspace: str, number: int) -> Sequence[Given]:
        """Every version of a ticket's answers, in the order in which they came."""

    def about(self, workspace: str, vendor: str, besides: int) -> Sequence[Given]:
        """Every version of the answers other tickets have about a vendor, in the order in which they came."""


class OwnQuestions(Protocol):
    """A workspace's own questions of due diligence, in versions."""

    def of(self, workspace: str) -> Sequence[OwnQuestion]:
        """Every version of every question, in the order in which they came."""

    def add(self, workspace: str, one: OwnQuestion) -> None:
        """Store a version. Raises Conflict if somebody else added it."""


class Costs(Protocol):
    """What tools really cost, by ticket, in versions."""

    def add(self, sheet: CostSheet) -> None:
        """Store a version. Raises Conflict if somebody else added it."""

    def of(self, workspace: str, number: int) -> Sequence[CostSheet]:
        """All versions of a ticket's cost, oldest first."""


class Projects(Protocol):
    """What goes on around the tools of tickets."""

    def of(self, workspace: str, number: int) -> Project:
        """A ticket's project, an empty one where nothing is known."""

    def save(self, project: Project) -> None:
        """Store a project."""
