"""What every store promises about the campaign calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.exemption import Exemption, Standing
from bot.domain.feed import Feed, digest_of
from bot.domain.planned import Planned, PlannedKind
from tests.conftest import AnyStore
from tests.support.samples import DAY, HOUR, NOW

FREEZE = Planned(
    PlannedKind.FREEZE,
    "Black Friday 🧊",
    NOW,
    NOW + 7 * DAY,
    site="shop.example",
    owner="@U1",
    grants="@U2",
    note="Only “us”; x' OR 1=1",
    is_day=True,
    key="freeze",
    series="uid-1",
)


def an_entry(key: str, start: datetime = NOW, length: timedelta = HOUR, **given: Any) -> Planned:
    return Planned(PlannedKind.LAUNCH, f"Launch {key}", start, start + length, key=key, **given)


def test_an_entry_comes_back_as_it_was_last_saved(store: AnyStore) -> None:
    moved = replace(FREEZE, start=NOW + DAY, grants="", tool="Klaviyo")
    with store.unit_of_work() as uow:
        uow.plans.save("T1", FREEZE)
        assert uow.plans.get("T1", "freeze") == FREEZE
        uow.plans.save("T1", moved)
    with store.unit_of_work() as uow:
        assert uow.plans.get("T1", "freeze") == moved
        assert uow.plans.get("T2", "freeze") is None
        assert uow.plans.get("T1", "other") is None


def test_entries_are_found_by_the_time_they_are_on(store: AnyStore) -> None:
    early, late = an_entry("early"), an_entry("late", NOW + 3 * DAY)
    with store.unit_of_work() as uow:
        uow.plans.save("T1", late, early, FREEZE)
        uow.plans.save("T2", an_entry("other"))
        between = uow.plans.between
        assert list(between("T1", NOW, NOW + 9 * DAY)) == [early, FREEZE, late]
        assert list(between("T1", NOW + HOUR, NOW + 3 * DAY)) == [FREEZE]
        assert list(between("T1", NOW - DAY, NOW)) == []
        assert list(uow.plans.workspaces(NOW)) == ["T1", "T2"]
        assert list(uow.plans.workspaces(NOW + HOUR)) == ["T1"]
        assert list(uow.plans.workspaces(NOW + 7 * DAY)) == []


def test_many_entries_are_saved_and_removed_at_once(store: AnyStore) -> None:
    many = [an_entry(f"{number:04}", NOW + number * HOUR) for number in range(1200)]
    with store.unit_of_work() as uow:
        uow.plans.save("T1", *many, replace(many[7], owner="@U7"))
        found = uow.plans.between("T1", NOW, NOW + 100 * DAY)
        assert [one.key for one in found] == [one.key for one in many]
        assert [one.key for one in found if one.owner] == ["0007"]
        uow.plans.save("T2", many[5])
        uow.plans.remove("T1", *(one.key for one in many[:1199]), "nothing")
        uow.plans.remove("T1")
        assert list(uow.plans.between("T1", NOW, NOW + 100 * DAY)) == [many[1199]]
        assert uow.plans.get("T2", "0005") == many[5]


def test_an_exception_comes_back_as_it_was_last_saved(store: AnyStore) -> None:
    asked = Exemption("T1", 7, "freeze", "Black Friday 🧊", "20261127T0000/…", "U2", NOW, "IT-7:freeze")
    granted = asked.decide("U2", NOW + HOUR, "“only” the teaser", grant=True)
    with store.unit_of_work() as uow:
        uow.exemptions.save(asked)
        assert uow.exemptions.get("T1", 7, "freeze") == asked
        uow.exemptions.save(granted)
        uow.exemptions.save(replace(asked, number=3, standing=Standing.OVER))
        uow.exemptions.save(replace(asked, workspace="T2"))
    with store.unit_of_work() as uow:
        assert uow.exemptions.get("T1", 7, "freeze") == granted
        assert [one.number for one in uow.exemptions.of("T1")] == [3, 7]
        assert uow.exemptions.get("T1", 8, "freeze") is uow.exemptions.get("T3", 7, "freeze") is None


def test_a_link_is_found_by_its_digest_until_it_is_replaced_or_taken_back(store: AnyStore) -> None:
    first, second = Feed("T1", "U1", digest_of("one"), NOW), Feed("T1", "U1", digest_of("two"), NOW + HOUR)
    other = Feed("T2", "U1", digest_of("three"), NOW)
    with store.unit_of_work() as uow:
        for feed in (first, other):
            uow.feeds.save(feed)
        assert uow.feeds.find(digest_of("one")) == first
        uow.feeds.save(second)
    with store.unit_of_work() as uow:
        assert uow.feeds.find(digest_of("one")) is None
        assert uow.feeds.find(digest_of("two")) == uow.feeds.of("T1", "U1") == second
        assert list(uow.feeds.people("T1")) == ["U1"]
        assert list(uow.feeds.people("T3")) == []
        assert uow.feeds.remove("T1", "U1")
        assert not uow.feeds.remove("T1", "U1")
        assert uow.feeds.find(digest_of("two")) is None
        assert uow.feeds.of("T2", "U1") == uow.feeds.find(digest_of("three")) == other
