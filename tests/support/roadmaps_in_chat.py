"""The road map in an office: its draft, what people are told of it, what they change."""

from __future__ import annotations

from bot.domain.agenda import Slot
from bot.domain.roadmap import Item
from bot.domain.roadmap_edition import Draft
from bot.domain.roadmap_review import RoadMapReview
from bot.services.roadmap.item_fields import values_of
from bot.services.roadmap.roadmap import digest_of
from tests.builders import MARKETING, MONDAY_NINE, TEAM, Office
from tests.support.roadmaps import FULL_MAP

CONTEXT = {"item": "", "seen": "", "currency": "EUR", "conversation": MARKETING}


def draft(office: Office, new: Draft | None = None) -> Draft:
    with office.store.unit_of_work() as uow:
        return uow.roadmap_drafts.save(TEAM, new) if new else uow.roadmap_drafts.get(TEAM)


def said(office: Office, person: str, words: str = "roadmap") -> str:
    office.types(person, words)
    return office.whispers(person)[-1]


def signed(office: Office) -> int:
    with office.store.unit_of_work() as uow:
        revision = uow.roadmap_revisions.signed(TEAM)
    return revision.number if revision else 0


def changed(office: Office, person: str, item: Item, form: str = "roadmap_item", **values: str) -> str:
    """What somebody is told who sends the form of an item."""
    context = CONTEXT | {"item": item.key, "seen": digest_of(item)}
    office.submits(person, form, {**values_of(item), **values}, **context)
    return office.direct(person)[-1]


def be_reviewed_monthly(office: Office) -> None:
    """A road map that was reviewed, whose sponsors were asked for their word."""
    draft(office, Draft(FULL_MAP))
    with office.store.unit_of_work() as uow:
        uow.roadmap_reviews.save(RoadMapReview(TEAM, MARKETING, Slot("2026-12", MONDAY_NINE), MONDAY_NINE))
        uow.occurrences.claim(TEAM, "sponsors-asked", "2026-11", MONDAY_NINE)
