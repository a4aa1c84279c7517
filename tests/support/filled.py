"""What each form takes when it is filled well, and what each button carries: for those who try them all."""

from __future__ import annotations

from bot.domain.exemption import Exemption
from bot.services.calendar.freezes import button_value
from tests.builders import GENERAL, LIAISON, MARKETER, MARKETING, MONDAY_NINE, TEAM

ASKED = Exemption(TEAM, 1, "freeze", "Holidays", "", LIAISON, MONDAY_NINE)

FILLED = {
    "tool": {"name": "Klaviyo", "status": "approved"},
    "new_tool": {"name": "Hotjar"},
    "campaign": {"name": "Spring"},
    "question": {"name": "Can we?"},
    "integration": {"name": "CRM and newsletter"},
    "setup": {
        "liaison": LIAISON, "it_manager": "it-manager", "marketing_manager": "marketing-manager", "zone": "UTC",
    },
    "knowledge": {"title": "DNS?", "body": "A week.", "owner": "IT", "review_on": "2027-12-01", "audience": "it"},
    "anonymous_reply": {"text": "since May"},
    "answer": {"text": "yes"},
    "wait": {},
    "resolve": {"text": "bought"},
    "reassign": {"liaison": "engineer"},
    "escalate": {"reason": "process", "text": "stuck"},
    "note": {"text": "hm"},
    "answer_escalation": {"text": "on Friday"},
    "actions_update": {"action-1": "done"},
    "action_new": {"what": "send the list", "owner": MARKETER},
    "decision": {"what": "go", "by": LIAISON, "ticket": "IT-1"},
    "away": {"starts": "2026-12-21", "ends": "2027-01-04"},
    "people": {"cio": "cio", "first_h": "4", "second_h": "8"},
    "details": {"priority": "high"},
    "review": {"category": "collaboration", "amount": "500", "data": "none", "integration": "none"},
    "cost": {"licence": "6,000", "users": "5"},
    "cost_figures": {"share_uplift": "5"},
    "steps": {"what0": "Launch", "owner0": LIAISON, "due0": "2026-12-18"},
    "rate_words": {"text": "Quick"},
    "actual_cost": {"once": "1,200", "yearly": "500"},
    "project_manager": {"manager": "engineer"},
    "sign_conditions": {"what1": "Delete it in May", "owner1": LIAISON, "due1": "2027-05-03"},
    "sign_no": {"text": "we have one"},
    "sign_anyway": {"text": "only until May"},
    "diligence": {"level.connects": "yes", "text.connects": ""},
    "own_question": {
        "text": "Is it hosted in the EU?", "asker": "it", "tier": "1", "criterion": "security", "use": "ask",
    },
    "policy_no": {"text": "too slow"},
    "look_back": {"peak": "92", "incomplete": "12"},
    "go_decide": {"verdict": "no_go", "reason": "too much"},
    "risk_no": {"text": "not now"},
    "capacity": {"site": "shop.example", "amount": "120", "unit": "requests_per_s", "headroom": "75"},
    "limit": {"system": "Webcasts", "most": "10k", "unit": "viewers at once"},
    "roadmap_item": {"need": "Better search", "start": "2027-Q1"},
    "roadmap_more": {"need": "Better search", "start": "2027-Q1", "rank": "1"},
    "roster_team": {"liaison": "engineer", "delegate": MARKETER, "languages": "English, German"},
    "roster_delegate": {"delegate": MARKETER},
    "roster_person": {"languages": "English", "place": "Berlin", "skills": "email"},
    "sponsor_word": {"item": "RM-7", "mood": "worried"},
    "sponsor_name": {"to": "cmo"},
    "sponsor_hand_over": {"item": "RM-7", "to": LIAISON},
    "pulse_line": {"line": "talk more"},
    "roadmap_decide": {"item": "RM-7", "verdict": "done", "by": LIAISON, "why": "it is live"},
    "roadmap_no": {"text": "not this year"},
    "calendar_entry": {"kind": "launch", "name": "New shop", "start": "2027-03-01"},
    "exception_grant": {"text": "the page is static"},
    "exception_decline": {"text": "too risky"},
    "hours": {"zone": "Europe/Berlin", "hours": "Mon-Fri 08:00-16:00", "region": "DE-BE"},
    "targets": {
        "response": "urgent 15 min, high 1 h, normal 4 h, low 1 day",
        "resolution": "urgent 4 h, high 1 day, normal 3 days, low 5 days",
        "lead": "10,000 people 2 days; more 10 days", "brief": "2 days", "sign_off": "2 days", "shares": "75",
    },
}  # fmt: skip
AFTER_YES = ("steps", "step_done", "rate", "rate_words", "actual_cost")
MAY_BE_EMPTY = {"roster_person", "wait", "details", "actions_update", "diligence"}
SIGNED = ("sign_yes", "sign_conditions", "sign_no", "sign_anyway")
AGENDA = f"{MARKETING}:2026-W48"
VALUES = {
    "setup": MARKETING,
    "list_page": "open:0",
    "own_question": "",
    "action_done": f"{AGENDA}:1",
    "topic_remove": "1",
    "step_done": "IT-1:0",
    "rate": "IT-1:5",
    "policy_yes": "1",
    "go": "IT-2:1",
    "look_back": "IT-2",
    "go_decide": "IT-2:1",
    **dict.fromkeys(("risk_yes", "risk_no"), "IT-2:2"),
    **dict.fromkeys(("exception_grant", "exception_decline"), button_value(ASKED)),
    **dict.fromkeys(("knowledge_edit", "knowledge_read"), "subdomains"),
    **dict.fromkeys(("roadmap_open", "roadmap_edit", "roadmap_more"), "RM-7"),
    "roster_team": MARKETING,
    "roster_delegate": "RM-7",
    "roster_person": "",
    "roadmap_decide": "2026-12",
    "pulse": "2026-11:4",
    "sponsor_word": "2026-11",
    **dict.fromkeys(("sponsor_accept", "sponsor_decline"), f"RM-7 marketing cmo {LIAISON}"),
    **dict.fromkeys(("roadmap_yes", "roadmap_no"), "1"),
    **dict.fromkeys(("calendar_edit", "planned_ticket"), "shop"),
    "policy_no": "1",
    **dict.fromkeys(("ask_sign_offs", *SIGNED), "IT-1:1"),
    **dict.fromkeys(("actions_carry", "actions_update", "action_new", "decision"), AGENDA),
}
PREPARED_BY = {"reopen": "resolve", "resume": "wait", "answer_escalation": "escalate"}
DONE_BY = dict.fromkeys(("setup", "hours", "targets", "people", "capacity", "limit", "own_question"), "admin") | {
    "away": LIAISON,
    "anonymous_reply": "anonymous-1",
    "answer_escalation": "it-manager",
    **dict.fromkeys(("roster_team", "roster_delegate"), "admin"),
    **dict.fromkeys(("rate", "rate_words"), MARKETER),
    **dict.fromkeys(("sponsor_word", "sponsor_hand_over"), "cmo"),
    **dict.fromkeys(
        (*SIGNED, "policy_yes", "policy_no", "roadmap_yes", "roadmap_no", "risk_yes", "risk_no"), "marketing-manager"
    ),
}
CONTEXT = {
    "ticket": "IT-1", "kind": "new_tool", "conversation": GENERAL, "agenda": AGENDA, "owner": "workspace",
    "zone": "Europe/Berlin", "entry": "", "exception": button_value(ASKED),
    "currency": "EUR", "before": "0", "sign_off": "IT-1:1", "policy": "1", "asker": "it", "seen": "0",
    "item": "", "revision": "1", "review": "2026-12", "month": "2026-11", "about": "RM-7",
    "question": "", "version": "0",
}  # fmt: skip
