"""Who pays for what, complaints, how it ends and how long it runs: read sentence by sentence.

A sentence is known by words that no reader mistakes for others; what it says (who, how many days)
is read from the sentence itself and never supplied from a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from .days import the_day
from .lines import Sentence, Text

AGENCY, ICE = "agency", "ICE"
#: "ICE", as readers spell it.
_ICE_SPELT = r"[Il1T\[] ?C ?E"
_ICE = re.compile(rf"^\W*(?:the )?(?:{_ICE_SPELT}|Government)\b", re.IGNORECASE)
_ICE_JOINED = re.compile(rf"(?:\b|^){_ICE_SPELT}(?=(?:is|will|are)\b)")
#: So many characters before a value are shown with it.
_BEFORE = 120
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_YEARS = r"(?P<n>\d{1,2}|one|two|three|four|five|six|ten) ?(?:\(\d{1,2}\) ?)?[- ]?(?P<unit>year|month)s?"


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the place of the words it was read from."""

    name: str
    value: str
    start: int
    end: int


@dataclass
class Terms:
    """The sentences of a memorandum's body, to be asked for by their words."""

    text: Text
    agency_words: frozenset[str]

    def find(self, name: str, words: str) -> Iterator[tuple[str, Sentence]]:
        """Sentences that hold all these words, each also with a letter or two misread."""
        needed = [self._near(word) for word in words.split()]
        for sentence in self.text.sentences:
            if all(sentence.words & n for n in needed):
                yield name, sentence

    def _near(self, word: str) -> frozenset[str]:
        if word not in self._known:
            reach = len(word) // (4 if len(word) > 7 else 5)
            self._known[word] = frozenset(
                w for w in self.text.vocabulary if OSA.distance(w, word, score_cutoff=reach) <= reach
            )
        return self._known[word]

    @cached_property
    def _known(self) -> dict[str, frozenset[str]]:
        return {}

    def said(self, sentence: Sentence) -> str:
        return _ICE_JOINED.sub("ICE ", self.text.text[sentence.start : sentence.end])

    def who(self, subject: str) -> str | None:
        """Whom the subject of a clause names: ICE or the agency."""
        if _ICE.search(subject):
            return ICE
        words = {w.lower() for w in re.findall(r"[A-Za-z]+", subject)}
        return AGENCY if words & self.agency_words else None

    # Fields -----------------------------------------------------------------------------------

    def all(self) -> Iterator[Found]:
        """Every term that is found, each field once."""
        seen: set[str] = set()
        for reader in (self._costs, self._complaints, self._ends, self._runs):
            for found in reader():
                if found.name not in seen:
                    seen.add(found.name)
                    yield found

    def _costs(self) -> Iterator[Found]:
        subject = re.compile(
            r"^(?P<who>.{2,80}?) (?:is|are|will|shall|agrees?|remains)\b(?! be provided)", re.DOTALL
        )
        by = re.compile(r"\bby (?P<who>the [\w' ]{2,60}|[Il1] ?CE)\b")
        expense = re.compile(r"at (?P<who>the [\w ]+?) ?['’]?s? expense")
        issues = re.compile(r", (?P<who>the \w+) may issue")
        bears = re.compile(
            r"(?P<who>(?:the )?[A-Z][\w']*(?: [A-Z][\w']*){0,4}) will be responsible and bear", re.IGNORECASE
        )
        for name, words, pattern in (
            ("pays_personnel", "salaries benefits overtime personnel", subject),
            ("pays_personnel", "responsible personnel expenses salaries benefits", subject),
            ("pays_personnel", "salaries benefits expense functions", expense),
            ("pays_training_travel", "costs travel training", subject),
            ("may_reimburse_travel", "may travel orders reimburse", issues),
            ("pays_instructors", "provide instructors training materials", subject),
            ("pays_it", "responsible installation maintenance infrastructure", subject),
            ("pays_supplies", "providing administrative supplies", subject),
            ("pays_interpreters", "interpreters provided language", by),
            ("bears_liability", "responsible bear costs property expenses", bears),
        ):  # fmt: skip
            for _, sentence in self.find(name, words):
                said = self.said(sentence)
                m = pattern.search(said)
                if m and (who := self.who(m["who"])):
                    yield self._found(name, f"{who} may" if name.startswith("may") else who, sentence)
                    break

    def _complaints(self) -> Iterator[Found]:
        for name, sentence in self.find("complaint_notice", "subject complaint notification"):
            said = self.said(sentence)
            if m := re.search(r"within (\d+) ?-?(hours|days)", said):
                yield self._found(name, f"{m[1]} {m[2]}", sentence, at=m.start())
            elif "within" not in said:
                yield self._found(name, "timely, no deadline", sentence)
        for name, sentence in self.find("complaint_outcome", "results internal investigation complaint"):
            if m := re.search(r"no later than (\d+) (hours|days)", said := self.said(sentence)):
                yield self._found(name, f"{m[1]} {m[2]}", sentence, at=m.start())
            elif "as established by ICE" in re.sub(r"\s+", " ", said):
                yield self._found(name, "as ICE establishes", sentence, at=said.find("as established"))
        office = "office professional responsibility"
        for words in (f"notification made {office}", f"complaints forwarded {office}"):
            for name, sentence in self.find("complaint_to", words):
                through = {"joint", "intake"} <= sentence.words or "jic" in sentence.words
                named = "ICE Office of Professional Responsibility"
                yield self._found(
                    name, named + (" through the Joint Intake Center" if through else ""), sentence
                )
        for name, sentence in self.find(
            "complaint_resolution", "expected complaint received resolved within"
        ):
            if m := re.search(r"within (\d+) (days|months)", self.said(sentence)):
                yield self._found(name, f"{m[1]} {m[2]}", sentence)

    def _ends(self) -> Iterator[Found]:
        for _, sentence in self.find("", "either party upon written notice termination"):
            if m := re.search(
                r"(\d+)-{0,2} ?days?(?: written)? ?notice|(\d+)-{0,2}day written", self.said(sentence)
            ):
                value = f"{m[1] or m[2]}-day written notice"
                yield self._found("termination_by_agency", value, sentence)
                yield self._found("termination_by_ice", value, sentence)
        for name, sentence in self.find("termination_by_agency", "termination writing local field office"):
            if (
                self.who(m["who"]) == AGENCY
                if (m := re.search(r"by (?P<who>the [\w' ]+?) shall", self.said(sentence)))
                else False
            ):
                yield self._found(name, "in writing to ICE's local Field Office", sentence)
        for name, sentence in self.find("termination_by_ice", "ice provide notice advance partnership"):
            if m := re.search(r"a (\d+)-{0,2} ?day notice", self.said(sentence)):
                yield self._found(name, f"{m[1]}-day notice", sentence)
        for name, sentence in self.find("termination_published", "decision published website days advance"):
            if m := re.search(r"(\d+) days in advance", self.said(sentence)):
                yield self._found(name, f"on ICE's website {m[1]} days before", sentence)
        for name, sentence in self.find("suspension", "suspension notice delivered mail receipt"):
            if m := re.search(r"effect (\d+)-{0,2} ?days? after", self.said(sentence)):
                yield self._found(name, f"ICE by notice, after {m[1]} days; the agency likewise", sentence)
        for name, sentence in self.find(
            "suspension", "director elect immediately suspend pending investigation"
        ):
            yield self._found(
                name, "ICE at once, pending investigation of serious misconduct or violations", sentence
            )

    def _runs(self) -> Iterator[Found]:
        for name, sentence in self.find("term", "becomes effective remain effect"):
            said = self.said(sentence)
            if m := re.search(
                rf"in (?:full )?(?:force and )?effect for (?:a (?:period|term) of )?{_YEARS}",
                said,
            ):
                yield self._found(name, _span(m), sentence)
            elif (day := the_day(said)) and re.search(r"until|expire", said):
                yield self._found(name, f"until {day.day.isoformat()}", sentence)
            elif re.search(r"until either party", said) or {"either", "party"} <= sentence.words:
                yield self._found(name, "open-ended", sentence)
        for name, sentence in self.find("term", "expire effective date"):
            if m := re.search(rf"expire {_YEARS} (?:from|after)", self.said(sentence)):
                yield self._found(name, _span(m), sentence)
        for name, sentence in self.find("review", "reserves internal review every"):
            if m := re.search(rf"every {_YEARS}", self.said(sentence)):
                yield self._found(name, f"every {_span(m)}", sentence)

    def _found(self, name: str, value: str, sentence: Sentence, at: int = 0) -> Found:
        """``at``: where in the sentence the value stands; a long one is shown from a little before that."""
        start = max(sentence.start, sentence.start + at - _BEFORE) if at > _BEFORE else sentence.start
        if start > sentence.start:
            start = self.text.text.find(" ", start) + 1
        return Found(name, value, start, sentence.end)


def _span(m: re.Match[str]) -> str:
    n = _NUMBERS.get(m["n"]) or int(m["n"])
    return f"{n} {m['unit']}{'s' * (n != 1)}"
