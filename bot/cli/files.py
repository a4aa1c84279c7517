"""Files named on the command line."""

from __future__ import annotations

from pathlib import Path

from bot.domain.errors import Invalid


def bytes_of(file: Path) -> bytes:
    """The content of a file. Raises Invalid in words if it can't be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Invalid(f"There is no file {file}.") from None
    except OSError as error:
        raise Invalid(f"{file} can't be read ({type(error).__name__}).") from None


def write_text(file: Path, text: str) -> None:
    """Write a file. Raises Invalid in words if it can't be written."""
    write_bytes(file, text.encode())


def write_bytes(file: Path, content: bytes) -> None:
    """The same with any content."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Invalid(f"{file} can't be written ({type(error).__name__}).") from None


def text_of(file: Path) -> str:
    """The text of a file. Raises Invalid in words if it can't be read."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Invalid(f"There is no file {file}.") from None
    except IsADirectoryError:
        raise Invalid(f"{file} is a folder, not a file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{file} can't be read as text ({type(error).__name__}).") from None
