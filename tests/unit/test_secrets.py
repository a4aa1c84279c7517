"""The secret key: given or made once, private, the same for all processes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.domain.errors import Permanent
from bot.secrets import FILE, SecretKey, load_secret_key

GIVEN = "k" * 32


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first, second = (load_secret_key("", tmp_path / "data").sign("a", "b") for _ in range(2))
    assert first == second
    assert [path.name for path in (tmp_path / "data").iterdir()] == [FILE]
    assert stat.S_IMODE((tmp_path / "data" / FILE).stat().st_mode) == 0o600


def test_two_installations_have_keys_of_their_own(tmp_path: Path) -> None:
    assert load_secret_key("", tmp_path / "a").sign("a", "b") != load_secret_key("", tmp_path / "b").sign("a", "b")


def test_a_key_that_others_could_read_is_made_private(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(GIVEN)
    (tmp_path / FILE).chmod(0o644)
    load_secret_key("", tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_given_key_goes_before_the_kept_one_and_makes_no_file(tmp_path: Path) -> None:
    assert load_secret_key(GIVEN, tmp_path).of("a") == SecretKey(GIVEN.encode()).of("a")
    assert list(tmp_path.iterdir()) == []


def test_what_is_signed_for_one_purpose_or_one_thing_proves_nothing_of_another() -> None:
    key = SecretKey(GIVEN.encode())
    signatures = {key.sign(purpose, words) for purpose in ("a", "b") for words in ("x", "y")}
    assert len(signatures) == 4
    assert {len(signature) for signature in signatures} == {32}


def test_a_key_that_cannot_be_kept_or_is_cut_short_is_told_with_what_mends_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Permanent, match="can't be used"):
        load_secret_key("", tmp_path / "file")
    (tmp_path / FILE).write_text("short")
    with pytest.raises(Permanent, match="too short"):
        load_secret_key("", tmp_path)
