"""Letting a language model write from texts of ours, where an admin wants it: each sentence is checked by its text."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.domain.instructions import poses_as_a_source, speaks_to_a_machine
from bot.domain.masking import mask, unmask
from bot.domain.usage import Prices, Purpose
from bot.ports import Supports
from bot.services.consultation import Consultation
from prompts.catalog import Grounds, Prompt, Written, WrittenSentence

SIGN = "¶"  # between texts that are masked as one, so that equal things get the same placeholder
_TWO_DOTS = re.compile(r"(?<!\.)\.\.(?!\.)")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Ground:
    """A text that may be written from; what stands above it, such as its title; its language (ISO 639-1)."""

    text: str
    above: str = ""
    lang: str = "en"

    @property
    def is_safe(self) -> bool:
        """False for one that may be meant to steer whoever reads it automatically."""
        return not steers(f"{self.above}\n{self.text}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a text bears out, with the text's place among those given, from 0."""

    text: str
    ground: int


@dataclass(slots=True)
class Writer:
    """Lets a language model write, where the admin switched it on; nothing it writes is given back unchecked.

    `supports` tells whether a text bears a sentence out. `prices`: what its tokens cost.
    """

    consultation: Consultation
    supports: Supports
    prices: Prices = Prices()

    def write(
        self, workspace: str, purpose: Purpose, prompt: Prompt[Grounds, Written], about: str, grounds: Sequence[Ground]
    ) -> tuple[Sentence, ...]:
        """What the model wrote about something from these texts, as far as they bear it out, each sentence once.

        All of it is shown to the model, masked; texts that steer machines are not, and nothing is if `about` does.
        Never call it inside a unit of work. Raises StoreUnavailable.
        """
        shown = [at for at, one in enumerate(grounds) if one.is_safe]
        if steers(about) or not shown or not self.may_write(workspace):
            return ()
        given, texts, originals = _given(about, [grounds[at] for at in shown])
        answer = self.consultation.ask(workspace, purpose, prompt, given)
        sentences = answer.sentences if answer else []
        kept: dict[str, Sentence] = {}
        for one in sentences:
            at = one.source - 1
            if at < len(shown) and self._holds(one, texts[at], grounds[shown[at]]):
                kept.setdefault(one.text, Sentence(_put_back(one.text, originals), shown[at]))
        log.info("model_wrote", workspace=workspace, purpose=purpose, sentences=len(sentences), kept=len(kept))
        return tuple(kept.values())

    def may_write(self, workspace: str) -> bool:
        """Whether the admin switched it on."""
        with self.consultation.unit_of_work() as uow:
            return uow.usage.may_write(workspace)

    def _holds(self, sentence: WrittenSentence, shown: str, ground: Ground) -> bool:
        return not steers(sentence.text) and self.supports(sentence.text, shown, ground.above, ground.lang)


def steers(text: str) -> bool:
    """True for a text that may be meant to steer a model: such a text is shown to none."""
    return speaks_to_a_machine(text) or poses_as_a_source(text)


def masked_together(texts: Sequence[str]) -> tuple[list[str], Mapping[str, str]]:
    """The texts with placeholders for personal data, equal ones for equal things, and what these stand for."""
    plain = (one.encode("utf-8", "replace").decode("utf-8").replace(SIGN, " ") for one in texts)
    masked = mask(f"\n{SIGN}\n".join(plain))
    return masked.text.split(f"\n{SIGN}\n"), masked.originals


def _given(about: str, grounds: Sequence[Ground]) -> tuple[Grounds, list[str], Mapping[str, str]]:
    """What the model is shown, the texts in it, and what its placeholders stand for."""
    (asked, *rest), originals = masked_together([about, *(part for one in grounds for part in (one.above, one.text))])
    above, texts = rest[::2], rest[1::2]
    heads = [f"SOURCE {number}{f' ({place})' if place else ''}" for number, place in enumerate(above, 1)]
    shown = "\n\n".join(f"{head}\n{text}" for head, text in zip(heads, texts, strict=True))
    return Grounds(asked, shown, secrets.token_hex(8)), texts, originals


def _put_back(text: str, originals: Mapping[str, str]) -> str:
    """The text with what was hidden; a dot that ended an address ends the sentence too."""
    return _TWO_DOTS.sub(".", unmask(text, originals))
