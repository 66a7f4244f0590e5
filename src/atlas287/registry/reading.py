"""Each distinct printed row, read: state, name, model, day signed, county, memorandum.

Everything later works on these few thousand readings and on which lists print them, not on
the hundreds of thousands of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..sources.record import Record
from .dates import read_date
from .names import name_key
from .words import agency_type, county_name, evened, model_code, state_code, tidy

#: Verdicts on words: (field, word evened) -> what it means.
Words = Mapping[tuple[str, str], str]


@dataclass(slots=True, frozen=True)
class Reading:
    """One distinct printed row, read. A None is a cell that is blank or could not be read."""

    no: int
    state: str | None
    name: str  # tidy, case as printed
    evened: str
    key: str
    model: str | None
    type: str | None
    county: str | None
    signed: date | None
    link: str | None
    rules: tuple[str, ...]  # "state: spelling", "signed: stroke missing", ...
    wrong: tuple[tuple[str, str], ...]  # fields that could not be read: (field, why)


def read_printed(record: Record, words: Words, last_year: int) -> list[Reading]:
    """Read every distinct printed row of a record; the list is in ``printed_no`` order."""
    columns = ("printed_no", "state", "agency", "type", "county", "support_type", "signed", "moa_link")
    read_word = _word_reader(words)
    spelt = cache(lambda agency: (tidy(agency), evened(agency)))
    readings = []
    for no, state, agency, kind, county, model, signed, link in (
        record.printed.sort("printed_no").select(columns).iter_rows()
    ):
        code, state_rule = read_word("state", state or "")
        form, model_rule = read_word("model", model or "")
        day, day_rule = read_date(signed or "", last_year)
        name, alike = spelt(agency or "")
        parts = (("state", code, state_rule), ("model", form, model_rule), ("signed", day, day_rule))
        readings.append(
            Reading(
                no=no,
                state=code,
                name=name,
                evened=alike,
                key=name_key(agency or "", code or ""),
                model=form,
                type=read_word("type", kind or "")[0],
                county=county_name(county or ""),
                signed=day,
                link=link,
                rules=tuple(f"{what}: {rule}" for what, value, rule in parts if value and rule not in _PLAIN),
                wrong=tuple((what, rule) for what, value, rule in parts if not value and rule != "blank"),
            )
        )
    return readings


_PLAIN = frozenset({"exact", "evened", "iso"})
_READERS: dict[str, Callable[[str], tuple[str | None, str]]] = {
    "state": state_code,
    "model": model_code,
    "type": agency_type,
}


def _word_reader(words: Words) -> Callable[[str, str], tuple[str | None, str]]:
    """A reader of ICE's words that asks the verdicts first."""

    @cache
    def read(field: str, printed: str) -> tuple[str | None, str]:
        verdict = words.get((field, evened(printed)))
        return (verdict, "verdict") if verdict else _READERS[field](printed)

    return read
