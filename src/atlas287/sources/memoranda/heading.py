"""What a memorandum's first page and its footers say: support model, agency, state, template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from .days import the_day
from .lines import Sheet, Text
from .terms import Found

#: So much of a text is its head.
_HEAD = 3_000
_MODELS = (
    ("jem", re.compile(r"Jail ?Enforcement ?(?:Model|Officer)", re.IGNORECASE)),
    ("tfm", re.compile(r"Task ?Force ?(?:Model|Officer)", re.IGNORECASE)),
    ("wso", re.compile(r"Warrant ?Service ?Officer", re.IGNORECASE)),
)
#: The first memoranda of warrant service officers name no model; what they may do is two things.
_TWO_WARRANTS = re.compile(
    r"only delegated the two authorities listed below.{0,300}?serve and execute .{0,600}? of ?removal",
    re.DOTALL,
)
_PARTIES = re.compile(
    r"Security\W{0,3}\w{1,4}\W?\w{0,4}\W{0,4}e? ?and (?:the?e?\b[\s_]*)?(?P<agency>\S.{3,120}?)[\s_,]*"
    r"(?:\((?P<short>[A-Z&]{2,8})\)[\s,]*)?(?:hereinafter|p\S{5,8} ?to ?which)",
    re.DOTALL,
)
#: A footer's parts that are not the agency: page number, revision.
_REVISED = re.compile(r"[Rr]e[Vv]ised.*")
_NOT_AGENCY = re.compile(r"^\W*\d{1,2}\W+|\W+\d{1,2}\W*$|^\W*\d{1,2}\W*$")
_CODES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC "
    "ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY GU MP PR VI AS"
)
_ADDRESS = re.compile(rf"\b(?P<state>{_CODES.replace(' ', '|')})[.,]? {{1,3}}\d{{5}}(?:-\d{{4}})?\b")
_ENDS_WITH = re.compile(rf",? (?:County,? )?({_CODES.replace(' ', '|')})\.?$")
_FOR_AGENCY = re.compile(r"For ?(?:the ?)?(?!ICE\b|DHS\b|OHS\b|D[I1l]-[I1l]S)[A-Z][\w'’ ]{1,60}?:")
_FOR_ICE = re.compile(r"For ?ICE ?:")
_AGENCY_WORDS = tuple(
    """
    sheriff sheriffs police department dept office county city town township parish borough village state
    public safety corrections correctional jail prison detention division marshal constable patrol troopers
    college university campus airport authority district attorney guard commission highway agency
    """.split()
)
#: A name at the foot of so many pages is the agency's.
_PAGES = 3
#: Two spellings this alike (of 100) are one name, one of them misread.
_ALIKE = 85.0


@dataclass(frozen=True, slots=True)
class Head:
    """Fields of the head, and the short form by which the text goes on to call the agency.

    ``spoiled``: the place of an agency's name that could not be made out.
    """

    found: list[Found]
    agency: str | None
    short: str | None
    spoiled: Found | None = None


def read_head(text: Text, sheets: Sequence[Sheet]) -> Head:
    """Model, agency, state and revision, as far as they are found."""
    found: list[Found] = []
    found += _model(text.text)
    parties = _PARTIES.search(text.text, 0, _HEAD)
    agency = short = spoiled = None
    if parties:
        short = parties["short"]
        agency = _as_most_spell(tidy(parties["agency"]), text.text, _footers(sheets))
        here = Found("agency", agency, parties.start("agency"), parties.end())
        if _is_agency(agency):
            found.append(here)
        else:
            agency, spoiled = None, here
    if agency is None and (footers := _footers(sheets)):
        name, pages = footers.most_common(1)[0]
        if pages >= _PAGES and _is_agency(name) and (at := text.text.find(name)) >= 0:
            agency, spoiled = name, None
            found.append(Found("agency", name, at, at + len(name)))
    found += _state(text.text, agency)
    return Head(found, agency, short, spoiled)


def _is_agency(name: str) -> bool:
    """Whether a name is of letters and has a word that agencies' names have, perhaps one letter misread."""
    if not re.fullmatch(r"[\w .,'’&()/-]+", name):
        return False
    if re.search(r"\b(?:PD|SO|DPS|DOC)\b", name):
        return True
    words = re.findall(r"[a-z]{4,}", name.lower())
    return any(OSA.distance(word, known, score_cutoff=1) <= 1 for word in words for known in _AGENCY_WORDS)


def _known_words(name: str) -> int:
    return sum(w in _AGENCY_WORDS for w in re.findall(r"[a-z]+", name.lower().replace("'s", "s")))


def _model(text: str) -> Iterator[Found]:
    named = [(model, m) for model, words in _MODELS if (m := words.search(text, 0, _HEAD // 4))]
    if named:
        model = (
            named[0][0] if len(named) == 1 else "hybrid" if {n for n, _ in named} == {"jem", "tfm"} else None
        )
        if model:
            begin = named[0][1].start()
            begin -= 7 * (text[begin - 7 : begin] == "287(g) ")
            yield Found("model", model, begin, named[-1][1].end())
    elif m := _TWO_WARRANTS.search(text):
        yield Found("model", "wso", m.start(), m.end())


def tidy(printed: str) -> str:
    """A name as written, without what a form or OCR left around it."""
    text = re.sub(r"\s+", " ", printed.replace("’", "'").replace("_", " "))
    text = re.sub(r" ([,.;:])", r"\1", text)
    return text.strip(" ,;:.-–—·|")


def _footers(sheets: Iterable[Sheet]) -> Counter[str]:
    names: Counter[str] = Counter()
    for one in sheets:
        for line in one.foot:
            name = tidy(_NOT_AGENCY.sub("", _REVISED.sub("", line.text).strip()))
            if len(name) > 4:
                names[name] += 1
    return names


def _as_most_spell(written: str, text: str, footers: Counter[str]) -> str:
    """The spelling that stands most often of those alike to the one of the first page, which a reader may
    have spoiled: footers repeat the name on every page, the text does here and there."""
    votes: Counter[str] = Counter()
    for name, n in footers.items():
        if fuzz.ratio(name.lower(), written.lower()) >= _ALIKE:
            votes[name] += n
    for m in re.finditer(r"\W{0,2}".join(re.sub(r"\W", "", written)), text):
        votes[tidy(m[0])] += 1
    first, *more = written.split()
    for m in re.finditer(rf"\b{re.escape(first)}(?: [\w'’.,&-]+){{{len(more)}}}", text):
        name = tidy(m[0])
        alike = all(fuzz.ratio(a, b) >= 70 for a, b in zip(name.split(), written.split(), strict=False))
        if re.sub(r"\W", "", name) != re.sub(r"\W", "", written) and alike:
            votes[name] += 1
    if not votes:
        return written
    by_letters: Counter[str] = Counter()
    for name, n in votes.items():
        by_letters[re.sub(r"\W", "", name)] += n
    own = re.sub(r"\W", "", written)
    known = {re.sub(r"\W", "", name): _known_words(name) for name in votes}
    best = max(by_letters, key=lambda letters: (known[letters], by_letters[letters], letters == own, letters))
    forms = [name for name in votes if re.sub(r"\W", "", name) == best]
    # Readers lose apostrophes and add gaps; they hardly ever do the reverse.
    return max(forms, key=lambda name: ("'" in name, votes[name], -name.count(" "), name))


def _state(text: str, agency: str | None) -> Iterator[Found]:
    """The state of an address that stands under "For the LEA:", or that the agency's name ends with."""
    for begin in _FOR_AGENCY.finditer(text):
        stop = _FOR_ICE.search(text, begin.end())
        until = min(stop.start() if stop else begin.end() + 400, begin.end() + 400)
        if m := _ADDRESS.search(text, begin.end(), until):
            yield Found("state", m["state"], m.start(), m.end())
            return
    if agency and (m := _ENDS_WITH.search(agency)):
        at = text.find(agency[: m.start() or None])
        yield Found("state", m[1], max(at, 0), max(at, 0) + len(agency))


def revised(sheets: Iterable[Sheet]) -> tuple[str, Sheet, str] | None:
    """The template's revision as most footers have it: its day, a page that has it, the footer."""
    seen: dict[str, list[tuple[Sheet, str]]] = {}
    for one in sheets:
        for line in one.foot:
            m = _REVISED.search(line.text)
            if m and (day := the_day(re.sub(r"\s", "", m[0][7:]))):
                seen.setdefault(day.day.isoformat(), []).append((one, m[0]))
    if not seen:
        return None
    best = max(seen, key=lambda day: (len(seen[day]), day))
    return best, *seen[best][0]
