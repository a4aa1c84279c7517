"""One transaction over the whole store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from bot.ports.agenda import Actions, Agendas, Decisions, Topics
from bot.ports.around import Labels, Occurrences, Outgoing, Questions, Usage, Workspaces
from bot.ports.calendar import Exemptions, Feeds, Plans
from bot.ports.campaign import Limits, Readinesses, Sites
from bot.ports.catalogue import Catalogue
from bot.ports.knowledge import Articles, Enquiries, Passages
from bot.ports.pulse import Pulses
from bot.ports.review import Answers, Costs, OwnQuestions, Policies, Projects, Reviews, SignOffs
from bot.ports.roadmap import RoadMapDrafts, RoadMapReviews, RoadMapRevisions, SponsorWords
from bot.ports.roster import RosterEntries
from bot.ports.seals import Seals
from bot.ports.sla import Agreements, Recounts
from bot.ports.staff import Absences, Escalations, Skills
from bot.ports.tickets import Clocks, Log, Tickets, Watch


class UnitOfWork(Protocol):
    """One transaction over the whole store. Leaving the block normally commits, an exception rolls back."""

    tickets: Tickets
    clocks: Clocks
    watch: Watch
    log: Log
    workspaces: Workspaces
    questions: Questions
    labels: Labels
    occurrences: Occurrences
    usage: Usage
    catalogue: Catalogue
    escalations: Escalations
    agreements: Agreements
    recounts: Recounts
    absences: Absences
    skills: Skills
    roster: RosterEntries
    agendas: Agendas
    topics: Topics
    actions: Actions
    decisions: Decisions
    policies: Policies
    reviews: Reviews
    signoffs: SignOffs
    answers: Answers
    own_questions: OwnQuestions
    sites: Sites
    readiness: Readinesses
    limits: Limits
    costs: Costs
    articles: Articles
    passages: Passages
    enquiries: Enquiries
    seals: Seals
    plans: Plans
    projects: Projects
    exemptions: Exemptions
    feeds: Feeds
    roadmap_drafts: RoadMapDrafts
    roadmap_revisions: RoadMapRevisions
    roadmap_reviews: RoadMapReviews
    pulses: Pulses
    sponsor_words: SponsorWords
    outbox: Outgoing

    def lock_intake(self, workspace: str) -> None:
        """From here on, nobody else opens a ticket in this workspace until this unit of work ends."""


class Housekeeping(Protocol):
    """Looking after the store as a whole."""

    def purge(self, before: datetime) -> int:
        """Delete what was finished in inbox and outbox before a time; how many rows."""


UnitOfWorkFactory = Callable[[], AbstractContextManager[UnitOfWork]]
