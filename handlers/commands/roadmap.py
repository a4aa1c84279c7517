"""`/itcheck roadmap`: what both sides build together; `roadmap RM-3`: one item. `add`, `edit RM-3`, `people RM-3`:
the forms; `draft`, `diff 2`, `history`: what changes and changed; `sign`: put it before both sides; `order`, `limit`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.errors import Invalid
from bot.domain.roadmap import number_in
from bot.messages import Card, Reply, Request
from bot.services.desk import Desk
from bot.services.roadmap.goals import goals_card, set_goal
from bot.services.roadmap.item_fields import key_in
from bot.services.roadmap.item_form import item_form
from bot.services.roadmap.monthly import review_now
from bot.services.roadmap.roadmap import set_limit
from bot.services.roadmap.roadmap_signing import diff_card, history_card, submit
from bot.services.roadmap.show import show_changes, show_item, show_order, show_roadmap

ADD, EDIT, PEOPLE = "add", "edit", "people"
HOW = (
    "Type /itcheck roadmap to see it, roadmap RM-1 for one item, roadmap add, edit RM-1, people RM-1, draft, sign, "
    "review, history, diff 1, goal, order, or limit 2027-Q1 50,000."
)


def opens_form(request: Request) -> bool:
    """To add or change an item."""
    return _words(request)[0] in {ADD, EDIT, PEOPLE}


def handle(desk: Desk, request: Request) -> Reply:
    """What was asked for."""
    desk.member(request.workspace, request.actor)  # what things cost is nothing for guests
    word, rest = _words(request)
    if word in {ADD, EDIT, PEOPLE}:
        if word != ADD and not number_in(key_in(rest)):
            raise Invalid(f"Which item? Type it like /itcheck roadmap {word} RM-1.")
        return Reply(form=item_form(desk, request, "" if word == ADD else rest, more=word == PEOPLE))
    if word in SEEN:
        return Reply(card=SEEN[word](desk, request, rest))
    if not number_in(key_in(word)):
        raise Invalid(HOW)
    return Reply(card=show_item(desk, request, word))


def _submit(desk: Desk, request: Request, rest: str) -> Card:
    return submit(desk, desk.person(request.workspace, request.actor), request.workspace)


def _diff(desk: Desk, request: Request, rest: str) -> Card:
    if not rest:
        return show_changes(desk, request)
    if not (rest.isascii() and rest.isdigit() and len(rest) < 9):
        raise Invalid("Which revision? Type it like /itcheck roadmap diff 2; without a number, what the draft changes.")
    return diff_card(desk, request.workspace, int(rest))


def _words(request: Request) -> tuple[str, str]:
    word, _, rest = request.text.strip().partition(" ")
    return word.lower(), rest.strip()


SEEN: Mapping[str, Callable[[Desk, Request, str], Card]] = {
    "": lambda desk, request, rest: show_roadmap(desk, request),
    "draft": lambda desk, request, rest: show_changes(desk, request),
    "sign": _submit,
    "diff": _diff,
    "history": lambda desk, request, rest: history_card(desk, request.workspace, request.conversation),
    "review": lambda desk, request, rest: review_now(desk, request),
    "goal": lambda desk, request, rest: set_goal(desk, request, rest) if rest else goals_card(desk, request),
    "goals": lambda desk, request, rest: goals_card(desk, request),
    "order": lambda desk, request, rest: show_order(desk, request),
    "limit": lambda desk, request, rest: Card(text=(set_limit(desk, request, rest),)),
}
