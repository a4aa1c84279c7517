"""The record of a decision about a tool, as Markdown: what was asked, under which rule, what it costs, who signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.attachments import Document
from bot.domain.abilities import Ability
from bot.domain.cost import Book
from bot.domain.cost_sheet import CostSheet
from bot.domain.errors import Conflict, NotFound
from bot.domain.kinds import kind_of
from bot.domain.money import Money
from bot.domain.people import ROLE_WORDS
from bot.domain.project import STARS, Project
from bot.domain.review import Review
from bot.domain.signoff import SignOff
from bot.domain.ticket import Ticket
from bot.messages import Card, Post, Request, say
from bot.ports import UnitOfWork
from bot.services.costs.cost_card import about, break_even_words, summary
from bot.services.desk import Desk, Rulebook
from bot.services.diligence.diligence import summary as diligence_of
from bot.services.diligence.diligence_words import Summary
from bot.services.notifications import thread_post
from bot.services.reviews.delivery_card import actual_words
from bot.services.reviews.policies import edition_words, policy_in_force
from bot.services.reviews.review import signoffs_of
from bot.services.reviews.review_cards import SAID_WORDS, VERDICTS
from bot.services.reviews.review_form import DATA_WORDS, INTEGRATION_WORDS, require_tool
from bot.services.sla.sla import channel_of
from bot.services.tickets.cards import readable, ticket_link
from bot.services.tickets.tickets import check_ability, number_of
from bot.services.tools.catalogue import instead_of

NO_REVIEW = "There is no review of this tool yet, so there is nothing to put on record. Press Review first."
NOT_YET = "Not decided yet"
TYPED = str.maketrans(
    {"\\": "\\\\", "|": "\\|", "<": "&lt;", "`": "\\`", "*": "\\*", "_": "\\_", "[": "\\[", "#": "\\#"}
)
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What a record says: the ticket, its newest review with its sign-offs, the cost, the other tools there are."""

    ticket: Ticket
    review: Review
    signoffs: Sequence[SignOff]
    sheets: Sequence[CostSheet]
    category: str
    diligence: Summary | None
    others: Sequence[str]
    project: Project
    zone: tzinfo


def record_of(rules: Rulebook, uow: UnitOfWork, ticket: Ticket, names: Names) -> Document:
    """The record as a file. `names`: what people are called, by id. Raises Conflict without a review."""
    known = _known(rules, uow, ticket)
    parts = (_head, _asked, _policy, _cost, _diligence, _signatures, _alternatives, _afterwards)
    lines = [line for part in parts for line in (*part(known, names), "")]
    return Document(f"decision-{ticket.name}.md", "\n".join(lines).rstrip() + "\n")


def record_post(rules: Rulebook, uow: UnitOfWork, ticket: Ticket, names: Names, key: str) -> Post:
    """The record in the ticket's thread. `key` is unique within the ticket."""
    words = say("The record of this decision, to be kept: what was asked, the rule, the cost, who said what.")
    return thread_post(ticket, f"record:{key}", Card(text=words, file=record_of(rules, uow, ticket, names)))


def post_record(desk: Desk, request: Request) -> Card:
    """Put the record of the ticket that is named into its thread. Raises NotAllowed, NotFound, Conflict."""
    name = check_ability(desk, request.workspace, request.actor, request.text, Ability.RECORD)
    names = names_around(desk, request.workspace, name)
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        uow.outbox.put([record_post(desk, uow, ticket, names, request.key)])
    return Card(text=say("The record of {link} is in its thread, as a file.", link=ticket_link(ticket)))


def names_around(desk: Desk, workspace: str, name: str, also: Iterable[str] = ()) -> dict[str, str]:
    """What the people around a ticket's review are called, and some more, by id. Asks the chat."""
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        people = _people(uow, ticket)
    found = {}
    for person in dict.fromkeys([*people, *also]):
        try:
            found[person] = desk.person(workspace, person).name
        except NotFound:
            continue
    return found


def _people(uow: UnitOfWork, ticket: Ticket) -> list[str]:
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    signoffs = signoffs_of(uow, reviews[-1]) if reviews else []
    signed = [one.signature for one in signoffs if one.signature]
    owners = [condition.owner for one in signed for condition in one.conditions]
    costs = [sheet.by for sheet in uow.costs.of(ticket.workspace, ticket.number)[-1:]]
    people = [ticket.requester, ticket.liaison, *(one.person for one in signoffs), *(one.by for one in signed)]
    project = uow.projects.of(ticket.workspace, ticket.number)
    around = [project.manager, *(step.owner for step in project.steps)]
    return [one for one in dict.fromkeys([*people, *owners, *costs, *around]) if one]


def _known(rules: Rulebook, uow: UnitOfWork, ticket: Ticket) -> Known:
    require_tool(ticket)
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    if not reviews:
        raise Conflict(NO_REVIEW)
    policy, review = policy_in_force(rules, uow, ticket.workspace), reviews[-1]
    category = policy.categories.get(review.asked.category) if policy else None
    others = instead_of(uow, ticket.workspace, ticket.title, rules.market, review.asked.category)
    return Known(
        ticket=ticket,
        review=review,
        signoffs=signoffs_of(uow, review),
        sheets=uow.costs.of(ticket.workspace, ticket.number),
        category=category.name if category else review.asked.category,
        diligence=diligence_of(rules, uow, ticket),
        others=[f"{one.name}{f', {one.yearly} a year' if one.yearly else ''}" for one in others],
        project=uow.projects.of(ticket.workspace, ticket.number),
        zone=channel_of(uow, ticket).tz,
    )


def _head(known: Known, names: Names) -> Iterator[str]:
    ticket, review = known.ticket, known.review
    verdict = VERDICTS[review.outcome].partition(" ")[2] if review.is_decided else NOT_YET
    when = f" on {_day(review.decided_at, known.zone)}" if review.decided_at else ""
    yield f"# Decision: {typed(ticket.title)} ({ticket.name})"
    yield ""
    yield f"**{verdict}**{when}, under the {edition_words(review.policy)}, rule {review.ruling.rule}."


def _asked(known: Known, names: Names) -> Iterator[str]:
    ticket, asked = known.ticket, known.review.asked
    yield "## What was asked"
    yield ""
    yield f"- Asked by {_name(names, ticket.requester)} on {_day(ticket.opened_at, known.zone)}"
    for question in kind_of(ticket.kind).questions[1:]:
        if ticket.facts.get(question.key):
            yield f"- {question.name}: {typed(readable(question, ticket.facts[question.key]))}"
    yield f"- Category: {typed(known.category)}"
    yield f"- A year: {Money(asked.amount, known.review.currency)}, for {asked.months} months"
    yield f"- Data: {DATA_WORDS[asked.data]}; connection: {INTEGRATION_WORDS[asked.integration]}"


def _policy(known: Known, names: Names) -> Iterator[str]:
    found = known.review.ruling
    yield "## What the policy says"
    yield ""
    lane, purchase = found.lane.value, found.purchase.value
    yield f"Rule {found.rule}, the {lane} lane ({found.days} working days), {purchase} purchase."
    yield ""
    yield from (f"- {typed(why)}" for why in found.why)
    yield f"- Must say yes: {', '.join(ROLE_WORDS[role] for role in found.approvers) or 'nobody'}"


def _cost(known: Known, names: Names) -> Iterator[str]:
    yield "## What it really costs"
    yield ""
    if not known.sheets:
        yield "Not reckoned."
        return
    sheet = known.sheets[-1]
    found, currency = sheet.estimate, sheet.currency
    yield f"{_capital(summary(sheet, found))} (low {about(found.low)}, high {about(found.high)}; one time in ten each)."
    yield f"CapEx {about(found.booked(Book.CAPEX))}, OpEx {about(found.booked(Book.OPEX))} {currency}."
    if sheet.inputs.owned:
        yield f"Against {typed(sheet.inputs.owned)}: {break_even_words(sheet, found)}."
    yield f"Reckoned {_times(len(known.sheets))}, last by {_name(names, sheet.by)} on {_day(sheet.at, known.zone)}."
    yield ""
    yield f"| Part of the cost, in {currency} over {found.years} years | Booked | Low | Likely | High | Source |"
    yield "|---|---|---:|---:|---:|---|"
    for line in found.lines:
        points = (line.spread.optimistic, line.spread.likely, line.spread.pessimistic)
        cells = (typed(line.name), line.book.value, *(about(point) for point in points), typed(line.source))
        yield f"| {' | '.join(cells)} |"


def _diligence(known: Known, names: Names) -> Iterator[str]:
    yield "## Due diligence"
    yield ""
    found = known.diligence
    if found is None:
        yield "No questions were asked."
        return
    yield f"{typed(found.score)}; at stake: {found.tier}, risk that is left: {found.residual}."
    yield ""
    yield from (f"- {typed(name)}: {share}" for name, share in found.by_criterion)
    yield from (f"- Speaks against it: {typed(one)}" for one in found.against)
    yield from (f"- Open: {typed(one)}" for one in found.open)
    yield from (f"- {typed(one)}" for one in found.answers)


def _signatures(known: Known, names: Names) -> Iterator[str]:
    yield "## Sign-offs"
    yield ""
    yield "| For | Who | Said | When | Why |"
    yield "|---|---|---|---|---|"
    for one in known.signoffs:
        signed = one.signature
        who = _name(names, signed.by if signed else one.person)
        instead = f" for {_name(names, one.person)}" if signed and signed.by != one.person else ""
        said, when = (SAID_WORDS[signed.said], _day(signed.at, known.zone)) if signed else ("not yet", "")
        cells = (ROLE_WORDS[one.role], f"{who}{instead}", said, when, typed(signed.reason) if signed else "")
        yield f"| {' | '.join(cells)} |"
    signatures = dict.fromkeys(one.signature for one in known.signoffs if one.signature)
    made = [one for signature in signatures for one in signature.conditions]
    if made:
        yield ""
        yield "Conditions:"
        yield ""
        yield from (f"- {typed(one.what)} — {_name(names, one.owner)}, by {one.due:%d %b %Y}" for one in made)


def _afterwards(known: Known, names: Names) -> Iterator[str]:
    project = known.project
    yield "## After the decision"
    yield ""
    if project.manager:
        yield f"- Project manager: {_name(names, project.manager)}"
    for step in project.steps:
        done = f"done {_day(step.done_at, known.zone)}" if step.done_at else "open"
        yield f"- {typed(step.what)} — {_name(names, step.owner)}, by {step.due:%d %b %Y}: {done}"
    if project.rating:
        said = f": {typed(project.rating.words)}" if project.rating.words else ""
        yield f"- IT's answers, rated by who asked: {project.rating.stars} of {STARS}{said}"
    if project.actual:
        beside = actual_words(project.actual, known.sheets[-1] if known.sheets else None)
        yield from (f"- Actual cost, {name.lower()}: {words}" for name, words in beside)
    if not (project.manager or project.steps):
        yield "Nothing yet."


def _alternatives(known: Known, names: Names) -> Iterator[str]:
    yield "## What is there already for the same"
    yield ""
    yield from _listed(known.others, "Nothing that the catalogue knows.")


def typed(text: str) -> str:
    """Words of people in Markdown, on one line and with nothing in them that marks anything."""
    return " ".join(text.translate(TYPED).split())


def _listed(lines: Iterable[str], otherwise: str) -> Iterator[str]:
    found = [f"- {typed(line)}" for line in lines]
    yield from found or [otherwise]


def _name(names: Names, person: str) -> str:
    return typed(names.get(person, person))


def _day(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%d %b %Y, %H:%M}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
