"""What goes with a message besides its words: a picture, or a file."""

from __future__ import annotations

from dataclasses import dataclass

from bot.charts import Chart


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart to be shown in a message. It is drawn when the message leaves; where that fails, its words stay.

    `handle`: where the platform keeps it once it was drawn; nobody but the sender sets it.
    """

    chart: Chart
    handle: str = ""

    @property
    def alt(self) -> str:
        """What it shows, in words."""
        return self.chart.alt


@dataclass(frozen=True, slots=True)
class Document:
    """A text file that comes with a message: its name with the ending, such as `sla-2026-11.csv`."""

    name: str
    text: str
