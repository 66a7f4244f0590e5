"""How often one reader may ask for what costs most: searches and downloads."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict

#: The longest query string that is read at all.
QUERY = 1_000


class Meter:
    """A bucket a reader: it holds ``burst`` askings and fills by ``rate`` a second.

    Readers are told apart by address, of IPv6 by its first 64 bits; only the latest ``readers`` are kept.
    """

    def __init__(self, rate: float, burst: int, readers: int = 10_000) -> None:
        self._rate, self._burst, self._readers = rate, burst, readers
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, reader: str, now: float | None = None) -> float:
        """Count one asking: 0 if it is allowed, else the seconds after which it will be."""
        now = time.monotonic() if now is None else now
        key = _network(reader)
        left, then = self._left.pop(key, (float(self._burst), now))
        left = min(self._burst, left + (now - then) * self._rate)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > self._readers:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._rate


def _network(reader: str) -> str:
    try:
        address = ipaddress.ip_address(reader)
    except ValueError:
        return reader
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return reader
