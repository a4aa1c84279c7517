"""What is kept of conversations, people, sent messages and awaited answers, in memory and in the databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from bot.messages import Came, MessageRef, Request
from bot.ports.places import (
    CHANNEL,
    DIRECT,
    Acquaintance,
    Acquaintances,
    Awaited,
    KeptFile,
    Place,
    Places,
    SentMessages,
)
from storage.engine import make_engine
from storage.store import Store
from tests.conftest import AnyStore
from tests.support.memory_places import MemoryPlaces
from tests.support.samples import NOW

HERE = Place("T1", "19:here", CHANNEL, "https://service/a", "marketing", "19:team")


class Memory(Places, Acquaintances, SentMessages, Awaited, Protocol):
    """All of it."""


@pytest.fixture
def places(store: AnyStore) -> Memory:
    return store.places if isinstance(store, Store) else MemoryPlaces()


def test_a_place_is_remembered_and_what_is_empty_later_leaves_what_was_known(places: Memory) -> None:
    places.keep(HERE)
    places.keep(Place("T1", "19:here", CHANNEL, "https://service/b"))
    assert places.place("T1", "19:here") == Place("T1", "19:here", CHANNEL, "https://service/b", "marketing", "19:team")
    assert places.place("T2", "19:here") is None


def test_a_direct_conversation_is_found_by_its_person(places: Memory) -> None:
    direct = Place("T1", "a:1", DIRECT, "https://service/a", person="29:one")
    places.keep(direct)
    assert places.direct("T1", "29:one") == direct
    assert places.direct("T1", "29:two") is None
    assert places.direct("T2", "29:one") is None


def test_the_channels_of_a_team_are_listed_and_direct_conversations_are_not(places: Memory) -> None:
    other = Place("T1", "19:other", CHANNEL, "https://service/a", "it", "19:else")
    for one in (other, HERE, Place("T1", "a:1", DIRECT, "https://service/a", person="29:one")):
        places.keep(one)
    assert list(places.channels("T1")) == [HERE, other]
    assert list(places.channels("T1", "19:team")) == [HERE]
    assert list(places.channels("T2")) == []


def test_an_acquaintance_keeps_what_was_known_before(places: Memory) -> None:
    places.meet([Acquaintance("T1", "29:one", "19:here", "One", "one@acme.example")])
    places.meet([Acquaintance("T1", "29:one", "19:other", zone="Europe/Berlin")])
    met = Acquaintance("T1", "29:one", "19:other", "One", "one@acme.example", "Europe/Berlin")
    assert places.known("T1", "29:one") == met
    assert places.known("T2", "29:one") is None


def test_the_first_message_with_a_key_stands(places: Memory) -> None:
    places.keep_sent("T1", "card:1", MessageRef("19:here", "1"))
    places.keep_sent("T1", "card:1", MessageRef("19:here", "2"))
    assert places.sent("T1", "card:1") == MessageRef("19:here", "1")
    assert places.sent("T2", "card:1") is None


def test_an_answer_is_left_once_and_not_after_nobody_waits_any_more(places: Memory) -> None:
    assert places.collect("T1", "a") is None
    assert places.leave("T1", "a", "yes")
    assert not places.leave("T1", "a", "no")
    assert places.collect("T1", "a", last=True) == "yes"
    assert places.collect("T1", "b", last=True) is None
    assert not places.leave("T1", "b", "too late")
    assert places.collect("T1", "b") is None


def test_a_request_is_settled_when_it_was_handled(url: str) -> None:
    store = Store(make_engine(url), lambda: NOW)
    request = Request("T1", "teams", "k", Came.ACTION, "29:one", datetime(2026, 1, 1, tzinfo=UTC))
    store.inbox.put([request], NOW)
    assert not store.places.is_settled("T1", "k")
    ((receipt, _),) = store.inbox.claim(NOW, 1)
    store.inbox.finish(receipt, "done")
    assert store.places.is_settled("T1", "k")
    store.close()


def test_a_file_is_kept_behind_its_token_and_the_same_one_once(url: str) -> None:
    store = Store(make_engine(url), lambda: NOW)
    file = KeptFile("T1", "report.csv", b"a,b\n")
    store.shelf.lay("token", file)
    store.shelf.lay("token", file)
    assert store.shelf.fetch("token") == file
    assert store.shelf.fetch("other") is None
    assert store.purge(NOW + timedelta(days=30)) == 0
    assert store.purge(NOW + timedelta(days=366)) == 1
    store.close()


def test_old_answers_and_keys_are_forgotten(url: str) -> None:
    store = Store(make_engine(url), lambda: NOW)
    store.places.keep_sent("T1", "card:1", MessageRef("19:here", "1"))
    store.places.leave("T1", "a", "yes")
    assert store.purge(NOW) == 0
    assert store.purge(NOW + timedelta(seconds=1)) == 2
    assert store.places.sent("T1", "card:1") is None
    store.close()
