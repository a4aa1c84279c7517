"""What `doctor` finds: the parts that can be looked at say it of themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `doctor` looked at: what, whether it is well (None: only a remark), what it saw, what mends it."""

    what: str
    well: bool | None
    words: str
    mend: str = ""
