"""Setting what the roster says: a team's liaison and who speaks for it, an item's delegate, one's own entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from bot.domain.assignment import tidy_skills
from bot.domain.errors import Invalid, NotAllowed
from bot.domain.people import IT_ROLES, Person, Role
from bot.domain.roster import MOST_PLACE, MarketingDelegate, Profile, read_languages, read_place
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Field, FieldKind, Form, Mention, Post, Request, say
from bot.messages import Channel as ChannelName
from bot.ports import UnitOfWork
from bot.services.agenda.place import channel_for
from bot.services.agreement import person_field, person_in
from bot.services.desk import Desk
from bot.services.people.introductions import Change, introduce, pair_for
from bot.services.people.roles import colleague
from bot.services.people.roster import may_keep_roster
from bot.services.people.roster_card import DELEGATE, PERSON, TEAM
from bot.services.roadmap.item_fields import key_in
from bot.services.roadmap.roadmap import item_in
from bot.services.tickets.tickets import number_of

SKILLS_MOST = 20
KEEPERS_ONLY = "Only an admin or a manager can change that. Your own entry: /itcheck roster me."
SPEAKS = ("languages", "Languages", "Such as English, German")

log = structlog.get_logger()


def team_form(desk: Desk, request: Request, conversation: str) -> Form:
    """The form for a team: its liaison, who speaks for it, its languages. Raises NotAllowed, Conflict without one."""
    _require_keeper(desk, request)
    with desk.look() as uow:
        channel = channel_for(uow, request.workspace, conversation)
        named = uow.roster.delegates(request.workspace).get(channel.id)
    people = _colleagues(desk, request, channel)
    hint = "Meets a new liaison; the marketing manager does where it is nobody"
    fields = (
        person_field("liaison", "IT liaison", people, channel.liaison, "Gets the team's tickets; is introduced if new"),
        replace(
            person_field("delegate", "Who speaks for the team?", people, named.person if named else "", hint),
            required=False,
        ),
        _line(*SPEAKS, ", ".join(named.languages) if named else ""),
    )
    intro = say("The team that meets in {channel}.", channel=ChannelName(channel.id))
    return Form(TEAM, "A team and its liaison", fields, "Save", intro, {"conversation": channel.id})


def delegate_form(desk: Desk, request: Request, about: str) -> Form:
    """The form for who speaks for marketing about an item (`RM-3`) or a ticket (`IT-4`). Raises as item_in, get do."""
    _require_keeper(desk, request)
    with desk.look() as uow:
        key, title = _known(uow, request.workspace, about)
        channel = channel_for(uow, request.workspace, request.conversation)
        named = uow.roster.delegates(request.workspace).get(key)
    people = _colleagues(desk, request, channel)
    label, hint = "Who speaks for marketing?", "IT asks them about it; they are told"
    field = person_field("delegate", label, people, named.person if named else "", hint)
    intro = say("{key} {title}", key=key, title=title)
    return Form(DELEGATE, "Marketing delegate", (field,), "Save", intro, {"about": key})


def person_form(desk: Desk, request: Request, person: str) -> Form:
    """The form for one's own entry, or (admins and managers) for somebody's. Raises NotAllowed."""
    who = desk.member(request.workspace, request.actor)
    if person and person != who.id:
        _require_keeper(desk, request)
        who = colleague(desk, request, person)
    with desk.look() as uow:
        profile = uow.roster.profiles(request.workspace).get(who.id) or Profile(request.workspace, who.id)
        skills = uow.skills.of(request.workspace).get(who.id, ())
    fields = (
        _line("skills", "Can be asked about", "Such as email, analytics; IT gets tickets by it", ", ".join(skills)),
        _line(*SPEAKS, ", ".join(profile.languages)),
        replace(_line("place", "Sits in", "Such as Berlin, house 3", profile.place), most=MOST_PLACE),
    )
    intro = say("What others read of {who}. Days and zone: /itcheck hours.", who=Mention(who.id))
    return Form(PERSON, "Who can be asked what", fields, "Save", intro, {"entry": who.id})


def check_team(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with a filled form of a team, by field."""
    errors = {} if person_in(values.get("liaison", "")) else {"liaison": "Please choose somebody, or type @name."}
    return errors | _unreadable(values, {"languages": read_languages})


def check_delegate(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with a filled form of a delegate, by field."""
    return {} if person_in(values.get("delegate", "")) else {"delegate": "Please choose somebody, or type @name."}


def check_person(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with a filled entry, by field."""
    return _unreadable(values, {"languages": read_languages, "place": read_place, "skills": _skills})


def save_team(desk: Desk, request: Request) -> Card:
    """Name a team's liaison, who is introduced if new, and who speaks for it. Raises NotAllowed, Invalid."""
    _require_keeper(desk, request)
    conversation, values = request.context.get("conversation", ""), request.values
    liaison = colleague(desk, request, person_in(values.get("liaison", "")), "liaison")
    named = person_in(values.get("delegate", ""))
    delegate = colleague(desk, request, named, "delegate").id if named else ""
    if delegate == liaison.id:
        raise Invalid("One person can't speak for both sides. Please choose somebody else.", "delegate")
    with desk.look() as uow:
        manager = uow.workspaces.roles(request.workspace).first(Role.MARKETING_MANAGER)
    pair = pair_for(desk, request.workspace, liaison.id, delegate or manager)
    with desk.unit_of_work() as uow:
        before = channel_for(uow, request.workspace, conversation)
        channel = replace(before, liaison=liaison.id)
        uow.workspaces.save_channel(channel)
        _be_liaison(uow, request.workspace, liaison.id)
        languages = read_languages(values.get("languages", ""))
        uow.roster.name_delegate(
            MarketingDelegate(request.workspace, channel.id, delegate, request.actor, desk.at(), languages)
        )
        uow.outbox.put(introduce(uow, desk, pair, Change(before, channel, request.key, desk.at())))
    log.info("team_named", channel=channel.id, liaison=liaison.id, by=request.actor)
    return Card(
        text=say("Saved: {who} is the liaison of {team}.", who=Mention(liaison.id), team=ChannelName(channel.id))
    )


def save_delegate(desk: Desk, request: Request) -> Card:
    """Name who speaks for marketing about something; they are told. Raises NotAllowed, NotFound, Invalid."""
    _require_keeper(desk, request)
    delegate = colleague(desk, request, person_in(request.values.get("delegate", "")), "delegate")
    with desk.unit_of_work() as uow:
        key, title = _known(uow, request.workspace, request.context.get("about", ""))
        if uow.workspaces.roles(request.workspace).of(delegate.id) & IT_ROLES:
            raise Invalid(f"{delegate.name} is on the IT side. Please choose somebody of marketing.", "delegate")
        named = MarketingDelegate(request.workspace, key, delegate.id, request.actor, desk.at())
        uow.roster.name_delegate(named)
        words = say("🧭 {by} named you to speak for marketing about {key} {title}: IT turns to you with its questions.",
                    by=Mention(request.actor), key=key, title=title)  # fmt: skip
        post_key = f"delegate:{key}:{request.key}"
        to = Address(person=delegate.id)
        uow.outbox.put([Post(request.workspace, post_key, to, Card(text=words), lane=post_key)])
    log.info("delegate_named", about=key, person=delegate.id, by=request.actor)
    return Card(text=say("Saved: {who} speaks for marketing about {key}.", who=Mention(delegate.id), key=key))


def save_person(desk: Desk, request: Request) -> Card:
    """Keep what somebody can be asked, speaks and where they sit. Raises NotAllowed, Invalid."""
    who = desk.member(request.workspace, request.actor)
    person = request.context.get("entry") or who.id
    if person != who.id:
        _require_keeper(desk, request)
    values = request.values
    languages, place = read_languages(values.get("languages", "")), read_place(values.get("place", ""))
    with desk.unit_of_work() as uow:
        uow.roster.save_profile(Profile(request.workspace, person, languages, place))
        uow.skills.learn(request.workspace, person, _skills(values.get("skills", "")))
    return Card(text=say("Noted, thank you. /itcheck roster shows who can be asked what."))


def _require_keeper(desk: Desk, request: Request) -> None:
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        if not may_keep_roster(who, uow.workspaces.roles(request.workspace)):
            raise NotAllowed(KEEPERS_ONLY)


def _known(uow: UnitOfWork, workspace: str, about: str) -> tuple[str, str]:
    """The key and title of an item or a ticket. Raises NotFound, Invalid."""
    if about.upper().startswith("IT"):
        ticket = uow.tickets.get(workspace, number_of(about))
        return ticket.name, ticket.title
    item = item_in(uow.roadmap_drafts.get(workspace).road_map, key_in(about))
    return item.key, item.need


def _be_liaison(uow: UnitOfWork, workspace: str, person: str) -> None:
    known = uow.workspaces.roles(workspace).holders.get(Role.LIAISON, ())
    if person not in known:
        uow.workspaces.give(workspace, Role.LIAISON, [*known, person])


def _colleagues(desk: Desk, request: Request, channel: Channel) -> list[Person]:
    members = desk.directory.members(request.workspace, channel.id)
    return [one for one in members if one.is_colleague]


def _line(key: str, label: str, hint: str, value: str) -> Field:
    return Field(key, label, FieldKind.LINE, value, hint)


def _skills(words: str) -> tuple[str, ...]:
    skills = tidy_skills(words)
    if len(skills) > SKILLS_MOST:
        raise Invalid(f"Please name at most {SKILLS_MOST}; these are {len(skills)}.", "skills")
    return skills


def _unreadable(values: Mapping[str, str], readers: Mapping[str, Callable[[str], object]]) -> dict[str, str]:
    errors = {}
    for key, read in readers.items():
        try:
            read(values.get(key, ""))
        except Invalid as error:
            errors[key] = error.words
    return errors
