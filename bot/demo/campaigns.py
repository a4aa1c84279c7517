"""The thirty campaigns of the demo: how marketing tells of each, and what IT makes of it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.demo.cast import TEAMS, WORKSPACE, Team
from bot.demo.diary import Act, Diary, at_work, hours_later
from bot.demo.floor import Floor
from bot.demo.paper import direct
from bot.domain.load import Verdict
from bot.domain.ticket import Ticket
from bot.ports import TicketFilter

SHOP, EVENTS = "shop.example", "events.example"
# Name, people reached, channels, where it leads to.
CAMPAIGNS = (
    ("Loyalty week", 120_000, "e-mail", SHOP),
    ("New arrivals", 60_000, "e-mail, social", SHOP),
    ("Referral drive", 35_000, "e-mail", SHOP),
    ("Outlet weekend", 300_000, "e-mail, paid social", SHOP),
    ("Members' preview", 45_000, "e-mail", SHOP),
    ("Product tour webinar", 8_000, "e-mail", EVENTS),
    ("Customer survey", 90_000, "e-mail", SHOP),
    ("Free shipping days", 250_000, "e-mail, push", SHOP),
    ("Gift guide", 180_000, "paid social", SHOP),
    ("Podcast launch", 20_000, "social", EVENTS),
    ("Store opening", 15_000, "sms", EVENTS),
    ("Partner newsletter", 70_000, "e-mail", SHOP),
    ("Win-back mailing", 110_000, "e-mail", SHOP),
    ("Price promise", 150_000, "display", SHOP),
    ("App push week", 80_000, "push", SHOP),
    ("Photo contest", 40_000, "social", EVENTS),
    ("Trade fair", 9_000, "e-mail", EVENTS),
    ("Size guide launch", 50_000, "e-mail", SHOP),
    ("Sustainability week", 160_000, "e-mail, social", SHOP),
    ("Newsletter relaunch", 220_000, "e-mail", SHOP),
    ("Bundle offer", 130_000, "paid social", SHOP),
    ("Early bird tickets", 12_000, "e-mail", EVENTS),
    ("Second-hand corner", 65_000, "social", SHOP),
    ("Birthday mailing", 30_000, "e-mail", SHOP),
    ("Mid-season sale", 400_000, "e-mail, sms", SHOP),
    ("Influencer week", 200_000, "influencer", SHOP),
    ("Live shopping", 25_000, "live", SHOP),
    ("Recipe series", 55_000, "social", SHOP),
    ("Repair service", 18_000, "e-mail", SHOP),
    ("Clearance", 350_000, "e-mail, paid social", SHOP),
)
FIRST, LAST = 12, 215  # days after the beginning in which they start
EARLY, LATE = (24, 38), (2, 5)  # how many days before its first day marketing tells of one


@dataclass(frozen=True, slots=True)
class Plan:
    """A campaign as marketing plans it, told so many days before its first day; `undated`: the day is told later."""

    name: str
    reach: int
    channels: str
    site: str
    team: Team
    by: str
    first_day: date
    days_before: int
    undated: bool

    @property
    def answers(self) -> Mapping[str, str]:
        """What the form is filled with."""
        given = {"name": self.name, "audience": str(self.reach), "channel": self.channels, "page": self.site}
        day = {} if self.undated else {"start": self.first_day.isoformat(), "time": "10:00"}
        return given | {"sponsor": self.team.lead} | day


def plan_campaigns(floor: Floor, diary: Diary, begin: date, source: random.Random) -> None:
    """Write down how each is told; from month to month more of them in time, and before there is a date."""
    for number, (name, reach, channels, site) in enumerate(CAMPAIGNS):
        share = number / len(CAMPAIGNS)
        team = TEAMS[number % len(TEAMS)]
        first = begin + timedelta(days=FIRST + round(share * (LAST - FIRST)))
        is_early = source.random() < 0.4 + 0.55 * share
        before = source.randint(*(EARLY if is_early else LATE))
        undated = is_early and source.random() < 0.15 + 0.5 * share
        plan = Plan(name, reach, channels, site, team, source.choice(team.marketers), first, before, undated)
        told = max(begin + timedelta(days=2), first - timedelta(days=before))
        story = Story(floor, diary, plan, random.Random(source.random()))
        diary.add(at_work(told, source.uniform(9, 16), team.zone), story.begin)


class Story:
    """One campaign from its form to the look back."""

    def __init__(self, floor: Floor, diary: Diary, plan: Plan, source: random.Random) -> None:
        self._floor, self._diary, self._plan, self._source = floor, diary, plan, source
        self._number = 0

    def begin(self) -> None:
        """Marketing fills in the form."""
        plan = self._plan
        self._floor.types_and_fills(plan.by, plan.team.channel, "campaign", **plan.answers)
        self._number = self._floor.read(lambda uow: uow.tickets.search(WORKSPACE, TicketFilter(limit=1)))[0].number
        self._later(self._source.choice((0.5, 1, 1.5, 2, 3, 3, 6, 26)), self._take)
        end = plan.first_day + timedelta(days=1)
        self._diary.add(at_work(end, 11, plan.team.zone), self._look_back)

    def _take(self) -> None:
        """Who looks after the channel takes it, answers, or asks for the day that is missing."""
        liaison = self._plan.team.liaison
        self._press(liaison, "claim", self._ticket.name)
        if self._plan.undated:
            self._fill(
                liaison, "wait", self._ticket.name, text="Which day will it be? I hold it free as soon as you say."
            )
            self._later(24 * 7, self._tell_the_day)
            return
        self._later(self._source.choice((4, 4, 22)), self._decide)

    def _tell_the_day(self) -> None:
        answers = {"start": self._plan.first_day.isoformat(), "time": "10:00"}
        self._fill(self._plan.by, "details", self._ticket.name, **answers)
        self._later(3, self._decide)

    def _decide(self) -> None:
        """As it is proposed; the sponsor takes what is left of a risk."""
        found = self._floor.read(lambda uow: uow.readiness.get(WORKSPACE, self._number))
        if found is None or found.proposed is None:
            return
        value = f"{self._ticket.name}:{found.version}"
        if found.proposed is Verdict.GO:
            self._press(self._plan.team.liaison, "go", value)
        else:
            self._fill(self._plan.team.liaison, "go_decide", value)
            self._later(2, self._sign)
        self._later(4, self._resolve)

    def _sign(self) -> None:
        found = self._floor.read(lambda uow: uow.readiness.get(WORKSPACE, self._number))
        if found is None:
            return
        asked = self._floor.read(lambda uow: uow.signoffs.of(WORKSPACE, found.subject))
        for one in asked:
            if one.signature is None and one.version == found.decided:
                value = f"{self._ticket.name}:{found.decided}"
                self._floor.presses(one.person, "risk_yes", value, direct(one.person))

    def _look_back(self) -> None:
        if self._source.random() < 0.7:
            peak, incomplete = str(self._source.randint(20, 90)), str(self._source.randint(0, 8))
            self._fill(self._plan.by, "look_back", self._ticket.name, peak=peak, incomplete=incomplete)
        self._resolve()

    def _resolve(self) -> None:
        """What IT had to say is said; the campaign goes on."""
        if not self._ticket.is_finished:
            self._fill(self._plan.team.liaison, "resolve", self._ticket.name, text=self._source.choice(OUTCOMES))

    @property
    def _ticket(self) -> Ticket:
        return self._floor.read(lambda uow: uow.tickets.get(WORKSPACE, self._number))

    def _press(self, person: str, action: str, value: str) -> None:
        self._floor.presses(person, action, value, self._plan.team.channel)

    def _fill(self, person: str, action: str, value: str, **answers: str) -> None:
        self._floor.fills(person, action, value, self._plan.team.channel, **answers)

    def _later(self, hours: float, act: Act) -> None:
        self._diary.add(hours_later(self._floor.clock(), hours, self._plan.team.zone), act)


ANSWERS = (
    "Thank you for telling us. I look at the load and come back with what fits.",
    "Seen. The landing page has to be there two days before, then the rest is quick.",
    "Good timing. Please keep the sending to a few hours, and I watch the site on the day.",
)
OUTCOMES = (
    "It can go as planned; I watch the site on the day.",
    "Agreed with what stands above. The page is checked on the day before.",
    "It fits. Tell me here if the day changes.",
)
