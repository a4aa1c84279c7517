"""Whether a site is ready for a campaign: the figures, what they propose, what the liaison decided, who signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.domain.campaign import Campaign
from bot.domain.campaign_days import Seen
from bot.domain.campaign_words import span_words
from bot.domain.capacity import Capacity
from bot.domain.errors import Invalid
from bot.domain.load import Forecast, Site, Verdict, Wave, forecast, smallest_window
from bot.domain.money import Money
from bot.domain.signoff import Outcome, PromisedCondition

EVER = datetime(1970, 1, 1, tzinfo=UTC)
WORSE_FROM = 1.1  # times the peak that was decided on: from there the decision is to be taken anew
MOST_BATCHES = 24
LONGEST_S = 24 * 3600  # a sending that is proposed takes a day at most
BATCH_GAP = timedelta(hours=1)
_RANK = {Verdict.GO: 0, Verdict.GO_WITH_CONDITIONS: 1, Verdict.NO_GO: 2}
_STEPS_S = (300.0, 900.0, 1800.0)  # a window is proposed in whole steps: below an hour, below two, above


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a forecast says of one campaign beside the `others` of its hours. Without a record, `verdict` is None.

    `window_s`: the shortest sending that stays within the headroom, in seconds; `batches` of the same, an hour apart.
    """

    campaign: Campaign
    found: Forecast
    alone: Forecast
    site: Site
    record: Capacity | None
    others: tuple[Campaign, ...]
    verdict: Verdict | None
    window_s: float | None = None
    batches: int | None = None

    @property
    def neighbours(self) -> tuple[Campaign, ...]:
        """The others that are busy in its hours; what is left of earlier ones counts in the figures alone."""
        return tuple(one for one in self.others if one.shares_hours(self.campaign))

    @property
    def lost_orders(self) -> float:
        """Orders that those turned away would have placed."""
        return self.found.lost_orders(self.campaign.orders_per_visit)

    @property
    def lost_value(self) -> Money | None:
        """What these would have brought; None without an order value."""
        value = self.campaign.order_value
        return Money(Decimal(round(self.lost_orders)) * value.amount, value.currency) if value else None


@dataclass(frozen=True, slots=True)
class Readiness:
    """The answer on a ticket as it stands. `version` counts what it is based on (`inputs`), weighed
    at a time; `posted` its messages.

    `decided`: the version the liaison decided on, 0 if none; `outcome` is how the sponsor's sign-off stands;
    `seen` what a look back said.
    """

    workspace: str
    number: int
    version: int = 0
    posted: int = 0
    weighed_at: datetime = EVER
    inputs: str = ""
    proposed: Verdict | None = None
    peak: float = 0.0
    decided: int = 0
    verdict: Verdict | None = None
    by: str = ""
    at: datetime | None = None
    reason: str = ""
    conditions: tuple[PromisedCondition, ...] = ()
    outcome: Outcome = Outcome.PENDING
    decided_peak: float = 0.0
    decided_proposal: Verdict | None = None
    seen: Seen | None = None

    @property
    def subject(self) -> str:
        """What its sign-offs are kept under."""
        return subject_of(self.number)

    @property
    def is_final(self) -> bool:
        """True once it is decided, and signed where it must be."""
        return self.verdict is not None and self.outcome is not Outcome.PENDING

    @property
    def is_off(self) -> bool:
        """True if the campaign does not take place as things stand."""
        return self.outcome is Outcome.REJECTED or (self.is_final and self.verdict is Verdict.NO_GO)

    def shown(self) -> Readiness:
        """It with one message more."""
        return replace(self, posted=self.posted + 1)

    def follow(self, inputs: str, weighed: Weighed | None, at: datetime) -> Readiness:
        """The answer on other inputs. A decision holds while what is proposed is no worse than what it was taken on."""
        peak = weighed.found.peak_requests_per_s if weighed else 0.0
        proposed = weighed.verdict if weighed else None
        now = replace(self, version=self.version + 1, inputs=inputs, proposed=proposed, peak=peak, weighed_at=at)
        return now if self.verdict is None or now._holds() else now.undecided()

    def undecided(self) -> Readiness:
        """It without its decision."""
        return replace(self, decided=0, verdict=None, by="", at=None, reason="", conditions=(), outcome=Outcome.PENDING)

    def decide(self, what: Decided, by: str, at: datetime, *, risky: bool) -> Readiness:
        """The liaison's decision, which makes a new version; one without a risk needs no sign-off."""
        settled = Outcome.REJECTED if what.verdict is Verdict.NO_GO else Outcome.APPROVED
        return replace(
            self,
            version=self.version + 1, decided=self.version + 1,
            verdict=what.verdict, by=by, at=at, reason=what.reason, conditions=what.conditions,
            outcome=Outcome.PENDING if risky else settled,
            decided_peak=self.peak, decided_proposal=self.proposed,
        )  # fmt: skip

    def _holds(self) -> bool:
        was, now = self.decided_proposal, self.proposed
        same = was is now or (was is not None and now is not None and _RANK[now] < _RANK[was])
        return same and self.peak <= self.decided_peak * WORSE_FROM


@dataclass(frozen=True, slots=True)
class Proposed:
    """A condition that is proposed: what, until when, and whether IT does it (else who asked)."""

    what: str
    due: date
    for_it: bool = True


@dataclass(frozen=True, slots=True)
class Decided:
    """What the liaison decides. Raises Invalid where a reason or a condition lacks."""

    verdict: Verdict
    reason: str = ""
    conditions: tuple[PromisedCondition, ...] = ()

    def __post_init__(self) -> None:
        if self.verdict is Verdict.NO_GO and not self.reason.strip():
            raise Invalid("Say why not: whoever planned it wants to know what would change it.", "reason")
        if self.verdict is Verdict.GO_WITH_CONDITIONS and not self.conditions:
            raise Invalid("Name at least one condition, or choose Go.", "what1")


def subject_of(number: int) -> str:
    """What the sign-offs of a campaign's risk are kept under."""
    return f"readiness:{number}"


def is_risky(proposed: Verdict | None, verdict: Verdict) -> bool:
    """Whether the sponsor must answer for it: the site may be short of what it needs, or nobody measured it."""
    return verdict is not Verdict.NO_GO and not (verdict is Verdict.GO and proposed is Verdict.GO)


def weigh(campaign: Campaign, others: Sequence[Campaign], site: Site, record: Capacity | None) -> Weighed:
    """What comes to `site`, of which `record` is the capacity that counts today (None: nobody measured it)."""
    beside = [wave for one in others for wave in one.waves()]
    waves = campaign.waves()
    found = forecast([*waves, *beside], site, campaign.busy if beside else None)
    verdict = _verdict(found, record, campaign.start.date())
    weighed = Weighed(campaign, found, forecast(waves, site), site, record, tuple(others), verdict)
    if record is None or found.peak_requests_per_s <= site.limit_requests_per_s:
        return weighed
    rest = [*waves[1:], *beside]
    window_s = _window_beside(waves[0], site, rest) if beside else _rounded(smallest_window(waves[0], site, rest))
    return replace(weighed, window_s=window_s, batches=_batches(waves[0], site, rest))


def proposed_conditions(weighed: Weighed, today: date) -> tuple[Proposed, ...]:
    """What would have to be done for a yes, the most telling first."""
    if weighed.verdict is Verdict.GO:
        return ()
    start = weighed.campaign.start.date()
    eve, week = (max(today, start - timedelta(days=days)) for days in (1, 7))
    record = weighed.record
    found: list[Proposed] = []
    if weighed.window_s is not None:
        found.append(Proposed(f"Send it over {span_words(weighed.window_s)} or longer", eve, for_it=False))
    if record is None or not record.counts(start):
        found.append(Proposed("Measure with a load test what the site takes", week))
    if weighed.verdict is Verdict.NO_GO:
        found.append(Proposed("A queue page stands ready", eve))
    elif weighed.found.strained_s:
        found.append(Proposed("Scale up before it starts, and release nothing that day", eve))
    found.append(Proposed("Somebody on call knows, with the way back and the monitoring at hand", eve))
    return tuple(found)


def _verdict(found: Forecast, record: Capacity | None, day: date) -> Verdict | None:
    if record is None:
        return None
    old = found.verdict is Verdict.GO and not record.counts(day)
    return Verdict.GO_WITH_CONDITIONS if old else found.verdict


def _window_beside(wave: Wave, site: Site, others: Sequence[Wave]) -> float | None:
    """The shortest sending that fits among other campaigns; a longer one may run into the next, so each is tried."""
    steps = (*range(300, 3600, 300), *range(3600, 7200, 900), *range(7200, LONGEST_S + 1, 1800))
    longer = (replace(wave, window_s=float(step)) for step in steps if step > wave.window_s)
    return next((sent.window_s for sent in longer if _keeps(site, [sent], others)), None)


def _keeps(site: Site, sent: Sequence[Wave], others: Sequence[Wave]) -> bool:
    """Whether the site stays within its headroom while these are sent and answered."""
    hours = sent[0].start, max(one.start + timedelta(seconds=one.busy_s) for one in sent)
    return forecast([*sent, *others], site, hours).peak_requests_per_s <= site.limit_requests_per_s


def _rounded(window: timedelta | None) -> float | None:
    """A window in steps people plan in, never shorter: a longer one never raises the peak."""
    if window is None:
        return None
    seconds = window.total_seconds()
    step = _STEPS_S[0] if seconds < 3600 else _STEPS_S[1] if seconds < 7200 else _STEPS_S[2]
    return -(-seconds // step) * step


def _batches(wave: Wave, site: Site, others: Sequence[Wave]) -> int | None:
    """The least number of equal batches, an hour apart, that stay within the headroom; None up to a day's worth."""
    if not others and not _fits(wave, MOST_BATCHES, site, others):
        return None
    return next((number for number in range(2, MOST_BATCHES + 1) if _fits(wave, number, site, others)), None)


def _fits(wave: Wave, batches: int, site: Site, others: Sequence[Wave]) -> bool:
    part = replace(wave, audience=-(-wave.audience // batches), window_s=max(60.0, wave.window_s / batches))
    return _keeps(site, [replace(part, start=wave.start + each * BATCH_GAP) for each in range(batches)], others)
