"""Measure the first page in a browser on a slow line, and follow every link of a written site.

    python -m benchmarks.browser [--links FOLDER]

The line is of 1.6 Mbit/s with round trips of 150 ms, emulated by the browser (an answer is held back for a
round trip, then let through at that speed; opening the connection is not slowed). Needs a Chromium. A busy
machine makes times worse: the load it had is printed beside them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atlas287 import Atlas
from benchmarks.links import dead_links
from tests.browser.chromium import DESKTOP, PHONE, chromium
from tests.browser.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BITS_A_SECOND, ROUND_TRIP = 1_600_000, 150
BYTES_LIMIT, PAINT_LIMIT = 150_000, 1_500
RUNS = 5
_PAINT = """() => new Promise((done) => {
  new PerformanceObserver((list) => {
    const last = list.getEntries().at(-1);
    done([last.startTime, last.element?.tagName ?? ""]);
  }).observe({ type: "largest-contentful-paint", buffered: true });
})"""


def main() -> int:
    """Print every figure beside its bar; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--links", type=Path, metavar="FOLDER", help="a site written by `export site`")
    asked = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    if asked.links:
        return int(_links(asked.links))
    missed = False
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        Atlas.build(home=home)
        with serving(home) as address, chromium() as browser:
            for lang, start in (("English", "/"), ("Spanish", "/es/")):
                for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
                    missed |= _first_page(browser, address + start, f"{lang}, {name}", size)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
    return int(missed)


def _first_page(browser: Browser, address: str, what: str, size: Any) -> bool:
    paints, kinds = [], Counter[str]()
    for _ in range(RUNS):
        context = browser.new_context(viewport=size)
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        speed = BITS_A_SECOND / 8
        line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": ROUND_TRIP, "downloadThroughput": speed, "uploadThroughput": speed},
        )
        of: dict[str, str] = {}
        kinds.clear()
        line.on("Network.requestWillBeSent", lambda e, of=of: of.update({e["requestId"]: e["type"]}))
        line.on(
            "Network.loadingFinished",
            lambda e, of=of: kinds.update({of.get(e["requestId"], "?"): int(e["encodedDataLength"])}),
        )
        page.goto(address, wait_until="networkidle")
        paint, element = page.evaluate(_PAINT)
        paints.append(paint)
        context.close()
    size_told = sum(n for kind, n in kinds.items() if kind != "Script")
    print(
        f"first page, {what}: {dict(kinds)}; painted last: {element.lower()}; {[round(p) for p in paints]} ms"
    )
    missed = _tell("  transferred without scripts", size_told, BYTES_LIMIT, "bytes")
    return missed | _tell("  largest contentful paint, median", statistics.median(paints), PAINT_LIMIT, "ms")


def _links(folder: Path) -> bool:
    began = time.monotonic()
    names = (folder / "files.txt").read_text(encoding="utf-8").split("\n")
    dead = list(dead_links(folder, [n for n in names if n]))
    for link in dead[:20]:
        print(f"  {link}")
    pages = sum(n.endswith(".html") for n in names)
    print(f"  {pages:,} pages of {len(names):,} files read in {time.monotonic() - began:.0f} s")
    return _tell("links to nothing", len(dead), 0, "")


def _tell(what: str, found: float, limit: float, unit: str) -> bool:
    missed = found > limit
    print(f"{what:<46} {found:10,.1f} {unit:<6} bar {limit:,g}{'   MISSED' if missed else ''}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
