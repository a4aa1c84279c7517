"""A workspace's own questions of due diligence: listed for everybody, added, changed and retired by an admin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.diligence import Asker, Question, Tier
from bot.domain.errors import Conflict, Invalid, NotAllowed
from bot.domain.own_questions import AREA, MOST_TEXT, OwnQuestion, asked_at, newest, next_key
from bot.domain.people import Person
from bot.messages import Button, Card, Choice, Field, FieldKind, Form, Line, Request, Section, Strong, say
from bot.ports import UnitOfWork
from bot.services.channels import may_set_up
from bot.services.desk import Desk, Rulebook
from bot.services.reviews.policies import edition_in_force, policy_in_force

OWN_QUESTION = "own_question"
ADMINS_ONLY = "Only an admin can change these questions. Tell one what should be asked."
NONE_YET = "Nothing is asked here beside the questions that ship. An admin can add what matters to you."
GONE = "There is no such question any more. Look at them with /itcheck diligence questions."
ASKERS = {Asker.MARKETER: "the requester", Asker.IT: "IT", Asker.VENDOR: "the vendor"}
TIERS = {
    Tier.LOW: "Always",
    Tier.MEDIUM: "From a medium risk on: customer data, a connection to build",
    Tier.HIGH: "At a high risk: sensitive data, a core system",
}
ASK, ASK_OR_OUT, RETIRED = "ask", "knock_out", "retired"
USES = {
    ASK: "Ask it",
    ASK_OR_OUT: "Ask it; a no or an unknown knocks the tool out",
    RETIRED: "Retire it: it is asked no more, what was answered stays",
}


def questions_of(desk: Rulebook, uow: UnitOfWork, workspace: str, moment: datetime | None = None) -> Sequence[Question]:
    """Everything due diligence asks in a workspace, now or at a moment; without the questions that ship, nothing."""
    own = uow.own_questions.of(workspace)
    return asked_at(desk.questions, own, moment or desk.at()) if desk.questions else ()


def own_card(desk: Desk, request: Request) -> Card:
    """The own questions, for their eyes; an admin gets the buttons that change them."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        known = newest(uow.own_questions.of(request.workspace))
        is_admin = may_set_up(who, uow.workspaces.roles(request.workspace))
    asked = [one for one in known if one.is_asked]
    lines = tuple(
        Line(_line(one), Button("Edit", OWN_QUESTION, one.question.key) if is_admin else None) for one in asked
    )
    return Card(
        title="📋 Your own questions on a tool",
        text=() if lines else (NONE_YET,),
        sections=(Section("Asked besides those that ship", lines),) if lines else (),
        buttons=(Button("Add a question", OWN_QUESTION),) if is_admin else (),
        note=say("Only you can see this. What was answered keeps its place in the verdicts of its time."),
    )


def own_form(desk: Desk, request: Request) -> Form:
    """The form for a new question, or the one whose key the button carries. Raises NotAllowed, Conflict."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        _require_admin(uow, request.workspace, who)
        known = newest(uow.own_questions.of(request.workspace))
        policy = edition_in_force(desk, uow, request.workspace).policy
    found = next((one for one in known if one.question.key == request.value), None)
    if request.value and found is None:
        raise Conflict(GONE)
    criteria = tuple(Choice(one.name, one.key) for one in policy.criteria)
    return Form(
        OWN_QUESTION,
        "Your own question",
        _fields(found.question if found else None, criteria, is_new=found is None),
        submit="Save",
        intro=say("It counts like every other: 0 for no, 1 partly, 2 yes, 3 with evidence."),
        context={
            "question": request.value, "version": str(found.version if found else 0),
            "conversation": request.conversation,
        },
    )  # fmt: skip


def check_own(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is missing in a filled form, by field."""
    words = " ".join(values.get("text", "").split())
    return {} if len(words.removesuffix("?")) >= 5 else {"text": "What shall be asked? In one sentence."}


def keep_own(desk: Desk, request: Request) -> Card:
    """Keep a filled form as the next version. Raises NotAllowed, Invalid, or Conflict if another was first."""
    for key, words in check_own(request.values).items():
        raise Invalid(words, key)
    who = desk.person(request.workspace, request.actor)
    with desk.unit_of_work() as uow:
        _require_admin(uow, request.workspace, who)
        own = uow.own_questions.of(request.workspace)
        policy = policy_in_force(desk, uow, request.workspace)
        criteria = {one.key for one in policy.criteria} if policy else set[str]()
        key = request.context["question"] or next_key(own)
        known = next((one for one in newest(own) if one.question.key == key), None)
        if request.context["version"] != str(known.version if known else 0):
            raise Conflict(GONE if known is None else "Somebody else changed this question meanwhile. Open it again.")
        if request.values["criterion"] not in criteria:
            raise Invalid("The policy has no such criterion any more.", "criterion")
        kept = OwnQuestion(
            known.version + 1 if known else 1, _question(key, request.values, known),
            request.values["use"] != RETIRED, request.actor, desk.at(),
        )  # fmt: skip
        uow.own_questions.add(request.workspace, kept)
    done = "is asked from now on, in open reviews too" if kept.is_asked else "is asked no more"
    return Card(text=say("✓ “{text}” {done}.", text=kept.question.text, done=done))


def _question(key: str, values: Mapping[str, str], known: OwnQuestion | None) -> Question:
    tier, words = Tier(int(values["tier"])), {one: " ".join(values.get(one, "").split()) for one in ("text", "hint")}
    fresh = Question(
        key=key,
        area=AREA,
        criterion=values["criterion"],
        text=words["text"][:MOST_TEXT],
        asker=Asker(values["asker"]),
        tier=tier,
        knocks_out=tier if values["use"] == ASK_OR_OUT else None,
        hint=words["hint"][:MOST_TEXT],
    )
    return replace(fresh, knocks_out=known.question.knocks_out) if known and values["use"] == RETIRED else fresh


def _line(one: OwnQuestion) -> tuple[Strong | str, ...]:
    asked, tier = one.question, TIERS[one.question.tier].partition(":")[0].lower()
    out = "; a no knocks it out" if asked.knocks_out else ""
    return (Strong(asked.text), f" — {ASKERS[asked.asker]}, {tier}{out}")


def _fields(known: Question | None, criteria: tuple[Choice, ...], *, is_new: bool) -> tuple[Field, ...]:
    def choice(key: str, label: str, value: str, choices: tuple[Choice, ...]) -> Field:
        return Field(key, label, FieldKind.CHOICE, value, required=True, choices=choices)

    askers = tuple(Choice(words, one.value) for one, words in ASKERS.items())
    tiers = tuple(Choice(words, str(one.value)) for one, words in TIERS.items())
    use = ASK_OR_OUT if known and known.knocks_out else ASK
    uses = tuple(Choice(words, key) for key, words in USES.items() if key != RETIRED or not is_new)
    tier, asker = (known.tier, known.asker) if known else (Tier.LOW, Asker.IT)
    return (
        Field("text", "What is asked?", value=known.text if known else "", required=True, most=MOST_TEXT,
              hint="So that yes is the good answer"),
        Field("hint", "A word of help", value=known.hint if known else "", most=MOST_TEXT),
        choice("asker", "Who answers it?", asker.value, askers),
        choice("tier", "When is it asked?", str(tier.value), tiers),
        choice("criterion", "What does it count for?", known.criterion if known else criteria[0].value, criteria),
        choice("use", "What happens with it?", use, uses),
    )  # fmt: skip


def _require_admin(uow: UnitOfWork, workspace: str, who: Person) -> None:
    if not may_set_up(who, uow.workspaces.roles(workspace)):
        raise NotAllowed(ADMINS_ONLY)
