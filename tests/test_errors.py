from __future__ import annotations

import pickle

import pytest

from atlas287 import errors


@pytest.mark.parametrize(
    "kind",
    [
        "AtlasError",
        "ArchiveError",
        "BuildError",
        "EvidenceError",
        "NotFoundError",
        "AmbiguousError",
        "NoListError",
    ],
)
def test_an_error_says_what_and_what_to_do(kind: str) -> None:
    error = getattr(errors, kind)("the disk is full", remedy="make room")
    assert isinstance(error, errors.AtlasError)
    assert str(error) == "the disk is full\n  remedy: make room"
    assert (error.message, error.remedy) == ("the disk is full", "make room")
    copy = pickle.loads(pickle.dumps(error))  # as it comes from another process
    assert (type(copy), str(copy)) == (type(error), str(error))


def test_without_a_remedy_it_is_the_message_alone() -> None:
    assert str(errors.AtlasError("the disk is full")) == "the disk is full"
