"""A code that is none of the counties': what the reader is told to write."""

from __future__ import annotations

import pytest

from atlas287 import Atlas, NotFoundError


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("09110", "the eight counties of Connecticut, 09001 to 09015, codes of 2017"),
        ("46113", "write 46102, the code of Oglala Lakota County"),
        ("02063", "none of the codes of 2017"),
        ("99999", "write five digits"),
        ("1203", "write five digits"),
    ],
)
def test_a_code_that_is_no_county(atlas: Atlas, code: str, remedy: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        atlas.coverage(county=code)
    assert remedy in str(refused.value.remedy)
