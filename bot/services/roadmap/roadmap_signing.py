"""A revision of the road map: put before both sides, signed by both managers, in force once both said yes."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.domain.absence import away_at
from bot.domain.errors import Conflict, NotAllowed, NotFound
from bot.domain.people import ROLE_WORDS, Person, Role
from bot.domain.roadmap import RoadMap
from bot.domain.roadmap_diff import Change, differences
from bot.domain.roadmap_edition import RoadMapRevision, check_submittable
from bot.domain.signoff import Outcome, Say, Signature, SignOff, asked_of, missing_words, outcome, signable
from bot.messages import Address, Button, Card, Line, Mention, Post, Section, Strong, Style, Text, say
from bot.ports import UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.desk import Desk
from bot.services.roadmap.changes import changes_of, lines_between, reasons_in
from bot.services.roadmap.costs import over_lines
from bot.services.roadmap.roadmap import View, require_keeper, view_of

SUBJECT = "roadmap"
BOTH_SIDES = (Role.MARKETING_MANAGER, Role.IT_MANAGER)
YES, NO = "roadmap_yes", "roadmap_no"
NEWER = "There is a newer revision of the road map. Look at it with /itcheck roadmap draft, and sign that one."
HISTORY_MOST = 15

log = structlog.get_logger()


def submit(desk: Desk, who: Person, workspace: str) -> Card:
    """Put the draft before both managers as a new revision; one that still waits for signatures is out of date.

    Raises NotAllowed, Invalid if it says what was signed last, Conflict where a side has nobody who may sign.
    """
    with desk.unit_of_work() as uow:
        require_keeper(who, uow.workspaces.roles(workspace))
        view = view_of(desk, uow, workspace)
        check_submittable(view.agreed, view.road_map)
        heads, changes, at = uow.roadmap_revisions.heads(workspace), changes_of(view), desk.at()
        number = heads[-1].number + 1 if heads else 1
        asked, missing = asked_of(BOTH_SIDES, uow.workspaces.roles(workspace).holders, "", number, at)
        if missing:
            raise Conflict(missing_words(missing))
        older = _signoffs(uow, workspace, number - 1) if heads and heads[-1].signed_at is None else []
        uow.signoffs.take_back(workspace, SUBJECT)
        reasons = reasons_in(view.draft.reasons, changes)
        uow.roadmap_revisions.add(workspace, RoadMapRevision(number, view.road_map, who.id, at, reasons))
        uow.signoffs.ask(workspace, SUBJECT, asked)
        uow.outbox.put([*_outdated(workspace, older, number)])
        uow.outbox.put([_request(workspace, number, one, view, changes, who) for one in asked])
    log.info("roadmap_submitted", number=number, by=who.id)
    people = tuple(Line((Mention(one.person), f" as {ROLE_WORDS[one.role]}")) for one in asked)
    return Card(
        text=say("Revision {number} is before both sides.", number=str(number)), sections=(Section("Asked", people),)
    )


def sign(desk: Desk, who: Person, workspace: str, value: str, said: Say, reason: str = "") -> Outcome:
    """A manager's yes or no on a revision; with both it is in force. Raises NotAllowed, Conflict, Invalid."""
    with desk.unit_of_work() as uow:
        revision, asked = _open_for(desk, uow, workspace, who, value)
        signed = asked.sign(Signature(said, who.id, desk.at(), reason))
        uow.signoffs.answer(workspace, SUBJECT, signed)
        signoffs = _signoffs(uow, workspace, revision.number)
        result = outcome(signoffs)
        if result is Outcome.APPROVED:
            uow.roadmap_revisions.enforce(workspace, revision.number, desk.at())
            draft = uow.roadmap_drafts.get(workspace)
            uow.roadmap_drafts.save(workspace, draft.settled(revision.road_map))
        uow.outbox.put(_told(workspace, revision, signoffs, signed, result))
    log.info("roadmap_signed", number=revision.number, by=who.id, said=said.value)
    return result


def check_signable(desk: Desk, workspace: str, actor: str, value: str) -> None:
    """Return if this person may sign this revision now; else raise NotAllowed or Conflict."""
    who = desk.person(workspace, actor)
    with desk.look() as uow:
        _, asked = _open_for(desk, uow, workspace, who, value)
    if asked.signature is not None:
        raise Conflict("You have answered this already.")


def pending(uow: UnitOfWork, workspace: str) -> tuple[Line, ...]:
    """Who has signed the newest revision and who has not; nothing if it is decided or there is none."""
    heads = uow.roadmap_revisions.heads(workspace)
    signoffs = _signoffs(uow, workspace, heads[-1].number) if heads else []
    if not signoffs or outcome(signoffs) is not Outcome.PENDING:
        return ()
    return (
        Line(say("Revision {number}:", number=Strong(str(heads[-1].number)))),
        *(Line(_line(one)) for one in signoffs),
    )


def history_card(desk: Desk, workspace: str, conversation: str) -> Card:
    """All revisions, the newest first, with who signed them when."""
    with desk.look() as uow:
        view = view_of(desk, uow, workspace, conversation)
        heads, signoffs = uow.roadmap_revisions.heads(workspace), uow.signoffs.of(workspace, SUBJECT)
    lines = []
    for head in reversed(heads[-HISTORY_MOST:]):
        signers: Text = ()
        for one in signoffs:
            signers = (*signers, "; ", *_line(one)) if one.version == head.number else signers
        day, by = day_words(head.at, view.channel.zone), Mention(head.by)
        lines.append(
            Line(
                say(
                    "Revision {number}, {day} by {by}{signers}",
                    number=str(head.number),
                    day=day,
                    by=by,
                    signers=signers,
                )
            )
        )
    return Card(
        title="🧭 Revisions of the road map",
        text=() if lines else ("Nothing was put before both sides yet.",),
        sections=(Section("", tuple(lines)),) if lines else (),
        note=say("What one changed: {how}. Only you can see this.", how="/itcheck roadmap diff 2"),
    )


def diff_card(desk: Desk, workspace: str, number: int) -> Card:
    """What a revision changed against the one signed before it. Raises NotFound."""
    with desk.look() as uow:
        revision = uow.roadmap_revisions.get(workspace, number)
        heads = uow.roadmap_revisions.heads(workspace)
        if revision is None:
            raise NotFound(f"There is no revision {number}. There are {len(heads)} so far: /itcheck roadmap history.")
        before = [one.number for one in heads if one.number < number and one.signed_at]
        old = uow.roadmap_revisions.get(workspace, before[-1]) if before else None
    agreed = old.road_map if old else RoadMap(currency=revision.road_map.currency)
    changes = differences(agreed, revision.road_map, revision.reasons)
    lines = lines_between(changes, agreed, revision.road_map)
    against = f"Against revision {old.number}" if old else "The first one"
    return Card(
        title=f"🧭 Road map, revision {number}",
        text=say(
            "{against}. {held}",
            against=against,
            held="Signed by both sides." if revision.signed_at else "Not signed by both sides.",
        ),
        sections=(Section("What it changed", lines),) if lines else (),
        note=say("Only you can see this."),
    )


def _open_for(desk: Desk, uow: UnitOfWork, workspace: str, who: Person, value: str) -> tuple[RoadMapRevision, SignOff]:
    if who.is_guest:
        raise NotAllowed("Guests can't sign the road map.")
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0
    revision, heads = uow.roadmap_revisions.get(workspace, number), uow.roadmap_revisions.heads(workspace)
    if revision is None or heads[-1].number != number:
        raise Conflict(NEWER)
    signoffs, away = _signoffs(uow, workspace, number), away_at(uow.absences.of(workspace), desk.at())
    if outcome(signoffs) is not Outcome.PENDING:
        raise Conflict("This revision is decided already. See /itcheck roadmap history.")
    roles = uow.workspaces.roles(workspace)
    found = signable(signoffs, who.id, number, roles.of(who.id), "", lambda person: away.get(person, ""))
    if any(one.signature is not None and one.signature.by == who.id for one in signoffs if one != found):
        raise NotAllowed("You have signed for one side already, and nobody signs for both.")
    return revision, found


def _signoffs(uow: UnitOfWork, workspace: str, number: int) -> list[SignOff]:
    return [one for one in uow.signoffs.of(workspace, SUBJECT) if one.version == number]


def _request(workspace: str, number: int, signoff: SignOff, view: View, changes: Sequence[Change], who: Person) -> Post:
    over = over_lines(view.road_map)
    card = Card(
        title=f"🧭 Road map, revision {number}: your signature",
        text=say(
            "{who} puts it before both sides. As {role}: shall it hold?",
            who=Mention(who.id),
            role=ROLE_WORDS[signoff.role],
        ),
        sections=(
            Section("What is different", lines_between(changes, view.agreed, view.road_map)),
            *((Section("Over the limit", over),) if over else ()),
        ),
        buttons=(Button("Yes", YES, str(number), Style.PRIMARY), Button("No", NO, str(number), Style.DANGER)),
        note=say("It holds once the marketing manager and the IT manager have both said yes."),
    )
    key = _key(number, signoff)
    return Post(workspace, key, Address(person=signoff.person), card, lane=key)


def _outdated(workspace: str, older: Sequence[SignOff], number: int) -> list[Post]:
    """What the questions about a revision become that a newer one has overtaken."""
    posts = []
    for one in older:
        key = _key(one.version, one)
        words = say(
            "🧭 Revision {old} is out of date: revision {new} is before you now.", old=str(one.version), new=str(number)
        )
        posts.append(
            Post(workspace, f"{key}:outdated", Address(person=one.person), Card(text=words), lane=key, update_of=key)
        )
    return posts


def _told(
    workspace: str, revision: RoadMapRevision, signoffs: Sequence[SignOff], signed: SignOff, result: Outcome
) -> list[Post]:
    """What each signer's question becomes; at the end both hear of it, and who put it forward."""
    ends = {
        Outcome.APPROVED: "It is in force now.",
        Outcome.REJECTED: "It does not hold; the one before stays, and the draft keeps its changes.",
    }
    end = ends.get(result, "It holds once the other side has said yes too.")
    card = Card(
        text=say("🧭 Road map, revision {number}. {end}", number=str(revision.number), end=end),
        sections=(Section("", tuple(Line(_line(each)) for each in signoffs)),),
    )
    posts = []
    for one in [signed] if result is Outcome.PENDING else signoffs:
        key = _key(one.version, one)
        posts.append(Post(workspace, f"{key}:{result}", Address(person=one.person), card, lane=key, update_of=key))
    if result is not Outcome.PENDING and revision.by not in {one.person for one in signoffs}:
        key = f"roadmap:{revision.number}:told"
        posts.append(Post(workspace, key, Address(person=revision.by), card, lane=key))
    return posts


def _key(number: int, signoff: SignOff) -> str:
    return f"roadmap:{number}:{signoff.person}"


def _line(signoff: SignOff) -> Text:
    role, signature = ROLE_WORDS[signoff.role], signoff.signature
    if signature is None:
        return say("⏳ {role}: {who}", role=role, who=Mention(signoff.person))
    said = "said yes" if signature.said is Say.YES else f"said no: {signature.reason}"
    return say("{role}: {who} {said}", role=role, who=Mention(signature.by), said=said)
