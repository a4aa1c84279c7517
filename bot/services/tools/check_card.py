"""How the check looks: short, with one obvious next step, when it was true and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.people import ROLE_WORDS, Role
from bot.domain.policy import Ruling
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Fact, Mention, Moment, Style, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.intake.intake import shorten
from bot.services.reviews.policies import band_words, category_words
from bot.services.tickets.cards import liaison_of, state_words, ticket_link
from bot.services.tools.catalogue import use_words
from bot.services.tools.check import Known

OPEN, JOIN = "check_open", "check_join"
NOTE_MOST = 300
STATUS_SAYS = {
    ToolStatus.APPROVED: "✅ {name} is approved. You can use it: ask {owner} for access.",
    ToolStatus.IN_REVIEW: "🔎 {name} is in review by {owner}. Please don't pay for it before the verdict.",
    ToolStatus.TRIAL: "🧪 {name} is on trial{until}. Ask {owner} to try it too; don't put customer data in yet.",
    ToolStatus.REJECTED: "⛔ {name} was rejected{when}. Please don't use it.",
    ToolStatus.RETIRING: "👋 {name} is being retired. Please start nothing new with it.",
    ToolStatus.RETIRED: "👋 {name} is retired. Please don't use it any more.",
}
GUESSED = " You typed “{asked}”; I took it for {name}."


def check_card(known: Known) -> Card:
    """The answer to `/itcheck new-tool NAME`."""
    return Card(
        title=f"🧰 {shorten(known.name, 100)}",
        text=(*_headline(known), *_guess(known)),
        facts=(*_tool_facts(known), *_way_facts(known)),
        buttons=_buttons(known),
        note=say(
            "As of {at}, from {sources}. Only you can see this.",
            at=Moment(known.at, known.zone),
            sources=_sources(known),
        ),
    )


def _headline(known: Known) -> Text:
    tool = known.tool
    if tool is None or tool.status is ToolStatus.UNKNOWN:
        return _unreviewed(known)
    until = f" until {day_words(tool.trial_until)} {tool.trial_until:%Y}" if tool.trial_until else ""
    when = f" on {day_words(tool.decided.at, known.zone)} {tool.decided.at:%Y}" if tool.decided else ""
    return say(STATUS_SAYS[tool.status], name=tool.name, owner=_turned_to(known, tool), until=until, when=when)


def _turned_to(known: Known, tool: Tool) -> Text:
    """Who has it: of a tool in review the liaison of its ticket, else its owner."""
    if tool.status is ToolStatus.IN_REVIEW and known.tickets:
        return liaison_of(known.tickets[0])
    return (Mention(tool.owner),) if tool.owner else ("IT",)


def _unreviewed(known: Known) -> Text:
    if known.tickets:
        first = known.tickets[0]
        return say(
            "{name} is with IT already: {link} is {state}, with {liaison}.",
            name=known.name,
            link=ticket_link(first),
            state=state_words(first),
            liaison=liaison_of(first),
        )
    seen = "is in use somewhere, but nobody has reviewed it" if known.tool else "has not been asked about before"
    instead = " Have a look at what is approved first." if known.alternatives else ""
    return say("{name} {seen}.{instead} Open a ticket before you pay or connect it.", name=known.name, seen=seen,
               instead=instead)  # fmt: skip


def _guess(known: Known) -> Text:
    return say(GUESSED, asked=known.typed or known.asked, name=known.name) if known.is_guess else ()


def _tool_facts(known: Known) -> tuple[Fact, ...]:
    tool = known.tool or Tool(known.name)
    renewal = f"{day_words(tool.renews_on)} {tool.renews_on:%Y}" if tool.renews_on else ""
    notice = f", notice {tool.notice_days} days before" if renewal and tool.notice_days else ""
    why = "Why" if tool.status in {ToolStatus.REJECTED, ToolStatus.RETIRING, ToolStatus.RETIRED} else "Note"
    told = (
        ("Category", (_category(known),) if known.meant else ()),
        (why, (shorten(tool.note, NOTE_MOST),) if tool.note else ()),
        ("Owner", (Mention(tool.owner),) if tool.owner else ()),
        ("Cost", (band_words(known.policy, tool),) if tool.yearly else ()),
        ("Renewal", (f"{renewal}{notice}",) if renewal else ()),
        ("Approved already", _alternatives(known)),
    )
    return tuple(Fact(label, value) for label, value in told if value)


def _alternatives(known: Known) -> Text:
    text: Text = ()
    for tool in known.alternatives:
        owner: Text = (", ask ", Mention(tool.owner)) if tool.owner else ()
        text = (*text, "; " if text else "", f"{tool.name} ({use_words(tool)}", *owner, ")")
    return text


def _category(known: Known) -> str:
    meant = known.meant
    return category_words(known.policy, meant.category) if meant and meant.category else "IT says which, at the review"


def _way_facts(known: Known) -> tuple[Fact, ...]:
    """The open tickets; unless the tool is decided about, also the rule and what comes next."""
    tickets: Text = ()
    for ticket in known.tickets:
        tickets = (*tickets, "; " if tickets else "", *_ticket(ticket))
    told = [("Open tickets", tickets)]
    if known.tool is None or known.tool.status in {ToolStatus.UNKNOWN, ToolStatus.IN_REVIEW, ToolStatus.TRIAL}:
        told += [*_rules(known), ("Next", _next(known))]
    return tuple(Fact(label, value) for label, value in told if value)


def _ticket(ticket: Ticket) -> Text:
    return say("{link} ({state}, {liaison})", link=ticket_link(ticket), state=state_words(ticket),
               liaison=liaison_of(ticket))  # fmt: skip


def _rules(known: Known) -> list[tuple[str, Text]]:
    """The rule for what is known, and the one with customer data, where that makes a difference."""
    free, holding = known.ruling, known.with_data
    if free is None or holding is None:
        return []
    rules: list[tuple[str, Text]] = [("Rule", (f"{_lane(free)} {free.why[0]} Yes from: {_names(free.approvers)}.",))]
    if free.rule != holding.rule:
        more = [role for role in holding.approvers if role not in free.approvers]
        too = f" Yes from {_names(more)} too." if more else ""
        rules.append(("With customer data", (f"{_lane(holding)}{too}",)))
    return rules


def _lane(found: Ruling) -> str:
    return f"{found.rule}: {found.lane} lane, about {found.days} working days."


def _names(roles: Iterable[Role]) -> str:
    return ", ".join(ROLE_WORDS[role] for role in roles) or "nobody else"


def _next(known: Known) -> Text:
    if known.tickets:
        return say("Join it: you see every answer, and IT knows you need it too.")
    who: Text = (Mention(known.liaison),) if known.liaison else ("IT",)
    return say("Open a ticket; {who} answers in its thread, then the verdict follows.", who=who)


def _buttons(known: Known) -> tuple[Button, ...]:
    """One obvious next step: join what is open; else open a ticket, quietly where it is decided already."""
    if known.tickets:
        follows = [ticket for ticket in known.tickets if known.by in {ticket.requester, *ticket.followers}]
        name = known.tickets[0].name
        return () if follows else (Button(f"Join {name}", JOIN, name, Style.PRIMARY),)
    decided = known.tool is not None and known.tool.status is not ToolStatus.UNKNOWN
    return (Button("Open a ticket", OPEN, known.name, Style.PLAIN if decided else Style.PRIMARY),)


def _sources(known: Known) -> str:
    catalogue = "your catalogue" if known.tool else "your catalogue (not in it)"
    listed = ", the list of tools on the market" if known.listed else ""
    policy = f" and the policy “{known.policy.name}”" if known.policy else ""
    return f"{catalogue}, open tickets{listed}{policy}"
