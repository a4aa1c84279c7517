"""Killed at random moments, the bot loses nothing and doubles nothing: the kill test, played small."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bench.chaos import ROUNDS
from bot.bench.sizes import Sizes
from bot.bench.storm import play_round
from bot.bench.tally import Round

SMALL = Sizes(messages=120, commands=15, kills=3, seed=7, lease_s=5)
SMALLER = Sizes(messages=40, commands=5, kills=1, seed=7, lease_s=5)
WIDE = frozenset({"socket_sqlite", "http_postgresql"})  # each way in and each database once; the bench plays all


@pytest.mark.chaos
@pytest.mark.timeout(300)
@pytest.mark.parametrize("one", ROUNDS, ids=lambda one: one.name)
def test_what_was_acknowledged_has_one_ticket_and_one_card_after_kills(one: Round, tmp_path: Path) -> None:
    sizes = SMALL if one.name in WIDE else SMALLER
    seen = play_round(one, tmp_path, sizes, lambda words: None)
    assert seen.kills == sizes.kills
    assert seen.tally.acked > sizes.messages / 10, "the storm hardly reached the bot"
    assert seen.tally.tickets >= seen.tally.acked
    assert seen.tally.lost == ()
    assert seen.tally.doubled == ()
