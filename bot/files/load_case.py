"""A case of campaigns on a site, as a YAML file. An example: docs/cases/load.yaml."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, model_validator

from bot.domain.channels import CHANNELS, CampaignChannel
from bot.domain.errors import Invalid
from bot.domain.load import Delay, Exponential, Lognormal, Scanner, Site, Spike, Wave
from bot.files.yaml_text import Strict, parse

Positive = Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class ExponentialText(Strict):
    """Most at once, then fewer."""

    kind: Literal["exponential"]
    mean_s: Positive

    def delay(self) -> Delay:
        """It in the words of the domain."""
        return Exponential(self.mean_s)


class LognormalText(Strict):
    """A peak and a long tail."""

    kind: Literal["lognormal"]
    median_s: Positive
    sigma: Positive

    def delay(self) -> Delay:
        """It in the words of the domain."""
        return Lognormal(self.median_s, self.sigma)


class SpikeText(Strict):
    """Everybody within a while."""

    kind: Literal["spike"]
    width_s: Positive

    def delay(self) -> Delay:
        """It in the words of the domain."""
        return Spike(self.width_s)


DelayText = Annotated[ExponentialText | LognormalText | SpikeText, Field(discriminator="kind")]


class ScannerText(Strict):
    """Link scanners of a mailing."""

    share: Share
    links: NotNegative
    requests_per_click: NotNegative = 1.0
    delay: DelayText

    def scanner(self) -> Scanner:
        """It in the words of the domain."""
        return Scanner(self.share, self.links, self.delay.delay(), self.requests_per_click)


class WaveText(Strict):
    """One sending. What is left out is as usual for a channel we know."""

    campaign: Name
    channel: Name
    audience: Annotated[int, Field(ge=0, le=8_000_000_000)]
    start: AwareDatetime
    response: Share | None = None
    window_s: Annotated[float, Field(gt=0, le=7 * 86_400)] | None = None
    delay: DelayText | None = None
    scanner: ScannerText | None = None

    @model_validator(mode="after")
    def _whole(self) -> WaveText:
        lacking = [name for name in ("response", "window_s", "delay") if getattr(self, name) is None]
        if lacking and self._known() is None:
            keys = ", ".join(one.key for one in CHANNELS)
            raise ValueError(f"give {', '.join(lacking)}, or a channel with figures of its own: {keys}")
        return self

    def wave(self) -> Wave:
        """It in the words of the domain. A channel's link scanners count only where all its figures are as usual."""
        parts = {
            "response": self.response,
            "window_s": self.window_s,
            "delay": self.delay.delay() if self.delay else None,
            "scanner": self.scanner.scanner() if self.scanner else None,
        }
        given: dict[str, Any] = {name: part for name, part in parts.items() if part is not None}
        usual = (self._known() or CHANNELS[0]).wave(self.campaign, self.audience, _fixed(self.start))
        return replace(replace(usual, scanner=None) if given else usual, channel=self.channel, **given)

    def _known(self) -> CampaignChannel | None:
        return next((one for one in CHANNELS if one.key == self.channel), None)


class SiteText(Strict):
    """The site and its capacity."""

    name: Name
    capacity_requests_per_s: Positive
    headroom: Annotated[float, Field(gt=0, le=1)] = 0.75
    usual_visits_per_min: NotNegative = 0.0
    pages_per_visit: Positive = 5.0
    dynamic_requests_per_page: Positive = 5.0
    session_s: Positive = 130.0


class CaseText(Strict):
    """The whole file."""

    conversion: Share = 0.02
    site: SiteText
    waves: Annotated[list[WaveText], Field(min_length=1, max_length=2000)]


@dataclass(frozen=True, slots=True)
class LoadCase:
    """Waves on a site; `conversion` is orders per visit."""

    site: Site
    waves: tuple[Wave, ...]
    conversion: float


def read(text: str) -> LoadCase:
    """The case. Raises Invalid with the place of what is wrong."""
    case = parse(text, CaseText)
    return LoadCase(Site(**case.site.model_dump()), tuple(one.wave() for one in case.waves), case.conversion)


def _fixed(start: datetime) -> datetime:
    """A start that a calendar can reckon with: the year has four digits on both sides of any zone."""
    if not 1970 <= start.year <= 9000:
        raise Invalid(f"A campaign in the year {start.year}? Give a start between 1970 and 9000.", "start")
    return start
