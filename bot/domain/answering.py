"""Which passage answers a question, and how sure that is: a ranking, and a confidence that near misses don't reach."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.knowledge import Passage

NOTION = "ǂ"  # what a notion among the words begins with
CERTAIN = 1.0  # of an article that is called as the question is
SURE_FROM = 0.83  # 1 % of the first set's questions were answered wrongly from there on, below it soon 3 %
ENOUGH = 4.0  # nearer than this is no further sign: of ten first passages nine lie below
LEAST_ODDS = -0.5  # below which the reader says no
_NOTION_WEIGHT = 1.5  # a notion in common says more than a stem that happens to be the same
_WORDS_SHARE = 0.02  # what a unit of rarity in common weighs beside the nearness in meaning
_TYPICAL_LENGTH = 60  # different words and notions of a passage of usual length
_LENGTH_SHARE = 0.4
_SATURATION = 1.0

# Logistic regressions of features(), weights and bias, as `python -m bot ask fit` prints them: of what was only found,
# and of what was read too. Fitted to the questions of bot/retrieval/evaluation, each answerable one of them also asked
# without the article that answers it.
_NEAR = ((7.35, -1.65), -27.15)
_READ = ((6.85, -1.08, 0.58), -25.37)

# What happened, and what was counted, no article tells.
_PAST = re.compile(
    r"\bdid (?:we|you|they|i)\b|\b(?:have|has) (?:we|he|she|they) \w+ed\b|"
    r"\blast (?:year|month|week|quarter|newsletter|campaign)\b|"
    r"\bwas (?:the|our)\b|\bletzte[ns]? (?:jahr|monat|woche|quartal)|\b(?:annee|mois|semaine) (?:derniere?|passee?)\b|"
    r"\bdernier mois\b|\b(?:ano|mes|semana) (?:pasad|passad)[oa]\b|\bultimo (?:ano|mes)\b|\bwon\b"
)

# Words that ask for an amount of money, a number or a time, and what then must be quoted.
_WANTS = {
    "money": (
        r"how much (?!time)|\bcosts?\b|\bprices?\b|\bfee\b|salary|budget|kostet|kosten\b|preis|gehalt|combien coute|"
        r"\bprix\b|cuesta|cuestan|precio|custa\b|custam|preco|discount|spend|spent",
        r"€|\$|£|%|euro|\beur\b|dollar|usd|percent|prozent|pour ?cent|por ?ciento|por ?cento|"
        r"paid|pays|payee?|cost|paga",
    ),
    "number": (
        r"how many|how often|wie ?viele|wie oft|combien (?:de|d)\b|cuant[oa]s|quant[oa]s|cada cuanto|frequencia|"
        r"how (?:long|large|big) (?:may|can|must)|number of",
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|none|once|twice|zwei|drei|vier|funf|sechs|"
        r"zehn|deux|trois|quatre|cinq|dix|dos|tres|cuatro|cinco|diez|duas|dois|quatro|dez|every|jede\w*|chaque|cada)\b",
    ),
    "time": (
        r"\bwhen\b|how (?:long|fast|quick\w*|soon|early|far ahead|late)|how much (?:time|notice)|what time|"
        r"until|deadline|\bwann\b|wie (?:lange?|schnell|fruh)|bis wann|\bquand\b|combien de temps|\bdelai|quelle heure|"
        r"cuando|cuanto tiempo|que hora|plazo|\bquando\b|quanto tempo",
        r"\d|\b(?:day|week|month|year|hour|minute|night|at once|immediately|always|never|before|after|for ever|"
        r"tag|tage|tagen|woche|wochen|monat|jahr|stunde|sofort|nacht|jour|semaine|mois|an|ans|heure|nuit|dia|dias|"
        r"semana|mes|meses|ano|anos|hora|horas|noche|noite|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b",
    ),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage and what speaks for it. `words`: its words in common form, each once; `similarity`: how near it is to
    the question in meaning, None without an encoder. `article`: what it belongs to.
    """

    article: str
    passage: Passage
    words: frozenset[str]
    similarity: float | None = None


@dataclass(frozen=True)
class Asked:
    """A question with its words in common form, and how rare each is: `counts` of `total` passages hold it."""

    text: str
    words: tuple[str, ...]
    total: int
    counts: Mapping[str, int]

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Each word's rarity (Robertson and Spärck Jones 1976, as in BM25), notions weighing more than stems."""
        return {word: self._rarity(word) * (_NOTION_WEIGHT if word[0] == NOTION else 1.0) for word in set(self.words)}

    def _rarity(self, word: str) -> float:
        held = self.counts.get(word, 0)
        return math.log(1 + (self.total - held + 0.5) / (held + 0.5))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score; the higher, the likelier."""

    candidate: Candidate
    score: float


def rank(asked: Asked, candidates: Iterable[Candidate]) -> Sequence[Ranked]:
    """The best passage of each article, the best article first; of equals, the one whose name comes first."""
    best: dict[str, Ranked] = {}
    for one in candidates:
        found = Ranked(one, score(asked, one))
        known = best.get(one.article)
        if known is None or found.score > known.score:
            best[one.article] = found
    return sorted(best.values(), key=lambda one: (-one.score, one.candidate.article))


def score(asked: Asked, one: Candidate) -> float:
    """How near it is in meaning, and the weight of the words in common; long passages have some by chance (BM25's
    norm)."""
    shared = sum(weight for word, weight in asked.weights.items() if word in one.words)
    norm = 1 - _LENGTH_SHARE + _LENGTH_SHARE * len(one.words) / _TYPICAL_LENGTH
    return (one.similarity or 0.0) + _WORDS_SHARE * shared * (_SATURATION + 1) / (1 + _SATURATION * norm)


def confidence(signs: Sequence[float]) -> float:
    """How sure it is that a passage answers the question, 0 to 1, by its features(). What was read and found not to
    answer is not sure, however near it is: a title may be nearly the question, and ask something else."""
    is_read = len(signs) == len(_READ[0])
    weights, bias = _READ if is_read else _NEAR
    log_odds = bias + sum(weight * sign for weight, sign in zip(weights, signs, strict=True))
    if is_read and signs[-1] < LEAST_ODDS:
        log_odds = min(log_odds, 0.0)
    return 1 / (1 + math.exp(-max(min(log_odds, 30.0), -30.0)))


def asked_for(question: str, ranked: Sequence[Ranked]) -> Ranked | None:
    """The article whose title is this very question, whatever its signs and capitals: there is no doubt about it."""
    words = _plain(question)
    return next((one for one in ranked if words and _plain(one.candidate.article) == words), None)


def features(asked: Asked, one: Ranked, odds: float | None = None) -> tuple[float, ...]:
    """What the confidence is reckoned from: how near it is in meaning, whether what is asked for is missing and, where
    question and passage were read together, the log-odds that it answers. How rare the words in common are is none of
    it, since that grows with the number of articles; nor is the lead over the next article: what nearly answers a
    question leads as far as what does."""
    passage = one.candidate.passage
    said = f"{one.candidate.article} {passage.place} {passage.text}"
    is_unmet = is_want_unmet(asked.text, said) or is_about_the_past(asked.text, said)
    near = (min(one.candidate.similarity or 0.0, ENOUGH), float(is_unmet))
    return near if odds is None else (*near, odds)


def whole(title: str, passage: Passage) -> str:
    """A passage with its article's title and the headings above it, as it is read."""
    return ". ".join(filter(None, (title, passage.place, passage.text)))


def is_want_unmet(question: str, said: str) -> bool:
    """True if the question asks for an amount, a number or a time, and nothing of the kind is said."""
    asks, says = _folded(question), _folded(said)
    return any(re.search(asked, asks) and not re.search(needed, says) for asked, needed in _WANTS.values())


def is_about_the_past(question: str, said: str) -> bool:
    """True if the question asks what happened, and what is said does not tell of it."""
    return bool(_PAST.search(_folded(question))) and not re.search(
        r"\b(?:was|were|since|war|etait|fue|foi)\b", _folded(said)
    )


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", _folded(text))


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))
