"""Before the sync, the long threads that something must be decided in, in short: each in its own thread."""

from __future__ import annotations

from bot.domain.agenda import Agenda
from bot.messages import Card, Section, say
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.tickets.handover import IN_SHORT
from bot.services.tickets.summing_up import in_short

THREADS_MOST = 3  # a model is asked once for each


def sum_up_threads(desk: Desk, agenda: Agenda) -> None:
    """Post the first of an agenda's decisions in short, where a model may write and the thread is long; else nothing.

    Whatever fails on the way is left out: the agenda links to the threads all the same.
    """
    if desk.writer is None:
        return
    for number in agenda.decisions[:THREADS_MOST]:
        lines = in_short(desk, agenda.workspace, number)
        if lines:
            card = Card(
                text=say("For the sync: this thread before you talk about it."), sections=(Section(IN_SHORT, lines),)
            )
            with desk.unit_of_work() as uow:
                ticket = uow.tickets.get(agenda.workspace, number)
                uow.outbox.put([thread_post(ticket, f"in-short:{agenda.slot.name}", card)])
