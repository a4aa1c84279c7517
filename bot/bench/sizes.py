"""How much a bench does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of `ingest`: events of a burst, how many bursts, seconds of steady events, cards at a calm rate. Of `chaos`, for
    each round: messages that ask for a ticket, commands, kills; the seed of everything random, what people do in a
    second, and the lease of the bots. Of `sweep`: open tickets of two clocks each, and the minutes
    in each of which a hundred are due. Of `check`: tools of the catalogue, tickets there have been, and checks.
    """

    burst: int = 2000
    bursts: int = 3
    steady_s: float = 10.0
    cards: int = 24
    messages: int = 2000
    commands: int = 200
    kills: int = 10
    seed: int = 1
    per_s: float = 60.0
    lease_s: float = 20.0
    tickets: int = 50_000
    hundreds: int = 5
    tools: int = 10_000
    history: int = 1_000_000
    checks: int = 700
