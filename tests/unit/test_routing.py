"""Everything a person can do leads somewhere, and what leads nowhere is answered kindly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.kinds import KINDS, Kind
from bot.domain.planned import Planned, PlannedKind
from bot.files.questions_text import shipped
from bot.messages import NOTHING, Came, Form
from bot.services.agenda.agenda import post_agendas
from bot.services.reviews.policy_signing import apply_policy
from handlers.parts import Action, Command, FormHandler
from handlers.registry import ACTIONS, COMMANDS, FORMS, HAPPENINGS, SHORTCUTS
from handlers.routing import check_form, opens_form, route
from tests.builders import GENERAL, LIAISON, MARKETER, MARKETING, MONDAY_NINE, TEAM, Office, a_tool, an_office
from tests.support.anonymous import WRITTEN, be_hidden
from tests.support.campaigns import decide, measure, plan
from tests.support.filled import AFTER_YES, AGENDA, ASKED, CONTEXT, DONE_BY, FILLED, MAY_BE_EMPTY, PREPARED_BY, VALUES
from tests.support.policies import draft_policy
from tests.support.roadmaps_in_chat import be_reviewed_monthly

SHOP = Planned(PlannedKind.LAUNCH, "New shop", MONDAY_NINE, MONDAY_NINE + timedelta(days=1), key="shop")


@pytest.fixture
def office() -> Office:
    """A workspace in which the marketer has just mentioned Klaviyo; an action was promised at the sync."""
    office = an_office()
    office.policy, office.questions = draft_policy(), shipped()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    with office.store.unit_of_work() as uow:
        uow.plans.save(TEAM, SHOP)
        uow.articles.save(TEAM, WRITTEN, ())
    be_reviewed_monthly(office)
    post_agendas(office.desk)
    office.submits(LIAISON, "action_new", {"what": "ask legal", "owner": MARKETER}, agenda=AGENDA)
    office.wait(minutes=1)
    return office


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_answers_with_a_form_or_words(office: Office, command: Command) -> None:
    who = DONE_BY.get(command.name, MARKETER)
    typed = office.types(who, command.name)
    assert office.whispers(who) or isinstance(office.chat.forms.get(typed.view), Form)
    assert office.store.inbox.parked() == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_kind_of_ticket_has_its_command_whose_form_opens_it(kind: Kind) -> None:
    office = an_office()
    form = office.form(office.types(MARKETER, kind.command))
    assert form.name == kind.key
    office.submits(MARKETER, form.name, FILLED[kind.key], **form.context)
    assert office.ticket().kind == kind.key


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_button_does_something(office: Office, action: Action) -> None:
    who = DONE_BY.get(action.name, LIAISON)
    value = VALUES.get(action.name, "IT-1")
    if action.name in PREPARED_BY:
        form = PREPARED_BY[action.name]
        office.submits(MARKETER if form == "escalate" else who, form, FILLED[form], ticket="IT-1")
    be_reviewed(office, action.name)
    be_hidden(office, action.name)
    before = (office.ticket(), [one.card for one in office.chat.said])
    pressed = office.presses(who, action.name, value)
    after = (office.ticket(), [one.card for one in office.chat.said])
    assert before != after or isinstance(office.chat.forms.get(pressed.view), Form) or who in office.chat.homes


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_form_is_taken_when_it_is_filled_well(office: Office, form: FormHandler) -> None:
    who = DONE_BY.get(form.name, LIAISON)
    be_reviewed(office, form.name)
    be_hidden(office, form.name)
    before = [one.card for one in office.chat.said]
    before_it = {"before": "1"} if form.name == "cost_figures" else {}
    before_it |= {"sign_off": VALUES.get(form.name, "IT-1:1"), "decision": "IT-2:1"}
    submitted = office.submits(who, form.name, FILLED[form.name], **(CONTEXT | before_it))
    assert check_form(submitted) == {}
    assert office.ticket().revision > 0 or [one.card for one in office.chat.said] != before


@pytest.mark.parametrize("form", [form for form in FORMS if form.name not in MAY_BE_EMPTY], ids=lambda form: form.name)
def test_no_form_is_taken_empty(office: Office, form: FormHandler) -> None:
    submitted = office.submits(MARKETER, form.name, {"name": "  "}, ticket="IT-1", conversation=MARKETING)
    assert check_form(submitted)


@pytest.mark.parametrize(
    ("form", "values", "field", "said"),
    [
        ("new_tool", {"name": "x" * 151}, "name", "Please use at most 150 characters; this has 151."),
        ("new_tool", {"name": "🚀"}, "name", "is no name I can look up"),
        ("new_tool", {"name": "a", "purpose": "x" * 3000}, "purpose", "at most 2000 characters; this has 3000."),
        ("campaign", {"name": "a", "start": "tomorrow"}, "start", "Please choose a day."),
        ("campaign", {"name": "a", "audience": "many"}, "audience", "Try 12,000 or 400k."),
        ("new_tool", {"name": "a", "data": "Perhaps"}, "data", "Please choose one of the answers."),
        ("note", {"text": "x" * 3001}, "text", "Please use at most 3000 characters; this has 3001."),
        ("reassign", {"liaison": "somebody else"}, "liaison", "Please choose somebody, or type a mention"),
    ],
)
def test_what_is_wrong_in_a_form_is_said_at_its_field(
    office: Office, form: str, values: dict[str, str], field: str, said: str
) -> None:
    submitted = office.submits(MARKETER, form, values, ticket="IT-1")
    errors = check_form(submitted)
    assert list(errors) == [field]
    assert said in errors[field]


def test_every_shortcut_and_every_happening_is_listened_to() -> None:
    assert [shortcut.name for shortcut in SHORTCUTS] == ["open_ticket"]
    others = {Came.COMMAND, Came.ACTION, Came.FORM, Came.SHORTCUT}
    assert {happening.came for happening in HAPPENINGS} == set(Came) - others


def test_names_and_aliases_are_unique() -> None:
    typed = [word for command in COMMANDS for word in (command.name, *command.aliases)]
    for names in (typed, [action.name for action in ACTIONS], [form.name for form in FORMS]):
        assert len(names) == len(set(names))


def test_an_alias_does_the_same(office: Office) -> None:
    assert office.form(office.types(MARKETER, "question")) == office.form(office.types(MARKETER, "ask"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("new-tol Klaviyo", "I don't know “new-tol”. Did you mean /itcheck new-tool?"),
        ("newtool", "I don't know “newtool”. Did you mean /itcheck new-tool?"),
        ("satus", "I don't know “satus”. Did you mean /itcheck status?"),
        (
            "withdraw IT-1",
            "To withdraw a ticket, press the button on its card: /itcheck status IT-12 leads to its thread.",
        ),
        ("bananas", "I don't know “bananas”. Type /itcheck help to see what I can do."),
        ("🎉", "I don't know “🎉”. Type /itcheck help to see what I can do."),
    ],
)
def test_an_unknown_command_is_answered_with_the_nearest(office: Office, typed: str, said: str) -> None:
    office.types(MARKETER, typed)
    assert office.whispers(MARKETER) == [said]


def test_an_unknown_command_of_500_characters_is_not_repeated_whole(office: Office) -> None:
    office.types(MARKETER, "x" * 500)
    assert len(office.whispers(MARKETER)[0]) < 120


@pytest.mark.parametrize("typed", ["", "help"])
def test_help_comes_for_no_words_too(office: Office, typed: str) -> None:
    office.types(MARKETER, typed)
    assert office.whispers(MARKETER)[0].startswith("What you can type.")


def test_help_lists_every_command(office: Office) -> None:
    office.types(MARKETER, "help  ALL")
    (shown,) = office.whispers(MARKETER)
    for command in COMMANDS:
        assert f"/itcheck {command.usage} — {command.help}" in shown
    assert "react with 🎫 to a message" in shown


def test_a_button_of_an_older_version_is_answered_kindly(office: Office) -> None:
    office.presses(MARKETER, "long_gone")
    assert office.whispers(MARKETER) == ["This button is from an older version. Open the ticket's card again."]


@pytest.mark.parametrize("came", [Came.FORM, Came.SHORTCUT])
def test_a_form_or_shortcut_nobody_knows_is_let_go(office: Office, came: Came) -> None:
    request = office.does(came, MARKETER, name="long_gone", conversation=MARKETING)
    assert route(office.desk, request) == NOTHING
    assert check_form(request) == {}


def test_only_what_answers_with_a_form_opens_one(office: Office) -> None:
    forms = {command.name for command in COMMANDS if opens_form(office.types(MARKETER, command.name))}
    assert forms == {
        "new-tool", "campaign", "integration", "ask", "setup", "people", "hours", "targets", "away", "capacity",
    }  # fmt: skip
    buttons = {action.name for action in ACTIONS if opens_form(office.presses(LIAISON, action.name))}
    assert buttons == {
        "go_decide", "risk_no", "look_back", "knowledge_keep", "knowledge_edit", "anonymous_reply",
        "answer", "wait", "details", "resolve", "reassign", "escalate", "note", "setup", "answer_escalation",
        "actions_update", "action_new", "decision", "check_open", "tool_edit", "review", "sign_conditions", "sign_no",
        "policy_no", "sign_anyway", "diligence", "own_question", "capacity", "limit", "cost", "cost_figures",
        "project_manager", "steps", "rate_words", "actual_cost", "draft_use",
        "roadmap_add", "roadmap_edit", "roadmap_more", "roadmap_no", "roadmap_decide", "pulse_say", "sponsor_word",
        "sponsor_hand_over", "sponsor_name", "roster_team", "roster_delegate", "roster_person",
        "calendar_add", "calendar_edit", "planned_ticket", "exception_grant", "exception_decline",
    }  # fmt: skip
    assert not opens_form(office.types(MARKETER, "ask can we track clicks?"))
    assert not opens_form(office.says(MARKETER, "hello"))


def test_a_command_with_a_name_fills_it_into_the_form(office: Office) -> None:
    form = office.form(office.types(MARKETER, "integration " + "Hot\n jar " * 100))
    assert form.fields[0].value == ("Hot jar " * 100)[:150]


def test_a_question_that_is_too_long_is_not_cut_in_silence(office: Office) -> None:
    office.types(MARKETER, "ask " + "x" * 2001)
    assert office.whispers(MARKETER) == ["That is a long one: 2001 characters. Please ask it in at most 2000."]
    assert office.tickets() == 1


@pytest.mark.parametrize("said", ["thanks!", "Thank you :tada:", "ok", "Merci 🙏"])
def test_thanks_are_no_question_to_it(office: Office, said: str) -> None:
    office.says(MARKETER, said, calls_us=True)
    office.tells_us(MARKETER, said)
    assert [*office.whispers(MARKETER), *office.direct(MARKETER)] == ["You're welcome."] * 2
    assert office.tickets() == 1


@pytest.mark.parametrize("called", ["", "help", "Hi!", "hello", "hey,"])
def test_who_only_calls_it_gets_help(office: Office, called: str) -> None:
    office.says(MARKETER, called, calls_us=True)
    office.tells_us(MARKETER, called)
    assert "What you can type" in office.whispers(MARKETER)[0]
    assert "What you can type" in office.direct(MARKETER)[0]
    assert office.tickets() == 1


@pytest.mark.parametrize("said", ["status IT-1", "Status IT-1", "/itcheck status IT-1"])
def test_look_ups_can_be_said_in_words(office: Office, said: str) -> None:
    office.tells_us(MARKETER, said)
    assert office.direct(MARKETER)[0].startswith("🧰 IT-1 · New tool: Klaviyo")
    office.says(MARKETER, "list late", calls_us=True)
    assert office.whispers(MARKETER) == ["Nothing is late."]


def test_a_mention_where_it_does_not_listen_opens_a_ticket_there(office: Office) -> None:
    asked = office.says(MARKETER, "can IT look at Asana", a_tool("Asana"), conversation=GENERAL, calls_us=True)
    assert office.ticket(2).place.thread == asked.message
    assert office.channel(GENERAL)[0].startswith("🧰 IT-2 · New tool: Asana")


def test_another_reaction_or_one_on_a_bots_message_does_nothing(office: Office) -> None:
    card = office.posts()[0].ref.message
    said = office.says(MARKETER, "lunch?")
    for name, message in (("eyes", said.message), ("ticket", card), ("ticket", "gone")):
        office.does(Came.REACTION, MARKETER, name=name, conversation=MARKETING, message=message)
    assert office.tickets() == 1


def test_the_buttons_of_a_card_are_all_known(office: Office) -> None:
    known = {action.name for action in ACTIONS}
    office.presses(LIAISON, "claim")
    assert {button.action for button in (*office.card().buttons, *office.card().more)} <= known


def be_reviewed(office: Office, name: str) -> None:
    """The policy or review and its questions, where a button or form of this name is about them."""
    if VALUES.get(name) == "IT-1:1":
        office.submits(LIAISON, "review", FILLED["review"], **CONTEXT)
    if name in {"cost_figures", "project_manager"}:
        office.submits(LIAISON, "cost", FILLED["cost"] | {"core": "3"}, **CONTEXT)
    be_launched(office, name)
    be_put_forward(office, name)
    if name.startswith("exception_"):
        with office.store.unit_of_work() as uow:
            uow.exemptions.save(ASKED)
    if name.startswith("policy_"):
        with office.store.unit_of_work() as uow:
            apply_policy(uow, TEAM, draft_policy(), draft_policy(), office.clock.at)
        office.run()
    if VALUES.get(name, "").startswith("IT-2"):
        measure(office, 100)
        plan(office)
    if name.startswith("risk_"):
        decide(office, "IT-2:1")
    if name.startswith("sign_"):
        office.presses(LIAISON, "ask_sign_offs", "IT-1:1")


def be_launched(office: Office, name: str) -> None:
    """All that comes before a button or form of this name, where it is about what comes after the yes."""
    if name in AFTER_YES:
        office.submits(LIAISON, "review", FILLED["review"], **CONTEXT)
        office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
        office.presses("marketing-manager", "sign_yes", "IT-1:1")
    if name in AFTER_YES[1:]:
        office.submits(LIAISON, "steps", FILLED["steps"], **CONTEXT)
    if name.startswith("rate"):
        office.presses(LIAISON, "step_done", "IT-1:0")
    if name == "rate_words":
        office.presses(MARKETER, "rate", "IT-1:5")


def be_put_forward(office: Office, name: str) -> None:
    """The road map as a revision, where a button or form of this name is about one."""
    if name in {"roadmap_yes", "roadmap_no"}:
        office.types(LIAISON, "roadmap sign")
