"""After new targets or an edited calendar: open clocks are counted anew, a portion a step."""

from __future__ import annotations

from datetime import datetime

from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.notifications import fresh_card
from bot.services.sla.sla import agreed_for, channel_of, follow, save_clocks

AT_ONCE = 20


def recount_clocks(desk: Desk) -> bool:
    """One step: the next tickets with open clocks. True if there may be more. What stopped stays as it was judged."""
    with desk.unit_of_work() as uow:
        task = uow.recounts.next()
        if task is None:
            return False
        numbers = uow.clocks.open_after(task.workspace, task.after, AT_ONCE)
        for number in numbers:
            _recount(uow, task.workspace, number, task.why, desk.at())
        uow.recounts.advance(task.workspace, numbers[-1] if len(numbers) == AT_ONCE else None)
    return True


def _recount(uow: UnitOfWork, workspace: str, number: int, why: str, at: datetime) -> None:
    ticket = uow.tickets.get(workspace, number)
    channel, before = channel_of(uow, ticket), uow.clocks.of(workspace, number)
    ticket.recount(at, why)
    agreed = agreed_for(uow, ticket, channel, before)
    clocks = follow(ticket, before, agreed)
    if clocks == tuple(before):
        ticket.pending.clear()
        return
    uow.tickets.save(ticket)
    save_clocks(uow, ticket, clocks, channel)
    uow.outbox.put([fresh_card(ticket, clocks, channel)])
