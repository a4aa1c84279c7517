"""What our systems take at most: listed for everybody, told by IT in a form."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.amounts import amount_of
from bot.domain.errors import Invalid
from bot.domain.limits import Limit
from bot.messages import Button, Card, Field, Form, Line, Mention, Request, Section, Strong, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.agreement import person_in
from bot.services.campaigns.sites import names_in, require_it
from bot.services.desk import Desk
from bot.services.people.roles import colleague

LIMIT = "limit"
NAMES_MOST, LINES_MOST, TEXT_MOST = 20, 40, 300
NONE_YET = "Nobody has told me yet what our systems take. IT: press Add, and “can we?” gets an answer."


def limits_card(desk: Desk, request: Request) -> Card:
    """Every system with what it takes, and how to add one."""
    with desk.look() as uow:
        limits = uow.limits.of(request.workspace)
    lines = tuple(Line(_in_a_line(one)) for one in limits[:LINES_MOST])
    more = f" {len(limits) - LINES_MOST} more: /itcheck limits NAME." if len(limits) > LINES_MOST else ""
    text = say("Ask with /itcheck can-we, such as: a webcast to 20,000 viewers.{more}", more=more)
    return Card(
        text=text if limits else say(NONE_YET),
        sections=(Section("What our systems take", lines),) if lines else (),
        buttons=(Button("Add a system", LIMIT),),
        note=say("IT changes one with /itcheck limits and its name.") if limits else (),
    )


def limit_form(desk: Desk, request: Request, system: str) -> Form:
    """The form for a system, filled with what is known of it. Raises NotAllowed for who is neither IT nor admin."""
    require_it(desk, request)
    name = " ".join(system.split())
    with desk.look() as uow:
        known = {one.system.casefold(): one for one in uow.limits.of(request.workspace)}.get(name.casefold())
    return Form(
        LIMIT,
        "What a system takes",
        _fields(name, known),
        submit="Save",
        intro=say("Marketing asks “can we?” with /itcheck can-we; this is what I answer from."),
        context={"conversation": request.conversation},
    )


def check_limit(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is missing or wrong in a filled form, by field."""
    errors = {}
    if not values.get("system", "").strip():
        errors["system"] = "Which system is it?"
    amount = values.get("most", "").strip()
    if amount:
        try:
            if amount_of(amount) == 0:
                errors["most"] = "A system that takes nothing is none. Empty the field to take it off the list."
        except Invalid as error:
            errors["most"] = error.words
        if not values.get("unit", "").strip():
            errors["unit"] = "Of what? Such as: viewers at once."
    for key in ("words", "cannot"):
        if len(names_in(values.get(key, ""))) > NAMES_MOST:
            errors[key] = f"Please name at most {NAMES_MOST}."
    return errors


def keep_limit(desk: Desk, request: Request) -> Card:
    """Store what a filled form tells; without a number the system leaves the list. Raises Invalid or NotAllowed."""
    require_it(desk, request)
    for key, words in check_limit(request.values).items():
        raise Invalid(words, key)
    system = " ".join(request.values["system"].split())
    if not request.values.get("most", "").strip():
        with desk.unit_of_work() as uow:
            gone = uow.limits.forget(request.workspace, system)
        return Card(text=say("✓ {system} is off the list." if gone else "{system} was not on the list.", system=system))
    limit = _limit_in(desk, request, system)
    with desk.unit_of_work() as uow:
        uow.limits.tell(request.workspace, limit)
    return Card(text=("✓ ", *_in_a_line(limit)))


def most_words(limit: Limit) -> str:
    """How much a system takes, with its unit: `10,000 viewers at once`."""
    return f"{limit.most:,.0f} {limit.unit}"


def _limit_in(desk: Desk, request: Request, system: str) -> Limit:
    values = request.values
    owner = person_in(values.get("owner", ""))
    return Limit(
        system=system,
        most=amount_of(values["most"]),
        unit=" ".join(values["unit"].split()),
        words=names_in(values.get("words", "")),
        cannot=names_in(values.get("cannot", "")),
        owner=colleague(desk, request, owner, "owner").id if owner else request.actor,
        beyond=" ".join(values.get("beyond", "").split()),
        told_by=request.actor,
        told_on=request.at.date(),
    )


def _in_a_line(limit: Limit) -> Text:
    return say(
        "{system}: {most} — ask {owner} (as of {day})",
        system=Strong(limit.system), most=most_words(limit), owner=Mention(limit.owner), day=day_words(limit.told_on),
    )  # fmt: skip


def _fields(name: str, known: Limit | None) -> tuple[Field, ...]:
    def line(key: str, label: str, value: str, hint: str = "", *, required: bool = False) -> Field:
        return Field(key, label, value=value, hint=hint, required=required, most=TEXT_MOST)

    most, unit = (f"{known.most:,.0f}", known.unit) if known else ("", "")
    owner = f"<@{known.owner}>" if known and known.owner else ""
    words, cannot = (", ".join(known.words), ", ".join(known.cannot)) if known else ("", "")
    return (
        line("system", "Which system?", known.system if known else name, "Such as: webcast platform", required=True),
        line("most", "How much does it take?", most, "Such as 10,000. Empty: it leaves the list"),
        line("unit", "Of what?", unit, "Such as: viewers at once"),
        line("words", "What do people call what it does?", words, "With commas: webcast, live stream, webinar"),
        line("cannot", "What can't it do at all?", cannot, "With commas: report by household"),
        line("beyond", "What would more take?", known.beyond if known else "", "Such as: a streaming service, 4 weeks"),
        line("owner", "Whom to ask?", owner, "@name; you, if left empty"),
    )
