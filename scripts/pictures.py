"""Write a page with every kind of picture, drawn from the current register, to look at.

.venv/bin/python scripts/pictures.py FOLDER
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

from atlas287 import Atlas, charts
from atlas287.charts import growth, lanes, maps, shades, sparkline
from atlas287.charts.words import ENGLISH
from atlas287.panel.figures import FIELD_MODELS, JAIL_MODELS
from atlas287.registry.text import STATE_NAMES


def reach(models: list[str]) -> str:
    field, jail = FIELD_MODELS & set(models), JAIL_MODELS & set(models)
    return "both" if field and jail else "field" if field else "jail"


def counties_of(day: dict[str, Any], which: str, names: dict[str, tuple[str, str]]) -> list[maps.County]:
    out = []
    for fips, (name, state) in names.items():
        c = day["counties"].get(fips, {"jail": False, "step": 0})
        shade = shades.shade(c["jail"], c["step"], state in day["wide"], which)
        label = f"{name}, {STATE_NAMES[state]}: {ENGLISH.shades.get(shade, shade)}"
        out.append(maps.County(fips, shade, label))
    return out


def agencies_of(day: dict[str, Any], state: str | None = None) -> list[maps.Agency]:
    return [
        maps.Agency(a["agency_id"], a["name"], a["fips"], reach(a["models"]), a["residents"], a["name"])
        for a in day["agencies"]
        if state in (None, a["state"])
    ]


def lanes_of(atlas: Atlas, agency: str) -> str:
    told = atlas.history(agency)
    newest = date.fromisoformat(told["newest_list"]["at"][:10])

    def day(text: str | None) -> date | None:
        return date.fromisoformat(text[:10]) if text else None

    by_model: dict[str, list[Any]] = {}
    for a in told["agreements"]:
        by_model.setdefault(a["model"], []).append(a)
    out = []
    for model, own in by_model.items():
        bars, marks = [], []
        for a in own:
            signed, listed = day(a["signed_on"]), day(a["first_listed"])
            assert listed
            ended = a["ended_between"]
            start = min(signed or listed, listed)
            bars.append(
                lanes.Bar(
                    start, start, day(ended[0]) if ended else None, day(ended[1]) if ended else None,
                    open_end=not ended, label=f"{a['agreement_id']}", href="#x",
                )
            )  # fmt: skip
            marks += [
                lanes.Mark(start, "signed", f"Signed {signed}", "#s"),
                lanes.Mark(listed, "listed", "Listed", "#l"),
            ]
        for e in told["events"]:
            if e["model"] == model and e["kind"] == "removed":
                marks.append(lanes.Mark(date.fromisoformat(e["at"][:10]), "removed", "Removed", "#r"))
        out.append(lanes.Lane(model, tuple(bars), tuple(marks)))
    name = told["agency"]["name"]
    return lanes.lanes(out, newest, title=f"{name}’s agreements", desc="As listed.", id=f"lanes-{agency}")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    atlas = Atlas.open()
    day = atlas.map_on()
    import polars as pl

    from atlas287 import bundle

    names = {
        r["fips"]: (r["name"], r["state"])
        for r in pl.read_parquet(bundle.COUNTIES).select("fips", "name", "state").to_dicts()
    }
    both = counties_of(day, "exposure", names)
    field = counties_of(day, "field", names)
    pictures = {
        "still": maps.us_still(both, title="Where", desc="…", id="still"),
        "still-agencies": maps.us_still(both, agencies_of(day), title="Where", desc="…", id="still2"),
        "field": maps.us_still(field, title="Where", desc="…", id="field"),
        "map": maps.us_map(both, agencies_of(day), title="Where", desc="…"),
        **{
            f"state-{s}": maps.state_map(s, both, agencies_of(day, s), title=s, desc="…", id=f"map-{s}")
            for s in ("MD", "FL", "TX", "VA", "GU", "AK", "MP")
        },
        "locator": maps.locator("MD", ["24021"], title="Frederick County", desc="…"),
        "lanes-frederick": lanes_of(atlas, "md-frederick-county-sheriff"),
        "lanes-duval": lanes_of(atlas, "fl-jacksonville-sheriff"),
        "lanes-made": made(),
        "growth": growth.both(grown(atlas), title="Growth", desc="…"),
        "sparkline": sparkline.sparkline(
            [(p.on, p.total if p.counts else None) for p in grown(atlas)[-1].points],
            title="Growth",
            desc="…",
        ),
    }
    body = []
    for name, svg in pictures.items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(f"{name:20} {len(svg):>8,} bytes, {len(gzip.compress(svg.encode())):>7,} in gzip")
        body.append(f"<section><h2>{name}</h2>{svg}</section>")
    key = "".join(
        f"<li>{maps.swatch(s, f'k-{m}-{s}')} {m} {s}</li>" for m, own in shades.SHADES.items() for s in own
    )
    days = json.dumps(atlas.map_days(), separators=(",", ":"))
    (folder / "map-days.json").write_text(days, encoding="utf-8")
    print(f"{'map-days.json':20} {len(days):>8,} bytes, {len(gzip.compress(days.encode())):>7,} in gzip")
    shutil.copy(Path(charts.__file__).parent.parent / "web/static/js/map.js", folder / "map.js")
    (folder / "map.html").write_text(page(played(atlas, pictures["map"])), encoding="utf-8")
    (folder / "charts.css").write_text(charts.CSS.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "page.css").write_text(
        "body{background:var(--paper);color:var(--ink);font:18px/1.5 system-ui,sans-serif;margin:1rem auto;"
        "max-width:60rem;padding:0 12px} .map.state{max-height:32rem} .locator{max-width:10rem}",
        encoding="utf-8",
    )
    (folder / "index.html").write_text(page(f"<h1>Pictures</h1><ul>{key}</ul>{''.join(body)}"), "utf-8")


def grown(atlas: Atlas) -> list[growth.Stretch]:
    """Months' last lists, by model; before them, for the eye alone, a wave that is made up."""
    points = []
    for row in atlas.growth("model").to_dicts():
        on = date.fromisoformat(row["at"][:10] if row["at"] else row["month"] + "-28")
        counts = {m: row[m] for m in ("jem", "tfm", "wso")} if row["at"] else None
        points.append(growth.Point(on, counts))
    made_up = [(2002, 0, 1, 0, 0), (2005, 1, 2, 1, 0), (2007, 12, 6, 5, 0), (2009, 30, 20, 15, 4),
               (2011, 36, 20, 15, 0), (2012, 36, 17, 12, 0), (2013, 36, 0, 0, 0), (2016, 32, 0, 0, 0),
               (2017, 60, 0, 0, 8), (2020, 72, 0, 0, 20)]  # fmt: skip
    before = [
        growth.Point(date(y, 1, 15), {"jem": a, "tfm": b, "hybrid": c}, unsure)
        for y, a, b, c, unsure in made_up
    ]
    return [growth.Stretch("in-force", tuple(before)), growth.Stretch("listed", tuple(points))]


def page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="charts.css"><link rel="stylesheet" href="page.css">'
        f'<title>Pictures</title><body>{body}<script type="module" src="map.js"></script>'
    )


def played(atlas: Atlas, svg: str) -> str:
    """The page of the map as static/js/map.js brings it to life."""
    states = "".join(
        f'<tr data-state="{code}"><th>{name}</th><td data-agreements></td><td data-jail></td>'
        "<td data-field></td></tr>"
        for code, name in STATE_NAMES.items()
    )
    return (
        f'<figure data-atlas-map data-days="map-days.json" data-county-href="#{{fips}}">{svg}'
        "<div data-map-controls></div><p data-map-says></p>"
        f"<details><summary>Table</summary><table data-map-table><tbody>{states}</tbody></table></details>"
        "</figure>"
    )


def made() -> str:
    """Lanes with everything that lanes can show."""
    d = date
    jem = lanes.Bar(
        d(2008, 2, 6), d(2008, 2, 6), d(2025, 1, 15), d(2025, 2, 10),
        undocumented=((d(2017, 8, 1), d(2021, 1, 13)),), label="2008 to 2025", href="#a",
    )  # fmt: skip
    return lanes.lanes(
        [
            lanes.Lane("jem", (jem,), (
                lanes.Mark(d(2008, 2, 6), "signed", "Signed", "#s"),
                lanes.Mark(d(2009, 10, 15), "renewed", "Renewed"),
                lanes.Mark(d(2025, 2, 10), "removed", "Removed"),
            )),
            lanes.Lane("hybrid", (lanes.Bar(d(2008, 2, 6), d(2009, 2, 6), d(2012, 6, 1), d(2012, 12, 31)),)),
            lanes.Lane(
                "tfm", (lanes.Bar(d(2025, 3, 1), d(2025, 3, 1), open_end=True),),
                (lanes.Mark(d(2025, 2, 1), "pending", "Pending"),),
            ),
            lanes.Lane("wso", (lanes.Bar(None, d(2021, 1, 13), d(2024, 1, 1)),), (
                lanes.Mark(d(2022, 2, 1), "changed", "Changed"), lanes.Mark(d(2023, 2, 1), "other", "Other"),
            )),
        ],
        d(2026, 4, 30), title="Made up", desc="…", id="lanes-made",
    )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
