"""The few errors that atlas287 raises on purpose; each says what to do about it."""

from __future__ import annotations


class AtlasError(Exception):
    """Base of the package's errors: what went wrong (``message``) and what to do (``remedy``, may be empty).

    ``str()`` gives the message and, on a second line, the remedy.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n  remedy: {self.remedy}" if self.remedy else self.message


class ArchiveError(AtlasError):
    """A document or sighting could not be taken in, kept or read whole."""


class BuildError(AtlasError):
    """The register could not be built."""


class ChartsError(AtlasError):
    """A picture could not be drawn to pixels, or an extra that this takes is not installed."""


class DocumentError(AtlasError):
    """A document cannot be read: it is not what it should be, or what reading it needs is missing."""


class FetchError(AtlasError):
    """A publisher did not give what was asked for.

    Attributes:
        url: the address, without keys or passwords.
        status: the HTTP status it answered, None if there was no whole answer.
    """

    def __init__(self, message: str, remedy: str = "", *, url: str, status: int | None = None) -> None:
        super().__init__(message, remedy)
        self.url = url
        self.status = status


class NotFoundError(AtlasError):
    """Nothing goes by the name, id or hash that was asked for."""


class AmbiguousError(AtlasError):
    """Several things go by the name that was asked for, and none may be picked silently.

    Attributes:
        candidates: what goes by it, one dictionary each.
    """

    def __init__(self, message: str, remedy: str = "", candidates: tuple[dict[str, str], ...] = ()) -> None:
        super().__init__(message, remedy)
        self.candidates = candidates


class AskedError(AtlasError, ValueError):
    """A question was asked for a day, state, model or the like that there is none of."""


class EvidenceError(AtlasError):
    """A file of claims, or a row of the timeline, of money or of studies, says what cannot be."""


class NoListError(AtlasError):
    """No list speaks for the day or the kind that was asked for."""
