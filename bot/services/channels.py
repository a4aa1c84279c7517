"""Which channels the bot listens in, and what was agreed for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.errors import Invalid, NotAllowed, NotFound
from bot.domain.people import Person, Role, on_both_ladders
from bot.domain.workspace import WEEKDAYS, Channel, Roles
from bot.messages import (
    Address,
    Button,
    Card,
    Form,
    Mention,
    Post,
    Request,
    Style,
    Text,
    say,
)
from bot.messages import Channel as ChannelName
from bot.ports import UnitOfWork
from bot.services.agreement import SETUP, Agreement, agreement_form, agreement_of
from bot.services.desk import Desk
from bot.services.model_use import note_writing, writing_field
from bot.services.people.introductions import Change, delegate_of, introduce, pair_for
from bot.services.sla.calendars import note_zone
from bot.services.sla.ladder import wake

LEARNS = (
    "From now on I learn from your answers here: the text of messages that somebody judged (yes, no, Not this, "
    "closed) is kept for a year, on our own server. /itcheck setup switches it off."
)
LEARNS_NO_MORE = "I no longer learn from your answers here. The texts kept for it are wiped."


def setup_form(desk: Desk, request: Request) -> Form:
    """The form for a channel, prefilled with what stands. Raises NotAllowed for who may not."""
    if request.is_direct or not request.conversation:
        raise Invalid("Type /itcheck setup in the channel it is for, so that I know which one you mean.")
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        channel = uow.workspaces.channel(request.workspace, request.conversation)
        roles = uow.workspaces.roles(request.workspace)
    if not may_set_up(who, roles):
        raise NotAllowed(f"Only an admin can set this up. Please ask {admin_name(desk, request.workspace, roles)}.")
    members = desk.directory.members(request.workspace, request.conversation)
    known = channel or Channel(request.workspace, request.conversation, zone=who.zone)
    colleagues = [person for person in members if not person.is_guest]
    writing = writing_field(desk, request)
    return agreement_form(known, roles, colleagues, sends_out=desk.second_opinion is not None, writing=writing)


def set_up(desk: Desk, request: Request) -> Card:
    """Make a channel a marketing channel with the agreement of the form."""
    conversation = request.context["conversation"]
    agreement = agreement_of(request.values)
    _require_colleagues(desk, request, agreement)
    who = desk.person(request.workspace, request.actor)
    name = desk.directory.channel_name(request.workspace, conversation)
    meets = delegate_of(desk, request.workspace, conversation) or agreement.marketing_manager
    pair = pair_for(desk, request.workspace, agreement.liaison, meets)
    with desk.unit_of_work() as uow:
        roles = uow.workspaces.roles(request.workspace)
        if not may_set_up(who, roles):
            raise NotAllowed("Only an admin can set this up.")
        before = uow.workspaces.channel(request.workspace, conversation) or Channel(request.workspace, conversation)
        channel = _agreed(before, agreement, name, request)
        uow.workspaces.save_channel(channel)
        note_zone(uow, before, channel)
        if not channel.learning:
            uow.labels.forget(channel.workspace, channel.id)
        _give_roles(uow, request, agreement, roles)
        uow.outbox.put(_announced(before, channel, request.key))
        if before.set_up_at is not None:
            change = Change(before, channel, request.key, desk.at())
            uow.outbox.put(introduce(uow, desk, pair, change))
        note_writing(uow, request, channel, agreement.writing)
    return Card(text=say("{channel} is set up as you said.", channel=ChannelName(conversation)))


def offer_setup(desk: Desk, request: Request) -> None:
    """Invited to a channel: wake what waited for it, and offer the set-up to whoever invited us."""
    name = desk.directory.channel_name(request.workspace, request.conversation)
    with desk.unit_of_work() as uow:
        uow.outbox.wake(request.workspace)
        channel = uow.workspaces.channel(request.workspace, request.conversation)
        if channel is not None and channel.set_up_at is not None:
            uow.workspaces.save_channel(replace(channel, listening=True, name=name))
            return
        uow.workspaces.save_channel(Channel(request.workspace, request.conversation, name))
        if request.actor:
            uow.outbox.put([_offer(request, name)])


def furnish(uow: UnitOfWork, channel: Channel, holders: Mapping[Role, Sequence[str]]) -> None:
    """Set a channel up with its people at once, as the sandbox does. The channel is greeted."""
    uow.workspaces.save_channel(channel)
    for role, people in holders.items():
        uow.workspaces.give(channel.workspace, role, people)
    uow.outbox.put([_hello(channel, "furnished")])


def leave(desk: Desk, request: Request) -> None:
    """Removed from a channel: stop listening there; what was agreed is kept for when we are back."""
    with desk.unit_of_work() as uow:
        channel = uow.workspaces.channel(request.workspace, request.conversation)
        if channel is not None and channel.listening:
            uow.workspaces.save_channel(replace(channel, listening=False))


def may_set_up(who: Person, roles: Roles) -> bool:
    """Admins of the chat or of the bot; until one is named, the first member who asks."""
    if who.is_guest or who.is_bot:
        return False
    admins = roles.holders.get(Role.ADMIN, ())
    return who.is_admin or not admins or who.id in admins


def admin_name(desk: Desk, workspace: str, roles: Roles) -> str:
    """What the admin is called, for whoever has to ask them. Asks the chat."""
    admin = roles.first(Role.ADMIN)
    try:
        return desk.person(workspace, admin).name if admin else "the person who added me"
    except NotFound:
        return "the person who added me"


def _require_colleagues(desk: Desk, request: Request, agreement: Agreement) -> None:
    """Whoever is named must be a colleague who is there. Raises Invalid for the first who is not."""
    for key in ("liaison", "it_manager", "marketing_manager"):
        named: str = getattr(agreement, key)
        try:
            person = desk.person(request.workspace, named)
        except NotFound:
            words = f"I can't find “{named[:40]}” here. Please pick somebody, or type a mention: @name."
            raise Invalid(words, key) from None
        if person.is_guest or person.is_bot or person.is_gone:
            raise Invalid(f"{person.name} can't do that: please choose a colleague who is here, no guest or bot.", key)


def _agreed(channel: Channel, agreement: Agreement, name: str, request: Request) -> Channel:
    return replace(
        channel,
        name=name,
        listening=True,
        liaison=agreement.liaison,
        zone=agreement.zone,
        sync_weekday=agreement.sync_weekday,
        sync_hour=agreement.sync_hour,
        sensitivity=agreement.sensitivity,
        reaction=agreement.reaction,
        set_up_at=request.at,
        learning=agreement.learning,
    )


def _give_roles(uow: UnitOfWork, request: Request, agreement: Agreement, roles: Roles) -> None:
    workspace = request.workspace
    managers = {Role.IT_MANAGER: (agreement.it_manager,), Role.MARKETING_MANAGER: (agreement.marketing_manager,)}
    if on_both_ladders({**roles.holders, **managers}) - on_both_ladders(roles.holders):
        raise Invalid("One person can't answer for both sides. /itcheck people shows who is who.")
    liaisons = [*roles.holders.get(Role.LIAISON, ()), agreement.liaison]
    uow.workspaces.give(workspace, Role.LIAISON, list(dict.fromkeys(liaisons)))
    for role, people in managers.items():
        uow.workspaces.give(workspace, role, people)
    wake(uow, workspace, request.at)
    if not roles.holders.get(Role.ADMIN):
        uow.workspaces.give(workspace, Role.ADMIN, [request.actor])


def _announced(before: Channel, channel: Channel, occasion: str) -> list[Post]:
    """What the channel is told: a greeting the first time, that it learns."""
    posts = [_hello(channel, occasion)] if before.set_up_at is None else []
    if before.learning != channel.learning:
        words = say(LEARNS if channel.learning else LEARNS_NO_MORE)
        posts.append(_notice(channel, f"learning:{channel.id}:{occasion}", words))
    return posts


def _notice(channel: Channel, key: str, words: Text) -> Post:
    return Post(channel.workspace, key, Address(channel.id), Card(text=words), lane=key)


def _hello(channel: Channel, occasion: str) -> Post:
    when = f"{WEEKDAYS[channel.sync_weekday]}s at {channel.sync_hour:02d}:00"
    card = Card(
        text=say(
            "Hello! I'm the IT liaison of this channel. When you talk about a new tool or a campaign, I bring in "
            "{liaison} from IT before it gets expensive. Or ask: /itcheck new-tool, /itcheck campaign, /itcheck ask.",
            liaison=Mention(channel.liaison),
        ),
        note=say(
            "Weekly sync agenda: {when}. Messages that are neither tool nor campaign are not stored.",
            when=when,
        ),
    )
    key = f"hello:{channel.id}:{occasion}"
    return Post(channel.workspace, key, Address(channel.id), card, lane=key)


def _offer(request: Request, name: str) -> Post:
    text: Text = say(
        "Thanks for the invitation to {channel}. Shall I listen there for new tools and campaigns? "
        "Type /itcheck setup in it, or start here.",
        channel=ChannelName(request.conversation),
    )
    button = Button(f"Set up #{name}"[:70] if name else "Set it up", SETUP, request.conversation, Style.PRIMARY)
    key = f"offer:{request.conversation}:{request.key}"
    return Post(request.workspace, key, Address(person=request.actor), Card(text=text, buttons=(button,)), lane=key)
