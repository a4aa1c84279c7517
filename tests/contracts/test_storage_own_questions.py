"""What every store promises about a workspace's own questions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.diligence import Asker, Level, Question, Tier
from bot.domain.errors import Conflict
from bot.domain.own_questions import OwnQuestion
from tests.conftest import AnyStore
from tests.support.samples import HOUR, NOW

QUESTION = Question(
    "own_1",
    "our own",
    "security",
    "“Ours”? 日本",
    Asker.IT,
    Tier.HIGH,
    {"mfa": frozenset({Level.YES})},
    Tier.HIGH,
)
FIRST = OwnQuestion(1, QUESTION, True, "U1", NOW)
SECOND = OwnQuestion(2, replace(QUESTION, text="Still?"), False, "U2", NOW + HOUR)


def test_own_questions_come_back_in_all_their_versions_and_only_to_their_workspace(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.own_questions.add("T1", FIRST)
    with store.unit_of_work() as uow:
        uow.own_questions.add("T1", SECOND)
    with store.unit_of_work() as uow:
        assert list(uow.own_questions.of("T1")) == [FIRST, SECOND]
        assert list(uow.own_questions.of("T2")) == []


def test_of_two_who_change_a_question_at_once_one_is_told(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        uow.own_questions.add("T1", FIRST)
    with pytest.raises(Conflict), store.unit_of_work() as uow:
        uow.own_questions.add("T1", replace(FIRST, by="U9"))
