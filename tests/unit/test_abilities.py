"""Who may do what with a ticket."""

import pytest

from bot.domain.abilities import Ability, is_of_it, require
from bot.domain.errors import NotAllowed
from bot.domain.people import Role
from bot.domain.ticket import Ticket
from tests.support.samples import a_ticket

IT_SIDE = frozenset({"assigned", "liaison by role", "IT manager", "CIO"})
ASKERS = frozenset({"requester", "follower", "guest who asked"})
MEMBERS = frozenset({"other marketer", "marketing manager"})
ROLES = {
    "liaison by role": {Role.LIAISON},
    "IT manager": {Role.IT_MANAGER},
    "CIO": {Role.CIO},
    "marketing manager": {Role.MARKETING_MANAGER, Role.CMO},
    "other marketer": {Role.ADMIN},
}
GUESTS = frozenset({"guest", "guest who asked"})
MAY = {
    Ability.CLAIM: IT_SIDE,
    Ability.ANSWER: IT_SIDE,
    Ability.WAIT: IT_SIDE,
    Ability.RESOLVE: IT_SIDE,
    Ability.REASSIGN: IT_SIDE,
    Ability.NOTE: IT_SIDE,
    Ability.REOPEN: IT_SIDE | ASKERS,
    Ability.ESCALATE: IT_SIDE | ASKERS | MEMBERS,
    Ability.DISMISS: IT_SIDE | ASKERS,
    Ability.REVISE: IT_SIDE | ASKERS,
    Ability.MERGE: IT_SIDE,
    Ability.REVIEW: IT_SIDE,
    Ability.INFORM: IT_SIDE | ASKERS,
    Ability.COST: IT_SIDE | ASKERS,
    Ability.COST_FIGURES: IT_SIDE,
    Ability.RECORD: IT_SIDE | ASKERS | MEMBERS,
    Ability.SPONSOR: IT_SIDE | ASKERS | MEMBERS,
}
EVERYBODY = sorted(IT_SIDE | ASKERS | MEMBERS | {"guest"})


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("ability", Ability)
def test_each_person_may_do_what_the_table_says_and_nothing_else(ability: Ability, who: str) -> None:
    assert may(ability, who) == (who in MAY[ability])


@pytest.mark.parametrize(
    ("ability", "who", "words"),
    [
        (Ability.RESOLVE, "requester", "Only the IT side"),
        (Ability.DISMISS, "other marketer", "Only the person who asked, or the IT side"),
        (Ability.ESCALATE, "guest", "Please ask the colleague you work with"),
    ],
)
def test_a_refusal_says_who_may(ability: Ability, who: str, words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        check(ability, who)


def test_without_a_liaison_nobody_is_taken_for_it() -> None:
    assert not is_of_it(a_ticket(liaison=""), "", ())
    assert not is_of_it(a_ticket(liaison=""), "other marketer", ())


def may(ability: Ability, who: str) -> bool:
    try:
        check(ability, who)
    except NotAllowed:
        return False
    return True


def check(ability: Ability, who: str) -> None:
    require(ability, the_ticket(who), who, ROLES.get(who, set()), is_guest=who in GUESTS)


def the_ticket(who: str) -> Ticket:
    requester = who if who == "guest who asked" else "requester"
    return a_ticket(requester=requester, followers=("follower",), liaison="assigned")
