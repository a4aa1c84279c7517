"""The errors of IT Liaison. Each carries words that can be shown to the person it concerns."""

from __future__ import annotations


class LiaisonError(Exception):
    """Anything that went wrong in a way we can explain. `words` may be shown to a person."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Invalid(LiaisonError):
    """What somebody entered cannot be used. `field` names the form field it belongs to, if any."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class NotFound(LiaisonError):
    """There is no such thing in this workspace."""


class NotAllowed(LiaisonError):
    """The person may not do this; the words say who may."""


class Conflict(LiaisonError):
    """The thing has changed since the person saw it; the words say how it stands now."""


class LeaseLost(LiaisonError):
    """Another worker has taken over this row; whatever was done for it here must be undone."""


class Passing(LiaisonError):
    """It failed, nothing happened, and it is worth trying again after `retry_after` seconds."""

    def __init__(self, words: str, retry_after: float = 0.0) -> None:
        super().__init__(words)
        self.retry_after = retry_after


class Ambiguous(Passing):
    """It may or may not have happened (a lost answer): look before it is repeated."""


class StoreUnavailable(Passing):
    """The database cannot be reached or written; nothing was stored."""


class Permanent(LiaisonError):
    """It will not work until somebody mends the cause. `code` groups equal causes, `mend` says what to do."""

    def __init__(self, words: str, code: str, mend: str = "") -> None:
        super().__init__(words)
        self.code = code
        self.mend = mend
