"""Tool names in a message: known ones, misspelt ones, and ones never seen before.

Every word that could be a name becomes one private character, so that the frames of `data/new_tool.toml`
can say where a name is adopted ("signed up for NAME") and where it is left behind ("instead of NAME")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.detection import language
from bot.detection.lists import common_words, nearest_topic, not_names, tools_by_topic, words
from bot.domain.catalogue import domain, topic

_BASE, _ROOM = 0xE000, 0x100  # the private use area, divided by kind
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TOKEN = re.compile(r"https?://[^\s<>|\"”)]{1,300}|[^\W_](?:[\w&+]|[.-](?=\w+[.]\w)|[.](?=\w))*")
_SITE = re.compile(
    r"^(?:https?://)?(?:\*\.)?(?:[\w-]+\.)+(?:com|io|ai|co|net|org|app|dev|de|fr|es|pt|uk|eu|me|so|to|tv|xyz|cloud|tech|us|in|"
    r"br|mx|ch|at|nl|it|design|tools|software|studio|link|chat|ly|gg|sh|page|site|online|so|fm|is)(?:[/?:#].*)?$",
    re.IGNORECASE,
)
_WORD_ENDINGS = re.compile(r"\.(?:so|in|is|it|me|us|to|at|de|es|fr|be|page|site|online|design|link|chat|shop|store)$", re.IGNORECASE)
_TAILS = frozenset(["social", "content", "brand", "growth", "marketing", "business", "sales", "shop", "ads", "business", "customer", "product"])
_PLATFORMS = frozenset(["tiktok", "google", "meta", "amazon", "apple", "microsoft", "linkedin", "facebook", "instagram", "youtube", "whatsapp", "pinterest"])
_PARTS_OF_HOST = frozenset(["www", "app", "try", "get", "go", "start", "my", "login", "signup", "join", "docs", "help", "blog", "status", "api", "de", "en", "com", "co"])
_HOSTS_OF_CONTENT = frozenset(
    ["google", "youtube", "youtu", "ourbrand", "example", "github", "gitlab", "wikipedia", "medium", "twitter", "facebook", "instagram", "linkedin", "reddit", "imgur", "bit", "goo", "freecodecamp", "stackoverflow", "meetup", "launchpad", "ubuntu", "atlassian", "sharepoint"]
)
_PAGES_OF_CONTENT = re.compile(r"/(?:share|watch|s|file|d|doc|docs|spreadsheets|status|pull|issues|wiki|join)/", re.IGNORECASE)
_STARTS = re.compile(r"(?:^|[.!?\n•;](?:\s|[\"'(*])*|\n\s*[-–*]\s*)$")
_SUFFIX = re.compile(r" (?:for (?:Teams|Business|Work|Nonprofits)|Pro(?! (?:subscription|plan|account|seat|licen))|AI|Studio|Cloud)\b")
_LONGEST_NAME = 4  # words
_BEGINNINGS = ("re", "un", "pre", "non", "mis", "over", "multi", "auto", "sub", "co", "inter")
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly", "able", "ish", "less", "ness", "ful", "ment", "ization", "isation")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]{2,}|[A-Za-z]\d|\d[A-Za-z]{2,}")
_GERMAN_NOUN = re.compile(
    r"(?:ung|ungen|heit|keit|schaft|tion|tionen|tool|tools|seite|plattform|kampagne|mail|mailing|software|system|kosten|"
    r"konto|zugang|vertrag|zeit|tag|woche|monat|verkauf|spot|aktion|angebot|kunden|liste|en|er)$"
)


class Kind(IntEnum):
    """How sure a word is a tool's name, surest first."""

    KNOWN = 0
    UNKNOWN = 1  # a capital and no dictionary word
    WORD = 2  # a capital and a dictionary word
    LOWER = 3  # no capital, no dictionary word
    ORDINARY = 4  # an ordinary word, no capital, that is also a tool


@dataclass(frozen=True)
class Mention:
    """A possible name: its place in the plain text, the name as written there, its kind and topic."""

    start: int
    end: int
    name: str
    kind: Kind
    key: str

    @property
    def listed(self) -> bool:
        """Whether the shipped list knows the name."""
        return self.key in tools_by_topic()


@dataclass(frozen=True)
class Marked:
    """A text in which each mention is one private character, and the mentions in order."""

    text: str
    mentions: tuple[Mention, ...]

    def named(self, piece: str) -> list[Mention]:
        """The mentions that stand in a piece of the marked text."""
        by_kind: dict[Kind, list[Mention]] = {}
        for mention in self.mentions:
            by_kind.setdefault(mention.kind, []).append(mention)
        found = []
        for char in _PRIVATE.findall(piece):
            kind, index = divmod(ord(char) - _BASE, _ROOM)
            found.append(by_kind[Kind(kind)][index])
        return found


def signs(*kinds: Kind) -> str:
    """The inside of a character class that matches mentions of these kinds."""
    return "".join(f"{chr(_BASE + _ROOM * kind)}-{chr(_BASE + _ROOM * (kind + 1) - 1)}" for kind in kinds)


def mark(text: str) -> Marked:
    """The text with its possible names marked; at most 256 of a kind."""
    plain = _PRIVATE.sub(" ", text)
    pieces: list[str] = []
    kept: list[Mention] = []
    counts = dict.fromkeys(Kind, 0)
    position = 0
    for mention in _mentions(plain):
        if counts[mention.kind] >= _ROOM:
            continue
        pieces += [plain[position : mention.start], chr(_BASE + _ROOM * mention.kind + counts[mention.kind])]
        counts[mention.kind] += 1
        kept.append(mention)
        position = mention.end
    return Marked("".join(pieces) + plain[position:], tuple(kept))


def _mentions(text: str) -> Iterator[Mention]:
    tongue = language.guess(text)
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        mention, used = _site(tokens[at]), 1
        if mention is None:
            mention, used = _known(text, tokens, at, tongue)
        if mention is None:
            mention, used = _unseen(text, tokens, at, tongue)
        if mention is not None:
            yield mention
        at += used


def _site(token: re.Match[str]) -> Mention | None:
    """A web address: of a bare one the whole host is the name, of a full one the name in it."""
    address = token.group()
    if "." not in address or not _SITE.match(address):
        return None
    host = domain(address)
    parts = [part for part in host.split(".")[:-1] if part not in _PARTS_OF_HOST] or host.split(".")[:1]
    own = parts[-1]
    if own in _HOSTS_OF_CONTENT or _PAGES_OF_CONTENT.search(address + "/"):
        return None
    key = topic(host) if topic(host) in tools_by_topic() else topic(own)
    if "://" not in address:
        return _bare_site(token, own, key)
    known = tools_by_topic().get(key)
    whole = own in words() or len(own) <= 3 or (known is not None and "." in known.tool.name)
    name = host if whole else own
    return Mention(token.start(), token.end(), _slice(address, name), _site_kind(key), key)


def _bare_site(token: re.Match[str], own: str, key: str) -> Mention | None:
    address = token.group()
    if own in words() and key not in tools_by_topic():
        if _WORD_ENDINGS.search(address):
            return None  # "done.so we", a full stop without its space
        return Mention(token.start(), token.end(), address, Kind.WORD, key)
    return Mention(token.start(), token.end(), address, _site_kind(key), key)


def _site_kind(key: str) -> Kind:
    return Kind.KNOWN if key in tools_by_topic() else Kind.UNKNOWN


def _slice(address: str, name: str) -> str:
    at = address.casefold().find(name)
    return address[at : at + len(name)] if at >= 0 else name


def _known(text: str, tokens: list[re.Match[str]], at: int, tongue: str) -> tuple[Mention | None, int]:
    """A tool of the list that starts at a token, the longest first, and how many tokens it takes."""
    for count in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
        start, end = tokens[at].start(), tokens[at + count - 1].end()
        if count > 1 and re.search(r"[^\w\s.&'’+-]|\n", text[start:end]):
            continue
        name = text[start:end]
        key = topic(name)
        known = tools_by_topic().get(key)
        if known is None or (kind := _known_kind(name, key, known.ordinary, _initial(text, start), tongue)) is None:
            continue
        longer = _SUFFIX.match(text, end)
        end = longer.end() if longer and kind is Kind.KNOWN else end
        more = sum(1 for token in tokens[at + count : at + count + 3] if token.start() < end)
        return Mention(start, end, text[start:end], kind, key), count + more
    return None, 1


def _known_kind(name: str, key: str, ordinary: bool, initial: bool, tongue: str) -> Kind | None:
    """How sure a name of the list is meant here; None if it is more likely the word."""
    low = name.casefold()
    plain_words = all(part in words() for part in re.split(r"[\s.&+'’-]+", low) if part)
    if low in not_names() or low.startswith("the ") or (len(key) < 3 and name.islower()) or key.isdigit():
        return None
    if name.islower() and (plain_words or ordinary):
        everyday = all(part in common_words() for part in low.split())
        return Kind.ORDINARY if len(key) > 2 and not everyday else None
    if name.islower() and tongue != "en" and len(key) < 5:
        return None
    if ordinary or (plain_words and " " not in name):
        return Kind.ORDINARY if initial and not _CAMEL.search(name) else Kind.WORD
    return Kind.KNOWN


def _unseen(text: str, tokens: list[re.Match[str]], at: int, tongue: str) -> tuple[Mention | None, int]:
    """A name nobody has listed: a run of capitals, or one lower-case word that no dictionary knows."""
    token = tokens[at]
    name = text[token.start() : token.end()]
    if name[:1].islower() or not name[:1].isalpha():
        return _lower(token, name, tongue), 1
    if not _could_start(text, token, name, tongue):
        return None, 1
    count = 1
    while count < _LONGEST_NAME and at + count < len(tokens) and _goes_on(text, tokens[at + count - 1], tokens[at + count], tongue):
        count += 1
    end = tokens[at + count - 1].end()
    longer = _SUFFIX.match(text, end)
    if longer:
        count += len(longer.group().split())
        end = longer.end()
    name = text[token.start() : end]
    return Mention(token.start(), end, name, _unseen_kind(name, tongue), topic(name)), count


def _lower(token: re.Match[str], name: str, tongue: str) -> Mention | None:
    low = name.casefold()
    if len(name) < 4 or tongue != "en" or not name.isascii() or _plural(low) or not re.search(r"[aeiouy]", low):
        if not _CAMEL.search(name) or not re.search(r"[a-z][A-Z]", name):
            return None
    if re.fullmatch(r"(\w)\1+|(?:ha|he|lo|ho|hi)+h?|\d+\w{1,4}|\w*(\w)\2\2\w*", low):
        return None
    key = topic(name)
    if len(low) > 5 and name.islower() and _slip(low):
        return None
    kind = Kind.UNKNOWN if re.search(r"[a-z][A-Z]", name) else Kind.LOWER
    if len(key) >= 6 and nearest_topic(key):
        kind, key = Kind.KNOWN, nearest_topic(key) or key
    return Mention(token.start(), token.end(), name, kind, key)


def _plural(word: str) -> bool:
    """Whether a dictionary word stands here, as it is, with a common beginning or ending, or with one slip."""
    return word in not_names() or any(stem in words() for stem in _stems(word))


def _stems(word: str) -> set[str]:
    """A word without its common beginnings and endings."""
    roots = {word} | {word.removeprefix(lead) for lead in _BEGINNINGS}
    stems = set(roots)
    for root in roots:
        for ending in _ENDINGS:
            if root.endswith(ending) and len(root) - len(ending) > 2:
                stem = root.removesuffix(ending)
                stems |= {stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem}
    return stems


@lru_cache(maxsize=2048)
def _slip(word: str) -> bool:
    """Whether one edit makes a common word of this one."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    near = {a + b[1:] for a, b in cuts} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    near |= {a + char + b[1:] for a, b in cuts for char in letters} | {a + char + b for a, b in cuts for char in letters}
    return any(other in common_words() for other in near)


def _could_start(text: str, token: re.Match[str], name: str, tongue: str) -> bool:
    low = name.casefold()
    if low in _PLATFORMS:
        return bool(re.match(r" (?!(?:Ads?|Store|Maps|Docs|Drive|Sheets?)\b)[A-Z][a-z]+\b(?![:’'])", text[token.end() : token.end() + 20]))
    if low in not_names() or len(name) < 2:
        return False
    if low not in words() and not _plural(low):
        return not (name.isupper() and len(name) < 4)
    return not _initial(text, token.start()) and not name.isupper() and tongue != "de"


def _goes_on(text: str, before: re.Match[str], after: re.Match[str], tongue: str) -> bool:
    """Whether the next token belongs to the same name: one space between, a capital, no stop word."""
    name = after.group()
    if tongue == "de" or text[before.end() : after.start()] != " " or not name[:1].isupper():
        return False
    if len(name) > 1 and name.isupper() and not before.group().isupper() and name.casefold() in words() | not_names():
        return name == "AI"
    known = tools_by_topic().get(topic(name))
    low = name.casefold()
    return (low in _TAILS or low not in not_names()) and (known is None or known.ordinary)


def _unseen_kind(name: str, tongue: str) -> Kind:
    parts = name.casefold().split()
    if all(part in words() for part in parts):
        return Kind.WORD
    if tongue == "de" and not _CAMEL.search(name) and (_GERMAN_NOUN.search(name) or len(name) > 14):
        return Kind.WORD
    return Kind.UNKNOWN


def _initial(text: str, start: int) -> bool:
    return bool(_STARTS.search(text[max(0, start - 6) : start]))
