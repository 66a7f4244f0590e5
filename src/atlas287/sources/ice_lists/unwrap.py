"""Links as the publisher meant them: wrappers off, people's mailboxes out.

ICE's lists were edited by mail, so a fifth of their links lead through Outlook's
Safelinks, whose addresses carry the mailbox of whoever received the mail. Others were
copied from a browser's PDF viewer or from the Wayback Machine.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

#: Wrappers inside wrappers: real ones are two deep.
_DEPTH = 8
#: Excel holds addresses of up to 2,079 characters; the longest real one, a Safelink, has about 500.
_LONGEST = 4_096
#: What stands in place of a mailbox.
MAILBOX = "{mailbox}"
_SAFELINKS = re.compile(r"https?:/{1,2}[\w.-]*\bsafelinks\.protection\.[\w.-]+/", re.I)
_VIEWER = re.compile(
    r"(?:chrome|moz|edge|ms-browser|safari-web)-extension:/{1,2}[^/]*/(?:[^:]*?[?&/](?:file|src)=|/?)(?=http)",
    re.I,
)
_WAYBACK = re.compile(
    r"https?://(?:web\.archive\.org|wayback\.archive\.org)/web/(?:\d{1,14}|\{capture\}|\*)?(?:[a-z]{2}_)?/?(?=\w+:)",
    re.I,
)
_SLASH = re.compile(r"(https?):/?(?=[\w.-]+\.\w)", re.I)
_HTTP = re.compile(r"https?://[^/\s@]+(?:[/?#]|$)", re.I)
# Possessive, and begun only where a word begins: linear in the length of a text, whatever it holds.
_MAILBOX = re.compile(r"(?<![\w.+'-])[\w.+'-]++(?:@|%(?:25)*40)[\w-]++(?:(?:\.|%(?:25)*2e)[\w-]++)++", re.I)
_ADDRESS = re.compile(r"(?:https?:|(?:chrome|moz|edge|ms-browser|safari-web)-extension:)/\S+$", re.I)


def unwrap(target: str) -> tuple[str | None, str | None]:
    """The address behind ``target`` and the rules that led there.

    Returns ``(url, rules)``: ``url`` is an http(s) address or None, ``rules`` the names of
    the rules applied, outermost first and joined by commas, or None when none was:
    "safelinks", "viewer", "wayback", "slash" (``https:/host`` repaired), "dropped" (what
    was left is not http(s), names a mailbox, or is longer than any address).
    """
    return _unwrap(target) if len(target) <= _LONGEST else (None, "dropped")


@lru_cache(maxsize=16_384)
def _unwrap(target: str) -> tuple[str | None, str | None]:
    url = target.strip()
    rules: list[str] = []
    for _ in range(_DEPTH):
        inner, rule = _peel(url)
        if rule is None:
            break
        url, rules = inner.strip(), [*rules, rule]
    if _HTTP.match(url) is None or has_mailbox(url) or "safelinks.protection." in url.lower():
        return None, ",".join([*rules, "dropped"])
    return url, ",".join(rules) or None


def _peel(url: str) -> tuple[str, str | None]:
    """Take one wrapper off ``url``; the rule is None when there is none."""
    if _SAFELINKS.match(url) is not None:
        inner = parse_qs(_query(url)).get("url")
        return (inner[0], "safelinks") if inner else (url, None)
    for rule, pattern in (("viewer", _VIEWER), ("wayback", _WAYBACK)):
        if (found := pattern.match(url)) is not None:
            inner_url = url[found.end() :]
            # A viewer takes the address percent-encoded as a parameter, or as it stands.
            return (unquote(inner_url) if "%3a" in inner_url[:9].lower() else inner_url), rule
    if not re.match(r"https?://", url, re.I) and (found := _SLASH.match(url)) is not None:
        return f"{found[1]}://{url[found.end() :]}", "slash"
    return url, None


def _query(url: str) -> str:
    """The query of ``url``, or "" when the address is malformed."""
    try:
        return urlsplit(url).query
    except ValueError:
        return ""


def is_address(text: str) -> bool:
    """Whether a cell's text is nothing but a web address (wrapped or not)."""
    return _ADDRESS.match(text.strip()) is not None


def has_mailbox(text: str) -> bool:
    """Whether ``text`` holds an e-mail address, plain or percent-encoded."""
    return ("@" in text or "40" in text) and _MAILBOX.search(text) is not None


def scrub(text: str) -> str:
    """``text`` with every e-mail address replaced by ``{mailbox}``; otherwise unchanged."""
    return _MAILBOX.sub(MAILBOX, text) if "@" in text or "40" in text else text
