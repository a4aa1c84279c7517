"""The detector that has learned: a light model dismisses plain chat, an encoder judges the rest, rules read facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from bot.detection import announcements, intent, own, proposals, rules, shipped
from bot.detection.encoder import Seen
from bot.detection.features import Floats
from bot.detection.intent import Intent
from bot.detection.names import mark
from bot.detection.picking import Picker
from bot.detection.reading import Reading, read
from bot.detection.rules import RuleDetector
from bot.detection.shipped import Loaded, Model
from bot.detection.titles import title
from bot.detection.view import View, look
from bot.detection.windows import windows
from bot.domain.detection import CAMPAIGN, LABEL_FROM, LABELS, NEW_TOOL, Detection, Heard
from bot.findings import Finding

if TYPE_CHECKING:
    from bot.ports import Detector

_TELLING = 0.25  # from this confidence of the rules on, their reasons are worth telling
_ASKED = 0.85  # how sure it says it is of a part of a long message: a normal channel asks
_WORTH_A_LOOK = 0.5  # how sure the light model must be of the part
_SURE_ALONE = 0.96  # how sure it must be of the part
_MEND = "Get the folder bot/detection/model anew, and install the packages again: make install."
_LINK = re.compile(r"\s*https?://\S+\s*")
_WORDS = ("reads like taking up a tool", "reads like a campaign coming up")


class LearnedDetector:
    """Detects by the model in a folder, read once, when the first message comes; by rules where there is none."""

    def __init__(self, folder: Path = shipped.FOLDER, learned: Path | None = None) -> None:
        self._folder = folder
        self._learned = learned
        self._lock = Lock()
        self._read: Loaded | None = None
        self._rules = RuleDetector()

    def detect(self, heard: Heard) -> Detection:
        """What the message is taken for; any text will do, its first few thousand characters are read."""
        model = self.loaded().model
        if model is None:
            return self._rules.detect(heard)
        found = self._judged(model, heard)
        if max(found.confidence.values()) >= _ASKED:
            return found
        return self._by_a_window(model, heard) or found

    def _judged(self, model: Model, heard: Heard) -> Detection:
        """What the model takes a message for."""
        view = look(heard.text, heard.thread_context)
        if _only_a_link(view):
            return Detection((), (), None, dict.fromkeys(LABELS, 0.0), ())
        judged = model.judged(view)
        sure = _at_least(judged.sure, view, heard.sent_at)
        if float(sure.max()) < LABEL_FROM:
            return Detection((), (), None, _confidence(sure), ())
        reading, context = rules.readings(heard)
        found = Intent(float(sure[0]), float(sure[1]), _why(reading, sure))
        described = rules.describe(reading, found, context)
        return _named(described, with_tags(reading, context, judged.seen), model.picker)

    def _by_a_window(self, model: Model, heard: Heard) -> Detection | None:
        """What the likeliest part of a long message is taken for, where it is sure: worth a question, no more, since
        the rest may take it back."""
        pieces = windows(heard.text)
        if not pieces:
            return None
        evidence = [float(model.at_a_glance(look(piece)).max()) for piece in pieces]
        if max(evidence) < _WORTH_A_LOOK:
            return None
        piece = pieces[evidence.index(max(evidence))]
        found = self._judged(model, replace(heard, text=piece, thread_context=None))
        if max(found.confidence.values()) < _SURE_ALONE:
            return None
        return replace(found, confidence={label: min(_ASKED, sure) for label, sure in found.confidence.items()})

    def leans_on_thread(self, heard: Heard) -> bool:
        """Whether a reply says little alone and could take its meaning from its thread."""
        return self._rules.leans_on_thread(heard)

    def loaded(self) -> Loaded:
        """The model, or what is there of it."""
        with self._lock:
            if self._read is None:
                self._read = own.adapted(shipped.load(self._folder), self._folder, self._learned)
            return self._read


def make_detector(learned: Path | None = None) -> Detector:
    """The detector of the running bot. `learned`: the folder with what the workspace's answers have taught."""
    return LearnedDetector(learned=learned)


def finding(folder: Path = shipped.FOLDER) -> Finding:
    """What `doctor` says of the model."""
    loaded = shipped.load(folder)
    if loaded.model is None:
        return Finding("Detection", False, f"It goes by rules alone: {loaded.fault}.", _MEND)
    if loaded.fault:
        return Finding("Detection", False, f"It goes by the light model alone: {loaded.fault}.", _MEND)
    return Finding("Detection", True, "The light model and the encoder are there.")


def with_tags(reading: Reading, context: Reading | None, seen: Seen | None) -> tuple[Reading, Reading | None]:
    """The readings with what the encoder saw of the same texts; without a thread, what the message quotes is one.

    A message that is all quote is seen otherwise: its readings stay as they are."""
    if seen is None or seen.text.text != reading.text:
        return reading, context
    if context is None and seen.context.text:
        context = read(seen.context.text, reading.sent_at)
    if context is not None and seen.context.text.startswith(context.text):
        context = replace(context, tagged=seen.context)
    return replace(reading, tagged=seen.text), context


def _only_a_link(view: View) -> bool:
    """Whether a message is an address and nothing else, in reply to nothing: it says nothing of what to do with it."""
    return not view.context and bool(_LINK.fullmatch(view.text))


def _named(described: Detection, readings: tuple[Reading, Reading | None], picker: Picker) -> Detection:
    """The detection with names of tools and campaign as learned; the campaign keeps the name of the rules without."""
    campaign, tools = described.campaign, tuple[str, ...]()
    if campaign is not None and (name := title(*readings)):
        campaign = replace(campaign, name=name)
    if NEW_TOOL in described.labels:
        tools = picker.names(*readings, sure=described.confidence[NEW_TOOL])
    return replace(described, campaign=campaign, tools=tools)


def _at_least(sure: Floats, view: View, sent_at: date) -> Floats:
    """How sure it is, at least enough for a question where a tool is proposed, or a tool or campaign announced."""
    least = [0.0, 0.0]
    if float(sure[0]) < proposals.SURE and proposals.proposes(mark(view.text)):
        least[0] = proposals.SURE
    if float(sure.max()) < announcements.SURE:
        labels = announcements.announced(view, float(sure[0]), float(sure[1]), sent_at)
        least = [announcements.SURE if label in labels else one for label, one in zip(LABELS, least, strict=True)]
    return np.maximum(sure, np.array(least, np.float32))


def _why(reading: Reading, sure: Floats) -> tuple[str, ...]:
    """The reasons that the rules see too, else in a word what the model took it for."""
    likely = int(sure.argmax())
    seen = intent.score(reading)
    agreed = (seen.new_tool, seen.campaign)[likely] >= _TELLING
    return seen.why if agreed and seen.why else (_WORDS[likely],)


def _confidence(sure: Sequence[float] | Floats) -> dict[str, float]:
    return {NEW_TOOL: float(sure[0]), CAMPAIGN: float(sure[1])}
