"""The honest answer to "can we?": from what IT told of its systems, never a guess."""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.domain.limits import MOST_CHARACTERS, Feasibility, Feasible, Limit, feasibility
from bot.messages import Button, Card, Fact, Mention, Request, Strong, Style, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.campaigns.limits import most_words
from bot.services.desk import Desk

ASK_IT = "answer_liaison"
ANSWERS = {
    Feasible.FITS: "Yes, as far as I know: {system} takes {most}, and you ask for {wanted}.",
    Feasible.TIGHT: "Barely: {system} takes {most}, and you ask for {wanted}. Please plan it together with IT.",
    Feasible.BEYOND: "Not with what we have: {system} takes {most}, and {wanted} is {times} times that.",
    Feasible.IMPOSSIBLE: "No: {system} can't do that ({missing}).",
    Feasible.NAMED: "{system} takes {most}. Ask again with your figure, and I compare.",
}
UNKNOWN = "I don't know: nobody has told me what we have for that, and I would rather not guess. IT can find out."


def feasible_card(desk: Desk, request: Request, question: str) -> Card:
    """Whether we can, with the figure that decides, whom to ask and what more would take. Raises Invalid for none."""
    if not question.strip():
        raise Invalid("What do you plan? Such as: /itcheck can-we stream to 20,000 viewers")
    if len(question) > MOST_CHARACTERS:
        raise Invalid(f"That is a long one. Please say it in at most {MOST_CHARACTERS} characters.")
    with desk.look() as uow:
        found = feasibility(uow.limits.of(request.workspace), question)
    if found is None:
        return Card(text=say(UNKNOWN), buttons=(_ask_it(question, Style.PRIMARY),))
    return Card(
        text=_answer(found),
        facts=_facts(found.limit, is_enough=found.stands is Feasible.FITS),
        buttons=(_ask_it(question),),
        note=say("Only you can see this. Told by {who}, {day}.", who=_teller(found.limit), day=_day(found.limit)),
    )


def _answer(found: Feasibility) -> Text:
    return say(
        ANSWERS[found.stands],
        system=Strong(found.limit.system), most=most_words(found.limit), missing=found.missing,
        wanted=f"{found.wanted or 0:,}", times=f"{found.times:,.1f}".removesuffix(".0"),
    )  # fmt: skip


def _facts(limit: Limit, *, is_enough: bool) -> tuple[Fact, ...]:
    beyond = () if is_enough or not limit.beyond else (Fact("What it would take", (limit.beyond,)),)
    return (*beyond, *((Fact("Ask", (Mention(limit.owner),)),) if limit.owner else ()))


def _ask_it(question: str, style: Style = Style.PLAIN) -> Button:
    return Button("Ask IT", ASK_IT, question, style)


def _teller(limit: Limit) -> Text:
    return (Mention(limit.told_by),) if limit.told_by else ("IT",)


def _day(limit: Limit) -> str:
    return day_words(limit.told_on)
