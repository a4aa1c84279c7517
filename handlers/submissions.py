"""What a submitted form does, and how it is checked: every form on one page."""

from __future__ import annotations

from handlers.actions import anonymous
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
from handlers.forms import knowledge as knowledge_form
from handlers.forms import limit as limit_form
from handlers.forms import people as people_form
from handlers.forms import policy as policy_forms
from handlers.forms import pulse as pulse_form
from handlers.forms import review as review_forms
from handlers.forms import roadmap as roadmap_forms
from handlers.forms import roster as roster_forms
from handlers.forms import setup as setup_form
from handlers.forms import sponsor as sponsor_forms
from handlers.forms import ticket as ticket_forms
from handlers.forms import tool as tool_form
from handlers.parts import FormHandler

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
    FormHandler("knowledge", knowledge_form.handle, knowledge_form.check),
    FormHandler("anonymous_reply", anonymous.handle, anonymous.check),
    FormHandler("answer", verbs.answer, verbs.check),
    FormHandler("tool", tool_form.handle, tool_form.check),
    FormHandler("pulse_line", pulse_form.handle, pulse_form.check),
    FormHandler("sponsor_word", sponsor_forms.word, sponsor_forms.check_said),
    FormHandler("sponsor_name", sponsor_forms.name, sponsor_forms.check_sponsor),
    FormHandler("sponsor_hand_over", sponsor_forms.hand_over, sponsor_forms.check_named),
    FormHandler("roster_team", roster_forms.team, roster_forms.check_named),
    FormHandler("roster_delegate", roster_forms.delegate, roster_forms.check_speaker),
    FormHandler("roster_person", roster_forms.person, roster_forms.check_entry),
    FormHandler("roadmap_item", roadmap_forms.handle, roadmap_forms.check),
    FormHandler("roadmap_more", roadmap_forms.handle, roadmap_forms.check),
    FormHandler("roadmap_decide", roadmap_forms.decide, roadmap_forms.check_decided),
    FormHandler("roadmap_no", roadmap_forms.no, review_forms.check_no),
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
    FormHandler("own_question", diligence_form.own, diligence_form.check_question),
    FormHandler("sign_no", review_forms.no, review_forms.check_no),
    FormHandler("answer_escalation", verbs.answer_escalation, verbs.check),
)
