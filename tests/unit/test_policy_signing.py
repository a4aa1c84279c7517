"""A policy is applied, signed by both sides in chat, and holds from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.absence import Absence, Source
from bot.domain.errors import Conflict, Invalid
from bot.domain.people import Role
from bot.domain.policy import Lane, Policy
from bot.domain.policy_changes import differences
from bot.services.reviews.policy_signing import Applied, apply_policy
from tests.builders import HOLDERS, IT_MANAGER, LIAISON, MARKETER, MARKETING_MANAGER, TEAM, Office, an_office
from tests.support.policies import draft_policy
from tests.support.samples import DAY

FASTER = replace(draft_policy(), lane_days={**draft_policy().lane_days, Lane.STANDARD: 7})


@pytest.fixture
def office() -> Office:
    office = an_office()
    office.policy = draft_policy()
    return office


def test_until_one_is_signed_the_draft_holds_and_says_so(office: Office) -> None:
    assert "draft template of the policy, which nobody has signed" in shown(office)
    apply(office, FASTER)
    assert "draft template" in shown(office)
    assert "A newer version waits for\n⏳ marketing manager: @marketing-manager" in shown(office)


def test_both_sides_are_asked_with_what_is_different_and_with_both_it_holds(office: Office) -> None:
    assert apply(office, FASTER) == Applied(1, ("the days of the lanes changed",), (MARKETING_MANAGER, IT_MANAGER))
    assert "What is different\nthe days of the lanes changed" in office.direct(IT_MANAGER)[-1]
    office.presses(MARKETING_MANAGER, "policy_yes", "1")
    assert "draft template" in shown(office)
    office.presses(IT_MANAGER, "policy_yes", "1")
    assert "This is the policy version 1." in shown(office)
    assert "standard 7 working days" in shown(office)
    assert "It is in force now." in office.direct(MARKETING_MANAGER)[-1]


def test_a_question_that_a_newer_version_overtakes_says_so(office: Office) -> None:
    apply(office, FASTER)
    apply(office, replace(FASTER, name="Tools"))
    assert "Policy version 1 is out of date: 2 is before you now." in "".join(office.direct(IT_MANAGER))


def test_who_stands_in_for_the_other_side_does_not_sign_for_both(office: Office) -> None:
    apply(office, FASTER)
    office.presses(MARKETING_MANAGER, "policy_yes", "1")
    at = office.clock.at
    with office.store.unit_of_work() as uow:
        uow.absences.save(Absence(TEAM, IT_MANAGER, Source.SAID, at - DAY, at + DAY, MARKETING_MANAGER))
    office.presses(MARKETING_MANAGER, "policy_yes", "1")
    assert "draft template" in shown(office)
    with office.store.unit_of_work() as uow:
        assert [one.said for one in uow.signoffs.of(TEAM, "policy")].count(None) == 1


def test_it_says_first_what_it_means_for_whoever_asks_and_the_whole_on_a_button(office: Office) -> None:
    office.types(MARKETER, "policy")
    mine = office.whispers(MARKETER)[-1]
    assert "Below 1,000 EUR: fast lane, 2 working days; yes of marketing manager" in mine
    assert "Data of customers, a connection somebody has to build, " in mine
    assert "Somebody else proposes\nCustomer relations (CRM), Database" in mine
    assert "SENSITIVE-DATA" not in mine
    office.types(IT_MANAGER, "policy")
    theirs = office.whispers(IT_MANAGER)[-1]
    assert "Below 1,000 EUR: fast lane, 2 working days" in theirs
    assert "Your yes is asked for\nIT manager: Content management, " in theirs
    office.presses(MARKETER, "policy_whole", "")
    assert "SENSITIVE-DATA: full lane." in office.whispers(MARKETER)[-1]


def test_one_no_keeps_the_one_before(office: Office) -> None:
    apply(office, FASTER)
    office.submits(IT_MANAGER, "policy_no", {"text": "seven days are too few"}, policy="1")
    assert "said no: seven days are too few" in office.direct(MARKETING_MANAGER)[-1]
    office.presses(MARKETING_MANAGER, "policy_yes", "1")
    assert "draft template" in shown(office)


@pytest.mark.parametrize("person", [LIAISON, MARKETER, "admin", "cio", "guest"])
def test_nobody_else_signs_a_policy(office: Office, person: str) -> None:
    apply(office, FASTER)
    office.presses(person, "policy_yes", "1")
    office.submits(person, "policy_no", {"text": "no"}, policy="1")
    with office.store.unit_of_work() as uow:
        assert [one.said for one in uow.signoffs.of(TEAM, "policy")] == [None, None]


def test_a_click_on_an_older_version_or_a_made_up_one_counts_for_nothing(office: Office) -> None:
    apply(office, FASTER)
    apply(office, replace(FASTER, name="Tools"))
    for value in ("1", "", "x", "9", "-1"):
        office.presses(IT_MANAGER, "policy_yes", value)
        office.presses(MARKETING_MANAGER, "policy_yes", value)
    assert "draft template" in shown(office)


def test_the_same_policy_again_is_not_put_before_anybody(office: Office) -> None:
    apply(office, FASTER)
    with pytest.raises(Invalid, match="nothing to sign"):
        apply(office, FASTER)


def test_without_a_manager_on_each_side_nothing_is_stored() -> None:
    office = an_office(holders={**HOLDERS, Role.IT_MANAGER: ()})
    with pytest.raises(Conflict, match="IT manager has no person yet, so nobody was asked"):
        apply(office, FASTER)
    with office.store.unit_of_work() as uow:
        assert uow.policies.latest(TEAM) is None


def test_what_is_different_is_said_in_words() -> None:
    old = draft_policy()
    rules = (*old.rules[:-2], replace(old.rules[-1], because="Because."))
    lines = differences(old, replace(old, rules=rules, currency="USD"))
    assert lines == ("the currency changed", "rule MEDIUM is gone", "rule FAST changed")
    assert differences(old, replace(old, rules=(old.rules[1], old.rules[0], *old.rules[2:]))) == (
        "the order of the rules changed, and the first that fits decides",
    )
    assert differences(old, old) == ()


def apply(office: Office, policy: Policy) -> Applied:
    office.clock.at += timedelta(minutes=1)
    with office.store.unit_of_work() as uow:
        applied = apply_policy(uow, TEAM, policy, draft_policy(), office.clock.at)
    office.run()
    return applied


def shown(office: Office) -> str:
    office.types(MARKETER, "policy")
    office.presses(MARKETER, "policy_whole", "")
    return "".join(office.whispers(MARKETER)[-2:])
