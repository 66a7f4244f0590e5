"""The index of counties, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...errors import NotFoundError
from ...registry.questions import asked
from ...registry.text import evened
from ..edition import Edition
from ..page import Ask, Data, Page, Params, Rows
from ..words import Words

REACHED = ("jail", "field", "none")
_TAKES = {"state": 40, "reached": 5, "q": 60}


def index(ask: Ask) -> Data:
    query = {k: v.strip() for k, v in ask.query.items() if v.strip()}
    rows = list(ask.edition.counties.values())
    if "state" in query:
        query["state"] = asked.state(query["state"])
        rows = [c for c in rows if c["state"] == query["state"]]
    if "reached" in query:
        how = asked.one_of(query["reached"], "kind of reach", REACHED)
        rows = [c for c in rows if (not c["jail"] and not c["field"] if how == "none" else c[how])]
    words = evened(query.get("q", "")).split()
    rows = [c for c in rows if all(w in evened(c["name"]) for w in words)]
    return {
        "asked": query,
        "counties": rows,
        "jail": sum(c["jail"] for c in rows),
        "field": sum(c["field"] for c in rows),
        "newest_list": ask.edition.newest,
    }


def index_title(d: Data, w: Words) -> str:
    return w.say("counties.title")


def index_quote(d: Data, w: Words) -> str:
    if d["asked"]:
        return ""
    return w.say(
        "counties.quote",
        jail=d["jail"],
        field=d["field"],
        n=len(d["counties"]),
        day=w.day(d["newest_list"]["at"]),
    )


def index_rows(d: Data) -> Rows:
    return list(d["counties"])


def one(ask: Ask) -> Data:
    fips = ask.params["fips"]
    edition = ask.edition
    if fips not in edition.counties:
        raise NotFoundError(f"no county has the FIPS code {fips!r}")
    here = {a["agency_id"] for a in edition.of_county.get(fips, [])}
    told = edition.reach.county(fips)
    active = {a["agency_id"] for a in told["agreements"]}
    keys = ("agency_id", "name", "state", "status", "first_listed", "last_listed", "last_pending")
    return {
        **told,
        "times": edition.reach.times(fips),
        "others": [
            {**{k: edition.agencies[a][k] for k in keys}, "course": edition.courses.get(a)}
            for a in sorted(here - active)
        ],
    }


def finding(d: Data) -> str:
    """What its page finds, a name of the catalogue's: both, jail, field, state_jail, wide, none."""
    jail, field = d["figures"]["jail"], d["figures"]["field"]
    if jail and field:
        return "both"
    if jail or field:
        return "jail" if jail else "field"
    if d["state_run_jail"]:
        return "state_jail"
    return "wide" if d["statewide"] else "none"


def one_title(d: Data, w: Words) -> str:
    return f"{d['county']['name']}, {w.state(d['county']['state'])}"


def one_quote(d: Data, w: Words) -> str:
    return w.say(f"county_quote.{finding(d)}", county=one_title(d, w), day=w.day(d["list"]["at"]))


def one_rows(d: Data) -> Rows:
    return [{"reaches_from": "county", **a} for a in d["agreements"]] + [
        {"reaches_from": "state", **a} for a in d["statewide"]
    ]


def every(edition: Edition) -> Iterable[Params]:
    return ({"fips": fips} for fips in edition.counties)


def former(edition: Edition) -> Mapping[str, str]:
    return {f"/counties/{old}/": f"/counties/{new}/" for old, new in edition.reach.former().items()}


PAGES = (
    Page("counties", "/counties/", index, "counties.html", index_title, quote=index_quote,
         rows=index_rows, takes=_TAKES),
    Page("county", "/counties/{fips}/", one, "county.html", one_title, each=every, quote=one_quote,
         rows=one_rows, former=former),
)  # fmt: skip
