"""What every store promises about who has a ticket: escalations, absences, skills, the roster."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.absence import Absence, Source
from bot.domain.errors import LiaisonError
from bot.domain.escalation import Escalation, Patience, Reason
from bot.domain.people import Side
from bot.domain.roster import MarketingDelegate, Profile
from bot.domain.ticket import State
from storage.store import Store
from tests.conftest import AnyStore
from tests.support.samples import DAY, HOUR, NOW, a_ticket


def an_escalation(**given: Any) -> Escalation:
    plain: dict[str, Any] = {
        "workspace": "T1",
        "number": 1,
        "cause": "asked:1",
        "side": Side.IT,
        "reason": Reason.PROCESS,
        "why": "stuck",
        "asked_by": "U1",
        "asked_at": NOW,
        "level": 1,
        "person": "U2",
        "look_at": NOW + HOUR,
    }
    return Escalation(**(plain | given))


def test_an_escalation_comes_back_as_it_was_last_stored(store: AnyStore) -> None:
    ended = an_escalation().end("U2", NOW)
    with store.unit_of_work() as uow:
        uow.tickets.add(a_ticket(level=1, escalated_to="U2"))
        uow.escalations.save(an_escalation())
        uow.escalations.save(ended)
        uow.escalations.save(an_escalation(cause="asked:2", side=Side.MARKETING, asked_at=NOW + HOUR))
    with store.unit_of_work() as uow:
        assert uow.tickets.get("T1", 1).escalated_to == "U2"
        assert list(uow.escalations.of("T1", 1))[0] == ended
        assert [one.cause for one in uow.escalations.of("T1", 1)] == ["asked:1", "asked:2"]
        assert [one.cause for one in uow.escalations.of("T1")] == ["asked:2"]
        assert list(uow.escalations.of("T2")) == []


def test_due_escalations_come_the_longest_due_first_and_a_parked_one_never(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for number in range(1, 5):
            uow.tickets.add(a_ticket())
            uow.escalations.save(an_escalation(number=number, look_at=NOW - number * HOUR))
        uow.escalations.save(an_escalation(number=4).park("nobody"))
        uow.escalations.save(an_escalation(number=1, look_at=NOW + HOUR))
    with store.unit_of_work() as uow:
        assert [one.number for one in uow.escalations.due(NOW, 9)] == [3, 2]
        assert [one.number for one in uow.escalations.due(NOW, 1)] == [3]
        assert replace(an_escalation(number=4), look_at=None, stuck="nobody") in uow.escalations.of("T1")


def test_only_one_escalation_of_a_side_is_open_at_a_time(sql_store: Store) -> None:
    with sql_store.unit_of_work() as uow:
        uow.tickets.add(a_ticket())
        uow.escalations.save(an_escalation())
    with pytest.raises((IntegrityError, LiaisonError)), sql_store.unit_of_work() as uow:
        uow.escalations.save(an_escalation(cause="asked:2"))


def test_the_time_to_answer_is_kept_by_workspace(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        assert uow.escalations.patience("T1") == Patience()
        uow.escalations.be_patient("T1", Patience(1, 2))
        uow.escalations.be_patient("T1", Patience(2, 2.5))
    with store.unit_of_work() as uow:
        assert uow.escalations.patience("T1") == Patience(2, 2.5)
        assert uow.escalations.patience("T2") == Patience()


def an_absence(**given: Any) -> Absence:
    plain: dict[str, Any] = {
        "workspace": "T1",
        "person": "U1",
        "source": Source.SAID,
        "starts_at": NOW,
        "ends_at": NOW + DAY,
        "delegate": "U2",
        "zone": "Europe/Berlin",
        "look_at": NOW,
    }
    return Absence(**(plain | given))


def test_an_absence_comes_back_as_it_was_last_stored(store: AnyStore) -> None:
    begun, by_status = an_absence().has_begun(), an_absence(source=Source.STATUS, ends_at=None, delegate="")
    with store.unit_of_work() as uow:
        uow.absences.save(an_absence())
        uow.absences.save(by_status)
        uow.absences.save(begun)
        uow.absences.save(an_absence(workspace="T2"))
    with store.unit_of_work() as uow:
        assert list(uow.absences.of("T1")) == [begun, by_status]
        uow.absences.drop(begun)
    with store.unit_of_work() as uow:
        assert list(uow.absences.of("T1")) == [by_status]
        assert list(uow.absences.of("T2")) == [an_absence(workspace="T2")]


def test_due_absences_come_the_longest_due_first(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for number, look in enumerate((NOW, NOW - HOUR, NOW + HOUR, None)):
            uow.absences.save(an_absence(person=f"U{number}", look_at=look))
    with store.unit_of_work() as uow:
        assert [one.person for one in uow.absences.due(NOW, 9)] == ["U1", "U0"]
        assert [one.person for one in uow.absences.due(NOW, 1)] == ["U1"]


def test_an_absence_is_dealt_with_by_one_at_a_time(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.absences.save(an_absence())

    def take(_: int) -> int:
        with store.unit_of_work() as uow:
            due = uow.absences.due(NOW, 9)
            for one in due:
                uow.absences.save(one.has_begun())
            return len(due)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(4))) == 1


def test_somebody_looks_after_exactly_what_they_said_last(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.skills.learn("T1", "U1", ["email", "seo"])
        uow.skills.learn("T1", "U1", ["new tools", "email", "new tools"])
        uow.skills.learn("T1", "U2", ["seo"])
        uow.skills.learn("T1", "U2", [])
        uow.skills.learn("T2", "U1", ["payments"])
    with store.unit_of_work() as uow:
        assert uow.skills.of("T1") == {"U1": ("new tools", "email")}


def test_the_load_counts_the_open_tickets_of_each_liaison(store: AnyStore) -> None:
    mine = (State.ASSIGNED, State.WAITING, State.CLOSED)
    with store.unit_of_work() as uow:
        for state in mine:
            uow.tickets.add(a_ticket(liaison="U1", state=state))
        uow.tickets.add(a_ticket(liaison="U2", state=State.WITHDRAWN))
        uow.tickets.add(a_ticket())
        uow.tickets.add(a_ticket(workspace="T2", liaison="U1"))
        assert uow.skills.loads("T1") == {"U1": 2}


def test_what_somebody_speaks_is_what_was_said_last(store: AnyStore) -> None:
    first, second = Profile("T1", "U1", ("Deutsch", "日本語"), "Köln"), Profile("T1", "U1", (), "x' OR 1=1")
    with store.unit_of_work() as uow:
        assert uow.roster.profiles("T1") == {}
        for profile in (first, second, Profile("T1", "U2", ("English",)), Profile("T2", "U1")):
            uow.roster.save_profile(profile)
        assert uow.roster.profiles("T1")["U1"] == second
    with store.unit_of_work() as uow:
        assert uow.roster.profiles("T1") == {"U1": second, "U2": Profile("T1", "U2", ("English",))}
        uow.roster.save_profile(first)
    with store.unit_of_work() as uow:
        assert uow.roster.profiles("T1")["U1"] == first


def test_one_person_at_a_time_speaks_for_marketing_about_a_thing(store: AnyStore) -> None:
    first = MarketingDelegate("T1", "RM-1", "U1", "U9", NOW)
    second, team = replace(first, person="", at=NOW + HOUR), replace(first, about="C1", languages=("French",))
    with store.unit_of_work() as uow:
        for delegate in (first, team, replace(first, workspace="T2"), second):
            uow.roster.name_delegate(delegate)
    with store.unit_of_work() as uow:
        assert uow.roster.delegates("T1") == {"C1": team, "RM-1": second}
