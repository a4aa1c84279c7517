"""What every store promises about channels, roles, questions, scheduled slots and usage."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import MetaData, insert

from bot.domain.people import Role
from bot.domain.usage import Purpose, Used
from bot.domain.workspace import Channel
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.store import Store
from tests.conftest import AnyStore
from tests.support.samples import DAY, HOUR, MINUTE, NOW, a_question

CHANNEL = Channel("T1", "C1", "marketing", True, "U9", "Europe/Berlin", 2, 10, "eager", "ticket", NOW, learning=True)


def test_a_channel_comes_back_as_it_was_last_stored(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.workspaces.save_channel(Channel("T1", "C1"))
        uow.workspaces.save_channel(CHANNEL)
    with store.unit_of_work() as uow:
        assert uow.workspaces.channel("T1", "C1") == CHANNEL
        assert uow.workspaces.channel("T2", "C1") is None


def test_listening_channels_come_by_the_time_of_their_set_up(store: AnyStore) -> None:
    young, old = replace(CHANNEL, id="C2", set_up_at=NOW + HOUR), replace(CHANNEL, id="C3", set_up_at=NOW - HOUR)
    other, silent = replace(CHANNEL, workspace="T2"), replace(CHANNEL, id="C4", listening=False)
    unknown = replace(CHANNEL, id="C0", set_up_at=None)
    with store.unit_of_work() as uow:
        for channel in (young, unknown, silent, other, CHANNEL, old):
            uow.workspaces.save_channel(channel)
        assert list(uow.workspaces.listening("T1")) == [old, CHANNEL, young, unknown]
        assert list(uow.workspaces.listening()) == [old, CHANNEL, other, young, unknown]


def test_a_role_is_held_by_exactly_those_it_was_given_to_last(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.workspaces.give("T1", Role.LIAISON, ["U1", "U2"])
        uow.workspaces.give("T1", Role.LIAISON, ["U3", "U2", "U3"])
        uow.workspaces.give("T1", Role.CIO, ["U2"])
        uow.workspaces.give("T2", Role.LIAISON, ["U7"])
        uow.workspaces.give("T1", Role.CMO, ["U5"])
        uow.workspaces.give("T1", Role.CMO, [])
        assert uow.workspaces.roles("T1").holders == {Role.LIAISON: ("U3", "U2"), Role.CIO: ("U2",)}


def test_a_question_comes_back_with_its_message(store: AnyStore) -> None:
    question = a_question()
    with store.unit_of_work() as uow:
        uow.questions.ask(question)
    with store.unit_of_work() as uow:
        assert uow.questions.get("T1", "Q1") == question
        assert uow.questions.get("T2", "Q1") is None
        assert uow.questions.get("T1", "Q2") is None


def test_an_answered_question_forgets_its_message(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.questions.ask(a_question())
        uow.questions.answer(a_question(), "yes", NOW + MINUTE)
    with store.unit_of_work() as uow:
        answered = uow.questions.get("T1", "Q1")
    assert answered is not None
    assert (answered.answer, answered.answered_at) == ("yes", NOW + MINUTE)
    assert (answered.request.text, answered.request.values, answered.detection.tools) == ("", {}, ())
    assert (answered.request.message, answered.detection.campaign) == ("1.1", None)


def test_the_last_question_is_found_by_person_and_topic(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.questions.ask(a_question(id="Q1", asked_at=NOW - HOUR))
        uow.questions.ask(a_question(id="Q2", asked_at=NOW))
        uow.questions.ask(a_question(id="Q3", asked_at=NOW + HOUR, topic="figma"))
        uow.questions.ask(a_question(id="Q4", asked_at=NOW + DAY, person="U2"))
        found = [uow.questions.last("T1", "U1", topic) for topic in ("canva", "")]
        assert [question.id for question in found if question] == ["Q2", "Q3"]
        assert uow.questions.last("T1", "U1", "miro") is None
        assert uow.questions.last("T2", "U1", "") is None


def test_questions_nobody_answered_are_forgotten_once(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.questions.ask(a_question(id="old", asked_at=NOW - DAY))
        uow.questions.ask(a_question(id="answered", asked_at=NOW - DAY))
        uow.questions.ask(a_question(id="young", asked_at=NOW))
        uow.questions.answer(a_question(id="answered", asked_at=NOW - DAY), "no", NOW)
    with store.unit_of_work() as uow:
        assert (uow.questions.forget(NOW), uow.questions.forget(NOW)) == (1, 0)
        texts = [(uow.questions.get("T1", each) or a_question()).request.text for each in ("old", "young")]
    assert texts == ["", "We bought Canva"]


def test_a_slot_is_claimed_once(store: AnyStore) -> None:
    claimed = []
    for workspace in ("T1", "T1", "T2"):
        with store.unit_of_work() as uow:
            claimed.append(uow.occurrences.claim(workspace, "agenda", "2026-W47", NOW))
    assert claimed == [True, False, True]


def test_the_newest_slot_of_a_job_is_known(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.occurrences.claim("T1", "agenda", "2026-W9", NOW - HOUR)
        uow.occurrences.claim("T1", "agenda", "2026-W10", NOW)
        uow.occurrences.claim("T1", "digest", "2026-W11", NOW + HOUR)
        assert uow.occurrences.last("T1", "agenda") == ("2026-W10", NOW)
        assert uow.occurrences.last("T2", "agenda") is None


def test_what_the_language_model_cost_is_counted_by_workspace_day_and_purpose(store: AnyStore) -> None:
    today, tomorrow = NOW.date(), NOW.date() + timedelta(days=1)
    opinion, answer = Purpose.SECOND_OPINION, Purpose.ANSWER
    with store.unit_of_work() as uow:
        assert uow.usage.today("T1", today, opinion) == Used()
        assert uow.usage.add("T1", today, opinion, Used(1, 5_000_000_000, 2)) == Used(1, 5_000_000_000, 2)
    with store.unit_of_work() as uow:
        assert uow.usage.add("T1", today, opinion, Used(1, 30, 3)) == Used(2, 5_000_000_030, 5)
        uow.usage.add("T1", tomorrow, opinion, Used(7, 7, 7))
        uow.usage.add("T1", today, answer, Used(1, 2, 3))
        uow.usage.add("T2", today, opinion, Used(9, 9))
    with store.unit_of_work() as uow:
        assert uow.usage.today("T1", today, opinion) == Used(2, 5_000_000_030, 5)
        assert uow.usage.between("T1", today, today) == {opinion: Used(2, 5_000_000_030, 5), answer: Used(1, 2, 3)}
        assert uow.usage.between("T1", today, tomorrow)[opinion] == Used(9, 5_000_000_037, 12)
        assert uow.usage.between("T3", today, tomorrow) == {}


def test_usage_counted_in_a_unit_of_work_that_fails_is_not_counted(store: AnyStore) -> None:
    with pytest.raises(ZeroDivisionError), store.unit_of_work() as uow:
        uow.usage.add("T1", NOW.date(), Purpose.ANSWER, Used(1, 1))
        raise ZeroDivisionError
    with store.unit_of_work() as uow:
        assert uow.usage.today("T1", NOW.date(), Purpose.ANSWER) == Used()


def test_a_model_may_write_only_where_it_was_switched_on_last(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        assert not uow.usage.may_write("T1")
        uow.usage.let_write("T1", "U1", NOW, on=True)
    with store.unit_of_work() as uow:
        assert (uow.usage.may_write("T1"), uow.usage.may_write("T2")) == (True, False)
        uow.usage.let_write("T1", "U2", NOW, on=False)
        assert not uow.usage.may_write("T1")


def test_a_database_from_before_keeps_what_the_model_cost_and_lets_it_write_nowhere(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade(engine, "0027")
    old = MetaData()
    old.reflect(engine)
    with engine.begin() as connection:
        spent = {"workspace": "T1", "day": NOW.date(), "calls": 3, "tokens": 5_000_000_000}
        connection.execute(insert(old.tables["usage"]), spent)
    engine.dispose()
    store = Store(make_engine(empty_url), lambda: NOW)
    store.migrate()
    with store.unit_of_work() as uow:
        assert uow.usage.today("T1", NOW.date(), Purpose.SECOND_OPINION) == Used(3, 5_000_000_000)
        assert not uow.usage.may_write("T1")
    store.close()
