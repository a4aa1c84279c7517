"""The bots of a chaos round: real processes that are killed at random moments and started again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType

from bot.bench.program import HOST, Program, free_port, wait_until
from bot.bench.settings import get

EVENTS_PATH = "/slack/events"
UP_S = 60.0
YOUNG_SHARE = 0.25


def is_up(url: str) -> bool:
    """Whether the bot at this address is well."""
    try:
        return bool(get(f"{url}/health"))
    except OSError:
        return False


class Fleet:
    """One or more bots on one database, killed in turn; a context manager."""

    def __init__(self, size: int, folder: Path, mode: str, lease_s: float, settings: Mapping[str, str]) -> None:
        self.kills = 0
        self.urls = [f"http://{HOST}:{free_port()}" for _ in range(size)]
        self._bots = [
            Program(
                f"bot-{number}",
                folder,
                ["bot", "run", "--mode", mode, "--lease", str(lease_s)],
                {**settings, "PORT": url.rpartition(":")[2]},
            )
            for number, url in enumerate(self.urls)
        ]
        self._stack = ExitStack()

    def harass(self, kills: int, mean_s: float, source: random.Random, go_to: Callable[[str], None]) -> None:
        """Kill one after the other, each some random time after it was up (now and then after it was started, be it
        up or not), `mean_s` on average, and start it again at once.

        `go_to` is told of a bot that was not killed just now, where there is one: what is posted goes there.
        """
        for number in range(kills):
            bot, url = self._bots[number % len(self._bots)], self.urls[number % len(self.urls)]
            if source.random() > YOUNG_SHARE:
                wait_until(partial(is_up, url), UP_S, f"{bot.name} answers")
            time.sleep(source.uniform(0.1, 1.9) * mean_s)
            bot.kill()
            go_to(self.urls[(number + 1) % len(self.urls)])
            self.kills += 1
            bot.start()

    def check(self) -> None:
        """Raises Permanent if a bot has ended by itself, with what it said."""
        for bot in self._bots:
            bot.check()

    def __enter__(self) -> Fleet:
        for bot in self._bots:
            self._stack.enter_context(bot)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
