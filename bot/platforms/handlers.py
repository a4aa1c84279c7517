"""What the edge of a chat platform must know of the handlers, and what it says when nothing can be stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.messages import Request

CANNOT_STORE = "I can't write anything down at the moment, so nothing was done. Please try again in a minute."


@dataclass(frozen=True, slots=True)
class Handlers:
    """What the edge must know of the handlers: does a request open a form, and what is wrong with a filled one.

    `check_form` gives words by field, nothing for a form that is well filled. Both answer at once.
    """

    opens_form: Callable[[Request], bool]
    check_form: Callable[[Request], Mapping[str, str]]
