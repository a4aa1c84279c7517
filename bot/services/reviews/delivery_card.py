"""How it goes on after the yes: the steps with their owners, the question how it was, actual beside estimated cost."""

from __future__ import annotations

from decimal import Decimal

from bot.domain.cost_sheet import CostSheet
from bot.domain.money import Money
from bot.domain.project import STARS, Actual, Project, ProjectStep
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Fact, Line, Mention, Post, Section, Style, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.costs.cost_card import about
from bot.services.intake.intake import shorten
from bot.services.notifications import direct_post, thread_post, thread_update
from bot.services.tickets.cards import NEXT_KEYS

KEY = "delivery"
TITLE_MOST = 100
PERCENT = 100
CHOICES = range(1, STARS + 1)


def steps_post(ticket: Ticket, project: Project, *, is_first: bool) -> Post:
    """The steps in the thread; later in place."""
    post = thread_post if is_first else thread_update
    return post(ticket, KEY, steps_card(ticket, project))


def steps_card(ticket: Ticket, project: Project) -> Card:
    """The steps after the yes, each with a button for its owner."""
    lines = tuple(step_line(step, f"{ticket.name}:{place}") for place, step in enumerate(project.steps))
    ended = (Button("Enter the actual cost", "actual_cost", ticket.name, Style.PRIMARY),) if project.is_done else ()
    return Card(
        title=shorten(f"🚀 After the yes: {ticket.title}", TITLE_MOST),
        sections=(Section(_progress(project), lines),),
        buttons=(*ended, Button("Change the steps", "steps", ticket.name)),
        note=say("Who owns a step marks it as done."),
    )


def step_line(step: ProjectStep, value: str = "") -> Line:
    """One step. `value`: the ticket and its place, for the button."""
    day = day_words(step.due)
    if step.done_at is not None:
        words = say(
            "✅ {what} — {who}, done {day}", what=step.what, who=Mention(step.done_by), day=day_words(step.done_at)
        )
        return Line(words)
    words = say("⏳ {what} — {who}, by {day}", what=step.what, who=Mention(step.owner), day=day)
    return Line(words, Button("Done", "step_done", value) if value else None)


def owner_post(ticket: Ticket, step: ProjectStep, link: Text) -> Post:
    """An owner hears of their step."""
    words = say(
        "📌 {link} “{title}”: {what} is yours, by {day}. Mark it as done in its thread.",
        link=link, title=ticket.title, what=step.what, day=day_words(step.due),
    )  # fmt: skip
    return direct_post(ticket, step.owner, f"step:{ticket.revision}:{step.what}", Card(text=words))


def question_post(ticket: Ticket) -> Post:
    """How good IT's answers were, asked of the requester in one click."""
    asker, title = Mention(ticket.requester), ticket.title
    words = say("{asker}, “{title}” is launched. How good were IT's answers on the way?", asker=asker, title=title)
    buttons = tuple(Button(f"{stars} {'⭐' * stars}", "rate", f"{ticket.name}:{stars}") for stars in CHOICES)
    return thread_post(ticket, "rating", Card(text=words, buttons=buttons, note=say("1 is poor, 5 is excellent.")))


def rated_post(ticket: Ticket, project: Project) -> Post:
    """What was answered, in place of the question."""
    rating = project.rating
    stars, said = (rating.stars, rating.words) if rating else (0, "")
    words = say(
        "{who} rates IT's answers: {stars} {of}{said}", who=Mention(ticket.requester), stars="⭐" * stars,
        of=f"({stars} of {STARS})", said=f" “{said}”" if said else "",
    )  # fmt: skip
    buttons = () if said else (Button("Add a line", "rate_words", ticket.name),)
    return thread_update(ticket, "rating", Card(text=words, buttons=buttons))


def actual_post(ticket: Ticket, project: Project, sheet: CostSheet | None) -> list[Post]:
    """What it cost in the end beside what was reckoned."""
    if project.actual is None:
        return []
    facts = tuple(Fact(name, (words,)) for name, words in actual_words(project.actual, sheet))
    title = shorten(f"💶 What {ticket.title} cost in the end", TITLE_MOST)
    words = say("{who} entered the actual cost, beside the estimate.", who=Mention(project.actual.by))
    return [thread_post(ticket, f"actual:{ticket.revision}", Card(title=title, text=words, facts=facts))]


def actual_words(actual: Actual, sheet: CostSheet | None) -> tuple[tuple[str, str], ...]:
    """Each amount beside its estimate: `41,000 EUR, estimated 39,300 (+4 %)`."""
    fits = sheet is not None and sheet.currency == actual.currency
    once, yearly = (sheet.once, sheet.first_year) if sheet and fits else (None, None)
    pairs = (("Once", actual.once, once), ("A year", actual.yearly, yearly))
    return tuple((name, _beside(amount, reckoned, actual.currency)) for name, amount, reckoned in pairs)


def set_next(ticket: Ticket, project: Project) -> None:
    """The ticket's card names the next step; without one, none."""
    others = {key: value for key, value in ticket.facts.items() if key not in NEXT_KEYS}
    upcoming = project.open_steps
    if upcoming:
        step = upcoming[0]
        others |= dict(zip(NEXT_KEYS, (step.what, step.owner, step.due.isoformat()), strict=True))
    ticket.facts = others


def _progress(project: Project) -> str:
    done = len(project.steps) - len(project.open_steps)
    return f"{done} of {len(project.steps)} steps done"


def _beside(amount: Decimal, reckoned: Decimal | None, currency: str) -> str:
    shown = str(Money(amount, currency))
    if reckoned is None:
        return f"{shown}, never estimated"
    if not reckoned:
        return f"{shown}, estimated 0"
    return f"{shown}, estimated {about(reckoned)} ({(amount / reckoned - 1) * PERCENT:+.0f} %)"
