"""A new edition of the policy: applied by an admin, signed by both sides' managers, in force once both said yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.absence import away_at
from bot.domain.errors import Conflict, Invalid, NotAllowed
from bot.domain.people import ROLE_WORDS, Person, Role
from bot.domain.policy import Policy
from bot.domain.policy_changes import differences
from bot.domain.review import DRAFT, Edition
from bot.domain.signoff import Outcome, Say, Signature, SignOff, asked_of, missing_words, outcome, signable
from bot.messages import Address, Button, Card, Fact, Line, Mention, Post, Section, Style, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.reviews.policies import edition_in_force, edition_words

SUBJECT = "policy"
BOTH_SIDES = (Role.MARKETING_MANAGER, Role.IT_MANAGER)
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
    asked, missing = asked_of(BOTH_SIDES, uow.workspaces.roles(workspace).holders, "", version, at)
    if missing:
        raise Conflict(missing_words(missing))
    uow.signoffs.take_back(workspace, SUBJECT)
    uow.policies.add(workspace, Edition(version, policy, "", at))
    uow.signoffs.ask(workspace, SUBJECT, asked)
    changes = differences(in_force.policy if in_force else ships, policy)
    uow.outbox.put([_request(workspace, version, one, changes) for one in asked])
    return Applied(version, changes, tuple(one.person for one in asked))


def sign_policy(desk: Desk, who: Person, workspace: str, value: str, said: Say, reason: str = "") -> Outcome:
    """A manager's yes or no on a version; with both it is in force. Raises NotAllowed, Conflict, Invalid."""
    with desk.unit_of_work() as uow:
        edition, asked = _open_for(desk, uow, workspace, who, value)
        signed = asked.sign(Signature(said, who.id, desk.at(), reason))
        uow.signoffs.answer(workspace, SUBJECT, signed)
        signoffs = _signoffs(uow, workspace, edition.version)
        result = outcome(signoffs)
        if result is Outcome.APPROVED:
            uow.policies.enforce(workspace, edition.version, desk.at())
        uow.outbox.put(_told(workspace, edition.version, signoffs, signed, result))
    return result


def check_policy_signable(desk: Desk, workspace: str, actor: str, value: str) -> None:
    """Return if this person may sign this version now; else raise NotAllowed or Conflict."""
    with desk.look() as uow:
        _, asked = _open_for(desk, uow, workspace, desk.person(workspace, actor), value)
    if asked.signature is not None:
        raise Conflict("You have answered this already.")


def policy_card(desk: Desk, workspace: str) -> Card:
    """The policy in force, short, with who signed it; a version that waits for its signatures is named."""
    with desk.look() as uow:
        edition, latest = edition_in_force(desk, uow, workspace), uow.policies.latest(workspace)
        signed = _signoffs(uow, workspace, edition.version)
        waits = _signoffs(uow, workspace, latest.version) if latest and latest.version != edition.version else []
    policy = edition.policy
    rules = tuple(
        Line(say("{rule}: {lane} lane. {why}", rule=one.key, lane=one.lane, why=one.because)) for one in policy.rules
    )
    lanes = ", ".join(f"{lane} {days} working days" for lane, days in policy.lane_days.items())
    return Card(
        title=f"📜 {policy.name}",
        text=say("This is the {words}.", words=edition_words(edition.version)),
        facts=(Fact("Lanes", (lanes,)), Fact("Amounts in", (policy.currency,))),
        sections=(
            Section("The first rule that fits decides", rules),
            *([Section("Signed by", tuple(_line(one) for one in signed))] if signed else []),
            *([Section("A newer version waits for", tuple(_line(one) for one in waits))] if waits else []),
        ),
        note=say("For IT, as a page: {command}", command="python -m bot policy show"),
    )


def _open_for(desk: Desk, uow: UnitOfWork, workspace: str, who: Person, value: str) -> tuple[Edition, SignOff]:
    if who.is_guest:
        raise NotAllowed("Guests can't sign the policy.")
    version = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else -1
    edition, latest = uow.policies.get(workspace, version), uow.policies.latest(workspace)
    if edition is None or latest is None or latest.version != version:
        raise Conflict(NEWER)
    signoffs, away = _signoffs(uow, workspace, version), away_at(uow.absences.of(workspace), desk.at())
    if outcome(signoffs) is not Outcome.PENDING:
        raise Conflict("This version is decided already. See /itcheck policy.")
    roles = uow.workspaces.roles(workspace).of(who.id)
    return edition, signable(signoffs, who.id, version, roles, edition.by, lambda person: away.get(person, ""))


def _signoffs(uow: UnitOfWork, workspace: str, version: int) -> list[SignOff]:
    return [one for one in uow.signoffs.of(workspace, SUBJECT) if one.version == version]


def _request(workspace: str, version: int, signoff: SignOff, changes: Sequence[str]) -> Post:
    shown = [*changes[:SHOWN_MOST], *([f"and {len(changes) - SHOWN_MOST} more"] if len(changes) > SHOWN_MOST else [])]
    lines = tuple(Line((one,)) for one in shown or ["It is what ships, unchanged."])
    card = Card(
        title=f"📜 Policy version {version}: your signature",
        text=say("An admin put it before both sides. As {role}: shall it hold?", role=ROLE_WORDS[signoff.role]),
        sections=(Section("What is different", lines),),
        buttons=(
            Button("Yes", "policy_yes", str(version), Style.PRIMARY),
            Button("No", "policy_no", str(version), Style.DANGER),
        ),
        note=say("It holds once the marketing manager and the IT manager have both said yes."),
    )
    key = f"policy:{version}:{signoff.person}"
    return Post(workspace, key, Address(person=signoff.person), card, lane=key)


def _told(workspace: str, version: int, signoffs: Sequence[SignOff], signed: SignOff, result: Outcome) -> list[Post]:
    """What each signer's question becomes; both learn how it ended."""
    ends = {Outcome.APPROVED: "It is in force now.", Outcome.REJECTED: "It does not hold; the one before stays."}
    end = ends.get(result, "It holds once the other side has said yes too.")
    concerned = [signed] if result is Outcome.PENDING else signoffs
    posts = []
    for one in concerned:
        key = f"policy:{version}:{one.person}"
        card = Card(
            text=say("📜 Policy version {version}. {end}", version=str(version), end=end),
            sections=(Section("", tuple(_line(each) for each in signoffs)),),
        )
        to = Address(person=one.person)
        posts.append(Post(workspace, f"{key}:{result}", to, card, lane=key, update_of=key))
    return posts


def _line(signoff: SignOff) -> Line:
    role, signature = ROLE_WORDS[signoff.role], signoff.signature
    if signature is None:
        return Line(say("⏳ {role}: {who}", role=role, who=Mention(signoff.person)))
    said = "said yes" if signature.said is Say.YES else f"said no: {signature.reason}"
    return Line(say("{role}: {who} {said}", role=role, who=Mention(signature.by), said=said))
