"""Whether a language model may write in a workspace, which its admin decides, and what it has cost this month."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.usage import Prices, Used
from bot.domain.workspace import Channel
from bot.findings import Finding
from bot.messages import Address, Card, Choice, Field, FieldKind, Post, Request, say
from bot.ports import UnitOfWork, UnitOfWorkFactory
from bot.services.agreement import OFF, ON, WRITING
from bot.services.desk import Desk

WRITES = (
    "From now on a language model writes here: answers to questions from our own articles, drafts for IT, threads "
    "in short. What it writes from (questions, passages, threads, what is known of a tool) leaves this server with "
    "addresses, numbers and names masked, and what it writes is checked. An admin can switch it off: /itcheck setup."
)
WRITES_NO_MORE = "No language model writes here any more: answers are quoted from our articles as they are written."
CENT = 0.01
HINT = "For all channels: questions, passages, long threads and facts of tools leave this server, masked. {cost}"


def writing_field(desk: Desk, request: Request) -> Field | None:
    """What the admin is asked; None where no model is configured."""
    if desk.writer is None:
        return None
    is_on = desk.writer.may_write(request.workspace)
    hint = HINT.format(cost=cost_words(desk, request.workspace, request.at))
    choices = (Choice("No: answers are quotes", OFF), Choice("Yes: answers, drafts, long threads in short", ON))
    return Field(WRITING, "May a language model write?", FieldKind.CHOICE, ON if is_on else OFF, hint, choices=choices)


def note_writing(uow: UnitOfWork, request: Request, channel: Channel, wanted: bool | None) -> None:
    """Switch it as the admin said, and tell the channel; nothing if it was not asked, or is so already."""
    if wanted is None or wanted is uow.usage.may_write(request.workspace):
        return
    uow.usage.let_write(request.workspace, request.actor, request.at, on=wanted)
    key = f"writing:{channel.id}:{request.key}"
    card = Card(text=say(WRITES if wanted else WRITES_NO_MORE))
    uow.outbox.put([Post(channel.workspace, key, Address(channel.id), card, lane=key)])


def cost_words(desk: Desk, workspace: str, at: datetime) -> str:
    """What the model was used for since the first of the month (UTC)."""
    today = at.astimezone(UTC).date()
    with desk.look() as uow:
        by_purpose = uow.usage.between(workspace, today.replace(day=1), today)
    total = Used()
    for used in by_purpose.values():
        total = total.plus(used)
    return _words(total, desk.writer.prices if desk.writer else Prices())


def _dollars(cost: float) -> str:
    return "under $0.01" if 0 < cost < CENT else f"about ${cost:,.2f}"


def writing_finding(unit_of_work: UnitOfWorkFactory) -> Finding:
    """Whether answers are written by a model, for `doctor`."""
    with unit_of_work() as uow:
        workspaces = {channel.workspace for channel in uow.workspaces.listening()}
        writes = sum(uow.usage.may_write(one) for one in workspaces)
    if not writes:
        words = "Quoted as they are written: no language model writes them."
        return Finding("Answers", None, words, "An admin can let it write: /itcheck setup.")
    return Finding("Answers", True, f"Written by the language model in {writes} of {len(workspaces)} workspaces.")


def _words(used: Used, prices: Prices) -> str:
    cost = prices.of(used)
    tokens = f"{used.tokens_in:,} tokens in, {used.tokens_out:,} out"
    told = tokens if cost is None else f"{tokens}, {_dollars(cost)}"
    return f"This month: {used.calls:,} {'call' if used.calls == 1 else 'calls'}, {told}."
