"""Pictures on their way out: drawn when their message leaves, kept where the chat can show them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

import structlog

from bot.attachments import Picture
from bot.domain.errors import Passing, Permanent
from bot.messages import Card, Post
from bot.ports import Files, Painter

TRIES = 3
NOT_READY_S = 1.0
KEPT_MOST = 100
CONTENT = "content"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Gallery:
    """Draws each picture once for all messages that show it. A picture that fails never holds its words up for long:
    after three tries they leave without it, and say in words what it shows.
    """

    painter: Painter
    files: Files
    _kept: dict[tuple[str, str], str] = field(default_factory=dict, init=False, repr=False)

    def hang(self, post: Post, attempt: int) -> Card:
        """The post's card with its picture in place. `attempt`: of this post, from 1. Raises Passing."""
        picture = post.card.picture
        if picture is None:
            return post.card
        try:
            return replace(post.card, picture=replace(picture, handle=self._handle(post.workspace, picture)))
        except Passing as error:
            if attempt < TRIES:
                raise Passing(f"The picture: {error.words}", error.retry_after) from error
            return self._without(post, error.words)
        except Permanent as error:
            return self._without(post, f"{error.words} {error.mend}".strip())

    def after_refusal(self, post: Post, error: Permanent, attempt: int) -> Card:
        """The chat did not take the card: for a moment it may not know the picture yet, then it goes without it.

        Raises Passing while it is worth waiting for the picture, the error itself if there is none in the card.
        """
        picture = post.card.picture
        if picture is None or error.code != CONTENT:
            raise error
        if attempt < TRIES:
            raise Passing("The chat does not know the picture yet.", NOT_READY_S) from error
        self._kept.pop(_name_of(post.workspace, picture), None)
        return self._without(post, error.words)

    def _handle(self, workspace: str, picture: Picture) -> str:
        name = _name_of(workspace, picture)
        if name not in self._kept:
            drawn = self.painter.png(picture.chart)
            handle = self.files.keep(workspace, f"{name[1]}.png", drawn, picture.alt)
            while len(self._kept) >= KEPT_MOST:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[name] = handle
        return self._kept[name]

    def _without(self, post: Post, why: str) -> Card:
        log.warning("picture_left_out", post=post.key, why=why)
        return post.card


def _name_of(workspace: str, picture: Picture) -> tuple[str, str]:
    return workspace, hashlib.sha256(repr(picture.chart).encode()).hexdigest()[:20]
