"""Files on Slack: pictures that a message shows, and files that are messages themselves."""

from __future__ import annotations

import hashlib
from typing import Any

from slack_sdk.web import WebClient

from bot.attachments import Document
from bot.domain.errors import Ambiguous, Passing
from bot.messages import MessageRef
from bot.platforms.slack.access import is_slack, origin
from bot.platforms.slack.errors import translated
from bot.platforms.slack.web import TIMEOUT_S, upload

ALT = 1_000

Json = dict[str, Any]


class SlackFiles:
    """Uploads of one workspace; every method may be called from any thread. Raises Passing, Ambiguous or Permanent."""

    def __init__(self, client: WebClient, api_url: str, timeout_s: int = TIMEOUT_S) -> None:
        self._client = client
        self._api_url = api_url
        self._timeout_s = timeout_s

    def keep(self, name: str, content: bytes, alt: str) -> str:
        """Upload a picture that nobody sees yet. Its id; on a server that stands in for Slack and shows pictures by
        their address only, that address.
        """
        file = self._uploaded(name, content, alt_txt=alt[:ALT])
        with translated():
            kept = self._client.files_completeUploadExternal(files=[{"id": file, "title": name}])
        address = str((kept.get("files") or [{}])[0].get("permalink") or "")
        stands_in = not is_slack(self._api_url) and origin(address) == origin(self._api_url)
        return address if stands_in else file

    def share(self, conversation: str, thread: str, document: Document, comment: str, key: str) -> MessageRef:
        """Post a file with a comment. The reference names the file: Slack does not say which message shows it."""
        content = document.text.encode()
        file = self._uploaded(marked(document.name, key), content)
        with translated(conversation):
            self._client.files_completeUploadExternal(
                files=[{"id": file, "title": document.name}],
                channel_id=conversation,
                initial_comment=comment,
                thread_ts=thread or None,
            )
        return MessageRef(conversation, file)

    def _uploaded(self, name: str, content: bytes, **more: str) -> str:
        """Nothing is to be seen of it yet, so whatever fails here may be done again."""
        try:
            with translated():
                place = self._client.files_getUploadURLExternal(filename=name, length=len(content), **more)
                upload(str(place["upload_url"]), content, self._timeout_s)
        except Ambiguous as error:
            raise Passing(error.words, error.retry_after) from error
        return str(place["file_id"])


def marked(name: str, key: str) -> str:
    """The name under which a file is found again by its post's key: `sla-2026-11-9f86d081884c7d65.csv`."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{_mark(key)}{dot}{ending}" if dot else f"{name}-{_mark(key)}"


def is_marked(file: Json, key: str) -> bool:
    """Whether a file of a message is the one of this post."""
    return str(file.get("name") or "").partition(".")[0].endswith(f"-{_mark(key)}")


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]
