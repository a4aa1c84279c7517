"""All chats of a company as one: whatever is about a workspace goes to the platform that it lives on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.domain.anonymity import is_anonymous
from bot.domain.errors import Permanent
from bot.domain.people import Person
from bot.messages import Address, Card, Form, MessageRef, Request
from bot.platforms.disguise import nobody, to_whom, veiled, veiled_form
from bot.ports import Directory, Files, Forms, Home, Messages, Said

Reveal = Callable[[str, str], str]


class Chat(Messages, Files, Forms, Home, Directory, Protocol):
    """A chat platform, whole."""


class Switchboard:
    """Implements Chat. `others`: chats by workspace; all other workspaces are Slack's, if there is one.

    `reveal` finds the person behind a token, so that who asked anonymously is reached here, and known nowhere else:
    where such a message stands is not told.
    """

    def __init__(self, slack: Chat | None, others: Mapping[str, Chat], reveal: Reveal | None = None) -> None:
        self._slack = slack
        self._others = others
        self._reveal = reveal

    def post(self, workspace: str, to: Address, card: Card, key: str) -> MessageRef:
        """Post a card."""
        posted = self._chat(workspace).post(workspace, self._known(workspace, to), veiled(card), key)
        return MessageRef("", "") if is_anonymous(to.person) else posted

    def update(self, workspace: str, ref: MessageRef, card: Card, key: str) -> None:
        """Replace a message of ours in place."""
        self._chat(workspace).update(workspace, ref, veiled(card), key)

    def find(self, workspace: str, to: Address, key: str, since: datetime) -> MessageRef | None:
        """The message of ours that carries `key`."""
        found = self._chat(workspace).find(workspace, self._known(workspace, to), key, since)
        return MessageRef("", "") if found and is_anonymous(to.person) else found

    def whisper(self, request: Request, card: Card, *, replaces: bool = False) -> None:
        """Show a card only to the person the request came from."""
        shown = replace(request, actor=self._person(request.workspace, request.actor))
        self._chat(request.workspace).whisper(shown, veiled(card), replaces=replaces)

    def keep(self, workspace: str, name: str, content: bytes, alt: str) -> str:
        """Keep a picture; its handle."""
        return self._chat(workspace).keep(workspace, name, content, alt)

    def show(self, request: Request, form: Form) -> None:
        """Fill the loading view of a request with a form."""
        self._chat(request.workspace).show(request, veiled_form(form, request.platform))

    def close(self, request: Request, card: Card) -> None:
        """Show a card in place of a form."""
        self._chat(request.workspace).close(request, veiled(card))

    def publish(self, workspace: str, person: str, card: Card) -> None:
        """Replace what stands on somebody's page."""
        self._chat(workspace).publish(workspace, person, veiled(card))

    def person(self, workspace: str, person: str) -> Person:
        """One person, a token without a name. Raises NotFound."""
        if is_anonymous(person):
            return nobody(workspace, person)
        return self._chat(workspace).person(workspace, person)

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """The people of a conversation, by name."""
        return self._chat(workspace).members(workspace, conversation)

    def channel_name(self, workspace: str, conversation: str) -> str:
        """The name of a conversation."""
        return self._chat(workspace).channel_name(workspace, conversation)

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """A message somebody wrote."""
        return self._chat(workspace).message(workspace, conversation, message)

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """What was said in a thread before a message."""
        return self._chat(workspace).thread(workspace, conversation, thread, before)

    def _known(self, workspace: str, to: Address) -> Address:
        return to_whom(to, partial(self._person, workspace))

    def _person(self, workspace: str, person: str) -> str:
        return self._reveal(workspace, person) if self._reveal else person

    def _chat(self, workspace: str) -> Chat:
        chat = self._others.get(workspace) or self._slack
        if chat is None:
            mend = "Put the settings of its chat back (SLACK_… or TEAMS_…) and start the bot again."
            raise Permanent("The chat of this workspace is not connected any more.", "workspace", mend)
        return chat
