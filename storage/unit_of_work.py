"""One transaction over the whole store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.ports import (
    Absences,
    Actions,
    Agendas,
    Agreements,
    Answers,
    Articles,
    Catalogue,
    Clocks,
    Costs,
    Decisions,
    Enquiries,
    Escalations,
    Exemptions,
    Feeds,
    Labels,
    Limits,
    Log,
    Now,
    Occurrences,
    Outgoing,
    OwnQuestions,
    Passages,
    Plans,
    Policies,
    Projects,
    Pulses,
    Questions,
    Readinesses,
    Recounts,
    Reviews,
    RoadMapDrafts,
    RoadMapReviews,
    RoadMapRevisions,
    RosterEntries,
    Seals,
    SignOffs,
    Sites,
    Skills,
    SponsorWords,
    Tickets,
    Topics,
    Usage,
    Watch,
    Workspaces,
)
from storage.agenda import SqlActions, SqlAgendas, SqlDecisions, SqlTopics
from storage.agreements import SqlAgreements, SqlRecounts
from storage.answers import SqlAnswers
from storage.calendar import SqlExemptions, SqlFeeds, SqlPlans
from storage.campaign import SqlLimits, SqlReadinesses, SqlSites
from storage.catalogue import SqlCatalogue
from storage.clocks import SqlClocks
from storage.costs import SqlCosts, SqlProjects
from storage.engine import session
from storage.enquiries import SqlEnquiries
from storage.escalations import SqlEscalations
from storage.knowledge import SqlArticles
from storage.labels import SqlLabels
from storage.outgoing import SqlOutgoing
from storage.own_questions import SqlOwnQuestions
from storage.passages import SqlPassages
from storage.pulse import SqlPulses
from storage.questions import SqlOccurrences, SqlQuestions
from storage.reviews import SqlPolicies, SqlReviews, SqlSignOffs
from storage.roadmap import SqlRoadMapDrafts, SqlRoadMapReviews, SqlRoadMapRevisions
from storage.roster import SqlRosterEntries
from storage.seals import SqlSeals
from storage.sponsors import SqlSponsorWords
from storage.staff import SqlAbsences, SqlSkills
from storage.ticket_log import SqlLog
from storage.tickets import SqlTickets
from storage.usage import SqlUsage
from storage.watch import SqlWatch
from storage.workspaces import SqlWorkspaces


class SqlUnitOfWork:
    """Implements bot.ports.UnitOfWork."""

    def __init__(self, opened: Session, now: Now) -> None:
        self._tickets = SqlTickets(opened)
        self.tickets: Tickets = self._tickets
        self.clocks: Clocks = SqlClocks(opened)
        self.watch: Watch = SqlWatch(opened)
        self.log: Log = SqlLog(opened)
        self.workspaces: Workspaces = SqlWorkspaces(opened)
        self.questions: Questions = SqlQuestions(opened)
        self.labels: Labels = SqlLabels(opened)
        self.occurrences: Occurrences = SqlOccurrences(opened)
        self.usage: Usage = SqlUsage(opened)
        self.catalogue: Catalogue = SqlCatalogue(opened)
        self.escalations: Escalations = SqlEscalations(opened)
        self.agreements: Agreements = SqlAgreements(opened)
        self.recounts: Recounts = SqlRecounts(opened)
        self.absences: Absences = SqlAbsences(opened)
        self.skills: Skills = SqlSkills(opened)
        self.roster: RosterEntries = SqlRosterEntries(opened)
        self.agendas: Agendas = SqlAgendas(opened)
        self.topics: Topics = SqlTopics(opened)
        self.actions: Actions = SqlActions(opened)
        self.decisions: Decisions = SqlDecisions(opened)
        self.policies: Policies = SqlPolicies(opened)
        self.reviews: Reviews = SqlReviews(opened)
        self.signoffs: SignOffs = SqlSignOffs(opened)
        self.answers: Answers = SqlAnswers(opened)
        self.own_questions: OwnQuestions = SqlOwnQuestions(opened)
        self.sites: Sites = SqlSites(opened)
        self.readiness: Readinesses = SqlReadinesses(opened)
        self.limits: Limits = SqlLimits(opened)
        self.costs: Costs = SqlCosts(opened)
        self._speak_of_knowledge(opened)
        self.plans: Plans = SqlPlans(opened)
        self.projects: Projects = SqlProjects(opened)
        self.exemptions: Exemptions = SqlExemptions(opened)
        self.feeds: Feeds = SqlFeeds(opened)
        self.outbox: Outgoing = SqlOutgoing(opened, now)
        self._open_road_map(opened)

    def _open_road_map(self, opened: Session) -> None:
        self.roadmap_drafts: RoadMapDrafts = SqlRoadMapDrafts(opened)
        self.roadmap_revisions: RoadMapRevisions = SqlRoadMapRevisions(opened)
        self.roadmap_reviews: RoadMapReviews = SqlRoadMapReviews(opened)
        self.pulses: Pulses = SqlPulses(opened)
        self.sponsor_words: SponsorWords = SqlSponsorWords(opened)

    def _speak_of_knowledge(self, opened: Session) -> None:
        self.articles: Articles = SqlArticles(opened)
        self.passages: Passages = SqlPassages(opened)
        self.enquiries: Enquiries = SqlEnquiries(opened)
        self.seals: Seals = SqlSeals(opened)

    def lock_intake(self, workspace: str) -> None:
        """From here to the end, no other unit of work opens a ticket in this workspace: a search for duplicates
        that follows sees all there are.
        """
        self._tickets.lock_intake(workspace)


@contextmanager
def unit_of_work(
    engine: Engine, now: Now, before_commit: Callable[[Session], None] | None = None
) -> Iterator[SqlUnitOfWork]:
    """A unit of work: commits on leaving, rolls back on an exception. Raises StoreUnavailable.

    `before_commit` runs as its last step; what it raises rolls everything back.
    """
    with session(engine) as opened:
        yield SqlUnitOfWork(opened, now)
        if before_commit is not None:
            before_commit(opened)
