"""What is no business of ours: telephone numbers and mailboxes, dropped from whatever is kept.

Memoranda name people to call and to write to, most of them private persons' or officers' own numbers.
None is read as a field; this takes out what stands within a snippet, offices' mailboxes too, and in
the shapes that OCR makes of them.
"""

from __future__ import annotations

import re

MAILBOX = "[mailbox]"
TELEPHONE = "[telephone]"
_DIGIT = r"[0-9lIOo]"
_MAILBOX = re.compile(
    # "ccapri@eustis.org", "name @ agency .gov", "Joint Intake@cbp.dhs.gov"
    r"[\w.+'-]*[ ]?@[ ]?[\w-]+(?:[ ]?\.[ ]?[\w-]+)*",
)
_TELEPHONE = re.compile(
    r"(?<![\w/.-])"
    rf"(?:\+?[1lI][ .-]{{0,2}})?\(?{_DIGIT}{{3}}\)?[ .\-–—/]{{1,3}}{_DIGIT}{{3}}[ .\-–—]{{1,3}}{_DIGIT}{{4}}"
    r"(?:[ ]?(?:ext|x)\.? ?\d{1,6})?(?!\d)"
    rf"|(?<![\w/.-])\(?{_DIGIT}{{3}}\)[ -]?{_DIGIT}{{3}}[ .-]?{_DIGIT}{{4}}(?!\d)"
    r"|(?<!\d)\d{10}(?!\d)"
    rf"|\b{_DIGIT}-8[0-9]{{2}}-[A-Z0-9]{{2,8}}(?:-[A-Z0-9]{{2,8}})*"  # "1-833-4ICE-OPR"
)


def without_private(text: str) -> str:
    """A text with mailboxes and telephone numbers taken out, each marked."""
    return _TELEPHONE.sub(TELEPHONE, _MAILBOX.sub(MAILBOX, text))


def is_clean(text: str) -> bool:
    """Whether nothing is left to take out."""
    return without_private(text) == text
