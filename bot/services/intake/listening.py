"""What the bot does with what it hears: a ticket at once, a private question to the author, or silence."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.detection import Action, Detection, Sensitivity, decide, opened_labels
from bot.domain.ticket import Intake, Ticket
from bot.domain.workspace import Channel
from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.intake.intake import Opened, open_ticket
from bot.services.intake.judgements import note, note_missed
from bot.services.intake.questions import ask_author
from bot.services.intake.threads import understood, understood_when_pointed_at
from bot.services.intake.wishes import heard, wishes

TICKET_REACTION = "ticket"


def whereabouts(desk: Desk, request: Request) -> tuple[Ticket | None, Channel | None]:
    """The ticket whose thread a message is in, and the channel it is in, as far as we know them."""
    with desk.look() as uow:
        channel = uow.workspaces.channel(request.workspace, request.conversation)
        if not request.thread:
            return None, channel
        return uow.tickets.in_thread(request.workspace, request.conversation, request.thread), channel


def opening_reaction(desk: Desk, request: Request) -> str:
    """The reaction that opens a ticket where the request comes from."""
    with desk.look() as uow:
        channel = uow.workspaces.channel(request.workspace, request.conversation)
    return channel.reaction if channel else TICKET_REACTION


def hear(desk: Desk, request: Request, channel: Channel) -> Reply:
    """A message in a marketing channel that is not part of a ticket's thread."""
    request, detection = taken_for(desk, request, channel)
    return act_on(desk, request, channel, detection)


def taken_for(desk: Desk, request: Request, channel: Channel) -> tuple[Request, Detection]:
    """What a message is taken for, all opinions heard; the request comes back with its thread if that was read."""
    request, detection = understood(desk, request)
    if desk.second_opinion:
        sensitivity = Sensitivity(channel.sensitivity)
        detection = desk.second_opinion.weigh(request.workspace, heard(request), detection, sensitivity)
    return request, detection


def act_on(desk: Desk, request: Request, channel: Channel, detection: Detection) -> Reply:
    """Open tickets for what is sure, ask the author about what is likely, keep silent else."""
    sensitivity = Sensitivity(channel.sensitivity)
    action = decide(detection, sensitivity)
    if action is Action.OPEN:
        sure = replace(detection, labels=opened_labels(detection, sensitivity))
        with desk.unit_of_work() as uow:
            for wish in wishes(request, sure, Intake.DETECTED):
                open_ticket(uow, wish, desk.market)
            note(uow, request, sure, sure.labels, action)
        return NOTHING
    if action is Action.ASK:
        return ask_author(desk, request, detection)
    return NOTHING


def open_from_message(desk: Desk, request: Request, author: str, text: str, intake: Intake) -> tuple[Opened, ...]:
    """Somebody pointed at a message and wants a ticket for it; what is not detected becomes a question."""
    said, detection = understood_when_pointed_at(desk, replace(request, actor=author, text=text))
    with desk.unit_of_work() as uow:
        opened = tuple(open_ticket(uow, wish, desk.market) for wish in wishes(said, detection, intake))
        if intake in {Intake.SHORTCUT, Intake.REACTION}:
            for one in opened:
                note_missed(uow, said, detection, one.ticket.kind)
    return opened
