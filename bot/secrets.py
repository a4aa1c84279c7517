"""The secret key of this installation, and what is made from it. It stays at the edge: the core never sees it."""

from __future__ import annotations

import hmac
import os
import stat
import tempfile
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe

from cryptography.fernet import Fernet, InvalidToken

from bot.domain.errors import Invalid, Permanent

FILE = "secret.key"
SHORTEST = 32
SIGNATURE_BYTES = 24
MEND = "Make the data folder writable, or set SECRET_KEY to at least 32 random characters."


class SecretKey:
    """One key; each purpose gets one of its own from it, so that what was made for one is of no use for another."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, purpose: str) -> bytes:
        """The key for one purpose: 32 bytes."""
        return hmac.digest(self._key, purpose.encode(), sha256)

    def seal(self, purpose: str, words: str) -> str:
        """Some words as nobody can read them without the key; the same words never look the same twice."""
        return Fernet(urlsafe_b64encode(self.of(purpose))).encrypt(words.encode()).decode()

    def unseal(self, purpose: str, sealed: str) -> str:
        """The words again. Raises Invalid for what was not sealed here for this purpose."""
        try:
            return Fernet(urlsafe_b64encode(self.of(purpose))).decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Invalid("This can't be read any more. Please answer again.") from None

    def sign(self, purpose: str, words: str) -> str:
        """What proves that `words` come from us: 32 characters that may stand in an address."""
        return urlsafe_b64encode(hmac.digest(self.of(purpose), words.encode(), sha256)[:SIGNATURE_BYTES]).decode()


def load_secret_key(given: str, folder: Path) -> SecretKey:
    """The key that was `given` (SECRET_KEY), else the one in the data folder, made there the first time.

    Processes that share the folder share the key, whoever was first. Raises Permanent if it can't be kept or read.
    """
    if given:
        return SecretKey(given.encode())
    path = folder / FILE
    try:
        if not path.exists():
            _make(path)
        _keep_private(path)
        key = path.read_bytes().strip()
    except OSError as error:
        raise Permanent(f"The secret key in {path} can't be used: {error.strerror}.", "secret_key", MEND) from error
    if len(key) < SHORTEST:
        raise Permanent(f"The secret key in {path} is too short.", "secret_key", "Delete it: a new one is made.")
    return SecretKey(key)


def _make(path: Path) -> None:
    """Write it whole under another name first: nobody ever reads half a key, and the first one that is there stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(token_urlsafe(SHORTEST).encode())
        os.link(name, path)
    except FileExistsError:
        return
    finally:
        Path(name).unlink()


def _keep_private(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)


class Sealing:
    """Implements bot.ports.Sealer for one purpose."""

    def __init__(self, key: SecretKey, purpose: str) -> None:
        self._key, self._purpose = key, purpose

    def seal(self, words: str) -> str:
        """Some words as nobody can read them without the key."""
        return self._key.seal(self._purpose, words)

    def unseal(self, sealed: str) -> str:
        """The words again. Raises Invalid for what was not sealed here."""
        return self._key.unseal(self._purpose, sealed)

    def ballot(self, *parts: str) -> str:
        """What tells equal parts from others, and nothing else without the key."""
        return self._key.sign(f"{self._purpose} ballot", "\0".join(parts))
