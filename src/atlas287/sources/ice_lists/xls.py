"""Old workbooks (.xls), as far as calamine reads them: cells, no links."""

from __future__ import annotations

import io

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from .limits import LIMITS, Limits
from .problems import FETCH_AGAIN, REPORT, Note, UnreadableError
from .table import Parsed, Table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_UNLOCK = "Open it with its password in a spreadsheet program and save it without one."
#: An .xls spans at most 65,536 x 256 cells, but the reader lays them out before they can be counted.
_LARGEST = 8 << 20


def read_xls(data: bytes, limits: Limits = LIMITS) -> Parsed:
    """Read an .xls workbook's cells. Raises UnreadableError when it is encrypted, damaged or no workbook."""
    if _ENCRYPTED in data:
        raise UnreadableError("it is encrypted with a password", _UNLOCK)
    if len(data) > _LARGEST:
        raise UnreadableError(
            f"it is an .xls of {len(data):,} bytes; at most {_LARGEST:,} are read", "Save it as .xlsx."
        )
    parsed = Parsed()
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            metadata = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
            parsed.sheets = len(metadata)
            for sheet in metadata[: limits.sheets]:
                cells = book.get_sheet_by_name(sheet.name)
                if cells.total_height * cells.total_width > limits.cells:
                    reason = f"sheet {sheet.name!r} spans more than {limits.cells:,} cells"
                    parsed.notes.append(
                        Note("sheet", reason, "Delete stray cells and save it as .xlsx.", sheet.name)
                    )
                    continue
                top, left = cells.start or (0, 0)
                hidden = None if sheet.visible == SheetVisibleEnum.Visible else "it is hidden"
                parsed.tables.append(Table(sheet.name, cells.to_python(), top, left, set_aside=hidden))
    except PasswordError:
        raise UnreadableError("it is encrypted with a password", _UNLOCK) from None
    except CalamineError as error:
        raise UnreadableError(
            f"it is an old Office file that cannot be read as a workbook ({error})", FETCH_AGAIN
        ) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic in Rust is no Exception
            raise
        raise UnreadableError("it is an old Office file on which the reader gave up", REPORT) from None
    parsed.notes.append(
        Note("link", "the links of an .xls workbook are not read", "Save it as .xlsx to have them.")
    )
    return parsed
