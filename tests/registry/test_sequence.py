"""Runs of lists that print each row, against counting list by list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas287.registry import spans
from tests.registry.story import History, places, row, tell

histories = st.dictionaries(
    st.builds(row, st.just("TX"), st.sampled_from(["Foo Police", "Bar Police", "Baz Police", "Foo  police"])),
    st.text(".x2", min_size=1, max_size=7),
    min_size=1,
    max_size=4,
)


@given(histories)
def test_runs_are_what_the_lists_print(history: History) -> None:
    told = tell(history)
    names = told.made.record.printed["agency"].to_list()
    marks = {r.agency: m for r, m in history.items()}
    kept = places(told)
    assert len(kept) + sum(d.stale for d in told.made.dated) == max(map(len, history.values()))
    marks = {name: "".join(m[n] if n < len(m) else "." for n in kept) for name, m in marks.items()}
    for no, span in told.made.on.on.items():
        assert list(spans.bits(span)) == [n for n, c in enumerate(marks[names[no]]) if c != "."]
    for run in told.made.on.runs:
        stretch = marks[names[run.printed_no]][run.first : run.last + 1]
        assert "." not in stretch
        assert run.twice == stretch.count("2")
        # One list more at either end would not print it.
        around = f".{marks[names[run.printed_no]]}."
        assert around[run.first] == around[run.last + 2] == "."


@given(histories)
def test_rows_of_a_run_are_those_of_its_first_and_last_list(history: History) -> None:
    told = tell(history)
    record = told.made.record
    at = {(no, row_no): printed for no, row_no, printed in record.rows.iter_rows()}
    for run in told.made.on.runs:
        for place, row_no in ((run.first, run.first_row), (run.last, run.last_row)):
            list_no = told.made.on.lists[place].sheet.list_no
            assert at[list_no, row_no] == run.printed_no
