"""An action: what somebody promised at a sync, carried over until it is done. And who may write at a sync."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import Conflict, NotAllowed
from bot.domain.people import Role

RUNS_THE_SYNC = frozenset(
    {Role.ADMIN, Role.LIAISON, Role.IT_MANAGER, Role.MARKETING_MANAGER, Role.CIO, Role.CMO},
)
RUNNERS_ONLY = "Only the liaison, a manager or an admin can do that. Please ask one of them in the sync."
OWNER_ONLY = "Only its owner, the liaison, a manager or an admin can do that."


class ActionState(StrEnum):
    """How an action stands. A carried one is still to be done."""

    OPEN = "open"
    CARRIED = "carried"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Action:
    """One promise of `owner`. `agenda`: the week it was made in. `carried`: how many times it was taken along."""

    workspace: str
    conversation: str
    agenda: str
    what: str
    owner: str
    by: str
    at: datetime
    due: date | None = None
    ticket: int | None = None
    state: ActionState = ActionState.OPEN
    carried: int = 0
    carried_at: datetime | None = None
    settled_by: str = ""
    settled_at: datetime | None = None
    id: int = 0

    @property
    def is_settled(self) -> bool:
        """True once it is done or dropped."""
        return self.settled_at is not None

    def done(self, by: str, at: datetime) -> Action:
        """It is done. Done twice changes nothing; a dropped one raises Conflict."""
        return self._settled(ActionState.DONE, by, at)

    def dropped(self, by: str, at: datetime) -> Action:
        """It is not wanted any more. Dropped twice changes nothing; a done one raises Conflict."""
        return self._settled(ActionState.DROPPED, by, at)

    def carry(self, at: datetime, since: datetime) -> Action:
        """Take it along to the next sync, once since `since` (the last agenda). A settled one raises Conflict."""
        if self.is_settled:
            raise Conflict(f"“{self.what}” is {self.state} already.")
        if self.carried_at is not None and self.carried_at > since:
            return self
        return replace(self, state=ActionState.CARRIED, carried=self.carried + 1, carried_at=at)

    def _settled(self, state: ActionState, by: str, at: datetime) -> Action:
        if self.state is state:
            return self
        if self.is_settled:
            raise Conflict(f"“{self.what}” is {self.state} already.")
        return replace(self, state=state, settled_by=by, settled_at=at)


def require_runner(roles: Iterable[Role]) -> None:
    """Return if who holds these roles may write at a sync; else raise NotAllowed."""
    if not runs_the_sync(roles):
        raise NotAllowed(RUNNERS_ONLY)


def runs_the_sync(roles: Iterable[Role]) -> bool:
    """Liaisons, managers of both sides and admins."""
    return bool(RUNS_THE_SYNC & set(roles))


def require_settler(action: Action, person: str, roles: Iterable[Role]) -> None:
    """Return if the person may say that an action is done: who runs the sync, or its owner; else raise NotAllowed."""
    if person != action.owner and not runs_the_sync(roles):
        raise NotAllowed(OWNER_ONLY)
