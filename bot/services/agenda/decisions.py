"""Decisions of the weekly sync: taken down once, kept in the log of their ticket, shown on its card and the agenda."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.action import require_runner
from bot.domain.agenda import Decision
from bot.domain.errors import Invalid
from bot.domain.people import Person
from bot.domain.ticket import Ticket
from bot.messages import Card, Choice, Mention, Text, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.agenda.actions import conversation_of, in_thread
from bot.services.agenda.agenda import last_agenda, renew
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.notifications import thread_post
from bot.services.tickets.tickets import settle

NO_TICKET = "-"
CHOICES_MOST = 99
LABEL_MOST = 70


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as the form says it: what was decided, by whom (a person's id), on which ticket if on one."""

    what: str
    by: str
    ticket: int | None = None


def decide(desk: Desk, who: Person, workspace: str, agenda_name: str, ruling: Ruling) -> None:
    """Take down a decision. Raises NotAllowed for who does not run the sync, Invalid for a decider who can't be one."""
    decider = desk.person(workspace, ruling.by)
    if decider.is_bot or decider.is_guest:
        raise Invalid("Please choose a colleague: guests and bots can't decide.", "by")
    with desk.unit_of_work() as uow:
        require_runner(uow.workspaces.roles(workspace).of(who.id))
        agenda = last_agenda(uow, workspace, conversation_of(agenda_name))
        made_in = (workspace, agenda.conversation, agenda.slot.name)
        kept = uow.decisions.add(Decision(*made_in, ruling.what, decider.id, who.id, desk.at(), ruling.ticket))
        if kept.ticket is None:
            uow.outbox.put([in_thread(agenda, f"decision:{kept.id}", _told(kept))])
        else:
            _decide_ticket(uow, uow.tickets.get(workspace, kept.ticket), kept)
        renew(desk, uow, agenda)


def check_runner(desk: Desk, workspace: str, actor: str) -> None:
    """Raise NotAllowed if somebody may not write at the sync."""
    with desk.look() as uow:
        require_runner(uow.workspaces.roles(workspace).of(actor))


def ticket_choices(desk: Desk, workspace: str, agenda_name: str) -> tuple[Choice, ...]:
    """The tickets a decision or an action can be about: those to be decided first, then the other open ones."""
    with desk.look() as uow:
        agenda = last_agenda(uow, workspace, conversation_of(agenda_name))
        wanted = TicketFilter(conversation=agenda.conversation, only_open=True, limit=CHOICES_MOST)
        tickets = {one.number: one for one in uow.tickets.search(workspace, wanted)}
    ordered = [*(tickets[n] for n in agenda.decisions if n in tickets), *tickets.values()]
    unique = {one.number: one for one in ordered}
    none = Choice("No ticket", NO_TICKET)
    return (none, *(Choice(_label(one), one.name) for one in unique.values()))


def _decide_ticket(uow: UnitOfWork, ticket: Ticket, kept: Decision) -> None:
    ticket.decide(kept.what, kept.by, kept.recorded_by, kept.at)
    settle(uow, ticket, [thread_post(ticket, f"decision:{kept.id}", _told(kept))])


def _told(kept: Decision) -> Card:
    note: Text = say("Taken down by {who} at the weekly sync.", who=Mention(kept.recorded_by))
    return Card(text=say("⚖️ {who} decided: {what}", who=Mention(kept.by), what=kept.what), note=note)


def _label(ticket: Ticket) -> str:
    return shorten(f"{ticket.name} {ticket.title}", LABEL_MOST)
