"""A store in memory, of the same shape as the real one, for tests that are not about the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from threading import RLock

from bot.messages import Post
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
    UnitOfWork,
    Usage,
    Watch,
    Workspaces,
)
from tests.support.memory_agenda import MemoryActions, MemoryAgendas, MemoryDecisions, MemoryTopics
from tests.support.memory_around import (
    MemoryLabels,
    MemoryOccurrences,
    MemoryQuestions,
    MemoryUsage,
    MemoryWorkspaces,
)
from tests.support.memory_calendar import MemoryExemptions, MemoryFeeds, MemoryPlans
from tests.support.memory_campaign import MemoryLimits, MemoryReadinesses, MemorySites
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.memory_knowledge import MemoryArticles, MemoryEnquiries, MemoryPassages, MemorySeals
from tests.support.memory_pulse import MemoryPulses, MemorySponsorWords
from tests.support.memory_queue import MemoryInbox, MemoryOutbox
from tests.support.memory_review import (
    MemoryAnswers,
    MemoryCosts,
    MemoryOwnQuestions,
    MemoryPolicies,
    MemoryProjects,
    MemoryReviews,
    MemorySignOffs,
)
from tests.support.memory_roadmap import MemoryRoadMapDrafts, MemoryRoadMapReviews, MemoryRoadMapRevisions
from tests.support.memory_sla import MemoryAgreements, MemoryRecounts
from tests.support.memory_staff import MemoryAbsences, MemoryEscalations, MemoryRosterEntries, MemorySkills
from tests.support.memory_state import State
from tests.support.memory_tickets import MemoryClocks, MemoryLog, MemoryTickets, MemoryWatch


class MemoryWork:
    """One transaction. Implements bot.ports.UnitOfWork."""

    def __init__(self, state: State, outbox: Outgoing) -> None:
        self.tickets: Tickets = MemoryTickets(state)
        self.clocks: Clocks = MemoryClocks(state)
        self.watch: Watch = MemoryWatch(state)
        self.log: Log = MemoryLog(state)
        self.workspaces: Workspaces = MemoryWorkspaces(state)
        self.questions: Questions = MemoryQuestions(state)
        self.labels: Labels = MemoryLabels(state)
        self.occurrences: Occurrences = MemoryOccurrences(state)
        self.usage: Usage = MemoryUsage(state)
        self.agreements: Agreements = MemoryAgreements(state)
        self.recounts: Recounts = MemoryRecounts(state)
        self.catalogue: Catalogue = MemoryCatalogue(state)
        self.escalations: Escalations = MemoryEscalations(state)
        self.absences: Absences = MemoryAbsences(state)
        self.skills: Skills = MemorySkills(state)
        self.roster: RosterEntries = MemoryRosterEntries(state)
        self.agendas: Agendas = MemoryAgendas(state)
        self.topics: Topics = MemoryTopics(state)
        self.actions: Actions = MemoryActions(state)
        self.decisions: Decisions = MemoryDecisions(state)
        self.policies: Policies = MemoryPolicies(state)
        self.reviews: Reviews = MemoryReviews(state)
        self.signoffs: SignOffs = MemorySignOffs(state)
        self.answers: Answers = MemoryAnswers(state)
        self.own_questions: OwnQuestions = MemoryOwnQuestions(state)
        self.sites: Sites = MemorySites(state)
        self.readiness: Readinesses = MemoryReadinesses(state)
        self.limits: Limits = MemoryLimits(state)
        self.costs: Costs = MemoryCosts(state)
        self.articles: Articles = MemoryArticles(state)
        self.passages: Passages = MemoryPassages(state)
        self.enquiries: Enquiries = MemoryEnquiries(state)
        self.seals: Seals = MemorySeals(state)
        self.plans: Plans = MemoryPlans(state)
        self.projects: Projects = MemoryProjects(state)
        self.exemptions: Exemptions = MemoryExemptions(state)
        self.feeds: Feeds = MemoryFeeds(state)
        self.outbox: Outgoing = outbox
        self._open_road_map(state)

    def _open_road_map(self, state: State) -> None:
        self.roadmap_drafts: RoadMapDrafts = MemoryRoadMapDrafts(state)
        self.roadmap_revisions: RoadMapRevisions = MemoryRoadMapRevisions(state)
        self.roadmap_reviews: RoadMapReviews = MemoryRoadMapReviews(state)
        self.pulses: Pulses = MemoryPulses(state)
        self.sponsor_words: SponsorWords = MemorySponsorWords(state)

    def lock_intake(self, workspace: str) -> None:
        """One unit of work runs at a time anyway."""


class MemoryOutgoing:
    """The outbox within a unit of work."""

    def __init__(self, outbox: MemoryOutbox, now: Now) -> None:
        self._outbox, self._now = outbox, now

    def put(self, posts: Iterable[Post]) -> None:
        self._outbox.put(posts)

    def wake(self, workspace: str) -> None:
        self._outbox.wake(workspace, self._now())

    def withdraw(self, workspace: str, key: str) -> bool:
        return self._outbox.withdraw(workspace, key)

    def take_back(self, workspace: str, prefix: str) -> None:
        self._outbox.take_back(workspace, prefix)


class MemoryStore:
    """Units of work run one after the other; one that fails leaves everything as it was."""

    def __init__(self, now: Now, lease: timedelta = timedelta(seconds=60)) -> None:
        self._lock, self._is_busy = RLock(), False
        self.state = State()
        self.inbox = MemoryInbox(self._lock, lambda: self.state, now, lease)
        self.outbox = MemoryOutbox(self._lock, lambda: self.state, now, lease)
        self.inbox.begin = self._begin
        self._outgoing = MemoryOutgoing(self.outbox, now)

    def unit_of_work(self) -> AbstractContextManager[UnitOfWork]:
        return self._begin(None)

    @contextmanager
    def _begin(self, before_commit: Callable[[], None] | None) -> Iterator[UnitOfWork]:
        with self._lock:
            assert not self._is_busy, "a unit of work within another: a database would wait for itself"
            self._is_busy, before, committed = True, self.state.savepoint(), False
            try:
                yield MemoryWork(self.state, self._outgoing)
                if before_commit is not None:
                    before_commit()
                committed = True
            finally:
                self._is_busy = False
                if not committed:
                    self.state = before

    def migrate(self) -> None:
        """There are no tables."""

    def purge(self, before: datetime) -> int:
        with self._lock:
            count = len(self.state.inbox) + len(self.state.outbox)
            for name in ("inbox", "outbox"):
                rows = [row for row in getattr(self.state, name) if not row.finished_at or row.finished_at >= before]
                setattr(self.state, name, rows)
            return count - len(self.state.inbox) - len(self.state.outbox)

    def close(self) -> None:
        """Nothing is open."""
