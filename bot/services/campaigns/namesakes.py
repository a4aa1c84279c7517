"""Two campaigns of one name: the same one if their days agree or one has none, else each is told of the other."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.kinds import CAMPAIGN, kind_of
from bot.domain.ticket import Revision, Ticket
from bot.messages import Card, Code, Mention, Post, Text, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.notifications import fresh_card, thread_post
from bot.services.sla.sla import agreed_for, channel_of, follow, save_clocks
from bot.services.tickets.cards import answer_words, ticket_link

MOST = 20


def same_or_namesake(
    uow: UnitOfWork, workspace: str, kind: str, topic: str, day: date | None
) -> tuple[Ticket | None, Ticket | None]:
    """The open ticket about the same thing, and one that only has its name: a campaign of another day."""
    wanted = TicketFilter(kind=kind, topic=topic, only_open=True, limit=MOST if kind == CAMPAIGN.key else 1)
    found = uow.tickets.search(workspace, wanted)
    same = [one for one in found if kind != CAMPAIGN.key or _may_be_one(one.starts_on, day)]
    exact = [one for one in same if one.starts_on == day]
    others = [one for one in found if one not in same]
    return next(iter(exact or same), None), next(iter(others), None)


def namesake_post(ticket: Ticket, other: Ticket) -> Post:
    """What a new campaign's thread is told of another with its name."""
    day = other.starts_on
    words = say(
        "{link} has the same name and starts on {day}. If both are one campaign, IT makes them one: {how}",
        link=ticket_link(other), day=f"{day:%a} {day.day} {day:%b %Y}" if day else "another day",
        how=Code(f"/itcheck merge {ticket.name} {other.name}"),
    )  # fmt: skip
    return thread_post(ticket, f"namesake:{other.number}", Card(text=words))


def fill_gaps(uow: UnitOfWork, ticket: Ticket, facts: dict[str, str], by: str, at: datetime) -> None:
    """What somebody tells of a campaign that has a ticket is taken in where nothing was known; the thread hears it."""
    questions = [one for one in kind_of(ticket.kind).questions[1:] if facts.get(one.key)]
    gaps = [one for one in questions if not ticket.facts.get(one.key)]
    if ticket.kind != CAMPAIGN.key or not gaps:
        return
    more = {**ticket.facts, **{one.key: facts[one.key] for one in gaps}}
    day = date.fromisoformat(more["start"]) if more.get("start") else None
    ticket.revise(Revision(ticket.kind, ticket.priority, day, more), by, at)
    channel, before = channel_of(uow, ticket), uow.clocks.of(ticket.workspace, ticket.number)
    clocks = follow(ticket, before, agreed_for(uow, ticket, channel, before))
    uow.tickets.save(ticket)
    save_clocks(uow, ticket, clocks, channel)
    told: Text = say("{who} adds:", who=Mention(by))
    for number, one in enumerate(gaps):
        told += say("{comma} {name}: {what}", comma=";" if number else "", name=one.name,
                    what=answer_words(one, facts[one.key]))  # fmt: skip
    uow.outbox.put(
        [fresh_card(ticket, clocks, channel), thread_post(ticket, f"adds:{ticket.revision}", Card(text=(*told, ".")))]
    )


def _may_be_one(one: date | None, other: date | None) -> bool:
    return one is None or other is None or one == other
