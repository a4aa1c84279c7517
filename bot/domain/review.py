"""The review of one tool: what the policy says of it, in versions; each is signed, or not, as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.policy import Asked, Policy, Ruling, ruling
from bot.domain.signoff import Outcome

DRAFT = 0  # the version of a policy nobody has signed: the one that ships


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a workspace's policy; it holds from `in_force_at`, once both sides have signed it."""

    version: int
    policy: Policy
    by: str
    at: datetime
    in_force_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One version of a ticket's review. `policy`: the version of the policy it was made under;
    `cost`: what the tool really costs, in words, as it was reckoned then.
    """

    workspace: str
    number: int
    version: int
    by: str
    at: datetime
    policy: int
    currency: str
    asked: Asked
    ruling: Ruling
    outcome: Outcome = Outcome.PENDING
    decided_at: datetime | None = None
    cost: str = ""

    @property
    def subject(self) -> str:
        """What its sign-offs are kept under."""
        return subject_of(self.number)

    @property
    def is_decided(self) -> bool:
        """True once everybody said yes, or one said no."""
        return self.outcome is not Outcome.PENDING

    def decide(self, outcome: Outcome, at: datetime) -> Review:
        """The review with its verdict."""
        return replace(self, outcome=outcome, decided_at=at)


def subject_of(number: int) -> str:
    """What the sign-offs of a ticket's reviews are kept under."""
    return f"review:{number}"


def under(edition: Edition, asked: Asked, place: tuple[str, int, int], by: str, at: datetime, cost: str = "") -> Review:
    """A review under an edition of the policy. `place`: workspace, ticket, version. Raises Invalid as `ruling` does."""
    currency = edition.policy.currency
    return Review(*place, by, at, edition.version, currency, asked, ruling(edition.policy, asked), cost=cost)
