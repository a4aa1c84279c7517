"""Results of load tests: k6 summaries (three shapes), JMeter's CSV, Locust's CSV. Columns are read by name.

The capacity is the best rate a site held for a while, not the mean over ramps: the best minute of JMeter's samples, the
best line of Locust's history. k6's summary and Locust's statistics know only the mean, which is on the safe side.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from bot.domain.capacity import MOST_ERRORS, Measured
from bot.domain.errors import Invalid

MOST_CHARACTERS = 200_000_000
MINUTE = 60
_UNKNOWN = "This is no result I know: bring k6's summary (JSON), JMeter's samples (CSV) or Locust's statistics (CSV)."


def read(text: str) -> Measured:
    """What a test found. Raises Invalid with the place of what is wrong."""
    if len(text) > MOST_CHARACTERS:
        raise Invalid("The file is too long. Bring the summary, or the samples of the plateau only.")
    text = text.lstrip("\ufeff \r\n\t")
    if text.startswith("{"):
        return _k6(text)
    return _csv(text)


# --- k6 ---------------------------------------------------------------------------------------------------------


def _k6(text: str) -> Measured:
    try:
        summary = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise Invalid("This is not JSON: is the file whole?") from None
    metrics = _k6_metrics(summary)
    requests = metrics.get("http_reqs", {})
    rate = _number(requests, "rate", "http_reqs")
    duration = metrics.get("http_req_duration", {})
    failed = metrics.get("http_req_failed", {})
    share = failed.get("rate", failed.get("value", 0.0))
    users = metrics.get("vus", {}).get("max")
    return Measured(
        tool="k6",
        requests_per_s=rate,
        errors=float(share) if isinstance(share, int | float) else 0.0,
        duration_s=_number(requests, "count", "http_reqs") / rate if rate else 0.0,
        p95_ms=float(duration["p(95)"]) if isinstance(duration.get("p(95)"), int | float) else None,
        users=int(users) if isinstance(users, int | float) else None,
    )


def _k6_metrics(summary: Any) -> dict[str, Mapping[str, Any]]:
    """The values of each metric, whichever of the three shapes the summary has."""
    found = summary.get("metrics") if isinstance(summary, dict) else None
    if isinstance(found, dict):
        return {name: one.get("values", one) for name, one in found.items() if isinstance(one, dict)}
    results = summary.get("results") if isinstance(summary, dict) else None
    listed = results.get("metrics") if isinstance(results, dict) else None
    if not isinstance(listed, list):
        raise Invalid(_UNKNOWN)
    return {one["name"]: one.get("values", {}) for one in listed if isinstance(one, dict) and "name" in one}


def _number(values: Mapping[str, Any], name: str, place: str) -> float:
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Invalid(f"{place}.{name} is missing: is this a summary of k6?")
    return float(value)


# --- CSV --------------------------------------------------------------------------------------------------------


def _csv(text: str) -> Measured:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    names = set(rows.fieldnames or ())
    try:
        if {"timeStamp", "elapsed", "success"} <= names:
            return _jmeter(rows)
        if {"Timestamp", "User Count", "Requests/s", "Failures/s"} <= names:
            return _locust_history(rows)
        if {"Request Count", "Failure Count", "Requests/s"} <= names:
            return _locust(rows)
    except csv.Error as error:
        raise Invalid(f"Line {rows.line_num}: {error}.") from None
    raise Invalid(_UNKNOWN)


def _jmeter(rows: csv.DictReader[str]) -> Measured:
    """The best minute of the samples that held, or the whole test where it was shorter."""
    done: dict[int, list[int]] = {}  # second: samples, failures
    times: list[float] = []
    users = 0
    for row in rows:
        if row.get("URL", "") in {"", "null"} and "Number of samples in transaction" in (
            row.get("responseMessage") or ""
        ):
            continue  # a transaction sums up samples that have lines of their own
        at = _jmeter_second(row["timeStamp"], rows.line_num)
        elapsed = _cell(row["elapsed"], "elapsed", rows.line_num)
        counted = done.setdefault(int(at + elapsed / 1000), [0, 0])
        counted[0] += 1
        counted[1] += (row["success"] or "").strip().lower() != "true"
        times.append(elapsed)
        users = max(users, int(row["allThreads"]) if (row.get("allThreads") or "").isdigit() else 0)
    if not done:
        raise Invalid("There are no samples in this file.")
    rate, errors = _best_minute(done)
    times.sort()
    return Measured(
        tool="JMeter",
        requests_per_s=rate,
        errors=errors,
        duration_s=float(max(done) - min(done) + 1),
        p95_ms=times[min(len(times) - 1, int(0.95 * len(times)))],
        users=users or None,
    )


def _best_minute(done: Mapping[int, list[int]]) -> tuple[float, float]:
    """Rate and share of failures of the best minute that held; of the whole if none did."""
    begin, end = min(done), max(done) + 1
    length = min(MINUTE, end - begin)
    best = (0.0, 1.0)
    samples = failures = 0
    for second in range(begin, end):
        new, old = done.get(second, (0, 0)), done.get(second - length, (0, 0)) if second - length >= begin else (0, 0)
        samples, failures = samples + new[0] - old[0], failures + new[1] - old[1]
        if second - begin + 1 >= length and samples and failures <= MOST_ERRORS * samples:
            best = max(best, (samples / length, failures / samples))
    if best[0]:
        return best
    total = sum(one[0] for one in done.values())
    return total / (end - begin), sum(one[1] for one in done.values()) / total


def _jmeter_second(text: str | None, line: int) -> float:
    """Seconds since 1970 of milliseconds, or of a date as JMeter writes it."""
    plain = (text or "").strip()
    if plain.isdigit():
        return int(plain) / 1000
    for form in ("%Y/%m/%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S.%f", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC).timestamp()
        except ValueError:
            continue
    raise Invalid(f"Line {line}, timeStamp: “{plain[:40]}” is no time I can read.")


def _locust_history(rows: csv.DictReader[str]) -> Measured:
    """The best moment that held. Locust shows a window of ten seconds a line."""
    lines = [row for row in rows if row.get("Name") == "Aggregated" and row.get("Requests/s") not in {"N/A", "", None}]
    rated = [
        (_cell(row["Requests/s"], "Requests/s", at), _cell(row["Failures/s"], "Failures/s", at), row)
        for at, row in enumerate(lines, 2)
    ]
    held = [one for one in rated if one[0] and one[1] <= MOST_ERRORS * one[0]] or [one for one in rated if one[0]]
    if not held:
        raise Invalid("There are no requests in this file.")
    rate, failures, row = max(held, key=lambda one: one[0])
    stamps = [_cell(line["Timestamp"], "Timestamp", at) for at, line in enumerate(lines, 2)]
    return Measured(
        tool="Locust",
        requests_per_s=rate,
        errors=failures / rate,
        duration_s=max(stamps) - min(stamps),
        p95_ms=_cell(row["95%"], "95%", 2) if row.get("95%") not in {"N/A", "", None} else None,
        users=int(_cell(row["User Count"], "User Count", 2)),
    )


def _locust(rows: csv.DictReader[str]) -> Measured:
    row = next((row for row in rows if row.get("Name") == "Aggregated"), None)
    if row is None:
        raise Invalid("The line “Aggregated” is missing: is the file whole?")
    count, rate = (_cell(row[name], name, rows.line_num) for name in ("Request Count", "Requests/s"))
    if not count or not rate:
        raise Invalid("There are no requests in this file.")
    return Measured(
        tool="Locust",
        requests_per_s=rate,
        errors=_cell(row["Failure Count"], "Failure Count", rows.line_num) / count,
        duration_s=count / rate,
        p95_ms=_cell(row["95%"], "95%", rows.line_num) if row.get("95%") else None,
    )


def _cell(text: str | None, name: str, line: int) -> float:
    try:
        value = float((text or "").strip())
    except ValueError:
        value = float("nan")
    if not isfinite(value) or value < 0:
        raise Invalid(f"Line {line}, {name}: “{(text or '')[:40]}” is no number.")
    return value
