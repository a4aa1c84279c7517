"""A look at the labelled messages: rows that break the rules, near-duplicates, and labels that look like slips."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.detection.training import corpus, duplicates, fitting
from bot.detection.training.corpus import Row
from bot.domain.detection import CAMPAIGN, NEW_TOOL

CHANNELS = frozenset(
    ("email sms push app web social paid_social search display video audio radio tv ooh print direct_mail "
     "event webinar pr influencer affiliate marketplace instore multi").split()
)  # fmt: skip
_DOUBTFUL = 0.03  # a label this unlikely to a model that did not see the row deserves a second look
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Review:
    """What was found: broken rules and near-duplicates are faults, doubtful labels a reading list."""

    counts: dict[str, int]
    faults: tuple[str, ...]
    doubtful: tuple[str, ...]


def review(rows: Sequence[Row], *, doubts: bool = True) -> Review:
    """Look at the rows; `doubts` fits a light model per fold, which takes a minute."""
    faults = [f"{row.voice} {row.id}: {words}" for row in rows for words in broken(row)]
    twice = [number for number, count in Counter(row.id for row in rows).items() if count > 1]
    faults += [f"{number}: the same number twice" for number in twice]
    faults += [
        f"{one.voice} {one.id} and {other.voice} {other.id} are nearly the same ({common:.0%})"
        for one, other, common in duplicates.pairs(rows)
    ]
    return Review(_counts(rows), tuple(faults), tuple(_doubtful(rows)) if doubts else ())


def broken(row: Row) -> Iterator[str]:
    """The rules of LABELLING.md that a row breaks, in words."""
    said = f"{row.text}\n{row.context}"
    if row.tools and NEW_TOOL not in row.labels:
        yield "it names tools and is no new tool"
    yield from (f"{name!r} is not in the message" for name in row.tools if name not in said)
    if bool(row.campaign) > (CAMPAIGN in row.labels):
        yield "it has facts of a campaign and is none"
    for key in ("name", "date_text", "audience_text"):
        if (words := row.campaign.get(key)) and words not in said:
            yield f"{key} {words!r} is not in the message"
    if row.hard and row.labels:
        yield "it is a hard negative and has a label"
    if unknown := set(row.campaign.get("channel", ())) - CHANNELS:
        yield f"there is no channel {sorted(unknown)}"
    days = [row.sent_at, row.campaign.get("iso_date")]
    yield from (f"{day!r} is no date" for day in days if day and not _is_day(day))


def _is_day(text: str) -> bool:
    try:
        return bool(_ISO.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _doubtful(rows: Sequence[Row]) -> Iterator[str]:
    """Rows whose labels a light model, fitted on the other folds, finds very unlikely; the least likely first."""
    seen, wanted, place = fitting.counts(rows), fitting.wanted(rows), np.array(corpus.folds(rows))
    sure = np.zeros((len(rows), 2), np.float32)
    for fold in range(corpus.FOLDS):
        known, tried = np.flatnonzero(place != fold).tolist(), np.flatnonzero(place == fold).tolist()
        if not known or not tried:
            continue
        light = fitting.fit_light([seen[at] for at in known], wanted[known])
        sure[tried] = fitting.share(fitting.light_log_odds(light, [seen[at] for at in tried]))
    likely = np.where(wanted, sure, 1 - sure)
    for at in np.argsort(likely.min(axis=1)):
        label = int(likely[at].argmin())
        if likely[at, label] < _DOUBTFUL:
            name, what = (NEW_TOOL, CAMPAIGN)[label], "is" if wanted[at, label] else "is not"
            yield f"{rows[at].voice} {rows[at].id} {what} {name}? {rows[at].text[:100]!r}"


def _counts(rows: Sequence[Row]) -> dict[str, int]:
    found = Counter(f"label {'+'.join(sorted(row.labels)) or 'none'}" for row in rows)
    found.update(f"voice {row.voice}" for row in rows)
    found.update(f"language {row.lang}" for row in rows)
    found["hard negatives"] = sum(row.hard for row in rows)
    found["with a thread"] = sum(bool(row.context) for row in rows)
    return {"messages": len(rows), **dict(sorted(found.items()))}
