"""One table in one format, the same bytes whenever its contents are the same.

What formats put in of their own (the moment of writing) is set to the instant that the data speak
for. Excel and Stata need the extra ``export``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

import polars as pl

from ..errors import AtlasError
from .tables import Published

#: The rows of a sheet that Excel still opens with ease; it can hold 1,048,576, its head among them.
EXCEL_ROWS = 400_000
#: Stata's files are not compressed: beyond so many rows one is larger than all others together.
STATA_ROWS = 400_000
#: The characters of a label, and of a variable's name, in Stata.
STATA_LABEL, STATA_NAME = 80, 32
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_STATA_STAMP = b"<timestamp>\x11"


def write_csv(table: Published, path: Path, at: datetime) -> None:
    """CSV in UTF-8, empty where a value is missing."""
    table.frame.write_csv(path)


def write_parquet(table: Published, path: Path, at: datetime) -> None:
    """Parquet, zstd."""
    table.frame.write_parquet(path, compression="zstd", compression_level=9, row_group_size=100_000)


def write_excel(table: Published, path: Path, at: datetime) -> None:
    """A workbook of one sheet. Text stays text: nothing a list printed becomes a formula or a link."""
    import xlsxwriter

    frame = table.frame
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": at, "title": table.name, "comments": table.row})
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(table.name[:31])
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(frame.columns):
            sheet.write_string(0, column, name, head)
        for row, values in enumerate(frame.iter_rows(), 1):
            for column, value in enumerate(values):
                if value is None:
                    continue
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                else:
                    sheet.write_number(row, column, value)


def write_stata(table: Published, path: Path, at: datetime) -> None:
    """Stata 14 (.dta, format 118): labels from the dictionary, missing text is empty."""
    import pyreadstat

    labels: dict[str, str | None] = {c.name: c.says[:STATA_LABEL].strip() for c in table.columns}
    about = table.row[:STATA_LABEL].strip()
    pyreadstat.write_dta(_narrow(table.frame), path, file_label=about, column_labels=labels, version=14)
    stamp = f"{at.day:02} {_MONTHS[at.month - 1]} {at:%Y %H:%M}".encode()
    assert len(stamp) == 17, "the format gives the stamp 17 characters"
    with path.open("r+b") as file:
        start = file.read(1024).index(_STATA_STAMP) + len(_STATA_STAMP)
        file.seek(start)
        file.write(stamp)


def _narrow(frame: pl.DataFrame) -> pl.DataFrame:
    """Counts in the smallest type that Stata has for them: its files are not compressed."""
    small = []
    for name, kind in frame.schema.items():
        if kind == pl.Int64:
            top = frame[name].abs().max()
            limit = top if isinstance(top, int) else 0
            # Stata keeps the highest values of each type for what is missing.
            fit = pl.Int8 if limit <= 100 else pl.Int16 if limit <= 32_740 else pl.Int32
            small.append(pl.col(name).cast(fit if limit <= 2_147_483_620 else pl.Float64))
    return frame.with_columns(small)


class Format:
    """A format: its file's ending, what writes it, and the module that this needs."""

    def __init__(
        self,
        ending: str,
        write: Callable[[Published, Path, datetime], None],
        needs: str | None = None,
        rows: int | None = None,
    ):
        self.ending, self.write, self.needs, self.rows = ending, write, needs, rows

    def holds(self, table: Published) -> bool:
        """Whether a table is short enough for the format."""
        return self.rows is None or table.frame.height < self.rows

    def check(self) -> None:
        """Raises AtlasError if what the format needs is not installed."""
        if self.needs and find_spec(self.needs) is None:
            raise AtlasError(
                f"{self.ending} files need {self.needs}, which the extra `export` brings",
                remedy='pip install "atlas287[export]", or ask for --format csv --format parquet alone',
            )


FORMATS = {
    "csv": Format("csv", write_csv),
    "parquet": Format("parquet", write_parquet),
    "excel": Format("xlsx", write_excel, "xlsxwriter", EXCEL_ROWS),
    "stata": Format("dta", write_stata, "pyreadstat", STATA_ROWS),
}
