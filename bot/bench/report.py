"""What a bench has to say: a short table for people, or one JSON object, with the machine it was taken on."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.now import utc_now

CPU_INFO = Path("/proc/cpuinfo")
MEMORY_INFO = Path("/proc/meminfo")


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a bench. A figure's name ends with its unit; `failure` says why it must not pass, if so."""

    bench: str
    figures: Mapping[str, float]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: str = ""
    failure: str = ""


def machine() -> dict[str, str | int]:
    """The machine this runs on: CPU model, cores, memory in MB, Python, operating system, and today's date."""
    return {
        "cpu": _line_of(CPU_INFO, "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 1,
        "memory_mb": int((_line_of(MEMORY_INFO, "MemTotal") or "0 kB").split()[0]) // 1024,
        "python": platform.python_version(),
        "os": platform.platform(terse=True),
        "date": f"{utc_now():%Y-%m-%d}",
    }


def as_object(report: Report) -> str:
    """The report as one JSON object on one line."""
    return json.dumps({"bench": report.bench, "machine": machine(), "figures": dict(report.figures)})


def show(report: Report, console: Console) -> None:
    """Print the report as a table, under the machine."""
    here = machine()
    console.print(
        f"[bold]{report.bench}[/] on {here['cpu']}, {here['cores']} cores, {here['memory_mb']} MB, "
        f"Python {here['python']}, {here['os']}, {here['date']}"
    )
    table = Table(*report.columns)
    for row in report.rows:
        table.add_row(*row)
    console.print(table)
    if report.notes:
        console.print(report.notes)


def _line_of(file: Path, name: str) -> str:
    """The value beside a name in a file of `name : value` lines, as Linux keeps them; empty without one."""
    if not file.is_file():
        return ""
    lines = (line.partition(":") for line in file.read_text(encoding="utf-8").splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), "")
