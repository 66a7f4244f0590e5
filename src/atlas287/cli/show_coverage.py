"""Coverage in words, for a terminal."""

from __future__ import annotations

from typing import Any

from ..panel.figures import UNKNOWN
from ..registry.text import MODELS, STATE_NAMES
from .dates import day
from .output import table
from .show import age


def coverage(answer: dict[str, Any]) -> str:
    """The figures of the nation or of a state."""
    jail, field, wide = answer["jail"], answer["field"], answer["statewide"]
    where = STATE_NAMES.get(answer["state"], answer["state"]) if "state" in answer else "The nation"
    lines = [
        f"{day(answer['on'])}: {where}. Figures side by side; they overlap and are never to be added up.",
        "",
        f"Jail: {_residents(jail['residents'])} live in {_counties(jail['counties'], answer['counties'])} "
        f"whose arrests are booked into a jail under a jail or warrant agreement{_share(jail['share'])}.",
    ]
    if jail["hispanic"] is not None:
        lines.append(f"  {jail['hispanic']:,} of them are Hispanic, by the counties' shares.")
    lines += _parts(jail, ("counties", "residents", "share"))
    if answer["state_run_jails"]["states"]:
        lines.append(_state_run(answer["state_run_jails"]))
    lines += [
        "",
        f"Field: {_range(field)} are policed by signatories of task-force agreements below state level, in "
        f"{_counties(field['counties'], answer['counties'])}{_shares(field)}.",
    ]
    if field["counties_in_doubt"]:
        lines.append(f"  A range, for in {_counties(field['counties_in_doubt'])} a count is not known.")
    if field["counties_capped"]:
        lines.append(
            f"  Capped at the county's residents in {_counties(field['counties_capped'])}, which cuts "
            f"{field['residents_cut']:,} people: the FBI's counts are of later years than the residents."
        )
    lines += _parts(field, ("counties", "low", "high", "share_low", "share_high"))
    lines.append("")
    for what, word in (("tfm", "task-force"), ("jail", "jail or warrant")):
        states = wide[what]["states"]
        if "state" in answer:
            told = ", ".join(wide[what]["agencies"]) or "none"
            lines.append(f"Statewide, {word} agreements: {told}.")
        else:
            lines.append(
                f"Statewide, {word} agreements: {len(states)} states and territories "
                f"({', '.join(states) or 'none'}), where {_residents(wide[what]['residents'])} live."
            )
    roster = answer["roster"]
    if roster["share"] is not None:
        lines.append(
            f"Agencies: {roster['taking_part']:,} of the {roster['agencies']:,} on the FBI's roster take "
            f"part ({roster['share']:.1%}); {answer['agencies']:,} have an agreement, on the roster or not."
        )
    if answer["city_jails"]:
        lines.append(
            f"Lock-ups that book no county's arrests, not counted: {', '.join(answer['city_jails'])}."
        )
    if answer["unplaced"]:
        lines.append(f"Of no known county, not counted: {', '.join(answer['unplaced'])}.")
    return "\n".join([*lines, *_basis(answer)])


def _state_run(told: dict[str, Any]) -> str:
    unknown = told["counties_unknown"] if told["residents"] is not None else 0
    but = f" (those of {_counties(unknown)} are not known)" if unknown else ""
    return (
        f"State-run jails, apart: {_residents(told['residents'])}{but} live in {_counties(told['counties'])} "
        f"of {', '.join(told['states'])}, where the state runs the jails and has signed, so that arrests are "
        "booked into its custody."
    )


def _basis(answer: dict[str, Any]) -> list[str]:
    vintage = (
        f" Counties' residents: {answer['vintage']}; policed ones: the FBI's roster."
        if answer["vintage"]
        else ""
    )
    people = (
        f" Shares are of {answer['population']:,} residents."
        if "jail" in answer and answer["population"]
        else ""
    )
    return [
        f"Basis: rows of ICE's list of {day(answer['list']['at'])} ({answer['list']['file']})."
        f"{people}{vintage} Signed is not operating.",
        age(answer),
    ]


def _parts(figure: dict[str, Any], columns: tuple[str, ...]) -> list[str]:
    rows = [
        (MODELS.get(name, name), *(_cell(part[c]) for c in columns))
        for of in ("by_model", "by_level")
        for name, part in figure[of].items()
    ]
    heads = {"low": "at least", "high": "at most", "share_low": "share ≥", "share_high": "share ≤"}
    head = ("", *(heads.get(c, c) for c in columns))
    return [f"  {line}" for line in table(rows, head).splitlines()] if rows else []


def _cell(value: Any) -> Any:
    return f"{value:.1%}" if isinstance(value, float) else value


def _residents(count: int | None) -> str:
    return "an unknown number of residents" if count is None else f"{count:,} residents"


def _range(field: dict[str, Any]) -> str:
    low, high = field["low"], field["high"]
    if high is None or (low == high and field["counties_in_doubt"]):
        return f"at least {low:,} residents"
    return f"{low:,} residents" if low == high else f"{low:,} to {high:,} residents"


def _counties(count: int, of: int | None = None) -> str:
    if of is None:
        return f"{count:,} count{'y' if count == 1 else 'ies'}"
    return f"{count:,} of {of:,} counties"


def _share(share: float | None) -> str:
    return "" if share is None else f" ({share:.1%})"


def _shares(field: dict[str, Any]) -> str:
    low, high = field["share_low"], field["share_high"]
    if low is None:
        return ""
    if high is None:
        return f" (at least {low:.1%})"
    return f" ({low:.1%})" if low == high else f" ({low:.1%} to {high:.1%})"


def county(answer: dict[str, Any]) -> str:
    """Who covers one county."""
    own, f = answer["county"], answer["figures"]
    people = "" if answer["population"] is None else f", {answer['population']:,} residents"
    state = STATE_NAMES.get(own["state"], own["state"])
    lines = [f"{own['name']}, {state} ({own['fips']}){people}: {day(answer['on'])}."]
    jail = f"yes ({', '.join(MODELS[m] for m in f['jail_models'].split(','))})" if f["jail"] else "no"
    if answer["state_run_jail"]:
        jail = (f"{jail}; besides, " if f["jail"] else "not the county's, but ") + (
            "the state runs the jails and has signed, so arrests here are booked into its custody "
            "(counted apart)"
        )
    lines.append(f"Its arrests are booked under a jail or warrant agreement: {jail}.")
    in_doubt = UNKNOWN in (f["doubt"] or "")
    told = _range({"low": f["field_low"], "high": f["field_high"], "counties_in_doubt": in_doubt})
    lines.append(f"Residents policed under task-force agreements: {told if f['field'] else 'none'}.")
    if f["doubt"]:
        lines.append(f"To know: {f['doubt']}.")
    for title, key in (
        ("Agreements of its agencies", "agreements"),
        ("Of the state's agencies", "statewide"),
    ):
        lines += ["", f"{title}: {len(answer[key]) or 'none'}."]
        lines += [
            f"  {a['name']}, {MODELS[a['model']]}: {' and '.join(a['reaches'])}   [{a['agreement_id']}]"
            for a in answer[key]
        ]
    if answer["neighbours"]:
        lines += ["", "Neighbours:"]
        lines += [f"  {n['name']}, {n['state']} ({n['fips']}): {_reached(n)}" for n in answer["neighbours"]]
    return "\n".join([*lines, "", *_basis(answer)])


def _reached(n: dict[str, Any]) -> str:
    reach = (("jail", n["jail"]), ("state-run jail", n["state_run_jail"]), ("field", n["field"]))
    return " and ".join(w for w, on in reach if on) or "neither"


def daily(rows: list[dict[str, Any]], newest: dict[str, Any], state: str | None, basis: str) -> str:
    """A chart of the series, and its last days."""
    shown = ("day", "agencies", "jail_counties", "jail_residents", "field_low", "field_high", "tfm_states")
    last = [[str(r[c]) if c == "day" else r[c] for c in shown] for r in rows[-7:]]
    where = STATE_NAMES.get(state, state) if state else "the nation"
    return "\n\n".join(
        (
            chart(rows, f"Residents of {where} reached, in millions (jail ●, field at least ○)"),
            table(last, shown),
            f"{len(rows):,} days, on basis {basis}; --csv gives all.\n{age({'newest_list': newest})}",
        )
    )


def chart(rows: list[dict[str, Any]], title: str) -> str:
    """Two curves by day, in millions of residents, from zero."""
    import plotext

    years = [i for i, r in enumerate(rows) if r["day"].month == r["day"].day == 1]
    figure = plotext.figure
    figure.clear()
    figure.theme("colorless")
    figure.plot_size(78, 18)
    figure.title(title)
    days = list(range(len(rows)))
    top = 0.0
    for column, mark in (("jail_residents", "●"), ("field_low", "○")):
        heights = [(r[column] or 0) / 1e6 for r in rows]
        top = max([top, *heights])
        figure.draw(figure.signal(days, heights, marker=mark))
    figure.ruler("x").ticks(years, [str(rows[i]["day"].year) for i in years])
    step = next((s for s in (0.1, 0.5, 1, 2, 5, 10, 20) if top <= 6 * s), 50)
    marks = [step * n for n in range(int(top / step) + 1)]
    figure.ruler("y").lim(0, top or 1)
    figure.ruler("y").ticks(marks, [f"{m:g}" for m in marks])
    return "\n".join(line.rstrip() for line in str(plotext.uncolorize(str(figure.build()))).splitlines())
