"""What happened to a ticket: one line of its log, never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class What(StrEnum):
    """The kinds of events a ticket's log can hold."""

    OPENED = "opened"
    JOINED = "joined"
    ASSIGNED = "assigned"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    ASKED = "asked"
    WAITING = "waiting"
    RESUMED = "resumed"
    DECIDED = "decided"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    ESCALATION_ANSWERED = "escalation_answered"
    ESCALATION_STUCK = "escalation_stuck"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"
    CHANGED = "changed"
    WARNED = "warned"
    BREACHED = "breached"
    LATE_ON_ARRIVAL = "late_on_arrival"
    RECOUNTED = "recounted"
    TOOK_OVER = "took_over"
    SIGN_OFF_ASKED = "sign_off_asked"
    SIGNED = "signed"
    SIGN_OFF_WITHDRAWN = "sign_off_withdrawn"
    REVIEWED = "reviewed"
    INFORMED = "informed"
    COSTED = "costed"
    PROJECT_MANAGER_NAMED = "project_manager_named"
    EXCEPTION_ASKED = "exception_asked"
    EXCEPTION_DECIDED = "exception_decided"
    DELIVERY_PLANNED = "delivery_planned"
    STEP_DONE = "step_done"
    RATED = "rated"
    ACTUAL_COST_KEPT = "actual_cost_kept"
    KEPT = "kept"
    SOURCE_EDITED = "source_edited"
    SOURCE_DELETED = "source_deleted"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log: what, when (UTC), by whom (a person's id, empty for the bot itself) and why."""

    what: What
    at: datetime
    by: str = ""
    why: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
