"""Words that make a label unlikely where the models lean towards it: the past, dreams, others' tools, staff parties."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from bot.detection import names
from bot.detection.features import Floats
from bot.detection.frames import expand
from bot.detection.lists import table
from bot.detection.literals import small
from bot.detection.view import View
from bot.domain.detection import CAMPAIGN, NEW_TOOL


def doubted(view: View) -> Floats:
    """Of each label 1 where a message has such words, else 0 (labels)."""
    texts = {NEW_TOOL: names.mark(view.text).text, CAMPAIGN: view.text}
    return np.array([_cues(label).search(text.lower()) is not None for label, text in texts.items()], np.float32)


@lru_cache(maxsize=2)
def _cues(label: str) -> re.Pattern[str]:
    return re.compile("|".join(small(expand(pattern)) for pattern in table("doubts")[label]))
