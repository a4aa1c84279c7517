"""A revision of the road map: put before both sides, signed by both managers, in force once both said yes."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.domain.errors import Conflict, NotFound
from bot.domain.people import ROLE_WORDS, Person
from bot.domain.roadmap import RoadMap
from bot.domain.roadmap_diff import Change, differences
from bot.domain.roadmap_edition import RoadMapRevision, check_submittable
from bot.domain.signoff import Outcome, Say, Signature, SignOff, outcome
from bot.messages import Card, Code, Line, Mention, Post, Section, Strong, Text, say
from bot.ports import UnitOfWork
from bot.services import both_sides
from bot.services.agenda.agenda_lines import day_words
from bot.services.desk import Desk
from bot.services.roadmap.changes import changes_of, lines_between, reasons_in
from bot.services.roadmap.costs import over_lines
from bot.services.roadmap.roadmap import View, require_keeper, view_of

MATTER = both_sides.Matter(
    "roadmap",
    "🧭 Road map, revision",
    "Guests can't sign the road map.",
    "This revision is decided already. See /itcheck roadmap history.",
    "It does not hold; the one before stays, and the draft keeps its changes.",
)
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
        older = _signoffs(uow, workspace, number - 1) if heads and heads[-1].signed_at is None else []
        asked = both_sides.ask_both(uow, workspace, MATTER, number, at)
        reasons = reasons_in(view.draft.reasons, changes)
        uow.roadmap_revisions.add(workspace, RoadMapRevision(number, view.road_map, who.id, at, reasons))
        uow.outbox.put(both_sides.outdated(workspace, MATTER, older, number))
        uow.outbox.put([_request(workspace, one, view, changes, who) for one in asked])
    log.info("roadmap_submitted", number=number, by=who.id)
    people = tuple(Line((Mention(one.person), f" as {ROLE_WORDS[one.role]}")) for one in asked)
    return Card(
        text=say("Revision {number} is before both sides.", number=str(number)), sections=(Section("Asked", people),)
    )


def sign(desk: Desk, who: Person, workspace: str, value: str, said: Say, reason: str = "") -> Outcome:
    """A manager's yes or no on a revision; with both it is in force. Raises NotAllowed, Conflict, Invalid."""
    with desk.unit_of_work() as uow:
        revision, asked = _open_for(desk, uow, workspace, who, value)
        given = Signature(said, who.id, desk.at(), reason)
        signed, signoffs, result = both_sides.answer(uow, workspace, MATTER, asked, given)
        if result is Outcome.APPROVED:
            uow.roadmap_revisions.enforce(workspace, revision.number, desk.at())
            draft = uow.roadmap_drafts.get(workspace)
            uow.roadmap_drafts.save(workspace, draft.settled(revision.road_map))
        uow.outbox.put(both_sides.told(workspace, MATTER, signed, signoffs, [revision.by]))
    log.info("roadmap_signed", number=revision.number, by=who.id, said=said.value)
    return result


def check_signable(desk: Desk, workspace: str, actor: str, value: str) -> None:
    """Return if this person may sign this revision now; else raise NotAllowed or Conflict."""
    who = desk.person(workspace, actor)
    with desk.look() as uow:
        _, asked = _open_for(desk, uow, workspace, who, value)
    if asked.signature is not None:
        raise Conflict(both_sides.ANSWERED)


def pending(uow: UnitOfWork, workspace: str) -> tuple[Line, ...]:
    """Who has signed the newest revision and who has not; nothing if it is decided or there is none."""
    heads = uow.roadmap_revisions.heads(workspace)
    signoffs = _signoffs(uow, workspace, heads[-1].number) if heads else []
    if not signoffs or outcome(signoffs) is not Outcome.PENDING:
        return ()
    return (
        Line(say("Revision {number}:", number=Strong(str(heads[-1].number)))),
        *(Line(both_sides.stands(one)) for one in signoffs),
    )


def history_card(desk: Desk, workspace: str, conversation: str) -> Card:
    """All revisions, the newest first, with who signed them when."""
    with desk.look() as uow:
        view = view_of(desk, uow, workspace, conversation)
        heads, signoffs = uow.roadmap_revisions.heads(workspace), uow.signoffs.of(workspace, MATTER.subject)
    lines = []
    for head in reversed(heads[-HISTORY_MOST:]):
        signers: Text = ()
        for one in signoffs:
            signers = (*signers, "; ", *both_sides.stands(one)) if one.version == head.number else signers
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
        note=say("What one changed: {how}. Only you can see this.", how=Code("/itcheck roadmap diff 2")),
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
    number = both_sides.version_in(value)
    revision, heads = uow.roadmap_revisions.get(workspace, number), uow.roadmap_revisions.heads(workspace)
    if revision is None or heads[-1].number != number:
        raise Conflict(NEWER)
    return revision, both_sides.open_to(desk, uow, workspace, MATTER, number, who)


def _signoffs(uow: UnitOfWork, workspace: str, number: int) -> list[SignOff]:
    return both_sides.signoffs_on(uow, workspace, MATTER, number)


def _request(workspace: str, signoff: SignOff, view: View, changes: Sequence[Change], who: Person) -> Post:
    over = over_lines(view.road_map)
    text = say(
        "{who} puts it before both sides. As {role}: shall it hold?", who=Mention(who.id), role=ROLE_WORDS[signoff.role]
    )
    different = Section("What is different", lines_between(changes, view.agreed, view.road_map))
    sections = (different, Section("Over the limit", over)) if over else (different,)
    return both_sides.question(workspace, MATTER, signoff, text, sections)
