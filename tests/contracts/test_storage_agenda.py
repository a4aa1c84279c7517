"""What every store promises about the weekly sync: agendas, topics, actions, decisions."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

import storage.migrate
from bot.domain.action import Action, ActionState
from bot.domain.agenda import WEEK, Agenda, Alarm, Decision, Slot, Topic
from bot.domain.errors import NotFound
from bot.messages import MessageRef
from bot.ports import TicketFilter
from storage.engine import make_engine
from storage.store import Store
from tests.conftest import AnyStore
from tests.support.samples import DAY, HOUR, MINUTE, NOW, a_post, a_ticket

AGENDA = Agenda(
    "T1",
    "C1",
    Slot("2026-W48", NOW),
    since=NOW - WEEK,
    posted_at=NOW + MINUTE,
    skipped=True,
    decisions=(3, 1),
    late=(Alarm(3, "resolution", NOW - DAY, breached=True), Alarm(1, "first_response", NOW - HOUR, breached=False)),
    opened=(3,),
    campaigns=(2,),
    settled=(4,),
)


def test_an_agenda_comes_back_as_it_was_last_stored(store: AnyStore) -> None:
    changed = replace(AGENDA, decisions=(1,), revision=2)
    with store.unit_of_work() as uow:
        uow.agendas.save(AGENDA)
        assert uow.agendas.get("T1", "C1", "2026-W48") == AGENDA
        uow.agendas.save(changed)
    with store.unit_of_work() as uow:
        assert uow.agendas.get("T1", "C1", "2026-W48") == changed
        assert uow.agendas.get("T2", "C1", "2026-W48") is None
        assert uow.agendas.get("T1", "C2", "2026-W48") is None


def test_the_last_agenda_of_a_channel_is_the_newest_that_was_not_withdrawn(store: AnyStore) -> None:
    older = replace(AGENDA, slot=Slot("2026-W47", NOW - WEEK))
    newer = replace(AGENDA, slot=Slot("2026-W49", NOW + WEEK), withdrawn=True)
    with store.unit_of_work() as uow:
        assert uow.agendas.last("T1", "C1") is None
        for agenda in (newer, AGENDA, older, replace(older, conversation="C2")):
            uow.agendas.save(agenda)
        assert uow.agendas.last("T1", "C1") == AGENDA
        assert uow.agendas.last("T2", "C1") is None


def test_topics_come_by_the_time_they_were_added(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        late, early = (uow.topics.add(a_topic(at=at)) for at in (NOW + HOUR, NOW))
        uow.topics.add(a_topic(conversation="C2"))
        uow.topics.add(a_topic(workspace="T2"))
        assert uow.topics.between("T1", "C1", NOW, NOW + DAY) == [early, late]
        assert uow.topics.between("T1", "C1", NOW, NOW + HOUR) == [early]
        assert uow.topics.between("T1", "C1", NOW + MINUTE, NOW + DAY) == [late]


def test_only_who_added_a_topic_takes_it_back(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        topic = uow.topics.add(a_topic())
        assert not uow.topics.remove("T1", topic.id, "U2")
        assert not uow.topics.remove("T2", topic.id, "U1")
        assert uow.topics.remove("T1", topic.id, "U1")
        assert not uow.topics.remove("T1", topic.id, "U1")
        assert uow.topics.between("T1", "C1", NOW - DAY, NOW + DAY) == []


def test_an_action_comes_back_as_it_was_last_stored(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        action = uow.actions.add(an_action(due=date(2026, 11, 30), ticket=3))
        carried = action.carry(NOW + HOUR, NOW)
        uow.actions.save(carried)
    with store.unit_of_work() as uow:
        assert uow.actions.get("T1", action.id) == carried
        assert carried.state is ActionState.CARRIED
        with pytest.raises(NotFound):
            uow.actions.get("T2", action.id)


def test_settled_actions_are_seen_for_as_long_as_one_looks_back(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        first, second, third = (uow.actions.add(an_action(what=what)) for what in ("a", "b", "c"))
        uow.actions.add(an_action(conversation="C2"))
        uow.actions.add(an_action(workspace="T2"))
        uow.actions.save(first.done("U1", NOW - HOUR))
        uow.actions.save(second.dropped("U1", NOW))
        assert [one.what for one in uow.actions.of("T1", "C1", NOW - HOUR)] == ["a", "b", "c"]
        assert [one.what for one in uow.actions.of("T1", "C1", NOW)] == ["b", "c"]
        assert uow.actions.of("T1", "C1", NOW + DAY) == [third]


def test_decisions_are_seen_from_a_time_on(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        old, new = (uow.decisions.add(a_decision(at=at)) for at in (NOW, NOW + HOUR))
        uow.decisions.add(a_decision(conversation="C2"))
        uow.decisions.add(a_decision(workspace="T2"))
        assert uow.decisions.since("T1", "C1", NOW) == [old, new]
        assert uow.decisions.since("T1", "C1", NOW + MINUTE) == [new]


def test_tickets_are_found_by_their_numbers(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        for title in ("a", "b", "c"):
            uow.tickets.add(a_ticket(title=title))
        found = uow.tickets.search("T1", TicketFilter(numbers=(3, 1, 9)))
        assert [ticket.title for ticket in found] == ["c", "a"]
        assert uow.tickets.search("T2", TicketFilter(numbers=(1,))) == []


def test_a_post_that_waits_can_be_withdrawn_and_one_that_left_cannot(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.outbox.put([a_post("sent"), a_post("parked"), a_post("unsure"), a_post("claimed")])
    (sent, _), (parked, _), (unsure, _), _ = store.outbox.claim(NOW, 4)
    store.outbox.sent(sent, MessageRef("C1", "1.1"), NOW)
    store.outbox.park(parked, NOW + DAY, "the channel is archived")
    store.outbox.retry(unsure, NOW + DAY, "ambiguous: the answer was lost")
    with store.unit_of_work() as uow:
        uow.outbox.put([a_post("ready")])
        keys = ("sent", "parked", "unsure", "claimed", "ready", "unknown")
        assert [uow.outbox.withdraw("T1", key) for key in keys] == [False, True, False, False, True, False]
        assert not uow.outbox.withdraw("T1", "ready")
    assert store.outbox.parked() == []
    assert store.outbox.claim(NOW, 9) == []


def a_topic(**given: Any) -> Topic:
    plain: dict[str, Any] = {"workspace": "T1", "conversation": "C1", "words": "Budget", "by": "U1", "at": NOW}
    return Topic(**(plain | given))


def an_action(**given: Any) -> Action:
    plain: dict[str, Any] = {"workspace": "T1", "conversation": "C1", "agenda": "2026-W48", "what": "Send the list"}
    return Action(**(plain | {"owner": "U1", "by": "U2", "at": NOW} | given))


def a_decision(**given: Any) -> Decision:
    plain: dict[str, Any] = {"workspace": "T1", "conversation": "C1", "agenda": "2026-W48", "what": "Go", "by": "U1"}
    return Decision(**(plain | {"recorded_by": "U2", "at": NOW, "ticket": 3} | given))


def test_agendas_of_before_the_tables_are_known_by_their_slots(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(storage.migrate.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        at = "'2026-11-23 08:00:00.000000'"
        connection.execute(text(f"INSERT INTO occurrence VALUES ('T1', 'agenda:C1', '2026-W48', {at})"))
        command.upgrade(config, "head")
    engine.dispose()
    store = Store(make_engine(empty_url), lambda: NOW)
    with store.unit_of_work() as uow:
        last = uow.agendas.last("T1", "C1")
    store.close()
    assert last is not None
    assert (last.slot.name, last.decisions, last.withdrawn) == ("2026-W48", (), False)
