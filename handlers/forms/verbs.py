"""The submitted forms of a ticket's buttons: answer, wait, resolve, reassign, escalate and its answer, note."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.escalation import BY_HAND, Reason
from bot.domain.people import Person
from bot.domain.ticket import WaitingFor
from bot.messages import NOTHING, Reply, Request
from bot.services.agreement import person_in
from bot.services.desk import Desk
from bot.services.sla import escalation
from bot.services.tickets import tickets

TEXT_MOST = 3000
REQUIRED = {
    "answer": ("text",),
    "wait": (),
    "resolve": ("text",),
    "reassign": ("liaison",),
    "escalate": ("reason", "text"),
    "note": ("text",),
    "answer_escalation": ("text",),
}


def check(request: Request) -> Mapping[str, str]:
    """What is missing or too long, by field."""
    errors = {key: "Please fill this in." for key in REQUIRED[request.name] if not request.values.get(key, "").strip()}
    for key, value in request.values.items():
        if len(value) > TEXT_MOST:
            errors[key] = f"Please use at most {TEXT_MOST} characters; this has {len(value)}."
    if request.name == "escalate" and "reason" not in errors and request.values["reason"] not in BY_HAND:
        errors["reason"] = "Please choose what it is about."
    if request.values.get("whom", "") not in {"", *WaitingFor}:
        errors["whom"] = "Please choose one of them."
    if request.name == "reassign" and "liaison" not in errors and not person_in(request.values["liaison"]):
        errors["liaison"] = "Please choose somebody, or type a mention like @name."
    return errors


def answer(desk: Desk, request: Request) -> Reply:
    """Answer in the thread."""
    tickets.answer(desk, *_who_and_what(desk, request), _text(request), request.key)
    return NOTHING


def wait(desk: Desk, request: Request) -> Reply:
    """Wait for the requester or somebody else."""
    whom = WaitingFor(request.values.get("whom") or WaitingFor.REQUESTER)
    tickets.wait(desk, *_who_and_what(desk, request), _text(request), whom)
    return NOTHING


def resolve(desk: Desk, request: Request) -> Reply:
    """Close it with an outcome."""
    tickets.resolve(desk, *_who_and_what(desk, request), _text(request))
    return NOTHING


def reassign(desk: Desk, request: Request) -> Reply:
    """Give it to somebody else."""
    to = desk.person(request.workspace, person_in(request.values["liaison"]))
    tickets.reassign(desk, *_who_and_what(desk, request), to)
    return NOTHING


def escalate(desk: Desk, request: Request) -> Reply:
    """Call the next one up the ladder."""
    escalation.escalate(desk, *_who_and_what(desk, request), Reason(request.values["reason"]), _text(request))
    return NOTHING


def answer_escalation(desk: Desk, request: Request) -> Reply:
    """Answer what one was asked to step in for."""
    escalation.answer_escalation(desk, *_who_and_what(desk, request), _text(request), request.key)
    return NOTHING


def note(desk: Desk, request: Request) -> Reply:
    """Keep an internal remark."""
    tickets.keep_note(desk, *_who_and_what(desk, request), _text(request))
    return NOTHING


def _who_and_what(desk: Desk, request: Request) -> tuple[Person, str, str]:
    return desk.person(request.workspace, request.actor), request.workspace, request.context["ticket"]


def _text(request: Request) -> str:
    return request.values.get("text", "").strip()
