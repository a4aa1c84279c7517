"""An answer that a language model writes from the passages found, each sentence with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.usage import Purpose
from bot.services.ask.ask import Source
from bot.services.writer import Ground, Writer
from prompts.catalog import ANSWER, Grounds, Prompt, Written

SOURCES_MOST = 4  # passages that a model is shown
SENTENCES_MOST = 5


@dataclass(frozen=True, slots=True)
class Borne:
    """A sentence, and the passage that bears it out."""

    text: str
    source: Source


def written_answer(
    writer: Writer | None, workspace: str, question: str, sources: Sequence[Source]
) -> tuple[Borne, ...]:
    """A sure answer in the model's words; nothing of it unless the likeliest passage, the first, has a part in it.

    `sources`: only what the asker may read, since all of it is shown to the model. Never call it inside a unit of work.
    """
    if writer is None or not sources or not ground_of(sources[0]).is_safe:
        return ()
    kept = written_from(writer, workspace, (Purpose.ANSWER, ANSWER), question, sources)
    return kept if any(one.source is sources[0] for one in kept) else ()


def written_from(
    writer: Writer,
    workspace: str,
    task: tuple[Purpose, Prompt[Grounds, Written]],
    about: str,
    sources: Sequence[Source],
) -> tuple[Borne, ...]:
    """What the model wrote from the first passages, as far as they bear it out."""
    shown = sources[:SOURCES_MOST]
    sentences = writer.write(workspace, *task, about, [ground_of(one) for one in shown])
    return tuple(Borne(one.text, shown[one.ground]) for one in sentences[:SENTENCES_MOST])


def ground_of(source: Source) -> Ground:
    """A passage with its article's title and the headings above it."""
    above = " › ".join(filter(None, (source.article.title, source.passage.place)))
    return Ground(source.passage.text, above, source.article.lang)
