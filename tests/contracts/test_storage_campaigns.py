"""What every store promises about sites, what they take, and the answers on campaigns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.campaign_days import Seen
from bot.domain.capacity import Capacity
from bot.domain.limits import Limit
from bot.domain.load import Verdict
from bot.domain.readiness import Readiness
from bot.domain.signoff import Outcome, PromisedCondition
from bot.domain.sites import KnownSite
from tests.conftest import AnyStore
from tests.support.samples import DAY, NOW

SHOP = KnownSite("shop.example", ("our shop", "store.example"), 61.5, 0.6, 90.0, 4.5, 3.0)
BLOG = KnownSite("blog.example")
TESTED = Capacity("shop.example", 120.5, date(2026, 11, 2), "U3", "load test with k6", date(2027, 1, 31))
TYPED = Capacity("shop.example", None, date(2026, 11, 3), "U4", "last Black Friday", date(2027, 2, 1), sessions=900.0)
READY = Readiness(
    "T1", 1, version=3, posted=2, inputs="abc", proposed=Verdict.GO_WITH_CONDITIONS, peak=84.25, decided=2,
    verdict=Verdict.GO_WITH_CONDITIONS, by="U3", at=NOW, reason="tested", outcome=Outcome.PENDING,
    conditions=(PromisedCondition("Send over 4 h", "U1", date(2026, 12, 11)),), weighed_at=NOW, decided_peak=84.25,
    decided_proposal=Verdict.GO_WITH_CONDITIONS, seen=Seen("U1", NOW, 92.5, orders_lost=3, channel="email", ratio=1.25),
)  # fmt: skip


def test_a_site_comes_back_as_it_was_stored_and_is_replaced_by_its_host(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for site in (SHOP, BLOG):
            uow.sites.save("T1", site)
        uow.sites.save("T1", replace(BLOG, headroom=0.5))
    with store.unit_of_work() as uow:
        assert list(uow.sites.of("T1")) == [replace(BLOG, headroom=0.5), SHOP]
        assert list(uow.sites.of("T2")) == []


def test_every_record_of_a_capacity_stays_in_its_order(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for record in (TYPED, TESTED):
            uow.sites.measure("T1", record)
    with store.unit_of_work() as uow:
        assert list(uow.sites.measured("T1")) == [TYPED, TESTED]
        assert list(uow.sites.measured("T2")) == []


def test_the_answer_on_a_ticket_comes_back_and_is_replaced(store: AnyStore) -> None:
    later = replace(READY, version=4, weighed_at=NOW + DAY)
    with store.unit_of_work() as uow:
        assert uow.readiness.get("T1", 1) is None
        uow.readiness.save(READY)
        uow.readiness.save(replace(READY, number=2))
        assert uow.readiness.get("T1", 1) == READY
        uow.readiness.save(later)
    with store.unit_of_work() as uow:
        assert list(uow.readiness.of("T1")) == [later, replace(READY, number=2)]
        assert uow.readiness.get("T1", 1) == later
        assert list(uow.readiness.of("T2")) == []


def test_what_a_system_takes_is_replaced_by_its_name_whatever_its_case_and_can_be_forgotten(store: AnyStore) -> None:
    webcast = Limit("Webcast", 1e4, "viewers at once", ("live stream",), ("polls",), "U3", "a CDN", "U4", NOW.date())
    with store.unit_of_work() as uow:
        uow.limits.tell("T1", webcast)
        uow.limits.tell("T1", Limit("CRM", 5.5, "reports a day"))
        uow.limits.tell("T1", replace(webcast, system="WEBCAST", most=2e4))
    with store.unit_of_work() as uow:
        assert list(uow.limits.of("T1")) == [
            Limit("CRM", 5.5, "reports a day"), replace(webcast, system="WEBCAST", most=2e4)
        ]  # fmt: skip
        assert list(uow.limits.of("T2")) == []
        assert uow.limits.forget("T1", "Webcast")
        assert not uow.limits.forget("T2", "CRM")
    with store.unit_of_work() as uow:
        assert [one.system for one in uow.limits.of("T1")] == ["CRM"]
