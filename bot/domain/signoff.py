"""Sign-offs: a named person's dated yes or no on one version of a thing.

Nobody signs their own request; one person signs once, for every role they are asked in, and never for both sides;
a delegate signs for whom they stand in; one no with a reason stops everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import Conflict, Invalid, NotAllowed
from bot.domain.people import IT_ROLES, ROLE_WORDS, Role, Side

MOST_REASON = 2000
NAME_ONE = "one with /itcheck people"


class Say(StrEnum):
    """What somebody says."""

    YES = "yes"
    WITH_CONDITIONS = "yes_with_conditions"
    NO = "no"


class Outcome(StrEnum):
    """How all of them together stand."""

    PENDING = "pending"
    APPROVED = "approve"
    CONDITIONS = "approve_with_conditions"
    REJECTED = "reject"


@dataclass(frozen=True, slots=True)
class PromisedCondition:
    """Something that must be done for a yes: what, who does it, until when."""

    what: str
    owner: str
    due: date


@dataclass(frozen=True, slots=True)
class Signature:
    """What was said, by whom (a delegate may sign), when. Raises Invalid where a reason or a condition lacks.

    `trial_until`: it is a yes to a trial only, until then.
    """

    said: Say
    by: str
    at: datetime
    reason: str = ""
    conditions: tuple[PromisedCondition, ...] = ()
    trial_until: date | None = None

    def __post_init__(self) -> None:
        if self.said is Say.NO and not self.reason.strip():
            raise Invalid("Say why not: whoever asked wants to know what would change it.", "reason")
        if self.said is Say.WITH_CONDITIONS and not (self.conditions or self.trial_until):
            raise Invalid("Name at least one condition, or say yes.", "conditions")
        if len(self.reason) > MOST_REASON:
            raise Invalid(f"Keep the reason below {MOST_REASON:,} characters.", "reason")


@dataclass(frozen=True, slots=True)
class SignOff:
    """One signature asked of somebody, for a role, on one version."""

    role: Role
    person: str
    version: int
    asked_at: datetime
    signature: Signature | None = None

    @property
    def said(self) -> Say | None:
        """What they said; None while it is open."""
        return self.signature.said if self.signature else None

    def sign(self, signature: Signature) -> SignOff:
        """The sign-off with its answer. Raises Conflict if it has one already."""
        if self.signature is not None:
            raise Conflict(f"This is answered already: {self.signature.said.value.replace('_', ' ')}.")
        return replace(self, signature=signature)


@dataclass(frozen=True, slots=True)
class Missing:
    """A role that must sign and that nobody may sign for; the words say why, as part of a sentence."""

    role: Role
    words: str


def asked_of(
    approvers: Sequence[Role], holders: Mapping[Role, Sequence[str]], requester: str, version: int, at: datetime
) -> tuple[tuple[SignOff, ...], tuple[Missing, ...]]:
    """Whom to ask, each role with its own sign-off in the order of the roles, and which roles nobody can sign for.

    Where nobody else holds a role, whoever is asked for another role of the same side is asked for it too.
    """
    asked: list[SignOff] = []
    missing: list[Missing] = []
    for role in approvers:
        held, taken = holders.get(role, ()), {one.person for one in asked}
        free = [one for one in held if one != requester and one not in taken] or _of_the_same_side(asked, held, role)
        if free:
            asked.append(SignOff(role, free[0], version, at))
        else:
            missing.append(Missing(role, _nobody(role, held, requester)))
    return tuple(asked), tuple(missing)


def of_one_person(signoffs: Iterable[SignOff]) -> tuple[tuple[SignOff, ...], ...]:
    """The sign-offs by who is asked, in the order of asking: one question and one answer for all their roles."""
    by_person: dict[str, list[SignOff]] = {}
    for one in signoffs:
        by_person.setdefault(one.person, []).append(one)
    return tuple(tuple(found) for found in by_person.values())


def missing_words(missing: Sequence[Missing], admin: str = "an admin") -> str:
    """Why nobody was asked, and whom to ask to name somebody."""
    why = "; ".join(one.words for one in missing)
    return f"{why[:1].upper()}{why[1:]}, so nobody was asked. Ask {admin} to name {NAME_ONE}, then press again."


def role_words(signoffs: Iterable[SignOff]) -> str:
    """The roles of some sign-offs: `marketing manager and legal`."""
    names = [ROLE_WORDS[one.role] for one in signoffs]
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def signable(
    signoffs: Iterable[SignOff], clicker: str, version: int, roles: frozenset[Role], requester: str,
    stands_in_for: Callable[[str], str],
) -> SignOff:  # fmt: skip
    """The signature this person may give now, checked at the click.

    `stands_in_for(person)` is who answers for an absent person, or nobody. Raises Conflict for an outdated version,
    NotAllowed for who may not sign; the words say who may.
    """
    current = list(signoffs)
    latest = max((one.version for one in current), default=version)
    if version != latest:
        raise Conflict("It has changed since you were asked. Look at the newest version and sign that one.")
    if clicker == requester:
        raise NotAllowed("Nobody signs off their own request. Ask who else holds the role.")
    own = [one for one in current if one.person == clicker and one.role in roles]
    if own:
        return next((one for one in own if one.said is None), own[0])
    lent = next((one for one in current if one.person != clicker and stands_in_for(one.person) == clicker), None)
    if lent is not None:
        return lent
    asked = ", ".join(dict.fromkeys(ROLE_WORDS[one.role] for one in current)) or "nobody"
    raise NotAllowed(f"This is for others to sign: {asked}.")


def side_of_role(role: Role) -> Side:
    """The side a signature in this role is owed by; security signs for IT, all others outside IT with marketing."""
    return Side.IT if role in IT_ROLES | {Role.SECURITY} else Side.MARKETING


def outcome(signoffs: Iterable[SignOff]) -> Outcome:
    """How they stand together: one no stops, one condition binds, all must have said yes."""
    said = [one.said for one in signoffs]
    if Say.NO in said:
        return Outcome.REJECTED
    if not said or None in said:
        return Outcome.PENDING
    return Outcome.CONDITIONS if Say.WITH_CONDITIONS in said else Outcome.APPROVED


def _of_the_same_side(asked: Sequence[SignOff], holders: Sequence[str], role: Role) -> list[str]:
    """The holders of a role who are asked for others of its side alone."""
    side = side_of_role(role)
    sides = {one: {side_of_role(each.role) for each in asked if each.person == one} for one in holders}
    return [one for one in holders if sides[one] == {side}]


def _nobody(role: Role, holders: Sequence[str], requester: str) -> str:
    name = ROLE_WORDS[role]
    if requester in holders:
        return f"only the requester is {name}, and nobody signs their own request"
    if holders:
        return f"whoever is {name} signs for the other side already"
    return f"{name} has no person yet"
