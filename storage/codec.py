"""Frozen dataclasses to plain JSON values and back, exactly; text that a database would refuse is made safe."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError, to_json

from bot.messages import Post, Request

# PostgreSQL keeps no NUL, and half of a surrogate pair has no UTF-8: both become the replacement character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


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
    return None if "\\u0000" in text else text


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


def post_text(post: Post) -> Dumped:
    """The same as text, which is much quicker."""
    try:
        text = _posts().dump_json(post).decode()
    except PydanticSerializationError:
        text = "\\u0000"
    return Dumped(dump_json(dump_post(post)) if "\\u0000" in text else text)


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
def _requests() -> TypeAdapter[Request]:
    return TypeAdapter(Request)
