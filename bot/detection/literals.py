"""What a pattern of the tables has to have literally, so that most texts are passed over without a search for it."""

import re

_NONE = "\0"  # in place of what is no literal
_CLASS = re.compile(r"\\.|\[[^\]]*\]|\{[+-]?[A-Za-z]\}")  # an escape, a class, a slot for a name
_BRACKETS = re.compile(r"\([^()]*\)")
_WITHIN = re.compile(r"(?P<open>\([^()]*)\([^()]*\)[?*]?")  # brackets in brackets
_CHOICE = re.compile(r"\(\?:(?P<ways>[^()]*)\)(?![?*]|\{0)")  # brackets that have to fit
_LITERAL = re.compile(r"(?:[^\W\d_]| )+(?![?*{])")
_CAPITAL = re.compile(r"(?P<kept>\\.|\(\?P<\w+>)|(?P<letter>[A-ZÀ-Þ])")
_LEAST, _LEAST_OF_WAYS = 3, 2  # letters that are worth a look


def needed(pattern: str) -> tuple[str, ...]:
    """Words or parts of words, in lower case, one of which every text has that a pattern fits: the longest outside all
    brackets, else those of the first brackets that can't be left out; () if there are none."""
    plain = _CLASS.sub(_NONE, pattern).lower()
    outside = _until_stable(_BRACKETS, _NONE, plain)
    if "|" in outside:
        return ()
    word = max(_LITERAL.findall(outside), key=len, default="")
    if len(word) >= _LEAST:
        return (word,)
    choices = _CHOICE.finditer(_until_stable(_WITHIN, rf"\g<open>{_NONE}", plain))
    return next((found for choice in choices if (found := _of_each(choice["ways"]))), ())


def small(pattern: str) -> str:
    """An expanded pattern for texts in lower case: without regard to capitals it would take two to four times as long.

    Escapes and the names of groups stay as they are."""
    return _CAPITAL.sub(lambda part: part["kept"] or part["letter"].lower(), pattern)


def _until_stable(part: re.Pattern[str], instead: str, text: str) -> str:
    before = ""
    while text != before:
        before, text = text, part.sub(instead, text)
    return text


def _of_each(ways: str) -> tuple[str, ...]:
    """Of each of some ways its longest literal; () if one has none to speak of."""
    longest = [max(_LITERAL.findall(way), key=len, default="") for way in ways.split("|")]
    return tuple(dict.fromkeys(longest)) if all(len(word) >= _LEAST_OF_WAYS for word in longest) else ()
