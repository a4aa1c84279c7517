"""Actions of the weekly sync: promised, done, carried over, dropped; shown in place on the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.action import Action, require_runner, require_settler, runs_the_sync
from bot.domain.agenda import Agenda
from bot.domain.errors import Conflict, Invalid, NotAllowed
from bot.domain.people import Person
from bot.messages import Address, Card, Mention, Post, Text, say
from bot.ports import UnitOfWork
from bot.services.agenda.agenda import last_agenda, renew
from bot.services.agenda.agenda_lines import day_words
from bot.services.desk import Desk
from bot.services.tickets.cards import ticket_link

NOTHING_OPEN = "There is no open action that you could update."


class Change(StrEnum):
    """What can be done with an action in the form for all of them."""

    KEEP = "keep"
    DONE = "done"
    CARRY = "carry"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Promise:
    """A new action as the form says it: what, whose, until when, on which ticket (a number) if on one."""

    what: str
    owner: str
    due: date | None = None
    ticket: int | None = None


def promise(desk: Desk, who: Person, workspace: str, agenda_name: str, said: Promise) -> None:
    """Take down a new action; its owner is called in the agenda's thread. Raises NotAllowed, Invalid, NotFound."""
    owner = desk.person(workspace, said.owner)
    if owner.is_bot or owner.is_guest:
        raise Invalid("Please choose a colleague: guests and bots can't be given an action.", "owner")
    with desk.unit_of_work() as uow:
        require_runner(uow.workspaces.roles(workspace).of(who.id))
        agenda = last_agenda(uow, workspace, conversation_of(agenda_name))
        about = ticket_link(uow.tickets.get(workspace, said.ticket)) if said.ticket else ()
        made_in = (workspace, agenda.conversation, agenda.slot.name)
        kept = uow.actions.add(Action(*made_in, said.what, owner.id, who.id, desk.at(), said.due, said.ticket))
        renew(desk, uow, agenda)
        uow.outbox.put([in_thread(agenda, f"action:{kept.id}", _called(kept, about))])


def mark_done(desk: Desk, who: Person, workspace: str, agenda_name: str, number: int) -> None:
    """The button of one action. Done twice changes nothing. Raises NotAllowed, NotFound, Conflict if it was dropped."""
    with desk.unit_of_work() as uow:
        agenda = last_agenda(uow, workspace, conversation_of(agenda_name))
        action = uow.actions.get(workspace, number)
        require_settler(action, who.id, uow.workspaces.roles(workspace).of(who.id))
        done = action.done(who.id, desk.at())
        if done != action:
            uow.actions.save(done)
            renew(desk, uow, agenda)


def carry_rest(desk: Desk, who: Person, workspace: str, agenda_name: str) -> None:
    """Carry over whatever is not settled yet. Raises NotAllowed."""
    with desk.unit_of_work() as uow:
        require_runner(uow.workspaces.roles(workspace).of(who.id))
        agenda = last_agenda(uow, workspace, conversation_of(agenda_name))
        unfinished = [one for one in _actions(uow, agenda) if not one.is_settled]
        _apply(desk, uow, agenda, who, {one.id: Change.CARRY for one in unfinished})


def update_actions(desk: Desk, who: Person, workspace: str, agenda_name: str, changes: Mapping[int, Change]) -> None:
    """Do to each action, by number, what the form says. Who does not run the sync may only say that theirs are done."""
    with desk.unit_of_work() as uow:
        roles = uow.workspaces.roles(workspace).of(who.id)
        agenda = last_agenda(uow, workspace, conversation_of(agenda_name))
        for number, change in changes.items():
            require_settler(uow.actions.get(workspace, number), who.id, roles)
            if change is not Change.DONE:
                require_runner(roles)
        _apply(desk, uow, agenda, who, changes)


def open_actions(desk: Desk, workspace: str, actor: str, agenda_name: str) -> tuple[list[Action], bool]:
    """The actions somebody may update, and whether they run the sync. Raises NotAllowed if there is none for them."""
    with desk.look() as uow:
        runs = runs_the_sync(uow.workspaces.roles(workspace).of(actor))
        agenda = last_agenda(uow, workspace, conversation_of(agenda_name))
        unfinished = [one for one in _actions(uow, agenda) if not one.is_settled]
    mine = [one for one in unfinished if runs or one.owner == actor]
    if not mine:
        raise NotAllowed(NOTHING_OPEN) if unfinished else Conflict(NOTHING_OPEN)
    return sorted(mine, key=lambda one: (str(one.due or "9999"), one.id)), runs


def in_thread(agenda: Agenda, key: str, card: Card) -> Post:
    """A message in the thread under an agenda. `key` is unique within the agenda."""
    full, to = f"{agenda.key}:{key}", Address(agenda.conversation)
    return Post(agenda.workspace, full, to, card, lane=agenda.key, in_thread_of=agenda.key)


def conversation_of(agenda_name: str) -> str:
    """The channel in the name of an agenda, `C1:2026-W47`."""
    return agenda_name.rpartition(":")[0]


def _apply(desk: Desk, uow: UnitOfWork, agenda: Agenda, who: Person, changes: Mapping[int, Change]) -> None:
    """What somebody else has settled meanwhile stays as it is."""
    at, changed = desk.at(), False
    for number, change in sorted(changes.items()):
        action = uow.actions.get(agenda.workspace, number)
        if action.is_settled or action.conversation != agenda.conversation:
            continue
        if change is Change.CARRY:
            newer = action.carry(at, agenda.posted_at)
        elif change is Change.DONE:
            newer = action.done(who.id, at)
        else:
            newer = action.dropped(who.id, at) if change is Change.DROP else action
        if newer != action:
            uow.actions.save(newer)
            changed = True
    if changed:
        renew(desk, uow, agenda)


def _actions(uow: UnitOfWork, agenda: Agenda) -> list[Action]:
    return list(uow.actions.of(agenda.workspace, agenda.conversation, agenda.posted_at))


def _called(action: Action, about: Text) -> Card:
    due = f", by {day_words(action.due)}" if action.due else ""
    on: Text = (" (", *about, ")") if about else ()
    return Card(
        text=say("📌 {owner}: {what}{due}{on}", owner=Mention(action.owner), what=action.what, due=due, on=on),
        note=say("From the weekly sync. When it is done, press Done on the agenda."),
    )
