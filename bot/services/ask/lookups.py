"""Answers that are looked up: the liaison, whom to ask, a tool's status and use, the next freeze,
what a site takes."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.absence import away_at
from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.lookups import About, LookUp, look_up_of, may_use, newest, next_freezes
from bot.domain.people import Role
from bot.domain.planned import Planned
from bot.domain.sites import site_called
from bot.domain.workspace import Channel
from bot.messages import Button, Card, Fact, Line, Mention, Request, Section, Strong, Style, Text, say
from bot.ports import UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.calendar.calendar_card import when_words
from bot.services.campaigns.sites import taken_words
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.people.roster import roster_of
from bot.services.people.roster_card import person_words
from bot.services.tickets.cards import ticket_line
from bot.services.tools.catalogue import STATUS_WORDS
from bot.services.tools.check import Known, look_up

AHEAD = timedelta(days=400)
NOTE_MOST = 300
PEOPLE_MOST, PEOPLE_TITLE = 5, 60
NO_LIAISON = (
    "Nobody is named yet. An admin can name a liaison with /itcheck setup; your questions reach IT all the same."
)
NO_FREEZE = "No freeze is in the calendar for the next year."
USE_WORDS = {
    True: "Yes: {tool} is {status}.",
    False: "No: {tool} is {status}.",
    None: "Not just like that: {tool} is {status}, and the catalogue alone does not say more. Please ask IT first.",
}
DATA_WORDS = (
    "{tool} is {status}. Whether data about people may go into it, its approval alone does not say. "
    "Please ask IT first."
)


def looked_up(desk: Desk, request: Request, question: str) -> Card | None:
    """The answer to a question that one thing settles; None for any other question, and where nothing is known.

    Guests learn who the liaison is, and no more.
    """
    asked = look_up_of(question)
    if asked is None:
        return None
    is_guest = desk.person(request.workspace, request.actor).is_guest
    if asked.about is not About.LIAISON and is_guest:
        return None
    if asked.about in {About.TOOL, About.USE}:
        return _tool(desk, request, asked, question)
    with desk.look() as uow:
        here = uow.workspaces.channel(request.workspace, request.conversation)
        zone = here.zone if here else "UTC"
        if asked.about is About.WHO:
            return _who(uow, request.workspace, asked, question, desk.at())
        if asked.about is About.LIAISON:
            return _card(_liaison(uow, request.workspace, here, desk.at(), tells=not is_guest), question)
        if asked.about is About.FREEZE:
            return _card(_freeze(uow, request.workspace, desk.at(), zone), question)
        found = _site(uow, request.workspace, asked, desk.at())
        return _card(found, question) if found else None


def _who(uow: UnitOfWork, workspace: str, asked: LookUp, question: str, now: datetime) -> Card | None:
    """Whom to ask about something; None where the roster knows nobody."""
    roster = roster_of(uow, workspace, now)
    found = roster.who_knows(asked.subject)[:PEOPLE_MOST]
    if not found:
        return None
    known = ((person, person_words(roster, person), person in roster.away) for person in found)
    lines = [Line(say("{who}{what}{away}", who=Mention(person), what=f" · {what}" if what else "",
                      away=" · away or soon to be" if away else "")) for person, what, away in known]  # fmt: skip
    words = say("About {what} you can ask:", what=Strong(shorten(asked.subject, PEOPLE_TITLE)))
    return _card(words, question, sections=(Section("", tuple(lines)),))


def _liaison(uow: UnitOfWork, workspace: str, here: Channel | None, now: datetime, *, tells: bool) -> Text:
    person = (here.liaison if here else "") or uow.workspaces.roles(workspace).first(Role.LIAISON)
    if not person:
        return say(NO_LIAISON)
    away = away_at(uow.absences.of(workspace), now)
    if person in away:
        stands_in = say(" {other} stands in.", other=Mention(away[person])) if away[person] else ()
        return (*say("{who} is your IT liaison, but away just now.", who=Mention(person)), *stands_in)
    told = person_words(roster_of(uow, workspace, now), person) if tells else ""
    about = say(" {what}.", what=told) if told else ()
    return (*say("{who} is your IT liaison. Write to them here, or ask me.", who=Mention(person)), *about)


def _freeze(uow: UnitOfWork, workspace: str, now: datetime, zone: str) -> Text:
    found = next_freezes(list(uow.plans.between(workspace, now, now + AHEAD)))
    if not found:
        return say(NO_FREEZE)
    on = [one for one in found if one.start <= now]
    later = [one for one in found if one.start > now]
    told = say("A freeze is on now: {it}. ", it=_planned(on[0], zone)) if on else ()
    return (*told, *say("The next freeze is {it}.", it=_planned(later[0], zone))) if later else told


def _planned(one: Planned, zone: str) -> Text:
    where = one.site or "all sites"
    return say("{name}, {when} ({where})", name=Strong(one.name), when=when_words(one, zone), where=where)


def _site(uow: UnitOfWork, workspace: str, asked: LookUp, now: datetime) -> Text | None:
    site = site_called(uow.sites.of(workspace), asked.subject)
    record = newest(list(uow.sites.measured(workspace)), site.host) if site else None
    if site is None or record is None:
        return None
    aged = "" if record.counts(now.date()) else " That record has run out: IT should measure it again."
    return say(
        "{site} was measured to take {what} on {day}; at most {share} of it should be planned with.{aged}",
        site=Strong(site.host),
        what=taken_words(record),
        day=f"{record.measured_on:%d %b %Y}".lstrip("0"),
        share=f"{site.headroom:.0%}",
        aged=aged,
    )


def _tool(desk: Desk, request: Request, asked: LookUp, question: str) -> Card | None:
    known = look_up(desk, request.workspace, request.actor, asked.subject, request.conversation)
    tool = known.tool
    if tool is None or (tool.status is ToolStatus.UNKNOWN and not known.tickets):
        return None
    owner = (Fact("Owner", (Mention(tool.owner),)),) if tool.owner else ()
    note = (Fact("Note", (shorten(tool.note, NOTE_MOST),)),) if tool.note else ()
    lines = tuple(ticket_line(one) for one in known.tickets)
    sections = (Section("Open about it", lines),) if lines else ()
    return _card(_tool_words(asked, known, tool), question, (*owner, *note), sections)


def _tool_words(asked: LookUp, known: Known, tool: Tool) -> Text:
    status = STATUS_WORDS[tool.status]
    if tool.status is ToolStatus.TRIAL and tool.trial_until:
        status = f"{status} until {day_words(tool.trial_until)}"
    words = "{tool} is {status}."
    if asked.about is About.USE:
        words = USE_WORDS[may_use(tool.status, with_data=asked.with_data)]
        words = DATA_WORDS if asked.with_data and tool.status is ToolStatus.APPROVED else words
    slip = f" (you typed “{shorten(asked.subject, 40)}”)" if known.is_guess else ""
    return (*say(words, tool=Strong(tool.name), status=status), slip)


def _card(text: Text, question: str, facts: tuple[Fact, ...] = (), sections: tuple[Section, ...] = ()) -> Card:
    return Card(
        text=text,
        facts=facts,
        sections=sections,
        buttons=(Button("Ask the liaison", "answer_liaison", question, Style.PLAIN),),
        note=say("Only you can see this. It is looked up as it stands just now."),
    )
