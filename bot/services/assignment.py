"""Who can be given a ticket."""

from __future__ import annotations

from bot.domain.people import IT_ROLES
from bot.messages import Field, Request
from bot.services.agreement import person_field
from bot.services.desk import Desk
from bot.services.tickets import number_of


def liaison_field(desk: Desk, request: Request) -> Field:
    """The field for another liaison: the people of the ticket's channel, those of IT first."""
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(request.value))
        roles = uow.workspaces.roles(request.workspace)
    members = desk.directory.members(request.workspace, ticket.place.conversation)
    people = [person for person in members if not person.is_guest and person.id != ticket.liaison]
    people.sort(key=lambda person: (not roles.of(person.id) & IT_ROLES, person.name.lower()))
    return person_field("liaison", "New liaison", people, "", "They are pinged in the thread and directly")
