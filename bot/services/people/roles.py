"""Who holds which role in a workspace: given by an admin, by form or by mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from bot.domain.errors import Invalid, NotAllowed, NotFound, Permanent
from bot.domain.escalation import Patience
from bot.domain.people import ROLE_WORDS, Person, Role, on_both_ladders
from bot.domain.workspace import Roles
from bot.messages import Card, Choice, Field, FieldKind, Form, Line, Mention, Request, Section, Strong, Text, say
from bot.ports import UnitOfWork
from bot.services.agreement import NOBODY, PEOPLE_MOST, person_in
from bot.services.channels import admin_name, may_set_up
from bot.services.desk import Desk
from bot.services.sla.ladder import wake

PEOPLE = "people"
ON_FORM = (
    Role.IT_MANAGER, Role.CIO, Role.MARKETING_MANAGER, Role.CMO, Role.SPONSOR, Role.FINANCE, Role.PROCUREMENT,
    Role.SECURITY, Role.LEGAL, Role.PROJECT_MANAGER,
)  # fmt: skip
HINTS = {
    Role.IT_MANAGER: "Asked first when IT is late or something is stuck",
    Role.CIO: "Asked next",
    Role.MARKETING_MANAGER: "Asked first when marketing owes something",
    Role.CMO: "Asked next",
    Role.SPONSOR: "Wants the outcome and answers for it",
    Role.FINANCE: "Treasury and capital expenses",
}
HOURS = {"first_h": "Working hours a manager has to answer", "second_h": "Working hours CIO and CMO have"}
ONE_SIDE = "One person can't answer for both sides. Please choose somebody else."
HOW = "Type it like this: /itcheck people cio @name, or /itcheck people to pick from a list."


def people_form(desk: Desk, request: Request) -> Form:
    """The form for all roles one person usually holds, prefilled. Raises NotAllowed for who is no admin."""
    roles = _roles_for_admin(desk, request)
    with desk.look() as uow:
        patience = uow.escalations.patience(request.workspace)
    members: Sequence[Person] = ()
    if request.conversation and not request.is_direct:
        members = desk.directory.members(request.workspace, request.conversation)
    people = _with_holders(desk, request.workspace, [one for one in members if not one.is_guest], roles)
    given = {"first_h": patience.first_h, "second_h": patience.second_h}
    hours = [Field(key, label, value=f"{given[key]:g}", required=True, most=5) for key, label in HOURS.items()]
    return Form(
        PEOPLE,
        "Who is who",
        (*(_role_field(role, people, roles.first(role)) for role in ON_FORM), *hours),
        submit="Save",
        intro=say(
            "There can be several liaisons and admins; name them all at once: {how}",
            how="/itcheck people liaison @one @two",
        ),
        context={"conversation": request.conversation},
    )


def check_people(values: Mapping[str, str]) -> Mapping[str, str]:
    """The errors of a filled form, by field."""
    errors: dict[str, str] = {}
    for key in HOURS:
        try:
            Patience(**{key: _hours(values.get(key, ""))})
        except (Invalid, ValueError):
            errors[key] = "Please give a number of working hours between 0.25 and 80."
    both = on_both_ladders({role: [person_in(values.get(role, ""))] for role in ON_FORM})
    for role in (Role.MARKETING_MANAGER, Role.CMO):
        if person_in(values.get(role, "")) in both:
            errors[role] = ONE_SIDE
    return errors


def name_people(desk: Desk, request: Request) -> Card:
    """Give the roles as the filled form says; whoever else holds one of them keeps it, behind the one named."""
    before = _roles_for_admin(desk, request)
    errors = check_people(request.values)
    if errors:
        key, words = next(iter(errors.items()))
        raise Invalid(words, key)
    given = {role: _named_first(desk, request, role, before) for role in ON_FORM}
    patience = Patience(*(_hours(request.values.get(key, "")) for key in HOURS))
    with desk.unit_of_work() as uow:
        uow.escalations.be_patient(request.workspace, patience)
        return _give(uow, desk, request.workspace, given)


def name_for_role(desk: Desk, request: Request, words: str) -> Card:
    """Give one role to exactly the people mentioned after it: `cio @name`, `liaison @one @two`, `legal nobody`."""
    _roles_for_admin(desk, request)
    role = role_in(words)
    ids = [person_in(word) for word in words.split() if word.startswith(("@", "<@"))]
    if not ids and not words.lower().endswith("nobody"):
        raise Invalid(f"Whom? {HOW}")
    people = [colleague(desk, request, one).id for one in ids]
    if role is Role.ADMIN and not people:
        raise Invalid("There has to be an admin. Name the new one first: /itcheck people admin @name.")
    with desk.unit_of_work() as uow:
        return replace(_give(uow, desk, request.workspace, {role: people}), note=_given_away(uow, desk, request))


def role_in(words: str) -> Role:
    """The role a command begins with. Raises Invalid for another word."""
    plain = " ".join(words.lower().replace("_", " ").replace("-", " ").split())
    for role in Role:
        if f"{plain} ".startswith((f"{ROLE_WORDS[role].lower()} ", f"{ROLE_WORDS[role].lower()}s ")):
            return role
    known = ", ".join(ROLE_WORDS.values())
    raise Invalid(f"I don't know the role “{words.split('@', maxsplit=1)[0].strip()[:30]}”. There are: {known}. {HOW}")


def colleague(desk: Desk, request: Request, person: str, field: str = "") -> Person:
    """Somebody who can hold a role: a colleague who is here, by id, or by name among those where it was typed.

    Raises Invalid otherwise. Asks the chat.
    """
    try:
        found = desk.person(request.workspace, person)
    except NotFound:
        found = _called(desk, request, person, field)
    if found.is_guest or found.is_bot or found.is_gone:
        raise Invalid(f"{found.name} can't do that: please choose a colleague who is here, no guest or bot.", field)
    return found


def _called(desk: Desk, request: Request, name: str, field: str) -> Person:
    """The one member of the channel who is called so; some chats hand a typed @name on as it stands."""
    members: Sequence[Person] = ()
    if request.conversation and not request.is_direct:
        with suppress(NotFound, Permanent):  # a channel we are not in: nobody can be found in it
            members = desk.directory.members(request.workspace, request.conversation)
    called = name.removeprefix("@").strip().casefold()
    fitting = [one for one in members if one.name.casefold() == called]
    if len(fitting) != 1:
        words = f"I can't find “{name[:40]}” here. Please pick somebody, or type a mention: @name."
        raise Invalid(words, field)
    return fitting[0]


def _roles_for_admin(desk: Desk, request: Request) -> Roles:
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        roles = uow.workspaces.roles(request.workspace)
    if not may_set_up(who, roles):
        raise NotAllowed(f"Only an admin can say who is who. Please ask {admin_name(desk, request.workspace, roles)}.")
    return roles


def _give(uow: UnitOfWork, desk: Desk, workspace: str, given: Mapping[Role, Sequence[str]]) -> Card:
    stands = uow.workspaces.roles(workspace)
    if on_both_ladders({**stands.holders, **given}) - on_both_ladders(stands.holders):
        raise Invalid("One person can't answer for both sides. Nothing was changed; please choose somebody else.")
    for role, people in given.items():
        uow.workspaces.give(workspace, role, people)
    wake(uow, workspace, desk.at())
    return _who_is_who(uow.workspaces.roles(workspace))


def _given_away(uow: UnitOfWork, desk: Desk, request: Request) -> Text:
    """What somebody has to know who has just named another admin in their own place."""
    roles = uow.workspaces.roles(request.workspace)
    if may_set_up(desk.person(request.workspace, request.actor), roles):
        return ()
    admins = _listed(roles.holders.get(Role.ADMIN, ()))
    return ("You are no admin any more; to be one again, ask ", *admins, ".")


def _who_is_who(roles: Roles) -> Card:
    lines = tuple(
        Line(say("{role}: {people}", role=Strong(ROLE_WORDS[role]), people=_listed(roles.holders.get(role, ()))))
        for role in Role
        if roles.holders.get(role) or role in ON_FORM[:4]
    )
    return Card(text=say("Saved. This is who is who now."), sections=(Section("", lines),))


def _listed(people: Sequence[str]) -> Text:
    if not people:
        return ("nobody yet",)
    first, *others = people
    return (Mention(first), *(span for one in others for span in (", ", Mention(one))))


def _role_field(role: Role, people: Sequence[Person], holder: str) -> Field:
    words, hint = ROLE_WORDS[role], HINTS.get(role, "")
    label = f"{words[0].upper()}{words[1:]}"
    if not 0 < len(people) < PEOPLE_MOST:
        hint = hint or f"A member ID; or type /itcheck people {words} @name"
        return Field(role.value, label, value=f"@{holder}" if holder else "", hint=hint)
    choices = (Choice("Nobody", NOBODY), *(Choice(one.name or one.id, one.id) for one in people))
    return Field(role.value, label, FieldKind.CHOICE, holder or NOBODY, hint, choices=choices)


def _with_holders(desk: Desk, workspace: str, members: Sequence[Person], roles: Roles) -> Sequence[Person]:
    """The members, and whoever holds a role without being one: leaving them out would take it from them."""
    known = {one.id for one in members}
    found = list(members)
    for person in dict.fromkeys(roles.first(role) for role in ON_FORM):
        if person and person not in known:
            found.append(_as_known(desk, workspace, person))
    return found


def _as_known(desk: Desk, workspace: str, person: str) -> Person:
    try:
        return desk.person(workspace, person)
    except NotFound:
        return Person(person, f"{person} (left)")


def _named_first(desk: Desk, request: Request, role: Role, before: Roles) -> Sequence[str]:
    named, stands = person_in(request.values.get(role, "")), before.holders.get(role, ())
    if role not in request.values or named in stands[:1]:
        return stands
    if not named:
        return ()
    return (colleague(desk, request, named, role).id, *(one for one in stands[1:] if one != named))


def _hours(words: str) -> float:
    return float(words.strip().replace(",", "."))
