"""One stage and one running bot for the journeys of a file; the marketing channel is set up through the form.

The same journeys play in Slack and in Teams; `slack_journey` is for what Teams has no like of (docs/teams.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.journeys import Journey, SlackJourney, set_up_channel
from tests.support.bot_process import BotProcess
from tests.support.stage import strict_stage
from tests.support.teams_stage import teams_stage


@pytest.fixture(scope="module")
def slack_journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackJourney]:
    with in_slack(tmp_path_factory.mktemp("bot")) as journey:
        yield journey


@pytest.fixture(scope="module", params=["slack", "teams"])
def journey(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    if request.param == "slack":
        yield request.getfixturevalue("slack_journey")
        return
    with in_teams(tmp_path_factory.mktemp("bot")) as journey:
        yield journey


@contextmanager
def in_slack(folder: Path) -> Iterator[SlackJourney]:
    with strict_stage() as stage:
        with BotProcess(folder, stage.proxy.environment()) as bot:
            stage.proxy.wait_for_bot()
            journey = SlackJourney(stage, bot)
            set_up_channel(journey)
            yield journey
        assert stage.proxy.violations == []


@contextmanager
def in_teams(folder: Path) -> Iterator[Journey]:
    with teams_stage() as stage:
        with BotProcess(folder, stage.proxy.environment()) as bot:
            stage.proxy.lead_to(bot.port)
            journey = Journey(stage, bot)
            set_up_channel(journey)
            yield journey
        assert stage.proxy.violations == []
