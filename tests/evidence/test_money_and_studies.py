"""Who pays, and what others found: told by kind and outcome, never added up, pooled only with reason."""

from __future__ import annotations

import builtins
import math
from typing import Any

import pytest

from atlas287 import Atlas, EvidenceError
from atlas287.evidence import studies
from atlas287.evidence.money import KINDS
from atlas287.evidence.pooling import FEWEST, pool
from atlas287.evidence.studies import OUTCOMES, compared, picture


def test_money_is_told_by_kind_and_not_added_up(atlas: Atlas) -> None:
    answer = atlas.money()
    assert [k["kind"] for k in answer["kinds"]] == list(KINDS)
    assert all(k["rows"] for k in answer["kinds"])
    assert answer["totals"].startswith("none")
    assert not any("total" in key for kind in answer["kinds"] for row in kind["rows"] for key in row)


def test_what_memoranda_say_leads_to_memoranda_on_the_lists(atlas: Atlas) -> None:
    links = {r[0] for r in atlas.db.execute("SELECT memorandum FROM agreement")}
    for row in atlas.money()["kinds"][0]["rows"]:
        assert row["url"][0] in links and row["page"] and row["amount_usd"] is None


def test_known_amounts(atlas: Atlas) -> None:
    rows = {r["id"]: r for k in atlas.money()["kinds"] for r in k["rows"]}
    assert rows["frederick-audit-2"]["amount_usd"] == 79_041
    assert rows["prince-william-jail-2008"]["basis_en"] == "over budget, and reimbursed by ICE"
    assert rows["fl-grants-first-2025"]["amount_usd"] == 14_073_042
    assert rows["ice-salaries-2025"]["start"] == "2025-10-01"


def test_studies_by_outcome_and_why_nothing_is_pooled(atlas: Atlas) -> None:
    answer = atlas.studies()
    assert [o["outcome"] for o in answer["outcomes"]] == list(OUTCOMES)
    for outcome in answer["outcomes"]:
        assert outcome["rows"], outcome["outcome"]
        assert outcome["pooled"] == []
        figures = sum(r["estimate"] is not None for r in outcome["rows"])
        assert f"{figures} of {len(outcome['rows'])} rows have a figure" in outcome["why_not"]
        assert outcome["why_not_es"].startswith("sin combinar")


def test_the_picture_has_a_mark_for_each_figure(atlas: Atlas) -> None:
    marks = {m["id"]: m for m in picture()}
    rows = [r for o in atlas.studies()["outcomes"] for r in o["rows"]]
    assert marks.keys() == {r["id"] for r in rows if r["estimate"] is not None}
    assert marks["dee-murphy-2019"]["estimate"] == -10
    assert all(m["interval"] is None for m in marks.values()), "no text that was read gave one"


def finding(study: str, estimate: float, error: float | None = 1.0, **other: Any) -> dict[str, Any]:
    return {
        "id": study, "study": study, "outcome": "recorded crime", "program": "287(g)", "measure_en": "rate",
        "unit_en": "percent", "estimate": estimate, "standard_error": error, **other,
    }  # fmt: skip


def test_three_comparable_figures_are_pooled_by_random_effects() -> None:
    """Against the estimator written out: Paule and Mandel's between-study variance solves
    sum(w (y - mean)^2) = k - 1; Hartung and Knapp's error is
    sqrt(sum(w (y - mean)^2) / ((k - 1) sum w))."""
    rows = [finding("a", -10, 3.0), finding("b", -4, 2.0), finding("c", 1, 2.5)]
    (pooled,) = compared(rows)[0]["pooled"]
    assert compared(rows)[0]["why_not"] is None
    assert (pooled["studies"], pooled["measure"], pooled["unit"]) == (["a", "b", "c"], "rate", "percent")
    tau2 = pooled["between"] ** 2
    weights = [1 / (r["standard_error"] ** 2 + tau2) for r in rows]
    mean = sum(w * r["estimate"] for w, r in zip(weights, rows, strict=True)) / sum(weights)
    spread = sum(w * (r["estimate"] - mean) ** 2 for w, r in zip(weights, rows, strict=True))
    assert spread == pytest.approx(2, abs=1e-3)
    assert pooled["estimate"] == pytest.approx(mean, abs=1e-6)
    assert pooled["standard_error"] == pytest.approx(math.sqrt(spread / 2 / sum(weights)), abs=1e-6)
    assert pooled["high"] - pooled["estimate"] == pytest.approx(4.3027 * pooled["standard_error"], rel=1e-4)


@pytest.mark.parametrize(
    "third",
    [
        finding("c", 1, unit_en="points"),
        finding("c", 1, measure_en="arrests"),
        finding("c", 1, program="Secure Communities"),
        finding("c", 1, error=None),
        finding("b", 1, id="b-again"),
    ],
)
def test_what_is_not_comparable_is_not_pooled(third: dict[str, Any]) -> None:
    told = compared([finding("a", -10), finding("b", -4), third])[0]
    assert told["pooled"] == []
    assert "at most 2 studies" in told["why_not"]


def test_too_few_figures_are_refused() -> None:
    with pytest.raises(EvidenceError, match="2 figures are too few"):
        pool([finding("a", 1), finding("b", 2)])
    assert FEWEST == 3


def test_without_statsmodels_pooling_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("statsmodels"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EvidenceError, match="needs statsmodels") as told:
        pool([finding(s, 1) for s in "abc"])
    assert "atlas287[effects]" in told.value.remedy


def test_an_interval_is_drawn_as_published_or_of_the_standard_error() -> None:
    base = {"estimate": 5.0, "low": None, "high": None, "standard_error": None}
    assert studies._interval(base) == {"low": None, "high": None, "interval": None}
    assert studies._interval(base | {"low": 1, "high": 9, "standard_error": 2})["interval"] == "as published"
    drawn = studies._interval(base | {"standard_error": 2.0})
    assert (drawn["low"], drawn["high"]) == pytest.approx((1.08, 8.92))
