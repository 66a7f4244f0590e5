"""Opens a PDF in a process of its own: ``python -m atlas287.sources.memoranda.child ORDER``.

A PDF from anywhere may crash PDFium, unpack to gigabytes or take forever. Here that costs one small
process, which holds itself to the memory it was given; the caller (:mod:`pdf`) holds it to its time.

ORDER is JSON: ``path``, ``limits`` (of :class:`limits.Limits`), and ``pictures``, None or
``{"pages": [1-based], "dpi": n, "folder": path}``. The answer, on stdout, is JSON too: ``problem`` and
``detail``; or ``pages`` (the count), ``producer``, and ``page``, one dictionary each: ``number``,
``width`` and ``height`` in points, ``pictured`` (the share of it that one picture covers) and ``words``,
each ``[text, left, top, right, bottom, typed]``, in points from the page's upper left; ``typed`` tells
characters that somebody's program set from those that a scanner's program recognized in a picture.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

Sides = tuple[float, float, float, float]
Boxed = tuple[str, float, float, float, float, bool]
#: The rendering mode of text that is not shown: what a scanner lays over (under) its picture.
_HIDDEN = 3
#: From this share on, one picture is the page.
_PICTURE = 0.7
#: Fonts in which Acrobat shows what it recognized, in place of the picture's letters.
_RECOGNIZED = re.compile(r"^(\*|[A-Z]{6}\+)")


def main() -> None:
    order = json.loads(sys.argv[1])
    _hold_to(order["limits"]["memory"])
    try:
        answer = _answer(order)
    except MemoryError:
        answer = {"problem": "memory", "detail": ""}
    sys.stdout.write(json.dumps(answer))


def _hold_to(memory: int) -> None:
    """No more memory than this, where the system knows how (Linux does)."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    try:
        import pypdfium2 as pdfium
    except ImportError:
        return {"problem": "extra", "detail": "pypdfium2"}
    limits = order["limits"]
    try:
        pdf = pdfium.PdfDocument(order["path"])
    except pdfium.PdfiumError as error:
        return {"problem": "password" if "assword" in str(error) else "damaged", "detail": str(error)}
    count = len(pdf)
    if not count:
        return {"problem": "damaged", "detail": "no page"}
    if count > limits["pages"]:
        return {"problem": "pages", "detail": count}
    pdf.init_forms()  # so that what was typed into a form counts as written on the page
    if order["pictures"]:
        for number in order["pictures"]["pages"]:
            _draw(pdf, number, order["pictures"], limits["pixels"])
        return {"pages": count}
    told: list[dict[str, Any]] = []
    room = limits["text"]
    for number in range(1, count + 1):
        try:
            page = _page(pdf, number, room)
        except pdfium.PdfiumError as error:
            return {"problem": "damaged", "detail": f"page {number}: {error}"}
        if page is None:
            return {"problem": "text", "detail": number}
        room -= sum(len(word[0]) for word in page["words"])
        told.append(page)
    return {"pages": count, "producer": pdf.get_metadata_value("Producer"), "page": told}


def _open(pdf: Any, number: int) -> Any:
    page = pdf[number - 1]
    if pdf.formenv:
        page.flatten()
        page.close()
        page = pdf[number - 1]
    return page


def _page(pdf: Any, number: int, room: int) -> dict[str, Any] | None:
    """One page, or None where its text is beyond what is left of the bound."""
    from pypdfium2 import raw

    page = _open(pdf, number)
    width, height = page.get_size()
    text = page.get_textpage()
    if text.count_chars() > room:
        return None
    pictured = 0.0
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        pictured = max(pictured, abs((right - left) * (top - bottom)) / (width * height or 1))
    return {
        "number": number,
        "width": width,
        "height": height,
        "pictured": round(pictured, 2),
        "words": _words(page, text, (width, height), pictured >= _PICTURE),
    }


def _words(page: Any, text: Any, size: tuple[float, float], pictured: bool) -> list[Boxed]:
    """The words of a page's text layer, in its own order."""
    import ctypes

    from pypdfium2 import raw

    seen = _as_seen(page, size)
    words: list[Boxed] = []
    letters: list[str] = []
    typed = True
    box = [0.0, 0.0, 0.0, 0.0]  # left, top, right, bottom
    sides = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top, as PDFium gives them

    def end() -> None:
        if letters:
            words.append(("".join(letters), *(round(side, 2) for side in box), typed))  # type: ignore[arg-type]
            letters.clear()

    for n in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, n)
        letter = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " "
        if letter.isspace() or code in (0xFFFE, 0xFFFF, 0x02):
            end()
            continue
        raw.FPDFText_GetCharBox(text, n, *(ctypes.byref(side) for side in sides))
        left, top, right, bottom = seen(*(side.value for side in sides))
        high = max(bottom - top, box[3] - box[1] if letters else 0, 1)
        if letters and (left - box[2] > 0.35 * high or left < box[0] - 2):
            end()
        if letters:
            box = [min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], bottom)]
        else:
            box = [left, top, right, bottom]
            typed = _is_typed(text, n, pictured)
        letters.append(letter)
    end()
    return words


def _is_typed(text: Any, n: int, pictured: bool) -> bool:
    """Whether a character was set and not recognized: it is shown, in a font of the document's own."""
    import ctypes

    from pypdfium2 import raw

    thing = raw.FPDFText_GetTextObject(text, n)
    if thing and raw.FPDFTextObj_GetTextRenderMode(thing) == _HIDDEN:
        return False
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, n, name, 80, ctypes.byref(flags))
    return not (pictured and _RECOGNIZED.match(name.value.decode("utf-8", "replace")))


def _as_seen(page: Any, size: tuple[float, float]) -> Callable[[float, float, float, float], Sides]:
    """From a box of the page's own space to one as a reader sees it: turned as the page is turned, from
    the upper left. PDFium tells where three points come to; the rest follows."""
    import ctypes

    from pypdfium2 import raw

    fine, apart = 100, 500.0

    def device(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        whole = (int(size[0] * fine), int(size[1] * fine))
        raw.FPDF_PageToDevice(page, 0, 0, *whole, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        return across.value / fine, down.value / fine

    (x0, y0), (xa, ya), (xb, yb) = device(0, 0), device(apart, 0), device(0, apart)
    by_x, by_y = ((xa - x0) / apart, (ya - y0) / apart), ((xb - x0) / apart, (yb - y0) / apart)

    def seen(left: float, right: float, bottom: float, top: float) -> Sides:
        corners = [
            (x0 + by_x[0] * x + by_y[0] * y, y0 + by_x[1] * x + by_y[1] * y)
            for x, y in ((left, bottom), (right, top))
        ]
        (a, b), (c, d) = corners
        return min(a, c), min(b, d), max(a, c), max(b, d)

    return seen


def _draw(pdf: Any, number: int, order: dict[str, Any], pixels: int) -> None:
    """A page as a grey picture: ``page-007.pgm``."""
    page = _open(pdf, number)
    width, height = page.get_size()
    scale = min(order["dpi"] / 72, (pixels / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows, across, stride = bitmap.height, bitmap.width, bitmap.stride
    data = bytes(bitmap.buffer)
    with (Path(order["folder"]) / f"page-{number:03}.pgm").open("wb") as file:
        file.write(f"P5 {across} {rows} 255\n".encode())
        for row in range(rows):
            file.write(data[row * stride : row * stride + across])


if __name__ == "__main__":
    main()
