"""What people do with a ticket: claim, answer, wait, resolve, reopen, reassign, dismiss, note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.domain.abilities import Ability, require
from bot.domain.errors import Conflict, Invalid
from bot.domain.events import What
from bot.domain.judgement import NO, YES
from bot.domain.people import ROLE_WORDS, Person
from bot.domain.readiness import subject_of as risk_of
from bot.domain.review import subject_of
from bot.domain.ticket import STATE_WORDS, Entry, Intake, Ticket, WaitingFor
from bot.messages import Card, Mention, Post, Strong, say
from bot.ports import UnitOfWork
from bot.services.campaigns.short_notice import short_notices
from bot.services.desk import Desk
from bot.services.intake.judgements import judge_ticket
from bot.services.notifications import fresh_card, pings, pings_taken_back, thread_post
from bot.services.people.holders import check_liaison
from bot.services.sla.ladder import finish
from bot.services.sla.sla import agreed_for, channel_of, follow, save_clocks, take_back_notices
from bot.services.tickets.asker import rating_buttons, told_directly
from bot.services.tickets.handover import handover_post, said_since
from bot.services.tickets.summing_up import in_short
from bot.services.tools.catalogue import forget_in_use

NEED_OPEN = frozenset(
    {Ability.WAIT, Ability.RESOLVE, Ability.REASSIGN, Ability.ESCALATE, Ability.ANSWER, Ability.REVIEW, Ability.INFORM}
    | {Ability.COST, Ability.COST_FIGURES}
)
Verb = Callable[[UnitOfWork, Ticket], Sequence[Post]]


def number_of(name: str) -> int:
    """The number in `IT-12` (or `it-12`, `12`). Raises Invalid for anything else."""
    if not name.strip():
        raise Invalid("Which ticket? Add its number, such as IT-12; /itcheck list shows those that are open.")
    digits = name.strip().upper().removeprefix("IT-").removeprefix("IT")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise Invalid(f"“{name.strip()[:30]}” is not a ticket number. They look like IT-12; /itcheck list shows them.")
    return int(digits)


def change(desk: Desk, who: Person, workspace: str, name: str, ability: Ability, verb: Verb) -> Ticket:
    """Do something with a ticket, if the person may: the ticket, its clocks, its card and posts in one unit of work."""
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        require(ability, ticket, who.id, uow.workspaces.roles(workspace).of(who.id), is_guest=who.is_guest)
        _require_open(ability, ticket)
        posts = verb(uow, ticket)
        if ticket.pending:
            settle(uow, ticket, posts)
    return ticket


def settle(uow: UnitOfWork, ticket: Ticket, posts: Sequence[Post] = ()) -> None:
    """Store a changed ticket with its clocks, and send its fresh card and `posts`."""
    channel = channel_of(uow, ticket)
    before = uow.clocks.of(ticket.workspace, ticket.number)
    clocks = follow(ticket, before, agreed_for(uow, ticket, channel, before))
    finish(uow, ticket)
    posts = [*posts, *short_notices(ticket, ticket.pending, channel.zone)]
    uow.tickets.save(ticket)
    save_clocks(uow, ticket, clocks, channel)
    take_back_notices(uow, ticket, before, clocks)
    uow.outbox.put([fresh_card(ticket, clocks, channel), *posts])


def claim(desk: Desk, who: Person, workspace: str, name: str) -> Ticket:
    """Take it. Claiming twice changes nothing."""

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        if not ticket.claim(who.id, desk.at()):
            return ()
        return [_told(ticket, "claim", say_who("{who} has taken this on.", who))]

    return change(desk, who, workspace, name, Ability.CLAIM, verb)


def answer(desk: Desk, who: Person, workspace: str, name: str, text: str, key: str) -> Ticket:
    """Answer in the thread through the bot; counts as the first answer."""

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        at = desk.at()
        ticket.answer(who.id, at)
        uow.log.keep(workspace, ticket.number, Entry(who.id, text, at, f"by-form:{key}"))
        words = say("{who} answers {asker}: {text}", who=Mention(who.id), asker=Mention(ticket.requester), text=text)
        return [thread_post(ticket, f"answer:{key}", Card(text=words)), *told_directly(ticket, key, (text,))]

    return change(desk, who, workspace, name, Ability.ANSWER, verb)


def wait(
    desk: Desk, who: Person, workspace: str, name: str, why: str = "", whom: WaitingFor = WaitingFor.REQUESTER
) -> Ticket:
    """Put it on hold until the requester answers, and ask them; or until somebody else does."""

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        if not ticket.wait(whom, who.id, desk.at(), why):
            return ()
        words = say(
            "{asker}, IT needs something from you before it can go on{why}"
            if whom is WaitingFor.REQUESTER
            else "{who} waits for the {whom} before this can go on{why}",
            asker=Mention(ticket.requester),
            who=Mention(who.id),
            whom=whom.value,
            why=f": {why}" if why else ".",
        )
        asked = told_directly(ticket, f"wait:{ticket.revision}", (why or "IT needs something from you.",))
        return [_told(ticket, "wait", Card(text=words)), *(asked if whom is WaitingFor.REQUESTER else ())]

    return change(desk, who, workspace, name, Ability.WAIT, verb)


def resume(desk: Desk, who: Person, workspace: str, name: str) -> Ticket:
    """Go on after a wait."""

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        ticket.resume(who.id, desk.at())
        return ()

    return change(desk, who, workspace, name, Ability.WAIT, verb)


def resolve(desk: Desk, who: Person, workspace: str, name: str, outcome: str) -> Ticket:
    """Close it with an outcome in words, and tell the requester."""

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        _require_all_signed(uow, ticket)
        ticket.resolve(outcome, who.id, desk.at())
        judge_ticket(uow, ticket, YES, desk.at())
        words = say(
            "{who} closed {name} for {asker}: {outcome}",
            who=Mention(who.id),
            name=Strong(ticket.name),
            asker=Mention(ticket.requester),
            outcome=outcome,
        )
        note = say("Not done? Press Reopen on the card.")
        return [_told(ticket, "resolve", Card(text=words, buttons=rating_buttons(ticket), note=note))]

    return change(desk, who, workspace, name, Ability.RESOLVE, verb)


def reopen(desk: Desk, who: Person, workspace: str, name: str) -> Ticket:
    """Take up a finished ticket again, for what this person wrote in its thread since; its liaison is called."""

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        why = said_since(uow, ticket, who.id)
        if not ticket.reopen(who.id, desk.at(), why):
            return ()
        judge_ticket(uow, ticket, "", desk.at())
        reason = f": “{why}”" if why else ""
        told = say("{who} reopened this{reason}", who=Mention(who.id), reason=reason or ".")
        called = pings(ticket, say("{who} reopened it{reason}", who=Mention(who.id), reason=reason))
        return [_told(ticket, "reopen", Card(text=told)), *(called[1:] if ticket.liaison not in {"", who.id} else ())]

    return change(desk, who, workspace, name, Ability.REOPEN, verb)


def reassign(desk: Desk, who: Person, workspace: str, name: str, to: Person) -> Ticket:
    """Give it to somebody else of the IT side, who is pinged. Raises Invalid for anybody else."""
    may = bool(desk.writer and check_ability(desk, workspace, who.id, name, Ability.REASSIGN))
    short = in_short(desk, workspace, number_of(name)) if may else ()

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        check_liaison(uow, ticket, to)
        if not ticket.assign(to.id, desk.at(), who.id, "reassigned"):
            return ()
        return [*pings(ticket, say("{who} handed it to you", who=Mention(who.id))), handover_post(uow, ticket, short)]

    return change(desk, who, workspace, name, Ability.REASSIGN, verb)


def dismiss(desk: Desk, who: Person, workspace: str, name: str) -> Ticket:
    """It was no request after all: withdraw it, and keep the judgement if it had been detected."""

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        at = desk.at()
        if not ticket.dismiss(who.id, at, "not this"):
            return ()
        judge_ticket(uow, ticket, NO, at)
        if ticket.intake is not Intake.DETECTED:
            return ()
        forget_in_use(uow, ticket)
        return _first_pings_taken_back(uow, ticket)

    return change(desk, who, workspace, name, Ability.DISMISS, verb)


def keep_note(desk: Desk, who: Person, workspace: str, name: str, text: str) -> Ticket:
    """Keep a remark for the IT side. It never appears in the thread."""

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        at = desk.at()
        ticket.note(who.id, at)
        uow.log.keep(workspace, ticket.number, Entry(who.id, text, at, internal=True))
        return ()

    return change(desk, who, workspace, name, Ability.NOTE, verb)


def say_who(template: str, who: Person) -> Card:
    """A one-line card about somebody."""
    return Card(text=say(template, who=Mention(who.id)))


def _first_pings_taken_back(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
    """Whoever was called when it was opened reads that it was none."""
    opening, *others = uow.log.events(ticket.workspace, ticket.number)
    called = next((one.data["to"] for one in others if one.what is What.ASSIGNED and one.at == opening.at), "")
    return pings_taken_back(ticket, called) if called else ()


def _told(ticket: Ticket, what: str, card: Card) -> Post:
    return thread_post(ticket, f"{what}:{ticket.revision}", card)


def check_ability(desk: Desk, workspace: str, actor: str, name: str, ability: Ability) -> str:
    """The ticket's name, if the person may do this with it now; raises NotAllowed, Conflict or NotFound."""
    who = desk.person(workspace, actor)
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        require(ability, ticket, actor, uow.workspaces.roles(workspace).of(actor), is_guest=who.is_guest)
    _require_open(ability, ticket)
    return ticket.name


def _require_all_signed(uow: UnitOfWork, ticket: Ticket) -> None:
    subjects = (subject_of(ticket.number), risk_of(ticket.number))
    asked = [one for subject in subjects for one in uow.signoffs.of(ticket.workspace, subject)]
    waiting = ", ".join(dict.fromkeys(ROLE_WORDS[one.role] for one in asked if one.said is None))
    if waiting:
        raise Conflict(
            f"A sign-off is still open ({waiting}), so {ticket.name} can't be closed yet. "
            "Change the review, or decide again."
        )


def _require_open(ability: Ability, ticket: Ticket) -> None:
    if ability in NEED_OPEN and ticket.is_finished:
        raise Conflict(f"{ticket.name} is {STATE_WORDS[ticket.state]} already. Press Reopen on its card first.")
