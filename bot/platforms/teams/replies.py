"""The hatch at which somebody waits for an answer to what they pressed or sent."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from bot.messages import Card

FETCH = "open-form"  # the action of a button that opens a form which is ready; its value is the form's view
OFFER = "offer:"  # a view that nobody waits at: the form is offered with a button


@dataclass(frozen=True, slots=True)
class Hatch:
    """Where one request's answer is waited for, and the card it was pressed on."""

    name: str
    conversation: str = ""
    message: str = ""

    @classmethod
    def read(cls, words: str) -> Hatch | None:
        """The hatch in a request's `reply_to`."""
        return cls(**json.loads(words)) if words else None

    @property
    def words(self) -> str:
        """As a request's `reply_to`."""
        return json.dumps(asdict(self))


def name_of(kind: str, key: str) -> str:
    """A name nobody guesses wrong and that fits everywhere: the same act, the same name."""
    return f"{kind}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def is_short(card: Card) -> bool:
    """Whether a card says all in words, so that it can be shown for a moment."""
    return not (card.buttons or card.more or card.facts or card.sections or card.picture or card.file)
