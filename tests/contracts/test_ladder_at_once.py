"""An escalation that many look at at once goes up one rung, once, on every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from bot.domain.escalation import Escalation, Reason
from bot.domain.people import Person, Role, Side
from bot.services.desk import Desk
from bot.services.sla.escalation import climb_escalations
from tests.builders import ScriptedDetector
from tests.conftest import AnyStore
from tests.support.memory_chat import MemoryChat
from tests.support.samples import HOUR, NOW, a_ticket

LOOKERS = 4
TICKETS = 6


def test_many_lookers_hand_a_ticket_up_once(store: AnyStore) -> None:
    chat = MemoryChat(people={one: Person(one, one) for one in ("mia", "cy")})
    with store.unit_of_work() as uow:
        uow.workspaces.give("T1", Role.IT_MANAGER, ["mia"])
        uow.workspaces.give("T1", Role.CIO, ["cy"])
        for number in range(1, TICKETS + 1):
            uow.tickets.add(a_ticket())
            asked = Escalation("T1", number, "asked:1", Side.IT, Reason.PROCESS, "stuck", "U1", NOW, look_at=NOW)
            uow.escalations.save(asked)
    assert _climbed(store, chat, NOW) == [("mia", 1)] * TICKETS
    assert _climbed(store, chat, NOW + 5 * HOUR) == [("cy", 2)] * TICKETS
    with store.unit_of_work() as uow:
        assert [event.data["to"] for event in uow.log.events("T1", 1)] == ["mia", "cy"]


def _climbed(store: AnyStore, chat: MemoryChat, now: datetime) -> list[tuple[str, int]]:
    """Who has each ticket after several have looked at once."""
    desk = Desk(store.unit_of_work, store.unit_of_work, lambda: now, ScriptedDetector(), chat)
    with ThreadPoolExecutor(LOOKERS) as pool:
        list(pool.map(lambda _: climb_escalations(desk), range(LOOKERS)))
    with store.unit_of_work() as uow:
        return [(one.person, one.level) for one in uow.escalations.of("T1")]
