"""The levers that there are: whole declarations, found by scanning; each by its numbers."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sample_levers import REGIONS, Fields

import techsim.levers as folder
from techsim.levers import catalogue
from techsim.levers.applying import activate, apply, spending
from techsim.levers.base import COUNTS
from techsim.levers.hooks import HOOKS, LeverError
from techsim.levers.scanning import TOOLS, check
from techsim.population.clock import parse
from techsim.scenario import LeverSetting

FIRST = parse("2008-01")
PEOPLE = {name: np.array([100.0, 200.0, 300.0, 400.0, 500.0]) for name in COUNTS}
BASE = {
    hook.name: np.full(len(REGIONS), 0.05 if hook.name.startswith("short_time") else 0.3)
    if hook.shape == "region"
    else np.array(1.0 if hook.law == "multiply" else hook.low)
    for hook in HOOKS.values()
}
NEUTRAL = {
    "short_time.employer_contribution", "bridging.anyway", "retraining.uwv", "retraining.fund", "retraining.region",
}  # fmt: skip
"""Hooks that a lever leaves alone by its defaults."""


def active(name: str, **fields: object):
    lever = catalogue()[name]
    return activate([LeverSetting(name, lever.fields(**fields))], catalogue(), REGIONS, FIRST, FIRST + 120)


def test_every_file_of_the_folder_is_a_lever_in_name_order() -> None:
    files = {path.stem for path in Path(folder.__path__[0]).glob("*.py")} - {"__init__"}
    assert list(catalogue()) == sorted(files - TOOLS)
    assert {"career_guidance", "technologieroute"} <= set(catalogue())
    with pytest.raises(TypeError):
        catalogue()["x"] = None  # type: ignore[index]


RULES = {"international_places"}
"""Levers that are rules: nobody is paid."""


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_lever_without_volume_changes_and_costs_nothing(name: str) -> None:
    levers = active(name, volume=0.0)
    effective = apply(levers, BASE, FIRST, 0.0)
    assert {hook: value.tobytes() for hook, value in effective.items()} == {h: v.tobytes() for h, v in BASE.items()}
    assert all(spent.euro == 0.0 for spent in spending(levers, FIRST, 0.0, PEOPLE))


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_lever_with_its_defaults_acts_on_its_hooks_only_and_costs(name: str) -> None:
    levers = active(name)
    month = levers[0].first
    effective = apply(levers, BASE, month, -0.05)  # some act in a slump only
    changed = {hook for hook, value in effective.items() if value.tobytes() != BASE[hook].tobytes()}
    assert changed == set(catalogue()[name].hooks) - NEUTRAL
    spent = spending(levers, month, -0.05, PEOPLE)
    assert {entry.item for entry in spent} == set(catalogue()[name].items)
    assert (sum(entry.euro for entry in spent) > 0.0) == (name not in RULES)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_lever_that_does_not_act_costs_nothing_unless_it_pays_on(name: str) -> None:
    """Those that do not act are not asked what they cost."""
    (lever,) = active(name, coverage=0.0)
    assert not lever.acts(lever.first, -0.05)
    assert active(name)[0].acts(lever.first, -0.05)
    spent = spending([lever], lever.first, -0.05, PEOPLE)
    assert any(entry.euro != 0.0 for entry in spent) == lever.type.pays_on


def test_career_guidance_by_hand() -> None:
    levers = active("career_guidance", volume=0.2, coverage=0.5, regions=("East",), unit_cost=12.0)
    np.testing.assert_allclose(apply(levers, BASE, FIRST, 0.0)["guidance.reach"], [0.3, 0.4, 0.3, 0.3, 0.3])
    # 200 pupils in the East x 0.2 x 0.5 = 20, at 12 euro a year
    (spent,) = spending(levers, FIRST, 0.0, PEOPLE)
    assert spent.euro == pytest.approx(20.0)
    # Of them 15 are not reached anyway: nobody else can be reached, or paid for.
    (spent,) = spending(levers, FIRST, 0.0, PEOPLE | {"vo_pupils_unguided": np.full(5, 15.0)})
    assert spent.euro == pytest.approx(15.0)


def test_technologieroute_by_hand() -> None:
    levers = active("technologieroute", volume=0.8, unit_cost=600.0, phase_in=2)
    np.testing.assert_allclose(apply(levers, BASE, FIRST, 0.0)["technologieroute.coverage"], np.full(5, 0.7))
    np.testing.assert_allclose(apply(levers, BASE, FIRST + 1, 0.0)["technologieroute.coverage"], np.ones(5))
    # 1500 pupils x 0.8 x half strength = 600, at 50 euro a month
    (spent,) = spending(levers, FIRST, 0.0, PEOPLE)
    assert spent.euro == pytest.approx(30_000.0)
    (spent,) = spending(levers, FIRST, 0.0, PEOPLE | {"vmbo_upper_pupils_off_route": np.full(5, 60.0)})
    assert spent.euro == pytest.approx((40 + 4 * 60) * 50.0)


def test_partnership_funding_by_hand() -> None:
    levers = active("partnership_funding", volume=40.0, mbo_share=0.75, regions=("East", "North"), unit_cost=1000.0)
    effective = apply(levers, BASE, FIRST, 0.0)
    np.testing.assert_allclose(effective["partnerships.seed_mbo"], [30.3, 30.3, 0.3, 0.3, 0.3])
    np.testing.assert_allclose(effective["partnerships.seed_hbo_wo"], [10.3, 10.3, 0.3, 0.3, 0.3])
    # 2 of mbo started in the North on 30 a year, 1 of hbo and wo in the East on 10; others' regions are not its own
    use = {
        "partnership_seed_use_mbo": np.array([2 / 30, 0.0, 5.0, 0.0, 0.0]),
        "partnership_seed_use_hbo_wo": np.array([0.0, 1 / 10, 0.0, 0.0, 0.0]),
    }
    spent = {entry.item: entry.euro for entry in spending(levers, FIRST, 0.0, use)}
    assert spent == pytest.approx({"seed_money_mbo": 2000.0, "seed_money_hbo_wo": 1000.0})


def test_equipment_by_hand() -> None:
    levers = active("equipment", volume=0.5, coverage=0.5, regions=("East",), unit_cost=600.0)
    np.testing.assert_allclose(apply(levers, BASE, FIRST, 0.0)["curriculum.equipment"], [0.3, 0.55, 0.3, 0.3, 0.3])
    # 200 students in the East x 0.5 x 0.5 = 50, at 50 euro a month
    (spent,) = spending(levers, FIRST, 0.0, {"technical_students": PEOPLE["technical_students"]})
    assert spent.euro == pytest.approx(2500.0)


TAKE_UP = {
    "short_time_wages": np.array([0.0, 10_000.0, 0.0, 5_000.0, 0.0]),
    "short_time_entries": np.array([0.0, 3.0, 0.0, 1.0, 0.0]),
    "short_time_training_hours": np.array([0.0, 40.0, 0.0, 20.0, 0.0]),
    "short_time_repaid_wages": np.array([0.0, 2_000.0, 0.0, 0.0, 0.0]),
}


def test_deeltijd_ww_by_hand() -> None:
    fields = {"replacement_rate": 0.8, "employer_contribution": 0.25, "clawback": 0.5, "training_cost": 10.0}
    levers = active("deeltijd_ww", volume=0.5, regions=("East", "North-West"), max_months=9, unit_cost=100.0, **fields)
    closed = {name: np.zeros_like(value) if name.startswith("short_time") else value for name, value in BASE.items()}
    effective = apply(levers, closed, FIRST, 0.0)
    np.testing.assert_array_equal(effective["short_time.open"], [0.0, 0.5, 0.5, 0.0, 0.0])
    terms = {name.removeprefix("short_time."): v.tolist() for name, v in effective.items() if name.startswith("short")}
    assert terms == {
        name: [0.0, value, value, 0.0, 0.0]
        for name, value in (
            ("open", 0.5), ("replacement", 0.8), ("employer_contribution", 0.25), ("max_months", 9.0),
            ("training_share", 0.25), ("clawback", 0.5),
        )
    }  # fmt: skip
    # East only: the South-West is closed. 10,000 x 0.8 x 0.75; 40 x 10; 3 x 100; half of 2,000 x 0.6 comes back
    spent = {entry.item: entry.euro for entry in spending(levers, FIRST, 0.0, TAKE_UP)}
    assert spent == pytest.approx({"benefit": 6_000.0, "training": 400.0, "administration": 300.0, "clawback": -600.0})


def test_teacher_grants_by_hand() -> None:
    fields = {"unit_cost": 6_000.0, "side_entry_factor": 9.0, "side_entry_grant": 10_000.0}  # half the usual: 5
    levers = active("teacher_grants", volume=0.5, regions=("East",), **fields)
    base = BASE | {"teachers.relative_pay": np.zeros(5), "teachers.side_entry": np.ones(5)}
    effective = apply(levers, base, FIRST, 0.0)
    np.testing.assert_allclose(effective["teachers.relative_pay"], [0.0, 0.05, 0.0, 0.0, 0.0])
    np.testing.assert_allclose(effective["teachers.side_entry"], [1.0, 3.0, 1.0, 1.0, 1.0])
    # 200 teachers x 0.5 x 500 a month; of 200 side entrants 0.5 x 5 of each 3
    spent = {entry.item: entry.euro for entry in spending(levers, FIRST, 0.0, PEOPLE)}
    assert spent == pytest.approx({"retention": 50_000.0, "side_entry": 200 * 2.5 / 3 * 10_000})
    nothing = active("teacher_grants", volume=0.5, **fields | {"side_entry_grant": 0.0})
    assert (apply(nothing, base, FIRST, 0.0)["teachers.side_entry"] == 1.0).all()


def test_intake_capacity_by_hand() -> None:
    levers = active("intake_capacity", volume=0.2, regions=("North", "East"), unit_cost=1_200.0)
    effective = apply(levers, BASE | {"teachers.max_stretch": np.zeros(5)}, FIRST, 0.0)
    np.testing.assert_allclose(effective["teachers.max_stretch"], [0.2, 0.2, 0.0, 0.0, 0.0])
    (spent,) = spending(levers, FIRST, 0.0, PEOPLE)
    assert spent.euro == pytest.approx(300 * 0.2 * 100.0)


def test_hybrid_programme_by_hand() -> None:
    fields = {
        "pdg_months": 9.0,
        "matching": 3.0,
        "posts": 0.1,
        "compensation": 0.4,
        "hourly_wage": 50.0,
        "match_cost": 40.0,
    }
    levers = active("hybrid_programme", volume=0.5, unit_cost=100.0, **fields)
    base = BASE | {name: np.zeros(5) for name in ("hybrid.posts", "hybrid.compensation")}
    neutral = {name: np.ones(5) for name in ("hybrid.matching", "hybrid.pdg_factor")}
    effective = apply(levers, base | neutral, FIRST, 0.0)
    np.testing.assert_allclose(effective["hybrid.pdg_factor"], np.full(5, 0.75))
    np.testing.assert_allclose(effective["hybrid.matching"], np.full(5, 2.0))
    np.testing.assert_allclose(effective["hybrid.posts"], np.full(5, 0.05))
    np.testing.assert_allclose(effective["hybrid.compensation"], np.full(5, 0.2))
    # 1500 starters x 0.5 x 100; 1500 hours x 0.5 x 0.4 of 50 euro
    spent = {entry.item: entry.euro for entry in spending(levers, FIRST, 0.0, PEOPLE)}
    # and matches at 1500 x 0.5 x 40; the posts of all five regions at 60,000 a year
    posts = PEOPLE["hybrid_posts"].sum() * 5_000.0
    assert spent == pytest.approx(
        {"certificates": 75_000.0, "matching": 30_000.0, "posts": posts, "compensation": 15_000.0}
    )


def test_terms_hold_in_the_regions_of_their_lever() -> None:
    """Two schemes in the same months and other regions: each keeps its own terms."""
    levers = (
        *active("deeltijd_ww", regions=("North",), replacement_rate=0.5, max_months=6, start="2009-01"),
        *active("deeltijd_ww_2009", regions=("East", "South-East"), volume=0.4, training_share=0.0),
    )
    closed = {name: np.zeros_like(value) if name.startswith("short_time") else value for name, value in BASE.items()}
    effective = apply(levers, closed, parse("2009-06"), 0.0)
    assert effective["short_time.open"].tolist() == [1.0, 0.4, 0.0, 0.0, 0.4]
    assert effective["short_time.replacement"].tolist() == [0.5, 0.7, 0.0, 0.0, 0.7]
    assert effective["short_time.max_months"].tolist() == [6.0, 15.0, 0.0, 0.0, 15.0]
    assert effective["short_time.training_share"].tolist() == [0.25, 0.0, 0.0, 0.0, 0.0]


def test_two_schemes_in_the_same_region_and_month_are_refused() -> None:
    """A scenario that says so is refused when it is read; one that is built in a program, when both are open."""
    levers = (*active("deeltijd_ww", start="2011-06", regions=("East", "North")), *active("deeltijd_ww_2009"))
    closed = {name: np.zeros_like(value) if name.startswith("short_time") else value for name, value in BASE.items()}
    apply(levers, closed, parse("2011-05"), 0.0)
    with pytest.raises(LeverError, match=r"deeltijd_ww and deeltijd_ww_2009 both .* in 2011-06 in the same region"):
        apply(levers, closed, parse("2011-06"), 0.0)
    apply(levers, closed, parse("2011-07"), 0.0)
    off = (*active("deeltijd_ww"), *active("deeltijd_ww_2009", volume=0.0))
    apply(off, closed, parse("2009-06"), 0.0)


def test_the_schemes_of_2008_to_2011_have_their_dates() -> None:
    (lever,) = active("deeltijd_ww_2009")
    acts = [m for m in range(FIRST, FIRST + 120) if lever.strength(m, 0.0).any()]
    assert (acts[0], acts[-1]) == (parse("2008-12"), parse("2011-06"))


def test_defaults_come_to_what_the_figures_say() -> None:
    """At their source's volume, the unit costs give back the budgets that they were made from."""
    guidance = active("career_guidance")
    heads = np.array([950_447.0, 0, 0, 0, 0])
    (spent,) = spending(guidance, FIRST, 0.0, {"vo_pupils": heads, "vo_pupils_unguided": 0.5 * heads})
    assert 12 * spent.euro == pytest.approx(5_700_000 / 4, rel=0.05)
    route = active("technologieroute", volume=1.0)
    heads = np.array([201_566.0, 0, 0, 0, 0])
    (spent,) = spending(route, FIRST, 0.0, {"vmbo_upper_pupils": heads, "vmbo_upper_pupils_off_route": heads})
    assert 12 * spent.euro == pytest.approx(100_000_000, rel=0.05)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": "other"}, "names must agree"),
        ({"hooks": ("guidance.rech",)}, "unknown hook 'guidance.rech'"),
        ({"counts": ("pupils",)}, "unknown count 'pupils'"),
        ({"side_effects": ()}, "must be declared"),
        ({"doc": ""}, "must be declared"),
        ({"fields": Fields}, "field volume needs a default, a unit and a source"),
        ({"fields": dict}, "must derive from LeverFields"),
    ],
)
def test_half_a_declaration_is_refused(change: dict[str, object], says: str) -> None:
    lever = catalogue()["career_guidance"]
    assert check(lever, "career_guidance") is lever
    with pytest.raises(LeverError, match=says):
        check(dataclasses.replace(lever, **change), "career_guidance")


def test_a_file_without_a_lever_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zz_empty.py").write_text("NOTHING = 1\n", encoding="utf-8")
    code = f"import techsim.levers as f; f.__path__.append({str(tmp_path)!r}); f.catalogue()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "LeverError: levers/zz_empty.py declares no LEVER" in done.stderr


def test_a_new_file_is_found(tmp_path: Path) -> None:
    """To add a lever is one file."""
    source = Path(folder.__path__[0], "career_guidance.py").read_text(encoding="utf-8")
    (tmp_path / "aa_new.py").write_text(source.replace('name="career_guidance"', 'name="aa_new"'), encoding="utf-8")
    code = f"import techsim.levers as f; f.__path__.append({str(tmp_path)!r}); print(list(f.catalogue()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(["aa_new", *catalogue()])


PLACES = {
    "apprentices": np.array([100.0, 0.0, 50.0, 0.0, 0.0]),
    "bridging_places": np.array([10.0, 0.0, 20.0, 0.0, 0.0]),
}


def test_praktijkleren_and_the_tax_reduction_by_hand() -> None:
    none = BASE | {"places.subsidy": np.zeros(5)}
    levers = active("praktijkleren", volume=0.5, unit_cost=2_400.0, regions=(REGIONS[0],))
    month = levers[0].first
    assert apply(levers, none, FIRST, 0.0)["places.subsidy"].tolist() == [0.0] * 5, "not before 2014"
    assert apply(levers, none, month, 0.0)["places.subsidy"].tolist() == [1_200.0, 0.0, 0.0, 0.0, 0.0]
    # a hundred apprentices, half of them paid for, at 200 euro a month
    (spent,) = spending(levers, month, 0.0, PLACES)
    assert spent.euro == pytest.approx(10_000.0)
    history = active("wva_onderwijs")
    acts = [m for m in range(FIRST, FIRST + 120) if history[0].strength(m, 0.0).any()]
    assert acts[-1] == parse("2013-12")
    both = (*active("wva_onderwijs", volume=1.0, unit_cost=500.0, end="2014-12"), *levers)
    assert apply(both, none, month, 0.0)["places.subsidy"].tolist() == [1_700.0, 500.0, 500.0, 500.0, 500.0]


def test_praktijkleren_comes_to_its_budget() -> None:
    """Public figures P1142: some 210 mln a year, at the places of 2018/19."""
    levers, count = active("praktijkleren"), {"apprentices": np.array([121_000.0, 0, 0, 0, 0])}
    (spent,) = spending(levers, levers[0].first, 0.0, count)
    assert 12 * spent.euro == pytest.approx(210e6, rel=0.02)


def test_the_bridging_scheme_by_hand() -> None:
    closed = {name: np.zeros_like(value) if name.startswith("bridging") else value for name, value in BASE.items()}
    fields = {
        "unit_cost": 3_600.0,
        "months": 12,
        "max_places": 500,
        "there_anyway": 0.4,
        "when": {"output_gap_below": -0.01},
    }
    levers = active("bridging_scheme", volume=0.5, regions=(REGIONS[1],), **fields)
    slump = apply(levers, closed, FIRST, -0.02)
    terms = {"open": 0.5, "amount": 3_600.0, "months": 12.0, "anyway": 0.4}
    for name, value in terms.items():
        assert slump[f"bridging.{name}"].tolist() == [0.0, value, 0.0, 0.0, 0.0]
    assert slump["bridging.max_places"] == 500.0
    # what was promised is paid at 300 euro a month and place, whatever the gap is now
    for gap in (-0.02, 0.02):
        (spent,) = spending(levers, FIRST, gap, PLACES)
        assert spent.euro == pytest.approx(9_000.0)
    calm = apply(levers, closed, FIRST, 0.02)
    assert {name: value.tobytes() for name, value in calm.items()} == {k: v.tobytes() for k, v in closed.items()}
