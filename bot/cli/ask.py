"""`ask eval`: how well questions are answered from articles, those that ship or any others; `ask fit`: what that
rests on; `ask train`: the reader behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.ask_training import train

if TYPE_CHECKING:
    from bot.domain.answer_figures import Figures

AS_ASKED = 6  # how often a question counts as it is asked, beside once without the article that answers it
_BOUNDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def register(app: typer.Typer) -> None:
    """Add the group `ask`."""
    group = typer.Typer(no_args_is_help=True, help="How questions are answered.")
    group.command("eval")(evaluate)
    group.command("fit")(fit)
    group.command("train")(train)
    app.add_typer(group, name="ask")


def evaluate(
    articles: Annotated[Path | None, typer.Option(help="A folder of Markdown files, instead of those shipped.")] = None,
    questions: Annotated[Path | None, typer.Option(help="JSON lines: id, question, asker, lang, article.")] = None,
    judge: Annotated[Path | None, typer.Option(help="A judge.onnx of `ask train`, instead of the one shipped.")] = None,
    predictions: Annotated[Path | None, typer.Option(help="Where to write what was found, as JSON lines.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> None:
    """Try questions on articles and print top-1, top-3, abstention and wrong confident answers."""
    from bot.cli.trials import HELD_OUT, SECOND, SHIPPED, try_all, try_folder
    from bot.domain.answer_figures import figures
    from bot.domain.errors import Invalid
    from bot.files.articles import read_folder
    from bot.files.asked import prediction_lines, read_questions
    from bot.retrieval.judge import Judge
    from bot.retrieval.multilingual import Multilingual

    if judge and (fault := Judge(judge).fault):
        raise Invalid(f"{judge}: {fault}.")
    if fault := Multilingual().fault:
        typer.echo(f"Without the multilingual encoder: {fault}. Hardly anything is answered for sure.", err=True)
    if (articles is None) != (questions is None):
        raise Invalid("Give both --articles and --questions, or neither for the set that ships.")
    if articles and questions:
        asked = read_questions(questions)
        parts = {"all": try_all(read_folder(articles), asked, judge)}
    else:  # the confidence was fitted to the first of the sets
        more = {} if as_json else {"second": SECOND, "kept apart": HELD_OUT}
        parts = {name: try_folder(folder, judge) for name, folder in {"first": SHIPPED, **more}.items()}
    first, *_ = parts.values()
    if predictions:
        predictions.write_text("".join(f"{line}\n" for line in prediction_lines(first)), encoding="utf-8")
    found = {name: figures(part) for name, part in parts.items()}
    print(json.dumps(_numbers(figures(first))) if as_json else "\n".join(_lines(found)))


def fit() -> None:
    """Fit how sure an answer is to the first set that ships, and print the weights that bot/domain/answering.py holds.

    Each answerable question is also asked without the article that answers it.
    """
    from bot.cli.trials import SHIPPED
    from bot.retrieval import fitting

    examples = list(_examples(SHIPPED))
    labels = [label for _, label in examples]
    for kept in (2, 3):  # what was found alone, and what was read too
        rows = [row[:kept] for row, _ in examples]
        found = fitting.fit(rows, labels)
        print(f"weights {tuple(round(one, 2) for one in found.weights)}, bias {found.bias:.2f}")
        print("\n".join(_bounds(fitting.chances(found, rows), labels)))


def _examples(folder: Path) -> Iterator[tuple[Sequence[float], bool]]:
    """The features of each question of a set, and whether the first article found is the one that answers it."""
    from bot.cli.trials import trial
    from bot.files.articles import read_folder
    from bot.files.asked import read_questions
    from bot.services.ask.ask import signs

    known = read_folder(folder / "articles")
    files = {article.key: article.file for article in known}
    titles = {article.key: article.title for article in known}
    with trial(known) as on:
        for one in read_questions(folder / "questions.jsonl"):
            asked, ranked = on.ranking(one)
            without = [found for found in ranked if files[found.candidate.article] != one.article]
            for kept in (ranked, without) if one.article else (ranked,):
                first = kept[0].candidate.article
                example = signs(asked, kept[0], titles[first], on.reader.judge), files[first] == one.article
                yield from [example] * (AS_ASKED if kept is ranked else 1)


def _bounds(chances: list[float], labels: list[bool]) -> Iterator[str]:
    yield f"{'sure from':>10}{'wrong':>8}{'right':>8}   of {len(labels)} examples, {sum(labels)} answerable"
    for bound in _BOUNDS:
        sure = [label for chance, label in zip(chances, labels, strict=True) if chance >= bound]
        yield f"{bound:10.2f}{sure.count(False) / len(labels):8.3f}{sure.count(True) / sum(labels):8.3f}"


def _numbers(found: Figures) -> dict[str, float | int | None]:
    names = ("questions", "top1", "top3", "abstain_auc", "wrong_confident", "answered_right")
    values = {name: getattr(found, name) for name in names}
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}


def _lines(found: dict[str, Figures]) -> Iterator[str]:
    rows = {name: _numbers(one) for name, one in found.items()}
    yield f"{'':16}" + "".join(f"{name:>12}" for name in rows)
    for figure in next(iter(rows.values())):
        values = (row[figure] for row in rows.values())
        yield f"{figure:16}" + "".join(f"{_written(value):>12}" for value in values)


def _written(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
