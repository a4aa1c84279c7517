"""The pulse, and what sponsors say, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.people import Side
from bot.domain.pulse import Pulse
from bot.domain.sponsor import SponsorWord
from bot.domain.stake import Size
from tests.support.memory_state import State


class MemoryPulses:
    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, workspace: str, month: str, side: Side) -> Pulse:
        return self._state.pulses.get((workspace, month, side), Pulse(workspace, month, side))

    def save(self, pulse: Pulse) -> None:
        self._state.pulses[pulse.workspace, pulse.month, pulse.side] = pulse


class MemorySponsorWords:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, word: SponsorWord) -> None:
        self._state.sponsor_words[word.workspace, word.month, word.item, word.by] = word

    def of(self, workspace: str, month: str) -> Sequence[SponsorWord]:
        return [one for key, one in sorted(self._state.sponsor_words.items()) if key[:2] == (workspace, month)]

    def size(self, workspace: str) -> Size:
        return self._state.sizes.get(workspace, Size())

    def resize(self, workspace: str, size: Size) -> None:
        self._state.sizes[workspace] = size
