"""Cards where pages are shared, and the map to take away."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import html
from PIL import Image
from starlette.testclient import TestClient

from atlas287 import Atlas
from atlas287.web import images
from atlas287.web.app import create_app
from atlas287.web.edition import Edition
from atlas287.web.images import Gallery
from atlas287.web.pages import PAGES
from tests.web.samples import EVERY


@pytest.mark.parametrize("path", ["/cards/home.png", "/es/cards/state-md.png", "/cards/state-as.png",
                                  "/es/cards/agency.png", "/cards/about.png"])  # fmt: skip
def test_a_card_is_a_picture_of_the_size_that_networks_show(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == (1200, 630)
    assert len(picture.convert("L").getcolors() or []) > 2, "something is drawn"
    assert len(answer.content) < 300_000


@pytest.mark.parametrize(
    "path", ["/cards/nothing.png", "/cards/state-zz.png", "/cards/fact.png", "/cards/state-.png"]
)
def test_there_is_no_other_card(path: str, client: TestClient) -> None:
    assert client.get(path).status_code == 404


def test_every_page_names_a_card_that_there_is(client: TestClient, edition: Edition) -> None:
    names = images.card_names(PAGES, edition)
    assert {f"state-{code.lower()}" for code in edition.states} <= set(names)
    for start in ("", "/es"):
        for _, path in EVERY:
            page = html.document_fromstring(client.get(start + path).text)
            for address in page.xpath('//meta[@property="og:image"]/@content'):
                begin, _, name = address.rpartition("/")
                assert begin == f"https://atlas.example{start}/cards" and name.removesuffix(".png") in names


def test_the_map_to_take_away_is_of_every_week_of_the_surge(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    # The last fortnight alone: a frame takes a fifth of a second.
    monkeypatch.setitem(images.TURNS, "second_wave", date(2026, 4, 20))
    assert sorted(images.take(edition, tmp_path)) == sorted(images.TAKEN)
    for lang in ("en", "es"):
        with Image.open(tmp_path / lang / "surge.gif") as film:
            assert film.n_frames == 3  # 20 and 27 April, and the newest list
        with Image.open(tmp_path / lang / "map.png") as still:
            assert still.width == 1200
    assert (tmp_path / "en/map.png").read_bytes() != (tmp_path / "es/map.png").read_bytes()


def test_the_map_is_drawn_beside_the_server_once_its_page_is_opened(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Gallery] = []
    # Drawing takes half a minute; what is drawn is tested above.
    monkeypatch.setattr(Gallery, "begin", lambda gallery: begun.append(gallery))
    with TestClient(create_app(atlas, draw=True)) as client:
        gallery = client.app.state.desk.edition.gallery  # type: ignore[attr-defined]
        client.get("/")
        assert begun == []
        assert "surge.webp" not in client.get("/map/").text
        assert begun == [gallery]
        for name in images.TAKEN:
            drawn = Path(gallery._folder.name, name)
            drawn.parent.mkdir(exist_ok=True)
            drawn.write_bytes(b"drawn")
        assert 'href="/pictures/es/surge.webp"' in client.get("/es/map/").text
        assert 'href="/pictures/en/surge.webp"' in client.get("/map/").text, (
            "a page kept from before is not shown"
        )
        assert client.get("/pictures/en/surge.gif").content == b"drawn"
        assert client.get("/pictures/en/../../etc/passwd").status_code == 404
    assert not Path(gallery._folder.name).exists()
