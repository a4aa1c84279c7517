"""The people of a chaos round: they write and type commands at a steady rate, whether the bot is there or not."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import aiohttp

from bot.bench.traffic import asking_messages, plain_messages
from bot.domain.errors import Invalid

AT_ONCE = 40
PLAIN_SHARE = 4  # one plain message to so many that ask for a ticket
COMMAND = "/itcheck"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody does in a channel: a message, or the words of a command. `title`: that of the ticket which
    it asks for, if it does.
    """

    text: str
    channel: str
    title: str = ""
    is_command: bool = False


def make_acts(messages: int, commands: int, channels: Sequence[str], seed: int) -> list[Act]:
    """So many messages that each ask for a tool of their own, a quarter as much plain chat, and so many questions
    by command, shuffled. No two that ask have the same title. Raises Invalid for more than there are names.
    """
    source = random.Random(seed)
    asking = [Act(text, source.choice(channels), tool) for tool, text in islice(asking_messages(seed), messages)]
    if len(asking) < messages:
        raise Invalid(f"Only {len(asking)} tools could be invented, {messages} are wanted.")
    chat = islice(plain_messages(seed), messages // PLAIN_SHARE)
    plain = [Act(text, source.choice(channels)) for text in chat]
    words = [f"May we send guest list number {number} to the agency?" for number in range(1, commands + 1)]
    questions = [Act(f"ask {one}", source.choice(channels), one, is_command=True) for one in words]
    acts = [*asking, *plain, *questions]
    source.shuffle(acts)
    return acts


async def play(base_url: str, people: Sequence[str], acts: Sequence[Act], per_s: float) -> None:
    """Do it all on the sandbox server at `base_url`, `per_s` a second. Returns when the last one was delivered or
    refused.
    """
    began, places = time.monotonic(), asyncio.Semaphore(AT_ONCE)
    async with aiohttp.ClientSession(base_url) as http, asyncio.TaskGroup() as group:
        for number, act in enumerate(acts):
            await asyncio.sleep(began + number / per_s - time.monotonic())
            group.create_task(_do(http, places, people[number % len(people)], act))


async def _do(http: aiohttp.ClientSession, places: asyncio.Semaphore, user: str, act: Act) -> None:
    body = {"user": user, "channel": act.channel, "text": act.text}
    verb = "command" if act.is_command else "message"
    if act.is_command:
        body["command"] = COMMAND
    async with places, http.post(f"/_control/{verb}", json=body) as answer:
        answer.raise_for_status()
