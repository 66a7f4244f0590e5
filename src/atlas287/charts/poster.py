"""Pictures to download and to share: with their headline, key, source and date in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .maps import mark_swatch, swatch
from .plain import SANS, SERIF, colours, plain
from .raster import measure, png, wrapped
from .svg import element, text

WIDTH, EDGE = 1200, 48
CARD = (1200, 630)

#: A patch of a key: ``shade:both`` or ``reach:jail``, and what it means.
Key = Sequence[tuple[str, str]]


def poster(
    picture: str, *, headline: str, credit: str, key: Key = (), theme: str = "light", width: int = WIDTH
) -> str:
    """A picture with its headline above, its key and credit line below, as SVG of its own.

    Args:
        picture: as a function of this room draws it, all of it (not :func:`growth.both`).
        credit: source, date, licence, permanent address: in one or two sentences.

    Raises:
        ChartsError: the extra ``charts`` is not installed; texts are measured with its fonts.
    """
    paint = Paint(theme)
    inner = width - 2 * EDGE
    lines = wrapped(headline, inner, 38, SERIF, True)
    body = [paint.lines(lines, EDGE, EDGE + 34, 38, 46, SERIF, bold=True)]
    top = EDGE + 46.0 * len(lines) + 8
    drawn, height = placed(picture, EDGE, top, inner, None, theme)
    body.append(drawn)
    top += height + 20
    if key:
        patches, height = keyed(key, EDGE, top, inner, paint)
        body.append(patches)
        top += height
    credits = wrapped(credit, inner, 18)
    body.append(paint.lines(credits, EDGE, top + 30, 18, 25, SANS, soft=True))
    return paint.whole(body, width, top + 30 + 25 * len(credits) + 12, headline, credit)


def card(
    *, headline: str, note: str, credit: str, kicker: str, picture: str | None = None, theme: str = "light"
) -> str:
    """What is shown where a page is shared, 1200 by 630: a headline, a note, a picture beside them.

    Raises:
        ChartsError: the extra ``charts`` is not installed.
    """
    paint = Paint(theme)
    wide, high = CARD
    across = wide - 2 * EDGE if picture is None else 560
    size = next((s for s in (60, 54, 48, 42, 36) if len(wrapped(headline, across, s, SERIF, True)) <= 4), 30)
    lines = wrapped(headline, across, size, SERIF, True)[:6]
    step = round(size * 1.16)
    body = [
        paint.lines([kicker], EDGE, EDGE + 24, 24, 30, SANS, bold=True, soft=True),
        paint.lines(lines, EDGE, EDGE + 60 + size, size, step, SERIF, bold=True),
        paint.lines(
            wrapped(note, across, 28)[:4], EDGE, EDGE + 60 + size + step * len(lines) + 4, 28, 37, SANS
        ),
        element("path", d=f"M{EDGE} {high - 76}H{wide - EDGE}", stroke=paint.colours["hair"], stroke_width=2),
        paint.lines(wrapped(credit, wide - 2 * EDGE, 22)[:1], EDGE, high - 38, 22, 26, SANS, soft=True),
    ]
    if picture is not None:
        room = wide - EDGE - 640, high - 76 - EDGE - 24
        body.append(placed(picture, 640, EDGE, room[0], room[1], theme)[0])
    return paint.whole(body, wide, high, headline, note)


def card_png(**said: str | None) -> bytes:
    """A :func:`card` as PNG."""
    return png(card(**said), CARD[0])  # type: ignore[arg-type]


def placed(
    picture: str, x: float, y: float, width: float, height: float | None, theme: str
) -> tuple[str, float]:
    """A picture inside another, and its height there: as wide as given, and no higher than given."""
    if box := re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture):
        wide, high = float(box[1]), float(box[2])
    else:  # one that is as wide as its place: it is drawn as on a page of 640 pixels
        found = re.search(r'height="([\d.]+)"', picture)
        wide, high = 640.0, float(found[1]) if found else 200.0
    scale = width / wide if height is None else min(width / wide, height / high)
    across, down = wide * scale, high * scale
    left = x + (width - across) / 2
    up = y if height is None else y + (height - down) / 2
    drawn = plain(picture, theme, scale)
    where = f'x="{left:.1f}" y="{up:.1f}" width="{across:.1f}" height="{down:.1f}"'
    if box:
        root, rest = drawn.split(">", 1)
        root = re.sub(r' (?:width|height)="[^"]*"', "", root)
        drawn = f"{root} {where}>{rest}"
    else:
        drawn = drawn.replace('width="100%"', f'width="{wide:g}"', 1)
        drawn = f'<svg {where} viewBox="0 0 {wide:g} {high:g}" overflow="visible">{drawn}</svg>'
    return drawn, down


class Paint:
    """Text and ground in the colours of a theme."""

    def __init__(self, theme: str) -> None:
        self.theme = theme
        self.colours = colours(theme)

    def lines(
        self, said: Iterable[str], x: float, y: float, size: int, step: int, family: str,
        bold: bool = False, soft: bool = False,
    ) -> str:  # fmt: skip
        """Lines of text, the first on a base line at ``y``."""
        fill = self.colours["ink-soft" if soft else "ink"]
        return "".join(
            element(
                "text", text(line), x=x, y=y + n * step, font_family=family, font_size=size, fill=fill,
                font_weight=600 if bold else None,
            )
            for n, line in enumerate(said)
        )  # fmt: skip

    def whole(self, body: Iterable[str], width: int, height: float, title: str, desc: str) -> str:
        ground = element("rect", width=width, height=round(height), fill=self.colours["paper"])
        return element(
            "svg", element("title", text(title)), element("desc", text(desc)), ground, *body,
            xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {round(height)}", width=width,
            height=round(height), role="img",
        )  # fmt: skip


def keyed(key: Key, x: float, y: float, width: float, paint: Paint, size: int = 20) -> tuple[str, float]:
    """Patches and labels in as many rows as they need, and the height of them."""
    length = measure(SANS, False, size)
    parts, at, row = [], x, 0
    for n, (what, label) in enumerate(key):
        kind, _, name = what.partition(":")
        patch = swatch(name, f"key-{n}") if kind == "shade" else mark_swatch(name)
        needs = 2 * size + length(label) + 1.2 * size
        if at + needs > x + width and at > x:
            at, row = x, row + 1
        top = y + 1.6 * size * row
        parts.append(placed(patch, at, top, 1.5 * size, 0.95 * size, paint.theme)[0])
        parts.append(paint.lines([label], at + 2 * size, top + 0.8 * size, size, size, SANS))
        at += needs
    return "".join(parts), 1.6 * size * (row + 1)
