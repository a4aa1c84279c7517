"""Everything a person can do. A command is its file and a line here; buttons and forms have a page each beside it."""

from __future__ import annotations

from bot.messages import Came, Reply, Request
from bot.services.desk import Desk
from handlers.buttons import ACTIONS
from handlers.commands import (
    agenda,
    ask,
    away,
    calendar,
    campaign,
    can_we,
    capacity,
    cost,
    diligence,
    escalate,
    hours,
    integration,
    involvement,
    knowledge,
    limits,
    listing,
    merge,
    new_tool,
    people,
    policy,
    reassign,
    record,
    roadmap,
    roster,
    setup,
    skills,
    sla,
    sponsor,
    status,
    targets,
    tools,
)
from handlers.commands.help import Topic, help_for
from handlers.events import edits, home, membership, message, reaction, shortcut
from handlers.parts import Command, Happening, Shortcut, always
from handlers.submissions import FORMS


def show_help(desk: Desk, request: Request) -> Reply:
    """What this person can type."""
    return Reply(card=help_for(desk, request, COMMANDS))


COMMANDS = (
    Command(
        "new-tool",
        "new-tool [name]",
        "See what is known of a tool, before you buy or connect it",
        new_tool.handle,
        new_tool.opens_form,
        topic=Topic.ASK,
    ),
    Command("campaign", "campaign [name]", "Tell IT about a campaign", campaign.handle, always, topic=Topic.ASK),
    Command(
        "calendar",
        "calendar [add|link|report]",
        "See campaigns, freezes, maintenance and launches, and what does not go together",
        calendar.handle,
        calendar.opens_form,
        topic=Topic.SYNC,
    ),
    Command(
        "roadmap",
        "roadmap [RM-1|add|draft|sign|review]",
        "See and change what marketing and IT build together, signed by both",
        roadmap.handle,
        roadmap.opens_form,
        topic=Topic.SYNC,
    ),
    Command("ask", "ask [question]", "Ask IT anything", ask.handle, ask.opens_form, ("question",), Topic.ASK),
    Command(
        "knowledge",
        "knowledge [words|add|edit TITLE]",
        "See what is written down, and change it (IT)",
        knowledge.handle,
        knowledge.opens_form,
        topic=Topic.ASK,
    ),
    Command("can-we", "can-we stream to 20,000", "Ask whether our systems take it", can_we.handle, topic=Topic.ASK),
    Command(
        "involvement",
        "involvement [month]",
        "See how early IT was involved in tools and campaigns",
        involvement.handle,
        topic=Topic.SYNC,
    ),
    Command(
        "integration",
        "integration [what]",
        "Ask IT to connect two systems",
        integration.handle,
        always,
        topic=Topic.ASK,
    ),
    Command(
        "tools",
        "tools [category|unreviewed|duplicates]",
        "See the tools we have, and who looks after them",
        tools.handle,
        tools.opens_form,
        topic=Topic.TOOLS,
    ),
    Command("cost", "cost IT-12", "Reckon what a tool really costs", cost.handle, cost.opens_form, topic=Topic.TOOLS),
    Command("status", "status [IT-12]", "See how a ticket stands, or all of yours", status.handle),
    Command("list", "list [mine|open|late]", "List tickets", listing.handle, aliases=("tickets",)),
    Command(
        "escalate",
        "escalate IT-12 [why]",
        "Ask a manager to step in",
        escalate.handle,
        escalate.opens_form,
    ),
    Command("people", "people [role @name]", "Say who is who", people.handle, people.opens_form, topic=Topic.ADMINS),
    Command("sla", "sla IT-12 | report [month]", "See who owes what, or how the SLA was kept", sla.handle),
    Command(
        "record",
        "record IT-12",
        "Get the record of a decision as a file in its thread",
        record.handle,
        topic=Topic.TOOLS,
    ),
    Command("policy", "policy", "See how tools are chosen, and who signed that", policy.handle, topic=Topic.TOOLS),
    Command(
        "diligence",
        "diligence IT-12",
        "Answer your questions on a tool",
        diligence.handle,
        diligence.opens_form,
        topic=Topic.TOOLS,
    ),
    Command("merge", "merge IT-12 IT-7", "Make a ticket part of another one", merge.handle, topic=Topic.IT),
    Command(
        "agenda",
        "agenda [add topic]",
        "See what the next sync is about, or add a topic",
        agenda.handle,
        aliases=("sync",),
        topic=Topic.SYNC,
    ),
    Command(
        "hours",
        "hours [team|workspace]",
        "Set your working hours and holidays; for others: admins",
        hours.handle,
        always,
        topic=Topic.TIME,
    ),
    Command("targets", "targets", "Set how long each side has", targets.handle, always, topic=Topic.ADMINS),
    Command(
        "reassign",
        "reassign IT-12 @name",
        "Hand a ticket to somebody else",
        reassign.handle,
        reassign.opens_form,
        topic=Topic.IT,
    ),
    Command(
        "capacity", "capacity [site]", "Say what a site was measured to take", capacity.handle, always, topic=Topic.IT
    ),
    Command(
        "limits",
        "limits [system]",
        "See or say what our systems take",
        limits.handle,
        limits.opens_form,
        topic=Topic.IT,
    ),
    Command(
        "roster",
        "roster [me|team|RM-1|IT-1]",
        "See who can talk to whom about what, and who is missing",
        roster.handle,
        roster.opens_form,
        topic=Topic.ASK,
    ),
    Command(
        "sponsor",
        "sponsor [IT-12]",
        "See who sponsors what is large, or name somebody",
        sponsor.handle,
        sponsor.opens_form,
        topic=Topic.SYNC,
    ),
    Command("skills", "skills [email, seo]", "Say which tickets you look after", skills.handle, topic=Topic.IT),
    Command(
        "away",
        "away [2026-12-21 2027-01-04 @name]",
        "Be out of office, with somebody who stands in",
        away.handle,
        away.opens_form,
        topic=Topic.TIME,
    ),
    Command("back", "back", "Be back from out of office", away.back, topic=Topic.TIME),
    Command("setup", "setup", "Set up this channel", setup.handle, always, topic=Topic.ADMINS),
    Command("help", "help [all]", "See what I can do", show_help, topic=Topic.ASK),
)

SHORTCUTS = (Shortcut("open_ticket", "Open an IT ticket", "IT gets a ticket for this message", shortcut.handle),)

HAPPENINGS = (
    Happening(Came.MESSAGE, message.handler(show_help)),
    Happening(Came.EDIT, edits.edited),
    Happening(Came.DELETION, edits.deleted),
    Happening(Came.REACTION, reaction.handle),
    Happening(Came.HOME, home.handle),
    Happening(Came.JOINED, membership.joined),
    Happening(Came.LEFT, membership.left),
)

__all__ = ["ACTIONS", "COMMANDS", "FORMS", "HAPPENINGS", "SHORTCUTS", "show_help"]
