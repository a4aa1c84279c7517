"""Sending to Teams on its bad days: told to wait, failing, answers lost, removed; each card is there once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import Ambiguous, Passing, Permanent
from bot.messages import Address, Card
from bot.platforms.teams.adapter import TeamsChat
from tests.support.local_slack import LIAISON, MARKETING
from tests.support.memory_places import MemoryPlaces
from tests.support.teams_chat import chat_on
from tests.support.teams_connector import Connector, Fault
from tests.support.teams_world import TEAM, TENANT, acme

CARD = Card("A title", ("Some words",))
POST = "^POST .*/activities$"
BEFORE = timedelta(minutes=1)


@pytest.fixture
def connector() -> Iterator[Connector]:
    with Connector(acme()) as started:
        yield started


@pytest.fixture
def memory() -> MemoryPlaces:
    return MemoryPlaces()


@pytest.fixture
def chat(connector: Connector, memory: MemoryPlaces) -> TeamsChat:
    return chat_on(connector, memory)


def here(connector: Connector) -> int:
    return len(connector.world.here(MARKETING))


def test_being_told_to_wait_says_for_how_long(connector: Connector, chat: TeamsChat) -> None:
    connector.faults = [Fault(POST, 429, {"retry-after": "17"})]
    with pytest.raises(Passing) as told:
        chat.post(TENANT, Address(MARKETING), CARD, "one")
    assert told.value.retry_after == 17
    assert not isinstance(told.value, Ambiguous)
    assert here(connector) == 0


@pytest.mark.parametrize("fault", [Fault(POST, after=True), Fault(POST, 500, after=True)], ids=["lost", "failed"])
def test_a_card_whose_answer_was_lost_is_found_in_its_channel(
    connector: Connector, chat: TeamsChat, fault: Fault
) -> None:
    connector.faults = [fault]
    with pytest.raises(Ambiguous):
        chat.post(TENANT, Address(MARKETING), CARD, "one")
    found = chat.find(TENANT, Address(MARKETING), "one", datetime.now(UTC) - BEFORE)
    (there,) = connector.world.here(MARKETING)
    assert found is not None
    assert found.message == there.id
    assert chat.find(TENANT, Address(MARKETING), "two", datetime.now(UTC) - BEFORE) is None


def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(connector: Connector, chat: TeamsChat) -> None:
    root = chat.post(TENANT, Address(MARKETING), CARD, "root").message
    connector.faults = [Fault(POST, after=True)]
    with pytest.raises(Ambiguous):
        chat.post(TENANT, Address(MARKETING, root), CARD, "one")
    found = chat.find(TENANT, Address(MARKETING, root), "one", datetime.now(UTC) - BEFORE)
    assert found is not None
    assert found.message == connector.world.here(MARKETING)[-1].id


def test_without_consent_or_in_a_chat_a_lost_answer_stays_unknown(connector: Connector, chat: TeamsChat) -> None:
    connector.world.withheld.add(f"group-{TEAM}")
    for to in (Address(MARKETING), Address(person=LIAISON)):
        connector.faults = [Fault(POST, after=True)]
        with pytest.raises(Ambiguous):
            chat.post(TENANT, to, CARD, "one")
        assert chat.find(TENANT, to, "one", datetime.now(UTC) - BEFORE) is None


def test_while_graph_is_away_the_look_up_is_put_off(connector: Connector, chat: TeamsChat) -> None:
    connector.faults = [Fault("^GET /graph", 503, {"retry-after": "3"})]
    with pytest.raises(Passing) as told:
        chat.find(TENANT, Address(MARKETING), "one", datetime.now(UTC) - BEFORE)
    assert told.value.retry_after == 3


def test_what_was_noted_is_found_without_asking(connector: Connector, chat: TeamsChat) -> None:
    ref = chat.post(TENANT, Address(MARKETING), CARD, "one")
    calls = len(connector.calls)
    assert chat.find(TENANT, Address(MARKETING), "one", datetime.now(UTC)) == ref
    assert len(connector.calls) == calls


def test_a_team_that_removed_the_app_says_how_to_mend_it(connector: Connector, chat: TeamsChat) -> None:
    connector.world.blocked.add(MARKETING)
    with pytest.raises(Permanent) as told:
        chat.post(TENANT, Address(MARKETING), CARD, "one")
    assert told.value.code == f"channel:{MARKETING}"
    assert "Add the app" in told.value.mend


def test_somebody_who_blocked_the_bot_is_a_reason_of_its_own(connector: Connector, chat: TeamsChat) -> None:
    connector.world.blocked.add(LIAISON)
    with pytest.raises(Permanent) as told:
        chat.post(TENANT, Address(person=LIAISON), CARD, "one")
    assert told.value.code == "person"


def test_somebody_who_left_is_gone_but_keeps_the_name(
    connector: Connector, chat: TeamsChat, memory: MemoryPlaces
) -> None:
    chat.members(TENANT, MARKETING)
    for channel in connector.world.channels.values():
        channel["members"] = [one for one in channel["members"] if one != LIAISON]
    left = chat_on(connector, memory).person(TENANT, LIAISON)
    assert (left.is_gone, left.name) == (True, "IT Liaison")


def test_a_wrong_secret_is_a_reason_that_says_what_mends_it(connector: Connector, chat: TeamsChat) -> None:
    connector.faults = [Fault("oauth2", 401)]
    with pytest.raises(Permanent) as told:
        chat.post(TENANT, Address(MARKETING), CARD, "one")
    assert told.value.code == "token"
    assert "TEAMS_APP_SECRET" in told.value.mend


def test_a_service_that_cannot_be_reached_is_tried_again(connector: Connector, chat: TeamsChat) -> None:
    connector.__exit__(None, None, None)
    with pytest.raises(Passing):
        chat.post(TENANT, Address(MARKETING), CARD, "two")
