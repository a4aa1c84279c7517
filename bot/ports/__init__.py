"""What the core needs from outside, as narrow protocols in our own words. Adapters and the store implement them."""

from collections.abc import Callable
from datetime import datetime

from bot.ports.agenda import Actions, Agendas, Decisions, InvitationUrl, Topics
from bot.ports.around import Labels, Occurrences, OpenQuestion, Outgoing, Questions, Usage, Workspaces
from bot.ports.calendar import Exemptions, Feeds, Plans
from bot.ports.campaign import Limits, Readinesses, Sites
from bot.ports.catalogue import Catalogue, ToolFilter
from bot.ports.chat import (
    Completion,
    Detector,
    Directory,
    Files,
    Forms,
    Home,
    LanguageModel,
    Messages,
    Painter,
    Said,
)
from bot.ports.knowledge import Articles, Counts, Enquiries, Hit, Passages, Read, Reader, Supports, Vector
from bot.ports.pulse import Pulses, Sealer
from bot.ports.review import Answers, Costs, OwnQuestions, Policies, Projects, Reviews, SignOffs
from bot.ports.roadmap import RoadMapDrafts, RoadMapReviews, RoadMapRevisions, SponsorWords
from bot.ports.roster import RosterEntries
from bot.ports.seals import Seals
from bot.ports.sla import Agreements, Recount, Recounts
from bot.ports.staff import Absences, Escalations, Skills
from bot.ports.tickets import Clocks, Log, TicketFilter, Tickets, Watch, Watched
from bot.ports.unit_of_work import Housekeeping, UnitOfWork, UnitOfWorkFactory

Now = Callable[[], datetime]

__all__ = [
    "Absences",
    "Actions",
    "Agendas",
    "Agreements",
    "Answers",
    "Articles",
    "Catalogue",
    "Clocks",
    "Completion",
    "Costs",
    "Counts",
    "Decisions",
    "Detector",
    "Directory",
    "Enquiries",
    "Escalations",
    "Exemptions",
    "Feeds",
    "Files",
    "Forms",
    "Hit",
    "Home",
    "Housekeeping",
    "InvitationUrl",
    "Labels",
    "LanguageModel",
    "Limits",
    "Log",
    "Messages",
    "Now",
    "Occurrences",
    "OpenQuestion",
    "Outgoing",
    "OwnQuestions",
    "Painter",
    "Passages",
    "Plans",
    "Policies",
    "Projects",
    "Pulses",
    "Questions",
    "Read",
    "Reader",
    "Readinesses",
    "Recount",
    "Recounts",
    "Reviews",
    "RoadMapDrafts",
    "RoadMapReviews",
    "RoadMapRevisions",
    "Said",
    "Sealer",
    "Seals",
    "SignOffs",
    "Sites",
    "RosterEntries",
    "Skills",
    "SponsorWords",
    "Supports",
    "TicketFilter",
    "Tickets",
    "ToolFilter",
    "Topics",
    "UnitOfWork",
    "UnitOfWorkFactory",
    "Usage",
    "Vector",
    "Watch",
    "Watched",
    "Workspaces",
]
