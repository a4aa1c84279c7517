"""People, the two sides they stand on, and the roles they hold in a workspace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
IT_ROLES = frozenset({Role.LIAISON, Role.IT_MANAGER, Role.CIO})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the chat workspace, as the chat platform knows them. `zone` is an IANA name.

    `is_gone`: they left the workspace.
    """

    id: str
    name: str
    zone: str = "UTC"
    is_bot: bool = False
    is_guest: bool = False
    is_admin: bool = False
    is_gone: bool = False


def side_of(roles: Iterable[Role]) -> Side:
    """The side a person with these roles answers for; without an IT role, marketing."""
    return Side.IT if IT_ROLES & set(roles) else Side.MARKETING
