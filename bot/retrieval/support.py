"""Whether a passage bears a sentence out that somebody wrote from it. By rule, and rather no than a wrong yes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from bot.retrieval.wording import folded, stem, stop_words

GUARDED = Path(__file__).with_name("guarded_words.txt")
LONGEST = 400  # characters of a sentence
RUN_MOST = 3  # parts of a passage that one sentence may draw together
LEFT_OUT_MOST = 0.4  # of the words with meaning of these parts
_TOKEN = re.compile(r"\[[A-Z]+_[A-Z]+\]|[^\W_]+")
_PARTS = re.compile(r"(?<=[.!?…;])\s+|\n+")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_PIECES = re.compile(r",(?!\d{3})|[;:()–—]|\s-\s")
_CITED = re.compile(r"\s*\[\d{1,2}\](?=[\s.,;]|$)")
_AROUND = ".,;:!?\"'()“”„‚‘’«»…"
_PLAIN = re.compile(r"[\w'’%€$£&+–—-]*")
_SHORT = ((r"\bcan['’]?t\b|\bcannot\b", "can not"), (r"\bwon['’]t\b", "will not"), (r"n['’]t\b", " not"))
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve",
    "eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf",
    "- deux trois quatre cinq six sept huit neuf dix onze douze",
    "- dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "- dois - quatro - - sete oito nove dez onze doze",
)
_PERSONS = (
    frozenset("i we us our ours ich wir uns unser unsere nous notre nos nosotros nuestro nuestra nosso nossa".split()),
    frozenset("you your yours du ihr euer eure dein deine vous votre vos tu usted ustedes voce voces".split()),
)
_ENDS = ("", ".", "!", "?", "…", ":", ";")  # after these, a capital begins a sentence
_GERMAN = "de"  # where every noun has a capital, so that a capital tells no name


@dataclass(frozen=True, slots=True)
class Turn:
    """A word that may turn a sentence around, by its kind, and what stands before and after it."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says: its words with meaning, those that may turn it around, its numbers with what follows each, its
    names, in their order; and who speaks and is spoken to."""

    words: tuple[str, ...]
    turns: tuple[Turn, ...]
    numbers: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    persons: frozenset[int]


def supported(sentence: str, passage: str, above: str = "", lang: str = "en") -> bool:
    """True if a run of parts of the passage says what the sentence says.

    All its words with meaning must be there, in their order but for one, and may else only stand `above` the passage
    (its title and headings); only whole pieces between commas may be left out, and none but what stands in brackets
    where anything turns the sentence around, as a condition may stand in it; numbers, names and what turns a sentence
    around must be the same, at the same place; addresses and whatever else is no plain word must stand there letter by
    letter. `lang`: the passage's language, an ISO 639-1 code.
    """
    text = _CITED.sub("", sentence).strip()
    if not text or len(text) > LONGEST or not _is_visible(text) or not _odd(text) <= _odd(passage):
        return False
    said, title = _said(text, lang), _said(above, lang)
    runs = (each for run in _runs(passage) for each in {run: 1, _bare(run, lang): 1})
    return bool(said.words) and any(_bears_out(run, title, said, lang) for run in runs)


def _is_visible(text: str) -> bool:
    return "\n" not in text and all(unicodedata.category(letter)[0] != "C" for letter in text)


def _odd(text: str) -> set[str]:
    """Whatever in it is no plain word: addresses, mentions, marks, files."""
    bare = (chunk.strip(_AROUND).casefold() for chunk in text.split())
    return {chunk for chunk in bare if not _PLAIN.fullmatch(chunk)}


def _runs(passage: str) -> Iterator[str]:
    parts = [part.lstrip("-*• ") for part in _PARTS.split(passage) if part.strip()]
    for length in range(1, RUN_MOST + 1):
        for start in range(len(parts) - length + 1):
            yield " ".join(parts[start : start + length])


def _bare(run: str, lang: str) -> str:
    """The same without what stands in brackets, unless that turns something around."""
    return _BRACKETS.sub(lambda found: found[0] if _said(found[0], lang).turns else "", run)


def _bears_out(run: str, title: Said, said: Said, lang: str) -> bool:
    """Whether some parts of a passage say this; words of its title may come in addition."""
    source = _said(run, lang)
    known = {*source.words, *title.words}
    if not known.issuperset(said.words) or not _turned_alike(source.turns, said.turns):
        return False
    if source.numbers != said.numbers or source.persons ^ said.persons == {0, 1}:
        return False
    if _without(said.names, title.names) != _without(source.names, title.names):
        return False
    shared = [word for word in said.words if word in source.words]
    kept = _common(source.words, shared)
    least = len(source.words) - 1 if source.turns else (1 - LEFT_OUT_MOST) * len(source.words)
    return kept >= len(shared) - 1 and kept >= least and _is_whole(run, said, lang)


def _turned_alike(source: Sequence[Turn], said: Sequence[Turn]) -> bool:
    """Whether the same words turn around the same ones: of each, the word before it or the word after it."""
    pairs = list(zip(source, said, strict=False))
    same = all(one.kind == two.kind and (one.before == two.before or one.after == two.after) for one, two in pairs)
    return len(source) == len(said) and same


def _is_whole(run: str, said: Said, lang: str) -> bool:
    """Whether what is left out are whole pieces between commas: a piece without one of its words may mean another."""
    mine = set(said.words)
    pieces = (_said(piece, lang) for piece in _PIECES.split(run))
    return all(mine.issuperset(one.words) or not (one.turns or mine.intersection(one.words)) for one in pieces)


def _without(names: Sequence[str], more: Sequence[str]) -> list[str]:
    return [name for name in names if name not in more]


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """The length of the longest sequence that both have in common."""
    row = [0] * (len(second) + 1)
    for word in first:
        before = row[:]
        for at, other in enumerate(second):
            row[at + 1] = before[at] + 1 if word == other else max(before[at + 1], row[at])
    return row[-1]


def _said(text: str, lang: str) -> Said:
    for short, long in _SHORT:
        text = re.sub(short, long, text, flags=re.IGNORECASE)
    found = list(_TOKEN.finditer(re.sub(r"(?<=\d)[.,\u00a0 ](?=\d{3}(?!\d))", "", text)))
    keys = [_key(one[0]) for one in found]
    classes = [_guarded().get(key, "") or _guarded().get(f"{key}_{after}", "") for key, after in pairwise([*keys, ""])]
    return Said(
        words=tuple(_root(key) for key, kind in zip(keys, classes, strict=True) if not kind and _has_meaning(key)),
        turns=tuple(_turns(keys, classes)),
        numbers=tuple((key, _root(after)) for key, after in pairwise([*keys, ""]) if _is_number(key)),
        names=tuple(key for one, key in zip(found, keys, strict=True) if _is_name(one, lang)),
        persons=frozenset(at for at, words in enumerate(_PERSONS) if not words.isdisjoint(keys)),
    )


def _turns(keys: Sequence[str], classes: Sequence[str]) -> Iterator[Turn]:
    told = [
        (kind or _root(key), bool(kind)) for key, kind in zip(keys, classes, strict=True) if kind or _has_meaning(key)
    ]
    row = [("", False), *told, ("", False)]
    for (before, _), (kind, is_turn), (after, _) in zip(row, row[1:], row[2:], strict=False):
        if is_turn:
            yield Turn(kind, before, after)


def _key(word: str) -> str:
    """A word as it is compared: an abbreviation in capitals as it stands, since IT is not it."""
    if len(word) > 1 and word.isupper():
        return word
    plain = folded(word)
    return _digits().get(plain, plain)


def _root(word: str) -> str:
    """A word without its endings: `orders` and `ordered` come to the same."""
    while (shorter := stem(word)) != word:
        word = shorter
    return word


def _has_meaning(key: str) -> bool:
    return key not in stop_words()


def _is_number(key: str) -> bool:
    return any(letter.isdigit() for letter in key)


def _is_name(found: re.Match[str], lang: str) -> bool:
    word, before = found[0], found.string[: found.start()].rstrip(" \"'(“„«")
    if any(letter.isupper() for letter in word[1:]):
        return True
    return lang != _GERMAN and word[0].isupper() and before[-1:] not in _ENDS


@cache
def _digits() -> dict[str, str]:
    return {word: str(number) for line in _NUMBERS for number, word in enumerate(line.split(), 1) if word != "-"}


@cache
def _guarded() -> dict[str, str]:
    lines = (line.split() for line in GUARDED.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {word: name for name, *words in lines for word in words}
