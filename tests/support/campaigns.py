"""Campaigns for tests: a site that was measured, a mailing to 400,000, the answer on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.capacity import Capacity
from bot.domain.sites import KnownSite
from bot.messages import Card
from bot.services.campaigns.readiness import answer_campaigns
from tests.builders import LIAISON, MARKETER, MARKETING, TEAM, Office, words

XMAS = {
    "name": "Xmas", "start": "2026-12-12", "audience": "400k", "channel": "email", "page": "shop.example/xmas",
    "time": "10:00",
}  # fmt: skip
XMAS_EVE = date(2026, 12, 11)
SMS = {**XMAS, "name": "Reminder", "audience": "30k", "channel": "sms"}
DECISION = {
    "verdict": "go_with_conditions", "what1": "Send it over 4 h", "owner1": MARKETER, "due1": "2026-12-11",
    "reason": "as agreed",
}  # fmt: skip


def measure(office: Office, requests_per_s: float, until: date = date(2027, 1, 31)) -> None:
    """The site takes so much, as a load test of the first of November says."""
    with office.store.unit_of_work() as uow:
        uow.sites.save(TEAM, KnownSite("shop.example", usual_visits_per_min=60))
        uow.sites.measure(TEAM, Capacity("shop.example", requests_per_s, date(2026, 11, 1), LIAISON, "k6", until))


def plan(office: Office, facts: Mapping[str, str] = XMAS) -> None:
    """The marketer opens a ticket for it, and everything due is answered."""
    office.submits(MARKETER, "campaign", facts, conversation=MARKETING)
    settle(office)


def change(office: Office, facts: Mapping[str, str]) -> None:
    """The marketer changes the first campaign."""
    office.submits(MARKETER, "details", {**XMAS, **facts}, ticket="IT-1", kind="campaign", conversation=MARKETING)
    settle(office)


def decide(office: Office, value: str = "IT-1:1", who: str = LIAISON) -> None:
    """The liaison says go, on a condition."""
    office.submits(who, "go_decide", DECISION, decision=value, conversation=MARKETING)


def settle(office: Office) -> None:
    """All answers that are due."""
    while answer_campaigns(office.desk):
        office.run()


def answer(office: Office, number: int = 1) -> Card:
    """The card with the answer, as it stands."""
    key = f"IT-{number}:load"
    (found,) = [one for one in office.chat.said if one.key == key or one.key.startswith(f"{key}:")]
    return found.card


def facts(card: Card) -> dict[str, str]:
    """What stands side by side on a card."""
    return {fact.label: words(fact.value) for fact in card.facts}
