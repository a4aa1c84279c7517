"""A whole workspace in memory: its people, a set-up channel, a clock set by hand, and what they do and see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from bot.domain.catalogue import Market, Tool
from bot.domain.detection import CAMPAIGN, NEW_TOOL, THRESHOLDS, CampaignFacts, Detection, Heard, Sensitivity
from bot.domain.diligence import Question
from bot.domain.people import Person, Role
from bot.domain.policy import Policy
from bot.domain.second_opinion import FactsReader, read_nothing
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.files import meeting_file, questionnaire
from bot.messages import Came, Card, Code, Form, Mention, Moment, Request, Span, Strong
from bot.messages import Channel as ChannelName
from bot.ports import Reader, UnitOfWorkFactory
from bot.services.delivery import Sender
from bot.services.desk import Desk
from bot.services.gallery import Gallery
from bot.services.handling import Counter, Route
from bot.services.intake.second_opinion import SecondOpinion
from bot.services.writer import Writer
from handlers.routing import opens_form, route
from tests.support.memory import MemoryStore
from tests.support.memory_chat import MemoryChat, Message
from tests.support.seals import SEALS, sealed

TEAM = "T1"
MARKETING, GENERAL, ELSEWHERE = "C-marketing", "C-general", "C-elsewhere"
MARKETER, COLLEAGUE, GUEST = "marketer", "colleague", "guest"
LIAISON, ENGINEER, IT_MANAGER, CIO = "liaison", "engineer", "it-manager", "cio"
MARKETING_MANAGER, CMO, ADMIN = "marketing-manager", "cmo", "admin"
MONDAY_NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
SILENCE = Detection((), (), None, {NEW_TOOL: 0.0, CAMPAIGN: 0.0}, ())
PARTS = ("title", "label", "intro", "text", "value", "hint", "facts", "lines", "sections", "fields", "button", "note")
HOLDERS = {
    Role.ADMIN: (ADMIN,),
    Role.LIAISON: (LIAISON,),
    Role.IT_MANAGER: (IT_MANAGER,),
    Role.MARKETING_MANAGER: (MARKETING_MANAGER,),
}
TWO_LIAISONS = HOLDERS | {Role.LIAISON: (LIAISON, ENGINEER)}


@dataclass
class HandClock:
    """A clock that stands still until it is moved."""

    at: datetime = MONDAY_NINE

    def __call__(self) -> datetime:
        return self.at


@dataclass
class ScriptedDetector:
    """Understands the messages it was told about, and (thread, reply) pairs, and nothing else."""

    script: dict[str, Detection] = field(default_factory=dict)
    in_thread: dict[tuple[str, str], Detection] = field(default_factory=dict)

    def detect(self, heard: Heard) -> Detection:
        alone = self.script.get(heard.text, SILENCE)
        return self.in_thread.get((heard.thread_context or "", heard.text), alone)

    def leans_on_thread(self, heard: Heard) -> bool:
        return any(text == heard.text for _, text in self.in_thread)


UNSURE = sum(THRESHOLDS[Sensitivity.NORMAL]) / 2  # a normal channel asks the author


def a_tool(*names: str, sure: float = 0.99) -> Detection:
    """A message about new tools."""
    labels = (NEW_TOOL,) if sure >= 0.5 else ()
    return Detection(labels, names, None, {NEW_TOOL: sure, CAMPAIGN: 0.0}, ())


def a_campaign(name: str = "Black Friday", starts: date | None = None, sure: float = 0.99) -> Detection:
    """A message about a campaign by e-mail to 400,000 people."""
    facts = CampaignFacts(name, iso_date=starts, audience=400_000, channel=("email", "paid_social"))
    return Detection((CAMPAIGN,), (), facts, {NEW_TOOL: 0.0, CAMPAIGN: sure}, ())


def a_tool_and_a_campaign(tool: str, campaign: str) -> Detection:
    """A message about both."""
    return Detection((NEW_TOOL, CAMPAIGN), (tool,), CampaignFacts(campaign), {NEW_TOOL: 0.99, CAMPAIGN: 0.99}, ())


def market(tool: str) -> Tool | None:
    """What we know of tools: Klaviyo is one for e-mail."""
    return Tool("Klaviyo", "Email & SMS") if tool == "Klaviyo" else None


def a_channel(**given: Any) -> Channel:
    """The marketing channel as it was agreed: in UTC, its sync on Mondays at nine."""
    plain: dict[str, Any] = {
        "workspace": TEAM,
        "id": MARKETING,
        "name": "marketing",
        "listening": True,
        "liaison": LIAISON,
        "set_up_at": MONDAY_NINE - timedelta(days=30),
    }
    return Channel(**(plain | given))


def the_people() -> dict[str, Person]:
    """Everybody, called by what they are."""
    ids = (MARKETER, COLLEAGUE, LIAISON, ENGINEER, IT_MANAGER, CIO, MARKETING_MANAGER, CMO)
    people = {one: Person(one, one.capitalize()) for one in ids}
    people[GUEST] = Person(GUEST, "Guest", is_guest=True)
    people[ADMIN] = Person(ADMIN, "Admin", is_admin=True)
    return people


def words(value: object) -> str:
    """What a person reads of a text, card or form: one part a line, mentions as @person, times in UTC."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple) and all(isinstance(one, Span) for one in value):
        return "".join(_span_words(one) for one in value)
    if isinstance(value, tuple):
        return "\n".join(words(one) for one in value)
    parts = [words(getattr(value, name)) for name in PARTS if hasattr(value, name)]
    return "\n".join(part for part in parts if part)


def _span_words(span: Span) -> str:
    match span:
        case str():
            return span
        case Mention():
            return f"@{span.person}"
        case ChannelName():
            return f"#{span.conversation}"
        case Moment():
            return f"{span.at.astimezone(UTC):%Y-%m-%d %H:%M}"
        case Strong() | Code():
            return span.words
        case _:
            return span.label


@dataclass
class Office:
    """Everybody's desk: what people do goes through the inbox, what they see comes out of the outbox."""

    clock: HandClock
    store: MemoryStore
    chat: MemoryChat
    detector: ScriptedDetector = field(default_factory=ScriptedDetector)
    route: Route = route
    second_opinion: SecondOpinion | None = None
    market: Market = market
    read_facts: FactsReader = read_nothing
    gallery: Gallery | None = None
    policy: Policy | None = None
    questions: Sequence[Question] = ()
    reader: Reader | None = None
    writer: Writer | None = None
    ids: count[int] = field(default_factory=lambda: count(1))

    @property
    def desk(self) -> Desk:
        return self.desk_with(self.store.unit_of_work)

    @property
    def counter(self) -> Counter:
        return Counter(self.store.inbox, self.desk_with, self.route, self.chat, self.chat, self.chat, self.clock)

    @property
    def sender(self) -> Sender:
        return Sender(self.store.outbox, self.chat, self.clock, gallery=self.gallery)

    def desk_with(self, unit_of_work: UnitOfWorkFactory) -> Desk:
        desk = Desk(unit_of_work, self.store.unit_of_work, self.clock, self.detector, self.chat, self.second_opinion)
        desk = replace(desk, questions=self.questions, questionnaire=questionnaire.as_text, policy=self.policy)
        desk = replace(desk, market=self.market, read_facts=self.read_facts, reader=self.reader, sealer=SEALS)
        return replace(desk, meeting_file=meeting_file.as_text, writer=self.writer)

    # --- what people do; each returns the request it made ---

    def says(self, person: str, text: str, heard: Detection | None = None, **more: Any) -> Request:
        """Write in the marketing channel (`conversation`, `thread`), understood as `heard`."""
        if heard is not None:
            self.detector.script[text] = heard
        place = {"conversation": MARKETING} | more
        message = self.chat.write(person, place["conversation"], text, place.get("thread", ""))
        return self.does(Came.MESSAGE, person, text=text, **({"message": message} | place))

    def tells_us(self, person: str, text: str, heard: Detection | None = None) -> Request:
        """Write to the bot directly."""
        self.chat.rooms.setdefault(self.chat.direct(person), (person,))
        return self.says(person, text, heard, conversation=self.chat.direct(person), is_direct=True)

    def types(self, person: str, text: str, **more: Any) -> Request:
        """Type `/itcheck …` in the marketing channel."""
        name, _, rest = text.partition(" ")
        return self.does(Came.COMMAND, person, **({"name": name, "text": rest, "conversation": MARKETING} | more))

    def presses(self, person: str, action: str, value: str = "IT-1", **more: Any) -> Request:
        """Press a button."""
        return self.does(Came.ACTION, person, **({"name": action, "value": value, "conversation": MARKETING} | more))

    def submits(self, person: str, form: str, values: Mapping[str, str], **context: str) -> Request:
        """Send a filled form."""
        return self.does(Came.FORM, person, name=form, values=values, context=context)

    def does(self, came: Came, person: str, **given: Any) -> Request:
        """Do anything, and wait until all that follows has happened."""
        plain: dict[str, Any] = {"key": f"k{next(self.ids)}", "at": self.clock.at}
        request = Request(workspace=TEAM, platform="slack", came=came, actor=person, **(plain | given))
        if opens_form(request):
            request = replace(request, view=f"V-{request.key}")
        self.store.inbox.put([sealed(request)], self.clock.at)
        self.run()
        return request

    def run(self) -> None:
        """Handle and send until there is nothing left to do now."""
        counter, sender = self.counter, self.sender
        if any(not counter.step() and not sender.step() for _ in range(200)):
            return
        raise AssertionError("there is no end to it")

    def wait(self, **duration: float) -> None:
        """Let some time pass, and do what is due."""
        self.clock.at += timedelta(**duration)
        self.chat.now = self.clock.at
        self.run()

    # --- what they see ---

    def ticket(self, number: int = 1) -> Ticket:
        with self.store.unit_of_work() as uow:
            return uow.tickets.get(TEAM, number)

    def tickets(self) -> int:
        return len(self.store.state.tickets)

    def thread(self, number: int = 1) -> list[str]:
        """What we say in a ticket's thread, its card first."""
        place = self.ticket(number).place
        return [words(one.card) for one in self.posts(place.conversation) if place.thread in _roots(one)]

    def card(self, number: int = 1) -> Card:
        """A ticket's card as it stands in the chat."""
        first = f"IT-{number}:card"
        (found,) = [one for one in self.chat.said if one.key == first or one.key.startswith(f"{first}:")]
        return found.card

    def posts(self, conversation: str = MARKETING) -> list[Message]:
        return [one for one in self.chat.said if one.ref.conversation == conversation and not one.only_for]

    def channel(self, conversation: str = MARKETING) -> list[str]:
        """Everything we say in a channel, threads too."""
        return [words(one.card) for one in self.posts(conversation)]

    def direct(self, person: str) -> list[str]:
        """What we wrote to somebody directly."""
        return self.channel(self.chat.direct(person))

    def whispers(self, person: str) -> list[str]:
        """What only this person was shown."""
        return [words(one.card) for one in self.chat.said if one.only_for == person]

    def form(self, request: Request) -> Form:
        """The form a request led to."""
        shown = self.chat.forms[request.view]
        assert isinstance(shown, Form), words(shown)
        return shown


def an_office(channel: Channel | None = None, holders: Mapping[Role, tuple[str, ...]] = HOLDERS) -> Office:
    """A workspace with its marketing channel set up, and another channel that is not."""
    office = a_new_office()
    with office.store.unit_of_work() as uow:
        uow.workspaces.save_channel(channel or a_channel())
        for role, people in holders.items():
            uow.workspaces.give(TEAM, role, people)
    return office


def a_new_office() -> Office:
    """A workspace in which nothing was set up."""
    clock, people = HandClock(), the_people()
    names = {MARKETING: "marketing", GENERAL: "general"}
    chat = MemoryChat(people=people, rooms=dict.fromkeys(names, tuple(people)), names=names, now=clock.at)
    return Office(clock, MemoryStore(clock), chat)


def _roots(message: Message) -> tuple[str, str]:
    return message.thread, message.ref.message
