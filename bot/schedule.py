"""Everything that runs by itself, on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.ports import Housekeeping, Now
from bot.services.agenda.agenda import post_agendas
from bot.services.calendar.feeds import close_feeds
from bot.services.calendar.freezes import look_at_freezes
from bot.services.campaigns.campaign_days import walk_campaigns
from bot.services.campaigns.readiness import answer_campaigns
from bot.services.desk import Desk
from bot.services.housekeeping import forget_finished
from bot.services.intake.judgements import forget_words
from bot.services.intake.questions import forget_questions
from bot.services.people.standing_in import follow_absences
from bot.services.people.statuses import read_statuses
from bot.services.pulse.pulse import ask_pulse
from bot.services.roadmap.launch_calls import post_launch_calls
from bot.services.roadmap.monthly import post_roadmap_reviews
from bot.services.roadmap.sponsor_wanted import seek_sponsors
from bot.services.roadmap.sponsors import ask_sponsors
from bot.services.sla.escalation import climb_escalations
from bot.services.sla.recounting import recount_clocks
from bot.services.sla.sla_report import post_reports
from bot.services.sla.sweep import look_at_clocks
from bot.services.tools.renewals import remind_of_renewals


@dataclass(frozen=True, slots=True)
class Job:
    """Something to look at every so many seconds. A step does one thing and says whether there is more."""

    name: str
    every_s: int
    step: Callable[[Desk], bool]
    by_many: bool = False  # several threads may take its steps at once, where the database lets them


@dataclass(frozen=True, slots=True)
class Chore:
    """The same for the store as a whole."""

    name: str
    every_s: int
    step: Callable[[Housekeeping, Now], bool]


JOBS = (
    Job("look_at_clocks", 10, look_at_clocks, by_many=True),
    Job("recount_clocks", 10, recount_clocks),
    Job("climb_escalations", 10, climb_escalations),
    Job("follow_absences", 60, follow_absences),
    Job("read_statuses", 300, read_statuses),
    Job("walk_campaigns", 30, walk_campaigns),
    Job("answer_campaigns", 3, answer_campaigns),
    Job("post_agendas", 30, post_agendas),
    Job("ask_pulse", 60, ask_pulse),
    Job("ask_sponsors", 60, ask_sponsors),
    Job("seek_sponsors", 300, seek_sponsors),
    Job("post_launch_calls", 60, post_launch_calls),
    Job("post_roadmap_reviews", 30, post_roadmap_reviews),
    Job("remind_of_renewals", 600, remind_of_renewals),
    Job("post_sla_reports", 30, post_reports),
    Job("look_at_freezes", 10, look_at_freezes),
    Job("close_feeds", 900, close_feeds),
    Job("forget_questions", 3600, forget_questions),
    Job("forget_words", 3600, forget_words),
)

CHORES = (Chore("forget_finished", 3600, forget_finished),)
