"""How fast a message is judged on one core, and what the detector costs to load: in a process of its own."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.bench.report import Report
from bot.bench.sizes import Sizes
from bot.domain.errors import Permanent

ROOT = Path(__file__).resolve().parents[2]
AIMS = "aims: mean ≤ 3 ms, p99 ≤ 25 ms, load ≤ 1 s, added memory ≤ 250 MB; {mix}"
MIX = "of 100 messages 90 plain chat, 6 that look like more, 4 to be noticed"
COUNT = 2000
_SHARES = (90, 6, 4)  # of a hundred messages: plain chat, hard negatives, positives
_KILOBYTES_PER_MB = 1000.0
_FIRST = "Can we get Hotjar for the landing pages?"

Tell = Callable[[str], None]


def take(sizes: Sizes, tell: Tell) -> Report:
    """Load the detector in a fresh process, and judge a realistic mix of messages. Raises Permanent if it fails."""
    tell(f"{COUNT} messages on one core")
    command = [sys.executable, "-m", "bot.bench.detect", str(sizes.seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Permanent(f"The detector could not be measured: {done.stderr[-500:]}", "bench")
    figures = json.loads(done.stdout)
    row = [f"{figures[name]:.2f}" for name in ("mean_ms", "p99_ms", "max_ms", "load_s", "added_mb")]
    columns = ["mean ms", "p99 ms", "slowest ms", "load s", "added MB"]
    return Report("detect", figures, columns, [row], notes=AIMS.format(mix=MIX))


def measure(seed: int) -> dict[str, float]:
    """The figures, taken in this process: it must not have loaded the detector yet."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    before, start = _peak_mb(), time.perf_counter()
    from bot.detection.learned import make_detector
    from bot.domain.detection import Heard

    detector = make_detector()
    detector.detect(Heard(_FIRST, date(2026, 1, 15)))
    loaded = time.perf_counter() - start
    messages = [Heard(text, date(2026, 1, 15), context or None) for text, context in _messages(seed)]
    taken = []
    for heard in messages:
        begin = time.perf_counter()
        detector.detect(heard)
        taken.append(1000 * (time.perf_counter() - begin))
    ranked = sorted(taken)
    return {
        "mean_ms": round(sum(taken) / len(taken), 3),
        "p99_ms": round(ranked[-(-len(ranked) * 99 // 100) - 1], 2),
        "max_ms": round(ranked[-1], 2),
        "load_s": round(loaded, 3),
        "added_mb": round(_peak_mb() - before, 1),
    }


def _messages(seed: int) -> list[tuple[str, str]]:
    """Text and context of messages of the held-out voice, in the shares of MIX."""
    from bot.detection.training import corpus

    rows = corpus.voice(corpus.HELD_OUT)
    plain = [row for row in rows if not row.labels and not row.hard]
    hard = [row for row in rows if row.hard]
    source = random.Random(seed)
    kinds = (plain, hard, [row for row in rows if row.labels])
    chosen = source.choices(kinds, weights=_SHARES, k=COUNT)
    return [(row.text, row.context) for row in (source.choice(kind) for kind in chosen)]


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _KILOBYTES_PER_MB / (1000.0 if sys.platform == "darwin" else 1.0)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
