"""Names as they stand beside a picture."""

from __future__ import annotations


def cut(name: str, most: int) -> str:
    """A name of at most so many characters, the last of which says that there was more."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
