"""What each liaison looks after: said by themselves, or by an admin for somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.assignment import tidy_skills
from bot.domain.errors import Invalid, NotAllowed
from bot.domain.people import IT_ROLES, Role
from bot.domain.workspace import Roles
from bot.messages import Card, Line, Mention, Request, Section, Text, say
from bot.services.agreement import person_in
from bot.services.channels import may_set_up
from bot.services.desk import Desk
from bot.services.people.roles import colleague

MOST = 20
NOTHING_MORE = frozenset({"nothing", "none", "-"})
HOW = "Say what you look after: /itcheck skills email, analytics, new tools. As an admin: /itcheck skills @name email."


def skills_card(desk: Desk, workspace: str) -> Card:
    """Who looks after what, and how to say it."""
    with desk.look() as uow:
        roles, skills = uow.workspaces.roles(workspace), uow.skills.of(workspace)
    return _listed(roles, skills)


def say_skills(desk: Desk, request: Request, words: str) -> Card:
    """Somebody of IT looks after this from now on: `email, analytics`, `@name email`, or `nothing`."""
    first, _, rest = words.partition(" ")
    about = person_in(first) if first.startswith(("@", "<@")) else ""
    skills = _skills_in(rest if about else words)
    person = colleague(desk, request, about or request.actor).id
    is_admin = _is_admin(desk, request)
    with desk.unit_of_work() as uow:
        roles = uow.workspaces.roles(request.workspace)
        if person != request.actor and not is_admin:
            raise NotAllowed("Only an admin can say that for somebody else. Your own: /itcheck skills email, seo.")
        if not roles.of(person) & IT_ROLES:
            raise NotAllowed("Only for liaisons: an admin makes somebody one with /itcheck people liaison @name.")
        uow.skills.learn(request.workspace, person, skills)
        return replace(_listed(roles, uow.skills.of(request.workspace)), text=_noted(person, skills))


def _noted(person: str, skills: Sequence[str]) -> Text:
    what = f"looks after {', '.join(skills)}" if skills else "takes whatever comes"
    return say("Noted: {who} {what}.", who=Mention(person), what=what)


def _skills_in(words: str) -> Sequence[str]:
    if words.strip().lower() in NOTHING_MORE:
        return ()
    skills = tidy_skills(words)
    if not skills:
        raise Invalid(HOW)
    if len(skills) > MOST:
        raise Invalid(f"Please name at most {MOST}; these are {len(skills)}.")
    return skills


def _is_admin(desk: Desk, request: Request) -> bool:
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        return may_set_up(who, uow.workspaces.roles(request.workspace))


def _listed(roles: Roles, skills: Mapping[str, Sequence[str]]) -> Card:
    of_it = (person for person in skills if roles.of(person) & IT_ROLES)  # marketing's stand on the roster
    people = dict.fromkeys((*roles.holders.get(Role.LIAISON, ()), *of_it))
    lines = tuple(
        Line(say("{who}: {skills}", who=Mention(one), skills=", ".join(skills.get(one, ())) or "whatever comes"))
        for one in people
    )
    note = say("A new ticket goes to whoever looks after its category or kind, then to whoever has the least to do.")
    return Card(text=say(HOW), sections=(Section("Who looks after what", lines),) if lines else (), note=note)
