"""How much a bench does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of `ingest`: events of a burst, how many bursts, seconds of steady events. Of `chaos`: messages that ask for
    a ticket, commands, and kills a round; the seed of everything random; arrivals a second; the bots' lease.
    """

    burst: int = 2000
    bursts: int = 3
    steady_s: float = 10.0
    messages: int = 2000
    commands: int = 200
    kills: int = 10
    seed: int = 1
    per_s: float = 60.0
    lease_s: float = 20.0
