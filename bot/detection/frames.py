"""Where a message adopts a tool and where it leaves one: the frames of `data/new_tool.toml` over marked names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from bot.detection.lists import table
from bot.detection.literals import needed
from bot.detection.mentions import Kind, Marked, Mention, signs

_SIGNS: Mapping[str, str] = {  # signs have no capitals: told so, a pattern is compiled in half the time
    "S": f"(?-i:[{signs(Kind.KNOWN, Kind.UNKNOWN)}])",
    "N": f"(?-i:[{signs(Kind.KNOWN, Kind.UNKNOWN, Kind.WORD)}])",
    "Q": f"(?-i:[{signs(*Kind)}])",
}
_JOIN = (
    r"(?:\s*(?:,|/|\+|&|\bor\b|\band\b|\bvs\.?|\bversus\b|\boder\b|\bund\b|\bou\b|\bet\b|\by\b|\be\b|\bo\b)\s*){1,2}"
    r"(?:(?:the|also|maybe|perhaps)\s)?"
)
_ARTICLE = (
    r"(?:[\"“„'‘(«*]{1,2}|(?:the|a|an|my|our|us|some|this|that|new|free|paid|tool|app|company|vendor|startup|provider|service"
    r"|called|named|platform|access to|out|up|w|with|das|ein|eine|den|die|le|la|un|une|el|una|o|um|uma)\s|/){0,3}\s?"
)
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no longer|without|won.?t|wouldn.?t|don.?t|doesn.?t|didn.?t|cannot|nobody|stop|nicht"
    r"|nie|pas|não|nunca|no vamos)\b|n[’']t\b)(?: \w+){0,3} ?$"
)
_ASKS_WHY_NOT = re.compile(
    r"\b(?:why (?:not|don.?t)|(?:can|could|should).?n.?t we|not sure|reason not|or may not)\b[^.!?]{0,30}$",
    re.IGNORECASE,
)
_SLOT = re.compile(r"\{([+-]?)([SNQ])\}")


@dataclass(frozen=True)
class Frame:
    """One way of speaking of a tool: the points it gives, the reason to tell, the pattern over marked text.

    One of `needs` stands in every text, in lower case, that the pattern fits; without any it may fit each.
    """

    why: str
    weight: float
    source: str
    needs: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first needs it."""
        return re.compile(self.source, re.IGNORECASE)

    def may_fit(self, low: str) -> bool:
        """Whether a text in lower case has what every text has that the pattern fits."""
        return not self.needs or any(part in low for part in self.needs)


@dataclass(frozen=True)
class Roles:
    """The names a message adopts and those it leaves, and the frames that said so."""

    adopted: tuple[Mention, ...]
    left: tuple[Mention, ...]
    frames: tuple[Frame, ...]


def roles(marked: Marked) -> Roles:
    """Who is adopted and who is left; a negated frame adopts nobody."""
    adopted: list[Mention] = []
    left: list[Mention] = []
    fired: list[Frame] = []
    if marked.mentions:
        low = marked.text.lower()
        for frame in (frame for frame in all_frames() if frame.may_fit(low)):
            for match in frame.pattern.finditer(marked.text):
                if negated(marked.text, match.start()):
                    left += marked.named(match.group())
                    continue
                adopted += _slots(marked, match, "a")
                left += _slots(marked, match, "l")
                fired.append(frame)
    return Roles(tuple(dict.fromkeys(adopted)), tuple(dict.fromkeys(left)), tuple(dict.fromkeys(fired)))


def chosen(found: Roles) -> list[Mention]:
    """The adopted names that are not also left behind, one per topic, in the order of the text."""
    left = {mention.key for mention in found.left}
    kept = {m.key: m for m in sorted(found.adopted, key=lambda m: -m.start) if m.key not in left}
    return sorted(kept.values(), key=lambda mention: mention.start)


def likely(marked: Marked, found: Roles) -> list[Mention]:
    """The names of a message that adopts something: the chosen ones, else the sure ones not left, else a sole one."""
    sure = [m for m in marked.mentions if m.kind <= Kind.UNKNOWN or (m.kind is Kind.WORD and m.listed)]
    names = chosen(found) or chosen(Roles(tuple(sure), found.left, ()))
    if names:
        return names
    sole = chosen(Roles(tuple(sure or marked.mentions), (), ()))
    return sole if len(sole) == 1 else []


def expand(pattern: str) -> str:
    """A pattern of the tables as a regular expression: slots become named groups a0, a1, … and l0, l1, …."""
    counts = {"a": 0, "l": 0}

    def slot(match: re.Match[str]) -> str:
        role, kind = match.groups()
        if not role:
            return _SIGNS[kind]
        group = "a" if role == "+" else "l"
        counts[group] += 1
        join = _JOIN if role == "+" else r"\s*(?:/|&|\band\b|\bund\b)\s*"
        more = _SIGNS["N" if kind == "S" else kind]  # beside a sure name, a name that is also a word is sure enough
        return f"(?P<{group}{counts[group]}>{_SIGNS[kind]}(?:{join}{more}){{0,5}})"

    return _SLOT.sub(slot, pattern.replace("{d}", _ARTICLE))


@lru_cache(maxsize=1)
def all_frames() -> tuple[Frame, ...]:
    """The frames of the table, in its order."""
    return tuple(_compiled(table("new_tool")["frames"]))


def _compiled(groups: Iterable[Mapping[str, Any]]) -> Iterable[Frame]:
    for group in groups:
        for pattern in group["patterns"]:
            yield Frame(group["why"], group["weight"], expand(pattern), needed(pattern))


def _slots(marked: Marked, match: re.Match[str], role: str) -> list[Mention]:
    pieces = [text for group, text in match.groupdict().items() if group.startswith(role) and text]
    return [mention for piece in pieces for mention in marked.named(piece)]


def negated(text: str, start: int) -> bool:
    """Whether a no stands just before the frame, in its own sentence, and is not a "why not"."""
    before = text[max(0, start - 40) : start]
    return bool(_NEGATED.search(before)) and not _ASKS_WHY_NOT.search(before)
