"""The ticket: one tracked request, its states and what can happen to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.entry import Entry
from bot.domain.errors import Conflict
from bot.domain.events import Event, What
from bot.domain.kinds import kind_of
from bot.domain.people import Side, person_of
from bot.domain.place import Place
from bot.domain.revision import Revision
from bot.domain.situation import Situation
from bot.domain.states import FINISHED, STATE_WORDS, Intake, State, WaitingFor
from bot.domain.targets import Priority

__all__ = [
    "FINISHED", "REOPENS_WITHIN", "STATE_WORDS",
    "Entry", "Intake", "Place", "Revision", "State", "Ticket", "WaitingFor",
]  # fmt: skip

REOPENS_WITHIN = timedelta(days=14)
PART_OF = "part of "  # what the outcome of a merged ticket begins with
Facts = Mapping[str, str]


@dataclass(slots=True)
class Ticket:
    """One tracked request. Verbs change it and leave an event in `pending`, which the store writes with it."""

    workspace: str
    kind: str
    title: str
    requester: str
    place: Place
    opened_at: datetime
    intake: Intake
    number: int = 0
    topic: str = ""
    priority: Priority = Priority.NORMAL
    state: State = State.NEW
    liaison: str = ""
    followers: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    starts_on: date | None = None
    waiting_for: WaitingFor | None = None
    level: int = 0
    escalated_to: str = ""
    outcome: str = ""
    finished_at: datetime | None = None
    cycle: int = 1
    revision: int = 0
    pending: list[Event] = field(default_factory=list, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What people call it: `IT-12`."""
        return f"IT-{self.number}"

    @property
    def is_finished(self) -> bool:
        """True once it is closed or withdrawn."""
        return self.state in FINISHED

    @property
    def sponsor(self) -> str:
        """Who sponsors it, by id; empty where nobody does, or only words name somebody."""
        return person_of(self.facts.get("sponsor", ""))

    @property
    def situation(self) -> Situation:
        """What its clocks hang on, as it stands."""
        reach = self.facts.get("audience", "")
        return Situation(
            kind=self.kind,
            priority=self.priority,
            requester=self.requester,
            liaison=self.liaison,
            starts_on=self.starts_on,
            reach=int(reach) if reach.isascii() and reach.isdigit() else None,
            is_told=all(self.facts.get(key) for key in kind_of(self.kind).owed),
        )

    def open(self) -> None:
        """Note that it was opened, by its requester, the way it came, and how it stood."""
        data = {"intake": self.intake.value} | self._as_told()
        self._log(What.OPENED, self.opened_at, self.requester, data=data)

    def join(self, person: str, at: datetime, why: str) -> bool:
        """Add somebody who asked for the same thing. False if they were on it already."""
        if person in {self.requester, *self.followers}:
            return False
        self.followers = (*self.followers, person)
        self._log(What.JOINED, at, person, why)
        return True

    def assign(self, to: str, at: datetime, by: str, why: str) -> bool:
        """Give it to a liaison. A ticket already in work stays in its state. False if it was theirs already."""
        self._must_be_open()
        if self.liaison == to:
            return False
        self.liaison = to
        if self.state is State.NEW:
            self.state = State.ASSIGNED
        self._log(What.ASSIGNED, at, by, why, {"to": to})
        return True

    def claim(self, by: str, at: datetime) -> bool:
        """The person takes it and begins. False if they already had."""
        self._must_be_open()
        if self.liaison == by and self.state not in {State.NEW, State.ASSIGNED}:
            return False
        self.liaison = by
        self._begin()
        self._log(What.CLAIMED, at, by)
        return True

    def answer(self, by: str, at: datetime) -> None:
        """Somebody of the IT side answered the requester in the thread."""
        if self.is_finished:
            return
        self._begin()
        self._log(What.ANSWERED, at, by)

    def hear_requester(self, by: str, at: datetime) -> bool:
        """Somebody of the asking side wrote in the thread. True if that ends the wait for them.

        The log tells those who asked for the ticket from colleagues who only join in.
        """
        if self.is_finished:
            return False
        role = "requester" if by in {self.requester, *self.followers} else "colleague"
        self._log(What.ASKED, at, by, data={"as": role})
        if self.state is State.WAITING and self.waiting_for is WaitingFor.REQUESTER:
            self._resume(by, at, "the requester answered")
            return True
        return False

    def wait(self, waiting_for: WaitingFor, by: str, at: datetime, why: str = "") -> bool:
        """Put it on hold for somebody. False if it already waits for them."""
        self._must_be_open()
        if self.state is State.WAITING and self.waiting_for is waiting_for:
            return False
        self.state, self.waiting_for = State.WAITING, waiting_for
        self._log(What.WAITING, at, by, why, {"for": waiting_for})
        return True

    def resume(self, by: str, at: datetime) -> bool:
        """Go on after a wait. False if it did not wait."""
        if self.state is not State.WAITING:
            return False
        self._resume(by, at, "taken up again")
        return True

    def decide(self, what: str, decider: str, by: str, at: datetime) -> None:
        """`by` took down what `decider` decided. A wait ends with it; of a finished ticket only the log changes."""
        if self.state is State.WAITING:
            self._resume(by, at, "decided")
        if not self.is_finished:
            self.state, self.outcome = State.DECIDED, what
        self._log(What.DECIDED, at, by, what, {"decider": decider})

    def resolve(self, outcome: str, by: str, at: datetime) -> None:
        """Close it with an outcome in words. Raises Conflict if it is finished."""
        self._must_be_open()
        self.state, self.waiting_for = State.CLOSED, None
        self.outcome, self.finished_at = outcome, at
        self._log(What.RESOLVED, at, by, outcome)

    def dismiss(self, by: str, at: datetime, why: str) -> bool:
        """Withdraw it: it was not a request after all. False if it is withdrawn already."""
        if self.state is State.WITHDRAWN:
            return False
        self._must_be_open()
        self.state, self.waiting_for, self.finished_at = State.WITHDRAWN, None, at
        self._log(What.WITHDRAWN, at, by, why)
        return True

    def reopen(self, by: str, at: datetime, why: str = "") -> bool:
        """Take up a finished ticket again; after 14 days as a new cycle. False if it is open."""
        if not self.is_finished:
            return False
        if self.finished_at is not None and at - self.finished_at > REOPENS_WITHIN:
            self.cycle += 1
        self.state = State.IN_REVIEW if self.liaison else State.NEW
        self.finished_at, self.outcome = None, ""
        self._log(What.REOPENED, at, by, why, {"cycle": str(self.cycle)})
        return True

    def escalate(self, to: str, level: int, by: str, at: datetime, why: str) -> None:
        """Hand it up to a level of the ladder, to a person, for a reason."""
        self._must_be_open()
        self.level, self.escalated_to = level, to
        self._log(What.ESCALATED, at, by, why, {"to": to, "level": str(level)})

    def end_escalation(self, by: str, at: datetime, why: str) -> None:
        """Whoever was asked to step in has answered."""
        self.level, self.escalated_to = 0, ""
        self._log(What.ESCALATION_ANSWERED, at, by, why)

    def note_stuck(self, at: datetime, why: str) -> None:
        """An escalation found nobody further up."""
        self._log(What.ESCALATION_STUCK, at, why=why)

    def note(self, by: str, at: datetime) -> None:
        """An internal remark was kept (its words are kept apart from the log)."""
        self._log(What.NOTED, at, by)

    def note_fact(self, what: What, by: str, at: datetime, why: str = "", data: Facts | None = None) -> None:
        """Something that changes no state: its message was edited or deleted, its questions were answered."""
        self._log(what, at, by, why, data)

    def rename(
        self, title: str, topic: str, facts: Mapping[str, str], starts_on: date | None, by: str, at: datetime
    ) -> None:
        """Take over what an edited message or a form now says."""
        self.title, self.topic, self.facts, self.starts_on = title, topic, dict(facts), starts_on
        self._log(What.CHANGED, at, by, data={"title": title} | self._as_told())

    def revise(self, to: Revision, by: str, at: datetime) -> bool:
        """Another kind, priority, start or other facts. False if nothing is new; the log says what was."""
        self._must_be_open()
        changes = to.differences(Revision(self.kind, self.priority, self.starts_on, self.facts))
        if not changes:
            return False
        self.kind, self.priority, self.starts_on, self.facts = to.kind, to.priority, to.starts_on, dict(to.facts)
        self._log(What.CHANGED, at, by, "; ".join(changes), self._as_told())
        return True

    def merge_into(self, other: Ticket, unanswered: datetime | None, by: str, at: datetime) -> None:
        """Make it part of another ticket, which goes on waiting since `unanswered` (None: everything was answered)."""
        self._must_be_open()
        other._must_be_open()
        self.state, self.waiting_for, self.finished_at = State.WITHDRAWN, None, at
        self.outcome = PART_OF + other.name
        self._log(What.WITHDRAWN, at, by, f"merged into {other.name}", {"into": other.name})
        since = unanswered.isoformat() if unanswered else ""
        other._log(What.TOOK_OVER, at, by, f"{self.name} became part of it", {"from": self.name, "unanswered": since})

    def ask_sign_off(self, person: str, side: Side, by: str, at: datetime, why: str) -> None:
        """Somebody is asked for their yes or no, for which their side has a while."""
        self._must_be_open()
        self._log(What.SIGN_OFF_ASKED, at, by, why, {"person": person, "side": side.value})

    def sign(self, person: str, at: datetime, why: str, by: str = "") -> None:
        """Somebody who was asked said yes or no, or `by` did in their place."""
        self._log(What.SIGNED, at, by or person, why, {"person": person})

    def review(self, by: str, at: datetime, why: str, lane_days: int = 0) -> None:
        """What the policy says was worked out, maybe anew. `lane_days`: working days until the verdict, for a tool."""
        self._must_be_open()
        self.state = self.state if self.state is State.WAITING else State.IN_REVIEW
        self._log(What.REVIEWED, at, by, why, {"lane_days": str(lane_days)} if lane_days else {})

    def deliver(self, by: str, at: datetime, why: str) -> None:
        """After a yes its steps are planned, anew if they were before: it is on its way to the launch."""
        self._must_be_open()
        self.state = State.IN_DELIVERY if self.state is State.DECIDED else self.state
        self._log(What.DELIVERY_PLANNED, at, by, why)

    def withdraw_sign_offs(self, by: str, at: datetime, why: str) -> None:
        """Nobody is asked any more who has not answered yet."""
        self._log(What.SIGN_OFF_WITHDRAWN, at, by, why)

    def recount(self, at: datetime, why: str) -> None:
        """Its clocks go on by other targets or another calendar."""
        self._log(What.RECOUNTED, at, why=why)

    def note_sla(self, what: What, at: datetime, clock: str, why: str, **facts: str) -> None:
        """A clock was passed its warning share or its due time."""
        self._log(what, at, why=why, data={"clock": clock} | facts)

    def _begin(self) -> None:
        if self.state in {State.NEW, State.ASSIGNED}:
            self.state = State.IN_REVIEW

    def _resume(self, by: str, at: datetime, why: str) -> None:
        self.state, self.waiting_for = State.IN_REVIEW, None
        self._log(What.RESUMED, at, by, why)

    def _must_be_open(self) -> None:
        if self.is_finished:
            raise Conflict(f"{self.name} is {STATE_WORDS[self.state]} already. Press Reopen if it is not done.")

    def _as_told(self) -> dict[str, str]:
        """What the log keeps of how it stands: what its clocks hang on, and how far a tool was chosen."""
        stage = self.facts.get("stage", "")
        return self.situation.to_data() | ({"stage": stage} if stage else {})

    def _log(
        self, what: What, at: datetime, by: str = "", why: str = "", data: Mapping[str, str] | None = None
    ) -> None:
        self.pending.append(Event(what, at, by, why, dict(data or {})))
