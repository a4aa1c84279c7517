"""How a request becomes a ticket: one way in for commands, forms, shortcuts, reactions, mentions and detection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.catalogue import Market, unlisted
from bot.domain.catalogue import topic as topic_of
from bot.domain.errors import Conflict
from bot.domain.kinds import NEW_TOOL, QUESTION, kind_of
from bot.domain.ticket import Entry, Intake, Place, Ticket
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Mention, Post, say
from bot.messages import Channel as ChannelName
from bot.ports import TicketFilter, UnitOfWork
from bot.services.campaigns.namesakes import fill_gaps, namesake_post, same_or_namesake
from bot.services.campaigns.short_notice import short_notices
from bot.services.notifications import first_card, fresh_card, pings, thread_post
from bot.services.sla.sla import agreed_for, channel_of, follow, save_clocks
from bot.services.tickets.assignment import assign
from bot.services.tickets.cards import state_words, ticket_link
from bot.services.tools.catalogue import canonical_topic, known_facts, note_in_use

TITLE_MOST = 120
NO_CHANNEL = (
    "There is no marketing channel set up yet, so a ticket would have no home. "
    "Type /itcheck setup in your marketing channel first."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a ticket for. `place` is where the request stands; `text` the message it came from.

    `topic` is what it is looked up by; open_ticket works it out."""

    workspace: str
    kind: str
    title: str
    requester: str
    place: Place
    at: datetime
    intake: Intake
    facts: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    files: tuple[str, ...] = ()
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The ticket a wish led to: whether it is new, and if not, whether who wished for it was added to it now."""

    ticket: Ticket
    is_new: bool
    has_joined: bool = False


def open_ticket(uow: UnitOfWork, wish: Wish, market: Market = unlisted) -> Opened:
    """Open a ticket, or join the open one about the same thing. Raises Conflict if there is no channel for it.

    A tool is looked up in the catalogue, and for its category on the `market`: the ticket names what is
    approved, and its liaison is chosen by the category.
    """
    uow.lock_intake(wish.workspace)
    wish = _looked_up(uow, wish, market)
    known = _same_message(uow, wish)
    if known is not None:
        return Opened(known, is_new=False)
    same, namesake = _same_topic(uow, wish)
    if same is not None:
        return _join(uow, same, wish)
    channel = _home(uow, wish)
    ticket = _new_ticket(wish, channel)
    why = assign(uow, ticket, channel, _categories(wish, market))
    clocks = follow(ticket, (), agreed_for(uow, ticket, channel))
    events = tuple(ticket.pending)
    ticket = uow.tickets.add(ticket)
    if wish.kind == NEW_TOOL.key and wish.intake is Intake.DETECTED:
        note_in_use(uow, wish.workspace, wish.title, market)
    save_clocks(uow, ticket, clocks, channel)
    if wish.place.message:
        entry = Entry(wish.requester, wish.text, wish.at, wish.place.message, wish.files)
        uow.log.keep(ticket.workspace, ticket.number, entry)
    uow.outbox.put([first_card(ticket, clocks, channel), *(pings(ticket, why) if ticket.liaison else ())])
    if namesake is not None:
        uow.outbox.put([namesake_post(ticket, namesake)])
    uow.outbox.put(short_notices(ticket, events, channel.zone))
    return Opened(ticket, is_new=True)


def follow_along(uow: UnitOfWork, ticket: Ticket, person: str, at: datetime, why: str) -> bool:
    """Add somebody who needs the same to a locked ticket; its card and its thread say so. False if they were on it."""
    if not ticket.join(person, at, why):
        return False
    uow.tickets.save(ticket)
    words = say("{who} asked for the same and follows along now.", who=Mention(person))
    clocks = uow.clocks.of(ticket.workspace, ticket.number)
    card = fresh_card(ticket, clocks, channel_of(uow, ticket))
    uow.outbox.put([card, thread_post(ticket, f"joined:{person}", Card(text=words))])
    return True


def opened_words(opened: Opened) -> Card:
    """What the person who asked is told, for their eyes only."""
    ticket = opened.ticket
    if opened.is_new:
        return Card(
            text=say(
                "{link} is open: “{title}”. IT answers in {channel}.",
                link=ticket_link(ticket),
                title=ticket.title,
                channel=ChannelName(ticket.place.conversation),
            )
        )
    return Card(
        text=say(
            "{link} is already about this ({state}).{joined} Follow it there.",
            link=ticket_link(ticket),
            state=state_words(ticket),
            joined=" I added you to it." if opened.has_joined else "",
        )
    )


def shorten(text: str, most: int = TITLE_MOST) -> str:
    """One line of at most `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def topic_for(kind: str, title: str) -> str:
    """What makes two requests the same one: kind and name. Questions are always their own."""
    return "" if kind == QUESTION.key else topic_of(title)


def starts_on(facts: Mapping[str, str]) -> date | None:
    """The first day of a campaign, if it is known."""
    try:
        return date.fromisoformat(facts["start"])
    except (KeyError, ValueError):
        return None


def _looked_up(uow: UnitOfWork, wish: Wish, market: Market) -> Wish:
    if wish.kind != NEW_TOOL.key:
        return replace(wish, topic=topic_for(wish.kind, wish.title))
    facts = {**wish.facts, **known_facts(uow, wish.workspace, wish.title, market)}
    return replace(wish, facts=facts, topic=canonical_topic(uow, wish.workspace, wish.title, market))


def _same_message(uow: UnitOfWork, wish: Wish) -> Ticket | None:
    if not wish.place.message:
        return None
    wanted = TicketFilter(
        source_message=wish.place.message, conversation=wish.place.conversation, kind=wish.kind, limit=1
    )
    found = uow.tickets.search(wish.workspace, wanted)
    return found[0] if found else None


def _same_topic(uow: UnitOfWork, wish: Wish) -> tuple[Ticket | None, Ticket | None]:
    if not wish.topic:
        return None, None
    return same_or_namesake(uow, wish.workspace, wish.kind, wish.topic, starts_on(wish.facts))


def _join(uow: UnitOfWork, ticket: Ticket, wish: Wish) -> Opened:
    ticket = uow.tickets.get(ticket.workspace, ticket.number)
    fill_gaps(uow, ticket, dict(wish.facts), wish.requester, wish.at)
    joined = follow_along(uow, ticket, wish.requester, wish.at, f"asked for the same ({wish.intake})")
    if wish.place.message and wish.place.thread != ticket.place.thread:
        uow.outbox.put([_pointer(ticket, wish)])
    return Opened(ticket, is_new=False, has_joined=joined)


def _pointer(ticket: Ticket, wish: Wish) -> Post:
    """A reply where the request was made, that points to the ticket it joined."""
    text = say(
        "{link} is already about this ({state}), with {liaison}. Let's keep it in one place.",
        link=ticket_link(ticket),
        state=state_words(ticket),
        liaison=(Mention(ticket.liaison),) if ticket.liaison else ("IT",),
    )
    key = f"{ticket.name}:pointer:{wish.place.message}"
    to = Address(wish.place.conversation, wish.place.thread)
    return Post(ticket.workspace, key, to, Card(text=text), lane=key)


def _home(uow: UnitOfWork, wish: Wish) -> Channel:
    """The channel a ticket lives in: where it was asked, if it has a message there, else a marketing channel."""
    here = uow.workspaces.channel(wish.workspace, wish.place.conversation)
    if here is not None and here.listening:
        return here
    listening = uow.workspaces.listening(wish.workspace)
    if not listening:
        raise Conflict(NO_CHANNEL)
    return listening[0]


def _categories(wish: Wish, market: Market) -> str:
    names = wish.title.split(", ") if wish.kind == NEW_TOOL.key else ()
    return " ".join(dict.fromkeys(tool.use or tool.category for name in names if (tool := market(name))))


def _new_ticket(wish: Wish, home: Channel) -> Ticket:
    place = wish.place if wish.place.message else Place(home.id)
    title = shorten(wish.title) or kind_of(wish.kind).title
    ticket = Ticket(
        workspace=wish.workspace,
        kind=wish.kind,
        title=title,
        topic=wish.topic,
        requester=wish.requester,
        place=place,
        opened_at=wish.at,
        intake=wish.intake,
        facts=dict(wish.facts),
        starts_on=starts_on(wish.facts),
    )
    ticket.open()
    return ticket
