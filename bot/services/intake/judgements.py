"""Keeping what was made of messages and what people said of it; with the words only where a channel learns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.detection import Action, Detection
from bot.domain.judgement import WORDS_KEPT, YES, Judgement, Period, Tally, by_period
from bot.domain.ticket import Intake, Ticket
from bot.messages import Request
from bot.ports import UnitOfWork
from bot.services.desk import Desk

THREAD = "thread_before"  # where a request keeps the messages before it, if they were read


def note(uow: UnitOfWork, request: Request, detection: Detection, labels: Iterable[str], action: Action) -> None:
    """Note what was done about a message. Its words are kept only if a ticket came of it where the channel learns."""
    words = _words(uow, request) if action is Action.OPEN else ("", "")
    for label in labels:
        sure = detection.confidence.get(label, 0.0)
        known = _known(uow, request.workspace, request.conversation, request.message, label)
        if known is None or not known.said:
            place = (request.workspace, request.conversation, request.message)
            uow.labels.keep(Judgement(*place, label, action, sure, request.at, text=words[0], context=words[1]))


def judge_message(uow: UnitOfWork, request: Request, labels: Iterable[str], said: str, at: datetime) -> None:
    """Somebody said whether a message was what we took it for."""
    text, context = _words(uow, request)
    for label in labels:
        known = _known(uow, request.workspace, request.conversation, request.message, label)
        if known is None:
            place = (request.workspace, request.conversation, request.message)
            known = Judgement(*place, label, Action.ASK, 0.0, request.at)
        _keep(uow, known.judged(said, at), text, context)


def judge_ticket(uow: UnitOfWork, ticket: Ticket, said: str, at: datetime) -> None:
    """What became of a detected ticket says whether it was one: settled (yes), withdrawn (no), taken back (empty)."""
    place = ticket.place
    if ticket.intake is not Intake.DETECTED or not place.message:
        return
    known = _known(uow, ticket.workspace, place.conversation, place.message, ticket.kind)
    if known is None:
        where = (ticket.workspace, place.conversation, place.message)
        known = Judgement(*where, ticket.kind, Action.OPEN, 0.0, ticket.opened_at)
    _keep(uow, known.judged(said, at), _text_of(uow, ticket), known.context)


def note_missed(uow: UnitOfWork, request: Request, detection: Detection, kind: str) -> None:
    """Somebody opened a ticket for a message that we had heard and ignored."""
    channel = uow.workspaces.channel(request.workspace, request.conversation)
    if channel is None or not channel.listening or not request.message:
        return
    if not _known(uow, request.workspace, request.conversation, request.message, kind):
        place = (request.workspace, request.conversation, request.message)
        sure = detection.confidence.get(kind, 0.0)
        missed = Judgement(*place, kind, Action.IGNORE, sure, request.at).judged(YES, request.at)
        _keep(uow, missed, *_words(uow, request))


def follow_words(uow: UnitOfWork, request: Request) -> None:
    """A message was edited: of what was learnt only its new words stay."""
    for one in uow.labels.of(request.workspace, request.conversation, request.message):
        if one.text:
            uow.labels.keep(replace(one, text=request.text))


def was_noted(uow: UnitOfWork, workspace: str, conversation: str, message: str) -> bool:
    """True if a ticket was opened or a question asked for a message before."""
    return bool(uow.labels.of(workspace, conversation, message))


def forget_words(desk: Desk) -> bool:
    """Wipe the words of what was judged a year ago."""
    with desk.unit_of_work() as uow:
        uow.labels.forget(before=desk.at() - WORDS_KEPT)
    return False


def judged_precision(uow: UnitOfWork, since: datetime) -> Mapping[Period, Tally]:
    """How detection did since a time, by channel and week."""
    found = uow.labels.since(since)
    places = {(one.workspace, one.conversation) for one in found}
    channels = {place: uow.workspaces.channel(*place) for place in places}
    return by_period(found, {place: channel.tz for place, channel in channels.items() if channel})


def _known(uow: UnitOfWork, workspace: str, conversation: str, message: str, label: str) -> Judgement | None:
    return next((one for one in uow.labels.of(workspace, conversation, message) if one.label == label), None)


def _keep(uow: UnitOfWork, judgement: Judgement, text: str, context: str) -> None:
    """With the words, if the channel learns and somebody has said something."""
    if judgement.said and _learns(uow, judgement.workspace, judgement.conversation):
        judgement = replace(judgement, text=judgement.text or text, context=judgement.context or context)
    uow.labels.keep(judgement)


def _words(uow: UnitOfWork, request: Request) -> tuple[str, str]:
    """The text and the thread before it, empty unless the channel learns."""
    if not _learns(uow, request.workspace, request.conversation):
        return "", ""
    return request.text, request.context.get(THREAD, "")


def _learns(uow: UnitOfWork, workspace: str, conversation: str) -> bool:
    channel = uow.workspaces.channel(workspace, conversation)
    return channel is not None and channel.learning


def _text_of(uow: UnitOfWork, ticket: Ticket) -> str:
    """What the message a ticket came from says, empty if it was deleted."""
    entries = uow.log.entries(ticket.workspace, ticket.number)
    return next((one.text for one in entries if one.message == ticket.place.message), "")
