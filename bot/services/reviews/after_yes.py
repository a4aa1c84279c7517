"""After the yes: the steps to a launch, who has done theirs, how good IT's answers were, what it cost in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.abilities import Ability
from bot.domain.absence import away_at
from bot.domain.errors import Conflict, Invalid, NotAllowed
from bot.domain.events import What
from bot.domain.money import money_of
from bot.domain.people import Person
from bot.domain.project import MOST_STEPS, STARS, Actual, Project, ProjectStep, Rating
from bot.domain.signoff import Outcome
from bot.domain.ticket import State, Ticket
from bot.messages import Field, FieldKind, Form, Post, Request
from bot.ports import UnitOfWork
from bot.services.agreement import person_field, person_in
from bot.services.desk import Desk
from bot.services.people.roles import colleague
from bot.services.reviews.delivery_card import actual_post, owner_post, question_post, rated_post, set_next, steps_post
from bot.services.reviews.policies import edition_in_force
from bot.services.reviews.signing import ticket_and_version
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import change, check_ability, number_of, settle

NO_YES = "There is no yes yet. Its steps can be planned once everybody has signed."
NOT_YOURS = "Only the person who asked for the tool rates the answers."
NOT_DONE = "First everything has to be done. Then you are asked in the thread."
WORDS_MOST = 300
WHAT_MOST = 120
USUAL = (("Implementation", 15), ("Launch", 25))  # what is usual, and days until then


def steps_form(desk: Desk, request: Request) -> Form:
    """The form for the steps, prefilled with those there are, else with the usual ones. Raises NotAllowed, Conflict."""
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.REVIEW)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        project = _after_yes(uow, ticket)
    members = desk.directory.members(request.workspace, ticket.place.conversation)
    people = [one for one in members if not one.is_guest]
    today = desk.at().date()
    usual = [ProjectStep(what, ticket.liaison, today + timedelta(days=days)) for what, days in USUAL]
    steps = list(project.steps or usual)
    fields = [one for place in range(MOST_STEPS) for one in _fields(place, steps[place : place + 1], people)]
    context = {"ticket": name, "conversation": request.conversation}
    return Form("steps", f"After the yes: {name}", tuple(fields), "Plan", context=context)


def check_steps(values: Mapping[str, str]) -> dict[str, str]:
    """A step is whole: what, who, until when. There is at least one; of the others, one without words is none."""
    errors: dict[str, str] = {}
    for place in range(MOST_STEPS):
        what, owner, due = _row(values, place)
        if not what and place:
            continue
        if not what:
            errors[f"what{place}"] = "Please say what is to be done."
        if not person_in(owner):
            errors[f"owner{place}"] = "Please choose somebody, or type a mention like @name."
        if not _is_day(due):
            errors[f"due{place}"] = "Please choose a day."
    return errors


def plan_steps(desk: Desk, request: Request) -> Ticket:
    """Plan the steps, or plan them anew; owners hear of theirs. Raises NotAllowed, Invalid, Conflict."""
    who = desk.person(request.workspace, request.actor)
    for key, words in check_steps(request.values).items():
        raise Invalid(words, key)
    rows = [_row(request.values, place) for place in range(MOST_STEPS)]
    steps = [
        ProjectStep(what, colleague(desk, request, person_in(owner)).id, date.fromisoformat(due))
        for what, owner, due in rows
        if what
    ]

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        before = _after_yes(uow, ticket)
        project = before.plan(steps)
        if project == before:
            return ()
        uow.projects.save(project)
        ticket.deliver(who.id, desk.at(), ", ".join(step.what for step in project.steps))
        set_next(ticket, project)
        known = {step.planned for step in before.steps}
        told = [step for step in project.steps if step.planned not in known]
        owners = [owner_post(ticket, step, ticket_link(ticket)) for step in told]
        return [steps_post(ticket, project, is_first=not before.steps), *owners]

    return change(desk, who, request.workspace, request.context["ticket"], Ability.REVIEW, verb)


def finish_step(desk: Desk, request: Request) -> Ticket:
    """Its owner has done a step; after the last one the requester is asked how it was. `value`: `IT-12:0`.

    Raises NotAllowed, Conflict.
    """
    name, place = ticket_and_version(request.value)
    who = desk.person(request.workspace, request.actor)
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        before = _after_yes(uow, ticket)
        away = away_at(uow.absences.of(ticket.workspace), desk.at())
        owner = before.steps[place].owner if place < len(before.steps) else ""
        standing_in = who.id if away.get(owner) == who.id else ""
        project = before.finish(place, who.id, standing_in, desk.at())
        uow.projects.save(project)
        ticket.note_fact(What.STEP_DONE, who.id, desk.at(), project.steps[place].what)
        set_next(ticket, project)
        asked = [question_post(ticket)] if project.is_done and project.rating is None else []
        settle(uow, ticket, [steps_post(ticket, project, is_first=False), *asked])
    return ticket


def rate(desk: Desk, request: Request) -> Ticket:
    """The requester says how good IT's answers were. `value`: `IT-12:4`. Raises NotAllowed, Conflict, Invalid."""
    name, stars = ticket_and_version(request.value)

    def rated(project: Project, by: str) -> Project:
        return project.rate(Rating(stars, by, desk.at()))

    return _keep_rating(desk, request, name, rated)


def words_form(desk: Desk, request: Request) -> Form:
    """The form for a line about it. Raises NotAllowed, Conflict."""
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(request.value))
        _rateable(uow, ticket, request.actor)
    text = Field("text", "What was good, what could be better?", required=True, most=WORDS_MOST)
    context = {"ticket": ticket.name, "conversation": request.conversation}
    return Form("rate_words", f"About IT: {ticket.name}", (text,), "Add", context=context)


def add_words(desk: Desk, request: Request) -> Ticket:
    """A line beside the rating. Raises NotAllowed, Conflict."""

    def said(project: Project, by: str) -> Project:
        if project.rating is None:
            raise Conflict(f"First choose from 1 to {STARS}.")
        return replace(project, rating=replace(project.rating, words=" ".join(request.values["text"].split())))

    return _keep_rating(desk, request, request.context["ticket"], said)


def actual_form(desk: Desk, request: Request) -> Form:
    """The form for what it cost in the end. Raises NotAllowed, Conflict."""
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.COST)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        known = _after_yes(uow, ticket).actual
        currency = edition_in_force(desk, uow, request.workspace).policy.currency
    fields = (
        Field("once", f"What did it cost once, in {currency}?", value=f"{known.once:f}" if known else "",
              hint="Set-up, connections, training, project", required=True, most=40),
        Field("yearly", f"What does it cost a year now, in {currency}?", value=f"{known.yearly:f}" if known else "",
              hint="Licence, support, running it", required=True, most=40),
    )  # fmt: skip
    context = {"ticket": name, "conversation": request.conversation, "currency": currency}
    return Form("actual_cost", f"Actual cost: {name}", fields, "Keep", context=context)


def check_actual(values: Mapping[str, str], currency: str) -> dict[str, str]:
    """What is wrong with the amounts, by field."""
    errors = {}
    for key in ("once", "yearly"):
        try:
            money_of(values.get(key, ""), currency)
        except Invalid as error:
            errors[key] = error.words
    return errors


def keep_actual(desk: Desk, request: Request) -> Ticket:
    """Set the actual cost beside the estimate. Raises NotAllowed, Invalid, Conflict."""
    who = desk.person(request.workspace, request.actor)

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        before, currency = _after_yes(uow, ticket), edition_in_force(desk, uow, ticket.workspace).policy.currency
        once, yearly = (money_of(request.values.get(key, ""), currency, key).amount for key in ("once", "yearly"))
        project = replace(before, actual=Actual(once, yearly, currency, who.id, desk.at()))
        uow.projects.save(project)
        ticket.note_fact(What.ACTUAL_COST_KEPT, who.id, desk.at(), f"{once:,f} {currency} once, {yearly:,f} a year")
        sheets = uow.costs.of(ticket.workspace, ticket.number)
        return actual_post(ticket, project, sheets[-1] if sheets else None)

    return change(desk, who, request.workspace, request.context["ticket"], Ability.COST, verb)


def _keep_rating(desk: Desk, request: Request, name: str, rated: Callable[[Project, str], Project]) -> Ticket:
    """Change the rating of a finished project; a closed ticket can be rated too."""
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        project = rated(_rateable(uow, ticket, request.actor), request.actor)
        uow.projects.save(project)
        stars = project.rating.stars if project.rating else 0
        ticket.note_fact(What.RATED, request.actor, desk.at(), f"{stars} of {STARS}")
        settle(uow, ticket, [rated_post(ticket, project)])
    return ticket


def _rateable(uow: UnitOfWork, ticket: Ticket, person: str) -> Project:
    project = uow.projects.of(ticket.workspace, ticket.number)
    if person != ticket.requester:
        raise NotAllowed(NOT_YOURS)
    if not project.is_done:
        raise Conflict(NOT_DONE)
    return project


def _after_yes(uow: UnitOfWork, ticket: Ticket) -> Project:
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    yes = bool(reviews) and reviews[-1].outcome in {Outcome.APPROVED, Outcome.CONDITIONS}
    if not yes or ticket.state is State.WITHDRAWN:
        raise Conflict(NO_YES)
    return uow.projects.of(ticket.workspace, ticket.number)


def _fields(place: int, step: Sequence[ProjectStep], people: Sequence[Person]) -> tuple[Field, ...]:
    what, owner, due = step[0].planned if step else ("", "", None)
    number, first = place + 1, place == 0
    chosen = person_field(f"owner{place}", f"Who does step {number}?", people, owner)
    return (
        Field(f"what{place}", f"Step {number}", value=what, required=first, most=WHAT_MOST),
        replace(chosen, required=first),
        Field(
            f"due{place}", f"Until when, step {number}?", FieldKind.DATE, due.isoformat() if due else "", required=first
        ),
    )


def _row(values: Mapping[str, str], place: int) -> tuple[str, str, str]:
    what, owner, due = (values.get(f"{key}{place}", "").strip() for key in ("what", "owner", "due"))
    return " ".join(what.split())[:WHAT_MOST], owner, due


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True
