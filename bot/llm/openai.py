"""A language model behind any endpoint that speaks OpenAI's protocol: chat completions with a JSON schema."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai
from pydantic import BaseModel, Field, ValidationError

from bot.domain.errors import LiaisonError, Passing, Permanent
from bot.ports import Completion

LONGEST_S = 60.0  # no call takes longer, whatever is asked
MOST_BYTES = 256 * 1024  # of an answer; ours have a few hundred
NO_KEY = "none"  # servers of one's own often want no key, the package always sends one
SLOW = "The language model did not answer in time."
FOREIGN = "The language model's server answers something else than OpenAI's protocol."
CHECK_URL = "Check OPENAI_BASE_URL: it usually ends in /v1."


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message


class _Usage(BaseModel):
    prompt_tokens: int = Field(0, ge=0, le=10_000_000)
    completion_tokens: int = Field(0, ge=0, le=10_000_000)


class _Answer(BaseModel):
    """What of a chat completion is looked at."""

    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


@dataclass(frozen=True, slots=True)
class OpenAIModel:
    """Implements bot.ports.LanguageModel. `base_url` such as https://api.openai.com/v1."""

    api_key: str = field(repr=False)
    base_url: str
    model: str

    def complete(self, rules: str, message: str, schema: Mapping[str, Any], limit_s: float) -> Completion:
        """One answer within `limit_s` seconds, 60 at most. Raises Passing or Permanent; no text of the server's is
        in their words, since it may repeat what it was sent.
        """
        question = {
            "model": self.model,
            "messages": [{"role": "system", "content": rules}, {"role": "user", "content": message}],
            "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema)}},
        }
        try:
            body = _within(min(limit_s, LONGEST_S), self._fetch(question))
        except (TimeoutError, openai.APITimeoutError, httpx2.TimeoutException) as error:
            raise Passing(SLOW) from error
        except openai.APIStatusError as error:
            raise _translated(error) from error
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, ExceptionGroup) as error:
            raise Passing(f"The language model can't be reached ({type(error).__name__}).") from error
        except UnicodeError:
            raise Permanent("The language model's key is no key.", "key", "Check OPENAI_API_KEY.") from None
        return _completion(body)

    async def _fetch(self, question: dict[str, Any]) -> bytes:
        """The body of the answer; Passing if it is too long to be one."""
        key = self.api_key or NO_KEY
        async with openai.AsyncOpenAI(api_key=key, base_url=self.base_url, max_retries=0, timeout=LONGEST_S) as client:
            asking = client.chat.completions.with_streaming_response.create(**question)
            async with asking as response:
                body = bytearray()
                async for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > MOST_BYTES:
                        raise Passing("The language model's answer is too long.")
        return bytes(body)


def _within(limit_s: float, fetching: Coroutine[Any, Any, bytes]) -> bytes:
    """What it fetches, or TimeoutError. In a loop of its own: asyncio.run would wait for a name server that hangs."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(asyncio.wait_for(fetching, limit_s))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _completion(body: bytes) -> Completion:
    try:
        answer = _Answer.model_validate_json(body)
    except ValidationError:
        raise Passing(FOREIGN) from None
    usage = answer.usage or _Usage(prompt_tokens=0, completion_tokens=0)
    return Completion(answer.choices[0].message.content or "", usage.prompt_tokens, usage.completion_tokens)


def _translated(error: openai.APIStatusError) -> LiaisonError:
    """A refusal in our words: passing, or what is to be mended."""
    status = error.status_code
    if status == 429 and error.code == "insufficient_quota":
        return Permanent("The language model's account is used up.", "quota", "Look at the plan and its limits.")
    if status in {408, 429} or status >= 500:
        return Passing(f"The language model is busy or broken (status {status}).", _seconds(error))
    if status in {401, 403}:
        return Permanent(f"The language model refuses our key (status {status}).", "key", "Check OPENAI_API_KEY.")
    if status == 404:
        mend = f"Check OPENAI_MODEL. {CHECK_URL}"
        return Permanent("The language model's server knows no such model or address.", "model", mend)
    mend = "Choose a model that answers by JSON schema (OPENAI_MODEL)."
    return Permanent(f"The language model refuses what we ask (status {status}).", "request", mend)


def _seconds(error: openai.APIStatusError) -> float:
    """How long the server wants to be left alone; 0 if it does not say so in seconds."""
    words = error.response.headers.get("retry-after", "")
    return min(float(words), 3600.0) if words.replace(".", "", 1).isdecimal() else 0.0
