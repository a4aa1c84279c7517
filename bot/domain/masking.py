"""Hiding who is spoken of before a text leaves the house: placeholders instead of people, addresses and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

# A date, a time, an amount: digits that say nothing about a person, and that must stay readable.
_PLAIN = (
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{1,2}:\d{2}(?::\d{2})?)"
    r"(?![\d@])(?![-./]\d)"
    r"|(?<!\d)(?:[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3})+|(?:'\d{3})+|(?: \d{3}){1,2})"
    r"|[1-9]\d{1,4}00 ?[-–] ?[1-9]\d{1,4}00)(?![\d@])(?![-./ ()]{1,2}\d)"
)
_SIGN = r"[^\s@<>,;:!?()\[\]]"
_MENTION = rf"<at\b[^>]{{0,80}}>[^<]{{0,120}}(?:</at>)?|<[@!][^>]*>?|(?<!@)@+{_SIGN}*[^\W_]{_SIGN}*"
_PART = r"[^\s@<>|\[\](),;\"']"
_EMAIL = rf"(?<!{_PART}){_PART}+@{_PART}+"
_IBAN = r"(?<![^\W_])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![^\W_])"
_DIGITS = r"\+?\(?\d(?:[-\s()./–]{0,3}\d){4,40}"
# A person or company right after a word that says it is a customer, or after a title; up to four capitalised words.
_BIG = r"[^\W\d_a-zß-öø-ÿ](?:[\w&'’.-]*\w)?"
_CUE = (
    r"(?:(?i:clients?|customers?|kund(?:e|en|in|innen)|mandant(?:en|in)?|clientes?|patients?)"
    r"|Mrs?|Ms|Mx|Dr|Prof|Herrn?|Frau|Monsieur|Madame|Mme|Señora?|Senhora?|Sra?)"
)
_SAID = r"\.?(?:(?: (?:is|named|called|ist|heißt)){0,2}[:,]? |[/:] ?)[\"'“„«]?"
_LINK = r"(?: (?:(?:de|von|van|der|du|da|dos|del|la|of|and|und|et|y|e|&) ){0,2}| ?& ?)"
_NAME = rf"(?<![^\W_]){_CUE}{_SAID}(?P<who>{_BIG}(?:{_LINK}(?!{_CUE}\b){_BIG}){{0,3}})"
_CALL = re.compile(
    r"(?i)(?<![^\W_])(?:tel|fon|fone|phone|telefon\w*|teléfono|telephone|call|ring|mobil\w*|cell|handy|fax|whatsapp|appel\w*|llam\w*|lig\w*)"
    r"\W{0,3}(?:\w+\W{1,3}){0,2}$"
)
_NATIONAL, _LONG, _SHORT = 7, 9, 5  # digits of a number with a leading 0 or +, of any other, of one we are told to call


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders, and what each of them stands for."""

    text: str
    originals: Mapping[str, str]


def mask(text: str) -> Masked:
    """The text without e-mail addresses, phone, card and account numbers, mentions, and names it can tell.

    Equal things get the same placeholder. Dates, times and amounts stay. `unmask` restores the text exactly.
    """
    sign = _unused(text)
    placeholders: dict[tuple[str, str], str] = {}
    parts, at = [], 0
    for kind, start, end in _found(text):
        key = (kind, text[start:end])
        name = placeholders.setdefault(key, f"[{sign}{kind}_{_letters(len(placeholders))}]")
        parts += [text[at:start], name]
        at = end
    originals = {name: original for (_, original), name in placeholders.items()}
    return Masked("".join([*parts, text[at:]]), originals)


def unmask(text: str, originals: Mapping[str, str]) -> str:
    """The text with each placeholder replaced by what it stands for."""
    if not originals:
        return text
    names = "|".join(map(re.escape, originals))
    return re.sub(names, lambda found: originals[found.group()], text)


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    """What is to be hidden, from left to right: kind, start, end."""
    for found in _pattern().finditer(text):
        kind = str(found.lastgroup)
        if kind == "who":
            yield "NAME", *found.span("who")
        elif kind == "DIGITS":
            if _is_number(text, found):
                yield "NUMBER", *found.span()
        elif kind != "PLAIN":
            yield kind, *found.span()


def _is_number(text: str, found: re.Match[str]) -> bool:
    """True for what may be somebody's phone, card or account number."""
    words = found.group()
    digits = sum(letter.isdigit() for letter in words)
    if digits >= _LONG or (digits >= _NATIONAL and words.lstrip("(")[0] in "+0"):
        return True
    if digits < _SHORT or words.endswith("00"):
        return False
    return bool(_CALL.search(text[max(0, found.start() - 40) : found.start()]))


def _unused(text: str) -> str:
    """Something to begin placeholders with, so that none of them stands in the text already."""
    sign = ""
    while any(f"[{sign}{kind}_" in text for kind in ("NAME", "NUMBER", "EMAIL", "MENTION")):
        sign += "X"
    return sign


def _letters(number: int) -> str:
    """A, B … Z, BA, BB …: letters, because digits beside a placeholder must not make a number with it."""
    more, letter = divmod(number, 26)
    return (_letters(more) if more else "") + chr(ord("A") + letter)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    kinds = {"MENTION": _MENTION, "EMAIL": _EMAIL, "PLAIN": _PLAIN, "NUMBER": _IBAN, "DIGITS": _DIGITS}
    return re.compile("|".join([*(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()), _NAME]))
