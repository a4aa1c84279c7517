"""A new edition of the policy: applied by an admin, signed by both sides' managers, in force once both said yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import Conflict, Invalid
from bot.domain.people import ROLE_WORDS, Person
from bot.domain.policy import Policy
from bot.domain.policy_changes import differences
from bot.domain.review import DRAFT, Edition
from bot.domain.signoff import Outcome, Say, Signature, SignOff, outcome
from bot.messages import Line, Post, Section, say
from bot.ports import UnitOfWork
from bot.services import both_sides
from bot.services.desk import Desk

MATTER = both_sides.Matter(
    "policy",
    "📜 Policy version",
    "Guests can't sign the policy.",
    "This version is decided already. See /itcheck policy.",
    "It does not hold; the one before stays.",
)
SHOWN_MOST = 12
SAME = "This says the same as the newest version, so there is nothing to sign."
NEWER = "There is a newer version of the policy. Look at that one with /itcheck policy."


@dataclass(frozen=True, slots=True)
class Applied:
    """A stored version that waits for its signatures, and what is different in it, a line each."""

    version: int
    changes: tuple[str, ...]
    asked: tuple[str, ...]


def apply_policy(uow: UnitOfWork, workspace: str, policy: Policy, ships: Policy, at: datetime) -> Applied:
    """Store a new version and ask both managers. It is compared with the one in force, else with what ships.

    Raises Invalid if it says what the newest version says, Conflict where a side has nobody who may sign.
    """
    latest, in_force = uow.policies.latest(workspace), uow.policies.in_force(workspace)
    if latest is not None and latest.policy == policy:
        raise Invalid(SAME)
    version = latest.version + 1 if latest else DRAFT + 1
    older = signoffs_for(uow, workspace, latest.version) if latest else []
    over = outcome(older) is not Outcome.PENDING
    asked = both_sides.ask_both(uow, workspace, MATTER, version, at)
    uow.policies.add(workspace, Edition(version, policy, "", at))
    changes = differences(in_force.policy if in_force else ships, policy)
    uow.outbox.put(() if over else both_sides.outdated(workspace, MATTER, older, version))
    uow.outbox.put([_request(workspace, one, changes) for one in asked])
    return Applied(version, changes, tuple(one.person for one in asked))


def sign_policy(desk: Desk, who: Person, workspace: str, value: str, said: Say, reason: str = "") -> Outcome:
    """A manager's yes or no on a version; with both it is in force. Raises NotAllowed, Conflict, Invalid."""
    with desk.unit_of_work() as uow:
        edition, asked = _open_for(desk, uow, workspace, who, value)
        given = Signature(said, who.id, desk.at(), reason)
        signed, signoffs, result = both_sides.answer(uow, workspace, MATTER, asked, given)
        if result is Outcome.APPROVED:
            uow.policies.enforce(workspace, edition.version, desk.at())
        uow.outbox.put(both_sides.told(workspace, MATTER, signed, signoffs))
    return result


def check_policy_signable(desk: Desk, workspace: str, actor: str, value: str) -> None:
    """Return if this person may sign this version now; else raise NotAllowed or Conflict."""
    with desk.look() as uow:
        _, asked = _open_for(desk, uow, workspace, desk.person(workspace, actor), value)
    if asked.signature is not None:
        raise Conflict(both_sides.ANSWERED)


def signoffs_for(uow: UnitOfWork, workspace: str, version: int) -> list[SignOff]:
    """What was asked of both sides for a version."""
    return both_sides.signoffs_on(uow, workspace, MATTER, version)


def _open_for(desk: Desk, uow: UnitOfWork, workspace: str, who: Person, value: str) -> tuple[Edition, SignOff]:
    version = both_sides.version_in(value)
    edition, latest = uow.policies.get(workspace, version), uow.policies.latest(workspace)
    if edition is None or latest is None or latest.version != version:
        raise Conflict(NEWER)
    return edition, both_sides.open_to(desk, uow, workspace, MATTER, version, who)


def _request(workspace: str, signoff: SignOff, changes: Sequence[str]) -> Post:
    shown = [*changes[:SHOWN_MOST], *([f"and {len(changes) - SHOWN_MOST} more"] if len(changes) > SHOWN_MOST else [])]
    lines = tuple(Line((one,)) for one in shown or ["It is what ships, unchanged."])
    text = say("An admin put it before both sides. As {role}: shall it hold?", role=ROLE_WORDS[signoff.role])
    return both_sides.question(workspace, MATTER, signoff, text, (Section("What is different", lines),))
