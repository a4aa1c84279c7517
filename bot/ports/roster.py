"""What the core needs of the store about who can talk to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.domain.roster import MarketingDelegate, Profile


class RosterEntries(Protocol):
    """What people speak and where they sit, and who speaks for marketing about what."""

    def profiles(self, workspace: str) -> Mapping[str, Profile]:
        """What was said of each person, by person."""

    def save_profile(self, profile: Profile) -> None:
        """From now on this is so."""

    def delegates(self, workspace: str) -> Mapping[str, MarketingDelegate]:
        """Marketing's delegates by what they speak about."""

    def name_delegate(self, delegate: MarketingDelegate) -> None:
        """From now on they speak for marketing about it, in place of whoever did before."""
