"""From a request to its handler."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from bot.domain.errors import Conflict, Invalid
from bot.messages import NOTHING, Came, Reply, Request
from bot.services.desk import Desk
from handlers.commands import free
from handlers.parts import Command, Handler
from handlers.registry import ACTIONS, COMMANDS, FORMS, HAPPENINGS, SHORTCUTS

COMMAND_OF = {word: command for command in COMMANDS for word in (command.name, *command.aliases)}
ACTION_OF = {action.name: action for action in ACTIONS}
FORM_OF = {form.name: form for form in FORMS}
SHORTCUT_OF = {shortcut.name: shortcut for shortcut in SHORTCUTS}
ON_THE_CARD = frozenset({"answer", "cancel", "claim", "close", "reopen", "resolve", "withdraw"})
MEANT = 0.8  # how near a word comes to a command that is only misspelt
HAPPENING_OF = {happening.came: happening for happening in HAPPENINGS}


def route(desk: Desk, request: Request) -> Reply:
    """Handle one request. Errors carry the words for the person; what nobody handles is ignored."""
    handle = _handler(request)
    return handle(desk, request) if handle else NOTHING


def opens_form(request: Request) -> bool:
    """True if the answer will be a form, so that the edge opens it at once."""
    if request.came is Came.COMMAND:
        command = COMMAND_OF.get(request.name)
        return command is not None and command.opens_form(request)
    if request.came is Came.ACTION:
        action = ACTION_OF.get(request.name)
        return action is not None and action.opens_form(request)
    return False


def check_form(request: Request) -> Mapping[str, str]:
    """The errors of a submitted form, by field; empty if it may be taken."""
    form = FORM_OF.get(request.name)
    return form.check(request) if form else {}


def _handler(request: Request) -> Handler | None:
    if request.came is Came.COMMAND:
        return free.handle if _is_question(request) else _command(request).handle
    if request.came is Came.ACTION:
        return _action(request)
    if request.came is Came.FORM:
        return FORM_OF[request.name].handle if request.name in FORM_OF else None
    if request.came is Came.SHORTCUT:
        return SHORTCUT_OF[request.name].handle if request.name in SHORTCUT_OF else None
    return HAPPENING_OF[request.came].handle if request.came in HAPPENING_OF else None


def _is_question(request: Request) -> bool:
    """A sentence that asks something, without the command for it in front."""
    is_meant = difflib.get_close_matches(request.name, COMMAND_OF, n=1, cutoff=MEANT)
    return not is_meant and free.is_question(request)


def _action(request: Request) -> Handler:
    action = ACTION_OF.get(request.name)
    if action is None:
        raise Conflict("This button is from an older version. Open the ticket's card again.")
    return action.handle


def _command(request: Request) -> Command:
    word = request.name or "help"
    command = COMMAND_OF.get(word)
    if command is not None:
        return command
    if word in ON_THE_CARD:
        raise Invalid(f"To {word} a ticket, press the button on its card: /itcheck status IT-12 leads to its thread.")
    near = difflib.get_close_matches(word, COMMAND_OF, n=1, cutoff=0.6)
    hint = f"Did you mean /itcheck {near[0]}?" if near else "Type /itcheck help to see what I can do."
    raise Invalid(f"I don't know “{word[:40]}”. {hint}")
