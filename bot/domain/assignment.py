"""Who gets a new ticket: whoever looks after such things, else the channel's own liaison, else the least busy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_WORD = re.compile(r"[^\W_]+")
_LONG_ENOUGH = 4  # shorter words are not taken for plurals: CMS stays what it is


class Rule(StrEnum):
    """Why somebody gets a ticket, the strongest reason first."""

    CATEGORY = "category"
    KIND = "kind"
    CHANNEL = "channel"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Need:
    """What a ticket is about: the title of its kind, and the words of its category, title and facts (see words_of)."""

    kind: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be given a ticket: what they look after, and how many open tickets they have."""

    person: str
    skills: tuple[str, ...] = ()
    load: int = 0


@dataclass(frozen=True, slots=True)
class Pick:
    """Who gets it and why: the rule, the skill it went by, and who is away and would have had it."""

    person: str
    rule: Rule
    skill: str = ""
    instead_of: str = ""
    is_delegate: bool = False


def pick(need: Need, candidates: Sequence[Candidate], own: str, away: Mapping[str, str]) -> Pick | None:
    """The one to give it to; None without candidates.

    By category, then kind; without either the channel's `own` liaison; then the least load; then `own`, then the id.
    `away`: who is away, with their delegate or an empty string. For somebody away their delegate steps in, or
    else whoever comes next. If all are away, the first choice gets it all the same.
    """
    first = _best(need, candidates, own)
    if first is None or first.person not in away:
        return first
    delegate = away[first.person]
    if delegate and delegate not in away:
        return replace(first, person=delegate, instead_of=first.person, is_delegate=True)
    there = [one for one in candidates if one.person not in away]
    following = _best(need, there, own)
    return first if following is None else replace(following, instead_of=first.person)


def words_of(*texts: str) -> frozenset[str]:
    """The words of some texts, as skills are compared by: lower case, without hyphen, plural as singular."""
    found = (word for text in texts for word in _WORD.findall(_HYPHEN.sub("", text.casefold())))
    return frozenset(_singular(word) for word in found)


def tidy_skills(words: str) -> tuple[str, ...]:
    """What somebody typed, comma by comma: `new tool, E-mail` are two skills; nothing twice."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", words))
    return tuple(dict.fromkeys(part[:60] for part in parts if words_of(part)))


def _best(need: Need, candidates: Iterable[Candidate], own: str) -> Pick | None:
    fits = [(one, *_fit(need, one, own)) for one in candidates]
    if not fits:
        return None
    one, rule, skill = min(fits, key=lambda fit: _rank(fit[0], fit[1], own))
    return Pick(one.person, rule, skill)


def _rank(one: Candidate, rule: Rule, own: str) -> tuple[int, int, bool, str]:
    """What comes first is better: how well they fit, how little they have, whether the channel is theirs, their id."""
    return list(Rule).index(rule), one.load, one.person != own, one.person


def _fit(need: Need, one: Candidate, own: str) -> tuple[Rule, str]:
    by_kind = ""
    for skill in one.skills:
        words = words_of(skill)
        if _run_together(skill) == _run_together(need.kind):
            by_kind = by_kind or skill
        elif words and words <= need.words:
            return Rule.CATEGORY, skill
    if by_kind:
        return Rule.KIND, by_kind
    return (Rule.CHANNEL if one.person == own else Rule.LOAD), ""


def _run_together(words: str) -> str:
    """`New tools`, `new-tool` and `new_tool` alike."""
    return _singular("".join(_WORD.findall(words.casefold())))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _LONG_ENOUGH and word.endswith("s") and not word.endswith("ss") else word
