"""Changes as feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .events import sentence
from .page import Data, Rows, twin
from .render import View
from .words import LANGUAGES, words

#: Feeds tell the latest so many events.
LENGTH = 100


def atom(view: View, events: Rows, data: Data) -> str:
    """Events as an Atom feed; entries keep their ids whatever the site's address is."""
    own = words(view.lang)
    newest = events[0]["at"] if events else f"{view.edition.at}T00:00"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{view.lang}">',
        f"<id>{escape(_tag(twin(view.here, 'atom')))}</id>",
        f"<title>{escape(own.say('feed.title', of=view.page.title(data, own)))}</title>",
        f"<updated>{_instant(newest)}</updated>",
        "<author><name>atlas287</name></author>",
        f'<link rel="self" href={quoteattr(_own(view, "atom"))}/>',
        f'<link rel="alternate" href={quoteattr(_to(view, view.here))}/>',
    ]
    for event in events[:LENGTH]:
        says = escape(sentence(event, view.lang))
        shown_by = own.say("feed.shown_by", day=own.day(event["at"]), file=event["list"])
        lines += [
            "<entry>",
            f"<id>{escape(_tag('/events/' + event['event_id']))}</id>",
            f"<title>{says}</title>",
            f"<updated>{_instant(event['at'])}</updated>",
            f"<link href={quoteattr(_to(view, _agency(view.lang, event)))}/>",
            f"<summary>{escape(shown_by)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def json_feed(view: View, events: Rows, data: Data) -> str:
    """Events as a JSON Feed."""
    own = words(view.lang)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": own.say("feed.title", of=view.page.title(data, own)),
        "language": view.lang,
        "home_page_url": _to(view, view.here),
        "feed_url": _own(view, "feed.json"),
        "items": [
            {
                "id": _tag("/events/" + event["event_id"]),
                "url": _to(view, _agency(view.lang, event)),
                "title": sentence(event, view.lang),
                "content_text": own.say("feed.shown_by", day=own.day(event["at"]), file=event["list"]),
                "date_published": _instant(event["at"]),
                "_atlas287": event,
            }
            for event in events[:LENGTH]
        ],
    }
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")) + "\n"


def _agency(lang: str, event: dict[str, Any]) -> str:
    return f"{LANGUAGES[lang]}/agencies/{event['agency_id']}/"


def _to(view: View, address: str) -> str:
    """An address as a feed's reader can follow it: absolute, if the site knows its own."""
    return view.site.base + address if view.site.base else view.to(address)


def _own(view: View, form: str) -> str:
    """The feed's own address, which without the site's is told from where the feed stands."""
    self_ = twin(view.here, form)
    return view.site.base + self_ if view.site.base else self_.rpartition("/")[2]


def _tag(path: str) -> str:
    """A name for ever, whatever address the site has (RFC 4151)."""
    return f"tag:atlas287,2026:{path}".replace(" ", "%20")


def _instant(at: str) -> str:
    """Instants of lists are to the minute, UTC or ICE's own clock: the day is what counts."""
    return f"{at}:00Z" if len(at) == 16 else f"{at[:19]}Z"
