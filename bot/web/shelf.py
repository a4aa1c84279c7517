"""Pictures and files for a chat that keeps none for us, each under an address that nobody can guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from fastapi import APIRouter, Response

from bot.domain.errors import Permanent, StoreUnavailable
from bot.ports.places import KeptFile, Shelf

PURPOSE = "file"
NOT_FOUND = "There is no such file here any more. Ask the bot for it once more.\n"
AWAY = "The database cannot be reached. Please try again in a minute.\n"
MEND = "Set PUBLIC_URL to the https address under which people reach the bot."
TYPES = {"png": "image/png", "csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8"}
PLAIN = "text/plain; charset=utf-8"

Sign = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class FilePages:
    """`base`: the address people reach us under, empty if they can't; `sign`: makes a token of what a file is."""

    base: str
    sign: Sign
    shelf: Shelf

    def keep(self, file: KeptFile) -> str:
        """The address of a file that is kept from now on; the same file, the same address. Raises Permanent."""
        if not self.base:
            raise Permanent("There is no address under which a file could be shown.", "files", MEND)
        token = self.sign(PURPOSE, f"{file.workspace}:{file.name}:{sha256(file.content).hexdigest()}")
        self.shelf.lay(token, file)
        return f"{self.base.rstrip('/')}/files/{token}/{quote(file.name)}"

    def router(self) -> APIRouter:
        """The files: 200, 404 for an address that is none of ours, 503 while the database is away."""
        router = APIRouter()

        @router.api_route("/files/{token}/{name}", methods=["GET", "HEAD"])
        def kept(token: str, name: str) -> Response:
            return self._answer(token)

        return router

    def _answer(self, token: str) -> Response:
        try:
            file = self.shelf.fetch(token)
        except StoreUnavailable:
            return Response(AWAY, 503, media_type="text/plain")
        if file is None:
            return Response(NOT_FOUND, 404, {"Cache-Control": "no-store"}, "text/plain")
        shown = "inline" if file.name.endswith(".png") else "attachment"
        headers = {"Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.name)}", "Cache-Control": "private"}
        headers["X-Content-Type-Options"] = "nosniff"
        return Response(file.content, 200, headers, TYPES.get(file.name.rpartition(".")[2], PLAIN))
