"""Sign-offs: whom to ask, who may sign, how they stand together."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.errors import Conflict, Invalid, LiaisonError, NotAllowed
from bot.domain.people import Role
from bot.domain.signoff import (
    Outcome,
    PromisedCondition,
    Say,
    Signature,
    SignOff,
    asked_of,
    of_one_person,
    outcome,
    role_words,
    signable,
)

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TEST = PromisedCondition("Load test", "U9", date(2026, 12, 1))
HOLDERS = {
    Role.MARKETING_MANAGER: ("MARTA", "MILES"),
    Role.LIAISON: ("LIA",),
    Role.IT_MANAGER: ("IDA",),
    Role.SECURITY: ("LIA",),
    Role.LEGAL: ("LEX",),
    Role.CMO: ("MARTA",),
}


def alone(person: str) -> str:
    return ""


def signed(said: Say, role: Role = Role.LEGAL, version: int = 1) -> SignOff:
    conditions = (TEST,) if said is Say.WITH_CONDITIONS else ()
    return SignOff(role, "P", version, AT, Signature(said, "P", AT, "because", conditions))


def open_one(role: Role = Role.LEGAL, person: str = "LEX", version: int = 1) -> SignOff:
    return SignOff(role, person, version, AT)


def test_each_role_is_asked_in_its_order() -> None:
    asked, missing = asked_of([Role.MARKETING_MANAGER, Role.IT_MANAGER], HOLDERS, "REQ", 3, AT)
    assert [(one.role, one.person, one.version) for one in asked] == [
        (Role.MARKETING_MANAGER, "MARTA", 3),
        (Role.IT_MANAGER, "IDA", 3),
    ]
    assert missing == ()


def test_who_asks_does_not_sign_and_another_holder_does() -> None:
    asked, _ = asked_of([Role.MARKETING_MANAGER], HOLDERS, "MARTA", 1, AT)
    assert [one.person for one in asked] == ["MILES"]


def test_no_role_is_lost_where_one_person_holds_two_of_a_side() -> None:
    asked, missing = asked_of([Role.LIAISON, Role.LEGAL, Role.SECURITY], HOLDERS, "REQ", 1, AT)
    assert [(one.role, one.person) for one in asked] == [
        (Role.LIAISON, "LIA"), (Role.LEGAL, "LEX"), (Role.SECURITY, "LIA"),
    ]  # fmt: skip
    assert missing == ()
    together = of_one_person(asked)
    assert [role_words(each) for each in together] == ["liaison and security", "legal"]


def test_an_answer_in_one_role_leaves_the_other_to_be_given() -> None:
    both = [signed(Say.YES, Role.MARKETING_MANAGER), open_one(Role.LEGAL, "P")]
    found = signable(both, "P", 1, frozenset({Role.MARKETING_MANAGER, Role.LEGAL}), "REQ", alone)
    assert found.role is Role.LEGAL


def test_nobody_signs_for_both_sides() -> None:
    holders = {Role.LIAISON: ("BOTH",), Role.MARKETING_MANAGER: ("BOTH",)}
    asked, missing = asked_of([Role.LIAISON, Role.MARKETING_MANAGER], holders, "REQ", 1, AT)
    assert [one.role for one in asked] == [Role.LIAISON]
    assert "signs for the other side already" in missing[0].words


@pytest.mark.parametrize(
    ("role", "requester", "words"),
    [(Role.FINANCE, "REQ", "has no person yet"), (Role.LEGAL, "LEX", "their own request")],
)
def test_a_role_nobody_can_sign_for_is_told(role: Role, requester: str, words: str) -> None:
    asked, missing = asked_of([role], HOLDERS, requester, 1, AT)
    assert asked == ()
    assert words in missing[0].words


@pytest.mark.parametrize(
    ("said", "together"),
    [
        ([], Outcome.PENDING),
        ([Say.YES], Outcome.APPROVED),
        ([Say.YES, Say.WITH_CONDITIONS], Outcome.CONDITIONS),
        ([Say.YES, Say.NO], Outcome.REJECTED),
        ([Say.WITH_CONDITIONS, Say.WITH_CONDITIONS], Outcome.CONDITIONS),
    ],
)
def test_all_together_say_one_thing(said: list[Say], together: Outcome) -> None:
    assert outcome([signed(one) for one in said]) is together


def test_an_open_one_keeps_it_pending_unless_somebody_said_no() -> None:
    assert outcome([signed(Say.YES), open_one()]) is Outcome.PENDING
    assert outcome([signed(Say.NO), open_one()]) is Outcome.REJECTED


def test_who_was_asked_may_sign() -> None:
    assert signable([open_one()], "LEX", 1, frozenset({Role.LEGAL}), "REQ", alone).person == "LEX"


def test_a_delegate_signs_for_whom_they_stand_in() -> None:
    found = signable([open_one()], "DEL", 1, frozenset(), "REQ", lambda person: "DEL" if person == "LEX" else "")
    assert found.person == "LEX"


REFUSED = [
    ("LEX", 1, {Role.LEGAL}, "REQ", 2, Conflict, "newest version"),
    ("LEX", 1, set(), "REQ", 1, NotAllowed, "for others to sign: legal"),
    ("EVA", 1, {Role.LEGAL}, "REQ", 1, NotAllowed, "for others to sign: legal"),
    ("EVA", 1, {Role.ADMIN}, "REQ", 1, NotAllowed, "for others"),
    ("LEX", 1, {Role.LEGAL}, "LEX", 1, NotAllowed, "their own request"),
]


@pytest.mark.parametrize(("clicker", "version", "roles", "requester", "latest", "error", "words"), REFUSED)
def test_who_may_not_sign_is_told_who_may(
    clicker: str, version: int, roles: set[Role], requester: str, latest: int, error: type[LiaisonError], words: str
) -> None:
    with pytest.raises(error, match=words):
        signable([open_one(version=latest)], clicker, version, frozenset(roles), requester, alone)


def test_a_delegate_who_asked_for_it_does_not_sign() -> None:
    with pytest.raises(NotAllowed, match="their own request"):
        signable([open_one()], "DEL", 1, frozenset(), "DEL", lambda _: "DEL")


def test_a_second_click_finds_it_answered() -> None:
    with pytest.raises(Conflict, match="answered already: yes"):
        signed(Say.YES).sign(Signature(Say.NO, "P", AT, "no"))


def test_a_signature_keeps_who_clicked_and_when() -> None:
    kept = open_one().sign(Signature(Say.YES, "DEL", AT))
    assert (kept.person, kept.signature.by if kept.signature else "", kept.said) == ("LEX", "DEL", Say.YES)


@pytest.mark.parametrize(
    ("said", "reason", "words"),
    [(Say.NO, " ", "Say why not"), (Say.WITH_CONDITIONS, "", "at least one condition"), (Say.YES, "x" * 2001, "2,000")],
)
def test_a_signature_that_lacks_something_says_what(said: Say, reason: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        Signature(said, "P", AT, reason)
