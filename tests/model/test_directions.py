"""What must move in one direction: a table of causes and effects over the whole model, on paired runs.

Each row runs the model twice with the same people and luck; only the cause differs. ``sign`` is that of the effect of
the higher value on the sum of the indicator over the run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from model.runs import Case, record
from techsim.data.labour import REASONS
from techsim.data.teaching import SEGMENTS
from techsim.experiment.simulate import tables
from techsim.results.coordinates import HYBRID_MEASURE, MOVE
from techsim.results.recorder import Recorder

DIMS = tables().dimensions
TECHNICAL = 1
WEST = [DIMS.region.index(name) for name in ("North-West", "South-West")]
HIGHER = [SEGMENTS.index(name) for name in ("hbo", "wo")]
BUILDERS = [DIMS.occupation.index(group) for group in ("technical_construction", "technical_metal")]
SLUMP = (("2009", -0.04), ("2010", -0.05), ("2011", -0.04), ("2012", -0.03))
DEEP = tuple((year, 2 * gap) for year, gap in SLUMP)
FLAT = tuple((str(year), 0.0) for year in range(2008, 2013))
SHORT = (("2009", -0.03), ("2010", -0.03), ("2011", 0.0), ("2012", 0.0))
SHORT_AND_DEEP = (("2009", -0.06), ("2010", -0.06), ("2011", 0.0), ("2012", 0.0))


def total(name: str) -> Callable[[Recorder], float]:
    return lambda recorder: float(recorder.arrays[name].sum())


def technical(name: str) -> Callable[[Recorder], float]:
    """Sum over what is technical (the last axis), as a share of all."""
    return lambda r: float(r.arrays[name][..., TECHNICAL].sum()) / float(r.arrays[name].sum())


def technical_entrants(level: str) -> Callable[[Recorder], float]:
    at = DIMS.level.index(level)
    return lambda r: float(r.arrays["entrants"][:, at, ..., TECHNICAL].sum())


def chose_technical(sex: str, background: str) -> Callable[[Recorder], float]:
    s, b = DIMS.sex.index(sex), DIMS.background.index(background)
    return lambda r: float(r.arrays["profile_choices"][:, :, s, b, :, TECHNICAL].sum())


def layoffs(recorder: Recorder) -> float:
    return float(recorder.arrays["separations_by_reason"][:, REASONS.index("layoff")].sum())


def end_of(name: str) -> Callable[[Recorder], float]:
    """Mean stock over the last two years."""
    return lambda r: float(r.arrays[name][-24:].sum())


def technical_wages(recorder: Recorder) -> float:
    """Mean wage index of technical workers over the last two years, levels counted alike."""
    staff = recorder.arrays["employed_by_occupation"][-24:].sum(axis=2)[:, DIMS.occupation_technical]
    wages = recorder.arrays["wages"][-24:].mean(axis=2)[:, DIMS.occupation_technical]
    return float((staff * wages).sum() / staff.sum())


def currency_taught(recorder: Recorder) -> float:
    return float(np.nansum(recorder.arrays["taught_currency"]))


def skill_gap(recorder: Recorder) -> float:
    """Mean gap to the frontier in technical work over the last two years, levels and groups counted alike."""
    return float(np.nanmean(recorder.arrays["skill_currency"][-2:, :, DIMS.occupation_technical]))


@dataclass(frozen=True)
class Row:
    """One cause and its effect."""

    cause: str
    low: Case
    high: Case
    effect: str
    of: Callable[[Recorder], float]
    sign: int
    why: str


def parameter(name: str, low: float, high: float, **also: object) -> tuple[Case, Case]:
    base = Case(**also)  # type: ignore[arg-type]
    return replace(base, parameters=(*base.parameters, (name, low))), replace(
        base, parameters=(*base.parameters, (name, high))
    )


def lever(name: str, volume: float, **also: object) -> tuple[Case, Case]:
    """Without and with a lever from the first autumn on."""
    return Case(**also), Case(lever=name, fields=(("start", "2008-02"), ("volume", volume), ("unit_cost", 1)), **also)  # type: ignore[arg-type]


def technical_teachers(recorder: Recorder) -> float:
    """Full-time technical teachers with a job in education, over the years after the first."""
    return float(recorder.arrays["teachers"][1:, :, TECHNICAL, 0, 0].sum())


def hybrid(measure: str) -> Callable[[Recorder], float]:
    at = HYBRID_MEASURE.index(measure)
    return lambda r: float(r.arrays["hybrid_teachers"][1:, ..., at].sum())


def lever_at(name: str, low: float, high: float, **also: object) -> tuple[Case, Case]:
    """A lever at a lower and at a higher volume from the first autumn on."""
    cases = (Case(lever=name, fields=(("start", "2008-02"), ("volume", volume)), **also) for volume in (low, high))  # type: ignore[arg-type]
    return next(cases), next(cases)


def share_of_work(group: str) -> Callable[[Recorder], float]:
    """Of all workers, over the last two years."""

    def share(recorder: Recorder) -> float:
        staff = recorder.arrays["employed_by_occupation"][-24:].sum(axis=(0, 2))
        return float(staff[DIMS.occupation.index(group)] / staff.sum())

    return share


def share_who_stay(recorder: Recorder) -> float:
    kept = recorder.arrays["international_stay"][2:].sum(
        axis=tuple(range(recorder.arrays["international_stay"].ndim - 1))
    )
    return float(kept[1] / kept.sum())


def commuters(recorder: Recorder) -> float:
    """In December of the last two years."""
    both = recorder.arrays["commuting"][-2:].sum(axis=(0, 3))
    return float(both.sum() - np.trace(both))


def young_in_the_west(recorder: Recorder) -> float:
    """In the last January."""
    young = recorder.arrays["population"][-1, :, 4:6].sum(axis=(0, 1))
    return float(young[WEST].sum() / young.sum())


def moved(*when: str) -> Callable[[Recorder], float]:
    at = [MOVE.index(name) for name in when]
    return lambda r: float(r.arrays["moves"][..., at].sum())


def to_the_cluster(recorder: Recorder) -> float:
    moves = recorder.arrays["moves"][..., TECHNICAL, :].sum(axis=(0, 3, 4)).astype(float)
    at = DIMS.region.index("South-East")
    return float(moves[:, at].sum() - moves[at].sum())


FULL_PROGRAMME = Case(lever="hybrid_programme", fields=(("volume", 1.0),))
TIGHT = (("teachers.max_stretch", 0.9),)
DIGITAL = parameter("demand.digitalisation", 0.0, 0.03, parameters=(("demand.transitions_from", 2009.0),))
"""Faster than scenarios/digitalisation_2040.yaml has it, and early: these runs end in 2012."""


def cycle(mild: tuple[tuple[str, float], ...], deep: tuple[tuple[str, float], ...]) -> tuple[Case, Case]:
    return Case(gaps=mild), Case(gaps=deep)


ROWS = [
    Row("W&T effect in primary school (K1)", *parameter("exposure.wt_effect", 0.0, 0.8, end="2013-12"),
        "technical profiles", technical("profile_choices"), 1, "exposure raises affinity"),
    Row("guidance lever (K2)", *lever("career_guidance", 0.5),
        "technical profiles", technical("profile_choices"), 1, "guidance corrects what pupils expect"),
    Row("role models lever (K2)", *lever("role_models", 1.0),
        "technical profiles of girls",
        lambda r: float(r.arrays["profile_choices"][:, :, DIMS.sex.index("female"), ..., TECHNICAL].sum()), 1,
        "girls see that women work in technology"),
    Row("lever for pupils with a migration background (K2)", *lever("migration_background", 1.0),
        "technical profiles of those boys", chose_technical("male", "non_western"), 1, "they meet firms and coaches"),
    Row("bridging courses (K3)", *lever("bridging_courses", 1.0),
        "switches sideways", total("programme_switches"), 1, "switching costs less"),
    Row("energy transition (W1)",
        *parameter("demand.energy_transition", 0.0, 0.03, parameters=(("demand.transitions_from", 2009.0),)),
        "vacancies of construction and electrical work",
        lambda r: float(r.arrays["vacancies"][-24:, BUILDERS].sum()), 1, "installations are built"),
    Row("energy transition (W1)",
        *parameter("demand.energy_transition", 0.0, 0.03, parameters=(("demand.transitions_from", 2009.0),)),
        "vacancies of care, education, business and other work",
        lambda r: float(r.arrays["vacancies"][-24:, ~DIMS.occupation_technical].sum()), -1,
        "all jobs follow the labour force"),
    *(Row("digitalisation (W1)", *DIGITAL, f"share of workers in {group}", share_of_work(group), sign, why)
      for group, sign, why in (("technical_ict", 1, "its jobs grow"), ("business", -1, "clerical work is automated"),
                               ("other", -1, "routine work is automated"))),
    Row("digitalisation (W1)", *DIGITAL, "vacancies of ICT work",
        lambda r: float(r.arrays["vacancies"][-24:, DIMS.occupation.index("technical_ict")].sum()), 1,
        "there are more jobs than takers"),
    Row("guidance lever (W6)", *lever("career_guidance", 0.5),
        "entrants of other fields", lambda r: float(r.arrays["entrants"][..., 1 - TECHNICAL].sum()), -1,
        "pupils won for technology are lost to them"),
    Row("guidance lever (K5)", *lever("career_guidance", 0.5, end="2014-12"),
        "technical share of graduates", technical("graduates"), 1, "who chose technology graduates in it"),
    Row("weight of guidance (K2)", *parameter("profile.guidance_weight", 0.0, 2.0),
        "technical profiles", technical("profile_choices"), 1, "reach rises after 2008"),
    Row("norm of boys with a migration background (K2)", *parameter("profile.norm_non_western_male", -1.5, 0.0),
        "technical profiles of those boys", chose_technical("male", "non_western"), 1, "the norm holds them back less"),
    Row("cost of switching (K3)", *parameter("switching.cost", 0.3, 3.0),
        "switches sideways", total("programme_switches"), -1, "switching costs more"),
    Row("weight of the cost of switching (K3)", *parameter("switching.cost", 0.3, 3.0),
        "upward moves after mbo-4", lambda r: _onward(r, "mbo", "hbo"), -1, "moving up costs more"),
    Row("cost of switching (K3)", *parameter("switching.cost", 0.3, 3.0),
        "moves down from vwo to hbo and from havo to mbo-4",
        lambda r: _onward(r, "vwo", "hbo") + _onward(r, "havo", "mbo4"), -1, "moving down costs as well"),
    Row("weight of the cost of moving down (K3)",
        Case(parameters=(("switching.cost", 3.0), ("switching.cost_weight_down", 0.0))),
        Case(parameters=(("switching.cost", 3.0), ("switching.cost_weight_down", 0.9))),
        "moves down from vwo to hbo", lambda r: _onward(r, "vwo", "hbo"), -1, "a dear switch counts more"),
    Row("wiskunde B barrier (K3)", *parameter("switching.wiskunde_b_barrier", 0.0, 8.0),
        "technical entrants in wo", technical_entrants("wo"), -1, "technical wo asks for wiskunde B"),
    Row("technologieroute lever (K4)", *lever("technologieroute", 0.6),
        "technical share of entrants", technical("entrants"), 1, "pupils on the route choose technical mbo more"),
    Row("second chances (L1)", *parameter("onward.reentry", 0.05, 0.6),
        "entrants", total("entrants"), 1, "those who left come back"),
    Row("openness to the other kind (K3)", *parameter("switching.kind_change", 0.0, 1.0),
        "switches out of technology", lambda r: float(r.arrays["programme_switches"][:, :, :, TECHNICAL, 0].sum()), 1,
        "fields of the other kind weigh more"),
    Row("adults who want bbl (L1)", *parameter("intake.adult_bbl", 0.0, 0.15),
        "bbl seekers without a place", total("bbl_without_place"), 1, "more seekers for the same places"),
    Row("recession (W1)", *cycle(SLUMP, DEEP), "unemployed", end_of("unemployed"), 1, "employers want fewer staff"),
    Row("recession (W1)", *cycle(FLAT, DEEP), "vacancies", end_of("vacancies"), -1, "employers withdraw vacancies"),
    Row("recession (L4)", *cycle(FLAT, DEEP), "apprenticeship places",
        lambda r: float(r.arrays["apprenticeship_places"][..., 0].sum()), -1, "employers train for hiring"),
    Row("recession (L4)", *cycle(SLUMP, DEEP), "apprenticeship places",
        lambda r: float(r.arrays["apprenticeship_places"][..., 0].sum()), -1, "the deeper, the fewer"),
    Row("recession (W2)", *cycle(FLAT, DEEP), "technical wages", technical_wages, -1, "the wage curve"),
    Row("recession (W2)", *cycle(SLUMP, DEEP), "technical wages", technical_wages, -1, "the deeper, the lower"),
    Row("recession (W2)", *cycle(SHORT, SHORT_AND_DEEP), "technical wages in the two years after", technical_wages,
        -1, "pay follows late and comes back slowly"),
    Row("downward rigidity (W2)",
        Case(gaps=DEEP, parameters=(("wages.downward", 0.1),)), Case(gaps=DEEP, parameters=(("wages.downward", 0.9),)),
        "technical wages", technical_wages, -1, "pay gives way more easily"),
    Row("recession (W1)", *cycle(FLAT, DEEP), "hires", total("hires"), -1, "fewer vacancies to fill"),
    Row("response of staff to output (W1)",
        Case(gaps=DEEP, parameters=(("demand.response", 0.5),)), Case(gaps=DEEP, parameters=(("demand.response",
        2.0),)), "unemployed", end_of("unemployed"), 1, "a slump cuts more jobs"),
    Row("short-time work (W3)",
        Case(gaps=DEEP), Case(lever="deeltijd_ww", fields=(("start", "2008-06"), ("end", "2012-12")), gaps=DEEP),
        "layoffs", layoffs, -1, "hours are cut instead of jobs"),
    Row("quits (W3)", *parameter("separations.quit", 0.001, 0.02), "hires", total("hires"), 1, "posts fall vacant"),
    Row("recession (L5)", *cycle(FLAT, DEEP), "commitment of firms", total("partnership_commitment"), -1,
        "firms hold back in a slump"),
    Row("seed money (L5)", *lever("partnership_funding", 60.0), "partnerships", total("partnerships"), 1,
        "money starts what was planned"),
    Row("seed money (L5, L6)", *lever("partnership_funding", 60.0), "currency taught", currency_taught, 1,
        "partnerships bring schools nearer to the frontier"),
    Row("recession (L5)",
        Case(lever="partnership_funding", fields=(("start", "2008-02"), ("volume", 90)), gaps=FLAT),
        Case(lever="partnership_funding", fields=(("start", "2008-02"), ("volume", 90)), gaps=DEEP),
        "partnerships started", total("partnerships"), -1, "seed money waits for committed firms"),
    Row("equipment (L6)", *lever("equipment", 2.0), "currency taught", currency_taught, 1, "schools renew faster"),
    Row("speed of the frontier (L6, W4)", *parameter("curriculum.frontier_speed", 0.0, 10.0, end="2014-12", scale=250),
        "gap of skill currency", skill_gap, 1, "graduates are further behind"),
    Row("speed of the frontier (L6, W4)", *parameter("curriculum.frontier_speed", 0.3, 3.0),
        "pay of technicians", technical_wages, -1, "employers pay by skill, which ages"),
    Row("fading of skills (W3, W4)", *parameter("currency.fade", 0.0, 0.05),
        "pay of technicians", technical_wages, -1, "who comes back knows less"),
    Row("what a course teaches (W4)", *parameter("training.gain", 0.0, 0.8),
        "pay of technicians", technical_wages, 1, "employers pay by skill, which courses keep up"),
    Row("births outlook (D1)", *parameter("demography.births_outlook", 0.7, 1.3, end="2027-12", scale=2000,
    path="baseline"),
        "births", total("births"), 1, "more children are born after 2024"),
    Row("slump keeps the young in school (L1)",
        Case(gaps=DEEP, parameters=(("onward.unemployment_weight", 0.0),)),
        Case(gaps=DEEP, parameters=(("onward.unemployment_weight", 20.0),)),
        "choices to leave education", lambda r: _onward(r, None, "out"), -1, "work is hard to find"),
    Row("pull of industry (L2)", *parameter("teachers.leave", 0.0, 0.03),
        "technical teachers", technical_teachers, -1, "teachers take jobs outside"),
    Row("tightness (L2)", Case(gaps=DEEP, scale=250), Case(gaps=FLAT, scale=250),
        "technical teachers who leave for industry once the slump is felt",
        lambda r: float(r.arrays["teachers_left"][3:, :, TECHNICAL, 0].sum()), 1, "vacancies draw them"),
    Row("teacher grants (L2)", Case(), Case(lever="teacher_grants", fields=(("volume", 1.0), ("unit_cost", 10_000.0),
        ("side_entry_factor", 20.0))), "technical teachers", technical_teachers, 1, "more stay, more enter"),
    Row("intake capacity lever (L2)",
        Case(parameters=TIGHT), Case(parameters=TIGHT, lever="intake_capacity", fields=(("volume", 0.5),)),
        "admitted to technical programmes", lambda r: float(r.arrays["technical_intake"][..., 0].sum()), 1,
        "limits are lifted"),
    Row("students per teacher (L2)", *parameter("teachers.dropout", 0.0, 2.0),
        "drop-outs", total("dropouts"), 1, "fewer teachers per student than at the start"),
    Row("students per teacher (L2)", *parameter("teachers.delay", 0.0, 2.0),
        "graduates", total("graduates"), -1, "fewer teachers per student than at the start"),
    Row("hybrid programme (L3)", Case(), FULL_PROGRAMME, "hours taught", hybrid("fte_taught"), 1, "more can and may"),
    Row("hours lost per hour taught (L3)", *parameter("hybrid.lost_share", 0.0, 1.5, lever="hybrid_programme",
        fields=(("volume", 1.0),), parameters=(("hybrid.interest", 0.4),)),
        "vacancies", total("vacancies"), 1, "firms seek others for the hours that they lend"),
    Row("students per teacher (L2)", *parameter("teachers.delay", 0.0, 2.0, end="2016-12", scale=500),
        "diplomas of vo", total("vo_graduates"), -1, "fewer teachers per pupil than at the start"),
    Row("retention of international graduates (L7)", *lever("international_retention", 1.0,
        parameters=(("international.retention", 1.5),)),
        "international graduates who stay", lambda r: float(r.arrays["international_stay"][..., 1].sum()), 1,
        "the odds to stay rise for those reached"),
    Row("recruitment of international students (L7)", Case(), Case(lever="international_recruitment",
        fields=(("start", "2008-02"), ("volume", 3_000.0), ("unit_cost", 15_000.0))),
        "technical international students",
        lambda r: float(r.arrays["international_students"][..., TECHNICAL, :].sum()), 1,
        "scholarships draw applicants"),
    Row("places in English (L7)", *lever_at("international_places", -0.6, 0.0),
        "international students", total("international_students"), 1, "who finds no programme in English stays away"),
    Row("places in English (L7, L2)", *lever_at("international_places", -0.9, 0.0, parameters=TIGHT),
        "applicants to technical hbo and wo who find no place",
        lambda r: float(r.arrays["technical_intake"][:, HIGHER, :, 1:].sum()), 1,
        "students from abroad compete for the places that teachers allow"),
    Row("recession (L7)",
        Case(gaps=FLAT, parameters=(("international.tightness", 1.0),)),
        Case(gaps=DEEP, parameters=(("international.tightness", 1.0),)),
        "share of international leavers who stay once the slump is felt", share_who_stay, -1, "work is hard to find"),
    Row("pull of home (W5)", *parameter("moving.home", 0.0, 4.0),
        "moves back to the region that was left", total("return_moves"), 1, "home draws those who left it"),
    Row("pull of the job (W5)", *parameter("moving.job", 0.0, 5.0),
        "people who work in another region than they live in", commuters, -1, "they move to where they work"),
    Row("pull of the city (W5)", *parameter("moving.city_young", -2.0, 4.0),
        "share of people of 20 to 29 who live in North-West and South-West", young_in_the_west, 1,
        "the young move to cities"),
    Row("distance (W5)", *parameter("moving.distance", 0.0, 1.5),
        "moves out of study", moved("graduate", "later"), -1, "far regions are chosen less"),
    Row("pull of jobs of one's kind (W5)", *parameter("moving.cluster", 0.0, 3.0),
        "moves of technical graduates to South-East less those from it", to_the_cluster, 1,
        "metal and process work is there"),
    Row("staying to study (W5)", *parameter("moving.study_wo", 0.0, 4.0),
        "moves to study", moved("study"), -1, "students of wo stay where they live"),
    Row("interest in teaching (L3)", *parameter("hybrid.interest", 0.02, 0.4),
        "hybrid teachers", hybrid("persons"), 1, "more would like to"),
    Row("output and permission (L3)", *parameter("hybrid.permission_scarcity", 0.0, 150.0),
        "hybrid teachers", hybrid("persons"), -1, "firms that miss staff lend none"),
]  # fmt: skip


def _onward(recorder: Recorder, origin: str | None, destination: str) -> float:
    from techsim.data.education import DESTINATIONS, ORIGINS

    chosen = recorder.arrays["onward_choices"][:, :, DESTINATIONS.index(destination)]
    return float(chosen.sum() if origin is None else chosen[:, ORIGINS.index(origin)].sum())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.cause}: {row.effect}")
def test_direction(row: Row) -> None:
    low, high = row.of(record(row.low)), row.of(record(row.high))
    assert (high - low) * row.sign > 0, f"{row.effect}: {low:g} at low, {high:g} at high; expected since {row.why}"


def test_the_table_covers_every_mechanism() -> None:
    named = " ".join(row.cause for row in ROWS)
    assert [
        ident
        for ident in (
            "K1",
            "K2",
            "K3",
            "K4",
            "L1",
            "L2",
            "L3",
            "L4",
            "L5",
            "L6",
            "L7",
            "W1",
            "W2",
            "W3",
            "W4",
            "W5",
            "W6",
            "K5",
            "D1",
        )
        if ident not in named
    ] == []


def test_paired_runs_share_their_people() -> None:
    """Births and deaths know nothing of the economy: the same in a boom and in a slump, region aside."""
    flat, deep = record(Case(gaps=FLAT)), record(Case(gaps=DEEP))
    for name in ("births", "deaths"):  # where they live does follow the economy (W5)
        assert np.array_equal(flat.arrays[name].sum(axis=-1), deep.arrays[name].sum(axis=-1))
