"""Write pages with every kind of picture, drawn from the current register, to look at.

    .venv/bin/python scripts/pictures.py FOLDER
    (cd FOLDER && python3 -m http.server)     # map.html is played by a module, which needs a server

``index.html`` has the pictures of pages, ``map.html`` the map as its module plays it; the rest is what
readers may download. Growth before 2021 is made up: it is there to be looked at.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from atlas287 import Atlas, bundle, charts
from atlas287.charts import film, growth, lanes, maps, plain, poster, raster, shades, sparkline
from atlas287.charts.words import ENGLISH
from atlas287.panel.figures import FIELD_MODELS, JAIL_MODELS
from atlas287.panel.mapping import day_of
from atlas287.registry.text import STATE_NAMES

SAID = {"title": "A picture", "desc": "Drawn to be looked at."}
KEY = [(f"shade:{shade}", ENGLISH.shades[shade]) for shade in shades.SHADES["exposure"]]
CREDIT = "Source: ICE’s lists of participating agencies, read by atlas287 (CC BY 4.0). "


def main(folder: Path) -> None:
    """Draw everything and say what it weighs."""
    folder.mkdir(parents=True, exist_ok=True)
    atlas = Atlas.open()
    data, day = atlas.map_days(), atlas.map_on()
    newest = day_of(data, date.fromisoformat(data["last"]))
    both = named(maps.shaded(newest["counties"], newest["wide"]))
    pictures = {
        "still": maps.us_still(both, id="still", **SAID),
        "still-agencies": maps.us_still(both, agencies_of(day), id="still2", **SAID),
        "field": maps.us_still(maps.shaded(newest["counties"], (), "field"), id="field", **SAID),
        **{
            f"state-{state}": maps.state_map(state, both, agencies_of(day, state), id=f"map-{state}", **SAID)
            for state in ("MD", "FL", "TX", "VA", "GU", "AK", "MP")
        },
        "locator": maps.locator("MD", ["24021"], **SAID),
        "lanes-frederick": lanes_of(atlas, "md-frederick-county-sheriff"),
        "lanes-duval": lanes_of(atlas, "fl-jacksonville-sheriff"),
        "lanes-made": made_up(),
        "growth": growth.both(grown(atlas), **SAID),
        "sparkline": sparkline.sparkline([(p.on, p.total) for p in grown(atlas)[-1].points], **SAID),
    }
    for name, svg in pictures.items():
        write(folder / f"{name}.svg", svg)
    swatches = "".join(
        f"<li>{maps.swatch(shade, f'k-{which}-{shade}')} {which}: {shade}</li>"
        for which, own in shades.SHADES.items()
        for shade in own
    )
    sections = "".join(f"<section><h2>{name}</h2>{svg}</section>" for name, svg in pictures.items())
    write(folder / "index.html", page(f"<ul>{swatches}</ul>{sections}"))
    write(folder / "map.svg", live := maps.us_map(both, agencies_of(day), **SAID))
    write(folder / "map.html", page(played(live)))
    write(folder / "map-days.json", json.dumps(data, separators=(",", ":")))
    shutil.copy(charts.CSS, folder / "charts.css")
    shutil.copy(Path(charts.__file__).parent.parent / "web" / "static" / "js" / "map.js", folder)
    (folder / "page.css").write_text(
        "body{background:var(--paper);color:var(--ink);font:18px/1.5 system-ui,sans-serif;margin:1rem auto;"
        "max-width:60rem;padding:0 12px} figure{margin:0} .map.state{max-height:32rem}"
        ".locator{max-width:10rem}",
        encoding="utf-8",
    )
    if raster.can_draw():
        downloads(folder, data, pictures, both)


def downloads(folder: Path, data: dict[str, Any], pictures: dict[str, str], both: list[maps.County]) -> None:
    """What readers may take with them."""
    credit = f"{CREDIT}{maps.credit()}"
    for theme in plain.THEMES:
        whole = poster.poster(
            pictures["still"], headline="Where the agreements stand", credit=credit, key=KEY, theme=theme
        )
        write(folder / f"poster-{theme}.svg", whole)
        write(folder / f"poster-{theme}.png", raster.png(whole, 1200))
    wide = growth.growth(grown(Atlas.open()), **SAID)
    chart = poster.poster(wide, headline="How the program grew (before 2021 made up)", credit=CREDIT)
    write(folder / "poster-growth.png", raster.png(chart, 1200))
    card = poster.card_png(
        headline="Florida’s sheriffs have all signed", note="352 agreements on ICE’s list of April 30, 2026.",
        credit=CREDIT, kicker="287(g) in Florida", picture=maps.state_map("FL", both, **SAID),
    )  # fmt: skip
    write(folder / "card.png", card)
    last = date.fromisoformat(data["last"])
    days = [date(2025, 1, 20) + timedelta(7 * n) for n in range((last - date(2025, 1, 20)).days // 7)]
    frames = [frame(data, on, credit) for on in (*days, last)]
    for form, content in film.film(frames, KEY).items():
        write(folder / f"film.{form}", content)


def frame(data: dict[str, Any], on: date, credit: str) -> film.Frame:
    day = day_of(data, on)
    counties = tuple(maps.shaded(day["counties"], day["wide"]))
    heading = f"{ENGLISH.count(day['agreements'])} agreements in {day['states']} states"
    return film.Frame(on, counties, heading, ENGLISH.day(on), credit)


def named(counties: Iterable[maps.County]) -> list[maps.County]:
    table = pl.read_parquet(bundle.COUNTIES).select("fips", "name", "state")
    names = {fips: f"{name}, {STATE_NAMES[state]}" for fips, name, state in table.iter_rows()}
    return [
        replace(c, label=f"{names.get(c.fips, c.fips)}: {ENGLISH.shades[c.shade]}", href=f"#{c.fips}")
        for c in counties
    ]


def agencies_of(day: dict[str, Any], state: str | None = None) -> list[maps.Agency]:
    def reach(models: list[str]) -> str:
        field, jail = FIELD_MODELS & set(models), JAIL_MODELS & set(models)
        return "both" if field and jail else "field" if field else "jail"

    return [
        maps.Agency(a["agency_id"], a["name"], a["fips"], reach(a["models"]), a["residents"], href="#a")
        for a in day["agencies"]
        if state in (None, a["state"])
    ]


def lanes_of(atlas: Atlas, agency: str) -> str:
    """An agency's agreements as its history on the lists tells them."""
    told = atlas.history(agency)

    def day(text: str) -> date:
        return date.fromisoformat(text[:10])

    own: dict[str, tuple[list[lanes.Bar], list[lanes.Mark]]] = {}
    for a in told["agreements"]:
        bars, marks = own.setdefault(a["model"], ([], []))
        start = day(min(a["signed_on"] or a["first_listed"], a["first_listed"]))
        ended = a["ended_between"]
        end_from, end_to = map(day, ended) if ended else (None, None)
        bars.append(lanes.Bar(start, start, end_from, end_to, not ended, label=a["agreement_id"], href="#x"))
        marks.append(lanes.Mark(start, "signed", "Signed", "#s"))
        marks.append(lanes.Mark(day(a["first_listed"]), "listed", "Listed", "#l"))
    for e in told["events"]:
        if e["kind"] == "removed" and e["model"] in own:
            own[e["model"]][1].append(lanes.Mark(day(e["at"]), "removed", "Removed", "#r"))
    drawn = [lanes.Lane(model, tuple(bars), tuple(marks)) for model, (bars, marks) in own.items()]
    return lanes.lanes(drawn, day(told["newest_list"]["at"]), id=f"lanes-{agency}", **SAID)


def made_up() -> str:
    """Lanes with everything that lanes can show."""
    d = date
    jem = lanes.Bar(
        d(2008, 2, 6), d(2008, 2, 6), d(2025, 1, 15), d(2025, 2, 10),
        undocumented=((d(2017, 8, 1), d(2021, 1, 13)),), label="2008 to 2025", href="#a",
    )  # fmt: skip
    hybrid = lanes.Bar(d(2008, 2, 6), d(2009, 2, 6), d(2012, 6, 1), d(2012, 12, 31))
    tfm = lanes.Bar(d(2025, 3, 1), d(2025, 3, 1), open_end=True)
    wso = lanes.Bar(None, d(2021, 1, 13), d(2024, 1, 1))

    def marks(*found: tuple[date, str]) -> tuple[lanes.Mark, ...]:
        return tuple(lanes.Mark(on, kind, kind, "#m") for on, kind in found)

    return lanes.lanes(
        [
            lanes.Lane("jem", (jem,), marks(
                (d(2008, 2, 6), "signed"), (d(2009, 10, 15), "renewed"), (d(2025, 2, 10), "removed"),
            )),
            lanes.Lane("hybrid", (hybrid,)),
            lanes.Lane("tfm", (tfm,), marks((d(2025, 2, 1), "pending"))),
            lanes.Lane("wso", (wso,), marks((d(2022, 2, 1), "changed"), (d(2023, 2, 1), "other"))),
        ],
        d(2026, 4, 30), id="lanes-made", **SAID,
    )  # fmt: skip


def grown(atlas: Atlas) -> Sequence[growth.Stretch]:
    """Months' last lists by model; before them, for the eye alone, waves that are made up."""
    points = []
    for row in atlas.growth("model").to_dicts():
        on = date.fromisoformat((row["at"] or row["month"] + "-28")[:10])
        counts = {m: row[m] for m in ("jem", "tfm", "wso")} if row["at"] else None
        points.append(growth.Point(on, counts))
    waves = [(2002, 0, 1, 0, 0), (2005, 1, 2, 1, 0), (2007, 12, 6, 5, 0), (2009, 30, 20, 15, 4),
             (2011, 36, 20, 15, 0), (2012, 36, 17, 12, 0), (2013, 36, 0, 0, 0), (2016, 32, 0, 0, 0),
             (2017, 60, 0, 0, 8), (2020, 72, 0, 0, 20)]  # fmt: skip
    before = [
        growth.Point(date(y, 1, 15), {"jem": jem, "tfm": tfm, "hybrid": hybrid}, unsure)
        for y, jem, tfm, hybrid, unsure in waves
    ]
    return [growth.Stretch("in-force", tuple(before)), growth.Stretch("listed", tuple(points))]


def played(svg: str) -> str:
    """The map as its module brings it to life."""
    rows = "".join(
        f'<tr data-state="{code}"><th>{name}</th><td data-agreements></td><td data-jail></td>'
        "<td data-field></td></tr>"
        for code, name in STATE_NAMES.items()
    )
    return (
        f'<figure data-atlas-map data-days="map-days.json" data-county-href="#{{fips}}">{svg}'
        "<div data-map-controls></div><p data-map-says></p>"
        f"<details><summary>Table</summary><table data-map-table><tbody>{rows}</tbody></table></details>"
        '</figure><script type="module" src="map.js"></script>'
    )


def page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title>'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="charts.css"><link rel="stylesheet" href="page.css">'
        f"<body><h1>Pictures</h1>{body}"
    )


def write(path: Path, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(data)
    print(f"{path.name:22} {len(data):>9,} bytes, {len(gzip.compress(data)):>8,} in gzip")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
