"""A row of the powers table that is not what it should be is refused with file, line and remedy."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas287.errors import BuildError
from atlas287.registry.powers import UNKNOWN, read_powers
from atlas287.registry.powers.table import COLUMNS, FOLDER

Change = Callable[[dict[str, str]], object]


def changed(folder: Path, file: str, change: Change, at: int = 0) -> Path:
    """The shipped table with one row of one file changed."""
    shutil.copytree(FOLDER, folder / "powers", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = folder / "powers" / f"{file}.csv"
    with path.open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    change(rows[at])
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, list(COLUMNS[file]))
        writer.writeheader()
        writer.writerows(rows)
    return folder / "powers"


def number(file: str, **wanted: str) -> int:
    """The number of the first row that has these cells."""
    with (FOLDER / f"{file}.csv").open(encoding="utf-8", newline="") as f:
        return next(
            n for n, row in enumerate(csv.DictReader(f)) if all(row[k] == v for k, v in wanted.items())
        )


BAD: dict[str, tuple[str, dict[str, str], str, str]] = {
    "a template that there is none of": (
        "cells",
        {"template": "jem-1999"},
        "template 'jem-1999'",
        "jem-2025",
    ),
    "a power that there is none of": ("cells", {"power": "fly"}, "power 'fly'", "question"),
    "an answer that means nothing": ("cells", {"answer": "perhaps"}, "answer 'perhaps'", "yes, limited, no"),
    "an answer of the other kind": (
        "cells",
        {"answer": "stated"},
        "answer 'stated'",
        "yes, limited, no, silent",
    ),
    "what is not documented": ("cells", {"answer": UNKNOWN}, "has no row", "leave the row out"),
    "a source that there is none of": ("cells", {"source": "hearsay"}, "source 'hearsay'", "moa-jem-2025"),
    "no Spanish": ("cells", {"words_es": " "}, "words_es is empty", "fill it"),
    "a note in one language": (
        "cells",
        {"note_en": "So it is."},
        "note_en and note_es",
        "all of them or none",
    ),
    "no snippet": ("cells", {"snippet": ""}, "snippet is empty", "copy the words"),
    "a long snippet": ("cells", {"snippet": "x" * 301}, "301 characters", "300 at most"),
    "a memorandum without a page": ("cells", {"page": ""}, "page is empty", "has pages"),
    "a page that is none": ("cells", {"page": "viii"}, "page 'viii'", "counted from 1"),
    "page nought": ("cells", {"page": "0"}, "page '0'", "counted from 1"),
    "a silence with a page": ("cells", {"answer": "silent"}, "silence has no page", "leave the row out"),
    "a kind of source": ("sources", {"kind": "rumor"}, "kind 'rumor'", "memorandum, law"),
    "a way of reading": ("sources", {"read": "glanced"}, "read 'glanced'", "text, eye"),
    "a whole reading without a file": ("sources", {"file": ""}, "a file is named where", "give file"),
    "an address that is no link": ("sources", {"address": "javascript:x"}, "cannot be opened", "http(s)"),
    "a day that is none": ("sources", {"dated": "2020-06-31st"}, "dated '2020-06-31st'", "YYYY-MM-DD"),
    "a month that is none": ("templates", {"since": "2020-13"}, "since '2020-13'", "YYYY-MM-DD"),
    "a model of a template": ("templates", {"model": "xyz"}, "model 'xyz'", "jem, tfm"),
    "a group of powers": ("powers", {"group": "magic"}, "group 'magic'", "authority, term"),
    "a model twice": ("models", {"model": "tfm"}, "model 'tfm' stands twice", "keep one"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_refused_with_file_and_line(case: str, tmp_path: Path) -> None:
    file, change, message, remedy = BAD[case]
    folder = changed(tmp_path, file, lambda row: row.update(change))
    with pytest.raises(BuildError) as told:
        read_powers(folder)
    line = 3 if case == "a model twice" else 2
    assert told.value.message.startswith(f"{file}.csv, line {line}: ")
    assert message in told.value.message
    assert remedy in told.value.remedy


def test_a_page_where_the_source_has_none_is_refused(tmp_path: Path) -> None:
    at = number("cells", source="usc-1357g")
    folder = changed(tmp_path, "cells", lambda row: row.update(page="3"), at)
    with pytest.raises(BuildError, match=rf"cells.csv, line {at + 2}: page is filled"):
        read_powers(folder)


def test_a_power_left_out_of_a_memorandum_read_whole_is_named(tmp_path: Path) -> None:
    at = number("cells", template="wso-2025", power="citizenship")
    folder = changed(tmp_path, "cells", lambda row: row.update(power="refresher"), at)
    with pytest.raises(BuildError, match=r"wso-2025 was read whole and says nothing of citizenship"):
        read_powers(folder)


def test_the_same_words_twice_are_refused(tmp_path: Path) -> None:
    first = dict(next(iter(csv.DictReader((FOLDER / "cells.csv").open(encoding="utf-8", newline="")))))
    folder = changed(tmp_path, "cells", lambda row: row.update(first), 1)
    with pytest.raises(BuildError, match=r"cells.csv, line 3: says again what cells.csv, line 2 says"):
        read_powers(folder)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("template,power\njem-2025,question\n", "cells.csv has another header"),
        ("{head}a,b\n", "cells.csv, line 2: the row has fewer cells"),
        ("{head}1,2,3,4,5,6,7,8,9,10,11\n", "cells.csv, line 2: the row has more cells"),
        ('{head}jem-2025,question,yes,"a" b,,,,,,\n', "cells.csv, line 2: "),
    ],
)
def test_a_file_out_of_shape_is_refused(text: str, message: str, tmp_path: Path) -> None:
    folder = changed(tmp_path, "cells", lambda row: None)
    head = ",".join(COLUMNS["cells"]) + "\n"
    (folder / "cells.csv").write_text(text.replace("{head}", head), encoding="utf-8")
    with pytest.raises(BuildError) as told:
        read_powers(folder)
    assert message in told.value.message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = changed(tmp_path, "cells", lambda row: None)
    (folder / "sources.csv").unlink()
    with pytest.raises(BuildError, match=r"sources\.csv is missing"):
        read_powers(folder)


def test_a_model_without_a_row_is_named(tmp_path: Path) -> None:
    folder = changed(tmp_path, "cells", lambda row: None)
    path = folder / "models.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"models.csv: there is no row for model hybrid"):
        read_powers(folder)
