"""The look back after a campaign: three questions, and what the answers teach of its channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.abilities import Ability, require
from bot.domain.campaign import campaign_of
from bot.domain.campaign_days import Seen
from bot.domain.channels import channel
from bot.domain.errors import Conflict, Invalid
from bot.domain.readiness import Readiness
from bot.domain.sharpening import lessons_in, ratio_seen, sharpened
from bot.domain.ticket import Ticket
from bot.messages import Card, Field, Form, Mention, Request, Text, say
from bot.ports import UnitOfWork
from bot.services.campaigns.campaign_form import percent
from bot.services.campaigns.campaigns import plan_of, surroundings
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.sla.sla import channel_of
from bot.services.tickets.tickets import number_of

LOOK_BACK = "look_back"
NUMBERS = {
    "peak": "Requests a second at the peak, as seen",
    "incomplete": "Transactions that were not completed",
    "orders_lost": "Orders lost",
}
MOST_NUMBER = 1e9


def look_back_form(desk: Desk, request: Request) -> Form:
    """The three questions. Raises NotAllowed or NotFound."""
    name = f"IT-{number_of(request.value)}"
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        _require(uow, ticket, who.id, is_guest=who.is_guest)
        readiness = uow.readiness.get(ticket.workspace, ticket.number)
    stands = _standing(readiness.seen if readiness else None)
    fields = tuple(
        Field(key, label, value=stands[key], hint="Leave it empty if nobody knows", most=20)
        for key, label in NUMBERS.items()
    )
    intro = say("What came of it? The next forecast learns from it. Sent again, it takes the place of what stands.")
    context = {"ticket": name, "conversation": request.conversation}
    return Form(LOOK_BACK, f"Look back: {name}", fields, submit="Send", intro=intro, context=context)


def check_look_back(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong in a filled form, by field."""
    errors = {}
    for key in NUMBERS:
        try:
            _number(values.get(key, ""))
        except Invalid as error:
            errors[key] = error.words
    if not errors and not any(values.get(key, "").strip() for key in NUMBERS):
        errors["peak"] = "Answer at least one of the three; leave empty what nobody knows."
    return errors


def keep_look_back(desk: Desk, request: Request) -> None:
    """Keep what was seen, in place of an earlier answer, and tell the thread.

    Raises NotAllowed, or Conflict where there was no forecast.
    """
    peak, incomplete, lost = (_number(request.values.get(key, "")) for key in NUMBERS)
    who = desk.person(request.workspace, request.actor)
    counted = [None if one is None else int(one) for one in (incomplete, lost)]
    seen = Seen(who.id, desk.at(), peak, counted[0], counted[1])
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(request.context["ticket"]))
        _require(uow, ticket, who.id, is_guest=who.is_guest)
        readiness = uow.readiness.get(ticket.workspace, ticket.number)
        if readiness is None:
            raise Conflict(f"Nothing was forecast for {ticket.name}, so there is nothing to compare.")
        seen = _taught(uow, ticket, seen)
        uow.readiness.save(replace(readiness, seen=seen))
        words = (*_seen_words(readiness, seen), *_learned_words(uow, ticket, seen))
        uow.outbox.put([thread_post(ticket, f"{LOOK_BACK}:{request.key}", Card(text=words))])


def _taught(uow: UnitOfWork, ticket: Ticket, seen: Seen) -> Seen:
    """It with what it teaches of the campaign's channel: weighed with what was known when it started."""
    campaign = campaign_of(ticket, channel_of(uow, ticket).zone)
    if campaign is None or seen.peak_requests_per_s is None or campaign.start > seen.at:
        return seen
    plan = plan_of(uow, ticket, surroundings(uow, ticket.workspace, campaign.start))
    if plan.site is None:
        return seen
    ratio = ratio_seen(campaign, plan.others, plan.site.with_capacity(plan.record), seen.peak_requests_per_s)
    return replace(seen, channel=campaign.main.key, ratio=ratio)


def _learned_words(uow: UnitOfWork, ticket: Ticket, seen: Seen) -> Text:
    """What is usual for the channel from now on, where this teaches something."""
    if seen.ratio is None:
        return ()
    shipped = channel(seen.channel)
    now = sharpened(shipped, lessons_in(uow.readiness.of(ticket.workspace)))
    return say(
        " From now on I reckon with {now} of the {audience} for {name} (shipped: {shipped}).",
        now=percent(now.response), audience=shipped.audience, name=shipped.name, shipped=percent(shipped.response),
    )  # fmt: skip


def _standing(seen: Seen | None) -> Mapping[str, str]:
    """What an earlier answer says, by field."""
    values = (seen.peak_requests_per_s, seen.incomplete, seen.orders_lost) if seen else (None,) * len(NUMBERS)
    return {key: "" if one is None else f"{one:.12g}" for key, one in zip(NUMBERS, values, strict=True)}


def _seen_words(readiness: Readiness, seen: Seen) -> Text:
    parts = []
    if seen.peak_requests_per_s is not None:
        off = f", {seen.peak_requests_per_s / readiness.peak - 1:+.0%}" if readiness.peak else ""
        parts.append(
            f"{seen.peak_requests_per_s:,.0f} requests a second at the peak (forecast {readiness.peak:,.0f}{off})"
        )
    if seen.incomplete is not None:
        parts.append(f"{seen.incomplete:,} transactions not completed")
    if seen.orders_lost is not None:
        parts.append(f"{seen.orders_lost:,} orders lost")
    return say("🔎 {who} looks back: {what}.", who=Mention(seen.by), what="; ".join(parts))


def _require(uow: UnitOfWork, ticket: Ticket, person: str, *, is_guest: bool) -> None:
    roles = uow.workspaces.roles(ticket.workspace).of(person)
    require(Ability.REVISE, ticket, person, roles, is_guest=is_guest)


def _number(words: str) -> float | None:
    plain = words.strip().replace(",", "").replace(" ", "")
    if not plain:
        return None
    try:
        value = float(plain)
    except ValueError:
        raise Invalid(f"“{words[:30]}” is no number. Type it like 84 or 1200.") from None
    if not 0 <= value <= MOST_NUMBER:
        raise Invalid("Please give a number of zero or more, below a billion.")
    return value
