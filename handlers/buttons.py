"""What a press of a button does: every button on one page."""

from __future__ import annotations

from handlers.actions import after_yes as after_yes_actions
from handlers.actions import agenda as agenda_actions
from handlers.actions import anonymous as anonymous_actions
from handlers.actions import answer as answer_actions
from handlers.actions import calendar as calendar_actions
from handlers.actions import campaign as campaign_actions
from handlers.actions import check, question, ticket
from handlers.actions import cost as cost_actions
from handlers.actions import diligence as diligence_actions
from handlers.actions import escalation as escalation_actions
from handlers.actions import exception as exception_actions
from handlers.actions import home as home_actions
from handlers.actions import knowledge as knowledge_actions
from handlers.actions import policy as policy_actions
from handlers.actions import pulse as pulse_actions
from handlers.actions import review as review_actions
from handlers.actions import roadmap as roadmap_actions
from handlers.actions import roster as roster_actions
from handlers.actions import sponsor as sponsor_actions
from handlers.actions import tools as tools_actions
from handlers.commands import (
    capacity,
    limits,
    setup,
)
from handlers.parts import Action, always

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
    Action("answer_rate", answer_actions.rated),
    Action("answer_others", answer_actions.not_quite),
    Action("anonymous_reply", anonymous_actions.ask, always),
    Action("answer_liaison", answer_actions.liaison),
    Action("diligence_more", diligence_actions.more),
    Action("draft", answer_actions.draft),
    Action("draft_use", ticket.use_draft, always),
    Action("knowledge_keep", knowledge_actions.keep, always),
    Action("knowledge_edit", knowledge_actions.edit, always),
    Action("knowledge_read", knowledge_actions.read),
    Action("knowledge_page", knowledge_actions.turn),
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
    Action("own_question", diligence_actions.own, always),
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
    Action("pulse", pulse_actions.answer),
    Action("pulse_say", pulse_actions.line, always),
    Action("sponsor_word", sponsor_actions.word, always),
    Action("sponsor_name", sponsor_actions.name, always),
    Action("sponsor_hand_over", sponsor_actions.hand_over, always),
    Action("sponsor_accept", sponsor_actions.accept),
    Action("sponsor_decline", sponsor_actions.decline),
    Action("roster_team", roster_actions.team, always),
    Action("roster_delegate", roster_actions.delegate, always),
    Action("roster_person", roster_actions.person, always),
    Action("roadmap_page", roadmap_actions.turn),
    Action("roadmap_open", roadmap_actions.show),
    Action("roadmap_add", roadmap_actions.add, always),
    Action("roadmap_edit", roadmap_actions.edit, always),
    Action("roadmap_more", roadmap_actions.more, always),
    Action("roadmap_diff", roadmap_actions.changes),
    Action("roadmap_submit", roadmap_actions.put_forward),
    Action("roadmap_decide", roadmap_actions.decide, always),
    Action("roadmap_yes", roadmap_actions.yes),
    Action("roadmap_no", roadmap_actions.no, always),
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
    Action("policy_whole", policy_actions.whole),
    Action("policy_yes", policy_actions.yes),
    Action("policy_no", policy_actions.no, always),
    Action("list_page", home_actions.turn_list),
    Action("home_page", home_actions.turn_home),
)
