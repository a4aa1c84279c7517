"""Questions that are answered by looking one thing up, not by search: what is asked, and about what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.capacity import Capacity
from bot.domain.catalogue import ToolStatus
from bot.domain.planned import Planned, PlannedKind

SUBJECT_MOST = 60  # characters; a longer one is a sentence


class About(StrEnum):
    """What is looked up."""

    LIAISON = "liaison"
    TOOL = "tool"
    USE = "use"
    FREEZE = "freeze"
    SITE = "site"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class LookUp:
    """What is asked: `subject` is the tool, site or skill as typed; `with_data`: whether data about people is meant."""

    about: About
    subject: str = ""
    with_data: bool = False


# Whole questions only: one that says more asks for more, and is answered from what is written.
_PATTERNS = (
    (
        About.LIAISON,
        r"who(?: is|'s|’s) (?:our|my|the) (?:it )?(?:liaison|contact (?:at|in) it)|"
        r"wer ist (?:unser|unsere|mein|meine|der|die) (?:it[- ])?"
        r"(?:liaison|ansprechpartner(?:in)?)(?: (?:bei|in) der it)?|"
        r"qui est (?:notre|mon) (?:liaison|contact)(?: informatique| it)?|"
        r"qui[eé]n es (?:nuestro|mi) (?:enlace|contacto)(?: de (?:it|ti|inform[aá]tica))?|"
        r"quem [eé] (?:o )?(?:nosso|meu) (?:contato|contacto|liaison)(?: de ti| na ti)?",
    ),
    (
        About.FREEZE,
        r"when(?: is|'s|’s| does| will)? ?(?:the |our )?(?:next )?(?:change |code )?freeze(?: start| begin| be)?|"
        r"wann (?:ist|beginnt|kommt|startet) (?:der |unser )?(?:n[aä]chste )?(?:change[- ]?|code[- ]?)?freeze|"
        r"quand (?:est|commence) le (?:prochain )?(?:gel|freeze)|"
        r"cu[aá]ndo (?:es|empieza) (?:el )?(?:pr[oó]ximo )?(?:freeze|congelamiento)|"
        r"quando (?:[eé]|come[cç]a) o (?:pr[oó]ximo )?(?:freeze|congelamento)",
    ),
    (
        About.USE,
        r"(?:may|can|are|am) (?:we|i)(?: allowed to)? use (?P<use>.+?)(?: (?:with|for|on) (?P<data>.+?))?|"
        r"(?:darf|d[uü]rfen|kann|k[oö]nnen) (?:ich|wir) (?P<use_de>.+?)"
        r"(?: (?:mit|f[uü]r) (?P<data_de>.+?))? (?:be)?nutzen",
    ),
    (
        About.TOOL,
        r"what(?: is|'s|’s) the status of (?P<tool>.+?)|is (?P<tool_2>.+?) (?:approved|allowed)|"
        r"was ist der status von (?P<tool_de>.+?)|ist (?P<tool_de2>.+?) (?:freigegeben|erlaubt)",
    ),
    (
        About.WHO,
        r"who (?:can|should|do|may|could) (?:i|we) (?:ask|talk to|turn to) (?:about|for) (?P<who>.+?)|"
        r"who (?:looks after|speaks|is responsible for|takes care of|knows about) (?P<who_2>.+?)|"
        r"who is (?:the )?(?:marketing )?delegate (?:for|of) (?P<who_3>.+?)|"
        r"wer (?:k[uü]mmert sich um|spricht|ist zust[aä]ndig f[uü]r|ist verantwortlich f[uü]r) (?P<who_de>.+?)|"
        r"wen (?:kann|soll|frage) ich (?:zu |nach |f[uü]r |wegen )?(?P<who_de2>.+?)(?: fragen)?",
    ),
    (
        About.SITE,
        r"(?:what|how much|how many visitors)(?: load| traffic)? (?:can|does) (?P<site>.+?) (?:take|handle|stand)|"
        r"(?:was|wie ?viel|wie viele besucher) (?:h[aä]lt|vertr[aä]gt|schafft) (?P<site_de>.+?)(?: aus)?",
    ),
)
_RULES = tuple((about, re.compile(rf"(?:{pattern})\s*[?!.]*", re.IGNORECASE)) for about, pattern in _PATTERNS)
_PEOPLE = re.compile(
    r"personal|customer|client|people|names|address|e-?mail|\bdata\b|kunden|person|daten|namen", re.IGNORECASE
)
_OURS = re.compile(r"(?:our|the|my|unser|unsere|die|der|das)\s+(?:web)?(?:site|shop|store|page|seite)", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:our|the|unser|unsere|die|der|das)\s+", re.IGNORECASE)


def look_up_of(question: str) -> LookUp | None:
    """What a question asks to be looked up; None if it is no such question."""
    text = " ".join(question.split())
    for about, pattern in _RULES:
        if found := pattern.fullmatch(text):
            given = {name.partition("_")[0]: value for name, value in found.groupdict().items() if value}
            subject = next((given[name] for name in ("use", "tool", "site", "who") if name in given), "")
            if len(subject) <= SUBJECT_MOST:
                return LookUp(about, _subject(about, subject), bool(_PEOPLE.search(given.get("data", ""))))
    return None


def next_freezes(planned: list[Planned]) -> list[Planned]:
    """The freezes among some entries, in their order."""
    return [one for one in planned if one.kind is PlannedKind.FREEZE]


def may_use(status: ToolStatus, *, with_data: bool) -> bool | None:
    """Whether a tool may be used: yes, no, or None where the catalogue alone can't tell.

    An approval says nothing of data about people unless its note does, so with such data a yes is never given here.
    """
    if status in {ToolStatus.REJECTED, ToolStatus.RETIRED}:
        return False
    if status is ToolStatus.APPROVED and not with_data:
        return True
    return None


def newest(records: list[Capacity], site: str) -> Capacity | None:
    """The last measurement of a site."""
    return next((one for one in reversed(records) if one.site == site), None)


def _subject(about: About, words: str) -> str:
    """Empty for “the shop”, which is the only site there is."""
    if about is About.SITE and _OURS.fullmatch(words):
        return ""
    return _ARTICLE.sub("", words).strip(" “”\"'")
