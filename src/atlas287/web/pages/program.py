"""How the program works: from a stop to ICE custody, and what each model lets an officer do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...errors import NotFoundError
from ...registry.text import MODELS
from ..edition import Edition
from ..page import Ask, Data, Page, Params, Rows
from ..words import Words

#: The ways from a stop to ICE custody, in the order in which they stand side by side.
ROADS = ("none", "wso", "jem", "tfm")
#: What of an act must be the same for two roads to be told as one.
_SAME = ("who_en", "words_en", "source", "page")


def how(ask: Ask) -> Data:
    steps = [
        {**{k: v for k, v in step.items() if k != "acts"}, "acts": _together(step["acts"])}
        for step in ask.atlas.how_it_works()
    ]
    return {
        "roads": list(ROADS),
        "steps": steps,
        "sources": _sources(act["source"] for step in steps for act in step["acts"]),
        "newest_list": ask.edition.newest,
    }


def _together(acts: list[dict[str, Any]]) -> Rows:
    """Acts in the order of roads, neighbours that are the same told once: ``paths`` instead of ``path``."""
    by_road = {act["path"]: act for act in acts}
    out: Rows = []
    for road in ROADS:
        act = {k: v for k, v in by_road[road].items() if k != "path"}
        if out and all(out[-1][k] == act[k] for k in _SAME):
            out[-1]["paths"].append(road)
        else:
            out.append({"paths": [road], **act})
    return out


def _sources(found: Iterable[dict[str, Any] | None]) -> Rows:
    """Each source once, in the order in which they are first named."""
    return list({source["source"]: source for source in found if source}.values())


def how_title(d: Data, w: Words) -> str:
    return w.say("how.title")


def how_quote(d: Data, w: Words) -> str:
    return w.say("how.quote")


def how_rows(d: Data) -> Rows:
    return [
        {
            "step": step["step"],
            "road": road,
            **{k: act[k] for k in ("who_en", "who_es", "words_en", "words_es")},
            **_where(act),
        }
        for step in d["steps"]
        for act in step["acts"]
        for road in act["paths"]
    ]


def models(ask: Ask) -> Data:
    told = [ask.atlas.model(name) for name in MODELS]
    return {
        "list": ask.atlas.status()["list"],
        "models": [
            {"model": m["model"], "agreements": m["listed"]["agreements"], "now": m["templates"][0]}
            for m in told
        ],
        "newest_list": ask.edition.newest,
    }


def models_title(d: Data, w: Words) -> str:
    return w.say("models.title")


def models_quote(d: Data, w: Words) -> str:
    counts = [
        w.say("models.part", n=m["agreements"], model=w.model(m["model"]))
        for m in d["models"]
        if m["agreements"]
    ]
    return w.say("models.quote", counts=w.all_of(counts), day=w.day(d["list"]["at"]))


def each_model(_: Edition) -> Iterable[Params]:
    return [{"model": name} for name in MODELS]


def model(ask: Ask) -> Data:
    asked = ask.params["model"]
    if asked not in MODELS:
        raise NotFoundError(f"no model goes by {asked!r}", remedy=f"there are {', '.join(MODELS)}")
    told = ask.atlas.model(asked)
    findings = [f for t in told["templates"] for p in t["powers"] for f in p["findings"]]
    return {
        **told,
        "others": [m for m in MODELS if m != asked],
        "sources": _sources(f["source"] for f in findings),
    }


def model_former(edition: Edition) -> dict[str, str]:
    """Names that people write: ``/models/task-force/``."""
    out = {}
    for written in ("jail-enforcement", "task-force", "warrant-service-officer", "warrant-service"):
        try:
            out[f"/models/{written}/"] = f"/models/{edition.atlas.model(written.replace('-', ' '))['model']}/"
        except NotFoundError:  # no longer a name of any
            continue
    return out


def model_title(d: Data, w: Words) -> str:
    return w.model(d["model"])


def model_quote(d: Data, w: Words) -> str:
    n, day = d["listed"]["agreements"], w.day(d["newest_list"]["at"])
    return w.say("model_page.quote", n=n, model=w.model(d["model"]), day=day)


def model_rows(d: Data) -> Rows:
    return [row for template in d["templates"] for row in _power_rows(template)]


def _power_rows(template: dict[str, Any]) -> Rows:
    """A row for each finding; one without for a power that nothing documents."""
    return [
        {
            "template": template["template"],
            "power": power["power"],
            "answer": finding["answer"] if finding else power["answer"],
            "words_en": finding["words_en"] if finding else None,
            "words_es": finding["words_es"] if finding else None,
            **_where(finding or {"source": None, "page": None, "snippet": None}),
        }
        for power in template["powers"]
        for finding in (power["findings"] or [None])
    ]


def _where(told: dict[str, Any]) -> dict[str, Any]:
    source = told["source"] or {}
    return {
        "source": source.get("source"),
        "address": source.get("address"),
        "page": told["page"],
        "as_printed": told["snippet"],
    }


PAGES = (
    Page("how", "/how/", how, "how.html", how_title, quote=how_quote, rows=how_rows),
    Page("models", "/models/", models, "models.html", models_title, quote=models_quote),
    Page("model", "/models/{model}/", model, "model.html", model_title, each=each_model, quote=model_quote,
         rows=model_rows, former=model_former),
)  # fmt: skip
