"""The powers table that ships: whole, in both languages, and true to the page."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from rapidfuzz import fuzz

from atlas287.registry.powers import UNKNOWN, Source, read_powers, read_steps
from atlas287.registry.powers.reading import LONGEST_SNIPPET
from atlas287.registry.powers.table import FOLDER, KINDS, WHOLE
from atlas287.registry.text import MODELS

TABLE = read_powers()


class Quote(NamedTuple):
    """Words that a row takes from a source, and the row that does."""

    source: Source
    page: int | None
    snippet: str
    of: str


def quotes() -> Iterator[Quote]:
    for cells in TABLE.cells.values():
        for c in cells:
            yield Quote(c.source, c.page, c.snippet, f"{c.template}/{c.power}")
    for step in read_steps():
        for act in step.acts.values():
            if act.source:
                yield Quote(act.source, act.page, act.snippet, f"{step.step}/{act.path}")


# What ships


def test_every_model_has_templates_and_every_template_whose_memorandum_was_read_answers_all() -> None:
    assert set(TABLE.models) == set(MODELS)
    for model in MODELS:
        assert TABLE.of_model(model), model
    answered = {t: {p for (of, p) in TABLE.cells if of == t} for t in TABLE.templates}
    whole = {c.template for cells in TABLE.cells.values() for c in cells if c.source.read in WHOLE}
    assert whole == {"jem-2020", "jem-2025", "wso-2019", "wso-2020", "wso-2025", "tfm-2025"}
    for template, powers in answered.items():
        assert powers, f"{template} says nothing at all"
        if template in whole:
            assert powers == set(TABLE.powers), template


def test_what_the_models_differ_in() -> None:
    """The table's plainest facts, which a slip of a row would turn round."""

    def answer(template: str, power: str) -> str:
        found = TABLE.cells.get((template, power))
        return found[0].answer if found else UNKNOWN

    for year in ("2019", "2020", "2025"):
        given = {p for p in TABLE.powers if answer(f"wso-{year}", p) in ("yes", "limited")}
        assert given == {"warrant_arrest", "warrant_removal", "detain"}
    for year in ("2020", "2025"):
        assert answer(f"jem-{year}", "question") == "limited"
        assert answer(f"jem-{year}", "arrest_no_warrant") == "no"
        assert answer(f"jem-{year}", "detainers") == "yes"
    assert answer("tfm-2025", "question") == "yes"
    assert answer("tfm-2025", "arrest_no_warrant") == "limited"
    assert answer("tfm-2025", "citizenship") == "silent"
    assert answer("hybrid-2009", "arrest_no_warrant") == UNKNOWN


def test_templates_run_newest_first() -> None:
    for model in MODELS:
        since = [t.since for t in TABLE.of_model(model)]
        assert since == sorted(since, reverse=True)


def test_every_source_is_cited_and_every_memorandum_quoted_has_a_page() -> None:
    cited = {q.source.source for q in quotes()}
    assert cited == set(TABLE.sources)
    assert {s.kind for s in TABLE.sources.values()} <= set(KINDS)
    for q in quotes():
        assert (q.page is not None) == (bool(q.source.file) and bool(q.snippet)), q.of
        assert len(q.snippet) <= LONGEST_SNIPPET


def test_spanish_stands_beside_english_and_is_not_a_copy_of_it() -> None:
    pairs = [(p.label_en, p.label_es) for p in TABLE.powers.values()]
    pairs += [(m.said_en, m.said_es) for m in TABLE.models.values()]
    pairs += [
        pair for t in TABLE.templates.values() for pair in ((t.title_en, t.title_es), (t.read_en, t.read_es))
    ]
    pairs += [(c.words_en, c.words_es) for cells in TABLE.cells.values() for c in cells]
    for step in read_steps():
        pairs += [(step.title_en, step.title_es)]
        pairs += [(a.words_en, a.words_es) for a in step.acts.values()]
    for english, spanish in pairs:
        assert spanish and english != spanish, english
        # One full stop in one language is one in the other: no clause was left out.
        assert english.endswith(".") == spanish.endswith("."), english


def test_no_memorandum_lends_a_telephone_number_or_an_address() -> None:
    text = " ".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.csv"))
    assert not re.search(r"\d{3}[-.) ]+\d{3}[-. ]\d{4}", text)
    assert "@" not in re.sub(r"https?://\S+", "", text)


# True to the page

_EVEN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def joined(text: str) -> str:
    """Text without space, case and kinds of quotes: a text layer puts spaces where none are printed."""
    return re.sub(r"\s+", "", text.translate(_EVEN)).casefold()


@cache
def layer(path: Path) -> list[str]:
    """The text of each page of a PDF, joined."""
    pypdf = pytest.importorskip("pypdf")
    return [joined(page.extract_text() or "") for page in pypdf.PdfReader(path).pages]


@cache
def ocr(path: Path, page: int) -> str:
    """What tesseract reads on one page, joined."""
    picture = subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-png", "-f", str(page), "-l", str(page), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    ).stdout
    read = subprocess.run(
        ["tesseract", "-", "-"],
        input=picture,
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads wait for one another on few cores
    ).stdout
    return joined(read.decode())


@pytest.mark.needs("data")
def test_every_snippet_of_a_text_layer_stands_on_its_page(data: Path) -> None:
    found = 0
    for q in quotes():
        if q.source.read == "text" and q.page:
            pages = layer(data / "moa" / q.source.file)
            assert q.page <= len(pages), f"{q.of}: {q.source.file} has {len(pages)} pages"
            assert joined(q.snippet) in pages[q.page - 1], f"{q.of}: not on page {q.page}: {q.snippet}"
            found += 1
    assert found > 100


@pytest.mark.needs("data")
def test_a_memorandum_read_as_picture_has_no_text_layer(data: Path) -> None:
    """Checked by eye, and marked so: else the layer would be the better witness."""
    for source in TABLE.sources.values():
        if source.read == "eye":
            cited = {q.page for q in quotes() if q.source is source and q.page}
            pages = layer(data / "moa" / source.file)
            assert cited
            for page in cited:
                assert len(pages[page - 1]) < 200, f"{source.file}, page {page} has a text layer"


@pytest.mark.needs("data", "ocr")
def test_every_snippet_of_a_scan_is_read_on_its_page(data: Path) -> None:
    for q in quotes():
        if q.source.read == "eye" and q.page:
            said = ocr(data / "moa" / q.source.file, q.page)
            assert fuzz.partial_ratio(joined(q.snippet), said) > 95, f"{q.of}, page {q.page}: {q.snippet}"


#: Memoranda by template, by their file names; each template's own is among them.
FILES = {
    "jem-2020": (r"JEM.*2020\.pdf|JEM.*2020-\d\d-\d\d\.pdf", 11),
    "wso-2019": (r"WSO.*(2019|2020-02)", 7),
    "wso-2025": (r"_WSO_MOA_.*25", 7),
    "tfm-2025": (r"_TFM?_MOA_.*25", 14),
}
#: Read as picture: its text layer is in a code of its own on three pages.
GARBLED = "287g_JEM_Knox_6-8-2020.pdf"


@pytest.mark.needs("data")
@pytest.mark.parametrize("template", FILES)
def test_other_memoranda_of_a_template_have_the_same_terms(template: str, data: Path) -> None:
    pattern, count = FILES[template]
    files = [path for path in (data / "moa").rglob("*.pdf") if re.search(pattern, path.name)]
    assert len(files) == count
    terms = {
        c.snippet
        for (t, _), cells in TABLE.cells.items()
        for c in cells
        if t == template and c.source.read in WHOLE and c.answer in ("yes", "limited", "stated")
    }
    read = 0
    for path in files:
        pages = layer(path)
        if path.name == GARBLED or min(map(len, pages[:6])) < 500:
            continue  # scanned: read by OCR when the table was made
        read += 1
        for term in terms:
            # Other agencies' names, and what OCR made of the letters, stand between the words.
            assert fuzz.partial_ratio(joined(term), "".join(pages)) >= 75, f"{path.name}: {term}"
    assert read >= 3


@pytest.mark.needs("data")
def test_a_snippet_that_is_not_there_would_be_seen(data: Path) -> None:
    source = TABLE.sources["moa-tfm-2025"]
    assert joined("the power to arrest anyone at all") not in "".join(layer(data / "moa" / source.file))
