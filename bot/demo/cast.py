"""The company of the demo: forty people who are called by what they are, three marketing channels, who holds a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.people import Person, Role

WORKSPACE = "T02COMPANY"
BERLIN, LISBON, NEW_YORK = "Europe/Berlin", "Europe/Lisbon", "America/New_York"
TEAM_SIZE = 7  # beside its lead


@dataclass(frozen=True, slots=True)
class Team:
    """A marketing team: its channel, where it sits, and when its weekly sync is (weekday 0 is Monday)."""

    name: str
    channel: str
    zone: str
    liaison: str
    sync_weekday: int
    sync_hour: int

    @property
    def lead(self) -> str:
        """Who leads it, by id."""
        return f"U1{self.name.upper()}LEAD"

    @property
    def marketers(self) -> tuple[str, ...]:
        """The others, by id."""
        return tuple(f"U1{self.name.upper()}{number}" for number in range(1, TEAM_SIZE + 1))


BRAND = Team("Brand", "C21BRAND", BERLIN, "U2LIAISONBERLIN", 0, 9)
GROWTH = Team("Growth", "C22GROWTH", LISBON, "U2LIAISONLISBON", 0, 11)
CRM = Team("CRM", "C23CRM", NEW_YORK, "U2LIAISONNEWYORK", 1, 10)
TEAMS = (BRAND, GROWTH, CRM)

MARKETING_MANAGER, CMO = "U1MARKETINGMANAGER", "U1CMO"
IT_MANAGER, CIO = "U2ITMANAGER", "U2CIO"
SECURITY, LEGAL, FINANCE, PROCUREMENT = "U3SECURITY", "U3LEGAL", "U3FINANCE", "U3PROCUREMENT"
PROJECT_MANAGER, WEB_ENGINEER = "U3PROJECTMANAGER", "U3WEBENGINEER"
SECONDS = ("U2SECONDBERLIN", "U2SECONDLISBON", "U2SECONDNEWYORK")
LIAISONS = (*(team.liaison for team in TEAMS), *SECONDS)
IT = (*LIAISONS, IT_MANAGER, CIO)

_NAMED = {
    MARKETING_MANAGER: ("Marketing Manager", BERLIN),
    CMO: ("CMO", BERLIN),
    IT_MANAGER: ("IT Manager", BERLIN),
    CIO: ("CIO", BERLIN),
    BRAND.liaison: ("Liaison Berlin", BERLIN),
    GROWTH.liaison: ("Liaison Lisbon", LISBON),
    CRM.liaison: ("Liaison New York", NEW_YORK),
    SECONDS[0]: ("Second Liaison Berlin", BERLIN),
    SECONDS[1]: ("Second Liaison Lisbon", LISBON),
    SECONDS[2]: ("Second Liaison New York", NEW_YORK),
    SECURITY: ("Security Officer", BERLIN),
    LEGAL: ("Legal Counsel", BERLIN),
    FINANCE: ("Finance Controller", BERLIN),
    PROCUREMENT: ("Procurement Officer", BERLIN),
    PROJECT_MANAGER: ("Project Manager", BERLIN),
    WEB_ENGINEER: ("Web Engineer", LISBON),
}
HOLDERS: Mapping[Role, tuple[str, ...]] = {
    Role.IT_MANAGER: (IT_MANAGER,),
    Role.CIO: (CIO,),
    Role.MARKETING_MANAGER: (MARKETING_MANAGER,),
    Role.CMO: (CMO,),
    Role.SPONSOR: (CMO,),
    Role.FINANCE: (FINANCE,),
    Role.PROCUREMENT: (PROCUREMENT,),
    Role.SECURITY: (SECURITY,),
    Role.LEGAL: (LEGAL,),
    Role.PROJECT_MANAGER: (PROJECT_MANAGER,),
}


def the_people() -> dict[str, Person]:
    """Everybody, by id."""
    people = {one: Person(one, name, zone) for one, (name, zone) in _NAMED.items()}
    for team in TEAMS:
        people[team.lead] = Person(team.lead, f"{team.name} Lead", team.zone)
        for number, one in enumerate(team.marketers, 1):
            people[one] = Person(one, f"{team.name} Marketer {number}", team.zone)
    return people


def members_of(team: Team) -> tuple[str, ...]:
    """Who is in the channel of a team: its own people, the managers of marketing, and IT."""
    return (team.lead, *team.marketers, MARKETING_MANAGER, CMO, *IT)


def team_of(channel: str) -> Team:
    """The team of a channel."""
    return next(team for team in TEAMS if team.channel == channel)
