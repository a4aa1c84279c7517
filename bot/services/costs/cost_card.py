"""How a tool's real cost looks: one message with a picture, the quote against what it really costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.attachments import Picture
from bot.charts import Bar, Bars
from bot.domain.cost import ZERO, Book, Estimate
from bot.domain.cost_sheet import LEAST_MULTIPLE, MOST_MULTIPLE, CostSheet, Part, by_part, own_time
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Fact, Line, Mention, Post, Section, Style, Text, say
from bot.services.intake.intake import shorten
from bot.services.notifications import thread_post, thread_update
from bot.services.reviews.policies import edition_words

MOST_DRIVERS = 3
NAME_MOST = 60
DIGITS = 3
Sections = tuple[Section, ...]
QUOTE, REAL = "Vendor's quote", "Real cost"
COLOURS = {
    Part.LICENCE: "#3566b8", Part.SET_UP: "#e58a3c", Part.CONNECTIONS: "#5a9e6f",
    Part.PEOPLE: "#8a6bb1", Part.RUNNING: "#c9a227", Part.RESERVE: "#7d7d7d",
}  # fmt: skip


def cost_card(ticket: Ticket, sheet: CostSheet, capital: Sections = ()) -> Card:
    """One version of a ticket's cost. `capital`: what its capital expense calls for."""
    found, parts = sheet.estimate, by_part(sheet, sheet.estimate)
    lines = tuple(Line(say("{part}: {sum}", part=part.value, sum=about(amount))) for part, amount in parts.items())
    return Card(
        title=f"💶 What {shorten(ticket.title, NAME_MOST)} really costs",
        text=_headline(sheet, found),
        facts=_facts(sheet, found),
        sections=(Section(f"What it is made of, in {sheet.currency}", lines), *capital),
        buttons=_buttons(ticket),
        note=_note(sheet, found),
        picture=Picture(chart(ticket, sheet, found)),
    )


def cost_post(ticket: Ticket, sheet: CostSheet, capital: Sections = ()) -> Post:
    """The card of a new version, in the thread."""
    return thread_post(ticket, _key(sheet), cost_card(ticket, sheet, capital))


def cost_update(ticket: Ticket, sheet: CostSheet, capital: Sections = ()) -> Post:
    """The card of a version as it stands now, in place."""
    return thread_update(ticket, _key(sheet), cost_card(ticket, sheet, capital))


def replaced_post(ticket: Ticket, old: CostSheet) -> Post:
    """What is left of an older version."""
    words = say("Version {old} of the real cost was replaced by a newer one below.", old=str(old.version))
    return thread_update(ticket, _key(old), Card(text=words))


def chart(ticket: Ticket, sheet: CostSheet, found: Estimate) -> Bars:
    """The quote beside what it really costs, each stacked of its parts."""
    parts, inputs = by_part(sheet, found), sheet.inputs
    quoted = {Part.LICENCE: inputs.licence * inputs.years, Part.SET_UP: inputs.setup}
    name = shorten(ticket.title, NAME_MOST)
    return Bars(
        f"{name}: quote and real cost over {years_words(inputs.years)}",
        _alt(name, sheet, found, parts),
        sheet.currency,
        (*_bars(QUOTE, quoted), *_bars(REAL, parts)),
        stacked=True,
        colours=tuple(COLOURS[part] for part in dict.fromkeys([*_filled(quoted), *_filled(parts)])),
    )


def summary(sheet: CostSheet, found: Estimate) -> str:
    """The whole in one line: `about 298,000 EUR over 3 years, 3.3 times the quote`."""
    times = f", {found.multiple:.1f} times the quote" if found.multiple is not None else ""
    return f"about {about(found.expected)} {sheet.currency} over {years_words(sheet.inputs.years)}{times}"


def about(amount: Decimal) -> str:
    """An amount as people say it, with three digits that count: 298,000."""
    whole = int(amount.to_integral_value())
    idle = max(0, len(str(abs(whole))) - DIGITS)
    return f"{round(whole, -idle):,}"


def years_words(years: int) -> str:
    """`one year`, `3 years`."""
    return "one year" if years == 1 else f"{years} years"


def _headline(sheet: CostSheet, found: Estimate) -> Text:
    words = say(
        "Over {years} it likely costs {likely} {currency}: {low} if it goes well, {high} if it does not.",
        years=years_words(found.years), likely=about(found.expected), low=about(found.low), high=about(found.high),
        currency=sheet.currency,
    )  # fmt: skip
    if found.multiple is None:
        return words
    times, quote = f"{found.multiple:.1f}", f"{about(found.quote_total)} {sheet.currency}"
    return (*words, *say(" That is {times} times the vendor's quote of {quote}.", times=times, quote=quote))


def _facts(sheet: CostSheet, found: Estimate) -> tuple[Fact, ...]:
    currency = sheet.currency
    matters = "; ".join(f"{one.name.lower()} (± {about(one.swing / 2)})" for one in found.drivers[:MOST_DRIVERS])
    booked = f"CapEx {about(found.booked(Book.CAPEX))}, OpEx {about(found.booked(Book.OPEX))} {currency}"
    own = own_time(sheet, found)
    return (
        Fact("Booked as", (booked,)),
        Fact("Of it our own time", (f"{about(own)} {currency}",)),
        Fact("Matters most", (matters,)),
        *((Fact(f"Against {sheet.inputs.owned}", (break_even_words(sheet, found),)),) if sheet.inputs.owned else ()),
    )


def break_even_words(sheet: CostSheet, found: Estimate) -> str:
    """When it becomes cheaper than the tool that is there."""
    months, owned = found.break_even_months, f"{about(found.owned_total or ZERO)} {sheet.currency}"
    if months is None:
        return f"never cheaper within {years_words(found.years)} (keeping it costs {owned})"
    when = f"after {months} months" if months else "from the start"
    return f"cheaper {when} (keeping it costs {owned})"


def _note(sheet: CostSheet, found: Estimate) -> Text:
    multiple = found.multiple
    doubt = ""
    if multiple is not None and multiple < LEAST_MULTIPLE:
        doubt = " Barely more than the quote: something is probably missing."
    if multiple is not None and multiple > MOST_MULTIPLE:
        doubt = f" More than {MOST_MULTIPLE} times the quote: please check the figures."
    first = "" if sheet.is_checked else " IT has not added its part yet, so this is a first guess."
    changed = len(sheet.changed)
    by_hand = f", {changed} of them changed for this tool" if changed else ""
    return say(
        "Low and high: one time in ten it is less, or more. A model, no guarantee.{doubt}{first} Version {version} by "
        "{who}, figures of the {policy}{by_hand}. Finance decides how it is booked.",
        doubt=doubt, first=first, version=str(sheet.version), who=Mention(sheet.by),
        policy=edition_words(sheet.policy), by_hand=by_hand,
    )  # fmt: skip


def _buttons(ticket: Ticket) -> tuple[Button, ...]:
    if ticket.is_finished:
        return ()
    return (
        Button("Change", "cost", ticket.name, Style.PRIMARY),
        Button("All figures", "cost_figures", ticket.name),
    )


def _bars(group: str, parts: Mapping[Part, Decimal]) -> list[Bar]:
    return [Bar(group, part.value, float(amount)) for part, amount in parts.items() if amount]


def _filled(parts: Mapping[Part, Decimal]) -> list[Part]:
    return [part for part, amount in parts.items() if amount]


def _alt(name: str, sheet: CostSheet, found: Estimate, parts: Mapping[Part, Decimal]) -> str:
    made = ", ".join(f"{part.value.lower()} {about(amount)}" for part, amount in parts.items())
    return (
        f"{name} over {years_words(found.years)}: the vendor's quote is {about(found.quote_total)} {sheet.currency}, "
        f"the real cost {about(found.expected)}: {made}."
    )


def _key(sheet: CostSheet) -> str:
    return f"cost:{sheet.version}"
