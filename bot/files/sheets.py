"""Tables as CSV and XLSX: written so that no cell is ever a formula, read as plain text with limits."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.errors import Invalid

MOST_ROWS, MOST_COLUMNS, MOST_CELL = 20_000, 100, 10_000
MOST_BYTES, MOST_UNPACKED = 10_000_000, 100_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ZIP = b"PK\x03\x04"

Row = dict[str, str]


def write_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The table as CSV that spreadsheets open (UTF-8 with a mark, commas)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_safe(row.get(column, "")) for column in columns] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def write_xlsx(title: str, columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The table as XLSX, its head frozen, wide enough to read."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns):
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(60, max(14, len(column) + 4))
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_safe(row.get(column, "")) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes) -> list[tuple[int, Row]]:
    """The rows with their line (the head is line 1), keys in lower case. Raises Invalid with what is wrong."""
    if len(content) > MOST_BYTES:
        raise Invalid(f"The file is too large: {MOST_BYTES // 1_000_000} MB at most.")
    lines = _xlsx_lines(content) if content.startswith(_ZIP) else _csv_lines(content)
    if not lines:
        raise Invalid("The file is empty.")
    head = [name.strip().lower() for name in lines[0]]
    if not any(head) or any(head[MOST_COLUMNS:]):
        raise Invalid(f"The first line must name the columns, {MOST_COLUMNS} at most.")
    repeated = [name for at, name in enumerate(head) if name and name in head[:at]]
    if repeated:
        raise Invalid(f"The column “{repeated[0]}” is there twice.")
    if len(lines) > MOST_ROWS + 1:
        raise Invalid(f"The file has too many lines: {MOST_ROWS:,} at most.")
    return [
        (number, {name: cell.strip() for name, cell in zip(head, line, strict=False) if name})
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    plain = text.replace("\x00", "")
    return "'" + plain if plain.startswith(_FORMULA) else plain


def _csv_lines(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what older spreadsheets write
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [[_plain(cell) for cell in line] for line in reader]
    except csv.Error as error:
        raise Invalid(f"Line {reader.line_num}: {error}.") from None


def _xlsx_lines(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise Invalid("The workbook is too large when unpacked.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True)
        return [[_plain("" if cell is None else str(cell)) for cell in row] for row in rows]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError):
        raise Invalid("This is no workbook I can read. Save it as .xlsx or .csv and try again.") from None


def _plain(cell: str) -> str:
    """A cell as it was before it was made safe, of bounded length."""
    text = cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell
    return text[:MOST_CELL]
