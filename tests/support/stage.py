"""Everything a test of the whole bot needs: the server, the strict proxy before it, the people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.support.local_slack import LocalSlack, Mode, acme
from tests.support.strict_slack import DEFAULT_SCOPES, Faults, StrictSlack
from tests.support.workspace import Workspace


@dataclass(frozen=True)
class Stage:
    """A running workspace: the bot talks to `proxy`, the people act through `workspace`."""

    upstream: LocalSlack
    proxy: StrictSlack
    workspace: Workspace


@contextmanager
def strict_stage(
    mode: Mode = "socket",
    faults: Faults | None = None,
    scopes: Iterable[str] = DEFAULT_SCOPES,
    extra_channels: Sequence[dict[str, Any]] = (),
    removed: Iterable[str] = (),
) -> Iterator[Stage]:
    """Start the Acme workspace behind a strict proxy, end both afterwards.

    extra_channels come on top of Acme's; from the channels in `removed` the bot is away until inject_join.
    """
    with (
        LocalSlack(acme(mode, extra_channels=extra_channels)) as upstream,
        StrictSlack(upstream, faults, scopes, removed) as proxy,
        Workspace(upstream) as workspace,
    ):
        yield Stage(upstream, proxy, workspace)
