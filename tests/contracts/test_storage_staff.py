"""What every store promises about who has a ticket: escalations."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import LiaisonError
from bot.domain.escalation import Escalation, Patience, Reason
from bot.domain.people import Side
from storage.store import Store
from tests.conftest import AnyStore
from tests.support.samples import HOUR, NOW, a_ticket


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
