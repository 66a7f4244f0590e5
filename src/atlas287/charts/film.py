"""The map played, as a short animation to download: one file that any page, mail or slide shows.

Animated WebP for the web and GIF for everything else; no video format, for those need an encoder of
their own. Both come from the same frames.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from .maps import County, us_still
from .plain import SANS, SERIF
from .poster import Key, Paint, keyed, placed
from .raster import image
from .svg import element

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, HEIGHT = 800, 692
_FRAME_MS, _LAST_MS = 140, 4000
_FORMS: dict[str, dict[str, Any]] = {
    "webp": {"lossless": True, "quality": 80, "method": 4, "minimize_size": True},
    "gif": {"optimize": True, "disposal": 1},
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A day: its counties by shade, and what is written above and below the map."""

    on: date
    counties: tuple[County, ...]
    heading: str
    note: str
    credit: str


def film(frames: Sequence[Frame], key: Key = (), theme: str = "light") -> dict[str, bytes]:
    """Frames as animations that are played again and again, resting on the last: ``webp`` and ``gif``.

    Some 0.2 seconds a frame, most of it for drawing.

    Raises:
        ValueError: there is no frame.
        ChartsError: the extra ``charts`` is not installed.
    """
    if not frames:
        raise ValueError("a film without a frame")
    images = _drawn(frames, key, theme)
    lasting = [_FRAME_MS] * (len(images) - 1) + [_LAST_MS]
    films = {}
    for form, how in _FORMS.items():
        out = io.BytesIO()
        images[0].save(out, form, save_all=True, append_images=images[1:], duration=lasting, loop=0, **how)
        films[form] = out.getvalue()
    return films


def _drawn(frames: Sequence[Frame], key: Key, theme: str) -> list[Image]:
    """The frames in pixels, all in the palette of the last, which has every colour."""
    from PIL import Image

    first, last = frames[0].on, frames[-1].on
    span = max(1, (last - first).days)
    pictures = [image(still(f, key, (f.on - first).days / span, theme), WIDTH) for f in frames]
    palette = pictures[-1].quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return [p.quantize(palette=palette, dither=Image.Dither.NONE) for p in pictures]


def still(frame: Frame, key: Key = (), share: float = 1, theme: str = "light") -> str:
    """One frame as SVG; ``share``: how much of the film is over, drawn as a line that grows."""
    paint = Paint(theme)
    svg = us_still(frame.counties, title=frame.heading, desc=frame.note, id="frame")
    body = [
        paint.lines([frame.heading], 28, 56, 34, 40, SERIF, bold=True),
        paint.lines([frame.note], 28, 90, 20, 26, SANS),
        placed(svg, 20, 104, WIDTH - 40, HEIGHT - 104 - 96, theme)[0],
        *(
            element("path", d=f"M28 600H{end:.1f}", stroke=paint.colours[colour], stroke_width=3)
            for end, colour in ((WIDTH - 28, "hair"), (28 + share * (WIDTH - 56), "ink"))
        ),
        keyed(key, 28, 616, WIDTH - 56, paint, 15)[0],
        paint.lines([frame.credit], 28, HEIGHT - 16, 14, 18, SANS, soft=True),
    ]
    return paint.whole(body, WIDTH, HEIGHT, frame.heading, frame.note)
