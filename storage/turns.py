"""A lock that is handed on in the order in which it was asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident


class Turns:
    """Threads take turns: whoever asked first is next, and nobody polls. A context manager.

    RuntimeError for a thread that asks while it has its turn: it would wait for itself.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._owner: int | None = None

    def __enter__(self) -> None:
        self._take(ahead=False)

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._hand_on()

    @contextmanager
    def first(self) -> Iterator[None]:
        """The next turn, ahead of all who wait: for what somebody waits for who cannot wait long."""
        self._take(ahead=True)
        try:
            yield
        finally:
            self.__exit__()

    def _take(self, ahead: bool) -> None:
        gate = self._join(ahead)
        if gate is None:
            return
        passed = False
        try:
            passed = gate.acquire()
        finally:
            if not passed:  # interrupted while waiting
                self._leave(gate)
        self._owner = get_ident()

    def _join(self, ahead: bool) -> Lock | None:
        """None if it is our turn at once, else the gate to wait at."""
        with self._guard:
            if self._owner == get_ident():
                raise RuntimeError("a transaction was begun within a transaction")
            if self._owner is None:
                self._owner = get_ident()
                return None
            gate = Lock()
            gate.acquire()
            (self._waiting.appendleft if ahead else self._waiting.append)(gate)
            return gate

    def _leave(self, gate: Lock) -> None:
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
            else:
                self._hand_on()

    def _hand_on(self) -> None:
        if self._waiting:
            self._owner = 0  # the next thread's, which puts its own name here once it runs
            self._waiting.popleft().release()
        else:
            self._owner = None
