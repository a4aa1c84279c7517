"""How the answer on a campaign looks: what is missing, or what is proposed with the figure that decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.attachments import Picture
from bot.charts import Curve
from bot.domain.campaign import Campaign
from bot.domain.campaign_words import span_words
from bot.domain.kinds import CAMPAIGN
from bot.domain.load import Verdict, forecast
from bot.domain.readiness import Readiness, Weighed
from bot.domain.signoff import PromisedCondition, Say, SignOff
from bot.domain.ticket import Ticket
from bot.messages import Address, Button, Card, Fact, Line, Mention, Moment, Post, Section, Style, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.campaigns.campaigns import Plan
from bot.services.campaigns.load_curve import load_curve
from bot.services.intake.intake import shorten
from bot.services.notifications import direct_post, in_place, lane_of, thread_post

VERDICT_WORDS = {
    Verdict.GO: "Go", Verdict.GO_WITH_CONDITIONS: "Go with conditions", Verdict.NO_GO: "No go",
}  # fmt: skip
LIGHTS = {Verdict.GO: "🟢", Verdict.GO_WITH_CONDITIONS: "🟡", Verdict.NO_GO: "🔴"}
TITLE_MOST = 120
SHADED_MOST = 4  # other campaigns that get a colour of their own
HOW_TOLD = "how people hear of it (e-mail, SMS, ads …)"
KEY = "load"


def asking_card(ticket: Ticket, plan: Plan) -> Card:
    """What is still needed before anything can be worked out."""
    names = {one.key: one.name.lower() for one in CAMPAIGN.questions} | {"channel": HOW_TOLD}
    wanted = ", ".join(names[key] for key in plan.lacks)
    return Card(
        title=shorten(f"🚦 Will the site take it? {ticket.title}", TITLE_MOST),
        text=say(
            "{who}, to work that out I need a little more: {wanted}.", who=Mention(ticket.requester), wanted=wanted
        ),
        buttons=(_details(ticket, Style.PRIMARY),),
        note=say("Rough figures will do; I work it out again when they change."),
    )


def readiness_card(
    ticket: Ticket, plan: Plan, weighed: Weighed, readiness: Readiness, signoffs: Sequence[SignOff]
) -> Card:
    """The answer as it stands, updated in place. `signoffs`: those of the decision that holds."""
    return Card(
        title=shorten(f"{_title(weighed, readiness)}: {ticket.title}", TITLE_MOST),
        text=deciding_words(plan, weighed),
        facts=(*load_facts(weighed), *_decision_facts(readiness, signoffs)),
        picture=Picture(curve_of(weighed)),
        sections=condition_section(readiness.conditions),
        buttons=() if ticket.is_finished else _buttons(ticket, plan, readiness),
        note=say("{words}", words=_reckoned_with(weighed)),
    )


def deciding_words(plan: Plan, weighed: Weighed) -> Text:
    """The figure that decides, in a sentence; what is not known first."""
    found = weighed.found
    asked = say(
        "At its peak ({at}) {site} is asked for {peak} requests a second",
        at=Moment(found.peak_at, _zone(weighed)), site=plan.site.host if plan.site else "the site",
        peak=_figure(found.peak_requests_per_s),
    )  # fmt: skip
    if weighed.record is None:
        return (*_unknown(plan), " ", *asked, "; whether that is too much I can't say.")
    site = weighed.site
    return (
        *asked,
        *say(
            "; it takes {capacity} ({how}, {day}), of which {limit} may be used.",
            capacity=_figure(site.capacity_requests_per_s), how=weighed.record.how or "as told",
            day=day_words(weighed.record.measured_on), limit=_figure(site.limit_requests_per_s),
        ),
    )  # fmt: skip


def load_facts(weighed: Weighed) -> tuple[Fact, ...]:
    """What comes, what would fit, and what it costs otherwise."""
    found, own = weighed.found, weighed.campaign
    visits = sum(wave.visits for wave in own.waves())
    facts = [Fact("Visitors", (f"{visits:,.0f} in all, {found.peak_sessions:,.0f} at once at the peak",))]
    if weighed.window_s is not None:
        batches = f", or in {weighed.batches} batches an hour apart" if weighed.batches else ""
        facts.append(Fact("Fits if sent over", (f"{span_words(weighed.window_s)} or longer{batches}",)))
    elif weighed.verdict is not None and found.strained_s:
        facts.append(Fact("Fits if sent over", ("no time up to a day: it needs more capacity, or fewer people",)))
    if found.overload_s:
        facts.append(Fact("As planned", (_otherwise(weighed),)))
    elif found.strained_s:
        facts.append(
            Fact("As planned", (f"in the headroom for {span_words(found.strained_s)}; nobody is turned away",))
        )
    if weighed.neighbours:
        facts.append(Fact("In the same hours", (_others(weighed),)))
    return tuple(facts)


def condition_section(conditions: Sequence[PromisedCondition]) -> tuple[Section, ...]:
    """The conditions, each with its owner and day."""
    lines = tuple(
        Line(say("{what} — {owner}, by {due}", what=one.what, owner=Mention(one.owner), due=day_words(one.due)))
        for one in conditions
    )
    return (Section("Conditions", lines),) if lines else ()


def curve_of(weighed: Weighed) -> Curve:
    """The picture: all together, and this one and the others each alone."""
    if not weighed.neighbours:
        return load_curve(weighed.site, weighed.found)
    parts = {f"{weighed.campaign.name} (IT-{weighed.campaign.number})": weighed.alone}
    named, rest = weighed.neighbours[:SHADED_MOST], weighed.neighbours[SHADED_MOST:]
    parts |= {f"{one.name} (IT-{one.number})": forecast(one.waves(), weighed.site) for one in named}
    if rest:
        waves = [wave for one in rest for wave in one.waves()]
        parts[f"{len(rest)} more"] = forecast(waves, weighed.site)
    return load_curve(weighed.site, weighed.found, parts)


def answer_post(ticket: Ticket, readiness: Readiness, card: Card) -> Post:
    """The one message with the answer: in the thread at first, from then on in its place."""
    if readiness.posted == 1:
        return thread_post(ticket, KEY, card)
    to, key = Address(ticket.place.conversation, ticket.place.thread), f"{ticket.name}:{KEY}"
    return Post(ticket.workspace, f"{key}:{readiness.posted}", to, card, lane=lane_of(ticket), update_of=key)


def risk_post(ticket: Ticket, plan: Plan, weighed: Weighed, readiness: Readiness, asked: SignOff, to: str) -> Post:
    """What is asked of the sponsor; `to` is them or who stands in for them."""
    value = f"{ticket.name}:{readiness.decided}"
    for_whom = say(" (you stand in for {who})", who=Mention(asked.person)) if to != asked.person else ()
    card = Card(
        title=shorten(f"Your sign-off: {ticket.title}", TITLE_MOST),
        text=say(
            "As sponsor{more}: do you take the risk? {words}", more=for_whom, words=deciding_words(plan, weighed)
        ),
        facts=(*load_facts(weighed), *_decision_facts(readiness, ())),
        picture=Picture(curve_of(weighed)),
        sections=condition_section(readiness.conditions),
        buttons=(
            Button("Yes, I take it", "risk_yes", value, Style.PRIMARY),
            Button("No", "risk_no", value, Style.DANGER),
        ),
        note=say("Your answer counts once, and everybody on the ticket can see it."),
    )  # fmt: skip
    return direct_post(ticket, to, _asked_key(readiness), card)


def risk_done(ticket: Ticket, readiness: Readiness, to: str, words: Text) -> Post:
    """What is left of such a question, in place."""
    return in_place(direct_post(ticket, to, _asked_key(readiness), Card(text=words)), "done")


def _title(weighed: Weighed, readiness: Readiness) -> str:
    if readiness.verdict is not None:
        words = VERDICT_WORDS[readiness.verdict]
        if not readiness.is_final:
            return f"🖊️ {words}, once the sponsor has signed"
        return "⛔ No go" if readiness.is_off else f"✅ {words}"
    if weighed.verdict is None:
        return "🚦 Nobody measured the site yet"
    proposed = "as planned" if weighed.verdict is Verdict.NO_GO else "proposed"
    return f"{LIGHTS[weighed.verdict]} {VERDICT_WORDS[weighed.verdict]} {proposed}"


def _unknown(plan: Plan) -> Text:
    if plan.site is None:
        where = f"“{shorten(plan.page, 60)}”" if plan.page else ""
        return (f"I don't know the site {where}." if where else "It doesn't say which site it leads to.",)
    if plan.expired is not None:
        ended = day_words(plan.expired.expires_on)
        return (f"What {plan.site.host} takes was measured, but that counted until {ended}.",)
    return (f"Nobody has measured yet what {plan.site.host} takes.",)


def _otherwise(weighed: Weighed) -> str:
    found, value = weighed.found, weighed.lost_value
    worth = f", {value}" if value else ""
    return (
        f"over capacity for {span_words(found.overload_s)}: {found.turned_away:,.0f} visitors turned away, "
        f"about {weighed.lost_orders:,.0f} orders lost{worth}"
    )


def _others(weighed: Weighed) -> str:
    named = [f"{one.name} (IT-{one.number})" for one in weighed.neighbours[:SHADED_MOST]]
    more = len(weighed.neighbours) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _reckoned_with(weighed: Weighed) -> str:
    """What was assumed, so that whoever knows better can say so."""
    own, wave = weighed.campaign, weighed.campaign.waves()[0]
    rate = "as told" if own.response is not None else f"usual, {own.main.source}"
    window = "as told" if own.window_s is not None else "usual"
    time = "" if own.has_time else ", at 10:00 as nobody said when"
    more = _shared(own)
    more += "" if own.page else f" It leads to {weighed.site.name}, as nobody said where." if weighed.record else ""
    return (
        f"Reckoned with: {own.main.name}, {wave.response * 100:.3g} % visit ({rate}), "
        f"sent over {span_words(wave.window_s)} ({window}){time}.{more}"
    )


def _shared(own: Campaign) -> str:
    """Whom each of several channels reaches, by which rule, and how to change that."""
    if len(own.channels) == 1:
        return ""
    each = ", ".join(f"{one.name} {people:,}" for one, people in zip(own.channels, own.reach, strict=True))
    if own.parts and None not in own.parts:
        return f" {each} people, as told."
    rule = "what you told, the rest shared evenly" if own.parts else "shared evenly, each person once"
    first, second = own.channels[:2]
    return f" {each} people: {rule}. To change that, write “{first.name} 70 %, {second.name} 50k” as its channels."


def _decision_facts(readiness: Readiness, signoffs: Sequence[SignOff]) -> tuple[Fact, ...]:
    if readiness.verdict is None:
        return ()
    why = f": {readiness.reason}" if readiness.reason else ""
    words = say(
        "{verdict}, by {who}{why}", verdict=VERDICT_WORDS[readiness.verdict], who=Mention(readiness.by), why=why
    )
    return (Fact("Decision", words), *(Fact("Sponsor", _signed(one)) for one in signoffs))


def _signed(signoff: SignOff) -> Text:
    signature = signoff.signature
    if signature is None:
        return say("⏳ {who}", who=Mention(signoff.person))
    instead = say(" for {who}", who=Mention(signoff.person)) if signature.by != signoff.person else ()
    said = f"does not take the risk: {signature.reason}" if signature.said is Say.NO else "takes the risk"
    return say("{sign} {who}{instead} {said}", sign="⛔" if signature.said is Say.NO else "✅",
               who=Mention(signature.by), instead=instead, said=said)  # fmt: skip


def _buttons(ticket: Ticket, plan: Plan, readiness: Readiness) -> tuple[Button, ...]:
    value = f"{ticket.name}:{readiness.version}"
    if readiness.verdict is not None:
        return (Button("Decide again", "go_decide", value), _details(ticket))
    measure = Button("Say what the site takes", "capacity", plan.site.host if plan.site else plan.page[:200])
    if readiness.proposed is None and not plan.page:
        return (_details(ticket, Style.PRIMARY), Button("Decide anyway", "go_decide", value), measure)
    if readiness.proposed is None:
        return (replace(measure, style=Style.PRIMARY), Button("Decide anyway", "go_decide", value), _details(ticket))
    if readiness.proposed is Verdict.GO:
        return (Button("Confirm go", "go", value, Style.PRIMARY), Button("Decide otherwise", "go_decide", value),
                _details(ticket))  # fmt: skip
    return (Button("Confirm or change", "go_decide", value, Style.PRIMARY), _details(ticket), measure)


def _details(ticket: Ticket, style: Style = Style.PLAIN) -> Button:
    return Button("Campaign details", "details", ticket.name, style)


def _asked_key(readiness: Readiness) -> str:
    return f"risk:{readiness.decided}"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _zone(weighed: Weighed) -> str:
    return str(weighed.campaign.start.tzinfo or "UTC")
