"""Writing SVG: nothing that comes from a list becomes markup."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas287.charts import svg
from tests.charts.drawn import parsed


@given(st.text())
def test_any_text_is_read_back_as_text(said: str) -> None:
    root = ET.fromstring(svg.element("text", svg.text(said), class_=said))
    shown = "".join("\ufffd" if svg._NO_XML.match(c) else c for c in said)
    assert not list(root)
    # XML reads every line end as one, and in attributes every space as a space.
    assert (root.text or "") == shown.replace("\r\n", "\n").replace("\r", "\n")
    assert root.get("class", "").split() == shown.split() or any(
        c.isspace() and c not in " \n\r\t" for c in shown
    )


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "",
    ],
)
def test_what_is_no_address_of_the_web_becomes_no_link(href: str) -> None:
    assert svg.link(href, "<g/>") == "<g/>"


@pytest.mark.parametrize(
    "href", ["/county/24021/", "https://example.org/a?b=1&c=2", "#row-3", "../x.html", "x.html"]
)
def test_addresses_become_links(href: str) -> None:
    root = ET.fromstring(svg.link(href, "<g/>"))
    assert root.get("href") == href


@given(st.floats(-5000, 5000))
def test_coordinates_keep_two_decimals_and_never_an_exponent(value: float) -> None:
    shown = svg.number(value)
    assert float(shown) == pytest.approx(value, abs=0.005001)
    assert "e" not in shown and not shown.endswith(".")


def test_a_picture_says_what_it_is() -> None:
    root = parsed(svg.picture([], title="A <b>", desc="“x” & y", id="p", class_="map", box=(10, 5)))
    assert [e.text for e in root] == ["A <b>", "“x” & y"]
    assert root.get("viewBox") == "0 0 10 5"
