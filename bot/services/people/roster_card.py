"""The roster as people read it: what is missing first, then teams with their liaison, and marketing's delegates."""

from __future__ import annotations

from functools import partial

from bot.domain.roster import Gap, Missing, Roster, Team, Work
from bot.messages import Button, Card, Code, Line, Mention, Request, Section, Span, Strong, Text, say
from bot.messages import Channel as ChannelName
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.long_lists import first_lines
from bot.services.people.introductions import WHATEVER
from bot.services.people.roster import Seen, look_at_roster, may_keep_roster

TEAM, DELEGATE, PERSON = "roster_team", "roster_delegate", "roster_person"
MOST, TITLE_MOST = 8, 60
NAME, CHANGE = "Name one", "Change"
GAP_WORDS = {
    Missing.LEFT: "{about}: {who} has left. Somebody else is needed",
    Missing.LIAISON: "{about} has no liaison",
    Missing.STAND_IN: "{about}: {who} is or will be away, and nobody stands in. They name somebody with /itcheck away",
    Missing.DELEGATE: "{about}: nobody speaks for marketing",
    Missing.LANGUAGE: "{about}: nobody in IT speaks that",
    Missing.CATEGORY: "{about}: nobody in IT looks after such tools",
}


def roster_card(desk: Desk, request: Request) -> Card:
    """Who can talk to whom about what. Raises NotAllowed for guests. Asks the chat."""
    who = desk.member(request.workspace, request.actor)
    seen = look_at_roster(desk, request.workspace)
    with desk.look() as uow:
        keeps = may_keep_roster(who, uow.workspaces.roles(request.workspace))
    roster, gaps = seen.roster, seen.roster.gaps()
    sections = (
        Section("What is missing", first_lines(gaps, MOST, partial(_gap_line, keeps=keeps))),
        Section("Each team and its liaison", first_lines(roster.teams, MOST, partial(_team_line, seen, keeps=keeps))),
        Section("Who speaks for marketing", first_lines(roster.work, MOST, partial(_work_line, seen, keeps=keeps))),
        Section("Other liaisons", first_lines(_others(seen), MOST, lambda one: Line(_said(seen, one)))),
    )
    return Card(
        title="🧭 Who can talk to whom",
        text=() if gaps else say("Nobody is missing."),
        sections=tuple(section for section in sections if section.lines),
        buttons=(Button("My entry", PERSON, ""),),
        note=say("Days and zone are those of {how}. Only you can see this.", how=Code("/itcheck hours")),
    )


def person_words(roster: Roster, person: str) -> str:
    """`email, seo · English, German · Berlin`, as far as it was said."""
    profile = roster.profiles.get(person)
    spoken = ", ".join(roster.languages(person))
    parts = (", ".join(roster.skills.get(person, ())), spoken, profile.place if profile else "")
    return " · ".join(part for part in parts if part)


def _gap_line(gap: Gap, *, keeps: bool) -> Line:
    place, _, languages = gap.about.partition(" ")
    about: Text = (gap.about,)
    button: Button | None = None
    if gap.missing is Missing.LANGUAGE:
        about = (ChannelName(place), f" works in {languages}")
    elif gap.missing is not Missing.CATEGORY:
        about = (_name(gap.about),)
        is_work = _is_work(gap.about)
        button = Button(NAME, DELEGATE if is_work else TEAM, gap.about)
    words = say(f"⚠️ {GAP_WORDS[gap.missing]}", about=about, who=Mention(gap.person))
    return Line(words, button if keeps and gap.missing is not Missing.STAND_IN else None)


def _team_line(seen: Seen, team: Team, *, keeps: bool) -> Line:
    words = say("{team}: {liaison}", team=ChannelName(team.conversation), liaison=_said(seen, team.liaison))
    if team.delegate:
        words += say("; for marketing {delegate}", delegate=_said(seen, team.delegate))
    if team.languages:
        words += say("; works in {languages}", languages=", ".join(team.languages))
    return Line(words, Button(CHANGE, TEAM, team.conversation) if keeps else None)


def _work_line(seen: Seen, work: Work, *, keeps: bool) -> Line:
    why = " (its owner)" if work.is_owner else ""
    who = _said(seen, work.delegate)
    title = shorten(work.title, TITLE_MOST)
    words = say("{about} {title}: {who}{why}", about=Strong(work.about), title=title, who=who, why=why)
    return Line(words, Button(CHANGE, DELEGATE, work.about) if keeps else None)


def _others(seen: Seen) -> list[str]:
    shown = {team.liaison for team in seen.roster.teams}
    return [person for person in seen.roster.it if person not in shown]


def _said(seen: Seen, person: str) -> Text:
    """Who it is, what they can be asked, when they work, and whether they are away."""
    if not person:
        return ("nobody yet",)
    roster = seen.roster
    parts = [
        WHATEVER if person in roster.it and not roster.skills.get(person) else "",
        person_words(roster, person),
        seen.works.get(person, ""),
    ]
    words: Text = (Mention(person), "".join(f" · {part}" for part in parts if part))
    if person not in roster.away:
        return words
    stands_in = roster.away[person]
    return (*words, " · away, ", *((Mention(stands_in), " stands in") if stands_in else ("nobody stands in",)))


def _name(about: str) -> Span:
    return about if _is_work(about) else ChannelName(about)


def _is_work(about: str) -> bool:
    return about.startswith(("RM-", "IT-"))
