"""Questionnaires that go out and come back, and the tables they are made of."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from bot.domain.diligence import Answer, Level
from bot.domain.errors import Invalid
from bot.files import questionnaire, questions_text, sheets

TODAY = date(2026, 11, 23)
QUESTIONS = questions_text.shipped()
KNOWN = {"mfa": Answer("mfa", Level.EVIDENCED, "U1", TODAY, '=HYPERLINK("http://evil")', "+49 https://trust.example")}


@pytest.mark.parametrize("write", [questionnaire.as_csv, questionnaire.as_xlsx], ids=["csv", "xlsx"])
def test_a_questionnaire_comes_back_as_it_went_out(write: Callable[..., bytes]) -> None:
    made = write(QUESTIONS, KNOWN)
    found = questionnaire.read(made, QUESTIONS, "U1", TODAY)
    assert found.answers == (KNOWN["mfa"],)
    assert (found.faults, found.unanswered) == ((), len(QUESTIONS) - 1)


def test_no_cell_that_goes_out_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(questionnaire.as_xlsx(QUESTIONS, KNOWN)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert b",=HYPERLINK" not in questionnaire.as_csv(QUESTIONS, KNOWN)


def test_answers_in_other_spellings_and_separators_are_understood() -> None:
    found = questionnaire.read(
        "Key;Answer;Note\nmfa; Yes. ;\ndpa;N/A;no data\n".encode("cp1252"), QUESTIONS, "U1", TODAY
    )
    assert [(one.question, one.level) for one in found.answers] == [("mfa", Level.YES), ("dpa", Level.NOT_APPLICABLE)]


def test_faults_are_told_line_by_line_and_the_others_stand() -> None:
    text = "key,answer,note\nmfa,maybe,\nnonsense,yes,\ndpa,n/a,\nexport,yes,\nexport,no,\nlogging,,\n"
    found = questionnaire.read(text.encode(), QUESTIONS, "U1", TODAY)
    assert [one.question for one in found.answers] == ["export"]
    assert [fault.split(":")[0] for fault in found.faults] == ["line 2", "line 3", "line 4", "line 6"]
    assert found.unanswered == 1


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 1001)
    return out.getvalue()


BAD = [
    (b"", "empty"),
    (b"a,b\n1,2\n", "columns “key” and “answer” are missing"),
    (b"key,answer,key\n1,2,3\n", "“key” is there twice"),
    (b"PK\x03\x04 not a zip", "no workbook"),
    (b"x" * (sheets.MOST_BYTES + 1), "too large"),
    (b"key,answer\n" + b"a,yes\n" * (sheets.MOST_ROWS + 1), "too many lines"),
]


@pytest.mark.parametrize(("content", "words"), BAD, ids=[words for _, words in BAD])
def test_a_file_that_is_no_questionnaire_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as raised:
        questionnaire.read(content, QUESTIONS, "U1", TODAY)
    assert words in raised.value.words


def test_a_workbook_that_swells_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 1000)
    with pytest.raises(Invalid, match="too large when unpacked"):
        sheets.read(bomb())
