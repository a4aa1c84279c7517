"""Several people who sign in the same second, on each store: every answer counts, and the verdict comes once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

from bot.domain.catalogue import ToolStatus
from bot.domain.errors import Conflict
from bot.domain.people import Person, Role
from bot.domain.policy import Asked, DataClass
from bot.domain.review import Edition, under
from bot.domain.signoff import Outcome, Say
from bot.ports import TicketFilter
from bot.services.desk import Desk
from bot.services.reviews.policy_signing import apply_policy, sign_policy
from bot.services.reviews.signing import Answered, ask_for_sign_offs, sign
from storage.store import Store
from tests.builders import ScriptedDetector
from tests.conftest import AnyStore
from tests.support.memory_chat import MemoryChat
from tests.support.policies import draft_policy
from tests.support.samples import NOW, a_ticket

PEOPLE = ("legal", "liaison", "manager")
ROLES = {Role.LEGAL: "legal", Role.LIAISON: "liaison", Role.MARKETING_MANAGER: "manager"}


def test_three_yes_in_the_same_second_make_one_verdict(store: AnyStore) -> None:
    desk = asked(store)
    assert at_once(desk, [(one, Answered(Say.YES)) for one in PEOPLE]) == 3
    assert verdicts(store) == [Outcome.APPROVED]


def test_a_yes_and_a_no_of_one_person_in_the_same_second_count_once(store: AnyStore) -> None:
    desk = asked(store)
    assert at_once(desk, [("legal", Answered(Say.YES)), ("legal", Answered(Say.NO, "no agreement"))]) == 1


def test_a_no_beside_two_yes_stops_it_for_good(store: AnyStore) -> None:
    desk = asked(store)
    answers = [("legal", Answered(Say.YES)), ("liaison", Answered(Say.YES)), ("manager", Answered(Say.NO, "too dear"))]
    assert at_once(desk, answers) >= 1
    assert verdicts(store) == [Outcome.REJECTED]
    with store.unit_of_work() as uow:
        assert [tool.status for tool in uow.catalogue.like("T1", "canva")] == [ToolStatus.REJECTED]


def test_both_sides_who_sign_the_policy_in_the_same_second_put_it_in_force(store: AnyStore) -> None:
    desk = asked(store)
    with store.unit_of_work() as uow:
        uow.workspaces.give("T1", Role.IT_MANAGER, ["liaison"])
        apply_policy(uow, "T1", draft_policy(), draft_policy(), NOW)
    people = [Person(one, one) for one in ("liaison", "manager")]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda who: sign_policy(desk, who, "T1", "1", Say.YES), people))
    with store.unit_of_work() as uow:
        assert uow.policies.in_force("T1") == Edition(1, draft_policy(), "", NOW, in_force_at=NOW)


def asked(store: AnyStore) -> Desk:
    """A review whose three signers were asked."""
    chat = MemoryChat(people={one: Person(one, one) for one in PEOPLE}, rooms={}, names={}, now=NOW)
    desk = Desk(store.unit_of_work, store.unit_of_work, lambda: NOW, ScriptedDetector(), chat)
    desk = replace(desk, policy=draft_policy())
    with store.unit_of_work() as uow:
        for role, person in ROLES.items():
            uow.workspaces.give("T1", role, [person])
        ticket = uow.tickets.add(a_ticket(kind="new_tool", title="Canva", requester="asker"))
        request = Asked("email_automation", Decimal(6000), DataClass.PERSONAL)
        edition = Edition(0, draft_policy(), "", NOW)
        uow.reviews.add(under(edition, request, ("T1", ticket.number, 1), "liaison", NOW))
    ask_for_sign_offs(desk, Person("liaison", "liaison"), "T1", f"{ticket.name}:1")
    return desk


def at_once(desk: Desk, answers: Sequence[tuple[str, Answered]]) -> int:
    """How many of these answers counted."""

    def answer(said: tuple[str, Answered]) -> bool:
        try:
            sign(desk, Person(said[0], said[0]), "T1", "IT-1:1", said[1])
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(answers)) as pool:
        return sum(pool.map(answer, answers))


def verdicts(store: Store | AnyStore) -> list[Outcome]:
    """The outcome of the review, once for each time it was decided in the log."""
    with store.unit_of_work() as uow:
        (ticket,) = uow.tickets.search("T1", TicketFilter())
        (review,) = uow.reviews.of("T1", ticket.number)
        decided = [event for event in uow.log.events("T1", ticket.number) if event.what == "decided"]
    return [review.outcome for _ in decided]
