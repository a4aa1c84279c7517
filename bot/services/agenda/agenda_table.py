"""Everything that an agenda shows, gathered from the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.action import Action
from bot.domain.agenda import Agenda, Decision, Topic
from bot.domain.knowledge import Article
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.messages import Line
from bot.ports import TicketFilter, UnitOfWork
from bot.services.agenda.agenda_items import MOST, deadline_of
from bot.services.agenda.figures import figures_of
from bot.services.campaigns.goal_progress import goal_lines


@dataclass(frozen=True, slots=True)
class Table:
    """An agenda with what it speaks of as it stands now. `deadlines` are those of the tickets to be decided."""

    agenda: Agenda
    channel: Channel
    tickets: Mapping[int, Ticket]
    deadlines: Mapping[int, datetime]
    topics: Sequence[Topic]
    actions: Sequence[Action]
    decisions: Sequence[Decision]
    figures: tuple[Line, ...]
    stale: Sequence[Article] = ()
    goals: tuple[Line, ...] = ()

    @property
    def unfinished(self) -> list[Action]:
        """The actions that are still to be done, the nearest date first."""
        todo = [action for action in self.actions if not action.is_settled]
        return sorted(todo, key=lambda one: (str(one.due or "9999"), one.id))

    @property
    def became(self) -> list[Action]:
        """Last time's actions that were settled before this agenda was posted."""
        at = self.agenda.posted_at
        return [action for action in self.actions if action.settled_at and action.settled_at < at]

    @property
    def decided(self) -> list[Decision]:
        """What was decided since this agenda was posted."""
        return [one for one in self.decisions if one.at >= self.agenda.posted_at]


def lay_out(uow: UnitOfWork, channel: Channel, agenda: Agenda) -> Table:
    """Gather what an agenda shows."""
    where = (agenda.workspace, agenda.conversation)
    actions, decisions = uow.actions.of(*where, agenda.since), uow.decisions.since(*where, agenda.since)
    spoken_of = [*(one.ticket for one in actions), *(one.ticket for one in decisions)]
    numbers = tuple(sorted({*agenda.numbers, *(number for number in spoken_of if number is not None)}))
    found = uow.tickets.search(agenda.workspace, TicketFilter(numbers=numbers, limit=5 * MOST)) if numbers else ()
    tickets = {ticket.number: ticket for ticket in found}
    undecided = [tickets[number] for number in agenda.decisions[:10] if number in tickets]
    deadlines = {one.number: due for one in undecided if (due := deadline_of(uow, one, channel))}
    topics = uow.topics.between(*where, agenda.since, agenda.posted_at)
    figures = figures_of(uow, channel, agenda.since, agenda.posted_at)
    stale = uow.articles.due(agenda.workspace, agenda.slot.at.astimezone(channel.tz).date())
    goals = goal_lines(uow, channel, agenda.posted_at)
    return Table(agenda, channel, tickets, deadlines, topics, actions, decisions, figures, stale, goals)
