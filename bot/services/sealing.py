"""What is sealed before it is stored: answers to the pulse. Of them the inbox holds who and when, not what."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from bot.domain.errors import Invalid
from bot.messages import Request
from bot.ports import Sealer

SEALED = "sealed"
PADDED = 2000  # characters: longer than any answer, so that its length tells nothing
CLOSED_NAMES = frozenset({"pulse", "pulse_line"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sealed request said."""

    value: str
    text: str = ""


def sealing(sealer: Sealer, request: Request) -> Request:
    """A request as the store may hold it: of an answer to the pulse, what it says is sealed, of one length for all."""
    if request.name not in CLOSED_NAMES:
        return request
    said = json.dumps([request.value, request.values.get("line", "")])
    kept = sealer.seal(said.ljust(PADDED))
    return replace(request, value="", text="", values={SEALED: kept})


def answer_in(sealer: Sealer | None, request: Request) -> Answer:
    """What a sealed request said. Raises Invalid for one that was not sealed: it would have been stored in clear."""
    if sealer is None or SEALED not in request.values:
        raise Invalid("This can't be answered here.")
    value, text = json.loads(sealer.unseal(request.values[SEALED]))
    return Answer(str(value), str(text))
