"""Kernels of working equal their plain-Python references, person by person."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from reference import working as reference
from techsim.data.labour import REASONS
from techsim.mechanisms.working.apprentices import process as apprentices
from techsim.mechanisms.working.apprentices.process import is_bbl
from techsim.mechanisms.working.currency import process as currency
from techsim.mechanisms.working.employers import Cut
from techsim.mechanisms.working.identities import ledger_residuals
from techsim.mechanisms.working.matching.declare import DEPTHS, ROUNDS
from techsim.mechanisms.working.matching.process import process as match
from techsim.mechanisms.working.matching.state import RANKING
from techsim.mechanisms.working.participation.kernels import lowest_normals
from techsim.mechanisms.working.participation.process import mean_pressure
from techsim.mechanisms.working.participation.process import process as take_part
from techsim.mechanisms.working.separations.process import dismiss, leave_jobs
from techsim.mechanisms.world import World
from techsim.population.draws import fill_words, normals
from techsim.population.people import FIELDS
from techsim.population.randomness import Purpose, normal, uniform, word
from techsim.population.states import Flag, Labour, Stage

Build = Callable[..., World]


def draws(world: World) -> tuple[reference.Draw, reference.Draw]:
    """The world's generator, as the reference asks for it."""
    return (
        lambda purpose, person, month, k: uniform(world.seed, purpose, np.uint64(person), month, k),
        lambda purpose, person, month, k: normal(world.seed, purpose, np.uint64(person), month, k),
    )


def bits(world: World) -> reference.Bits:
    """The world's generator of words."""
    return lambda purpose, person, month, k: int(word(world.seed, purpose, np.uint64(person), month, k))


def as_dicts(world: World) -> list[reference.Person]:
    """People as dicts of Python numbers."""
    columns = {name: getattr(world.people, name).tolist() for name in FIELDS}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def matching_rules(world: World) -> dict[str, Any]:
    p, tables, dims = world.parameters, world.tables.labour, world.tables.dimensions
    jobs, paid = world.labour.staff.sum(axis=(0, 1, 2)), world.hooks["pay.technical"].tolist()
    names = (
        "search_short",
        "search_mismatch",
        "interview",
        "field_pull",
        "technical_pull",
        "attachment",
        "attachment_years",
        "field_relief",
        "women_technical",
        "step_down",
    )
    names += (
        "field_pull_floor",
        "field_pull_years",
        "step_up",
        "move_noise",
        "max_shortfall",
        "min_fit",
        *(name.removeprefix("matching.") for name in RANKING),
    )
    return {name: p[f"matching.{name}"] for name in names} | {
        "search": p["matching.search"] * math.exp(p["matching.search_cyclical"] * mean_pressure(world)),
        "short_tenure": p["matching.short_tenure"],
        "relief": p["matching.step_down_relief"],
        "depths": DEPTHS,
        "ladder": tables.ladder.tolist(),
        "specificity": tables.specificity.tolist(),
        "fit": tables.fit.tolist(),
        "related": tables.related.tolist(),
        "technical": dims.occupation_technical.tolist(),
        "technical_field": dims.field_technical.tolist(),
        "currency_weight": p["currency.weight"],
        "pay": [
            [[p["matching.wage_pull"] * (math.log(w) + technical * math.log(1 + s)) for s in paid] for w in levels]
            for technical, levels in zip(
                dims.occupation_technical.tolist(), world.labour.wage_curve.tolist(), strict=True
            )
        ],
        "shown": world.hooks["matching.skills"].tolist(),
        "shown_fit": p["matching.shown_fit"],
        "shown_hold": p["matching.shown_attachment"],
        "chances": ((world.labour.success / world.labour.success.mean()) ** p["matching.directed"]).tolist(),
        "decision": p["matching.decision"],
        "rounds": ROUNDS,
        "skill_pay": p["matching.wage_pull"] * p["wages.skill"],
        "search_on_short_time": p["short_time.search"],
        "near": (tables.commuting / (jobs / jobs.sum())).tolist(),
        "high_level": dims.level.index("mbo4"),
    }


@pytest.mark.parametrize("adults", [6000, 1500])
def test_participation_and_retirement(make_world: Build, adults: int) -> None:
    """Also where few of those stored side by side are old enough: they draw one by one."""
    world = make_world(gap=-0.03)
    people = world.people
    people.birth_month[adults:][np.arange(people.size - adults) % 40 > 0] = world.month
    students = np.arange(0, 300)
    people.stage[students] = Stage.MBO
    people.programme[students] = np.arange(300) % world.tables.education.programme_stage.size
    world.month += 30
    pension = world.tables.demography.pension_age_at(world.month)
    rules = {
        "bbl": is_bbl(world).tolist(),
        "rates": world.tables.labour.participation_at(world.year).tolist(),
        "retirement_age": world.tables.labour.retirement_age_at(world.year, pension),
        "spread": world.parameters["retirement.spread"],
        "cyclical": world.parameters["participation.cyclical"] * mean_pressure(world),
    }
    expected = [reference.labour_state(p, world.month, rules, *draws(world)) for p in as_dicts(world)]
    before = people.labour.copy()
    take_part(world)
    np.testing.assert_array_equal(people.labour, expected)
    assert (before != people.labour).sum() > adults / 60
    left = world.labour.ledger.separated.sum(axis=(1, 2, 3, 4))
    lost = ((before == Labour.EMPLOYED) & (people.labour != Labour.EMPLOYED)).sum()
    assert left.sum() == lost
    assert all(left[REASONS.index(r)] > 0 for r in ("to_education", "retirement"))


def test_the_bound_on_normals_lies_below_all_and_close_to_most() -> None:
    people, steps = np.arange(200_000, dtype=np.uint64), 64
    words = np.empty((2, people.size), dtype=np.uint32)
    fill_words(3, int(Purpose.RETIREMENT), people, 0, *words)
    first, second = (words.astype(np.float64) + 0.5) / 2.0**32
    z = normals(3, int(Purpose.RETIREMENT), people, 0, 0)
    bound = lowest_normals(steps)[(first * steps).astype(int), (second * steps).astype(int)]
    assert (bound < z).all()
    assert (z - bound).mean() < 0.2


def test_jobs_that_end(make_world: Build) -> None:
    world = make_world(gap=0.02, separations__permanent_end=0.02, separations__quit=0.01)
    people, p = world.people, world.parameters
    people.flags[::3] |= np.uint8(Flag.TEMPORARY)
    names = ("temporary_months", "not_renewed", "made_permanent", "permanent_end")
    rules = {name: p[f"separations.{name}"] for name in names} | {
        "quit": p["separations.quit"] * math.exp(p["separations.quit_cyclical"] * mean_pressure(world)),
    }
    draw, _ = draws(world)
    expected = [reference.end_of_job(person, world.month, rules, draw) for person in as_dicts(world)]
    leave_jobs(world)
    counts = world.labour.ledger.separated.sum(axis=(1, 2, 3, 4))
    for reason in ("contract_end", "quit"):
        assert counts[REASONS.index(reason)] == expected.count(reason) > 5
    gone = np.array([e in ("contract_end", "quit") for e in expected])
    made_permanent = np.array([e == "permanent" for e in expected])
    assert (people.labour[gone] == Labour.UNEMPLOYED).all()
    assert (people.since[gone] == world.month).all()
    assert made_permanent.sum() > 5
    assert not (people.flags[made_permanent] & int(Flag.TEMPORARY)).any()


def test_temporary_workers_go_first_then_the_lowest_ranks(make_world: Build) -> None:
    world = make_world()
    world.people.flags[::4] |= np.uint8(Flag.TEMPORARY)
    flexible, limit = np.minimum(world.labour.staff // 2, 6), np.minimum(world.labour.staff // 3, 4)
    wanted = [{tuple(int(x) for x in c): int(a[tuple(c)]) for c in np.argwhere(a)} for a in (flexible, limit)]
    _, gauss = draws(world)
    noise = world.parameters["separations.layoff_noise"]
    expected = reference.let_go(as_dicts(world), world.month, wanted[0], wanted[1], noise, gauss)
    before = world.people.labour.copy()
    nobody = np.zeros_like(limit)
    dismiss(world, Cut(flexible, limit), nobody, nobody)
    gone = world.people.id[(before == Labour.EMPLOYED) & (world.people.labour == Labour.UNEMPLOYED)]
    assert set(gone.tolist()) == set(expected)
    counts = world.labour.ledger.separated.sum(axis=(1, 2, 3, 4))
    for reason in ("contract_end", "layoff"):
        assert counts[REASONS.index(reason)] == list(expected.values()).count(reason) > 50


def test_apprentices_who_finish(make_world: Build) -> None:
    world = make_world(gap=0.02)
    people, labour = world.people, world.labour
    rows = np.flatnonzero(people.labour == Labour.EMPLOYED)[:1500]
    people.left_education[rows] = world.month
    people.level[rows] = np.minimum(people.job_level[rows] + 1, 5)
    people.flags[rows[::3]] |= np.uint8(Flag.TEMPORARY)
    labour.open_vacancies[::2] += 1
    labour.begin_month()
    vacancies = {c: int(labour.open_vacancies[c]) for c in np.ndindex(labour.staff.shape)}
    desired, staff = labour.desired.sum(axis=(2, 3)), labour.staff.sum(axis=(2, 3))
    base, slope = (world.parameters[f"apprentices.{name}"] for name in ("offer", "offer_shortage"))

    def offer(e: int, g: int) -> float:
        return 1 / (1 + math.exp(-(base + slope * (desired[e, g] - staff[e, g]) / max(staff[e, g], 1))))

    draw, _ = draws(world)
    stays = world.parameters["apprentices.stays"]
    expected = reference.finished(as_dicts(world), world.month, vacancies, offer, stays, draw)
    apprentices.finish(world)
    found = {}
    for i in rows:
        cell = tuple(int(getattr(people, n)[i]) for n in ("employer", "occupation", "job_level", "job_region"))
        found[int(people.id[i])] = cell if people.labour[i] == Labour.EMPLOYED else None
    assert found == expected
    assert list(expected.values()).count(None) > 50 < int(labour.ledger.filled.sum())
    assert {c: int(labour.open_vacancies[c]) for c in vacancies} == vacancies
    residuals = ledger_residuals(labour, people, world.tables.dimensions)
    assert residuals["staff_ledger"] == residuals["vacancy_ledger"] == 0


def test_skill_currency(make_world: Build) -> None:
    world = make_world()
    p, dims = world.parameters, world.tables.dimensions
    world.people.left_education[::5] = world.month
    shape = (dims.size("field"), dims.size("level"), dims.size("region"))
    taught = np.random.default_rng(5).uniform(0.3, 1.0, shape)
    world.curriculum = SimpleNamespace(taught=taught)  # type: ignore[assignment]
    world.parameters = {**p, "curriculum.frontier_speed": 1.5}
    rules = {name: p[f"currency.{name}"] for name in ("gain", "fade", "at_graduation")} | {
        "renewal": (1.5 * world.tables.curriculum.renewal).tolist(), "taught": taught.tolist(),
        "technical": dims.occupation_technical.tolist(),
        "technical_field": dims.field_technical.tolist(),
    }  # fmt: skip
    expected = [reference.next_currency(person, world.month, rules) for person in as_dicts(world)]
    before = world.people.currency.copy()
    currency.process(world)
    assert world.people.currency.tolist() == expected
    assert (world.people.currency != before).mean() > 0.1
    _assert_counted(world, before)


def _assert_counted(world: World, before: np.ndarray) -> None:
    """Mean currency lacking of technically educated workers, and technicians by what they lack, person by person."""
    p, dims, ladder = world.parameters, world.tables.dimensions, world.tables.labour.ladder
    shape = (dims.size("level"), dims.size("occupation"))
    gap, count, short = np.zeros(shape), np.zeros(shape), np.zeros((shape[0], 3))
    for person, had in zip(as_dicts(world), before.tolist(), strict=True):
        if person["labour"] != Labour.EMPLOYED:
            continue
        lv, g, known = person["level"], person["occupation"], person["currency"] / 65535
        technical, out = dims.occupation_technical[g], person["stage"] == Stage.OUT
        if person["field"] >= 0 and dims.field_technical[person["field"]] and (technical or had or known):
            gap[lv, g] += 1.0 - known
            count[lv, g] += 1
        if technical and out:
            above = ladder[person["job_level"]] - ladder[lv] > p["currency.level_gap"]
            short[lv, 1 if above else (2 if known < p["currency.asked"] else 0)] += 1
    expected = np.where(count > 0, gap / np.maximum(count, 1), np.nan)
    np.testing.assert_allclose(world.recorder.slot("skill_currency", world.month), expected, rtol=1e-9)
    np.testing.assert_array_equal(world.recorder.slot("technicians_by_shortfall", world.month), short)
    assert (count > 0).sum() > 5
    assert (short.sum(axis=0) > 0).sum() > 1


def _retrain_some(world: World, people: list[reference.Person], rules: dict[str, Any]) -> None:
    """Every sixth completed retraining more than a year ago, some of them before they left education."""
    state, p = world.labour.retraining, world.parameters
    order = np.argsort(world.people.id)[::6]
    state.retrained = world.people.id[order]
    state.completed = world.month - 13 - np.arange(order.size) % 60
    state.completed_with = np.zeros(order.size, dtype=np.int64)
    for row, completed in zip(order.tolist(), state.completed.tolist(), strict=True):
        person = people[row]
        if completed >= person["left_education"]:
            person["left_education"] = completed
            person["specific"] = max(rules["specificity"][person["level"]], p["retraining.specificity"])


@pytest.mark.parametrize("gap", [0.03, -0.04])
def test_two_rounds_of_matching(make_world: Build, gap: float) -> None:
    world = make_world(gap=gap, matching__interview=0.9, matching__technical_pull=1.4)
    world.labour.open_vacancies += 1
    world.labour.success = np.linspace(0.2, 0.9, world.labour.success.size)
    world.labour.wage_curve = world.labour.wage_curve * np.linspace(0.9, 1.1, world.labour.success.size)[:, None]
    world.labour.wages = 2.0 * world.labour.wage_curve  # what skill makes of others' pay: nobody looks at it
    world.hooks |= {"matching.skills": np.linspace(0.2, 0.8, 5), "pay.technical": np.linspace(0.0, 0.3, 5)}
    world.people.left_education[::2] = world.month - np.arange(world.people.left_education[::2].size) % 200
    world.people.flags[::5] |= np.uint8(Flag.SHORT_TIME)
    vacancies = {
        tuple(int(x) for x in c): int(world.labour.open_vacancies[tuple(c)])
        for c in np.ndindex(world.labour.staff.shape)
    }
    people = as_dicts(world)
    rules = matching_rules(world)
    _retrain_some(world, people, rules)
    draw, gauss = draws(world)
    looking = reference.seekers(people, world.month, rules, draw)
    hired: dict[int, reference.Cell] = {}
    jobs = world.labour.staff.sum(axis=(0, 1, 2)).astype(float)
    for turn in range(2):
        rules["near"] = (world.tables.labour.commuting / (jobs / jobs.sum())).tolist()
        new = reference.match_round(looking, world.month, turn, vacancies, rules, draw, gauss, bits(world))
        for p in looking:
            if p["id"] in new:
                if p["labour"] == reference.EMPLOYED:
                    jobs[p["job_region"]] -= 1
                jobs[new[p["id"]][3]] += 1
        hired |= new
        looking = [p for p in looking if p["id"] not in new]
    match(world)
    recent = np.flatnonzero((world.people.since == world.month) & (world.people.labour == Labour.EMPLOYED))
    found = {
        int(world.people.id[i]): tuple(
            int(getattr(world.people, name)[i]) for name in ("employer", "occupation", "job_level", "job_region")
        )
        for i in recent
    }
    assert found == hired
    assert len(hired) > 80
