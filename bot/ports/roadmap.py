"""What the core needs of the store for the road map: its draft, its revisions, its reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.roadmap_edition import Draft, RevisionHead, RoadMapRevision
from bot.domain.roadmap_review import RoadMapReview
from bot.domain.sponsor import SponsorWord
from bot.domain.stake import Size


class RoadMapDrafts(Protocol):
    """The draft of each workspace's road map."""

    def get(self, workspace: str) -> Draft:
        """The draft, locked for this unit of work; an empty one where there is none."""

    def save(self, workspace: str, draft: Draft) -> Draft:
        """Store it in place of the one of its version; it comes back with the next version. Raises Conflict if
        somebody else changed it since it was read.
        """

    def workspaces(self) -> Sequence[str]:
        """The workspaces that have one."""


class RoadMapRevisions(Protocol):
    """The revisions that were put before both sides."""

    def add(self, workspace: str, revision: RoadMapRevision) -> None:
        """Store a revision. Raises Conflict if this number is there already."""

    def get(self, workspace: str, number: int) -> RoadMapRevision | None:
        """One revision, locked for this unit of work."""

    def signed(self, workspace: str) -> RoadMapRevision | None:
        """The one that holds: of those signed by both sides the newest."""

    def enforce(self, workspace: str, number: int, at: datetime) -> None:
        """From now on a revision holds."""

    def heads(self, workspace: str) -> Sequence[RevisionHead]:
        """All revisions without what they say, oldest first."""


class RoadMapReviews(Protocol):
    """The road map reviews that were posted."""

    def save(self, review: RoadMapReview) -> None:
        """Store a review, in place of the one of the same month."""

    def last(self, workspace: str) -> RoadMapReview | None:
        """The newest one."""


class SponsorWords(Protocol):
    """What sponsors say of what they answer for each month, and from which size on a ticket has one."""

    def save(self, word: SponsorWord) -> None:
        """Store a word, in place of the last of the same sponsor on the same item in that month."""

    def of(self, workspace: str, month: str) -> Sequence[SponsorWord]:
        """All words of a month, by item and person."""

    def size(self, workspace: str) -> Size:
        """From which size on a ticket has a sponsor; the default where nothing was said."""

    def resize(self, workspace: str, size: Size) -> None:
        """From now on it is this size."""
