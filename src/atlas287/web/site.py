"""Where the pages stand: addresses as a server gives them, or as files beside each other."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version

#: The package's, as pages tell it.
VERSION = version("atlas287")


@dataclass(frozen=True, slots=True)
class Site:
    """A served or a written site.

    Attributes:
        base: the public address of its root, without a slash at the end; "" if nobody said.
        static: files, linked to each other relatively, so that they work under any path.
        root: the path that the server stands under, behind a proxy.
        report: where to report errors (https: or mailto:); "" if nobody said.
    """

    base: str = ""
    static: bool = False
    root: str = ""
    report: str = ""

    def href(self, here: str, to: str) -> str:
        """A link from one address to another."""
        if not self.static:
            return self.root + to
        path, mark, rest = _parted(to)
        return _relative(file_of(here), file_of(path)) + mark + rest

    def address(self, path: str) -> str:
        """The permanent address of a page: absolute, if the site knows where it stands."""
        return self.base + path


def _parted(address: str) -> tuple[str, str, str]:
    """Path, mark and rest of an address with a query or an anchor."""
    cut = min((n for n in (address.find("?"), address.find("#")) if n >= 0), default=len(address))
    return address[:cut], address[cut : cut + 1], address[cut + 1 :]


def file_of(path: str) -> str:
    """The file that a written site has for an address, from its root."""
    return f"{path}index.html".lstrip("/") if path.endswith("/") else path.lstrip("/")


@lru_cache(50_000)
def _relative(here: str, to: str) -> str:
    return posixpath.relpath(to, posixpath.dirname(here) or ".")
