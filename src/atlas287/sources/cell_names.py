"""What spreadsheets call their cells: column 0 of row 5 is "A5". Standard library only, as `status` is."""

from __future__ import annotations


def split_name(cell: str) -> tuple[int, int]:
    """The 0-based column and 1-based row of a cell's name."""
    letters = cell.rstrip("0123456789")
    return column_index(letters), int(cell[len(letters) :])


def column_letters(index: int) -> str:
    """The spreadsheet's name of a column: 0 is "A", 26 is "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The 0-based column that a spreadsheet calls ``letters``."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1
