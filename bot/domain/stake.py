"""What is large enough to need a sponsor: from how much a year, or from which audience on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.domain.errors import Invalid
from bot.domain.ticket import Revision, Ticket

MOST_AUDIENCE = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """From `yearly` (in the currency of the policy) or from `audience` (people) on, a ticket has a sponsor.

    The defaults are our own: about what one licence for a department costs, and a mailing that a site feels.
    Raises Invalid for what is no size.
    """

    yearly: Decimal = Decimal(10_000)
    audience: int = 100_000

    def __post_init__(self) -> None:
        if self.yearly <= 0 or not 0 < self.audience <= MOST_AUDIENCE:
            raise Invalid("Both sizes have to be above zero.")

    def is_reached(self, yearly: Decimal | None, audience: int | None) -> bool:
        """Whether a ticket is that large; None where a figure is not known."""
        return (yearly or Decimal(0)) >= self.yearly or (audience or 0) >= self.audience


@dataclass(frozen=True, slots=True)
class Stake:
    """An item or a ticket by its key, in words, with its dates; `sponsors`: the ids of who answers for it."""

    key: str
    title: str
    when: str
    sign: str
    sponsors: tuple[str, ...] = ()


def name_sponsor(ticket: Ticket, person: str, by: str, at: datetime) -> None:
    """Somebody (an id; empty: nobody) sponsors a ticket from now on: they want the outcome, and answer for it."""
    others = {key: value for key, value in ticket.facts.items() if key != "sponsor"}
    facts = {**others, "sponsor": f"@{person}"} if person else others
    ticket.revise(Revision(ticket.kind, ticket.priority, ticket.starts_on, facts), by, at)
