"""Tool names in a message: known ones, misspelt ones, and ones never seen before.

Every word that could be a name becomes one private character, so that the frames of `data/new_tool.toml`
can say where a name is adopted ("signed up for NAME") and where it is left behind ("instead of NAME")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.detection import language, sites
from bot.detection.lists import common_words, nearest_topic, not_names, openers, tools_by_topic, words
from bot.detection.mentions import Kind, Marked, Mention, replaced, unmarked
from bot.detection.spelling import humped, noise, ordinary, slip
from bot.domain.catalogue import topic

_TOKEN = re.compile(r"https?://[^\s<>|\"”)]{1,300}|[^\W_](?:[\w&+]|[.-](?=\w{1,40}[.]\w)|[.](?=\w)){0,60}")
_TAILS = frozenset("ads brand business content customer growth marketing product sales shop social".split())
_PLATFORMS = frozenset(
    "amazon apple facebook google instagram linkedin meta microsoft pinterest tiktok whatsapp youtube".split()
)
_STARTS = re.compile(r"(?:^|[.!?\n•;](?:\s|[\"'(*])*|\n\s*[-–*]\s*)$")
_SUFFIX = re.compile(
    r" (?:for (?:Teams|Business|Work|Nonprofits)|Pro(?! (?:subscription|plan|account|seat|licen))|AI|Studio|Cloud)\b"
)
_PIXEL = re.compile(  # what an advertising platform has one put on a site: it, not the platform, is new
    r"(?:meta|facebook|tiktok|snap(?:chat)?|reddit|pinterest|linkedin|quora|bing|google|microsoft|spotify|twitter)"
    r"(?:[ -]|.s )"
    r"(?:(?:insight|events|conversions?|base|ads|remarketing|UET|CAPI) )?(?:pixel|tag|CAPI|api|gateway)\b"
    r"|(?:p[ií]xel|balise|tag) (?:d[eou] |da )?(?:meta|facebook|tiktok|snap(?:chat)?|reddit|pinterest|linkedin)\b",
    re.IGNORECASE,
)
_PIXELS = ("pixel", "píxel", "tag", "api", "gateway", "balise")  # one of them is in all of these
_LONGEST_NAME = 4  # words
_GERMAN_NOUN = re.compile(
    r"(?:ung|ungen|heit|keit|schaft|tion|tionen|tool|tools|seite|plattform|kampagne|mail|mailing|software|system|"
    r"kosten|konto|zugang|vertrag|zeit|tag|woche|monat|verkauf|spot|aktion|angebot|kunden|liste|en|er)$"
)
_OF_PLATFORM = re.compile(r" (?!(?:Ads?|Store|Maps|Docs|Drive|Sheets?)\b)[A-Z][a-z]+\b(?![:’'])")
_INSIDE = re.compile(r"[^\w\s.&'’+-]|\n")
_PARTS = re.compile(r"[\s.&+'’-]+")
_HUMP = re.compile(r"[a-z][A-Z]")
_VOWEL = re.compile(r"[aeiouy]")


@dataclass(frozen=True)
class _Text:
    """A text, its tokens and its language."""

    text: str
    tokens: tuple[re.Match[str], ...]
    tongue: str

    @cached_property
    def has_pixels(self) -> bool:
        """Whether the text speaks of a pixel or the like at all."""
        low = self.text.lower()
        return any(word in low for word in _PIXELS)

    def span(self, at: int, count: int) -> tuple[int, int]:
        """Where `count` tokens from token `at` on start and end."""
        return self.tokens[at].start(), self.tokens[at + count - 1].end()

    def opens_sentence(self, at: int) -> bool:
        """Whether a token stands where a capital means nothing."""
        start = self.tokens[at].start()
        return bool(_STARTS.search(self.text[max(0, start - 6) : start]))


@lru_cache(maxsize=8)  # of one message the models and the rules ask, one after the other
def mark(text: str) -> Marked:
    """The text with its possible names marked."""
    plain = unmarked(text)
    tokens = tuple(_TOKEN.finditer(plain))
    return replaced(plain, _mentions(_Text(plain, tokens, language.guess(plain))))


def _mentions(text: _Text) -> Iterator[Mention]:
    at = 0
    while at < len(text.tokens):
        mention = sites.mention(text.tokens[at]) or _pixel(text, at) or _known(text, at) or _unseen(text, at)
        at += 1
        if mention is not None:
            yield mention
            while at < len(text.tokens) and text.tokens[at].start() < mention.end:
                at += 1


def _pixel(text: _Text, at: int) -> Mention | None:
    """A pixel or tag of an advertising platform that starts at a token."""
    found = _PIXEL.match(text.text, text.tokens[at].start()) if text.has_pixels else None
    return found and Mention(found.start(), found.end(), found.group(), Kind.KNOWN, topic(found.group()))


def _known(text: _Text, at: int) -> Mention | None:
    """A tool of the list that starts at a token, the longest first."""
    for count in range(_most_words(text, at), 0, -1):
        start, end = text.span(at, count)
        name = text.text[start:end]
        known = None if count > 1 and _INSIDE.search(name) else tools_by_topic().get(topic(name))
        kind = _known_kind(text, at, name, known.ordinary) if known else None
        if kind is None:
            continue
        longer = _SUFFIX.match(text.text, end) if kind is Kind.KNOWN else None
        end = longer.end() if longer else end
        return Mention(start, end, text.text[start:end], kind, topic(name))
    return None


def _most_words(text: _Text, at: int) -> int:
    """How many words a name of the list may have here: several after a known first word, or two capitals."""
    room = min(_LONGEST_NAME, len(text.tokens) - at)
    if room > 1 and topic(text.tokens[at].group()) not in openers():
        capitals = all(token.group()[0].isupper() for token in text.tokens[at : at + 2])
        return 2 if capitals else 1
    return room


def _known_kind(text: _Text, at: int, name: str, is_word: bool) -> Kind | None:
    """How sure a name of the list is meant here; None if it is more likely the word."""
    low, key = name.casefold(), topic(name)
    if low in not_names() or low.startswith("the ") or key.isdigit():
        return None
    plain_words = all(part in words() for part in _PARTS.split(low) if part)
    if name.islower():
        return _small_known_kind(text, low, key, plain_words or is_word)
    if is_word or (plain_words and " " not in name):
        return Kind.ORDINARY if text.opens_sentence(at) and not humped(name) else Kind.WORD
    return Kind.KNOWN


def _small_known_kind(text: _Text, low: str, key: str, is_word: bool) -> Kind | None:
    if is_word:
        everyday = all(part in common_words() for part in low.split())
        return Kind.ORDINARY if len(key) > 2 and not everyday else None
    return Kind.KNOWN if len(key) > (2 if text.tongue == "en" else 4) else None


def _unseen(text: _Text, at: int) -> Mention | None:
    """A name nobody has listed: a run of capitals, or one lower-case word that no dictionary knows."""
    token = text.tokens[at]
    if not token.group()[0].isupper():
        return _lower(text, token)
    if not _could_start(text, at):
        return None
    count = 1
    while count < _LONGEST_NAME and at + count < len(text.tokens) and _goes_on(text, at + count):
        count += 1
    start, end = text.span(at, count)
    longer = _SUFFIX.match(text.text, end)
    end = longer.end() if longer else end
    name = text.text[start:end]
    meant = nearest_topic(topic(name)) if count == 1 and len(name) > 5 and not ordinary(name.casefold()) else None
    kind = Kind.KNOWN if meant else _unseen_kind(name, text.tongue)
    return Mention(start, end, name, kind, meant or topic(name))


def _lower(text: _Text, token: re.Match[str]) -> Mention | None:
    """A small word that may be a name: no word of a dictionary, nor one with a slip, in a text in English."""
    name, low, key = token.group(), token.group().casefold(), topic(token.group())
    if not name[0].isalpha() or noise(low):
        return None
    if _HUMP.search(name):
        return Mention(token.start(), token.end(), name, Kind.UNKNOWN, key)
    if len(name) < 4 or text.tongue != "en" or not name.isascii() or not _VOWEL.search(low) or ordinary(low):
        return None
    if len(low) > 5 and slip(low):
        return None
    meant = nearest_topic(key) if len(key) > 5 else None
    return Mention(token.start(), token.end(), name, Kind.KNOWN if meant else Kind.LOWER, meant or key)


def _could_start(text: _Text, at: int) -> bool:
    """Whether a word with a capital may be, or begin, a name."""
    token = text.tokens[at]
    name, low = token.group(), token.group().casefold()
    if low in _PLATFORMS:
        return bool(_OF_PLATFORM.match(text.text, token.end()))
    if low in not_names() or len(name) < 2:
        return False
    if low not in words() and not ordinary(low):
        return not (name.isupper() and len(name) < 4)
    return not text.opens_sentence(at) and not name.isupper() and text.tongue != "de"


def _goes_on(text: _Text, at: int) -> bool:
    """Whether a token belongs to the same name as the one before: one space between, a capital, no stop word."""
    before, name = text.tokens[at - 1], text.tokens[at].group()
    low = name.casefold()
    if text.tongue == "de" or not name[0].isupper() or text.text[before.end() : text.tokens[at].start()] != " ":
        return False
    if len(name) > 1 and name.isupper() and not before.group().isupper() and (low in words() or low in not_names()):
        return name == "AI"
    known = tools_by_topic().get(topic(name))
    return (low in _TAILS or low not in not_names()) and (known is None or known.ordinary)


def _unseen_kind(name: str, tongue: str) -> Kind:
    if all(part in words() for part in name.casefold().split()):
        return Kind.WORD
    compound = tongue == "de" and not humped(name) and (_GERMAN_NOUN.search(name) or len(name) > 14)
    return Kind.WORD if compound else Kind.UNKNOWN
