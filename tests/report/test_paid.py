"""What levers paid for, in words: those that differ, and no others; also those that an alternative drops."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from results.made_comparison import LABELS, YEARS, Made, made
from techsim.report.answers import lines, sentences
from techsim.report.compared import evaluations
from techsim.report.glance import glance
from techsim.report.names import plain
from techsim.report.numbers import THIN, opening
from techsim.report.paid import PROGRAMMES
from techsim.results import outcomes, schemes
from techsim.results.comparison import build
from techsim.results.effects import Table, changed, rows
from techsim.results.workbook import sheets


class Drifted(Made):
    """A thousand people take part in each programme in this world only, whatever its levers."""

    def __init__(self, draw: int, effect: float, changed: dict[str, str], figures: dict[str, float]) -> None:
        super().__init__(draw, effect, 0.0, "praktijkleren", -1e6 if effect else 0.0)
        self.people[0].participants[...] = [[4, 2], [1, 3]] if effect else 0
        self.changed = changed if effect else {}
        self.schemes = {lever: dict(figures) for lever in self.changed}


def drifted(levers: dict[str, str], figures: dict[str, float] | None = None) -> xr.Dataset:
    draws = [(d, d, [Drifted(d, e, levers, figures or {}) for e in (0.0, 20.0)]) for d in range(2)]
    return build(["base", "other"], draws, YEARS, [2030], LABELS, 100.0, 0.02, {})


def told(data: xr.Dataset) -> list[str]:
    return [said.text.replace(THIN, " ") for said in sentences(data, Table(rows(data)), "other")]


@pytest.mark.parametrize(
    ("levers", "programmes"),
    [
        ({}, ()),
        ({"career_guidance": schemes.ADDED}, ()),
        ({"wt_primary": schemes.ADDED}, ("wt_support",)),
        ({"wt_primary": schemes.TERMS}, ("wt_support",)),
        ({"pabo": schemes.ADDED}, ()),
        ({"wt_primary": schemes.DROPPED}, ()),
        ({"deeltijd_ww": schemes.ADDED, "technologieroute": schemes.ADDED}, ("short_time", "technologieroute")),
        ({"deeltijd_ww_2009": schemes.TERMS}, ("short_time",)),
    ],
)
def test_who_takes_part_is_told_where_a_lever_differs_that_pays(
    levers: dict[str, str], programmes: tuple[str, ...]
) -> None:
    data = drifted(levers)
    assert (data["participants"].sel(scenario="other") > 0).all(), "in the dataset they are, by drift"
    texts = told(data)
    for programme, (verb, *_) in PROGRAMMES.items():
        assert any(f"people {verb} in this world only" in text for text in texts) == (programme in programmes)
    listed = {r.groups["programme"] for r in rows(data) if r.indicator == "participants"}
    assert listed == set(programmes)


def test_programmes_are_those_that_people_can_take_part_in() -> None:
    assert set(schemes.PAID_BY) == set(outcomes.PROGRAMME) == set(PROGRAMMES)


LESS = {"take_up": -500.0, "deadweight": -450.0, "additional": -50.0}


def test_a_lever_that_the_alternative_drops_is_told() -> None:
    data = drifted({"praktijkleren": schemes.DROPPED}, LESS)
    assert changed(data, "other") == {"praktijkleren": schemes.DROPPED}
    (text,) = (x for x in told(data) if x.startswith("Praktijkleren"))
    assert text == (
        "Praktijkleren, which the baseline has and this world has not, by 2030: it paid for 500 years of apprentices, "
        "of which 450 are there without it (deadweight of what it paid for, 90 % (90 % of draws: 90 % to 90 %); person "
        "by person, by who did the same in the baseline in the same month) and 50 are not (50 to 50)."
    )
    table = Table(rows(data))
    (line,) = (x for x in glance(data, table, "other") if x.label == "Anyway")
    assert line.said.text.replace(THIN, " ") == (
        "are there without it: 90 % (90 % to 90 %) of the 500 years of apprentices (praktijkleren, no longer paid for; "
        "person by person)."
    )
    assert "less public money" in lines(data)[0]


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        (1.0, "Praktijkleren, on other terms than in the baseline, by 2030: 500 fewer years of apprentices are paid"),
        (-1.0, "Praktijkleren by 2030: 500 years of apprentices, on top of what the baseline pays for, of which 450 w"),
    ],
)
def test_a_lever_on_other_terms_is_told(sign: float, words: str) -> None:
    data = drifted({"praktijkleren": schemes.TERMS}, {name: sign * x for name, x in LESS.items()})
    (text,) = (x for x in told(data) if x.startswith("Praktijkleren"))
    assert text.startswith(words)
    assert "(deadweight of what it paid for, 90 %" in text


def test_deadweight_says_how_it_is_found() -> None:
    ways = {
        "career_guidance": "person by person",
        "stap": "person by person, by who did the same in the baseline in the same calendar year",
        "deeltijd_ww": "from the totals of the two worlds",
    }
    data = drifted(dict.fromkeys(ways, schemes.ADDED), {k: -v for k, v in LESS.items()})
    texts, table = told(data), Table(rows(data))
    for lever, basis in ways.items():
        (text,) = (x for x in texts if x.startswith(f"{opening(plain(lever))} by 2030"))
        assert f"; {basis})" in text
    found = {lever: words for _, lever, words, _ in evaluations(data, table, 2030)}
    assert all(found[lever].endswith(f"; {basis}") for lever, basis in ways.items())
    (line,) = (x for x in glance(data, table, "other") if x.label == "Anyway")
    for lever, basis in (("stap", "person by person"), ("deeltijd_ww", "from totals")):
        assert f"({plain(lever)}; {basis})" in line.said.text
    ((header, listed),) = [(head, list(x)) for name, head, x in sheets(data, rows(data), {}) if name == "Schemes"]
    assert header[-2:] == ("the lever is", "deadweight found")
    assert {(line[3], *line[-2:]) for line in listed} == {(lever, "added", basis) for lever, basis in ways.items()}


@pytest.mark.parametrize(
    ("how", "more", "words"),
    [
        (schemes.ADDED, 20.0, "Others, not paid for: 40 in the baseline only (displaced, or moved by chance), 10 in "
         "this world only. In all: 20 more people who began a course than in the baseline (90 % of draws: 20 to 20; "),
        (schemes.DROPPED, -20.0, "Others, not paid for: 40 in this world only (displaced, or moved by chance), 10 in "
         "the baseline only. In all: 20 fewer people who began a course than in the baseline (90 % of draws: "),
        (schemes.ADDED, 0.0, "In all: exactly as many people who began a course as in the baseline."),
    ],
)  # fmt: skip
def test_who_else_does_it_and_how_many_more_in_all(how: str, more: float, words: str) -> None:
    sign = -1.0 if how == schemes.DROPPED else 1.0
    others = {schemes.DISPLACED: 40.0 * sign, schemes.UNPAID: 10.0 * sign, schemes.MORE: more}
    data = drifted({"stap": how}, {k: -v * sign for k, v in LESS.items()} | others)
    (text,) = (x for x in told(data) if x.startswith("STAP"))
    assert words in text


def test_what_differs_has_figures_or_a_reason() -> None:
    data = drifted({"deeltijd_ww": schemes.TERMS, "retraining": schemes.TERMS, "pabo": schemes.DROPPED})
    reasons = dict(line.split("\t")[1:] for line in data.attrs["not_measured"].split("\n"))
    assert reasons == {
        "deeltijd_ww": schemes.BOTH_HAVE, "retraining": schemes.AS_MUCH, "pabo": schemes.WHY_NOT["pabo"],
    }  # fmt: skip


def test_comparisons_of_before_know_of_added_levers() -> None:
    data = made()
    del data.attrs["levers_changed"]
    assert changed(data, "good") == {
        "bridging_scheme": schemes.ADDED,
        "pabo": schemes.ADDED,
        "technologieroute": "added",
    }
    assert np.isnan(data["schemes"].sel(scenario="base")).all()


def test_spells_of_short_time_work_are_told_person_by_person() -> None:
    data = drifted({"deeltijd_ww": schemes.ADDED}, {k: -v for k, v in LESS.items()})
    assert not any("spells" in text for text in told(data)), "not known"
    values = {
        "spells": 1000.0, "spells_anyway": 800.0, "spells_anyway_share": 0.8, "spells_saved": 150.0,
        "spells_lost": 50.0, "months_after": 9.0,
    }  # fmt: skip
    for name, value in values.items():
        data["short_time"].loc[{"scenario": "other", "quantity": name}] = value
    (text,) = (x for x in told(data) if "spells" in x)
    assert text == (
        "Short-time work, person by person: of 1 000 spells 80 % (90 % of draws: 80 % to 80 %) are of workers who are "
        "not let go in the baseline either, up to 9 months after the last; 150 (150 to 150) of workers who are let go "
        "there and not here, 50 of workers who are let go in both."
    )
