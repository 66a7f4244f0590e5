"""The module that plays the map reads the data as Python does, and shades by the same rules."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import atlas287
from atlas287 import Atlas
from atlas287.charts.shades import SHADES, shade
from atlas287.panel.mapping import NOT_KNOWN, day_of

MODULE = Path(str(files(atlas287))) / "web" / "static" / "js" / "map.js"
DAYS = ("2020-01-01", "2021-01-13", "2024-12-31", "2025-05-28", "2026-04-30", "2030-01-01")
ASKS = """
import { readFileSync } from "node:fs";
import { Days, shade, fill } from "%s";
const days = new Days(JSON.parse(readFileSync(process.argv[2], "utf-8")));
const shades = {};
for (const map of ["exposure", "jail", "field"])
  for (let code = 0; code < 12; code++)
    for (const wide of [0, 1, 2, 3]) shades[`${map} ${code} ${wide}`] = shade(code, wide, map);
const told = Object.fromEntries(process.argv.slice(3).map((day) => [day, days.at(days.number(day))]));
console.log(JSON.stringify({ shades, told, length: days.length, last: days.iso(days.length - 1),
  state: days.stateOf("24021"), filled: fill("{a} of {b}", { a: "<1>" }) }));
"""

pytestmark = pytest.mark.needs("node")


@pytest.fixture(scope="module")
def said(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """What Python has, and what the module makes of it."""
    folder = tmp_path_factory.mktemp("js")
    data = atlas.map_days()
    (folder / "days.json").write_text(json.dumps(data), encoding="utf-8")
    (folder / "asks.mjs").write_text(ASKS % MODULE.as_uri(), encoding="utf-8")
    node = shutil.which("node")
    assert node
    ran = subprocess.run(
        [node, "--no-warnings", folder / "asks.mjs", folder / "days.json", *DAYS],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return data, json.loads(ran.stdout)


def test_days_are_read_alike(said: tuple[dict[str, Any], dict[str, Any]]) -> None:
    data, js = said
    for on in DAYS:
        want = day_of(data, date.fromisoformat(on))
        want["byState"] = want.pop("by_state")
        assert want == {k: v for k, v in js["told"][on].items() if k in want}
    assert js["told"]["2025-05-28"]["agreements"] == 628 and js["told"]["2025-05-28"]["states"] == 40
    assert js["last"] == data["last"]
    assert js["length"] == (date.fromisoformat(data["last"]) - date.fromisoformat(data["first"])).days + 1
    assert js["state"] == "MD"


def test_shades_follow_the_same_rules(said: tuple[dict[str, Any], dict[str, Any]]) -> None:
    _, js = said
    for name, is_ in js["shades"].items():
        which, code, wide = name.split()
        jail, step = bool(int(code) & 1), int(code) >> 1
        assert step <= NOT_KNOWN
        assert is_ == shade(jail, step, int(wide) > 0, which)
        assert is_ in SHADES[which]


def test_a_sentence_keeps_gaps_that_nothing_fills(said: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert said[1]["filled"] == "<1> of {b}"
