"""The two icons of the app package, drawn point by point: the letters IT on a square, and alone in white."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

COLOUR, OUTLINE = 192, 32  # the widths and heights Teams wants, in pixels
BLUE, WHITE, NOTHING = b"\x1f\x3a\x5f\xff", b"\xff\xff\xff\xff", b"\xff\xff\xff\x00"
# The letters as rectangles (left, top, right, bottom) in shares of the width.
LETTERS = ((0.20, 0.26, 0.32, 0.74), (0.40, 0.26, 0.80, 0.38), (0.54, 0.26, 0.66, 0.74))


def colour_icon() -> bytes:
    """192 by 192, on the app's colour."""
    return _png(COLOUR, lambda x, y: WHITE if _in_letters(x, y) else BLUE)


def outline_icon() -> bytes:
    """32 by 32, white on nothing."""
    return _png(OUTLINE, lambda x, y: WHITE if _in_letters(x, y) else NOTHING)


def _in_letters(x: float, y: float) -> bool:
    return any(left <= x < right and top <= y < bottom for left, top, right, bottom in LETTERS)


def _png(width: int, point: Callable[[float, float], bytes]) -> bytes:
    """A square PNG with alpha (PNG specification, 3rd edition, sections 5 and 11)."""
    steps = [(step + 0.5) / width for step in range(width)]
    rows = b"".join(b"\x00" + b"".join(point(x, y) for x in steps) for y in steps)
    header = struct.pack(">IIBBBBB", width, width, 8, 6, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
