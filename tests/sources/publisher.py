"""A publisher on this machine: a real HTTP server that answers as it is told, and remembers who asked."""

from __future__ import annotations

import gzip
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer. Beyond what HTTP asks for it can be cut off, or come a byte at a time."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0  # bytes promised and not sent
    drip: float = 0.0  # seconds before each byte

    @classmethod
    def moved(cls, to: str, status: int = 302) -> Answer:
        return cls(status, headers={"Location": to})

    @classmethod
    def packed(cls, body: bytes, cut: int = 0) -> Answer:
        sent = gzip.compress(body)
        return cls(body=sent[: len(sent) - cut], headers={"Content-Encoding": "gzip"})


@dataclass
class Publisher:
    """Answers by path: each the next of its list, and the last one again and again."""

    base: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # path with query, headers

    def says(self, path: str, *answers: Answer) -> str:
        """Set what is answered at a path; returns its address."""
        self.answers[path] = list(answers)
        return self.base + path

    def times(self, path: str) -> int:
        """How often the path was asked for."""
        return sum(asked.partition("?")[0] == path for asked, _ in self.asked)


@contextmanager
def publisher() -> Iterator[Publisher]:
    """A publisher that listens on a free port of this machine until the end of the block."""
    done: dict[str, int] = defaultdict(int)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            here.asked.append((self.path, dict(self.headers)))
            path = self.path.partition("?")[0]
            answers = here.answers.get(path) or [Answer(404)]
            answer = answers[min(done[path], len(answers) - 1)]
            done[path] += 1
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body) + answer.missing))
            self.end_headers()
            if answer.drip:
                for n in range(len(answer.body)):
                    time.sleep(answer.drip)
                    self.wfile.write(answer.body[n : n + 1])
            else:
                self.wfile.write(answer.body)
            self.close_connection = self.close_connection or bool(answer.missing)

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:  # the client went away, as it may
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Publisher(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
