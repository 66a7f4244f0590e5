"""How a table of the register is declared: its columns, its key, and what each of them says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its SQLite type, and what a cell of it says."""

    name: str
    type: str
    says: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is, its key, its columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def ddl(self) -> str:
        columns = ", ".join(f"{c.name} {c.type}" for c in self.columns)
        key = f", PRIMARY KEY ({', '.join(self.key)})" if self.key else ""
        return f"CREATE TABLE {self.name} ({columns}{key})"


def table(name: str, row: str, key: str, columns: str) -> Table:
    """A table from lines of ``name type what a cell says``; an indented line goes on."""
    lines = columns.strip().replace("\n            ", " ").splitlines()
    parsed = (line.split(maxsplit=2) for line in lines)
    return Table(
        name, row, tuple(key.split()), tuple(Column(c, type_.upper(), says) for c, type_, says in parsed)
    )
