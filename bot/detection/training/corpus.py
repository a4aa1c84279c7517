"""The labelled messages that the model learns from, and the ones it never sees."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.detection import CAMPAIGN, NEW_TOOL

FOLDER = Path(__file__).with_name("data")
VOICES = ("voice-a", "voice-b", "voice-c", "voice-d", "voice-f", "voice-g", "voice-h", "voice-i", "voice-j", "mixed")
HELD_OUT = "held-out"  # another voice: never trained on, no threshold is chosen on it
FOLDS = 3
TRIED = 0  # the fold whose messages an encoder is tried on that has not seen them
LABELS: Mapping[str, frozenset[str]] = {
    "none": frozenset(),
    NEW_TOOL: frozenset({NEW_TOOL}),
    CAMPAIGN: frozenset({CAMPAIGN}),
    "both": frozenset({NEW_TOOL, CAMPAIGN}),
}


@dataclass(frozen=True)
class Row:
    """A labelled message. `voice` is who wrote it, `hard` a negative that looks like a positive."""

    id: str
    voice: str
    text: str
    context: str
    labels: frozenset[str]
    tools: tuple[str, ...] = ()
    campaign: Mapping[str, Any] = field(default_factory=dict)
    lang: str = "en"
    sent_at: str = ""
    hard: bool = False

    @property
    def wanted(self) -> tuple[bool, bool]:
        """Whether it is a new tool, whether it is a campaign."""
        return NEW_TOOL in self.labels, CAMPAIGN in self.labels


def voice(name: str) -> list[Row]:
    """The rows of one voice of the project."""
    return read(FOLDER / f"{name}.jsonl", name)


def shipped() -> list[Row]:
    """All rows to train on."""
    return [row for name in VOICES for row in voice(name)]


def read(file: Path, name: str = "") -> list[Row]:
    """The rows of a file, one JSON object a line. Raises ValueError, with the line, for what is no labelled message."""
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line), name or file.stem))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{file.name}, line {number} is no labelled message") from error
    return rows


def fold(row: Row, number: int) -> int:
    """The fold (0 to FOLDS - 1) a row is tried in; `number` is its place in its voice.

    Five voices are tried as a whole, so that a fold shows how the model does on a writer it has not met; the only
    voices in other languages are split, so that it has met the language.
    """
    whole = {"voice-a": 0, "voice-c": 1, "voice-g": 2, "voice-h": 0, "voice-i": 1}
    halves = {"voice-b": (2, 0), "voice-d": (2, 1)}
    if row.voice in whole:
        return whole[row.voice]
    return halves[row.voice][number % 2] if row.voice in halves else number % FOLDS


def folds(rows: Iterable[Row]) -> list[int]:
    """The fold of each row."""
    places: dict[str, int] = {}
    found = []
    for row in rows:
        found.append(fold(row, places.get(row.voice, 0)))
        places[row.voice] = places.get(row.voice, 0) + 1
    return found


def _row(data: Mapping[str, Any], name: str) -> Row:
    entities = data.get("entities") or data
    if not isinstance(data["text"], str):
        raise ValueError("no text")
    return Row(
        id=str(data["id"]),
        voice=name,
        text=data["text"],
        context=data.get("thread_context") or "",
        labels=LABELS[data.get("label", "none")],
        tools=tuple(entities.get("tools") or ()),
        campaign=entities.get("campaign") or {},
        lang=data.get("lang") or "en",
        sent_at=data.get("sent_at") or "",
        hard=bool(data.get("hard_negative")),
    )
