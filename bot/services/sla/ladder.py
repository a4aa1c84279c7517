"""A ticket on the ladder: begun by a breach, handed up a rung, answered, over with its ticket."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.abilities import is_of_it
from bot.domain.absence import away_at
from bot.domain.agreed import Agreed
from bot.domain.anonymity import is_anonymous
from bot.domain.escalation import Escalation, Reason, Rung, next_rung
from bot.domain.people import ROLE_WORDS, Role, Side
from bot.domain.sla import Clock, StageKind, notice_at
from bot.domain.ticket import Ticket
from bot.domain.workspace import Roles
from bot.messages import Address, Button, Card, Mention, Moment, Post, Strong, Style, Text, say
from bot.ports import UnitOfWork
from bot.services.notifications import direct_post, thread_post
from bot.services.tickets.cards import owed_words, ticket_link


@dataclass(frozen=True, slots=True)
class Round:
    """One look at an escalation: its ticket, what the hours of people are, when, and who left the workspace."""

    uow: UnitOfWork
    ticket: Ticket
    agreed: Agreed
    at: datetime
    gone: Collection[str] = field(default_factory=frozenset)

    @property
    def roles(self) -> Roles:
        """Who holds which roles."""
        return self.uow.workspaces.roles(self.ticket.workspace)


def begun_by(known: Iterable[Escalation], ticket: Ticket, clock: Clock, at: datetime) -> Escalation | None:
    """What a breach of the clock begins on the ladder of the side that owes it, to be looked at `at`.

    To be saved in the unit of work that notes the breach. None if it was `known` already (all escalations of the
    ticket), or somebody on that ladder has the ticket already.
    """
    cause = f"breach:{clock.kind}:{clock.cycle}:{clock.target_s:g}"
    if any(one.cause == cause or (one.is_open and one.side is clock.owed_by) for one in known):
        return None
    return Escalation(
        workspace=ticket.workspace,
        number=ticket.number,
        cause=cause,
        side=clock.owed_by,
        reason=Reason.BREACH,
        why=f"the {owed_words(clock.kind)} is late",
        asked_by="",
        asked_at=at,
        look_at=at,
    )


def open_on(uow: UnitOfWork, ticket: Ticket, side: Side) -> Escalation | None:
    """The open escalation of a ticket on one side's ladder."""
    known = uow.escalations.of(ticket.workspace, ticket.number)
    return next((one for one in known if one.is_open and one.side is side), None)


def hand_up(now: Round, escalation: Escalation, *, by_itself: bool = False) -> list[Post]:
    """Hand it to the next rung with somebody on it, because somebody asked for it, or `by_itself` when time was up.

    Without anybody it is parked until an admin names somebody; who can mend it is told.
    """
    by_itself = by_itself and not escalation.stuck  # else somebody was named whom it had waited for
    rung = next_rung(escalation, now.roles, now.gone, below(now.ticket, escalation.side))
    told = _told_of_missing(now, rung)
    if not rung.person:
        return [*_park(now, escalation, rung), *told]
    rung = _stood_in_for(now, rung)
    seconds = now.uow.escalations.patience(now.ticket.workspace).seconds(rung.level)
    hours = now.agreed.hours_for(rung.person, now.at).calendar
    climbed = escalation.climb(rung, hours.add(now.at, seconds))
    now.uow.escalations.save(climbed)
    by = "" if by_itself else escalation.asked_by
    now.ticket.escalate(rung.person, rung.level, by, now.at, f"{escalation.reason}: {escalation.why}")
    words = _timed_out(now, escalation, rung) if by_itself and escalation.person else _asked(escalation, rung)
    thread, direct = _called(now, climbed, words)
    opens = notice_at(StageKind.BREACH, now.ticket.priority, hours, now.at) if by_itself else now.at
    return [thread, direct if opens <= now.at else replace(direct, not_before=opens), *told]


def answered(uow: UnitOfWork, ticket: Ticket, person: str, at: datetime) -> list[Post]:
    """Somebody answered in the thread: what they could answer for is over, and the thread says so."""
    roles = uow.workspaces.roles(ticket.workspace).of(person)
    posts: list[Post] = []
    for one in _open_ones(uow, ticket):
        if one.can_be_answered_by(person, roles, owes_it=_owes(ticket, one.side, person, roles)):
            uow.escalations.save(one.end(person, at))
            if one.level:
                ticket.end_escalation(person, at, f"{one.reason}: {one.why}")
                posts.append(_answered_post(ticket, one, person))
    return posts


def below(ticket: Ticket, side: Side) -> str:
    """Who stands below the ladder of a side: the liaison, or the requester."""
    return ticket.liaison if side is Side.IT else ticket.requester


def finish(uow: UnitOfWork, ticket: Ticket) -> None:
    """The ticket is closed or withdrawn, and with it whatever was escalated; nobody can tell any more who asked it."""
    if ticket.finished_at is None:
        return
    for one in _open_ones(uow, ticket):
        uow.escalations.save(one.end("", ticket.finished_at))
    ticket.level, ticket.escalated_to = 0, ""
    if is_anonymous(ticket.requester):
        uow.seals.drop(ticket.workspace, ticket.requester)


def wake(uow: UnitOfWork, workspace: str, at: datetime) -> None:
    """People were named: what found nobody is tried again."""
    for one in uow.escalations.of(workspace):
        if one.stuck:
            uow.escalations.save(one.wake(at))


def _open_ones(uow: UnitOfWork, ticket: Ticket) -> list[Escalation]:
    return [one for one in uow.escalations.of(ticket.workspace, ticket.number) if one.is_open]


def _owes(ticket: Ticket, side: Side, person: str, roles: Collection[Role]) -> bool:
    if side is Side.MARKETING:
        return person in {ticket.requester, *ticket.followers}
    return is_of_it(ticket, person, roles) and person != ticket.requester


def _stood_in_for(now: Round, rung: Rung) -> Rung:
    """Whoever is out of office has named somebody for just that, as long as they are there themselves."""
    away = away_at(now.uow.absences.of(now.ticket.workspace), now.at)
    delegate = away.get(rung.person, "")
    return replace(rung, person=delegate) if delegate and delegate not in {*away, *now.gone} else rung


def _asked(escalation: Escalation, rung: Rung) -> Text:
    if escalation.reason is Reason.BREACH:
        return say("⬆️ {to} is asked to step in, because {why}.", why=escalation.why, to=Mention(rung.person))
    return say(
        "⬆️ {who} asks {to} to step in ({reason}): {why}",
        who=Mention(escalation.asked_by),
        to=Mention(rung.person),
        reason=escalation.reason.value,
        why=escalation.why,
    )


def _timed_out(now: Round, escalation: Escalation, rung: Rung) -> Text:
    did = "left the workspace" if escalation.person in now.gone else "did not answer in time"
    before, to = Mention(escalation.person), Mention(rung.person)
    return say(
        "⬆️ {before} {did}, so {to} is asked to step in: {why}.", before=before, did=did, to=to, why=escalation.why
    )


def _called(now: Round, climbed: Escalation, words: Text) -> tuple[Post, Post]:
    ticket, key = now.ticket, _key(climbed, f"{climbed.level}:{now.ticket.revision}")
    due = Moment(climbed.look_at or now.at, now.agreed.zone)
    thread = Card(
        text=words, note=say("{who} has it now, and until {due} to answer.", who=Mention(climbed.person), due=due)
    )
    direct = Card(
        text=say("{link} “{title}”: ", link=ticket_link(ticket), title=ticket.title) + words,
        buttons=(Button("Answer", "answer_escalation", ticket.name, Style.PRIMARY),),
        note=say("Please answer by {due}; your words appear in the thread. After that it goes further up.", due=due),
    )
    return thread_post(ticket, key, thread), direct_post(ticket, climbed.person, key, direct)


def _park(now: Round, escalation: Escalation, rung: Rung) -> list[Post]:
    nobody = f"nobody is named as {_roles_words(rung)}" if rung.missing else "nobody further up is left to ask"
    now.uow.escalations.save(escalation.park(nobody))
    now.ticket.note_stuck(now.at, nobody)
    has_it = "" if escalation.person in now.gone else escalation.person
    who = has_it or now.ticket.liaison
    words = say(
        "⬆️ This should go further up ({why}), but {nobody}. {who} still has it.",
        why=escalation.why,
        nobody=nobody,
        who=Mention(who) if who else "IT",
    )
    return [thread_post(now.ticket, _key(escalation, f"{escalation.level}:stuck"), Card(text=words))]


def _told_of_missing(now: Round, rung: Rung) -> list[Post]:
    """An admin, else the liaison, learns which rungs are empty and what mends it: once a day, not once a ticket."""
    to = now.roles.first(Role.ADMIN) or now.ticket.liaison
    if not rung.missing or not to:
        return []
    gone = next((one.gone for one in rung.missing if one.gone), "")
    text = say(
        "{link} should go to the {roles}, but {nobody}. {went} Please name somebody with /itcheck people.",
        link=ticket_link(now.ticket),
        roles=_roles_words(rung),
        nobody=say("{gone} left the workspace", gone=Mention(gone)) if gone else "nobody holds that role",
        went=say("I asked {person} instead.", person=Mention(rung.person)) if rung.person else "It waits for that.",
    )
    key = f"missing-rung:{'+'.join(one.role for one in rung.missing)}:{now.at:%Y-%m-%d}:{to}"
    return [Post(now.ticket.workspace, key, Address(person=to), Card(text=text), lane=key)]


def _roles_words(rung: Rung) -> str:
    return " or ".join(ROLE_WORDS[one.role] for one in rung.missing)


def _answered_post(ticket: Ticket, escalation: Escalation, person: str) -> Post:
    person_below = below(ticket, escalation.side)
    words = say(
        "{who} answered, so this is no longer escalated. {below} has {name} now.",
        who=Mention(person),
        below=Mention(person_below) if person_below else "IT",
        name=Strong(ticket.name),
    )
    return thread_post(ticket, _key(escalation, f"answered:{ticket.revision}"), Card(text=words))


def _key(escalation: Escalation, what: str) -> str:
    return f"escalation:{escalation.side}:{escalation.cause}:{what}"
