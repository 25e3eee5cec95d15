"""The report of a search for the best mixes: the front in a plane of cost and certain effect, and the mixes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from techsim.experiment.frontier import CERTAINTY, ENOUGH, NOTHING, Mix, chance
from techsim.report import coarse, numbers, scatter
from techsim.report.again import Again, again
from techsim.report.names import plain
from techsim.report.studies import Page, Section
from techsim.report.studies import render as page
from techsim.results import uncertainty

Document = Mapping[str, Any]


def people(draws: int) -> str:
    """What the certain effect of so many draws is, in words; of few the chance that belongs to it."""
    if draws >= ENOUGH:
        return f"additional technicians that {numbers.percent(CERTAINTY, 0)} of draws reach"
    return f"additional technicians that another draw reaches with a chance of {numbers.percent(chance(draws), 0)}"


def few(draws: int) -> list[str]:
    """A caution where no effect is certain, in a sentence; none where draws are enough."""
    if draws >= ENOUGH:
        return []
    return [
        f"With {draws} draw{'s' if draws > 1 else ''} nothing is {numbers.percent(CERTAINTY, 0)} certain: another draw "
        f"reaches the lowest of them with a chance of {numbers.percent(chance(draws), 0)}. Ask for {ENOUGH} or more "
        "(--draws)."
    ]


def render(document: Document, manifest: Mapping[str, Any]) -> str:
    """The report as HTML, from ``frontier.json`` and ``manifest.json``."""
    draws, scale, budget = document["draws"], document["scale"], numbers.of_unit(document["budget"], "euro")
    facts = [
        ("Period", "{} to {}".format(*document["period"])),
        ("Budget", budget),
        ("Levers", str(len(document["levers"]))),
        ("Mixes", str(len(document["tried"]))),
        ("Draws", f"{draws}, the same for all"),
        ("Seed", _seeds(document)),
        ("Scale", f"1 person stands for {scale}"),
        ("Money", f"{numbers.percent(document['discount_rate'], 2)} a year, to {document['discounted_to']}"),
        ("Version", f"techsim {manifest.get('techsim', '?')}"),
    ]
    sections = [
        Section("The answer", lines(document), plane(document)),
        *_confirmed(document),
        Section("The front of the search", [
            "Volumes are in each lever's own unit; money is discounted, up to the last year.",
        ], head=("mix", "money", people(draws), "mean", "technical graduates", *_names(document)),
            rows=[_row(mix) for mix in _mixes(document, "front")]),
        Section("How to read it", [
            f"A mix is on the front if no other within the budget costs no more and brings as much with {_sure(draws)} "
            f"over draws. Doing nothing is on it: it costs and brings nothing.",
            f"What is counted is one of the lowest of the {draws} draws that were run, which another draw of the kind "
            f"reaches with a chance of {numbers.percent(chance(draws), 0)}. It is itself uncertain.",
            "All mixes have the same people and the same random numbers, draw by draw. Still, the best of many is also "
            "the luckiest of many: what the search says of its front is too good by some of that luck. So the front is "
            "run again with other seeds at the scenario's own scale (unless --no-confirm): rely on those alone.",
            *([uncertainty.holds(document["parameters"], draws, "certainties")] if draws > 1 else []),
            "A search finds good mixes, not surely the best; more trials go on from where it ended.",
            *coarse.levels(scale),
        ]),
        Section("The files", [
            "Beside this page lie frontier.json (the answer), frontier.csv, trials.csv (every mix run) and "
            "manifest.json. This page again: techsim report DIR.",
        ]),
    ]  # fmt: skip
    resolved = [(document["scenario"], json.dumps(manifest["scenario"], indent=2, ensure_ascii=False, default=str))]
    title = f"The best mixes within {budget}, added to {document['scenario']}"
    version = str(manifest.get("techsim", "?"))
    return page(Page(title, version, scale, facts, sections, _again(document, manifest), (), resolved))


def lines(document: Document) -> list[str]:
    """The answer in a line per mix that holds and adds technicians, the confirmed number first; else, per mix of the
    search's front. Of those that are cheaper than doing nothing and add none it is only said that there are some."""
    real = [mix for mix in _mixes(document, "front") if mix.trial != NOTHING]
    draws = document["draws"]
    if not any(mix.confirmed or mix.certain > 0.0 for mix in real):
        return [
            f"None of the {len(document['tried'])} mixes raises the number of technicians with {_sure(draws)}: doing "
            "nothing is not beaten.",
            *few(draws),
        ]
    if not any(mix.confirmed for mix in real):
        said = [
            f"{numbers.of_unit(mix.cost, 'euro')}: {numbers.rounded(mix.certain)} {people(draws)} "
            f"(mean {numbers.rounded(mix.technicians)}): {_said(document, mix)}"
            for mix in real
            if mix.certain > 0.0
        ]
        return [*said, *few(draws), "Not confirmed: the best of many mixes is also the luckiest of many."]
    kept, again = [mix for mix in real if mix.holds], document["confirmed_with"]["draws"]
    adding = [mix for mix in kept if mix.confirmed["certain"] > 0.0]
    said = [
        f"{numbers.of_unit(mix.confirmed['cost'], 'euro')}: {numbers.rounded(mix.confirmed['certain'])} "
        f"{people(again)} (mean {numbers.rounded(mix.confirmed['technicians'])}; the search said "
        f"{numbers.rounded(mix.certain)}): {_said(document, mix)}"
        for mix in adding
    ]
    if others := len(kept) - len(adding):
        head = "1 mix on the front costs less than doing nothing, and adds"
        if others > 1:
            head = f"{others} mixes on the front cost less than doing nothing, and add"
        said.append(f"{head} no technicians with {_sure(again)}.")
    if len(kept) < len(real):
        lost = len(real) - len(kept)
        said.append(
            f"{lost} of the {len(real)} mixes on the search's front {'does' if lost == 1 else 'do'} not hold with "
            "other luck: doing nothing, or another mix, beats what was confirmed, or it then costs more than the "
            "budget."
        )
    if not adding:
        said.append(f"So no mix raises technicians with {_sure(again)}.")
    return [*said, *few(again)]


def plane(document: Document) -> Markup:
    """Cost against certain effect: all mixes hollow, the front joined, confirmed mixes in another colour."""
    tried, draws = [mix for mix in _mixes(document, "tried") if mix.within], document["draws"]
    front = _mixes(document, "front")
    labels = ["" if mix.trial == NOTHING else str(mix.trial) for mix in front]
    paths = [
        scatter.Path("mixes", [m.cost for m in tried], [m.certain for m in tried], 5, joined=False, hollow=True),
        scatter.Path("front", [m.cost for m in front], [m.certain for m in front], 0, labels, size=4.0),
    ]
    sure = [mix.confirmed for mix in front if mix.confirmed]
    if sure:
        x, y = [c["cost"] for c in sure], [c["certain"] for c in sure]
        paths.append(scatter.Path("confirmed", x, y, 1, joined=False, size=4.0))
    return scatter.draw(
        scatter.Plane("Cost and certain effect", "public money, discounted, euro", "euro", people(draws), "persons",
                      tuple(path for path in paths if len(path.x)), from_zero=True, width=560.0, height=340.0)
    )  # fmt: skip


def _again(document: Document, manifest: Mapping[str, Any]) -> Again:
    """The command, from the manifest; without confirmation if there was a front to confirm, and it was not."""
    asked = manifest["frontier"]
    options = {
        "budget": asked["budget"], "levers": ",".join(asked["levers"]), "trials": asked["trials"],
        "start": asked["start"], "draws": manifest["draws"], "seed": manifest["seed"], "scale": manifest["scale"],
        "parameters": manifest["parameters_from"]["source"],
        "no-confirm": document["confirmed_with"] is None
        and any(mix.trial != NOTHING for mix in _mixes(document, "front")),
    }  # fmt: skip
    return again("frontier", manifest, options, [
        "Where the search is still kept (--study), no mix is run again. From an empty file it tries the same mixes, "
        "unless it had been taken up with more --trials: then those that came later may be others."
    ])  # fmt: skip


def _mixes(document: Document, which: str) -> list[Mix]:
    """The mixes of the front, or all that were tried."""
    return [Mix(**mix) for mix in document[which]]


def _seeds(document: Document) -> str:
    """The seed of the search, and that of the confirmation if there was one."""
    again = document["confirmed_with"]
    return str(document["seed"]) if again is None else f"{document['seed']}; confirmed with {again['seed']}"


def _names(document: Document) -> list[str]:
    return [f"{plain(lever['name'])}, {lever['unit']}" for lever in document["levers"]]


def _sure(draws: int) -> str:
    """The certainty that so many draws can give, in words."""
    word, least = ("certainty", CERTAINTY) if draws >= ENOUGH else ("chance", chance(draws))
    return f"a {word} of {numbers.percent(least, 0)}"


def _row(mix: Mix) -> list[str]:
    name = "nothing" if mix.trial == NOTHING else str(mix.trial)
    counts = [numbers.rounded(x) for x in (mix.certain, mix.technicians, mix.graduates)]
    return [name, numbers.of_unit(mix.cost, "euro"), *counts, *(numbers.volume(v) if v else "" for v in mix.volumes)]


def _said(document: Document, mix: Mix) -> str:
    chosen = zip(document["levers"], mix.volumes, strict=True)
    return ", ".join(f"{plain(x['name'])} {numbers.volume(v)} ({x['unit']})" for x, v in chosen if v != x["base"])


def _confirmed(document: Document) -> list[Section]:
    sure = [mix for mix in _mixes(document, "front") if mix.confirmed]
    if not sure:
        return []
    draws, scale = document["confirmed_with"]["draws"], document["confirmed_with"]["scale"]
    words = (
        f"The mixes of the front with {draws} draw{'s' if draws > 1 else ''} of another seed "
        f"at scale 1:{scale}; where they bring less than the search said, the search was lucky."
    )
    rows = [
        [str(m.trial), numbers.of_unit(m.confirmed["cost"], "euro"),
         *(numbers.rounded(x) for x in (m.confirmed["certain"], m.confirmed["technicians"], m.certain)),
         "yes" if m.holds else "no"]
        for m in sure
    ]  # fmt: skip
    head = ("mix", "money", people(draws), "mean", "the search said", "holds")
    return [Section("Confirmed", [words], head=head, rows=rows)]
