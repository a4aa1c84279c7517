"""`/itcheck diligence IT-12 [it|vendor|marketer]`: the questions about a tool that are yours."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.diligence.diligence_form import diligence_form


def opens_form(request: Request) -> bool:
    """Only with a ticket."""
    return bool(request.text.strip())


def handle(desk: Desk, request: Request) -> Reply:
    """The form."""
    return Reply(form=diligence_form(desk, replace(request, value=request.text)))
