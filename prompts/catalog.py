"""The prompts: each a text file with a version, a typed input, and the schema of its answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.domain.errors import Invalid, Permanent

FOLDER = Path(__file__).parent
SECTIONS = ("rules", "message", "schema")
_SECTION = re.compile(r"^--- (\w+)\n", re.MULTILINE)
_GAP = re.compile(r"\{(\w+)\}")
_MEND = "Put the file back as it came with this version of the bot."

Given = TypeVar("Given")
Answer = TypeVar("Answer", bound=BaseModel)
Phrase = Annotated[str, Field(max_length=80)]
Said = Literal["yes", "no", "unsure"]


@dataclass(frozen=True, slots=True)
class UnclearMessage:
    """A message, and a mark nobody can guess that tells where it begins and ends."""

    message: str
    mark: str


class SecondReading(BaseModel):
    """What a model takes an unclear message for."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    new_tool: Said
    campaign: Said
    tools: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=6)]
    campaign_name: Phrase
    date_text: Phrase
    audience_text: Phrase


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is to be written about, the numbered texts to write it from, and a mark nobody can guess."""

    about: str
    sources: str
    mark: str


class WrittenSentence(BaseModel):
    """A sentence, and the number of the text it is taken from."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    text: Annotated[str, Field(max_length=400)]
    source: Annotated[int, Field(ge=1, le=40)]


class Written(BaseModel):
    """What a model wrote from the texts; nothing of it is trusted yet."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    sentences: Annotated[list[WrittenSentence], Field(max_length=8)]


@dataclass(frozen=True, slots=True)
class UnusualTool:
    """A tool that is asked about: its name, what is known of it, what is asked already; a mark nobody can guess."""

    name: str
    known: str
    asked: str
    mark: str


class FurtherQuestions(BaseModel):
    """What a model would ask of a tool; nothing of it is trusted yet."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    questions: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=8)]


@dataclass(frozen=True, slots=True)
class Text:
    """A prompt's file, read: version, what the model is told, the message it gets, the schema it answers by."""

    version: int
    given: str
    answer: str
    rules: str
    message: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prompt(Generic[Given, Answer]):
    """One prompt. Its file is read at first use; Permanent if it is missing or does not fit its types."""

    name: str
    given: type[Given]
    answer: type[Answer]

    @property
    def text(self) -> Text:
        """The file, checked against the types."""
        text = read(FOLDER / f"{self.name}.txt")
        _check(text, self)
        return text

    def render(self, given: Given) -> tuple[str, str]:
        """The rules and the message with their gaps filled; what is filled in is not looked at for gaps again."""
        text = self.text
        values = {each.name: str(getattr(given, each.name)) for each in fields(self.given)}  # type: ignore[arg-type]
        return _filled(text.rules, values), _filled(text.message, values)

    def parse(self, answer: str) -> Answer:
        """A model's answer, typed. Raises Invalid for anything that is not JSON of the schema."""
        try:
            return self.answer.model_validate_json(answer)
        except ValidationError as error:
            kinds = sorted({str(each["type"]) for each in error.errors(include_input=False)})
            raise Invalid(f"The answer does not fit the schema ({', '.join(kinds)[:80]}).") from None


@lru_cache(maxsize=16)
def read(path: Path) -> Text:
    """A prompt's file in its parts. Raises Permanent if it is missing or damaged."""
    try:
        head, *rest = _SECTION.split(path.read_text(encoding="utf-8"))
        header = dict(line.split(": ", 1) for line in head.splitlines())
        parts = {name: body.strip() for name, body in zip(rest[::2], rest[1::2], strict=True)}
        rules, message, schema = (parts[name] for name in SECTIONS)
        version = int(header["version"])
        return Text(version, header["given"], header["answer"], rules, message, json.loads(schema))
    except (OSError, ValueError, KeyError) as error:
        raise Permanent(f"The prompt {path.name} can't be used: {error}.", "prompt", _MEND) from None


def schema_of(answer: type[BaseModel]) -> Mapping[str, Any]:
    """The JSON schema of an answer's type, in plain words only: no titles, no descriptions."""
    plain: Mapping[str, Any] = _plain(answer.model_json_schema())
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        notes = {"title", "description"} if isinstance(value.get("type"), str) else set()
        return {key: _plain(each) for key, each in value.items() if key not in notes}
    return value


def _check(text: Text, prompt: Prompt[Any, Any]) -> None:
    """The file and the types must say the same."""
    gaps = set(_GAP.findall(text.rules + text.message))
    known = {each.name for each in fields(prompt.given)}
    named = (text.given, text.answer) == (prompt.given.__name__, prompt.answer.__name__)
    if not named or gaps != known or text.schema != schema_of(prompt.answer):
        raise Permanent(f"The prompt {prompt.name}.txt does not fit this version of the bot.", "prompt", _MEND)


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _GAP.sub(lambda gap: values[gap[1]], template)


SECOND_OPINION: Prompt[UnclearMessage, SecondReading] = Prompt("second_opinion", UnclearMessage, SecondReading)
ANSWER: Prompt[Grounds, Written] = Prompt("answer", Grounds, Written)
DRAFT: Prompt[Grounds, Written] = Prompt("draft", Grounds, Written)
SUMMARY: Prompt[Grounds, Written] = Prompt("summary", Grounds, Written)
QUESTIONS: Prompt[UnusualTool, FurtherQuestions] = Prompt("questions", UnusualTool, FurtherQuestions)
PROMPTS: tuple[Prompt[Any, Any], ...] = (SECOND_OPINION, ANSWER, DRAFT, SUMMARY, QUESTIONS)
