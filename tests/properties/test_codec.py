"""What is stored comes back exactly, whatever people wrote."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.messages import (
    Address,
    Button,
    Came,
    Card,
    Channel,
    Code,
    Fact,
    Line,
    Link,
    Mention,
    Moment,
    Post,
    Request,
    Section,
    Strong,
    Style,
    Text,
    ThreadLink,
)
from storage.codec import clean, dump_post, dump_request, load_post, load_request, post_texts

words = st.text(max_size=20) | st.sampled_from(["mention", "true", "1", "null", "{}", "2026-11-23T09:00:00Z", "\u2028"])
safe = words.map(clean)
hostile = st.text(alphabet=st.sampled_from("a\x00\ud800\udfff\ufffe\u202e"), max_size=10)
zones = st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))])
instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001 (given zones)


def texts(of: st.SearchStrategy[str]) -> st.SearchStrategy[Text]:
    span = st.one_of(
        of,
        st.builds(Mention, of),
        st.builds(Channel, of),
        st.builds(Strong, of),
        st.builds(Code, of),
        st.builds(Link, of, of),
        st.builds(ThreadLink, of, of, of),
        st.builds(Moment, instants, of),
    )
    return st.lists(span, max_size=5).map(tuple)


def posts(of: st.SearchStrategy[str]) -> st.SearchStrategy[Post]:
    buttons = st.builds(Button, of, of, of, st.sampled_from(Style), of, of)
    lines = st.lists(st.builds(Line, texts(of), st.none() | buttons), max_size=2).map(tuple)
    facts = st.lists(st.builds(Fact, of, texts(of)), max_size=2).map(tuple)
    sections = st.lists(st.builds(Section, of, lines), max_size=2).map(tuple)
    pressed = st.lists(buttons, max_size=2).map(tuple)
    cards = st.builds(Card, of, texts(of), facts, sections, pressed, pressed, texts(of), of)
    to, anchors, waits = st.builds(Address, of, of, of), st.none() | st.integers(1, 9), st.none() | instants
    return st.builds(Post, of, of, to, cards, of, of, of, anchors, waits)


def requests(of: st.SearchStrategy[str]) -> st.SearchStrategy[Request]:
    maps: st.SearchStrategy[Mapping[str, str]] = st.dictionaries(of, of, max_size=3)
    return st.builds(
        Request, workspace=of, platform=of, key=of, came=st.sampled_from(Came), actor=of, at=instants, text=of,
        values=maps, context=maps, is_direct=st.booleans(), files=st.lists(of, max_size=3).map(tuple), about_text=of,
    )  # fmt: skip


@settings(max_examples=40)
@given(posts(safe))
def test_a_post_comes_back_exactly(post: Post) -> None:
    assert load_post(dump_post(post)) == post


@given(requests(safe))
def test_a_request_comes_back_exactly(request: Request) -> None:
    assert load_request(dump_request(request)) == request


@settings(max_examples=40)
@given(posts(hostile))
def test_a_post_with_characters_no_database_takes_is_made_storable(post: Post) -> None:
    dumped = dump_post(post)
    assert_storable(dumped)
    assert dump_post(load_post(dumped)) == dumped


@settings(max_examples=40)
@given(posts(safe) | posts(hostile), posts(safe) | posts(hostile))
def test_posts_as_texts_say_the_same_also_where_they_share_a_card(one: Post, other: Post) -> None:
    together = [one, replace(other, card=one.card), other]
    assert [json.loads(text) for text in post_texts(together)] == [dump_post(post) for post in together]


@given(requests(hostile))
def test_a_request_with_characters_no_database_takes_is_made_storable(request: Request) -> None:
    dumped = dump_request(request)
    assert_storable(dumped)
    assert dump_request(load_request(dumped)) == dumped


def test_each_character_that_cannot_be_stored_is_replaced() -> None:
    assert clean("a\x00b\ud83d😀") == "a\ufffdb\ufffd😀"


def test_what_is_no_post_is_refused() -> None:
    with pytest.raises(ValidationError):
        load_post({"workspace": "T1"})


def assert_storable(value: Any) -> None:
    if isinstance(value, str):
        assert "\x00" not in value
        value.encode()
    elif isinstance(value, dict):
        assert_storable(list(value) + list(value.values()))
    elif isinstance(value, list):
        for each in value:
            assert_storable(each)
