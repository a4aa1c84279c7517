"""The model card: what the model learned from, how well it does and where it fails, as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from bot.detection import shipped
from bot.detection.features import Floats
from bot.detection.training import fitting
from bot.detection.training.corpus import Row
from bot.detection.training.figures import CLASSES, Figures, measure
from bot.domain.detection import THRESHOLDS, Sensitivity

_MEGABYTE = 1_000_000
_NAMES = (shipped.ENCODER, shipped.VOCABULARY, shipped.LIGHT, shipped.HEAD, shipped.NAMES)
_HEAD = (
    "| set | messages | macro-F1 | new_tool P / R / F1 | campaign P / R / F1 | none P / R / F1 "
    "| open: precision | positives opened | hard negatives: open or ask | opened | plain: open or ask |"
)
_FAULTS = (
    "English is read best; German, French, Spanish and Portuguese go through an English vocabulary in small pieces.",
    "A reply of a word or two is judged with its thread; without the thread it is taken for neither.",
    "Refusals and wishes that name a tool and a purpose are the commonest false alarms.",
    "The share of hard negatives in these sets is far above that of a real channel; so is that of positives.",
    "One writer a voice, one label a message, no second reader.",
)


def card(
    sets: Mapping[str, tuple[Sequence[Row], Floats]], names: Mapping[str, tuple[float, float]], rows: Sequence[Row],
    folder: Path,
) -> str:  # fmt: skip
    """The card. `sets` are what figures are shown of: rows and confidences (rows, labels) by name of the set; `names`
    are precision and recall (0 to 1) of tool names on some of them."""
    tables = [_HEAD, "|" + " --- |" * _HEAD.count(" | ") + " --- |"]
    tables += [_line(name, _measured(*pair)) for name, pair in sets.items()]
    parts = [
        "# Model card: detection",
        "Made by `python -m bot detection train`. How the cascade works: `bot/detection/learned.py`; how messages are"
        " labelled: `bot/detection/training/LABELLING.md`.",
        "## What it is",
        "A hashed TF-IDF with a logistic regression dismisses plain chat; a MiniLM-L6 encoder (six layers, 384 wide,"
        " int8, trained end to end on these messages) judges the rest together with it, and in the same pass tags the"
        " words of tool names, days, audiences and campaigns. Words of the past, of dreams, of others and of staff"
        " parties count against a label. Licence: Apache-2.0; the encoder began as all-MiniLM-L6-v2 (Apache-2.0).",
        "## Data",
        *(f"- {line}" for line in _data(rows)),
        "## Figures",
        "A label counts from 0.5; open and ask by the thresholds of a normal channel.",
        "\n".join(tables),
        "Tool names as written, counted over all messages of a set, so that a missed or a wrongly noticed message costs"
        " its names too:",
        *(f"- {name}: precision {right:.2f}, recall {found:.2f}" for name, (right, found) in names.items()),
        "## Thresholds",
        "\n".join(_thresholds(one) for one in Sensitivity),
        "## Known faults",
        "\n".join(f"- {fault}" for fault in _FAULTS),
        "## Files",
        "\n".join(_files(folder)),
    ]
    return "\n\n".join(parts).replace("\n\n- ", "\n- ") + "\n"


def by_language(rows: Sequence[Row], sure: Floats, least: int = 30) -> dict[str, tuple[Sequence[Row], Floats]]:
    """The rows and confidences of each language with enough rows, the commonest first."""
    common = [lang for lang, count in Counter(row.lang for row in rows).most_common() if count >= least]
    chosen = {lang: [at for at, row in enumerate(rows) if row.lang == lang] for lang in common}
    return {lang: ([rows[at] for at in places], sure[np.array(places)]) for lang, places in chosen.items()}


def _measured(rows: Sequence[Row], sure: Floats) -> Figures:
    return measure(sure, fitting.wanted(rows), [row.hard for row in rows])


def _line(name: str, found: Figures) -> str:
    classes = [" / ".join(f"{number:.2f}" for number in found.by_class.get(one, ())) or "–" for one in CLASSES]
    shares = (found.open_precision, found.open_share, found.hard_alarms, found.hard_opened, found.plain_alarms)
    percents = ["–" if share is None else f"{100 * share:.1f} %" for share in shares]
    return f"| {' | '.join([name, str(found.count), f'{found.macro_f1:.3f}', *classes, *percents])} |"


def _data(rows: Sequence[Row]) -> list[str]:
    voices, languages = Counter(row.voice for row in rows), Counter(row.lang for row in rows)
    hard = sum(row.hard for row in rows)
    none = sum(not row.labels for row in rows)
    return [
        f"{len(rows)} messages: " + ", ".join(f"{name} {count}" for name, count in voices.items()),
        f"{none} of them neither, {hard} of those marked as hard negatives",
        "languages: " + ", ".join(f"{name} {count}" for name, count in languages.most_common()),
    ]


def _files(folder: Path) -> list[str]:
    return [
        f"- `{file.name}`, {file.stat().st_size / _MEGABYTE:.1f} MB, sha256 `{shipped.fingerprint(file)}`"
        for file in (folder / name for name in _NAMES)
    ]


def _thresholds(sensitivity: Sensitivity) -> str:
    limits = THRESHOLDS[sensitivity]
    return f"- {sensitivity.value}: open from {limits.open}, ask from {limits.ask}"
