"""Asking without one's name: the asker is sealed before anything is stored, and reached again only while it is open.

The seal needs two keys: one made from the installation's secret key, which the database never holds, and one of the
question's own, which is destroyed when its ticket closes.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import fields, replace
from hashlib import sha256
from secrets import token_bytes, token_hex
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.domain.anonymity import PREFIX, Seal, is_anonymous, wants_no_name, without_flag
from bot.domain.errors import LiaisonError, Permanent
from bot.domain.people import Person
from bot.messages import Address, Came, Card, Fact, Form, Line, Mention, Request, Section
from bot.ports import Now, UnitOfWorkFactory

ASKS, FORM, TICK, YES = frozenset({"ask", "question"}), "question", "anonymous", "yes"
REPLY = "anonymous_reply"
SOMEBODY = "somebody who asked anonymously"
GONE = "gone"  # the code by which a post is dropped instead of tried again
KEY_BYTES, NONCE_BYTES, TOKEN_BYTES = 32, 12, 12
HIDDEN_ON = frozenset({"slack"})  # elsewhere what is sent to a person is noted with its time, which would tell
_TICKET = re.compile(r"(?:IT-)?(\d{1,9})", re.IGNORECASE)


class Disguise:
    """Hides who asks and finds them again. `key`: made from the secret key for this purpose alone."""

    def __init__(self, key: bytes, unit_of_work: UnitOfWorkFactory, now: Now) -> None:
        self._key, self._unit_of_work, self._now = key, unit_of_work, now

    def hide(self, request: Request) -> Request:
        """A request as it may be stored: one that asks anonymously, or goes on doing so, without who did it.

        Others come back as they are, also the reply of somebody who did not ask: its handler refuses it.
        """
        if is_asked(request):
            return _without_traces(request, self._sealed(request.workspace, request.actor))
        if request.name == REPLY and request.came in {Came.ACTION, Came.FORM}:
            token = self._token_of(request)
            return _without_traces(request, token) if token else request
        return request

    def reveal(self, workspace: str, person: str) -> str:
        """Who stands behind a token; of a person's id that id. Raises Permanent once the question is closed."""
        if not is_anonymous(person):
            return person
        with self._unit_of_work() as uow:
            seal = uow.seals.get(workspace, person)
        found = _opened(self._key, seal) if seal else ""
        if not found:
            raise Permanent("Nobody can tell any more who asked.", GONE)
        return found

    def _sealed(self, workspace: str, person: str) -> str:
        """A fresh token; the same person's next question has another one."""
        token, ticket_key, nonce = f"{PREFIX}{token_hex(TOKEN_BYTES)}", token_bytes(KEY_BYTES), token_bytes(NONCE_BYTES)
        cipher = AESGCM(_joined(self._key, ticket_key))
        sealed = nonce + cipher.encrypt(nonce, person.encode(), f"{workspace}:{token}".encode())
        with self._unit_of_work() as uow:
            uow.seals.put(Seal(workspace, token, ticket_key, sealed, self._now()))
        return token

    def _token_of(self, request: Request) -> str:
        """The token of the ticket that is replied to, if this is who asked; else empty."""
        found = _TICKET.fullmatch(request.value or request.context.get("ticket", ""))
        if found is None:
            return ""
        try:
            with self._unit_of_work() as uow:
                token = uow.tickets.get(request.workspace, int(found[1])).requester
            return token if is_anonymous(token) and self.reveal(request.workspace, token) == request.actor else ""
        except LiaisonError:
            return ""


def is_asked(request: Request) -> bool:
    """Whether somebody asks a question without their name."""
    if request.platform not in HIDDEN_ON:
        return False
    if request.came is Came.COMMAND:
        return request.name in ASKS and wants_no_name(request.text) and bool(without_flag(request.text))
    return request.came is Came.FORM and request.name == FORM and request.values.get(TICK) == YES


def concerns(request: Request) -> bool:
    """Whether a request may have to be hidden."""
    return is_asked(request) or request.name == REPLY


def nobody(workspace: str, person: str) -> Person:
    """How a token looks where a person is expected."""
    return Person(person, SOMEBODY)


def to_whom(to: Address, reveal: Callable[[str], str]) -> Address:
    """An address with the person behind a token."""
    return replace(to, person=reveal(to.person)) if is_anonymous(to.person) else to


def veiled(card: Card) -> Card:
    """A card without tokens: where one is mentioned, it says somebody."""
    shown: Card = _veil(card)
    return shown


def veiled_form(form: Form, platform: str) -> Form:
    """The same for a form, and without the tick for asking anonymously where that can't be promised."""
    shown: Form = _veil(form)
    if platform in HIDDEN_ON:
        return shown
    return replace(shown, fields=tuple(one for one in shown.fields if one.key != TICK))


def _veil(value: Any) -> Any:
    if isinstance(value, Mention):
        return SOMEBODY if is_anonymous(value.person) else value
    if isinstance(value, tuple):
        return tuple(_veil(one) for one in value)
    if isinstance(value, (Card, Form, Section, Line, Fact)):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return replace(value, **{name: _veil(one) for name, one in told.items() if isinstance(one, tuple)})
    return value


def _without_traces(request: Request, token: str) -> Request:
    """Nothing that leads to the person stays: no address to answer at, no direct conversation."""
    is_direct = request.is_direct or bool(request.context.get("direct"))
    there = "" if is_direct or request.name == REPLY else request.conversation
    return replace(
        request,
        actor=token,
        text=without_flag(request.text),
        values={key: value for key, value in request.values.items() if key != TICK},
        context={**request.context, "conversation": there} if request.context else {},
        conversation=there,
        is_direct=False,
        thread="",
        message="",
        reply_to="",
    )


def _joined(key: bytes, ticket_key: bytes) -> bytes:
    return hmac.digest(key, ticket_key, sha256)


def _opened(key: bytes, seal: Seal) -> str:
    """Who is in a seal; empty where this key does not open it."""
    nonce, sealed = seal.sealed[:NONCE_BYTES], seal.sealed[NONCE_BYTES:]
    try:
        cipher = AESGCM(_joined(key, seal.ticket_key))
        return cipher.decrypt(nonce, sealed, f"{seal.workspace}:{seal.token}".encode()).decode()
    except (InvalidTag, ValueError):
        return ""
