"""The client against a real server on this machine, which fails in the ways that publishers' do."""

from __future__ import annotations

import re
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from atlas287.archive import Archive
from atlas287.errors import FetchError
from atlas287.sources.http import AGENT, Fetched, Fetcher
from tests.sources.publisher import Answer, Publisher, publisher

BODY = b"agreements, as published"


@pytest.fixture
def ice() -> Iterator[Publisher]:
    with publisher() as server:
        yield server


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def fetcher(slept: list[float]) -> Iterator[Fetcher]:
    with Fetcher(timeout=5, deadline=5, pause=0, sleep=slept.append) as client:
        yield client


def fails(fetcher: Fetcher, url: str, **asked: object) -> FetchError:
    with pytest.raises(FetchError) as failed:
        fetcher.get(url, **asked)  # type: ignore[arg-type]
    assert failed.value.remedy
    return failed.value


def test_bytes_come_as_published_with_where_and_when(ice: Publisher, fetcher: Fetcher) -> None:
    headers = {"ETag": '"1"', "Last-Modified": "Wed, 28 May 2025 13:00:00 GMT", "Content-Type": "text/csv"}
    url = ice.says("/list.csv", Answer(body=BODY, headers=headers))
    before = datetime.now(UTC).replace(microsecond=0)
    got = fetcher.get(url, params={"get": "NAME,B03002_001E", "for": "county:*", "q": "a b&c"})
    assert got.body == BODY and got.status == 200 and not got.unchanged
    assert got.asked == got.url == f"{url}?get=NAME,B03002_001E&for=county:*&q=a+b%26c"
    assert (got.etag, got.last_modified, got.content_type) == tuple(headers.values())
    at = datetime.strptime(got.fetched, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    assert before <= at <= datetime.now(UTC)


def test_it_says_who_it_is(ice: Publisher, fetcher: Fetcher) -> None:
    fetcher.get(ice.says("/", Answer(body=BODY)))
    said = ice.asked[0][1]["User-Agent"]
    assert said == AGENT and re.match(r"atlas287/\d+\.\d+\.\d+ \(\w", said)


def test_a_packed_answer_is_unpacked(ice: Publisher, fetcher: Fetcher) -> None:
    assert fetcher.get(ice.says("/", Answer.packed(BODY * 1000))).body == BODY * 1000
    assert ice.asked[0][1]["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_failure_that_passes_is_waited_out(
    ice: Publisher, fetcher: Fetcher, slept: list[float], status: int
) -> None:
    url = ice.says("/", Answer(status), Answer(status), Answer(body=BODY))
    assert fetcher.get(url).body == BODY
    assert len(slept) == 2 and 1 <= slept[0] <= 1.5 and 2 <= slept[1] <= 3


def test_a_failure_that_stays_is_given_up_and_told(
    ice: Publisher, fetcher: Fetcher, slept: list[float]
) -> None:
    url = ice.says("/", Answer(503))
    error = fails(fetcher, url)
    assert (error.url, error.status) == (url, 503)
    assert error.message == f"{url} answered 503 Service Unavailable, 5 times"
    assert ice.times("/") == 5 and len(slept) == 4


def test_it_waits_as_long_as_the_publisher_says(ice: Publisher, fetcher: Fetcher, slept: list[float]) -> None:
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    url = ice.says(
        "/",
        Answer(429, headers={"Retry-After": "7"}),
        Answer(429, headers={"Retry-After": in_a_minute}),
        Answer(503, headers={"Retry-After": "soon"}),
        Answer(body=BODY),
    )
    assert fetcher.get(url).body == BODY
    assert slept[0] == 7 and 57 <= slept[1] <= 60 and 4 <= slept[2] <= 6


@pytest.mark.parametrize("said", ["soon", "-5", "", f"Wed, 21 Oct {'9' * 20} 07:28:00 GMT", "1.5"])
def test_a_wait_that_cannot_be_read_is_its_own(
    ice: Publisher, fetcher: Fetcher, slept: list[float], said: str
) -> None:
    url = ice.says("/", Answer(429, headers={"Retry-After": said}), Answer(body=BODY))
    assert fetcher.get(url).body == BODY and 1 <= slept[0] <= 1.5


def test_a_wait_beyond_its_patience_is_told_and_not_shortened(
    ice: Publisher, fetcher: Fetcher, slept: list[float]
) -> None:
    error = fails(fetcher, ice.says("/", Answer(429, headers={"Retry-After": "3600"})))
    assert error.status == 429 and "3,600 seconds" in error.remedy
    assert ice.times("/") == 1 and not slept


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 204, 206])
def test_what_will_not_pass_is_asked_once(ice: Publisher, fetcher: Fetcher, status: int) -> None:
    error = fails(fetcher, ice.says("/", Answer(status)))
    assert error.status == status and str(status) in error.message and ice.times("/") == 1


def test_an_answer_cut_off_is_never_taken_for_the_document(ice: Publisher, fetcher: Fetcher) -> None:
    url = ice.says("/", Answer(body=BODY, missing=10), Answer(body=BODY))
    assert fetcher.get(url).body == BODY and ice.times("/") == 2
    packed = ice.says("/packed", Answer.packed(BODY * 50, cut=9))
    for url in (ice.says("/always", Answer(body=BODY, missing=10)), packed):
        assert "no whole answer" in fails(fetcher, url).message


def test_nothing_larger_than_can_be_held_is_taken(ice: Publisher, fetcher: Fetcher) -> None:
    url = ice.says("/", Answer(body=b"x" * 1001))
    assert len(fetcher.get(url, max_bytes=1001).body) == 1001
    error = fails(fetcher, url, max_bytes=1000)
    assert "larger than the 1,000 bytes" in error.message and ice.times("/") == 2


def test_a_small_answer_that_unpacks_into_a_large_one_is_never_held_whole(
    ice: Publisher, fetcher: Fetcher
) -> None:
    bomb = ice.says("/", Answer.packed(bytes(50_000_000)))  # 50 kB on the way
    tracemalloc.start()
    try:
        assert "larger than" in fails(fetcher, bomb, max_bytes=1000).message
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_kept(
    ice: Publisher, fetcher: Fetcher, status: int
) -> None:
    ice.says("/new/list.csv", Answer(body=BODY))
    url = ice.says("/old", Answer.moved("/new/", status))
    ice.says("/new/", Answer.moved("list.csv"))
    got = fetcher.get(url)
    assert (got.body, got.asked, got.url) == (BODY, url, f"{ice.base}/new/list.csv")


def test_a_circle_of_redirects_ends(ice: Publisher, fetcher: Fetcher) -> None:
    url = ice.says("/a", Answer.moved("/b"))
    ice.says("/b", Answer.moved("/a"))
    assert "leads on more than 5 times" in fails(fetcher, url).message
    assert len(ice.asked) == 6


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("http://www.ice.gov/", "not https"),
        ("ftp://www.ice.gov/", "not https"),
        ("file:///etc/passwd", "not https"),
    ],
)
def test_a_redirect_leads_to_nothing_that_is_not_asked(
    ice: Publisher, fetcher: Fetcher, to: str, why: str
) -> None:
    error = fails(fetcher, ice.says("/", Answer.moved(to)))
    assert f"leads to {to}, which is {why}" in error.message


@pytest.mark.parametrize(
    "url",
    [
        "http://www.ice.gov/list.xlsx",
        "ftp://www.ice.gov/list.xlsx",
        "file:///etc/passwd",
        "www.ice.gov/list.xlsx",
        "https:///list.xlsx",
        "https://someone:password@www.ice.gov/list.xlsx",
        "http://127.0.0.1.example.org/",
        "https://[::1/",
        "https://www.ice.gov:seven/",
        "",
    ],
)
def test_an_address_that_is_not_asked_is_refused_unasked(
    fetcher: Fetcher, slept: list[float], url: str
) -> None:
    error = fails(fetcher, url)
    assert error.status is None and not slept


def test_a_publisher_elsewhere_cannot_lead_to_this_machine(ice: Publisher) -> None:
    """The world's answer is played by a stand-in, for tests ask nobody outside."""

    class Elsewhere(Fetcher):
        def _one(self, ask: object, url: str) -> Fetched | str:
            assert url == "https://www.ice.gov/"
            return ice.says("/secret", Answer(body=b"of this machine"))

    with Elsewhere(pause=0) as fetcher:
        assert "on this very machine" in fails(fetcher, "https://www.ice.gov/").message
    assert not ice.asked


def test_a_slow_answer_is_given_up(ice: Publisher) -> None:
    silent = ice.says("/silent", Answer(body=b"x", drip=3))
    dripping = ice.says("/dripping", Answer(body=b"x" * 100, drip=0.05))
    with Fetcher(timeout=0.3, deadline=0.4, tries=1, pause=0) as fetcher:
        for url, said in ((silent, "did not answer in time"), (dripping, "took more than 0 seconds")):
            start = time.monotonic()
            assert said in fails(fetcher, url).message
            assert time.monotonic() - start < 2


def test_nobody_there_is_an_error_that_says_so(fetcher: Fetcher, slept: list[float]) -> None:
    with publisher() as gone:
        url = gone.base
    error = fails(fetcher, url)
    assert error.status is None and "5 times" in error.message and len(slept) == 4


def test_an_unchanged_document_is_not_sent_again(ice: Publisher, fetcher: Fetcher, tmp_path: Path) -> None:
    url = ice.says("/", Answer(body=BODY, headers={"ETag": '"7"'}), Answer(304))
    first = fetcher.get(url)
    again = fetcher.get(url, etag=first.etag, last_modified="Wed, 28 May 2025 13:00:00 GMT")
    assert again.unchanged and again.body == b""
    said = ice.asked[1][1]
    assert said["If-None-Match"] == '"7"' and said["If-Modified-Since"].startswith("Wed, 28 May")
    with pytest.raises(FetchError, match="unchanged"):
        again.keep(Archive(tmp_path), folder="ice", file="list.csv", publisher="ice")
    assert "304" in fails(fetcher, url).message  # nobody asked whether it had changed


def test_a_key_is_sent_and_stands_nowhere(ice: Publisher, fetcher: Fetcher, tmp_path: Path) -> None:
    key = "my secret/key"
    url = ice.says("/data", Answer(body=BODY))
    got = fetcher.get(url, params={"for": "county:*"}, secret={"key": key})
    assert ice.asked[0][0] == "/data?for=county:*&key=my+secret%2Fkey"
    kept = got.keep(Archive(tmp_path), folder="census", file="people.json", publisher="census")
    assert got.url == got.asked == kept.address == f"{url}?for=county:*"

    moved = ice.says("/moved", Answer.moved("/gone?key=my+secret%2Fkey&x=my secret/key"))
    ice.says("/gone", Answer(404))
    ice.says("/there", Answer(body=BODY))
    failing = ice.says("/failing", Answer(500))
    elsewhere = ice.says("/elsewhere", Answer.moved("http://www.ice.gov/?key=my+secret%2Fkey"))
    for url in (moved, failing, elsewhere):
        error = fails(fetcher, url, secret={"key": key})
        assert "secret" not in f"{error}{error.url}"
    to = ice.says("/echo", Answer.moved("/there?key=my+secret%2Fkey"))
    assert "secret" not in fetcher.get(to, secret={"key": key}).url


def test_what_was_fetched_goes_into_the_archive(ice: Publisher, fetcher: Fetcher, tmp_path: Path) -> None:
    got = fetcher.get(ice.says("/list.xlsx", Answer(body=BODY)))
    archive = Archive(tmp_path)
    kept = got.keep(archive, folder="ice", file="list.xlsx", publisher="ice")
    assert archive.read(kept.sha256) == BODY
    assert (kept.address, kept.captured, kept.publisher) == (got.url, got.fetched, "ice")
    assert archive.sightings() == [kept]


def test_what_the_wayback_machine_holds_speaks_for_the_moment_of_its_capture() -> None:
    address = "https://web.archive.org/web/20250528130101id_/https://www.ice.gov/list.xlsx"
    got = Fetched(address, address, 200, BODY, "20260501000000", None, None, None)
    assert got.captured == "20250528130101"


def test_it_pauses_between_requests(ice: Publisher, slept: list[float]) -> None:
    url = ice.says("/", Answer(body=BODY))
    with Fetcher(pause=30, sleep=slept.append) as fetcher:
        fetcher.get(url)
        assert not slept
        fetcher.get(url)
    assert len(slept) == 1 and 29 < slept[0] <= 30


def test_no_proxy_stands_between_this_machine_and_itself(
    ice: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with Fetcher(pause=0, tries=1) as fetcher:
        assert fetcher.get(ice.says("/", Answer(body=BODY))).body == BODY
