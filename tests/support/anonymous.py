"""What stands written down, and the tickets of people who asked without their name."""

from __future__ import annotations

from bot.domain.knowledge import Article, Audience
from tests.builders import MONDAY_NINE, TEAM, Office
from tests.support.filled import DONE_BY

WRITTEN = Article("Subdomains", "A week before.", "IT", MONDAY_NINE.date(), Audience.EVERYONE)


def be_hidden(office: Office, name: str) -> None:
    """The ticket's requester asked anonymously, where that is what a button or form is for."""
    if name.startswith("anonymous_"):
        with office.store.unit_of_work() as uow:
            ticket = uow.tickets.get(TEAM, 1)
            ticket.requester = DONE_BY[name]
            uow.tickets.save(ticket)
