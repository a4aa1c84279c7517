"""Pictures in messages: Slack shows an uploaded file by its id; the server behind knows only addresses."""

from __future__ import annotations

import time
from typing import Any

Json = dict[str, Any]


class Pictures:
    """The files that were uploaded, and since when each can be shown."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, str]] = {}

    def keep(self, files: list[Json], delay: float) -> None:
        """Files were uploaded; they can be shown `delay` seconds from now."""
        for file in files:
            self._kept[str(file["id"])] = (time.monotonic() + delay, str(file.get("permalink")))

    def knows(self, blocks: object) -> bool:
        """Whether every picture in these blocks is a file that was uploaded."""
        return all(one in self._kept for one in _shown(blocks))

    def are_ready(self, blocks: object) -> bool:
        """Whether all of them can be shown by now."""
        return all(self._kept[one][0] <= time.monotonic() for one in _shown(blocks))

    def sent(self, args: Json) -> Json:
        """The arguments as the server understands them: with addresses in place of files."""
        if not _shown(args.get("blocks")):
            return args
        return args | {"blocks": [self._addressed(block) for block in args["blocks"]]}

    def _addressed(self, block: Json) -> Json:
        if "slack_file" not in block:
            return block
        plain = {key: value for key, value in block.items() if key != "slack_file"}
        return plain | {"image_url": self._kept[block["slack_file"]["id"]][1]}


def _shown(blocks: object) -> list[str]:
    found = blocks if isinstance(blocks, list) else []
    return [str(block["slack_file"].get("id")) for block in found if isinstance(block, dict) and "slack_file" in block]
