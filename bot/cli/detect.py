"""The verb that says what messages are taken for, one JSON object a line in and out."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

if TYPE_CHECKING:
    from bot.domain.detection import Heard


def register(app: typer.Typer) -> None:
    """Add the verb `detect`."""

    @app.command()
    def detect(
        file: Annotated[Path | None, typer.Option(help="JSON lines to read instead of standard input.")] = None,
    ) -> None:
        """Say what each message is taken for: {id, text, sent_at?, thread_context?, locale?, author_role?} a line."""
        with _lines(file) as lines:
            failures = answer(lines, sys.stdout, sys.stderr)
        if failures:
            raise typer.Exit(code=1)


def answer(lines: Iterable[str], out: TextIO, err: TextIO) -> int:
    """Write a detection for each line to `out`; name the lines that are no message on `err`, and count them."""
    from bot.detection.learned import make_detector
    from bot.domain.detection import decide

    detector, failures = make_detector(), 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            message = parse(line)
            heard = hear(message)
        except ValueError as error:
            failures += 1
            print(f"line {number}: {error}", file=err)
            continue
        found = detector.detect(heard)
        result = {"id": message.get("id"), **found.to_dict(), "action": decide(found).value}
        print(json.dumps(result), file=out)
    return failures


def parse(line: str) -> dict[str, Any]:
    """The object in a line; raises ValueError in words for anything else."""
    try:
        message = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("this is not JSON") from None
    if not isinstance(message, dict):
        raise ValueError("this is not a JSON object")
    return message


def hear(message: dict[str, Any]) -> "Heard":
    """The message as it was posted; raises ValueError in words where a field is missing or of the wrong kind."""
    from bot.domain.detection import Heard

    text = message.get("text")
    if not isinstance(text, str):
        raise ValueError('"text" must be a string')
    return Heard(
        text=text,
        sent_at=_day(message.get("sent_at")),
        thread_context=_words(message, "thread_context"),
        locale=_words(message, "locale"),
        sender_role=_words(message, "author_role"),
    )


def _day(sent_at: object) -> date:
    if sent_at is None or sent_at == "":
        from bot.now import utc_now

        return utc_now().date()
    try:
        return datetime.fromisoformat(str(sent_at)).date()
    except ValueError:
        raise ValueError(f'"sent_at" must be an ISO date or time, not {sent_at!r}') from None


def _words(message: dict[str, Any], field: str) -> str | None:
    """A field that is a string, a list of strings (joined by line breaks), or missing."""
    value = message.get(field)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(value) or None
    if value is not None and not isinstance(value, str):
        raise ValueError(f'"{field}" must be a string')
    return value or None


@contextmanager
def _lines(file: Path | None) -> Iterator[Iterable[str]]:
    if file is None:
        yield (line.decode("utf-8", errors="replace") for line in sys.stdin.buffer)
        return
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")
    with file.open(encoding="utf-8", errors="replace") as lines:
        yield lines
