"""What every store promises about judgements: what was made of messages and what people said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from bot.domain.detection import Action
from bot.domain.judgement import Judgement
from storage.engine import make_engine, transaction
from storage.migrate import _config
from storage.store import Store
from tests.conftest import AnyStore
from tests.support.samples import DAY, HOUR, NOW

ASKED = Judgement("T1", "C1", "1.1", "new_tool", Action.ASK, 0.75, NOW)
LEARNT = replace(ASKED.judged("no", NOW + HOUR), text="we like Canva", context="which tool?")


def test_a_judgement_comes_back_as_it_was_last_kept(store: AnyStore) -> None:
    other = replace(ASKED, label="campaign", action=Action.OPEN)
    for one in (ASKED, other, LEARNT):
        with store.unit_of_work() as uow:
            uow.labels.keep(one)
    with store.unit_of_work() as uow:
        assert list(uow.labels.of("T1", "C1", "1.1")) == [other, LEARNT]
        assert list(uow.labels.of("T2", "C1", "1.1")) == []


def test_judgements_come_since_a_time_oldest_first(store: AnyStore) -> None:
    old, young = replace(ASKED, message="0.9", at=NOW - DAY), replace(ASKED, workspace="T2", at=NOW + HOUR)
    with store.unit_of_work() as uow:
        for one in (young, ASKED, old):
            uow.labels.keep(one)
        assert list(uow.labels.since(NOW)) == [ASKED, young]
        assert list(uow.labels.since(NOW - DAY)) == [old, ASKED, young]


@pytest.mark.parametrize(
    ("narrowed", "wiped"),
    [
        ({"before": NOW + HOUR}, {"young of T1"}),
        ({"before": NOW}, set()),
        ({"workspace": "T1", "conversation": "C2"}, {"C2 of T1"}),
        ({"workspace": "T1", "conversation": "C1", "message": "1.1"}, {"young of T1"}),
        ({"workspace": "T2"}, {"C2 of T2"}),
    ],
    ids=str,
)
def test_words_are_wiped_where_they_were_to_be_and_nowhere_else(
    store: AnyStore, narrowed: dict[str, Any], wiped: set[str]
) -> None:
    kept = {
        "young of T1": replace(LEARNT, said_at=NOW),
        "old of T1": replace(LEARNT, message="1.2", said_at=NOW + DAY),
        "C2 of T1": replace(LEARNT, conversation="C2", said_at=NOW + DAY),
        "C2 of T2": replace(LEARNT, workspace="T2", conversation="C2", said_at=NOW + DAY),
    }
    with store.unit_of_work() as uow:
        for one in kept.values():
            uow.labels.keep(one)
    with store.unit_of_work() as uow:
        assert uow.labels.forget(**narrowed) == len(wiped)
        assert uow.labels.forget(**narrowed) == 0
    with store.unit_of_work() as uow:
        left = {(one.workspace, one.conversation, one.message): one for one in uow.labels.since(NOW)}
    for name, one in kept.items():
        words = ("", "") if name in wiped else (one.text, one.context)
        assert left[one.workspace, one.conversation, one.message] == replace(one, text=words[0], context=words[1])


def test_what_was_judged_before_there_were_actions_counts_as_asked(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with transaction(engine) as connection:
        command.upgrade(_config(connection), "0002")
        values = {"at": "2026-11-20 09:00:00+00:00"}
        connection.execute(text("INSERT INTO label VALUES ('T1', 'C1', '1.1', 'new_tool', 'no', :at)"), values)
    store = Store(engine, lambda: NOW)
    store.migrate()
    with store.unit_of_work() as uow:
        (found,) = uow.labels.of("T1", "C1", "1.1")
    store.close()
    assert (found.action, found.said, found.confidence, found.said_at) == (Action.ASK, "no", 0.0, found.at)
