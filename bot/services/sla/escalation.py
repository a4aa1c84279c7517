"""Calling somebody further up: by hand, by itself when nobody answers, and the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.abilities import Ability, is_of_it
from bot.domain.agreed import Agreed, owners_for
from bot.domain.errors import Conflict, LiaisonError, NotAllowed, NotFound
from bot.domain.escalation import Escalation, Reason, candidates, next_rung
from bot.domain.people import Person, Role, Side, side_of
from bot.domain.ticket import Entry, Ticket, WaitingFor
from bot.domain.workspace import Roles
from bot.messages import Card, Mention, Post, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.sla.ladder import Round, answered, below, finish, hand_up, open_on
from bot.services.sla.sla import channel_of
from bot.services.tickets.tickets import change, number_of, settle

AT_ONCE = 20
NOT_YOURS = "Only the person who was asked, or somebody else on that ladder, can answer this. Write in the thread."
OVER = "This is no longer escalated: somebody answered, or the ticket is closed. Write in the thread if you like."
TOP = "You are the last one on the ladder for this. It is yours to decide."
ASKED = "There is nobody further up: whoever is on top of the ladder has it already and was asked directly."


def escalate(desk: Desk, who: Person, workspace: str, name: str, reason: Reason, why: str) -> Ticket:
    """Call the next one up the ladder of the side that owes something."""
    gone = _gone(desk, workspace)

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        now = Round(uow, ticket, _agreed(uow, ticket), desk.at(), gone)
        side = _owing(ticket, who, now.roles)
        wanted = _wanted(open_on(uow, ticket, side), ticket, side, now)
        wanted = replace(wanted, reason=reason, why=why, asked_by=who.id)
        _require_somebody_above(now, wanted)
        return hand_up(now, wanted)

    return change(desk, who, workspace, name, Ability.ESCALATE, verb)


def answer_escalation(desk: Desk, who: Person, workspace: str, name: str, text: str, key: str) -> Ticket:
    """Answer what one was asked to step in for: in the thread, recorded, and the escalation is over."""
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        roles = uow.workspaces.roles(workspace).of(who.id)
        _require_asked(uow, ticket, who.id, roles)
        at = desk.at()
        uow.log.keep(workspace, ticket.number, Entry(who.id, text, at, f"by-form:{key}"))
        if is_of_it(ticket, who.id, roles) and who.id != ticket.requester:
            ticket.answer(who.id, at)
        else:
            ticket.hear_requester(who.id, at)
        words = say("{who} answers: {text}", who=Mention(who.id), text=text)
        posts = answered(uow, ticket, who.id, at)
        settle(uow, ticket, [thread_post(ticket, f"answer:{key}", Card(text=words)), *posts])
    return ticket


def check_asked(desk: Desk, workspace: str, actor: str, name: str) -> str:
    """The ticket's name, if the person may answer an escalation of it now; raises NotAllowed, Conflict or NotFound."""
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        _require_asked(uow, ticket, actor, uow.workspaces.roles(workspace).of(actor))
    return ticket.name


def climb_escalations(desk: Desk) -> bool:
    """One step: hand up what nobody answered in time, and what a breach has begun. True if there may be more."""
    now = desk.at()
    with desk.look() as uow:
        due = uow.escalations.due(now, AT_ONCE)
    gone = {workspace: _gone(desk, workspace) for workspace in {one.workspace for one in due}}
    for one in due:
        with desk.unit_of_work() as uow:
            ticket = uow.tickets.get(one.workspace, one.number)
            if ticket.is_finished:
                finish(uow, ticket)
            elif one in uow.escalations.of(one.workspace, one.number):  # else another has handed it up by now
                round_ = Round(uow, ticket, _agreed(uow, ticket), now, gone[one.workspace])
                settle(uow, ticket, hand_up(round_, one, by_itself=True))
    return len(due) == AT_ONCE


def _require_asked(uow: UnitOfWork, ticket: Ticket, person: str, roles: Iterable[Role]) -> None:
    """Return if the person may answer an escalation of the ticket; raise NotAllowed, or Conflict if it is over."""
    running = [one for one in uow.escalations.of(ticket.workspace, ticket.number) if one.is_open and one.person]
    if not running:
        raise Conflict(OVER)
    held = frozenset(roles)
    if not any(one.can_be_answered_by(person, held, owes_it=False) for one in running):
        raise NotAllowed(NOT_YOURS)


def _agreed(uow: UnitOfWork, ticket: Ticket) -> Agreed:
    """The hours of all who may be asked, and of whoever stands in for them."""
    channel, roles = channel_of(uow, ticket), uow.workspaces.roles(ticket.workspace)
    people = {person for side in Side for person in candidates(side, roles)}
    people |= {one.delegate for one in uow.absences.of(ticket.workspace) if one.person in people}
    calendars = uow.agreements.calendars(ticket.workspace, owners_for(channel.id, sorted(people)))
    return Agreed(channel.id, channel.zone, calendars=tuple(calendars))


def _owing(ticket: Ticket, who: Person, roles: Roles) -> Side:
    by_it = side_of(roles.of(who.id)) is Side.IT
    return Side.MARKETING if by_it and ticket.waiting_for is WaitingFor.REQUESTER else Side.IT


def _wanted(running: Escalation | None, ticket: Ticket, side: Side, now: Round) -> Escalation:
    if running is not None:
        return running
    cause = f"asked:{side}:{ticket.revision}"
    return Escalation(ticket.workspace, ticket.number, cause, side, Reason.PROCESS, "", "", now.at)


def _require_somebody_above(now: Round, wanted: Escalation) -> None:
    rung = next_rung(wanted, now.roles, now.gone, below(now.ticket, wanted.side))
    if not rung.person and not rung.missing:
        raise Conflict(ASKED if wanted.person and wanted.person != wanted.asked_by else TOP)


def _gone(desk: Desk, workspace: str) -> frozenset[str]:
    """Who of the ladders has left the workspace. Asks the chat: never inside a unit of work."""
    with desk.look() as uow:
        roles = uow.workspaces.roles(workspace)
    named = {person for side in Side for person in candidates(side, roles)}
    return frozenset(person for person in named if _is_gone(desk, workspace, person))


def _is_gone(desk: Desk, workspace: str, person: str) -> bool:
    try:
        return desk.person(workspace, person).is_gone
    except NotFound:
        return True
    except LiaisonError:  # the chat is away: whoever was named counts until we know better
        return False
