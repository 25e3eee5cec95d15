"""Comparisons of the whole model: what must differ by exactly zero, what must add up, and when effects may come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

import techsim
from model.runs import finished, paired, scenario
from techsim.experiment.comparing import prepare
from techsim.experiment.simulate import tables
from techsim.experiment.study import Study
from techsim.mechanisms.working.state import bbl_students
from techsim.model.catalogue import catalogue
from techsim.model.simulation import TechsimModel
from techsim.population.clock import month_index
from techsim.population.reached import AT_CHOICE
from techsim.population.states import NEVER, Diploma, Flag, Profile, Stage
from techsim.results.compared import reduce
from techsim.results.comparison import read_dataset
from techsim.results.effects import Table, net, rows
from techsim.results.outcomes import WORK, take
from techsim.results.verdicts import lags

END, SCALE = "2012-12", 1000
ROUTE: dict[str, Any] = {"technologieroute": {"start": "2009-08", "volume": 0.5}}
GUIDANCE: dict[str, Any] = {"career_guidance": {"start": "2008-09", "volume": 0.6}}
SCHEME: dict[str, Any] = {"deeltijd_ww": {"start": "2009-01", "end": "2010-06"}}
MANY: tuple[dict[str, Any], ...] = (
    ROUTE, GUIDANCE, SCHEME, {"pay_and_image": {"start": "2008-03"}}, {"role_models": {"start": "2008-03"}},
    {"retraining": {"start": "2008-06"}}, {"stap": {"start": "2008-06"}}, {"teacher_grants": {"start": "2008-06"}},
)  # fmt: skip
"""Levers of schools and of the labour market, some of which change the same hook or pay for the same people."""


ALONE = {"teachers.dropout": 0.0, "teachers.delay": 0.0, "internships.dropout": 0.0, "internships.delay": 0.0}
"""Students who do not get in each other's way: neither through class size nor through internships."""


def study(
    name: str,
    *levers: dict[str, Any],
    end: str = END,
    scale: int = SCALE,
    draws: int = 1,
    parameters: dict[str, float] | None = None,
) -> Study:
    made = scenario(end, scale, levers=levers, parameters=parameters or {})
    sections = made.draws.model_copy(update={"number": draws})
    return Study(replace(made, name=name, draws=sections), catalogue())


@lru_cache(maxsize=1)
def compared() -> xr.Dataset:
    """A baseline beside its like, levers of volume zero, each lever alone, and all together."""
    none: list[dict[str, Any]] = [
        {name: {**fields, "volume": 0}} for x in (ROUTE, SCHEME) for name, fields in x.items()
    ]
    others = [
        study("like"),
        study("no volume", *none),
        study("route", ROUTE),
        study("scheme", SCHEME),
        study("all", ROUTE, SCHEME),
    ]
    return prepare(study("base"), others, draws=2).execute().data


def reordered(one: Study, name: str) -> Study:
    """Levers the other way round: a file's are sorted by name, so they are turned in the scenario itself."""
    levers = one.scenario.levers
    assert len(levers) > 1
    return Study(replace(one.scenario, name=name, levers=levers[::-1]), one.catalogue)


@lru_cache(maxsize=1)
def apart() -> xr.Dataset:
    """Each scenario run by itself from the first month, none from a copy of another."""
    base, mix = study("base", end="2010-12", scale=2000), study("all", *MANY, end="2010-12", scale=2000)
    others = [study("like", end="2010-12", scale=2000), mix, reordered(mix, "all, in another order")]
    made = prepare(base, others, share_past=False)
    assert [x.name for x in made.scenarios[3].levers] == [x.name for x in made.scenarios[2].levers][::-1]
    return made.execute().data


def numeric(data: xr.Dataset) -> list[str]:
    return [str(name) for name in data.data_vars if str(name) != "short_time"]


@pytest.mark.parametrize(("name", "made"), [("like", compared), ("like", apart), ("no volume", compared)])
def test_what_changes_nothing_differs_by_exactly_zero(name: str, made: Callable[[], xr.Dataset]) -> None:
    data = made()
    for variable in numeric(data):
        one, other = (data[variable].sel(scenario=x).values for x in ("base", name))
        np.testing.assert_array_equal(one, other, err_msg=variable)


@pytest.mark.parametrize(("name", "levers"), [("base", ()), ("all", (ROUTE, SCHEME))])
def test_a_comparison_holds_what_runs_hold(name: str, levers: tuple[dict[str, Any], ...]) -> None:
    """Forked or not, in a comparison or alone."""
    alone = reduce(study(name, *levers, draws=2).run())
    for variable, (_, values) in alone.items():
        np.testing.assert_array_equal(compared()[variable].sel(scenario=name).values, values, err_msg=variable)


@pytest.mark.parametrize(("name", "group"), [
    ("technicians", "background"), ("technicians", "sex"), ("technical_graduates", "background"),
    ("technical_profiles", "background"),
])  # fmt: skip
def test_an_effect_by_background_or_sex_adds_up_to_the_effect(name: str, group: str) -> None:
    data = compared()
    parts, whole = data[f"{name}_by_{group}"], data[name]
    assert parts.sizes[group] == tables().dimensions.size(group)
    np.testing.assert_allclose(parts.sum(group, skipna=False).transpose(*whole.dims), whole, rtol=1e-12)
    assert float(parts.sel(scenario="all").sum()) > 0


def test_the_order_of_levers_does_not_matter() -> None:
    data = apart()
    for variable in numeric(data):
        one, other = (data[variable].sel(scenario=x).values for x in ("all", "all, in another order"))
        np.testing.assert_array_equal(one, other, err_msg=variable)
    assert any((data["technicians"].sel(scenario="all") != data["technicians"].sel(scenario="base")).values.ravel())


def test_displacement_agrees_with_the_labour_market() -> None:
    """Both margins of the person-by-person count: the technicians of each world as its own ledger has them."""
    data = compared()
    counts = data["people_by_work"].sum(["sex", "background"]).isel(horizon=-1)
    for name, levers in (("base", ()), ("scheme", (SCHEME,)), ("all", (ROUTE, SCHEME))):
        run = study(name, *levers, draws=2).run()["employed_by_occupation"]
        technical = [o for o in run["occupation"].values if str(o).startswith("technical_")]
        ledger = run.sel(occupation=technical).isel(time=-1).sum(["occupation", "sex"])
        mine = counts.sel(scenario=name)
        np.testing.assert_array_equal(mine.sum("work_baseline").sel(work_alternative="technical"), ledger)
        if name == "base":
            for other in counts["scenario"].values:
                theirs = counts.sel(scenario=other).sum("work_alternative").sel(work_baseline="technical")
                np.testing.assert_array_equal(theirs, ledger)
    moved = counts.sel(scenario="scheme")
    won = moved.sel(work_alternative="technical").sum("work_baseline")
    lost = moved.sel(work_baseline="technical").sum("work_alternative")
    effect = data["people_by_work"].sel(scenario="scheme")
    assert float(abs(net(effect.values)).sum()) > 0
    assert (won != lost).any()


def test_the_people_of_a_draw_are_in_both_worlds_or_absent_from_one() -> None:
    counts = compared()["people_by_work"].isel(horizon=-1).sum(["sex", "background"])
    for name, levers in (("base", ()), ("all", (ROUTE, SCHEME))):
        people = finished(scenario(END, SCALE, levers=levers)).world.people
        here = counts.sel(scenario=name).isel(draw=0).sum("work_baseline").sel(work_alternative=list(WORK[:-1]))
        assert float(here.sum()) == people.size * SCALE


def test_take_up_is_deadweight_and_additional() -> None:
    """Whoever is in a programme in the alternative only, found by number in the two worlds of a draw."""
    data = compared().isel(draw=0, horizon=-1)
    dims = tables().dimensions
    base, other = (take(finished(scenario(END, SCALE, levers=x)).world.people, dims) for x in ((), (ROUTE, SCHEME)))
    found = data["participants"].sel(scenario="all")
    there = dict(zip(base.id.tolist(), range(base.id.size), strict=True))
    for programme in ("technologieroute", "short_time"):
        counts: Counter[tuple[bool, bool]] = Counter()
        for i, number in enumerate(other.id.tolist()):
            at = there.get(number)
            if programme == "short_time":
                joined = other.short_time[i] != NEVER and (at is None or base.short_time[at] != other.short_time[i])
            else:
                joined = bool(other.flags[i] & Flag.TECHNOLOGIEROUTE)
                joined &= at is None or not base.flags[at] & Flag.TECHNOLOGIEROUTE
            if joined:
                counts[at is not None and bool(base.work[at] < 5), bool(other.work[i] < 5)] += 1
        assert sum(counts.values()) > 0
        for (before, after), number in counts.items():
            cell = found.sel(programme=programme, measure="at_work", in_baseline=before, in_alternative=after)
            assert float(cell) == number * SCALE, (programme, before, after)
        assert float(found.sel(programme=programme, measure="at_work").sum()) == sum(counts.values()) * SCALE
    joined_by = compared()["participants"].sel(programme="technologieroute")
    assert (joined_by.sel(scenario=["scheme", "like"]) == 0).all()


def test_of_those_whom_a_lever_reached_deadweight_and_additional_are_the_take_up() -> None:
    """Found by number: whom the alternative reached, and what the same people chose in each world."""
    end = "2010-12"
    levers = {
        "career_guidance": GUIDANCE,
        "role_models": {"role_models": {"start": "2008-09", "volume": 0.5}},
        "migration_background": {"migration_background": {"start": "2009-03", "volume": 0.5}},
    }
    data = prepare(study("base", end=end), [study("choice", *levers.values(), end=end)]).execute().data
    base, other = (finished(scenario(end, SCALE, levers=x)).world for x in ((), tuple(levers.values())))
    assert not base.schools.reached.ids.size
    chose = [set(w.people.id[w.people.profile == Profile.TECHNICAL].tolist()) for w in (base, other)]
    reached = other.schools.reached
    for lever, programme in zip(levers, AT_CHOICE, strict=True):
        whom = set(reached.ids[(reached.by >> AT_CHOICE.index(programme) & 1) > 0].tolist())
        there, here = whom & chose[0], whom & chose[1]
        found = {
            str(f): v
            for f, v in zip(
                data["figure"].values, data["schemes"].sel(scenario="choice", scheme=lever).values[0], strict=True
            )
        }
        assert found["take_up"] == len(here) * SCALE
        assert found["deadweight"] == len(here & there) * SCALE
        assert found["additional"] == len(here - there) * SCALE
        assert found["deadweight"] + found["additional"] == found["take_up"]
        assert found["deadweight"] > 0
        assert found["additional"] > 0
        assert len(whom) > 2 * len(here), "most of those reached choose something else"
    girls = set(other.people.id[other.people.sex == 1].tolist())
    assert set(reached.ids[(reached.by & 2) > 0].tolist()) & set(other.people.id.tolist()) <= girls


def test_most_who_get_a_scholarship_would_have_come_anyway() -> None:
    """Two Septembers of 2,000 scholarships: the entrants of both worlds apart, and the elasticity of the applicants."""
    end, lever = "2009-12", {"international_recruitment": {"start": "2008-06"}}
    data = prepare(study("base", end=end), [study("more", lever, end=end)]).execute().data
    figures = data["schemes"].sel(scenario="more", scheme="international_recruitment").values[0]
    found = dict(zip(data["figure"].values.tolist(), figures, strict=True))
    worlds = [finished(scenario(end, SCALE, levers=x)).world for x in ((), (lever,))]
    came = [float(w.international.arrived.sum()) for w in worlds if w.international is not None]
    assert found["take_up"] == pytest.approx(4_000)
    assert found["additional"] == pytest.approx(came[1] - came[0])
    assert found["deadweight"] + found["additional"] == pytest.approx(found["take_up"])
    p = catalogue().parameters
    usual = p["international.price_elasticity"].default * 5_000 / p["international.first_year_cost"].default
    assert usual < found["additional"] / found["take_up"] < 1.5 * usual  # more than at the margin: it is convex


def test_years_of_apprentices_are_counted_month_by_month_in_both_worlds() -> None:
    """One by one: half of them are paid for from June, and all of them are there or not in each world."""
    end, lever = "2009-12", {"wva_onderwijs": {"start": "2008-06", "volume": 0.5}}
    data = prepare(study("base", end=end), [study("tax", lever, end=end)]).execute().data
    figures = data["schemes"].sel(scenario="tax", scheme="wva_onderwijs").values[0]
    found = dict(zip(data["figure"].values.tolist(), figures, strict=True))
    years, paid = [], 0.0
    for levers in ((), (lever,)):
        model, months = TechsimModel(scenario(end, SCALE, levers=levers), tables=tables()), 0
        while model.running:
            model.step()
            world = model.world
            here = int(bbl_students(world.people, world.tables).sum())
            months += here
            if levers and world.month >= month_index(2008, 6):
                paid += 0.5 * here * SCALE / 12
        years.append(months * SCALE / 12)
    assert found["take_up"] == pytest.approx(paid)
    assert found["more_in_all"] == pytest.approx(years[1] - years[0])
    assert found["additional"] + found["unpaid"] - found["displaced"] == pytest.approx(found["more_in_all"])
    assert found["additional"] > 0
    assert found["deadweight"] + found["additional"] == pytest.approx(found["take_up"])


def test_short_time_work_is_evaluated_where_it_is_all_that_differs() -> None:
    """Claims are spells times the hours cut, of the run itself; what is kept are its layoffs less those without."""
    data = compared()
    scheme, base = (study(n, *x, draws=2).run() for n, x in (("scheme", (SCHEME,)), ("base", ())))
    found = {str(q): data["short_time"].sel(scenario="scheme", quantity=q).values for q in data["quantity"].values}
    spells = scheme["short_time_entries"].sum(["time", "spell", "sector"]).values
    share = catalogue().parameters["short_time.hours_share"].default
    np.testing.assert_allclose(found["jobs_claimed"], spells * share)
    first = int(np.flatnonzero(scheme["short_time_workers"].sum(["draw", "sector", "region"]).values)[0])
    after = int(found["months_after"][0]) if "months_after" in found else 12
    last = int(np.flatnonzero(scheme["short_time_workers"].sum(["draw", "sector", "region"]).values)[-1])
    window = slice(first, last + 1 + after)
    layoffs = [
        x["separations_by_reason"].sel(reason="layoff").isel(time=window).sum(["time", "occupation", "level"]).values
        for x in (base, scheme)
    ]
    np.testing.assert_allclose(found["jobs_kept"], layoffs[0] - layoffs[1])
    assert np.isnan(data["short_time"].sel(scenario="route").values).all(), "where there is no such scheme"
    assert (data["short_time"].sel(scenario="all", quantity="jobs_claimed") > 0).all(), "beside other levers, too"


def test_effects_come_after_their_lag() -> None:
    """Guidance from September 2008 reaches those who choose then: no diploma of mbo 4 can change before 2011.

    mbo 4 takes three years and more; the first whom guidance wins begin in September 2008. Those who are there already
    feel them only through class size and internships, which are left out here.
    """
    base, guided = (study(n, *x, scale=200, parameters=ALONE) for n, x in (("base", ()), ("guidance", (GUIDANCE,))))
    data = prepare(base, [guided]).execute().data
    mbo4 = data["technical_graduates_by_level"].sel(level="mbo4").isel(draw=0)
    apart = data["year"].values[(mbo4[1] != mbo4[0]).values & mbo4[0].notnull().values]
    assert apart.size, "it does change some in the end"
    assert apart.min() >= 2010  # the school year 2010/11 ends in July 2011
    first = {lag.indicator: lag.any for lag in lags(data)}
    assert first["technical_profiles"] == 2008
    graduates, entrants = first["technical_graduates"], first["technical_entrants"]
    assert graduates is not None
    assert entrants is not None
    assert entrants <= graduates


@pytest.mark.parametrize(("volume", "parameters"), [(0.3, {}), (1.0, ALONE)], ids=["as it is", "all girls, alone"])
def test_a_campaign_for_girls_from_2026_changes_no_diploma_of_mbo_4_before_2030(
    volume: float, parameters: dict[str, float]
) -> None:
    """Diplomas of either kind, technical or not, cell by cell, of the school years up to 2028/29.

    With the default volume at default parameters; and if all girls are met, where students do not get in each other's
    way. If all are met at default parameters, a class that is fuller or emptier by those won can cost another student
    the diploma as soon as 2029: one simulated student, in one of three draws.
    """
    lever = {"role_models": {"start": "2026-09", "volume": volume}}
    base, met = (scenario("2030-12", 400, parameters=parameters, levers=x, path="baseline") for x in ((), (lever,)))
    without, with_them = (data.isel(draw=0) for data in paired(base, met))
    differ = (without["graduates"] != with_them["graduates"]) & without["graduates"].notnull()
    mbo4 = differ.sel(level="mbo4", year=slice(2007, 2028))
    assert mbo4["year"].values[-1] == 2028
    assert without["graduates"].sel(level="mbo4", year=2028).sum() > 30_000
    assert not mbo4.any()
    chosen = with_them["vo_graduates"] - without["vo_graduates"]
    assert abs(chosen).sum() > 0, "it changes what girls choose in vo by then"


def test_nobody_whom_a_campaign_from_2026_can_meet_has_a_diploma_of_mbo_4_before_2030() -> None:
    """Person by person, at default parameters, where all girls are met: whoever is in vo in September 2026, or younger,
    has none by the end of 2029, with the campaign or without. What may differ before, by the odd student, is who of
    those in mbo already waits a year for an internship or a teacher."""
    lever = {"role_models": {"start": "2026-09", "volume": 1.0}}
    for levers in ((), (lever,)):
        model = TechsimModel(scenario("2029-12", 400, levers=levers, path="baseline"), tables=tables())
        while model.world.month <= month_index(2026, 9):
            model.step()
        young = model.world.people.id[model.world.people.stage <= Stage.VO].copy()
        while model.running:
            model.step()
        people = model.world.people
        assert people.id[people.diploma == Diploma.MBO4].size > 1_000
        assert not np.isin(people.id[people.diploma == Diploma.MBO4], young).any()
        assert np.isin(people.id[people.stage == Stage.MBO], young).any(), "they are on their way"


def test_a_mix_is_found_and_set_beside_its_parts() -> None:
    table = Table(rows(compared()))
    row = table.find("all, beyond its parts", "technicians", 2012)
    assert row is not None
    parts = [table.find(name, "technicians", 2012) for name in ("route", "scheme", "all")]
    means = [part.spread.mean for part in parts if part is not None]
    assert row.spread.mean == pytest.approx(means[2] - means[0] - means[1])


def test_from_python(tmp_path: Path) -> None:
    base, guided = study("base", end="2009-12"), study("guidance", GUIDANCE, end="2008-10")
    data = techsim.compare(base, guided, draws=2, scale=2000, seed=3, end="2008-12", out=tmp_path / "x")
    assert (data.attrs["end"], int(data["year"].values[-1])) == ("2008-12", 2008)
    assert data.sizes["scenario"] == data.sizes["draw"] == 2
    assert (data.attrs["scale"], data.attrs["seed"]) == (2000.0, 3)
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == [
        "comparison.csv", "comparison.nc", "comparison.xlsx", "manifest.json",
    ]  # fmt: skip
    xr.testing.assert_equal(read_dataset(tmp_path / "x")["technicians"], data["technicians"])
