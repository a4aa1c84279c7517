"""Who holds which role for one ticket: those of the workspace, and the project manager named for it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.people import Role
from bot.domain.ticket import Ticket
from bot.ports import UnitOfWork


def holders_for(uow: UnitOfWork, ticket: Ticket) -> Mapping[Role, tuple[str, ...]]:
    """The holders of each role. A project has one manager, who is named for it: a role alone names nobody."""
    manager = uow.projects.of(ticket.workspace, ticket.number).manager
    held = uow.workspaces.roles(ticket.workspace).holders
    return {**held, Role.PROJECT_MANAGER: (manager,) if manager else ()}


def roles_for(uow: UnitOfWork, ticket: Ticket, person: str) -> frozenset[Role]:
    """The roles of one person for this ticket."""
    return frozenset(role for role, people in holders_for(uow, ticket).items() if person in people)
