"""Who holds which role for one ticket: those of the workspace, and the project manager named for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.errors import Invalid
from bot.domain.people import IT_ROLES, Person, Role
from bot.domain.ticket import Ticket
from bot.ports import UnitOfWork

NOT_OF_IT = (
    "{name} is not on the IT side, and only IT has tickets. An admin can name them: /itcheck people liaison, "
    "with everybody who is one."
)


def holders_for(uow: UnitOfWork, ticket: Ticket) -> Mapping[Role, tuple[str, ...]]:
    """The holders of each role, the ticket's own sponsor before others. A project has one manager, who is named for it:
    a role alone names nobody.
    """
    manager = uow.projects.of(ticket.workspace, ticket.number).manager
    held = uow.workspaces.roles(ticket.workspace).holders
    sponsors = (ticket.sponsor, *(one for one in held.get(Role.SPONSOR, ()) if one != ticket.sponsor))
    return {
        **held,
        Role.SPONSOR: sponsors if ticket.sponsor else sponsors[1:],
        Role.PROJECT_MANAGER: (manager,) if manager else (),
    }


def approvers_for(ticket: Ticket, approvers: Sequence[Role]) -> tuple[Role, ...]:
    """Who must say yes: whom the policy names, and the ticket's own sponsor, unless they asked for it."""
    if not ticket.sponsor or ticket.sponsor == ticket.requester or Role.SPONSOR in approvers:
        return tuple(approvers)
    return (*approvers, Role.SPONSOR)


def roles_for(uow: UnitOfWork, ticket: Ticket, person: str) -> frozenset[Role]:
    """The roles of one person for this ticket."""
    return frozenset(role for role, people in holders_for(uow, ticket).items() if person in people)


def check_liaison(uow: UnitOfWork, ticket: Ticket, to: Person) -> None:
    """Raises Invalid where this person can't be a ticket's liaison: guests, bots, and who is not of the IT side."""
    if not may_be_liaison(to):
        raise Invalid("Please choose a colleague: guests and bots can't be liaisons.", "liaison")
    if to.id not in of_the_it_side(uow, ticket.workspace):
        raise Invalid(NOT_OF_IT.format(name=to.name), "liaison")


def of_the_it_side(uow: UnitOfWork, workspace: str) -> tuple[str, ...]:
    """Who can have tickets: whoever holds a role of IT, and the liaisons of the channels."""
    holders = uow.workspaces.roles(workspace).holders
    named = [person for role in Role if role in IT_ROLES for person in holders.get(role, ())]
    liaisons = [channel.liaison for channel in uow.workspaces.listening(workspace)]
    return tuple(dict.fromkeys(one for one in [*named, *liaisons] if one))


def may_be_liaison(person: Person) -> bool:
    """A colleague: no bot, no guest, and still here."""
    return not (person.is_bot or person.is_guest or person.is_gone)
