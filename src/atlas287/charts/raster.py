"""From SVG to pixels, with fonts that come along: the same picture on every machine, also one without fonts.

Needs the extra ``charts``: resvg (3 MB; a browser or Altair's vl-convert would be a hundred), Pillow,
and the fonts Source Sans and Source Serif (SIL Open Font License).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ChartsError
from .plain import SANS, SERIF

if TYPE_CHECKING:
    from PIL.Image import Image

#: Files of the fonts, by family and whether they are bold.
_FONTS = {
    (SANS, False): ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    (SANS, True): ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    (SERIF, True): ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
}


def can_draw() -> bool:
    """Whether the extra ``charts`` is installed."""
    return all(map(find_spec, ("resvg_py", "PIL", *(package for package, _ in _FONTS.values()))))


def png(svg: str, width: int) -> bytes:
    """A plain picture (see :mod:`plain`) as PNG of at most 256 colours, so many pixels wide.

    Raises:
        ChartsError: the extra is not installed, or it is no picture.
    """
    out = io.BytesIO()
    few_colours(image(svg, width)).save(out, "PNG", optimize=True)
    return out.getvalue()


def image(svg: str, width: int) -> Image:
    """A plain picture in pixels."""
    _required()
    import resvg_py
    from PIL import Image

    fonts = [font_file(*key) for key in _FONTS]
    try:
        data = resvg_py.svg_to_bytes(
            svg_string=svg, width=width, skip_system_fonts=True, font_files=fonts,
            font_family=SANS, sans_serif_family=SANS, serif_family=SERIF,
        )  # fmt: skip
    except ValueError as error:
        raise ChartsError(f"no picture could be drawn: {error}", "report it: every picture should") from error
    return Image.open(io.BytesIO(bytes(data))).convert("RGB")


def few_colours(picture: Image, colours: int = 256) -> Image:
    """With a palette: flat colours need no more, and the file is a third as large."""
    from PIL import Image

    return picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def font_file(family: str, bold: bool) -> str:
    """Where a font is; found without running its package."""
    package, file = _FONTS[family, bold]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise _missing()
    return str(Path(spec.origin).with_name("files") / file)


@cache
def measure(family: str, bold: bool, size: int) -> Callable[[str], float]:
    """What tells how many pixels a text takes in a font of the extra."""
    _required()
    from PIL import ImageFont

    length: Callable[[str], float] = ImageFont.truetype(font_file(family, bold), size).getlength
    return length


def wrapped(words: str, width: float, size: int, family: str = SANS, bold: bool = False) -> list[str]:
    """A text in lines of at most so many pixels; a single word that is longer stands alone."""
    length = measure(family, bold, size)
    lines: list[str] = []
    for word in words.split():
        if lines and length(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _required() -> None:
    if not can_draw():
        raise _missing()


def _missing() -> ChartsError:
    return ChartsError(
        "pictures as pixels need packages that are not installed",
        remedy='install the extra: pip install "atlas287[charts]"',
    )
