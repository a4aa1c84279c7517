"""What the store in memory keeps."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime

from bot.domain.absence import Absence
from bot.domain.action import Action
from bot.domain.agenda import Agenda, Decision, Topic
from bot.domain.agreed import CalendarEdition, TargetsEdition
from bot.domain.anonymity import Seal
from bot.domain.answers import Given
from bot.domain.capacity import Capacity
from bot.domain.catalogue import Tool
from bot.domain.cost_sheet import CostSheet
from bot.domain.escalation import Escalation, Patience
from bot.domain.events import Event
from bot.domain.exemption import Exemption
from bot.domain.feed import Feed
from bot.domain.helpfulness import Enquiry
from bot.domain.judgement import Judgement
from bot.domain.knowledge import Article
from bot.domain.limits import Limit
from bot.domain.own_questions import OwnQuestion
from bot.domain.people import Role, Side
from bot.domain.planned import Planned
from bot.domain.project import Project
from bot.domain.pulse import Pulse
from bot.domain.readiness import Readiness
from bot.domain.review import Edition, Review
from bot.domain.roadmap_edition import Draft, RoadMapRevision
from bot.domain.roadmap_review import RoadMapReview
from bot.domain.roster import MarketingDelegate, Profile
from bot.domain.signoff import SignOff
from bot.domain.sites import KnownSite
from bot.domain.sla import Clock
from bot.domain.sponsor import SponsorWord
from bot.domain.stake import Size
from bot.domain.ticket import Entry, Ticket
from bot.domain.usage import Purpose, Used
from bot.domain.workspace import Channel
from bot.messages import MessageRef, Post, Request
from bot.ports import Hit, OpenQuestion, Recount

Number = tuple[str, int]


@dataclass
class Row:
    """One row of inbox or outbox."""

    id: int
    workspace: str
    key: str
    lane: str
    item: Request | Post | None
    next_at: datetime
    state: str = "ready"
    lease_until: datetime | None = None
    fence: int = 0
    attempts: int = 0
    why: str = ""
    parked_at: datetime | None = None
    finished_at: datetime | None = None
    outcome: str = ""
    maybe_sent: bool = False
    first_tried_at: datetime | None = None
    ref: MessageRef | None = None
    thread: str = ""

    @property
    def is_finished(self) -> bool:
        return self.state in {"done", "failed"}


@dataclass
class State:
    """All of it. What it holds is replaced and never changed in place, but for rows."""

    numbers: dict[str, int] = field(default_factory=dict)
    tickets: dict[Number, Ticket] = field(default_factory=dict)
    events: list[tuple[Number, Event]] = field(default_factory=list)
    entries: list[tuple[Number, Entry]] = field(default_factory=list)
    clocks: dict[tuple[str, int, str, int], tuple[Clock, datetime | None]] = field(default_factory=dict)
    channels: dict[tuple[str, str], Channel] = field(default_factory=dict)
    roles: dict[tuple[str, Role], tuple[str, ...]] = field(default_factory=dict)
    questions: dict[tuple[str, str], OpenQuestion] = field(default_factory=dict)
    wiped: set[tuple[str, str]] = field(default_factory=set)
    labels: dict[tuple[str, str, str, str], Judgement] = field(default_factory=dict)
    occurrences: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    enquiries: dict[int, Enquiry] = field(default_factory=dict)
    seals: dict[tuple[str, str], Seal] = field(default_factory=dict)
    usage: dict[tuple[str, date, Purpose], Used] = field(default_factory=dict)
    model_writes: dict[str, bool] = field(default_factory=dict)
    escalations: dict[tuple[str, int, str], Escalation] = field(default_factory=dict)
    targets: dict[str, tuple[TargetsEdition, ...]] = field(default_factory=dict)
    calendars: dict[tuple[str, str], tuple[CalendarEdition, ...]] = field(default_factory=dict)
    recounts: dict[str, Recount] = field(default_factory=dict)
    absences: dict[tuple[str, str, str], Absence] = field(default_factory=dict)
    skills: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    profiles: dict[tuple[str, str], Profile] = field(default_factory=dict)
    delegates: dict[tuple[str, str], MarketingDelegate] = field(default_factory=dict)
    patience: dict[str, Patience] = field(default_factory=dict)
    agendas: dict[tuple[str, str, str], Agenda] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    actions: dict[int, Action] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)
    catalogue: dict[tuple[str, str], Tool] = field(default_factory=dict)
    policies: dict[tuple[str, int], Edition] = field(default_factory=dict)
    reviews: dict[tuple[str, int, int], Review] = field(default_factory=dict)
    projects: dict[tuple[str, int], Project] = field(default_factory=dict)
    costs: dict[tuple[str, int, int], CostSheet] = field(default_factory=dict)
    signoffs: dict[tuple[str, str], tuple[SignOff, ...]] = field(default_factory=dict)
    answers: dict[str, tuple[Given, ...]] = field(default_factory=dict)
    own_questions: dict[str, tuple[OwnQuestion, ...]] = field(default_factory=dict)
    limits: dict[tuple[str, str], Limit] = field(default_factory=dict)
    sites: dict[tuple[str, str], KnownSite] = field(default_factory=dict)
    capacities: dict[str, tuple[Capacity, ...]] = field(default_factory=dict)
    readinesses: dict[tuple[str, int], Readiness] = field(default_factory=dict)
    planned: dict[tuple[str, str], Planned] = field(default_factory=dict)
    articles: dict[tuple[str, str], Article] = field(default_factory=dict)
    passages: dict[tuple[str, str], tuple[Hit, ...]] = field(default_factory=dict)
    vectors: dict[int, tuple[float, ...]] = field(default_factory=dict)
    exemptions: dict[tuple[str, int, str], Exemption] = field(default_factory=dict)
    feeds: dict[tuple[str, str], Feed] = field(default_factory=dict)
    roadmap_drafts: dict[str, Draft] = field(default_factory=dict)
    roadmap_revisions: dict[tuple[str, int], RoadMapRevision] = field(default_factory=dict)
    roadmap_reviews: dict[tuple[str, str], RoadMapReview] = field(default_factory=dict)
    pulses: dict[tuple[str, str, Side], Pulse] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)
    sponsor_words: dict[tuple[str, str, str, str], SponsorWord] = field(default_factory=dict)
    inbox: list[Row] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)

    def savepoint(self) -> State:
        """It as it stands, to go back to."""
        kept = State(**{one.name: copy(getattr(self, one.name)) for one in fields(self)})
        kept.inbox, kept.outbox = [replace(row) for row in self.inbox], [replace(row) for row in self.outbox]
        return kept
