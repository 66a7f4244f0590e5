"""What is read from a memorandum: every field, declared once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .private import without_private

#: How a field was read. A value stands only under the first three.
LAYER = "text layer"
OCR = "ocr"
BOTH = "text layer and ocr"  # two readers agree on it
ILLEGIBLE = "illegible"  # something stands there that no reader could make out, or readers differ on
NOT_FOUND = "not found"  # nothing of the kind was found in the text that could be read
SCANNED = "scanned"  # its page is a picture and was not read: no OCR
WAYS = (LAYER, OCR, BOTH, ILLEGIBLE, NOT_FOUND, SCANNED)

#: Fields and what each says; ``agency`` in a value is the agency that signs, ``ICE`` is ICE.
FIELDS = {
    "model": "support model: jem, tfm, wso or hybrid",
    "agency": "the agency that signs, as the memorandum writes it",
    "state": "the state of the agency's own address in it, or that its name ends with",
    "revised": "the day of the template's revision, from its footer",
    "agency_signed_on": "day beside the agency's signature",
    "agency_signatory": "who signed for the agency, in office",
    "agency_title": "their title",
    "agency_stamped_on": "day of a digital signature's stamp for the agency, beside a written day",
    "ice_signed_on": "day beside ICE's signature",
    "ice_signatory": "who signed for ICE, in office",
    "ice_title": "their title",
    "ice_stamped_on": "day of a digital signature's stamp for ICE, beside a written day",
    "pays_personnel": "who pays the participating personnel's salaries and benefits",
    "pays_training_travel": "who pays travel, housing and per diem for training",
    "may_reimburse_travel": "who may pay that travel after all",
    "pays_instructors": "who provides instructors and training materials",
    "pays_it": "who installs and maintains the information technology",
    "pays_supplies": "who provides office supplies and security equipment",
    "pays_interpreters": "who provides interpreters",
    "bears_liability": "who bears costs of property and personal expenses by death, injury or liability",
    "complaint_notice": "how soon the agency must tell ICE of a complaint",
    "complaint_outcome": "how soon it must tell ICE what came of it",
    "complaint_to": "the office that complaints go to",
    "complaint_resolution": "within how long a complaint is expected to be resolved",
    "term": "how long the memorandum runs: open-ended, so many years, or until a day",
    "review": "how often ICE reviews it",
    "termination_by_agency": "how the agency may end it",
    "termination_by_ice": "how ICE may end it",
    "termination_published": "where, and how long before, ICE publishes that it ends it",
    "suspension": "who may suspend it, and how",
    "addendum": "what a signed addendum adds",
    "addendum_to_effective_on": "day on which, by its addendum, the memorandum became effective",
    "addendum_agency_signed_on": "day beside the agency's signature under the addendum",
    "addendum_ice_signed_on": "day beside ICE's signature under the addendum",
}

#: A snippet is at most so long.
SNIPPET = 300


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one memorandum.

    Attributes:
        name: one of :data:`FIELDS`.
        value: as text; a day is ISO. None unless ``how`` names a reader.
        how: one of :data:`WAYS`.
        page: 1-based; None where nothing was found.
        snippet: the words it was read from, verbatim but for line ends and what :mod:`private` drops.
    """

    name: str
    value: str | None
    how: str
    page: int | None = None
    snippet: str | None = None


def snippet(words: str) -> str:
    """Words verbatim but for line ends and what is private; the middle of a long passage left out."""
    said = re.sub(r"\s+", " ", without_private(words)).strip()
    if len(said) <= SNIPPET:
        return said
    half = SNIPPET // 2 - 3
    begin, end = said[:half].rsplit(" ", 1)[0], said[-half:].split(" ", 1)[-1]
    return f"{begin} [...] {end}"
