"""The twelve tools of the demo: six there are, and six that marketing asks for, each from its ticket to its verdict."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.demo.cast import BRAND, CRM, GROWTH, WORKSPACE, Team
from bot.demo.diary import Act, Diary, at_work, hours_later
from bot.demo.floor import Floor
from bot.demo.paper import direct
from bot.domain.review import subject_of
from bot.domain.ticket import Ticket
from bot.ports import TicketFilter

# Name, category, status, yearly cost in EUR, seats, note.
THERE: Sequence[tuple[str, str, str, str, str, str]] = (
    ("Mailchimp", "email_automation", "approved", "6000", "12", "The newsletter and its lists"),
    ("Matomo", "analytics", "approved", "1900", "", "Visits of shop and events"),
    ("Canva", "collaboration", "approved", "2400", "20", "Pictures for social media"),
    ("Hootsuite", "social_listening", "approved", "4300", "6", "Publishing in one place"),
    ("Salesforce", "crm", "approved", "52000", "30", "Customers and their orders"),
    ("Contentful", "content_management", "approved", "11000", "8", "Pages of shop and events"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tool somebody asks for, so many days after the beginning: what for, its cost a year in EUR, how far they are,
    and what the review knows of it.
    """

    name: str
    purpose: str
    cost: str
    stage: str
    days: int
    team: Team
    category: str
    data: str
    integration: str = "native"


WANTED: Sequence[Wanted] = (
    Wanted("Hotjar", "See where visitors give up", "1,200", "Bought or in use", 8, GROWTH, "analytics", "none"),
    Wanted("Klaviyo", "Mails by what people buy", "9,600", "Chosen", 27, CRM, "email_automation", "personal"),
    Wanted("Figma", "Draw pages together", "3,600", "Comparing some", 55, BRAND, "collaboration", "staff"),
    Wanted("Zoom", "Webinars with a replay", "2,900", "Just an idea", 84, GROWTH, "collaboration", "staff"),
    Wanted("Shopify", "A shop for pop-up stores", "18,000", "Just an idea", 112, BRAND, "ecommerce", "personal"),
    Wanted("Typeform", "Surveys people finish", "900", "Just an idea", 146, CRM, "analytics", "none"),
)


def plan_tools(floor: Floor, diary: Diary, begin: date, source: random.Random) -> None:
    """Write down when each is asked for."""
    for wanted in WANTED:
        quest = Quest(floor, diary, wanted, random.Random(source.random()))
        diary.add(at_work(begin + timedelta(days=wanted.days), 10.5, wanted.team.zone), quest.begin)


class Quest:
    """One tool from the form to what came out of it."""

    def __init__(self, floor: Floor, diary: Diary, wanted: Wanted, source: random.Random) -> None:
        self._floor, self._diary, self._wanted, self._source = floor, diary, wanted, source
        self._number = 0
        self._by = source.choice(wanted.team.marketers)

    def begin(self) -> None:
        """Marketing asks."""
        wanted = self._wanted
        answers = {"name": wanted.name, "purpose": wanted.purpose, "cost": f"{wanted.cost} EUR a year"}
        held = "Yes" if wanted.data == "personal" else "No"
        self._floor.types_and_fills(self._by, wanted.team.channel, "new-tool", **answers, data=held, stage=wanted.stage)
        self._number = self._floor.read(lambda uow: uow.tickets.search(WORKSPACE, TicketFilter(limit=1)))[0].number
        self._later(self._source.choice((1, 2, 5)), self._take)

    def _take(self) -> None:
        """Who looks after the channel takes it; whoever asked says thank you in its thread."""
        name = self._ticket.name
        self._floor.presses(self._liaison, "claim", name, self._channel)
        self._floor.fills(self._liaison, "answer", name, self._channel, text=FIRST_WORDS)
        self._floor.says(self._by, self._channel, THANKS, self._ticket.place.thread)
        self._later(24, self._review)

    def _review(self) -> None:
        wanted = self._wanted
        answers = {"category": wanted.category, "amount": wanted.cost, "data": wanted.data}
        self._floor.fills(
            self._liaison, "review", self._ticket.name, self._channel, integration=wanted.integration, **answers
        )
        self._later(20, self._ask)

    def _ask(self) -> None:
        self._floor.presses(self._liaison, "ask_sign_offs", f"{self._ticket.name}:1", self._channel)
        for day, person in enumerate(self._open_signers()):
            self._later(6 + 24 * day, lambda who=person: self._sign(who))  # type: ignore[misc]

    def _sign(self, who: str) -> None:
        """A yes; where something speaks against it, with what makes it all right."""
        value = f"{self._ticket.name}:1"
        if self._wanted.data == "personal":
            self._floor.fills(who, "sign_anyway", value, direct(who), text="Only with a contract on customer data.")
        else:
            self._floor.presses(who, "sign_yes", value, direct(who))
        if not self._open_signers():
            self._later(26, self._resolve)

    def _resolve(self) -> None:
        text = f"{self._wanted.name} is set up, with single sign-on."
        self._floor.fills(self._liaison, "resolve", self._ticket.name, self._channel, text=text)

    def _open_signers(self) -> list[str]:
        asked = self._floor.read(lambda uow: uow.signoffs.of(WORKSPACE, subject_of(self._number)))
        return list(dict.fromkeys(one.person for one in asked if one.signature is None))

    @property
    def _ticket(self) -> Ticket:
        return self._floor.read(lambda uow: uow.tickets.get(WORKSPACE, self._number))

    @property
    def _liaison(self) -> str:
        return self._wanted.team.liaison

    @property
    def _channel(self) -> str:
        return self._wanted.team.channel

    def _later(self, hours: float, act: Act) -> None:
        self._diary.add(hours_later(self._floor.clock(), hours, self._wanted.team.zone), act)


FIRST_WORDS = "Thank you for asking. I look at data, cost and what it connects to, and come back tomorrow."
THANKS = "Thank you! The contract is on its way to you."
