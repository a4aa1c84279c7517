"""YAML that people write, checked by a pydantic model. Every error names its place."""

from __future__ import annotations

from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.errors import Invalid

MOST_CHARACTERS = 1_000_000
MOST_TOLD = 5  # errors are told at once

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # eight times as fast where PyYAML was built with it

Checked = TypeVar("Checked", bound=BaseModel)


class Strict(BaseModel):
    """A part of a file: frozen, and a field nobody knows is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def parse(text: str, model: type[Checked]) -> Checked:
    """The text as a checked model. Raises Invalid with the line, or with the path of the field."""
    if len(text) > MOST_CHARACTERS:
        raise Invalid(f"The file is too long: {MOST_CHARACTERS:,} characters at most.")
    try:
        value = yaml.load(text, Loader=_LOADER)  # noqa: S506 a safe one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise Invalid(f"This is not YAML{where}: {getattr(error, 'problem', None) or 'it can’t be read'}.") from None
    except (ValueError, RecursionError):
        raise Invalid("This is not YAML: it can’t be read.") from None
    if not isinstance(value, dict):
        raise Invalid("The file must be a list of named fields, like `years: 3`.")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise Invalid(told(error)) from None


def told(error: ValidationError) -> str:
    """What is wrong and where, one line an error."""
    found = error.errors(include_url=False, include_context=True)
    lines = [f"{place(one['loc'])}: {_words(one['type'], one['msg'])}" for one in found[:MOST_TOLD]]
    more = len(found) - MOST_TOLD
    return "\n".join([*lines, f"and {more} more"] if more > 0 else lines)


def place(path: tuple[int | str, ...]) -> str:
    """A field's path as one reads it: components[2].amounts; parts count from 1."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.lstrip(".") or "the file"


def _words(kind: str, message: str) -> str:
    known = {"extra_forbidden": "there is no such field", "missing": "this is missing"}
    return known.get(kind, message.removeprefix("Value error, ").rstrip("."))
