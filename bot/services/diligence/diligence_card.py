"""The score card of due diligence: one message in the ticket's thread, kept up to date in its place."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answers import Standing
from bot.domain.diligence import Advice, Asker
from bot.domain.ticket import Ticket
from bot.messages import Address, Button, Card, Fact, Line, Mention, Post, Section, Style, Text, say
from bot.services.diligence.diligence_words import (
    DISPUTED,
    TIER_WORDS,
    against,
    criterion_words,
    open_words,
    risk_words,
    score_words,
)
from bot.services.intake.intake import shorten
from bot.services.notifications import thread_post

KEY = "diligence"
ASK, SEND, SEE = "diligence_ask", "diligence_send", "diligence_see"
TITLE_MOST = 100
STEPS = 5  # of a bar
ADVICE_WORDS = {
    Advice.BUY: "The answers speak for it.",
    Advice.CONDITIONS: "The answers speak for it, with conditions.",
    Advice.NOT_YET: "The answers don't speak for it yet.",
    Advice.NO: "⛔ Something speaks against it. As it stands it can only be approved in spite of that, with a reason.",
}


def card_posts(ticket: Ticket, standing: Standing, *, is_first: bool) -> list[Post]:
    """The score card: a new message the first time, later in its place; anew where there is none to be updated."""
    first = thread_post(ticket, KEY, score_card(ticket, standing))
    if is_first:
        return [first]
    to = Address(ticket.place.conversation, ticket.place.thread)
    return [first, replace(first, key=f"{first.key}:{ticket.revision}", to=to, in_thread_of="", update_of=first.key)]


def score_card(ticket: Ticket, standing: Standing) -> Card:
    """How the tool stands, what is open and with whom, and one next step."""
    said, found = against(standing), standing.score
    still_open = open_words(standing, ticket)
    facts = (
        Fact("Answered", (score_words(standing),)),
        Fact("Risk", (f"{TIER_WORDS[standing.tier]}; what is left of it: {risk_words(standing)}",)),
        Fact("Open", still_open or ("nothing",)),
    )
    sections = (
        Section("⛔ Speaks against it", tuple(Line((one,)) for one in said)),
        Section("By criterion", tuple(Line((words,)) for words in _criteria(standing))),
    )
    return Card(
        title=shorten(f"🧾 Due diligence: {ticket.title}", TITLE_MOST),
        text=() if found.open and not said else (ADVICE_WORDS[found.advice],),
        facts=(*facts, *_reused(standing), Fact("Next", next_words(ticket, standing))),
        sections=tuple(one for one in sections if one.lines),
        buttons=_buttons(ticket, standing),
        note=say("Answers are used again for the same vendor until they are too old."),
    )


def next_words(ticket: Ticket, standing: Standing) -> Text:
    """The one next step, and whose it is."""
    who: Text = (Mention(ticket.liaison),) if ticket.liaison else ("IT",)
    if standing.disputes_review:
        return say("{who}: press Change the review. {why}", who=who, why=DISPUTED)
    if standing.open_with(Asker.MARKETER):
        count = str(len(standing.open_with(Asker.MARKETER)))
        return say("{asker}: press Answer questions, {count} short ones in plain words.",
                   asker=Mention(ticket.requester), count=count)  # fmt: skip
    if standing.open_with(Asker.IT):
        return say("{who}: press Answer questions.", who=who)
    if standing.open_with(Asker.VENDOR):
        return say("{who}: press Send to vendor, or answer for them what is known.", who=who)
    return say("{who}: press Review on the ticket's card, then ask for the sign-offs.", who=who)


def _criteria(standing: Standing) -> list[str]:
    shares = standing.score.by_criterion
    return [
        f"{_bar(shares[one.key])} {one.name}: {criterion_words(standing, one.key)}"
        for one in standing.criteria
        if one.key in shares
    ]


def _bar(percent: float) -> str:
    full = round(percent * STEPS / 100)
    return "▰" * full + "▱" * (STEPS - full)


def _reused(standing: Standing) -> tuple[Fact, ...]:
    """Which answers another review left, and from when the oldest is."""
    used = [standing.answers[one.key] for one in standing.asked if standing.is_reused(one.key)]
    if not used:
        return ()
    tickets = ", ".join(f"IT-{number}" for number in sorted({one.number for one in used}))
    oldest = min(one.answer.on for one in used)
    return (Fact("Known already", (f"{len(used)} answers from {tickets}, the oldest of {oldest:%d.%m.%Y}",)),)


def _buttons(ticket: Ticket, standing: Standing) -> tuple[Button, ...]:
    if ticket.is_finished:
        return ()
    ask = (Button("Ask the requester", ASK, ticket.name),) if standing.open_with(Asker.MARKETER) else ()
    send = (Button("Send to vendor", SEND, ticket.name),) if standing.open_with(Asker.VENDOR) else ()
    see = (Button("See the answers", SEE, ticket.name),) if standing.answers else ()
    return (Button("Answer questions", KEY, ticket.name, Style.PRIMARY), *ask, *send, *see)
