"""Names in web addresses: of a bare address the whole host, of a full one the name in it."""

import re

from bot.detection.lists import tools_by_topic, words
from bot.detection.mentions import Kind, Mention
from bot.domain.catalogue import domain, topic

_SITE = re.compile(
    r"^(?:https?://)?(?:\*\.)?(?:[\w-]+\.)+(?:com|io|ai|co|net|org|app|dev|de|fr|es|pt|uk|eu|me|so|to|tv|xyz|cloud|tech"
    r"|us|in|br|mx|ch|at|nl|it|design|tools|software|studio|link|chat|ly|gg|sh|page|site|online|fm|is)(?:[/?:#].*)?$",
    re.IGNORECASE,
)
_WORD_ENDINGS = re.compile(
    r"\.(?:so|in|is|it|me|us|to|at|de|es|fr|be|page|site|online|design|link|chat|shop|store)$", re.IGNORECASE
)
_PARTS_OF_HOST = frozenset(
    "api app blog co com de docs en get go help join login my signup start status try www".split()
)
_HOSTS_OF_CONTENT = frozenset(
    (
        "atlassian bit example facebook freecodecamp github gitlab goo google imgur instagram launchpad "
        "linkedin medium meetup ourbrand reddit sharepoint stackoverflow twitter ubuntu wikipedia youtu "
        "youtube"
    ).split()
)
_PAGES_OF_CONTENT = re.compile(
    r"/(?:share|watch|s|file|d|doc|docs|spreadsheets|status|pull|issues|wiki|join)/", re.IGNORECASE
)


def mention(token: re.Match[str]) -> Mention | None:
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
        return _bare(token, own, key)
    known = tools_by_topic().get(key)
    whole = own in words() or len(own) <= 3 or (known is not None and "." in known.tool.name)
    name = host if whole else own
    return Mention(token.start(), token.end(), _slice(address, name), _kind(key), key)


def _bare(token: re.Match[str], own: str, key: str) -> Mention | None:
    address = token.group()
    if own in words() and key not in tools_by_topic():
        if _WORD_ENDINGS.search(address):
            return None  # "done.so we", a full stop without its space
        return Mention(token.start(), token.end(), address, Kind.WORD, key)
    return Mention(token.start(), token.end(), address, _kind(key), key)


def _kind(key: str) -> Kind:
    return Kind.KNOWN if key in tools_by_topic() else Kind.UNKNOWN


def _slice(address: str, name: str) -> str:
    at = address.casefold().find(name)
    return address[at : at + len(name)] if at >= 0 else name
