"""What every store promises about the road map."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.agenda import Slot
from bot.domain.errors import Conflict
from bot.domain.roadmap_edition import Draft, RevisionHead, RoadMapRevision
from bot.domain.roadmap_review import RoadMapReview, standing
from tests.conftest import AnyStore
from tests.support.roadmaps import FULL_MAP, TODAY, an_item
from tests.support.samples import DAY, HOUR, NOW

FIRST = RoadMapRevision(1, FULL_MAP, "U1", NOW, {"RM-7": "it's “late”"})


def test_a_draft_comes_back_as_it_was_saved_with_its_next_version(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        assert uow.roadmap_drafts.get("T1") == Draft()
        saved = uow.roadmap_drafts.save("T1", Draft(FULL_MAP, {"RM-7": "x' OR 1=1"}))
        assert saved.version == 1
    with store.unit_of_work() as uow:
        assert uow.roadmap_drafts.get("T1") == saved
        assert uow.roadmap_drafts.get("T2") == Draft()
        assert list(uow.roadmap_drafts.workspaces()) == ["T1"]
        newer = uow.roadmap_drafts.save("T1", saved.put(an_item(9)))
    with store.unit_of_work() as uow:
        assert uow.roadmap_drafts.get("T1") == newer
        assert [one.key for one in newer.road_map.items] == ["RM-3", "RM-7", "RM-9"]


def test_a_draft_that_somebody_else_changed_is_not_written_over(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        first = uow.roadmap_drafts.save("T1", Draft(FULL_MAP))
    for stale in (Draft(), replace(first, version=7)):
        with pytest.raises(Conflict), store.unit_of_work() as uow:
            uow.roadmap_drafts.save("T1", stale)
    with store.unit_of_work() as uow:
        assert uow.roadmap_drafts.get("T1") == first


def test_revisions_are_kept_and_the_newest_signed_one_holds(store: AnyStore) -> None:
    second = replace(FIRST, number=2, at=NOW + HOUR, reasons={})
    with store.unit_of_work() as uow:
        assert uow.roadmap_revisions.signed("T1") is uow.roadmap_revisions.get("T1", 1) is None
        for revision in (FIRST, second):
            uow.roadmap_revisions.add("T1", revision)
        uow.roadmap_revisions.add("T2", FIRST)
        assert uow.roadmap_revisions.signed("T1") is None
        uow.roadmap_revisions.enforce("T1", 1, NOW + DAY)
    with store.unit_of_work() as uow:
        held = replace(FIRST, signed_at=NOW + DAY)
        assert uow.roadmap_revisions.signed("T1") == uow.roadmap_revisions.get("T1", 1) == held
        assert uow.roadmap_revisions.get("T1", 2) == second
        heads = [RevisionHead(1, "U1", NOW, NOW + DAY), RevisionHead(2, "U1", NOW + HOUR)]
        assert list(uow.roadmap_revisions.heads("T1")) == heads
        uow.roadmap_revisions.enforce("T1", 2, NOW + 2 * DAY)
        signed = uow.roadmap_revisions.signed("T1")
        assert signed is not None
        assert signed.number == 2
        assert uow.roadmap_revisions.signed("T2") is None


def test_the_same_number_is_not_given_twice(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.roadmap_revisions.add("T1", FIRST)
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.roadmap_revisions.add("T1", replace(FIRST, by="U9"))
    with store.unit_of_work() as uow:
        assert uow.roadmap_revisions.get("T1", 1) == FIRST


def test_the_last_review_is_the_newest(store: AnyStore) -> None:
    first = RoadMapReview("T1", "C1", Slot("2026-11", NOW), NOW, standing(FULL_MAP, TODAY))
    second = RoadMapReview("T1", "C1", Slot("2026-12", NOW + 30 * DAY), NOW + 30 * DAY)
    with store.unit_of_work() as uow:
        assert uow.roadmap_reviews.last("T1") is None
        uow.roadmap_reviews.save(first)
        assert uow.roadmap_reviews.last("T1") == first
        uow.roadmap_reviews.save(replace(first, conversation="C2"))
        uow.roadmap_reviews.save(second)
    with store.unit_of_work() as uow:
        assert uow.roadmap_reviews.last("T1") == second
        assert uow.roadmap_reviews.last("T2") is None
