"""Teams as the core sees it: the ports Messages, Files, Forms, Home and Directory over the Bot Connector."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from microsoft_teams.api.activities.message import MessageActivityInput
from microsoft_teams.api.clients.api_client import ApiClient
from microsoft_teams.api.clients.conversation import CreateConversationParams

from bot.domain.errors import LiaisonError, Permanent, StoreUnavailable
from bot.domain.people import Person
from bot.messages import Address, Button, Card, Form, MessageRef, Request, say
from bot.platforms.teams.access import TeamsAccess
from bot.platforms.teams.activities import ROOT
from bot.platforms.teams.cards import CARD_TYPE, OpensForm, message
from bot.platforms.teams.directory import TeamsDirectory
from bot.platforms.teams.history import History
from bot.platforms.teams.kept import Answer, Kept
from bot.platforms.teams.line import Line
from bot.platforms.teams.replies import FETCH, OFFER, Hatch, is_short
from bot.platforms.teams.spans import Ink, plain
from bot.ports import Said
from bot.ports.places import CHANNEL, DIRECT, KeptFile, Place

Json = dict[str, Any]

KeepFile = Callable[[KeptFile], str]

OPEN = "Open the form"
WROTE = "I wrote to you directly."
SUMMARY = 200

log = logging.getLogger(__name__)


class TeamsChat:
    """One tenant; every method may be called from any thread. Raises Passing, Ambiguous or Permanent.

    `opens_form`: whether the button of an action opens a form, which Teams must know when it is drawn. `keep_file`:
    keeps a file and gives its address; raises Permanent where there is none.
    """

    def __init__(self, access: TeamsAccess, line: Line, kept: Kept, opens_form: OpensForm, keep_file: KeepFile) -> None:
        self.access = access
        self._keep_file = keep_file
        self._line = line
        self._kept = kept
        self._opens_form = opens_form
        self._history = History(line)
        self._directory = TeamsDirectory(line, kept, access, self._history)

    # --- Messages ---

    def post(self, workspace: str, to: Address, card: Card, key: str) -> MessageRef:
        """Post a card; which message carries `key` is noted at once, for Teams keeps no key and shows no history."""
        place = self._place(workspace, to)
        activity = self._activity(workspace, self._with_file(workspace, card), key)
        where = f"{place.id}{ROOT}{to.thread}" if to.thread and place.kind == CHANNEL else place.id

        async def ask(client: ApiClient) -> str:
            return (await client.conversations.create_activity(where, activity)).id

        ref = MessageRef(place.id, self._line.call(place.service_url, ask, place.id))
        try:
            self._kept.sent.keep_sent(workspace, key, ref)
        except StoreUnavailable:  # the outbox will note it, if it can
            log.warning("the message %s could not be noted", ref.message)
        return ref

    def update(self, workspace: str, ref: MessageRef, card: Card, key: str) -> None:
        """Replace a message of ours in place."""
        place = self._kept.required(workspace, ref.conversation)
        activity = self._activity(workspace, card, key)

        async def ask(client: ApiClient) -> None:
            await client.conversations.update_activity(place.id, ref.message, activity)

        self._line.call(place.service_url, ask, place.id)

    def find(self, workspace: str, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The message that carries `key`: as it was noted when Teams told its id, else as the channel shows it.

        In a chat, and in a team that did not consent, an answer that was lost can't be made up for.
        """
        noted = self._kept.sent.sent(workspace, key)
        if noted is not None:
            return noted
        place = self._place(workspace, to)
        try:
            found = self._history.find(place, to.thread, key, since)
        except Permanent as error:
            log.info("nothing can be looked up: %s", error.words)
            return None
        return MessageRef(place.id, found) if found else None

    def whisper(self, request: Request, card: Card, *, replaces: bool = False) -> None:
        """Show a card only to the person the request came from: where they wait for it, else directly."""
        hatch = Hatch.read(request.reply_to)
        if hatch is not None and replaces and hatch.message and self._is_direct(request.workspace, hatch.conversation):
            self.update(request.workspace, MessageRef(hatch.conversation, hatch.message), card, request.key)
        elif not (
            hatch
            and is_short(card)
            and self._kept.leave(request.workspace, hatch.name, Answer(request.actor, card=card))
        ):
            self._tell(request, card)

    def keep(self, workspace: str, name: str, content: bytes, alt: str) -> str:
        """Keep a picture (PNG) with us, for Teams keeps none for a bot; its address. Raises Passing or Permanent."""
        return self._keep_file(KeptFile(workspace, name, content))

    # --- Forms and Home ---

    def show(self, request: Request, form: Form) -> None:
        """Fill the dialog that waits for this request; what was typed is answered with a button that opens it."""
        if not request.view:
            raise Permanent("The form is not open any more.", "gone")
        if not self._kept.leave(request.workspace, request.view, Answer(request.actor, form=form)):
            raise Permanent("The form is not open any more.", "gone")
        if request.view.startswith(OFFER):
            self._tell(request, Card(form.title, say("Here it is."), buttons=(Button(OPEN, FETCH, request.view),)))

    def close(self, request: Request, card: Card) -> None:
        """There is no form after all: show a card in its place."""
        shown = card if is_short(card) else Card(text=say(WROTE))
        left = not request.view.startswith(OFFER) and self._kept.leave(
            request.workspace, request.view, Answer(request.actor, card=shown)
        )
        if not left or shown is not card:
            self._tell(request, card)

    def publish(self, workspace: str, person: str, card: Card) -> None:
        """Show somebody's page in their chat with us, as its newest message."""
        self.post(workspace, Address(person=person), card, f"home:{person}")

    # --- Directory ---

    def person(self, workspace: str, person: str) -> Person:
        """One person. Raises NotFound for somebody who is not there."""
        return self._directory.person(workspace, person)

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """The people (no bots, 300 at most) of a conversation we are in, by name."""
        return self._directory.members(workspace, conversation)

    def channel_name(self, workspace: str, conversation: str) -> str:
        """The name of a conversation, empty if it has none."""
        return self._directory.channel_name(workspace, conversation)

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """A message that begins a thread, None if it is gone. Raises Permanent where Teams shows us none."""
        return self._directory.message(workspace, conversation, message)

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """The beginning and the end of a thread before a message. Raises Permanent where Teams shows us none."""
        return self._directory.thread(workspace, conversation, thread, before)

    # --- for the edge ---

    def ink(self, workspace: str) -> Ink:
        """What cards and dialogs are written with."""

        def name_of(person: str) -> str:
            try:
                return self.person(workspace, person).name
            except LiaisonError:
                return ""

        return Ink(self.access.tenant, name_of, lambda one: self.channel_name(workspace, one))

    def known_as(self, workspace: str, conversation: str, person: str) -> str:
        """Our id for somebody whom Teams names by their id in Entra; empty if they are not in the conversation."""
        return self._directory.known_as(workspace, conversation, person)

    def opens_form(self, action: str) -> bool:
        """Whether a button fetches a dialog."""
        return action == FETCH or self._opens_form(action)

    def _is_direct(self, workspace: str, conversation: str) -> bool:
        return self._kept.required(workspace, conversation).kind == DIRECT

    def _tell(self, request: Request, card: Card) -> None:
        """A message to the person alone, whose buttons act where the person was."""
        here = Address(request.conversation) if request.is_direct else Address(person=request.actor)
        ref = self.post(request.workspace, here, card, f"told:{request.key}")
        if request.conversation and not request.is_direct:
            origin = Address(request.conversation, request.thread)
            self._kept.keep_origin(request.workspace, ref.conversation, ref.message, origin)

    def _with_file(self, workspace: str, card: Card) -> Card:
        """A card with a file as one with a button that fetches it."""
        if card.file is None:
            return card
        address = self._keep_file(KeptFile(workspace, card.file.name, card.file.text.encode()))
        return replace(card, file=None, buttons=(*card.buttons, Button(card.file.name, "", url=address)))

    def _activity(self, workspace: str, card: Card, key: str) -> MessageActivityInput:
        content = message(card, key, self.ink(workspace), self.opens_form)
        summary = plain(card.alt or card.title or "A message of IT Liaison", SUMMARY)
        attached = {"contentType": CARD_TYPE, "content": content, "name": summary}
        return MessageActivityInput.model_validate({"type": "message", "attachments": [attached]})

    def _place(self, workspace: str, to: Address) -> Place:
        if to.conversation:
            return self._kept.required(workspace, to.conversation)
        return self._kept.places.direct(workspace, to.person) or self._open_direct(workspace, to.person)

    def _open_direct(self, workspace: str, person: str) -> Place:
        """Begin a conversation with somebody. Raises Permanent for who is in none of our conversations."""
        self.person(workspace, person)
        known = self._kept.acquaintances.known(workspace, person)
        met = self._kept.required(workspace, known.conversation if known else "")
        told = {"members": [{"id": person}], "tenantId": self.access.tenant}
        wanted = CreateConversationParams.model_validate(told | {"channelData": {"tenant": {"id": self.access.tenant}}})

        async def ask(client: ApiClient) -> str:
            return (await client.conversations.create(wanted)).id

        try:
            opened = self._line.call(met.service_url, ask)
        except Permanent as error:
            raise Permanent("Teams lets the bot not write to this person.", "person", error.mend) from error
        place = Place(workspace, opened, DIRECT, met.service_url, person=person)
        self._kept.places.keep(place)
        return place
