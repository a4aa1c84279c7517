"""Which rung of a ladder is next."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.errors import Invalid
from bot.domain.escalation import Escalation, Missing, Patience, Reason, Rung, next_rung
from bot.domain.people import Role, Side
from bot.domain.workspace import Roles
from tests.support.samples import HOUR, NOW

MANAGER, CIO, CMO = Role.IT_MANAGER, Role.CIO, Role.CMO
FULL = {MANAGER: ("mia",), CIO: ("cy",)}


def stands(**given: Any) -> Escalation:
    plain: dict[str, Any] = {"asked_by": "asker", "asked_at": NOW, "side": Side.IT, "reason": Reason.PROCESS}
    return Escalation(workspace="T1", number=1, cause="c", why="stuck", **(plain | given))


@pytest.mark.parametrize(
    ("given", "holders", "gone", "last", "expected"),
    [
        ({}, FULL, "", "lia", Rung(1, MANAGER, "mia")),
        ({"level": 1, "person": "mia"}, FULL, "", "lia", Rung(2, CIO, "cy")),
        ({"level": 2, "person": "cy"}, FULL, "", "lia", Rung(2)),
        ({"asked_by": "mia"}, FULL, "", "lia", Rung(2, CIO, "cy")),
        ({"asked_by": "cy"}, FULL, "", "lia", Rung(2)),
        ({}, FULL, "", "mia", Rung(2, CIO, "cy")),
        ({}, {MANAGER: ("mia",)}, "", "mia", Rung(1, MANAGER, "mia", (Missing(CIO),))),
        ({}, {MANAGER: ("mia", "max")}, "", "mia", Rung(1, MANAGER, "max")),
        ({}, {CIO: ("cy",)}, "", "lia", Rung(2, CIO, "cy", (Missing(MANAGER),))),
        ({}, FULL, "mia", "lia", Rung(2, CIO, "cy", (Missing(MANAGER, "mia"),))),
        ({}, FULL, "mia cy", "lia", Rung(2, missing=(Missing(MANAGER, "mia"), Missing(CIO, "cy")))),
        ({}, {}, "", "lia", Rung(2, missing=(Missing(MANAGER), Missing(CIO)))),
        ({"level": 1, "person": "mia"}, {MANAGER: ("mia", "max")}, "mia", "lia", Rung(1, MANAGER, "max")),
        ({"side": Side.MARKETING}, {CMO: ("moe",)}, "", "req", Rung(2, CMO, "moe", (Missing(Role.MARKETING_MANAGER),))),
    ],
)
def test_the_next_rung(
    given: dict[str, Any], holders: dict[Role, tuple[str, ...]], gone: str, last: str, expected: Rung
) -> None:
    assert next_rung(stands(**given), Roles(holders), gone.split(), last) == expected


def test_a_parked_one_is_woken_and_an_ended_one_is_not() -> None:
    parked = stands(look_at=NOW).park("nobody")
    assert (parked.look_at, parked.stuck) == (None, "nobody")
    assert parked.wake(NOW + HOUR).look_at == NOW + HOUR
    assert parked.wake(NOW).climb(Rung(1, MANAGER, "mia"), NOW + HOUR).stuck == ""
    assert parked.end("mia", NOW).wake(NOW + HOUR).look_at is None
    assert stands(look_at=NOW).wake(NOW + HOUR).look_at == NOW


def test_it_ends_once() -> None:
    ended = stands(look_at=NOW).end("mia", NOW)
    assert ended.end("cy", NOW + HOUR) == ended


@pytest.mark.parametrize("hours", [0, 0.2, 81, -1, float("nan"), float("inf")])
def test_a_time_to_answer_that_makes_no_sense_is_refused(hours: float) -> None:
    with pytest.raises(Invalid, match=r"between 0\.25 and 80"):
        Patience(first_h=hours)


def test_managers_and_those_above_them_have_their_own_time() -> None:
    assert [Patience(1, 2).seconds(level) for level in (1, 2)] == [3600, 7200]
