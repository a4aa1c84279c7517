"""Renewals are looked at in time: a word to the owner and a topic on the agenda, once per tool, deadline and stage."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.agenda import Topic
from bot.domain.catalogue import Tool, topic
from bot.domain.people import Role
from bot.domain.renewal import PAID, STAGES, notice_deadline, reminder_stage
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Post, Strong, Text, say
from bot.ports import ToolFilter, UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.tools.tool_fields import NOTICE_MOST

JOB = "renewal"
TOOLS_MOST = 20_000
NAME_MOST = 60
STEPS = {
    120: "Is it used, and by whom? Ask the people who have a seat.",
    90: "Is there something better, or a tool you own already? Compare now.",
    60: "Decide now whether you keep it, change it or leave, so that notice is given in time.",
}


def remind_of_renewals(desk: Desk) -> bool:
    """Remind of what is due, a tool a unit of work. Always False: what is due now is told by now."""
    now = desk.at()
    with desk.look() as uow:
        workspaces = uow.catalogue.workspaces()
    for workspace in workspaces:
        _remind(desk, workspace, now)
    return False


def _remind(desk: Desk, workspace: str, now: datetime) -> None:
    with desk.look() as uow:
        channel = next(iter(uow.workspaces.listening(workspace)), None)
        today = now.astimezone(channel.tz).date() if channel else now.date()
        until = today + timedelta(days=max(STAGES) + NOTICE_MOST)
        wanted = ToolFilter(statuses=PAID, renews_until=until, limit=TOOLS_MOST)
        due = [
            (tool, slot)
            for tool in uow.catalogue.search(workspace, wanted)
            if (slot := _slot(tool, today)) and not _is_told(uow, workspace, tool, slot)
        ]
    for tool, slot in due:
        with desk.unit_of_work() as uow:
            if uow.occurrences.claim(workspace, _job(tool), slot, now):
                _tell(uow, workspace, tool, channel, today, now)


def _tell(uow: UnitOfWork, workspace: str, tool: Tool, channel: Channel | None, today: date, now: datetime) -> None:
    who = tool.owner or (channel.liaison if channel else "") or uow.workspaces.roles(workspace).first(Role.LIAISON)
    if who:
        key = f"{_job(tool)}:{_slot(tool, today)}"
        uow.outbox.put([Post(workspace, key, Address(person=who), Card(text=_words(tool, today)), lane=key)])
    if channel is not None:
        uow.topics.add(Topic(workspace, channel.id, _topic(tool), who, now))


def _words(tool: Tool, today: date) -> Text:
    deadline = notice_deadline(tool) or today
    stage = reminder_stage(tool, today) or STAGES[0]
    return say(
        "🔁 {name} renews on {renews}{cost}. Notice is due by {deadline}, in {left} days. {step} "
        "Change the date with {how}.",
        name=Strong(shorten(tool.name, NAME_MOST)),
        renews=_day(tool.renews_on or today),
        cost=f" for {tool.yearly} a year" if tool.yearly else "",
        deadline=Strong(_day(deadline)),
        left=str((deadline - today).days),
        step=STEPS[stage],
        how=f"/itcheck tools edit {shorten(tool.name, NAME_MOST)}",
    )


def _topic(tool: Tool) -> str:
    deadline = notice_deadline(tool)
    cost = f", {tool.yearly} a year" if tool.yearly else ""
    until = f", notice by {_day(deadline)}" if deadline else ""
    return f"Renewal of {shorten(tool.name, NAME_MOST)}{until}{cost}: keep, change or leave?"


def _day(day: date) -> str:
    return f"{day_words(day)} {day:%Y}"


def _job(tool: Tool) -> str:
    return f"{JOB}:{topic(tool.name)}"


def _slot(tool: Tool, today: date) -> str:
    """What is reminded of only once: this deadline at this stage. Empty if nothing is due."""
    stage = reminder_stage(tool, today)
    return f"{notice_deadline(tool)}:{stage}" if stage else ""


def _is_told(uow: UnitOfWork, workspace: str, tool: Tool, slot: str) -> bool:
    """The claim decides; this only spares it."""
    last = uow.occurrences.last(workspace, _job(tool))
    return last is not None and last[0] == slot
