"""Files behind addresses nobody can guess."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.domain.errors import Permanent
from bot.ports.places import KeptFile
from bot.secrets import SecretKey
from bot.web.shelf import FilePages

KEY = SecretKey(b"k" * 32)
BASE = "https://bot.example"


class MemoryShelf:
    """Files in a dictionary."""

    def __init__(self) -> None:
        self.files: dict[str, KeptFile] = {}

    def lay(self, token: str, file: KeptFile) -> None:
        self.files[token] = file

    def fetch(self, token: str) -> KeptFile | None:
        return self.files.get(token)


def test_a_file_is_fetched_under_its_address_only() -> None:
    pages, site = FilePages(BASE, KEY.sign, MemoryShelf()), FastAPI()
    address = pages.keep(KeptFile("T1", "sla 2026.csv", b"a,b\n"))
    assert address == pages.keep(KeptFile("T1", "sla 2026.csv", b"a,b\n"))
    assert address != pages.keep(KeptFile("T2", "sla 2026.csv", b"a,b\n"))
    site.include_router(pages.router())
    client = TestClient(site)
    answer = client.get(address.removeprefix(BASE))
    assert (answer.status_code, answer.content) == (200, b"a,b\n")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''sla%202026.csv"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get("/files/another/sla%202026.csv").status_code == 404


def test_without_an_address_of_ours_no_file_is_kept() -> None:
    with pytest.raises(Permanent) as told:
        FilePages("", KEY.sign, MemoryShelf()).keep(KeptFile("T1", "a.png", b""))
    assert "PUBLIC_URL" in told.value.mend
