"""`atlas287 model`: by any of its names, in words, JSON and CSV; an unknown name lists those there are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas287 import Atlas
from atlas287.errors import NotFoundError
from atlas287.registry.powers import read_powers, read_steps
from atlas287.registry.text import MODELS

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("jem", "jem"),
        ("JEM", "jem"),
        ("Jail Enforcement Model", "jem"),
        ("jail  ENFORCEMENT", "jem"),
        ("task force", "tfm"),
        ("Task Force Model", "tfm"),
        ("Warrant Service Officer", "wso"),
        ("hybrid", "hybrid"),
        ("Jail Enforcement and Task Force (hybrid)", "hybrid"),
        ("Modelo de fuerza de tarea", "tfm"),
    ],
)
def test_a_model_goes_by_its_names_in_any_case(name: str, model: str, atlas: Atlas) -> None:
    assert atlas.model(name)["model"] == model


def test_no_name_means_two_models() -> None:
    names = [n.casefold() for m in read_powers().models.values() for n in (m.model, m.name_es, *m.also)]
    names += [n.casefold() for n in MODELS.values()]
    assert len(names) == len(set(names))


def test_an_unknown_name_lists_those_there_are(bundle_home: Path, atlas: Atlas, run: Run) -> None:
    with pytest.raises(NotFoundError) as told:
        atlas.model("space force")
    assert all(f"{key} ({full})" in told.value.remedy for key, full in MODELS.items())
    answer = run("model", "space force", home=bundle_home)
    assert (answer.code, answer.out) == (5, "")
    assert "no support model goes by 'space force'" in answer.err
    assert "wso (Warrant Service Officer)" in answer.err
    as_json = run("model", "space force", "--json", home=bundle_home)
    assert as_json.json["error"] == "no support model goes by 'space force'"


@pytest.mark.parametrize("model", MODELS)
def test_it_counts_the_agreements_of_the_newest_list(model: str, atlas: Atlas) -> None:
    answer, status = atlas.model(model), atlas.status(model=model)
    assert answer["listed"]["agreements"] == status["agreements"]
    assert answer["newest_list"]["file"] == status["list"]["file"]
    assert (answer["listed"]["agreements"] > 0) == (model != "hybrid")


@pytest.mark.parametrize("model", MODELS)
def test_every_template_is_asked_every_power_and_every_finding_has_its_place(
    model: str, atlas: Atlas
) -> None:
    table, answer = read_powers(), atlas.model(model)
    assert [t["template"] for t in answer["templates"]] == [t.template for t in table.of_model(model)]
    for t in answer["templates"]:
        assert [p["power"] for p in t["powers"]] == list(table.powers)
        for p in t["powers"]:
            assert (p["answer"] == "not documented") == (not p["findings"])
            for found in p["findings"]:
                assert found["source"]["address"].startswith("http")
                assert found["words_en"] and found["words_es"]
                assert found["snippet"] or found["answer"] == "silent"
                assert bool(found["source"]["file"]) == (found["source"]["read"] in ("text", "eye"))


def test_in_words_every_finding_stands_with_its_page_and_the_rest_is_called_not_documented(
    bundle_home: Path, run: Run
) -> None:
    answer = run("model", "jem", home=bundle_home)
    assert (answer.code, answer.err) == (0, "")
    flat = " ".join(answer.out.split())
    assert "Jail Enforcement Model [jem]" in flat
    assert "178 agreements of this model on ICE's list of 30 April 2026" in flat
    for (template, _), cells in read_powers().cells.items():
        if template.startswith("jem-"):
            for cell in cells:
                assert cell.words_en in flat
                assert f"page {cell.page} “{cell.snippet}”" in flat or cell.page is None
    assert "Not documented here: Arrest on immigration grounds without a warrant" in flat
    assert "Newest list held" in flat
    assert max(map(len, answer.out.splitlines())) < 200


def test_hybrid_says_that_no_list_has_one(bundle_home: Path, run: Run) -> None:
    answer = run("model", "hybrid", home=bundle_home)
    assert "No agreement of this model on ICE's list of 30 April 2026" in answer.out
    assert "not renewed after 2012-12" in answer.out


def test_json_and_csv(bundle_home: Path, run: Run) -> None:
    as_json = run("model", "wso", "--json", home=bundle_home).json
    assert as_json["name_es"] == "Programa de oficiales de servicio de órdenes"
    rows = run("model", "wso", "--csv", home=bundle_home).csv
    assert {r["template"] for r in rows} == {"wso-2019", "wso-2020", "wso-2025"}
    findings = sum(len(p["findings"]) or 1 for t in as_json["templates"] for p in t["powers"])
    assert len(rows) == findings
    assert all(r["words"] and r["words_es"] and r["address"] for r in rows)
    unknown = [
        r for r in run("model", "hybrid", "--csv", home=bundle_home).csv if r["answer"] == "not documented"
    ]
    assert unknown and not any(r["words"] or r["source"] for r in unknown)


def test_how_it_works_tells_every_step_on_every_road(atlas: Atlas) -> None:
    told = atlas.how_it_works()
    assert [s["step"] for s in told] == [s.step for s in read_steps()]
    for step in told:
        assert [a["path"] for a in step["acts"]] == ["none", "wso", "jem", "tfm"]
        for act in step["acts"]:
            assert (act["source"] is None) == (act["snippet"] is None)
