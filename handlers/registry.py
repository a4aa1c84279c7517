"""Everything a person can do, on one page. A command is its file and one line here."""

from __future__ import annotations

from bot.messages import Came, Reply, Request
from bot.services.desk import Desk
from handlers.actions import after_yes as after_yes_actions
from handlers.actions import agenda as agenda_actions
from handlers.actions import answer as answer_actions
from handlers.actions import calendar as calendar_actions
from handlers.actions import campaign as campaign_actions
from handlers.actions import check, question, ticket
from handlers.actions import cost as cost_actions
from handlers.actions import diligence as diligence_actions
from handlers.actions import escalation as escalation_actions
from handlers.actions import exception as exception_actions
from handlers.actions import home as home_actions
from handlers.actions import policy as policy_actions
from handlers.actions import review as review_actions
from handlers.actions import tools as tools_actions
from handlers.commands import (
    agenda,
    ask,
    away,
    calendar,
    campaign,
    can_we,
    capacity,
    cost,
    diligence,
    escalate,
    hours,
    integration,
    limits,
    listing,
    merge,
    new_tool,
    people,
    policy,
    reassign,
    record,
    setup,
    skills,
    sla,
    status,
    targets,
    tools,
)
from handlers.commands.help import Topic, help_card
from handlers.events import edits, home, membership, message, reaction, shortcut
from handlers.forms import after_yes as after_yes_forms
from handlers.forms import agenda as agenda_forms
from handlers.forms import agreed, details, verbs
from handlers.forms import away as away_form
from handlers.forms import calendar as calendar_form
from handlers.forms import campaign as campaign_forms
from handlers.forms import capacity as capacity_form
from handlers.forms import cost as cost_forms
from handlers.forms import diligence as diligence_form
from handlers.forms import exception as exception_form
from handlers.forms import limit as limit_form
from handlers.forms import people as people_form
from handlers.forms import policy as policy_forms
from handlers.forms import review as review_forms
from handlers.forms import setup as setup_form
from handlers.forms import ticket as ticket_forms
from handlers.forms import tool as tool_form
from handlers.parts import Action, Command, FormHandler, Happening, Shortcut, always


def show_help(desk: Desk, request: Request) -> Reply:
    """What can be typed."""
    return Reply(card=help_card(COMMANDS))


COMMANDS = (
    Command(
        "new-tool",
        "new-tool [name]",
        "See what is known of a tool, before you buy or connect it",
        new_tool.handle,
        new_tool.opens_form,
        topic=Topic.ASK,
    ),
    Command("campaign", "campaign [name]", "Tell IT about a campaign", campaign.handle, always, topic=Topic.ASK),
    Command(
        "calendar",
        "calendar [add|link|report]",
        "See campaigns, freezes, maintenance and launches, and what does not go together",
        calendar.handle,
        calendar.opens_form,
        topic=Topic.SYNC,
    ),
    Command("ask", "ask [question]", "Ask IT anything", ask.handle, ask.opens_form, ("question",), Topic.ASK),
    Command("can-we", "can-we stream to 20,000", "Ask whether our systems take it", can_we.handle, topic=Topic.ASK),
    Command(
        "integration",
        "integration [what]",
        "Ask IT to connect two systems",
        integration.handle,
        always,
        topic=Topic.ASK,
    ),
    Command(
        "tools",
        "tools [category|unreviewed|duplicates]",
        "See the tools we have, and who looks after them",
        tools.handle,
        tools.opens_form,
        topic=Topic.TOOLS,
    ),
    Command("cost", "cost IT-12", "Reckon what a tool really costs", cost.handle, cost.opens_form, topic=Topic.TOOLS),
    Command("status", "status [IT-12]", "See how a ticket stands, or all of yours", status.handle),
    Command("list", "list [mine|open|late]", "List tickets", listing.handle, aliases=("tickets",)),
    Command(
        "escalate",
        "escalate IT-12 [why]",
        "Ask a manager to step in",
        escalate.handle,
        escalate.opens_form,
    ),
    Command("people", "people [role @name]", "Say who is who", people.handle, people.opens_form, topic=Topic.ADMINS),
    Command("sla", "sla IT-12 | report [month]", "See who owes what, or how the SLA was kept", sla.handle),
    Command(
        "record",
        "record IT-12",
        "Get the record of a decision as a file in its thread",
        record.handle,
        topic=Topic.TOOLS,
    ),
    Command("policy", "policy", "See how tools are chosen, and who signed that", policy.handle, topic=Topic.TOOLS),
    Command(
        "diligence",
        "diligence IT-12",
        "Answer your questions on a tool",
        diligence.handle,
        diligence.opens_form,
        topic=Topic.TOOLS,
    ),
    Command("merge", "merge IT-12 IT-7", "Make a ticket part of another one", merge.handle, topic=Topic.IT),
    Command(
        "agenda",
        "agenda [add topic]",
        "See what the next sync is about, or add a topic",
        agenda.handle,
        aliases=("sync",),
        topic=Topic.SYNC,
    ),
    Command(
        "hours",
        "hours [team|workspace]",
        "Set your working hours and holidays; for others: admins",
        hours.handle,
        always,
        topic=Topic.TIME,
    ),
    Command("targets", "targets", "Set how long each side has", targets.handle, always, topic=Topic.ADMINS),
    Command(
        "reassign",
        "reassign IT-12 @name",
        "Hand a ticket to somebody else",
        reassign.handle,
        reassign.opens_form,
        topic=Topic.IT,
    ),
    Command(
        "capacity", "capacity [site]", "Say what a site was measured to take", capacity.handle, always, topic=Topic.IT
    ),
    Command(
        "limits",
        "limits [system]",
        "See or say what our systems take",
        limits.handle,
        limits.opens_form,
        topic=Topic.IT,
    ),
    Command("skills", "skills [email, seo]", "Say which tickets you look after", skills.handle, topic=Topic.IT),
    Command(
        "away",
        "away [2026-12-21 2027-01-04 @name]",
        "Be out of office, with somebody who stands in",
        away.handle,
        away.opens_form,
        topic=Topic.TIME,
    ),
    Command("back", "back", "Be back from out of office", away.back, topic=Topic.TIME),
    Command("setup", "setup", "Set up this channel", setup.handle, always, topic=Topic.ADMINS),
    Command("help", "help", "See what I can do", show_help, topic=Topic.ASK),
)

ACTIONS = (
    Action("claim", ticket.claim),
    Action("answer", ticket.answer, always),
    Action("wait", ticket.wait, always),
    Action("details", ticket.details, always),
    Action("resume", ticket.resume),
    Action("resolve", ticket.resolve, always),
    Action("reopen", ticket.reopen),
    Action("reassign", ticket.reassign, always),
    Action("escalate", ticket.escalate, always),
    Action("note", ticket.note, always),
    Action("answer_escalation", escalation_actions.answer, always),
    Action("dismiss", ticket.dismiss),
    Action("answer_helps", answer_actions.helps),
    Action("answer_others", answer_actions.not_quite),
    Action("answer_liaison", answer_actions.liaison),
    Action("question", question.handle),
    Action("setup", setup.from_button, always),
    Action("action_done", agenda_actions.done),
    Action("actions_carry", agenda_actions.carry),
    Action("actions_update", agenda_actions.update, always),
    Action("action_new", agenda_actions.new, always),
    Action("decision", agenda_actions.decide, always),
    Action("topic_remove", agenda_actions.remove),
    Action("check_open", check.open_ticket, always),
    Action("check_join", check.join),
    Action("review", review_actions.review, always),
    Action("diligence", diligence_actions.answer, always),
    Action("diligence_see", diligence_actions.see),
    Action("diligence_ask", diligence_actions.ask),
    Action("diligence_send", diligence_actions.send),
    Action("cost", cost_actions.cost, always),
    Action("cost_figures", cost_actions.figures, always),
    Action("project_manager", cost_actions.manager, always),
    Action("steps", after_yes_actions.steps, always),
    Action("step_done", after_yes_actions.done),
    Action("rate", after_yes_actions.rate),
    Action("rate_words", after_yes_actions.words, always),
    Action("actual_cost", after_yes_actions.actual, always),
    Action("ask_sign_offs", review_actions.ask),
    Action("sign_yes", review_actions.yes),
    Action("sign_conditions", review_actions.conditions, always),
    Action("sign_no", review_actions.no, always),
    Action("sign_anyway", review_actions.anyway, always),
    Action("tool_edit", tools_actions.edit, always),
    Action("tools_page", tools_actions.turn),
    Action("limit", limits.from_button, always),
    Action("capacity", capacity.from_button, always),
    Action("calendar_page", calendar_actions.turn),
    Action("calendar_add", calendar_actions.add, always),
    Action("calendar_edit", calendar_actions.edit, always),
    Action("planned_ticket", calendar_actions.ticket, always),
    Action("go", campaign_actions.go),
    Action("look_back", campaign_actions.look_back, always),
    Action("go_decide", campaign_actions.decide, always),
    Action("risk_yes", campaign_actions.yes),
    Action("risk_no", campaign_actions.no, always),
    Action("exception_grant", exception_actions.ask_why, always),
    Action("exception_decline", exception_actions.ask_why, always),
    Action("policy_yes", policy_actions.yes),
    Action("policy_no", policy_actions.no, always),
    Action("list_page", home_actions.turn_list),
    Action("home_page", home_actions.turn_home),
)

FORMS = (
    FormHandler("new_tool", ticket_forms.handle, ticket_forms.check),
    FormHandler("campaign", ticket_forms.handle, ticket_forms.check),
    FormHandler("question", ticket_forms.handle, ticket_forms.check),
    FormHandler("integration", ticket_forms.handle, ticket_forms.check),
    FormHandler("hours", agreed.hours, agreed.check_hours),
    FormHandler("targets", agreed.targets, agreed.check_targets),
    FormHandler("setup", setup_form.handle, setup_form.check),
    FormHandler("away", away_form.handle, away_form.check),
    FormHandler("people", people_form.handle, people_form.check),
    FormHandler("answer", verbs.answer, verbs.check),
    FormHandler("tool", tool_form.handle, tool_form.check),
    FormHandler("calendar_entry", calendar_form.handle, calendar_form.check),
    FormHandler("exception_grant", exception_form.handle, exception_form.check),
    FormHandler("exception_decline", exception_form.handle, exception_form.check),
    FormHandler("wait", verbs.wait, verbs.check),
    FormHandler("details", details.handle, details.check),
    FormHandler("resolve", verbs.resolve, verbs.check),
    FormHandler("reassign", verbs.reassign, verbs.check),
    FormHandler("escalate", verbs.escalate, verbs.check),
    FormHandler("note", verbs.note, verbs.check),
    FormHandler("actions_update", agenda_forms.update, agenda_forms.check_update),
    FormHandler("action_new", agenda_forms.new, agenda_forms.check),
    FormHandler("decision", agenda_forms.record, agenda_forms.check),
    FormHandler("review", review_forms.review, review_forms.check),
    FormHandler("cost", cost_forms.cost, cost_forms.check),
    FormHandler("cost_figures", cost_forms.figures, cost_forms.check_all_figures),
    FormHandler("project_manager", cost_forms.manager, cost_forms.check_manager),
    FormHandler("steps", after_yes_forms.steps, after_yes_forms.check_steps),
    FormHandler("rate_words", after_yes_forms.words, after_yes_forms.check_words),
    FormHandler("actual_cost", after_yes_forms.actual, after_yes_forms.check_actual),
    FormHandler("sign_conditions", review_forms.conditions, review_forms.check_conditions),
    FormHandler("limit", limit_form.handle, limit_form.check),
    FormHandler("capacity", capacity_form.handle, capacity_form.check),
    FormHandler("look_back", campaign_forms.seen, campaign_forms.check_seen),
    FormHandler("go_decide", campaign_forms.decide, campaign_forms.check),
    FormHandler("risk_no", campaign_forms.no, review_forms.check_no),
    FormHandler("policy_no", policy_forms.no, review_forms.check_no),
    FormHandler("sign_anyway", review_forms.anyway, review_forms.check_no),
    FormHandler("diligence", diligence_form.handle, diligence_form.check),
    FormHandler("sign_no", review_forms.no, review_forms.check_no),
    FormHandler("answer_escalation", verbs.answer_escalation, verbs.check),
)

SHORTCUTS = (Shortcut("open_ticket", "Open an IT ticket", "IT gets a ticket for this message", shortcut.handle),)

HAPPENINGS = (
    Happening(Came.MESSAGE, message.handler(show_help)),
    Happening(Came.EDIT, edits.edited),
    Happening(Came.DELETION, edits.deleted),
    Happening(Came.REACTION, reaction.handle),
    Happening(Came.HOME, home.handle),
    Happening(Came.JOINED, membership.joined),
    Happening(Came.LEFT, membership.left),
)
