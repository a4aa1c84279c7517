"""An answer that a language model writes from the passages found: each sentence checked, and with its source."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.domain.instructions import speaks_to_a_machine
from bot.domain.masking import mask, unmask
from bot.domain.usage import Prices, Purpose
from bot.ports import Supports
from bot.services.ask.ask import Source
from bot.services.consultation import Consultation
from prompts.catalog import ANSWER, FoundPassages, WrittenSentence

SOURCES_MOST = 4  # passages that a model is shown
SENTENCES_MOST = 5
SIGN = "¶"  # between texts that are masked as one, so that equal things get the same placeholder

_TWO_DOTS = re.compile(r"(?<!\.)\.\.(?!\.)")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that its source bears out."""

    text: str
    source: Source


@dataclass(slots=True)
class Writer:
    """Lets a language model write, where the admin switched it on; nothing it writes is shown unchecked.

    `supports` tells whether a passage bears a sentence out. `prices`: what its tokens cost.
    """

    consultation: Consultation
    supports: Supports
    prices: Prices = Prices()

    def answer(self, workspace: str, question: str, sources: Sequence[Source]) -> tuple[Sentence, ...]:
        """What the model wrote from the passages of a sure answer, as far as they bear it out; nothing of it unless
        the likeliest one, the first, has a part in it.

        `sources`: only what the asker may read, since all of it is shown to the model. Never call it inside a unit of
        work. Raises StoreUnavailable.
        """
        shown = [one for one in sources[:SOURCES_MOST] if not speaks_to_a_machine(_whole(one))]
        if speaks_to_a_machine(question) or shown[:1] != list(sources[:1]) or not self.may_write(workspace):
            return ()
        given, passages, originals = _given(question, shown)
        written = self.consultation.ask(workspace, Purpose.ANSWER, ANSWER, given)
        if written is None:
            return ()
        kept = self._checked(written.sentences, shown, passages, originals)
        log.info("answer_written", workspace=workspace, sentences=len(written.sentences), kept=len(kept))
        return kept if any(one.source is shown[0] for one in kept) else ()

    def may_write(self, workspace: str) -> bool:
        """Whether the admin switched it on."""
        with self.consultation.unit_of_work() as uow:
            return uow.usage.may_write(workspace)

    def _checked(
        self,
        sentences: Sequence[WrittenSentence],
        shown: Sequence[Source],
        passages: Sequence[str],
        originals: Mapping[str, str],
    ) -> tuple[Sentence, ...]:
        """The sentences that hold, each once, with what was hidden put back. `passages`: the texts as shown."""
        kept: dict[str, Sentence] = {}
        for one in sentences:
            if one.passage <= len(shown) and not speaks_to_a_machine(one.text):
                source = shown[one.passage - 1]
                if self.supports(one.text, passages[one.passage - 1], _above(source), source.article.lang):
                    kept.setdefault(one.text, Sentence(_put_back(one.text, originals), source))
        return tuple(kept.values())[:SENTENCES_MOST]


def _given(question: str, shown: Sequence[Source]) -> tuple[FoundPassages, list[str], Mapping[str, str]]:
    """What the model is shown, the passages' texts in it, and what its placeholders stand for."""
    texts = [question, *(one.passage.text for one in shown), *(_above(one) for one in shown)]
    masked = mask(f"\n{SIGN}\n".join(_storable(text).replace(SIGN, " ") for text in texts))
    asked, *rest = masked.text.split(f"\n{SIGN}\n")
    passages, above = rest[: len(shown)], rest[len(shown) :]
    numbered = enumerate(zip(above, passages, strict=True), 1)
    text = "\n\n".join(f"PASSAGE {number} ({place})\n{passage}" for number, (place, passage) in numbered)
    return FoundPassages(asked, text, secrets.token_hex(8)), passages, masked.originals


def _put_back(text: str, originals: Mapping[str, str]) -> str:
    """The text with what was hidden; a dot that ended an address ends the sentence too."""
    return _TWO_DOTS.sub(".", unmask(text, originals))


def _above(source: Source) -> str:
    """What stands above a passage: its article's title and the headings."""
    return " › ".join(filter(None, (source.article.title, source.passage.place)))


def _whole(source: Source) -> str:
    return f"{_above(source)}\n{source.passage.text}"


def _storable(text: str) -> str:
    """The text without halves of surrogate pairs, which no wire can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
