"""Maps: counties shaded by exposure, states outlined, agencies as marks sized by the residents they police.

A mark stands in its agency's county, beside those of the county's other agencies; nobody's address is
known, so it stands for no address. Statewide agencies, and those of territories without a place on the
map, are no marks: :func:`beside` gives them to whoever shows the map.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from . import sheets
from .shades import ALL, shade
from .sheets import Sheet
from .svg import element, hatch, link, number, picture, text

#: The reach of an agency's models, and the form of its mark: told apart without colour.
REACHES = ("field", "jail", "both")
#: The golden angle: marks of one county set about its centre in this turn do not hide each other.
_TURN = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class County:
    """A county on a map. ``label``: what pointing at it says; ``href``: the page it leads to."""

    fips: str
    shade: str = "none"
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency on a map. ``fips``: its home county, "" if it acts in the whole state; ``residents``: whom it
    polices, None is not known; ``reach``: field, jail or both."""

    id: str
    name: str
    fips: str
    reach: str = "field"
    residents: int | None = None
    label: str = ""
    href: str = ""


def shaded(codes: Mapping[str, int], wide: Container[str] = (), which: str = "exposure") -> list[County]:
    """Every county there is a shape of, by its code: 1 for jail plus twice the step of the field.

    Args:
        codes: by FIPS code, as :func:`panel.mapping.day_of` gives them; 0 where there is none.
        wide: states that a statewide agency reaches.
        which: of :data:`shades.SHADES`.
    """
    return [
        County(fips, shade(bool(codes.get(fips, 0) & 1), codes.get(fips, 0) >> 1, state in wide, which))
        for fips, state in sheets.counties().items()
    ]


def us_map(
    counties: Iterable[County],
    agencies: Iterable[Agency] = (),
    *,
    title: str,
    desc: str,
    id: str = "us-map",
) -> str:
    """The nation with each county a path of its own, ``c24021``: for the page of the map.

    Counties that are not given are shaded ``none``. No county and no agency is a link, whatever its
    ``href``: that would be thousands of stops for the tab key. ``static/js/map.js`` opens a county's page.
    Some 100 kB in gzip, and 50 with all agencies.
    """
    sheet = sheets.nation(sheets.FINE)
    given = {c.fips: replace(c, href="") for c in counties}
    agencies = [replace(a, href="") for a in agencies]
    shown = [given.get(fips, County(fips)) for fips in sheet.mesh.shapes]
    body = [*_counties(sheet, shown, id), *_lines(sheet), *_marks(sheet, agencies)]
    return _map(sheet, body, title, desc, id, "map nation")


def us_still(
    counties: Iterable[County],
    agencies: Iterable[Agency] = (),
    *,
    title: str,
    desc: str,
    id: str = "us-still",
) -> str:
    """The nation with all counties of a shade as one path: small, for home and for pictures to download."""
    sheet = sheets.nation(sheets.COARSE)
    by_shade: dict[str, list[str]] = defaultdict(list)
    given = {c.fips: c.shade for c in counties}
    for fips in sheet.mesh.shapes:
        by_shade[given.get(fips, "none")].append(fips)
    joined = [_shaded(s, id, d=sheet.mesh.joined(by_shade[s])) for s in ALL if by_shade.get(s)]
    body = [hatch(f"{id}-hatch"), *joined, *_lines(sheet), *_marks(sheet, agencies, whole=True)]
    return _map(sheet, body, title, desc, id, "map nation still")


def state_map(
    state: str,
    counties: Iterable[County],
    agencies: Iterable[Agency] = (),
    *,
    title: str,
    desc: str,
    id: str = "state-map",
) -> str:
    """One state or territory alone, its counties named and, where they have an ``href``, links.

    Raises:
        KeyError: there is no shape of it.
    """
    sheet = sheets.state_alone(state)
    given = {c.fips: c for c in counties}
    shown = [given.get(fips, County(fips)) for fips in sheet.mesh.shapes]
    own = list(agencies)
    body = [*_counties(sheet, shown, id), *_lines(sheet), *_marks(sheet, own, alone=True)]
    return _map(sheet, body, title, desc, id, "map state")


def locator(state: str, fips: Iterable[str], *, title: str, desc: str, id: str = "locator") -> str:
    """Where in its state some counties lie: small, without links.

    Raises:
        KeyError: there is no shape of the state.
    """
    sheet = sheets.state_alone(state)
    mesh, here = sheet.mesh, set(fips)
    own = [f for f in mesh.shapes if f in here]
    body = [
        element("path", d=sheet.land, class_="land"),
        element("path", d=sheet.county_lines, class_="counties"),
        *(element("path", d=mesh.path(f), class_="here") for f in own),
    ]
    return _map(sheet, body, title, desc, id, "map locator")


def beside(agencies: Iterable[Agency], state: str | None = None) -> list[Agency]:
    """Those that a map cannot show: statewide ones, and those whose county has no place on it."""
    sheet = sheets.state_alone(state) if state else sheets.nation(sheets.COARSE)
    return [a for a in agencies if a.fips not in sheet.centre]


def credit() -> str:
    """Whose boundaries a map shows: to be said with it."""
    return sheets.notice()


def has_shape(state: str) -> bool:
    """Whether :func:`state_map` and :func:`locator` can draw a state or territory."""
    return state in sheets.states()


def swatch(shade: str, id: str) -> str:
    """A small patch of a shade, for a key beside the map; says nothing, for its label does."""
    inside = [hatch(f"{id}-hatch")] if shade == "unknown" else []
    patch = _shaded(shade, id, tag="rect", x=0.5, y=0.5, width=21.0, height=13.0)
    return element(
        "svg", *inside, patch, xmlns="http://www.w3.org/2000/svg", viewBox="0 0 22 14", width=22, height=14,
        class_="swatch map", aria_hidden="true",
    )  # fmt: skip


def mark_swatch(reach: str) -> str:
    """A mark as a key shows it."""
    return element(
        "svg", element("path", d=_form(reach, 7, 7, 5), class_=f"agency {reach}"),
        xmlns="http://www.w3.org/2000/svg", viewBox="0 0 14 14", width=14, height=14,
        class_="swatch map", aria_hidden="true",
    )  # fmt: skip


def _map(sheet: Sheet, body: Sequence[str], title: str, desc: str, id: str, class_: str) -> str:
    return picture(body, title=title, desc=desc, id=id, class_=class_, box=sheet.size)


def _shaded(shade: str, id: str, tag: str = "path", **values: object) -> str:
    """A shape in a shade; the hatch is named here, for a style sheet of its own file cannot name it."""
    if shade not in ALL:
        raise ValueError(f"no such shade: {shade!r}")
    fill = f"url(#{id}-hatch)" if shade == "unknown" else None
    return element(tag, class_=shade, **values, fill=fill)


def _counties(sheet: Sheet, counties: Sequence[County], id: str) -> Iterable[str]:
    yield hatch(f"{id}-hatch", 6 * sheet.unit)
    paths = []
    for county in counties:
        said = [element("title", text(county.label))] if county.label else []
        if county.shade not in ALL:
            raise ValueError(f"county {county.fips} has no shade {county.shade!r}")
        fill = f"url(#{id}-hatch)" if county.shade == "unknown" else None
        path = element(
            "path", *said, id=f"c{county.fips}", class_=county.shade, d=sheet.mesh.path(county.fips),
            fill=fill,
        )  # fmt: skip
        paths.append(link(county.href, path, aria_label=county.label))
    yield element("g", *paths, class_="counties")


def _lines(sheet: Sheet) -> Iterable[str]:
    if sheet.state_lines:
        yield element("path", d=sheet.state_lines, class_="states")
    yield element("path", d=sheet.coast, class_="coast")
    if sheet.insets:
        yield element("path", d=sheet.insets, class_="inset")


def radius(residents: int | None, alone: bool = False) -> float:
    """Of a mark, in thousandths of the map's width: its area grows with the residents.

    Args:
        alone: on the map of one state, where there is more room.
    """
    least, by = (3.2, 0.018) if alone else (1.4, 0.011)
    return max(least, by * math.sqrt(residents or 0))


def _marks(
    sheet: Sheet, agencies: Iterable[Agency], whole: bool = False, alone: bool = False
) -> Iterable[str]:
    """Agencies as marks, the large ones under the small; ``whole``: those of one form as one path."""
    by_county: dict[str, list[Agency]] = defaultdict(list)
    for agency in agencies:
        if agency.reach not in REACHES:
            raise ValueError(f"{agency.id}: no such reach: {agency.reach!r}")
        if agency.fips in sheet.centre:
            by_county[agency.fips].append(agency)
    placed = []
    for fips, own in by_county.items():
        own.sort(key=lambda a: (-(a.residents or 0), a.id))
        x, y, room = sheet.centre[fips]
        gap = min(0.75 * room / math.sqrt(len(own)), (22 if alone else 12) * sheet.unit)
        for n, agency in enumerate(own):
            away, turn = gap * math.sqrt(n), n * _TURN
            at = x + away * math.cos(turn), y + away * math.sin(turn)
            placed.append((agency, *at, radius(agency.residents, alone) * sheet.unit))
    placed.sort(key=lambda p: (-p[3], p[0].id))
    if whole:
        forms = {
            reach: "".join(_form(reach, x, y, r) for a, x, y, r in placed if a.reach == reach)
            for reach in REACHES
        }
        yield from (element("path", d=d, class_=f"agency {reach}") for reach, d in forms.items() if d)
        return
    marks = []
    for agency, x, y, r in placed:
        said = [element("title", text(agency.label or agency.name))]
        mark = element("path", *said, d=_form(agency.reach, x, y, r), class_=f"agency {agency.reach}")
        marks.append(link(agency.href, mark, aria_label=agency.label or agency.name))
    if marks:
        yield element("g", *marks, class_="agencies")


def _form(reach: str, x: float, y: float, r: float) -> str:
    """A circle for the field, a square for the jail, a diamond for both, all of one area."""

    def n(value: float) -> str:
        return number(round(value, 1))

    if reach == "jail":
        side = r * math.sqrt(math.pi)
        return f"M{n(x - side / 2)} {n(y - side / 2)}h{n(side)}v{n(side)}h{n(-side)}z"
    if reach == "both":
        half = r * math.sqrt(math.pi / 2)
        return f"M{n(x)} {n(y - half)}l{n(half)} {n(half)} {n(-half)} {n(half)} {n(-half)} {n(-half)}z"
    return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 1 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 1 {n(-2 * r)} 0z"
