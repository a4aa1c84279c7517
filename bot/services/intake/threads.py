"""A message as it is understood: a reply that may take its meaning from its thread is judged with it."""

from __future__ import annotations

from dataclasses import replace

import structlog

from bot.domain.detection import Detection
from bot.domain.errors import LiaisonError
from bot.messages import Request
from bot.services.desk import Desk
from bot.services.intake.judgements import THREAD, was_noted
from bot.services.intake.wishes import heard

LEANS_FROM = 0.1  # a reply this likely alone may well be one with its thread
MOST_CHARACTERS = 1_500  # of the thread that are read: its beginning is the first half, the rest its end

log = structlog.get_logger()


def understood(desk: Desk, request: Request) -> tuple[Request, Detection]:
    """What a message is taken for; where its thread was read, the request comes back with it.

    The thread is asked of the chat, and only for replies to which it could matter; if the chat does not answer
    soon, the reply speaks for itself. Never call it inside a unit of work.
    """
    alone = desk.detector.detect(heard(request))
    if not _may_lean(desk, request, alone):
        return request, alone
    return _with_thread(desk, request, alone)


def understood_when_pointed_at(desk: Desk, request: Request) -> tuple[Request, Detection]:
    """The same for a message somebody wants a ticket for: a reply is always read with its thread."""
    alone = desk.detector.detect(heard(request))
    return _with_thread(desk, request, alone) if request.thread else (request, alone)


def _may_lean(desk: Desk, request: Request, alone: Detection) -> bool:
    """Once something was made of the beginning of a thread, its replies speak for themselves."""
    if not request.thread or request.is_direct:
        return False
    likely = max(alone.confidence.values(), default=0.0) >= LEANS_FROM
    if not likely and not desk.detector.leans_on_thread(heard(request)):
        return False
    with desk.look() as uow:
        return not was_noted(uow, request.workspace, request.conversation, request.thread)


def _with_thread(desk: Desk, request: Request, alone: Detection) -> tuple[Request, Detection]:
    before = _thread_before(desk, request)
    if not before:
        return request, alone
    request = replace(request, context={**request.context, THREAD: before})
    return request, desk.detector.detect(heard(request))


def _thread_before(desk: Desk, request: Request) -> str:
    """What people wrote before it, oldest first, empty if the chat does not say."""
    try:
        said = desk.directory.thread(request.workspace, request.conversation, request.thread, request.message)
    except LiaisonError as error:
        log.info("thread_unread", request=request.key, why=error.words)
        return ""
    text = "\n".join(one.text for one in said if not one.by_bot and one.text)
    half = MOST_CHARACTERS // 2
    return text if len(text) <= MOST_CHARACTERS else f"{text[:half]}\n{text[-half:]}"
