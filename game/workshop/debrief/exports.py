"""A session to take away: tables as CSV and XLSX, every game as a transcript, all of it as a zip.

The same session gives the same bytes. Texts that a spreadsheet would take for a formula are made
harmless, since names are given by whoever joins.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import xlsxwriter

from game.scenario.pack_zip import zip_bytes
from game.workshop.debrief.export_tables import Sheet, Value, sheets
from game.workshop.room.tables import Table
from game.workshop.service import Live

_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_WIDEST = 44  # letters, of a column


def tables_of(live: Live) -> list[Sheet]:
    """The tables of a session as it stands."""
    return sheets(live.room, live.records, live.reviews.of)


def csv_file(sheet: Sheet) -> bytes:
    """A table as CSV: UTF-8 with its mark, which spreadsheets look for; commas, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_plain(value) for value in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _plain(value: Value) -> str | int | float:
    if isinstance(value, str):
        text = clean(value)
        return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
    return "" if value is None else value


def clean(text: str) -> str:
    """A text in one cell: no marks that steer or turn the direction, one line."""
    return " ".join(_UNPRINTABLE.sub("", text).split("\n")).replace("\r", " ")


def xlsx_file(all_sheets: Sequence[Sheet], title: str, created: float) -> bytes:
    """All tables as one workbook; texts are texts and never formulas or links."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        day = datetime.fromtimestamp(int(created), UTC).replace(tzinfo=None)
        book.set_properties({"title": clean(title), "author": "Long Lunch", "created": day})
        head = book.add_format({"bold": True, "bottom": 1})
        for sheet in all_sheets:
            _page(book, sheet, head)
    return out.getvalue()


def _page(book: xlsxwriter.Workbook, sheet: Sheet, head: object) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    for column, name in enumerate(sheet.columns):
        page.write_string(0, column, name, head)
        widest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
        page.set_column(column, column, min(_WIDEST, max(len(name), widest) + 2))
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    page.write_string(number, column, clean(value))
            elif value is not None:
                page.write_number(number, column, value)


# --- games ----------------------------------------------------------------------------------------


def transcript_name(live: Live, table: Table) -> str:
    """The name of a table's game as a file: `oak-s1.1-seoul.lunch.json`."""
    seat = re.sub(r"[^a-z0-9]+", "-", live.room.seats[table.seat].name.lower()).strip("-")
    return f"{seat or 'seat'}-{table.id}-{table.desk.scenario.scenario}.lunch.json"


def transcript_file(table: Table) -> bytes:
    """A table's game in the program's own format: `longlunch review` opens it, and the desktop."""
    found = table.game.transcript.as_json()
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def everything(live: Live, more: Mapping[str, bytes] | None = None) -> bytes:
    """All tables, the workbook and every game that has begun, as a zip; `more` goes into it too."""
    found = tables_of(live)
    files = {f"{sheet.name}.csv": csv_file(sheet) for sheet in found}
    files["tables.xlsx"] = xlsx_file(found, live.room.title, live.kept.created)
    for table in live.room.tables.values():
        if table.entries:
            files[f"games/{transcript_name(live, table)}"] = transcript_file(table)
    files |= dict(more or {})
    return zip_bytes(files)
