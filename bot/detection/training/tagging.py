"""What the tags of a labelled message should be: the places of its gold names, day and audience, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from bot.detection.features import Floats
from bot.detection.tags import Tag
from bot.detection.training.corpus import Row
from bot.detection.view import View
from bot.detection.wordpiece import Pieces, Place

_FACTS: Mapping[Tag, str] = {Tag.DATE: "date_text", Tag.AUDIENCE: "audience_text", Tag.NAME: "name"}


def written(row: Row) -> dict[Tag, tuple[str, ...]]:
    """What belongs to each tag, as it is written in a row."""
    facts = {tag: (words,) if (words := row.campaign.get(key)) else () for tag, key in _FACTS.items()}
    return {Tag.TOOL: row.tools, **facts}


def asked(row: Row) -> Floats:
    """1 for each tag that is learned from a row, else 0 (2 * tags): names of tools are asked for where one is adopted,
    facts where there is a campaign, as they will be later; what a message is, the labels say."""
    tool, campaign = row.wanted
    return np.array([tool if tag is Tag.TOOL else campaign for tag in Tag] * 2, np.float32)


def targets(wanted: Mapping[Tag, Sequence[str]], view: View, read: Pieces) -> Floats:
    """0 or 1 for each piece (pieces, 2 * tags): whether it lies in a span of a tag, then whether it begins one."""
    found = np.zeros((len(read.ids), 2 * len(Tag)), np.float32)
    places, segments = np.array(read.places), np.array(read.segments)
    for segment, text in enumerate((view.text, view.context)):
        for tag, words in wanted.items():
            for start, end in (place for one in words for place in spans(text, one)):
                within = (segments == segment) & (places[:, 0] < end) & (places[:, 1] > start)
                at = np.flatnonzero(within)
                found[at, tag] = 1
                found[at[:1], len(Tag) + tag] = 1
    return found


def spans(text: str, words: str) -> Iterator[Place]:
    """Where words stand in a text, as whole words; where they do not, as parts of words."""
    whole = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    yield from whole or [match.span() for match in re.finditer(re.escape(words), text)]
