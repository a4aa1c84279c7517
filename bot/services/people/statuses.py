"""Who is out of office by their chat status: read every few minutes, so that assigning never has to ask the chat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.absence import Absence, Source, reads_as_away
from bot.domain.errors import LiaisonError
from bot.domain.people import Person
from bot.messages import say
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.people.absences import direct

NOTICED = (
    "Your status says that you are out of office, so new tickets go to others until it changes. "
    "To hand over the ones you have, name a delegate: /itcheck away."
)


def read_statuses(desk: Desk) -> bool:
    """Look at the status of all who hold a role. Who is away by it gets no new tickets meanwhile. False: all done."""
    with desk.look() as uow:
        people = dict.fromkeys(_named(uow))
        known = {workspace: tuple(uow.absences.of(workspace)) for workspace in {one for one, _ in people}}
    for workspace, person in people:
        try:
            who = desk.person(workspace, person)
        except LiaisonError:  # gone, or the chat is away: their status says nothing
            continue
        before = next((one for one in known[workspace] if _is_by_status(one, person)), None)
        if _until(before) != _until(_by_status(desk, workspace, who)):
            _note(desk, workspace, who)
    return False


def _named(uow: UnitOfWork) -> Iterator[tuple[str, str]]:
    for channel in uow.workspaces.listening():
        if channel.liaison:
            yield channel.workspace, channel.liaison
        for people in uow.workspaces.roles(channel.workspace).holders.values():
            yield from ((channel.workspace, person) for person in people)


def _is_by_status(absence: Absence, person: str) -> bool:
    return absence.person == person and absence.source is Source.STATUS


def _by_status(desk: Desk, workspace: str, who: Person) -> Absence | None:
    now, until = desk.at(), who.status_until
    if not reads_as_away(who.status) or (until is not None and until <= now):
        return None
    return Absence(workspace, who.id, Source.STATUS, now, until, zone=who.zone, look_at=until)


def _until(absence: Absence | None) -> object:
    """What tells one status from another: whether they are away by it, and until when."""
    return absence and (absence.ends_at or "open")


def _note(desk: Desk, workspace: str, who: Person) -> None:
    absence = _by_status(desk, workspace, who)
    with desk.unit_of_work() as uow:
        mine = [one for one in uow.absences.of(workspace) if one.person == who.id]
        before = next((one for one in mine if one.source is Source.STATUS), None)
        if absence is None:
            for one in mine:
                if one.source is Source.STATUS:
                    uow.absences.drop(one)
            return
        uow.absences.save(replace(absence, starts_at=before.starts_at) if before else absence)
        if not any(one.is_on(desk.at()) for one in mine):
            uow.outbox.put([direct(absence, "status", say(NOTICED))])
