"""The tables of evidence: those that ship are whole; a bad row names file, line and remedy."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas287 import EvidenceError
from atlas287.evidence import money, studies, timeline
from atlas287.evidence.rows import Row

Read = Callable[[Path], list[Row]]
TABLES: dict[str, tuple[Path, Read]] = {
    "timeline": (timeline.FILE, timeline.read_timeline),
    "money": (money.FILE, money.read_money),
    "studies": (studies.FILE, studies.read_studies),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_its_source_where_it_was_read_and_its_spanish(name: str) -> None:
    _, read = TABLES[name]
    rows = read(TABLES[name][0])
    assert len(rows) >= 20
    for row in rows:
        assert row["read"] and row["url"]
        for column in row:
            if column.endswith("_en"):
                assert (row[column] is None) == (row[f"{column[:-3]}_es"] is None), (row["id"], column)


@pytest.mark.parametrize("name", TABLES)
def test_no_sentence_of_ours_stands_in_english_under_spanish(name: str) -> None:
    for row in TABLES[name][1](TABLES[name][0]):
        for column in ("says", "title", "basis", "measure", "design"):
            english, spanish = row.get(f"{column}_en"), row.get(f"{column}_es")
            if english and " " in english:
                assert english != spanish, (row["id"], column)


def mended(name: str, tmp_path: Path, change: dict[str, str], line: int = 2) -> Path:
    """The table that ships, with cells of one line changed."""
    with TABLES[name][0].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[line - 2] |= change
    path = tmp_path / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


FAULTS = {
    "a day that there is none of": (
        "timeline",
        {"start": "2025-02-30"},
        "start says '2025-02-30'",
        "YYYY-MM-DD",
    ),
    "a day in words": ("timeline", {"start": "May 1954"}, "start says 'May 1954'", "YYYY-MM-DD"),
    "an end before the start": ("timeline", {"end": "1901"}, "ends before it starts", "change start or end"),
    "a kind unheard of": ("timeline", {"kind": "rumour"}, "kind says 'rumour'", "write one of enforcement"),
    "an id with a blank": ("timeline", {"id": "Two Words"}, "id says 'Two Words'", "small letters"),
    "an id twice": ("timeline", {"id": "wso-begins"}, "id 'wso-begins' stands on line", "its own"),
    "half a range": ("timeline", {"high": ""}, "a range has two ends", "neither"),
    "a range the wrong way": ("timeline", {"low": "3000000"}, "low is above high", "change the two"),
    "a figure of nothing": ("timeline", {"unit_en": ""}, "a figure without its unit", "unit_en"),
    "a figure in words": ("timeline", {"figure": "1,000"}, "figure says '1,000'", "plain digits"),
    "no source": ("timeline", {"source": ""}, "source is empty", "line of text"),
    "no place where it was read": ("timeline", {"read": ""}, "read is empty", "line of text"),
    "an address that is none": ("timeline", {"url": "example.org"}, "url says 'example.org'", "http"),
    "one bad address of two": ("timeline", {"url": "https://a.org/ ftp://b.org/"}, "url says", "http"),
    "a ban without a state": (
        "timeline",
        {"kind": "ban", "start": "2025-01-01", "end": ""},
        "a ban needs a state and a day",
        "give both",
    ),
    "a state unheard of": ("timeline", {"state": "ZZ"}, "state says 'ZZ'", "postal code"),
    "a blank at the end": (
        "timeline",
        {"source": "A source "},
        "source begins or ends with a space",
        "take it out",
    ),
    "an amount of nothing": (
        "money",
        {"amount_usd": "5", "unit_en": ""},
        "an amount without its unit",
        "unit_en",
    ),
    "an amount below nothing": (
        "money",
        {"amount_usd": "-5", "unit_en": "a", "unit_es": "a"},
        "below nothing",
        "without a sign",
    ),
    "an amount with a sign": ("money", {"amount_usd": "$5"}, "amount_usd says '$5'", "plain digits"),
    "a county of four digits": ("money", {"fips": "4013"}, "fips says '4013'", "five digits"),
    "no basis": ("money", {"basis_en": ""}, "basis_en is empty", "line of text"),
    "an estimate of nothing": ("studies", {"estimate": "5"}, "an estimate without its unit", "unit_en"),
    "an error of nothing": (
        "studies",
        {"estimate": "5", "unit_en": "a", "unit_es": "a", "standard_error": "0"},
        "standard error of nothing",
        "empty",
    ),
    "an error without an estimate": (
        "studies",
        {"standard_error": "2"},
        "an interval without an estimate",
        "estimate too",
    ),
    "an interval beside its estimate": (
        "studies",
        {"estimate": "5", "low": "6", "high": "7", "unit_en": "a", "unit_es": "a"},
        "does not hold the estimate",
        "around it",
    ),
    "a rise that falls": (
        "studies",
        {"estimate": "-5", "unit_en": "a", "unit_es": "a", "direction": "rise"},
        "a rise with a negative estimate",
        "sign",
    ),
    "an outcome unheard of": ("studies", {"outcome": "weather"}, "outcome says 'weather'", "recorded crime"),
    "no page": ("studies", {"page": ""}, "page is empty", "line of text"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_row_names_file_line_and_remedy(fault: str, tmp_path: Path) -> None:
    name, change, what, remedy = FAULTS[fault]
    with pytest.raises(EvidenceError) as told:
        TABLES[name][1](mended(name, tmp_path, change))
    assert what in told.value.message and remedy in told.value.remedy
    line = int(told.value.message.removeprefix(f"{name}.csv, line ").split(":")[0])
    assert line == 2 or fault == "an id twice"


@pytest.mark.parametrize("name", TABLES)
def test_another_header_too_many_cells_and_too_few_are_refused(name: str, tmp_path: Path) -> None:
    text = TABLES[name][0].read_text(encoding="utf-8")
    head, first, *rest = text.splitlines()
    path = tmp_path / f"{name}.csv"
    for lines, what in (
        ([head.replace("id,", "ident,", 1), first, *rest], "the header is not as expected"),
        ([head, first + ",more"], "line 2: the row has more cells"),
        ([head, first.rsplit(",", 1)[0]], "line 2: the row has fewer cells"),
        ([head, first.rsplit(",", 1)[0] + ',"open'], "unexpected end of data"),
    ):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with pytest.raises(EvidenceError, match=what):
            TABLES[name][1](path)
    path.write_bytes("id,é".encode("latin-1"))
    with pytest.raises(EvidenceError, match="cannot be read"):
        TABLES[name][1](path)


@pytest.mark.parametrize("name", TABLES)
def test_the_files_are_as_a_spreadsheet_writes_them(name: str) -> None:
    """Quoted where needed, one line a row: so a change shows as a change of its line."""
    text = TABLES[name][0].read_text(encoding="utf-8")
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    assert out.getvalue() == text
