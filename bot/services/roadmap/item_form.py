"""The two forms of a road map item: what it is and when; its order, people and money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.people import Person
from bot.domain.roadmap import STATUS_WORDS, Confidence, Item
from bot.messages import Choice, Field, FieldKind, Form, Request, say
from bot.services.agreement import NOBODY, PEOPLE_MOST, person_in
from bot.services.desk import Desk
from bot.services.roadmap.item_fields import MOST, MOST_ELSE, PEOPLE, values_of
from bot.services.roadmap.roadmap import digest_of, item_in, require_change, view_of

FORM, MORE = "roadmap_item", "roadmap_more"
LABELS = {
    "marketing_owner": "Owner in marketing",
    "it_owner": "Owner in IT",
    "marketing_sponsor": "Sponsor in marketing",
    "it_sponsor": "Sponsor in IT",
}
SCORES = {"value": "Value", "effort": "Effort", "risk": "Risk", "urgency": "Urgency"}
ASKED = ("need", "outcome", "measure", "from", "to", "measured_by", "technology", "start", "end", "status", "why")


def item_form(desk: Desk, request: Request, words: str = "", *, more: bool = False) -> Form:
    """The form of a new item, or of the one some words mean; `more`: its order, people and money.

    Raises NotAllowed, NotFound, Conflict without a marketing channel.
    """
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        view = view_of(desk, uow, request.workspace, request.conversation)
        roles = uow.workspaces.roles(request.workspace)
    item = item_in(view.road_map, words) if words.strip() else None
    require_change(item, who, roles)
    context = {
        "item": item.key if item else "",
        "seen": digest_of(item) if item else "",
        "currency": view.road_map.currency,
        "conversation": request.conversation or view.channel.id,
    }
    if item is None or not more:
        return Form(FORM, "Road map item", _what(item), submit="Save", context=_with_kept(context, item, ASKED))
    members = desk.directory.members(request.workspace, view.channel.id)
    people = [member for member in members if member.is_colleague]
    fields = _more(item, people, view.road_map.currency)
    asked = [field.key for field in fields]
    intro = say("{key} {need}: its order, people and money.", key=item.key, need=item.need)
    return Form(MORE, f"{item.key}: people, money", fields, "Save", intro, _with_kept(context, item, asked))


def _with_kept(context: Mapping[str, str], item: Item | None, asked: Sequence[str]) -> dict[str, str]:
    """The context with what decides on the other fields, so that a fault is told before the form is sent."""
    kept = (
        {f"kept_{name}": value for name, value in values_of(item).items() if name in {"need", "start", "end"}}
        if item
        else {}
    )
    return {**context, **{name: value for name, value in kept.items() if name.removeprefix("kept_") not in asked}}


def _what(item: Item | None) -> tuple[Field, ...]:
    filled = values_of(item) if item else {}
    statuses = tuple(Choice(words[0].upper() + words[1:], words) for words in STATUS_WORDS.values())
    when = "Such as 2027-03-15, 2027-03 or 2027-Q1"
    return (
        _line("need", "What does marketing need?", filled, "In a few words: its name on the road map", required=True),
        Field("outcome", "What will be better?", FieldKind.PARAGRAPH, filled.get("outcome", ""), most=MOST["outcome"]),
        _line("measure", "How will we see it?", filled, "What is measured, such as orders a month"),
        _line("from", "From", filled, "Where it stands today, such as 120"),
        _line("to", "To", filled, "Where it shall be, such as 200"),
        _line("measured_by", "By when", filled, when),
        _line("technology", "Which technology?", filled, "Usually a tool's name"),
        _line("start", "Starts", filled, when, required=True),
        _line("end", "Ends", filled, "Empty: with the month or quarter it starts in"),
        Field("status", "Status", FieldKind.CHOICE, filled.get("status", statuses[0].value), choices=statuses),
        Field("why", "Why this change?", hint="Both sides read it when they sign", most=MOST["why"]),
    )


def _more(item: Item, people: Sequence[Person], currency: str) -> tuple[Field, ...]:
    filled = values_of(item)
    sure = tuple(Choice(one.value.capitalize(), one.value) for one in Confidence)
    numbers = tuple(Choice(str(number), str(number)) for number in range(1, 6))
    scores = (
        Field(key, f"{label}, 1 little to 5 much", FieldKind.CHOICE, filled[key], choices=numbers)
        for key, label in SCORES.items()
    )
    return (
        _line("rank", "Rank", filled, "1 is first; agreed by both sides when they sign"),
        *scores,
        _line("needs", "Which items must be done before?", filled, "Such as RM-2, RM-5"),
        _line("serves", "Which tickets wait for it?", filled, "Such as IT-12: campaigns that need it"),
        *(_person(column, people, filled[column]) for column in PEOPLE),
        _line("team", "Which team does it?", filled),
        Field(
            "spend",
            f"What does it cost, in {currency}?",
            FieldKind.PARAGRAPH,
            filled["spend"].replace("; ", "\n"),
            "A line a quarter: 2027-Q1: capex 10,000, opex 500",
            most=MOST["spend"],
        ),
        Field("confidence", "How sure are its dates?", FieldKind.CHOICE, filled["confidence"], choices=sure),
        Field("why", "Why this change?", hint="Both sides read it when they sign", most=MOST["why"]),
    )


def _line(key: str, label: str, filled: Mapping[str, str], hint: str = "", *, required: bool = False) -> Field:
    return Field(key, label, value=filled.get(key, ""), hint=hint, required=required, most=MOST.get(key, MOST_ELSE))


def _person(column: str, people: Sequence[Person], value: str) -> Field:
    if not 0 < len(people) < PEOPLE_MOST:
        return Field(column, LABELS[column], value=value, hint="Type a mention: @name")
    holder = person_in(value) if value.startswith("@") else value
    known = {person.id: person.name or person.id for person in people}
    known |= {holder: holder} if holder and holder not in known else {}
    choices = (Choice("Nobody yet", NOBODY), *(Choice(name, person) for person, name in known.items()))
    return Field(column, LABELS[column], FieldKind.CHOICE, holder or NOBODY, choices=choices)
