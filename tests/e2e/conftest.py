"""One stage and one running bot for the journeys of a file; the marketing channel is set up through the form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.journeys import Journey, set_up_channel
from tests.support.bot_process import BotProcess
from tests.support.stage import strict_stage


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with strict_stage() as stage:
        with BotProcess(tmp_path_factory.mktemp("bot"), stage.proxy.environment()) as bot:
            stage.proxy.wait_for_bot()
            journey = Journey(stage, bot)
            set_up_channel(journey)
            yield journey
        assert stage.proxy.violations == []
