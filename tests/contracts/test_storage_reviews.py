"""What every store promises about reviews: policies, reviews, sign-offs."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.cost_sheet import CostSheet, Inputs, Records, Size
from bot.domain.errors import Conflict
from bot.domain.people import Role
from bot.domain.policy import Asked, DataClass, Integration
from bot.domain.project import Actual, Project, ProjectStep, Rating
from bot.domain.review import Edition, Review, under
from bot.domain.signoff import Outcome, PromisedCondition, Say, Signature, SignOff
from storage.store import Store
from tests.conftest import AnyStore
from tests.support.policies import draft_policy
from tests.support.samples import HOUR, NOW

ASKED = Asked("crm", Decimal("12000.50"), DataClass.PERSONAL, Integration.CORE, capex=Decimal("120000"))
CONDITION = PromisedCondition("Sign the agreement", "U3", date(2026, 12, 18))


def test_a_policy_comes_back_as_it_was_stored_to_the_cent(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.policies.add("T1", edition(1))
    with store.unit_of_work() as uow:
        assert uow.policies.get("T1", 1) == edition(1)
        assert uow.policies.latest("T1") == edition(1)
        assert uow.policies.in_force("T1") is None
        assert uow.policies.get("T2", 1) is None


def test_the_policy_in_force_is_the_newest_that_was_signed(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for version in (1, 2, 3):
            uow.policies.add("T1", edition(version))
        uow.policies.enforce("T1", 1, NOW)
        uow.policies.enforce("T1", 2, NOW + HOUR)
    with store.unit_of_work() as uow:
        assert uow.policies.in_force("T1") == replace(edition(2), in_force_at=NOW + HOUR)
        assert uow.policies.latest("T1") == edition(3)
        assert uow.policies.in_force("T2") is None


def test_a_version_of_a_policy_or_a_review_is_added_once(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.policies.add("T1", edition(1))
        uow.reviews.add(a_review())
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.policies.add("T1", edition(1))
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.reviews.add(a_review())


def test_reviews_come_back_in_their_versions(store: AnyStore) -> None:
    newer = a_review(version=2)
    with store.unit_of_work() as uow:
        for one in (newer, a_review(), a_review(number=2), a_review(workspace="T2")):
            uow.reviews.add(one)
        uow.reviews.save(newer.decide(Outcome.CONDITIONS, NOW + HOUR))
    with store.unit_of_work() as uow:
        assert uow.reviews.of("T1", 1) == [a_review(), newer.decide(Outcome.CONDITIONS, NOW + HOUR)]
        assert uow.reviews.of("T3", 1) == []


def test_costs_come_back_in_their_versions_to_the_cent(store: AnyStore) -> None:
    newer = a_cost(version=2)
    with store.unit_of_work() as uow:
        for one in (newer, a_cost(), a_cost(number=2), a_cost(workspace="T2")):
            uow.costs.add(one)
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.costs.add(a_cost())
    with store.unit_of_work() as uow:
        assert list(uow.costs.of("T1", 1)) == [a_cost(), newer]
        assert list(uow.costs.of("T3", 1)) == []


def test_a_project_is_empty_until_it_is_stored_and_then_as_it_was_stored_last(store: AnyStore) -> None:
    steps = (ProjectStep("Launch", "U1", date(2026, 12, 18), NOW, "U2"), ProjectStep("Tell all", "U1", NOW.date()))
    actual = Actual(Decimal("41000.50"), Decimal(9500), "EUR", "U3", NOW)
    with store.unit_of_work() as uow:
        assert uow.projects.of("T1", 1) == Project("T1", 1)
        uow.projects.save(Project("T1", 1).name_manager("U2", "U3", NOW))
        uow.projects.save(Project("T2", 1).name_manager("U4", "U5", NOW))
        uow.projects.save(Project("T1", 1).name_manager("U6", "U3", NOW + HOUR))
    with store.unit_of_work() as uow:
        assert uow.projects.of("T1", 1) == Project("T1", 1, "U6", "U3", NOW + HOUR)
        whole = Project("T1", 1, "U6", "U3", NOW, steps, Rating(4, "U1", NOW, "quick"), actual)
        uow.projects.save(whole)
    with store.unit_of_work() as uow:
        assert uow.projects.of("T1", 1) == whole
        assert uow.projects.of("T1", 2) == Project("T1", 2)


def test_sign_offs_come_in_the_order_of_asking_with_what_was_said(store: AnyStore) -> None:
    legal, finance = asked(Role.LEGAL, "U1"), asked(Role.FINANCE, "U2")
    signed = finance.sign(Signature(Say.WITH_CONDITIONS, "U9", NOW + HOUR, conditions=(CONDITION,)))
    with store.unit_of_work() as uow:
        uow.signoffs.ask("T1", "review:1", [legal, finance])
        uow.signoffs.ask("T1", "review:2", [legal])
        uow.signoffs.answer("T1", "review:1", signed)
    with store.unit_of_work() as uow:
        assert list(uow.signoffs.of("T1", "review:1")) == [legal, signed]
        assert list(uow.signoffs.of("T2", "review:1")) == []


def test_a_sign_off_is_answered_once(store: AnyStore) -> None:
    legal = asked(Role.LEGAL, "U1")
    with store.unit_of_work() as uow:
        uow.signoffs.ask("T1", "review:1", [legal])
        uow.signoffs.answer("T1", "review:1", legal.sign(Signature(Say.YES, "U1", NOW)))
    for workspace in ("T1", "T2"):
        with pytest.raises(Conflict), store.unit_of_work() as uow:
            uow.signoffs.answer(workspace, "review:1", legal.sign(Signature(Say.NO, "U1", NOW, "changed my mind")))


def test_what_is_taken_back_is_asked_no_more_but_answers_stay(store: AnyStore) -> None:
    legal, finance = asked(Role.LEGAL, "U1"), asked(Role.FINANCE, "U2")
    signed = legal.sign(Signature(Say.NO, "U1", NOW, "no"))
    with store.unit_of_work() as uow:
        uow.signoffs.ask("T1", "review:1", [legal, finance])
        uow.signoffs.answer("T1", "review:1", signed)
        uow.signoffs.take_back("T1", "review:1")
    with store.unit_of_work() as uow:
        assert list(uow.signoffs.of("T1", "review:1")) == [signed]
        with pytest.raises(Conflict):
            uow.signoffs.answer("T1", "review:1", finance.sign(Signature(Say.YES, "U2", NOW)))


def test_of_two_answers_in_the_same_second_one_counts(sql_store: Store) -> None:
    legal = asked(Role.LEGAL, "U1")
    with sql_store.unit_of_work() as uow:
        uow.signoffs.ask("T1", "review:1", [legal])

    def answer(said: Say) -> bool:
        try:
            with sql_store.unit_of_work() as uow:
                uow.signoffs.answer("T1", "review:1", legal.sign(Signature(said, "U1", NOW, "because")))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        counted = list(pool.map(answer, (Say.YES, Say.NO)))
    assert sorted(counted) == [False, True]


def edition(version: int) -> Edition:
    return Edition(version, draft_policy(), "U4", NOW)


def a_review(workspace: str = "T1", number: int = 1, version: int = 1) -> Review:
    return under(edition(3), ASKED, (workspace, number, version), "U3", NOW)


def a_cost(workspace: str = "T1", number: int = 1, version: int = 1) -> CostSheet:
    inputs = Inputs(Decimal("12000.50"), users=3, size=Size.LIGHT, records=Records.SMALL, owned="the old one")
    return CostSheet(workspace, number, version, "U3", NOW, 3, "EUR", inputs, draft_policy().cost, ("uplift",))


def asked(role: Role, person: str) -> SignOff:
    return SignOff(role, person, 1, NOW)
