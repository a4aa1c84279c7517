"""Where a ticket can stand, whom it can wait for, and how it came."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    ASSIGNED = "assigned"
    IN_REVIEW = "in_review"
    WAITING = "waiting"
    DECIDED = "decided"
    IN_DELIVERY = "in_delivery"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


FINISHED = frozenset({State.CLOSED, State.WITHDRAWN})
STATE_WORDS = {
    State.NEW: "new",
    State.ASSIGNED: "assigned",
    State.IN_REVIEW: "in review",
    State.WAITING: "waiting",
    State.DECIDED: "decided",
    State.IN_DELIVERY: "in delivery",
    State.CLOSED: "closed",
    State.WITHDRAWN: "withdrawn",
}


class WaitingFor(StrEnum):
    """Whom a waiting ticket waits for."""

    REQUESTER = "requester"
    VENDOR = "vendor"
    SIGN_OFF = "sign-off"


class Intake(StrEnum):
    """How a ticket came to us."""

    COMMAND = "command"
    SHORTCUT = "shortcut"
    REACTION = "reaction"
    MENTION = "mention"
    DETECTED = "detected"
