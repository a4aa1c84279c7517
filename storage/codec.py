"""Frozen dataclasses to plain JSON values and back, exactly; text that a database would refuse is made safe."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError, to_json

from bot.messages import Card, Post, Request

# PostgreSQL keeps no NUL, and half of a surrogate pair has no UTF-8: both become the replacement character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_NUL = "\\u0000"  # as JSON has it
_BESIDE_CARD = tuple(field.name for field in fields(Post) if field.name != "card")


def clean(text: str) -> str:
    """The text with each character that cannot be stored replaced by U+FFFD."""
    return _UNSTORABLE.sub(_REPLACEMENT, text)


def is_clean(text: str) -> bool:
    """Whether a text can be stored as it is."""
    return (text.isascii() and "\x00" not in text) or _UNSTORABLE.search(text) is None


def clean_json(value: Any) -> Any:
    """A JSON value with all its texts, keys too, made clean; what is clean already is given back as it is."""
    return value if _clean_text(value) is not None else _cleaned(value)


class Dumped(str):
    """A JSON value as clean text already."""

    __slots__ = ()


def dump_json(value: Any) -> str:
    """A JSON value as text, made clean."""
    text = _clean_text(value)
    return text if text is not None else json.dumps(_cleaned(value), ensure_ascii=False)


def _clean_text(value: Any) -> str | None:
    """A JSON value as text; None if something in it is not clean. Much quicker than to look at each text."""
    try:
        text = to_json(value).decode()
    except PydanticSerializationError:  # half of a surrogate pair
        return None
    return None if _NUL in text else text


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value


def dump_post(post: Post) -> dict[str, Any]:
    """A post as a JSON object, its text clean."""
    return clean_json(_posts().dump_python(post, mode="json"))  # type: ignore[no-any-return]


def post_texts(posts: Iterable[Post]) -> Iterator[Dumped]:
    """The same of many posts as texts, which is much quicker; a card that several have in turn is written once."""
    card: Card | None = None
    written = ""
    for post in posts:
        if post.card is not card:
            card, written = post.card, _card_text(post.card)
        yield Dumped(_post_text(post, written))


def _card_text(card: Card) -> str:
    try:
        return _cards().dump_json(card).decode()
    except PydanticSerializationError:  # half of a surrogate pair
        return _NUL


def _post_text(post: Post, card: str) -> str:
    about = _clean_text({name: getattr(post, name) for name in _BESIDE_CARD})
    if about is None or _NUL in card:
        return dump_json(dump_post(post))
    return f'{about[:-1]},"card":{card}}}'


def load_post(stored: Any) -> Post:
    """The inverse of `dump_post`. Raises pydantic's ValidationError for what is no post."""
    return _posts().validate_python(stored)


def dump_request(request: Request) -> dict[str, Any]:
    """A request as a JSON object, its text clean."""
    return clean_json(_requests().dump_python(request, mode="json"))  # type: ignore[no-any-return]


def load_request(stored: Any) -> Request:
    """The inverse of `dump_request`. Raises pydantic's ValidationError for what is no request."""
    return _requests().validate_python(stored)


# Built on first use: importing does nothing.
@cache
def _posts() -> TypeAdapter[Post]:
    return TypeAdapter(Post)


@cache
def _cards() -> TypeAdapter[Card]:
    return TypeAdapter(Card)


@cache
def _requests() -> TypeAdapter[Request]:
    return TypeAdapter(Request)
