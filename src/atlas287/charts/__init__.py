"""Every picture, once: SVG for pages, reports and notebooks, and what is rasterised from it.

A picture is a function of plain frozen dataclasses. It knows no register, and colours nothing
itself: ``charts.css`` does, by class, so that dark mode and print work. Text and marks of any
origin come out escaped, and no picture has a script or a style of its own.
"""

from pathlib import Path

#: The style sheet that colours every picture.
CSS = Path(__file__).with_name("charts.css")
