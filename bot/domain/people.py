"""People, the two sides they stand on, and the roles they hold in a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Side(StrEnum):
    """Who owes something to whom: the two departments the SLA binds."""

    IT = "it"
    MARKETING = "marketing"


class Role(StrEnum):
    """What somebody is in a workspace. One person may hold several roles."""

    ADMIN = "admin"
    LIAISON = "liaison"
    IT_MANAGER = "it_manager"
    MARKETING_MANAGER = "marketing_manager"
    CIO = "cio"
    CMO = "cmo"
    SPONSOR = "sponsor"
    FINANCE = "finance"
    PROCUREMENT = "procurement"
    SECURITY = "security"
    LEGAL = "legal"
    PROJECT_MANAGER = "project_manager"


ROLE_WORDS = {
    Role.ADMIN: "admin",
    Role.LIAISON: "liaison",
    Role.IT_MANAGER: "IT manager",
    Role.MARKETING_MANAGER: "marketing manager",
    Role.CIO: "CIO",
    Role.CMO: "CMO",
    Role.SPONSOR: "sponsor",
    Role.FINANCE: "finance",
    Role.PROCUREMENT: "procurement",
    Role.SECURITY: "security",
    Role.LEGAL: "legal",
    Role.PROJECT_MANAGER: "project manager",
}
LADDERS: dict[Side, tuple[Role, ...]] = {
    Side.IT: (Role.IT_MANAGER, Role.CIO),
    Side.MARKETING: (Role.MARKETING_MANAGER, Role.CMO),
}
IT_ROLES = frozenset({Role.LIAISON, Role.IT_MANAGER, Role.CIO})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the chat workspace, as the chat platform knows them. `zone` is an IANA name.

    `is_gone`: they left the workspace. `status`: what they show beside their name, its sign and its words, until
    `status_until` (None: until they change it).
    """

    id: str
    name: str
    zone: str = "UTC"
    is_bot: bool = False
    is_guest: bool = False
    is_admin: bool = False
    is_gone: bool = False
    status: str = ""
    status_until: datetime | None = None

    @property
    def is_colleague(self) -> bool:
        """Somebody who can be chosen for something: no guest and no bot."""
        return not self.is_guest and not self.is_bot


def side_of(roles: Iterable[Role]) -> Side:
    """The side a person with these roles answers for; without an IT role, marketing."""
    return Side.IT if IT_ROLES & set(roles) else Side.MARKETING


def on_both_sides(signers: Mapping[Side, Iterable[str]]) -> frozenset[str]:
    """Whoever would sign for both sides of one sign-off, which nobody may. `signers`: who signs for each side."""
    it, marketing = ({person for person in signers.get(side, ()) if person} for side in (Side.IT, Side.MARKETING))
    return frozenset(it & marketing)


def on_both_ladders(holders: Mapping[Role, Iterable[str]]) -> frozenset[str]:
    """Whoever would answer for both sides: an IT manager or CIO who is marketing manager or CMO too."""
    signers = {side: [one for role in ladder for one in holders.get(role, ())] for side, ladder in LADDERS.items()}
    return on_both_sides(signers)


def person_of(fact: str) -> str:
    """Who a fact names, by id; empty where it holds only words."""
    return fact.removeprefix("@") if fact.startswith("@") and " " not in fact else ""
