"""Every card and form that the product shows while some tests run, gathered as a pytest plugin (`-p`).

They are written, each shape once, to the file that HARVEST names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from bot.messages import Card, Form
from tests.support.memory_chat import MemoryChat

Shown = Card | Form
_SHOWN: TypeAdapter[list[Card]] = TypeAdapter(list[Card])
_FORMS: TypeAdapter[list[Form]] = TypeAdapter(list[Form])
_VARIES = re.compile(r"\d+|'words': '[^']*'")

found: dict[str, Shown] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Listen to what the chat in memory is given."""
    for name in ("post", "update", "whisper", "publish", "show", "close"):
        _listen(name)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write it down."""
    folder = Path(os.environ["HARVEST"])
    cards = [one for one in found.values() if isinstance(one, Card)]
    forms = [one for one in found.values() if isinstance(one, Form)]
    own = os.getpid()  # each process writes what it has seen
    (folder / f"{own}.cards").write_bytes(_SHOWN.dump_json(cards))
    (folder / f"{own}.forms").write_bytes(_FORMS.dump_json(forms))


def gathered(folder: Path) -> tuple[Sequence[Card], Sequence[Form]]:
    """The cards and forms that were written to a folder."""
    cards = [one for file in sorted(folder.glob("*.cards")) for one in _SHOWN.validate_json(file.read_bytes())]
    forms = [one for file in sorted(folder.glob("*.forms")) for one in _FORMS.validate_json(file.read_bytes())]
    once, forms_once = {_shape(one): one for one in cards}, {_shape(one): one for one in forms}
    return list(once.values()), list(forms_once.values())


def _listen(name: str) -> None:
    told = getattr(MemoryChat, name)

    def listening(chat: MemoryChat, *given: Any, **named: Any) -> Any:
        for one in given:
            if isinstance(one, Card | Form):
                found.setdefault(_shape(one), one)
        return told(chat, *given, **named)

    setattr(MemoryChat, name, listening)


def _shape(one: Shown) -> str:
    """What two cards that only differ in numbers and names have in common."""
    if isinstance(one, Form):
        return f"{one.name} {[field.key for field in one.fields]}"
    buttons = [button.action for button in (*one.buttons, *one.more)]
    lines = [(section.title, len(section.lines) > 3) for section in one.sections]
    words = "".join(span for span in one.text if isinstance(span, str))[:40]
    facts = [fact.label for fact in one.facts]
    return _VARIES.sub("", f"{one.title[:12]} {words} {buttons} {facts} {lines} {bool(one.picture)} {bool(one.file)}")
